"""What the tests of this room share: a text of any kind becomes documents without reading and cleaning."""

from hashlib import sha256

from policykb.models import CleanText, PageFact, Source
from policykb.spans import OffsetMap
from policykb.structure import structure


def documents_of(text, facts=(), document_id=None):
    """The documents of ``text`` taken as clean."""
    source = Source(
        name="text.txt",
        text=text,
        encoding="utf-8",
        sha256=sha256(text.encode()).hexdigest(),
        document_id=document_id,
    )
    page_facts = tuple(PageFact(field=field, value=value) for field, value in facts)
    return structure(source, CleanText(text=text, offsets=OffsetMap.identity(len(text)), facts=page_facts))


def document_of(text, facts=()):
    """The only document of ``text``."""
    (document,) = documents_of(text, facts)
    return document


def outline(document):
    """The sections as [level, number, heading]."""
    return [[section.level, section.number, section.heading] for section in document.sections]


LONG = (
    "各级党组织要高度重视，结合实际抓好贯彻落实，及时总结经验做法，研究解决存在的问题，确保各项任务落到实处、见到成效。"
)
