"""The official Word format (GB/T 9704-2012): the only room that knows python-docx."""

from policykb.word.check import check_docx, read_blocks
from policykb.word.findings import Finding, Severity, quoted
from policykb.word.fix import FixedFile, fix_docx
from policykb.word.fonts import FontReport, examine_fonts, installed_fonts
from policykb.word.layout import FontProfile, Geometry, PageLayout, load_layout, local_layout, official_layout
from policykb.word.package import packed, repack
from policykb.word.pen import Properties
from policykb.word.writer import write_docx

__all__ = [
    "Finding",
    "FixedFile",
    "FontProfile",
    "FontReport",
    "Geometry",
    "PageLayout",
    "Properties",
    "Severity",
    "check_docx",
    "examine_fonts",
    "fix_docx",
    "installed_fonts",
    "load_layout",
    "local_layout",
    "official_layout",
    "packed",
    "quoted",
    "read_blocks",
    "repack",
    "write_docx",
]
