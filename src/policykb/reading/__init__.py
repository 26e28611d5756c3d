"""Reading: bytes → ``Source``.  The decoded text is kept as it is; cleaning it is the next room's work."""

from policykb.reading.encoding import decode
from policykb.reading.files import read_sources, stream_sources

__all__ = ["decode", "read_sources", "stream_sources"]
