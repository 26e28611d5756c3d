"""How the documentation is built: ``make docs``."""

from importlib.metadata import version as version_of

project = "policykb"
author = "the policykb authors"
release = version = version_of("policykb")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
source_suffix = {".md": "markdown"}
nitpicky = True
nitpick_ignore_regex = [("py:class", ".*")]  # types that stand in signatures only

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "separated"
autodoc_default_options = {"members": True, "undoc-members": False, "exclude-members": "model_config, __init__"}
napoleon_google_docstring = True

html_theme = "furo"
html_title = f"policykb {release}"
html_search_language = "zh"
html_static_path: list[str] = []
html_copy_source = False
html_show_copyright = False
html_theme_options = {
    "light_css_variables": {
        "font-stack": "Segoe UI, Helvetica, Arial, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif",
        "font-stack--monospace": "Consolas, Menlo, DejaVu Sans Mono, Noto Sans Mono CJK SC, Microsoft YaHei, monospace",
    },
}
linkcheck_ignore = [r"http://(localhost|host|127\.0\.0\.1).*"]
