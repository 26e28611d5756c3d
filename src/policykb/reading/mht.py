"""Web archives (.mht, .mhtml) → sources: the page among the parts; pictures and frames around it are left."""

from __future__ import annotations

import email
import email.policy
import hashlib
from email.errors import MessageError
from email.message import Message

from policykb.errors import ReadError
from policykb.models import Source
from policykb.reading.html import decode_page, page_source
from policykb.reading.limits import check_size, limit


def read_mht(data: bytes, name: str) -> list[Source]:
    """The source of the archive's page, the longest one where it holds several (a page of frames).

    Raises ``ReadError`` where the archive is damaged or holds no page with text.
    """
    check_size(data, "mht")
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        pages = _pages(message)
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise ReadError("网页存档已损坏；请在浏览器中打开后另存为 .html。") from error
    sha256 = hashlib.sha256(data).hexdigest()
    sources: list[Source] = []
    for page in pages:
        try:
            text, encoding = decode_page(page)
            sources.append(page_source(text, name=name, encoding=encoding, sha256=sha256))
        except ReadError:
            continue
    if not sources:
        raise ReadError("网页存档里没有带文字的网页；请在浏览器中打开后另存为 .html。")
    return [max(sources, key=lambda source: len(source.text))]


def _pages(message: Message) -> list[bytes]:
    """The bytes of each part that is a page, in order."""
    pages = []
    for count, part in enumerate(message.walk()):
        if count > limit("mht", "parts"):
            raise ReadError("网页存档的部件过多；请在浏览器中打开后另存为 .html。")
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and len(content) <= limit("html", "bytes"):
                pages.append(_in_utf8(content, part.get_content_charset()))
    return pages


def _in_utf8(content: bytes, charset: str | None) -> bytes:
    """The page in UTF-8 where the part's head names its charset rightly, else as it is."""
    if charset is None or charset.startswith(("utf-8", "gb")):
        return content
    try:
        return content.decode(charset).encode()
    except (UnicodeError, LookupError):
        return content
