"""A clerk's own Word file as a template (docxtpl, the extra ``docx-templates``).

The file holds Jinja tags in Word's own layout.  It gets the same values as our templates, in a sandbox, escaped;
what it asks for in vain is recorded while it renders, in rows too.  Comments come afterwards, since docxtpl
doubles those that stand in loops.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import jinja2
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from policykb.blocks import Block, BlockKind, Run
from policykb.drafting.composing import values_for
from policykb.drafting.draft import Traced
from policykb.drafting.origin import PracticeSource, foreign_names
from policykb.drafting.profile import Profile
from policykb.drafting.rendering import Borrowed, Recorder, chinese_date, recording_environment
from policykb.drafting.residue import Told, find_residue
from policykb.drafting.tasks import Part, make_task, quotes_of
from policykb.drafting.template import list_templates
from policykb.errors import PolicyKBError, TemplateError
from policykb.places import Gazetteer
from policykb.segmentation import Segmenter
from policykb.word import packed
from policykb.writing import write_whole

_UNDATED = datetime(2012, 7, 1)
_SHORTEST_COMMENTED = 6  # characters: a shorter run may stand anywhere


class WordDraft(Traced):
    """A filled Word file, not yet written anywhere; ``missing`` in the order in which the file asks."""

    data: bytes

    def save(self, path: str | Path) -> Path:
        """Write the file, whole or not at all.  Raises ``WriteError``."""
        write_whole(Path(path), self.data)
        return Path(path)


def fill_word_template(
    path: str | Path,
    profile: Profile,
    practices: Sequence[PracticeSource] = (),
    *,
    comments: bool = True,
) -> WordDraft:
    """Fill the .docx at ``path`` with the values that our templates get (``{{ name }}``, ``{% for task in tasks %}``).

    What nobody gave is printed as 【待填：…】 under the name that the file uses.  Raises ``TemplateError`` for a
    file that is no template or reaches for Python's insides, ``PolicyKBError`` where docxtpl is not installed.
    """
    path = Path(path)
    gazetteer, segmenter = Gazetteer.load(), Segmenter()
    tasks = [make_task(source, profile, gazetteer, segmenter) for source in practices]
    recorder = Recorder(_labels())
    document = _filled(path, _plain(values_for(profile, tasks)), recorder)
    shown = _shown(document, [part for task in tasks for part in task.parts])
    dated = datetime.combine(profile.date, time()) if profile.date else _UNDATED
    if comments:
        _comment(document, shown, dated)
    told = Told(foreign_names(practices, gazetteer), quotes_of(tasks, shown))
    missing = (*recorder.missing, *(field for part in shown for field in part.missing))
    return WordDraft(
        template=path.stem,
        locality=profile.name,
        data=_packed(document, dated),
        missing=tuple(dict.fromkeys(missing)),
        residue=tuple(find_residue(list(_blocks(shown)), profile, gazetteer, segmenter, told)),
        sources=tuple(dict.fromkeys(part.quote for part in shown)),
    )


def _filled(path: Path, values: dict[str, Any], recorder: Recorder) -> WordDocument:
    """The file with its tags filled, in the sandbox."""
    template = _open(path)
    try:
        template.render(values, jinja_env=recording_environment(recorder), autoescape=True)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError("{path}：模板的写法有错：{reason}", path=path, reason=error.message) from error
    except (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise TemplateError("{path}：模板不能执行：{error}", path=path, error=error) from error
    buffer = BytesIO()
    template.save(buffer)
    return docx.Document(BytesIO(buffer.getvalue()))


def _packed(document: WordDocument, dated: datetime) -> bytes:
    document.core_properties.created = document.core_properties.modified = dated
    return packed(document)


def _blocks(shown: Sequence[Part]) -> Iterator[Block]:
    """What was borrowed, below the name of its practice, as the check for what is foreign reads it."""
    for part in shown:
        yield Block(kind=BlockKind.HEADING_1, runs=(Run(text=""), Run(text=part.quote.practice)))
        yield Block(kind=BlockKind.BODY, runs=part.runs)


def _labels() -> dict[str, str]:
    """The labels of all that a profile or a bundled template knows, by full name (``stages.start``)."""
    bundled = [template.labels() for template in list_templates()]
    own = {name: str(field.title) for name, field in Profile.model_fields.items()}
    return {name: label for labels in reversed(bundled) for name, label in labels.items()} | own


def _open(path: Path) -> Any:  # noqa: ANN401 - docxtpl has no types
    try:
        docxtpl = import_module("docxtpl")  # an extra, without types
    except ImportError as error:
        raise PolicyKBError("用自己的 Word 模板要先装 docxtpl：pip install 'policykb[docx-templates]'") from error
    if not path.is_file():
        raise TemplateError("{path}：没有这个模板文件，请检查路径", path=path)
    try:
        docx.Document(str(path))
    except Exception as error:  # whatever zip, XML and python-docx raise on a file that is none
        raise TemplateError("{path}：不是能读的 .docx 文件", path=path) from error
    return docxtpl.DocxTemplate(str(path))


def _plain(value: Any) -> Any:  # noqa: ANN401 - a tree of values
    """Values as docxtpl can print them: borrowed runs and dates as text."""
    if isinstance(value, Borrowed):
        return "".join(run.text for run in value.runs)
    if isinstance(value, dict):
        plain = {key: _plain(item) for key, item in value.items()}
        value.clear()
        value.update(plain)  # a row keeps its path
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return chinese_date(value) if hasattr(value, "year") else value


def _paragraphs(document: WordDocument) -> Iterator[Paragraph]:
    """Every paragraph of the text, those in tables, and in tables within these, at their places."""
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)


def _shown(document: WordDocument, parts: Sequence[Part]) -> list[Part]:
    """The borrowed parts that the file really printed."""
    text = "\n".join(paragraph.text for paragraph in _paragraphs(document))
    return [part for part in parts if _text_of(part.runs) in text]


def _comment(document: WordDocument, shown: Sequence[Part], dated: datetime) -> None:
    """A comment on each run that shows a borrowed part, the first time it stands there."""
    paragraphs = list(_paragraphs(document))
    for part in shown:
        text = _text_of(part.runs)
        where = next((p for p in paragraphs if text in p.text), None)
        if len(text) >= _SHORTEST_COMMENTED and where is not None and where.runs:
            holding = [run for run in where.runs if text in run.text] or where.runs
            comment = document.add_comment(holding, part.told, author="policykb", initials="po")
            comment._comment_elm.date = dated


def _text_of(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)
