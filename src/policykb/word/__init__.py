"""The official Word format (GB/T 9704-2012): the only room that knows python-docx."""

from policykb.word.check import check_docx, read_blocks
from policykb.word.findings import Finding, Severity
from policykb.word.layout import FontProfile, Geometry, PageLayout, load_layout, local_layout, official_layout
from policykb.word.package import repack
from policykb.word.pen import Properties
from policykb.word.writer import write_docx

__all__ = [
    "Finding",
    "FontProfile",
    "Geometry",
    "PageLayout",
    "Properties",
    "Severity",
    "check_docx",
    "load_layout",
    "local_layout",
    "official_layout",
    "read_blocks",
    "repack",
    "write_docx",
]
