"""Which sentences of a source describe a practice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policykb.models import Document, Practice, Section
from policykb.spans import Span

_TERMINAL = ("。", "！", "？", "!", "?", "…", "；", "：")
_CLOSING = "”’）》】"
_SENTENCE = re.compile("[^。！？!?]+[。！？!?]*[”’）》】]*")
_ORDINAL = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|[0-9]{1,2}[、.．](?![0-9])|（[0-9]{1,2}）"
    r"|[一二三四五六七八九十]是)\s*"
)
_DEFINES = re.compile(
    "[^，。；：“”\n]{0,12}(?:，(?:也)?(?:即|就是|是指|主要是|包括|具体包括|主要包括|由)|(?:即|是指|就是|包括)|：)"
)
_ANNOUNCES = re.compile("[^。\n]*如下[。：:]?(?:\n|$|(?<=。))")
_LONGEST = 1200  # characters; what is longer is no definition any more, and only its sentences are taken


def borrowed_spans(practice: Practice, document: Document) -> list[list[Span]]:
    """The sentences to borrow, by paragraph, in order of their place, without numbers before them.

    Where a section is about the practice (its heading names it), it is taken as a whole, without its heading;
    else the sentences that define the practice and name its members.
    """
    definition = definition_of(practice, document)
    section = _own_section(practice, definition, document)
    found = _described(document, definition, section)
    if not found and section:  # the heading stands alone on its line
        below = document.text.find("\n", definition.start) + 1
        found = _described(document, Span(below, below + 1), section) if 0 < below < section.end else []
    return found


def definition_of(practice: Practice, document: Document) -> Span:
    """Where the practice is defined, with the places of all members unless these lie far off.

    A practice without members is taken from where a sentence says what it is (“甲”工作法，即……), else from the
    first sentence that names it and says more than that something follows.
    """
    places = [span for component in practice.components for span in component.spans]
    own = Span(practice.start, practice.end)
    if not places:
        return min(_named(practice, document.text), key=lambda span: _weakness(document.text, span), default=own)
    low, high = min(own.start, *(start for start, _ in places)), max(own.end, *(end for _, end in places))
    return Span(low, high) if high - low <= _LONGEST else own


def _named(practice: Practice, text: str) -> Iterator[Span]:
    """Where a sentence, and no headline, names the practice: the place of its definition first."""
    quoted = (match.span() for match in re.finditer(re.escape(f"“{practice.name}”"), text))
    places = dict.fromkeys([(practice.start, practice.end), *practice.mentions, *quoted])
    yield from (Span(*place) for place in places if is_closed(_line(text, place[0])))


def _weakness(text: str, span: Span) -> int:
    """How little the sentence that names a practice tells of it: 0 where it says what it is."""
    if _ANNOUNCES.match(text, span.end):
        return 2
    return 0 if _DEFINES.match(text, span.end) else 1


def is_closed(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip().rstrip(_CLOSING).endswith(_TERMINAL)


def narrowed(span: Span, definition: Span, text: str) -> Span:
    """The clauses of a sentence that hold the definition: for one that tells of several places."""
    low, high = max(span.start, definition.start), min(span.end, definition.end)
    start = max(text.rfind(mark, span.start, low) for mark in "，；") + 1
    ends = [at for mark in "，；。" if (at := text.find(mark, high, span.end)) >= 0]
    return Span(max(start, span.start), min(ends, default=span.end))


def section_trail(document: Document, position: int) -> str:
    """The headings above a place, outermost first: 三、重点任务（二）优化服务平台."""
    above = [s for s in document.sections if s.start <= position < s.end]
    return "".join(f"{s.number or ''}{s.heading}" for s in sorted(above, key=lambda s: (s.level, s.start)))


def _described(document: Document, definition: Span, section: Section | None) -> list[list[Span]]:
    area = Span(section.start, section.end) if section else Span(0, len(document.text))
    paragraphs = []
    for line in _lines(document.text, definition):
        body = Span(max(line.start, area.start), min(line.end, area.end))
        kept = [s for s in _sentences(document, body, section) if section or s.overlaps(definition)]
        if kept:
            paragraphs.append(kept)
    return paragraphs


def _own_section(practice: Practice, definition: Span, document: Document) -> Section | None:
    """The innermost section around the practice, if its heading names it."""
    around = [s for s in document.sections if s.start <= definition.start < s.end]
    innermost = max(around, key=lambda s: (s.level, s.start), default=None)
    fits = innermost and practice.name in innermost.heading and innermost.end - innermost.start <= _LONGEST
    return innermost if fits else None


def _line(text: str, position: int) -> str:
    end = text.find("\n", position)
    return text[text.rfind("\n", 0, position) + 1 : len(text) if end < 0 else end].rstrip()


def _lines(text: str, stretch: Span) -> Iterator[Span]:
    """The lines that the stretch touches."""
    start = text.rfind("\n", 0, stretch.start) + 1
    while start < min(max(stretch.end, stretch.start + 1), len(text)):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Span(start, end)
        start = end + 1


def _sentences(document: Document, body: Span, section: Section | None) -> Iterator[Span]:
    """The sentences of a paragraph without numbers, the heading of ``section`` left out."""
    text = document.text
    if section and section.heading and body.start == section.start:
        after = text.find(section.heading, body.start, body.end) + len(section.heading)
        if after >= len(section.heading):
            after += text[after : after + 1] in tuple("。.：:，")
            body = Span(after, body.end)
    for match in _SENTENCE.finditer(text, body.start, body.end):
        ordinal = _ORDINAL.match(text, match.start(), match.end())
        start = ordinal.end() if ordinal else match.start()
        while start < match.end() and text[start].isspace():
            start += 1
        if start < match.end():
            yield Span(start, match.end())
