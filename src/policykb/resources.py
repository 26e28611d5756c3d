"""Where the files that travel with the package are: the built-in corpus, the templates, the data files.

``corpus/`` and ``templates/`` stand at the top of a checkout and inside the package of an installed wheel.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_file(name: str) -> Path:
    """A file of ``policykb/data``."""
    return _PACKAGE / "data" / name


def bundled_folder(name: str) -> Path:
    """``corpus`` or ``templates``, from the installed package or else from the checkout around it."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name


def package_files() -> list[Path]:
    """Every file that the program's answers on the built-in corpus depend on, sorted: code, data, corpus."""
    inside = [path for path in _PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return sorted({*inside, *bundled_folder("corpus").iterdir()})


def word_list(name: str) -> tuple[str, ...]:
    """The words of a data file, one a line; ``#`` begins a remark, empty lines do not count."""
    lines = data_file(name).read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if (word := line.split("#", 1)[0].strip()))
