"""The official Word format (GB/T 9704-2012): the only room that knows python-docx."""

from policykb.word.layout import PageLayout, official_layout
from policykb.word.writer import Properties, write_docx

__all__ = ["PageLayout", "Properties", "official_layout", "write_docx"]
