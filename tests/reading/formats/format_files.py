"""Files of every format, built in code for the tests of the readers."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import Workbook

CORPUS = Path(__file__).parents[3] / "corpus"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def real_paragraphs(name: str = "urban-party-building-practices-2017", longest: int = 400) -> list[str]:
    """The paragraphs of running text of a corpus file."""
    text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip(" \u3000\xa0") for line in text.splitlines())
    return [line for line in lines if 40 <= len(line) <= longest and line.endswith("。")]


def web_page(title: str, paragraphs: Iterable[str], *, head: str = "", around: tuple[str, str] = ("", "")) -> str:
    """A page with a navigation bar, a title, the paragraphs and a foot."""
    body = "".join(f"<p>　　{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html><head><meta charset="utf-8"><title>{title} - 某市党建网</title>{head}</head><body>'
        '<div class="topnav"><a href="/">首页</a><a href="/yw">要闻</a><a href="/gg">通知公告</a></div>'
        f'<div class="article"><h1>{title}</h1>{around[0]}<div id="content">{body}</div>{around[1]}</div>'
        "<div>主办单位：某市委组织部　技术支持：某公司<br>某ICP备00000号</div></body></html>"
    )


def word_file(title: str, paragraphs: Iterable[str], *, table: Sequence[Sequence[str]] = (), font: str = "") -> bytes:
    """A .docx on A4 with a centred title, indented paragraphs, a page number and a table."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    section.footer.paragraphs[0].text = "— 1 —"
    section.header.paragraphs[0].text = "某市委组织部文件汇编"
    style = document.styles["Normal"]
    style.font.size, style.font.name = Pt(16), font or "仿宋_GB2312"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font or "仿宋_GB2312")
    style.paragraph_format.line_spacing, style.paragraph_format.space_after = Pt(28.95), Pt(0)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.add_run(title).font.size = Pt(22)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph).paragraph_format.first_line_indent = Pt(32)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]), style="Table Grid")
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    return saved(document)


def workbook(rows: Iterable[Sequence[object]]) -> bytes:
    """A .xlsx of one sheet with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def saved(document: Document) -> bytes:
    """The bytes of a python-docx document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def raw_word_file(body: str, **parts: str) -> bytes:
    """A .docx with this XML as its body; ``numbering`` and ``styles`` hold the XML inside their roots."""
    return package(
        {
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
            f'<Relationship Id="r1" Type="{_MAIN}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body>{body}</w:body></w:document>',
        }
        | {f"word/{name}.xml": f'<w:{name} xmlns:w="{WORD_NAMESPACE}">{xml}</w:{name}>' for name, xml in parts.items()}
    )


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """The XML of a Word paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def converted(data: bytes, folder: Path, *, to: str, suffix: str = ".docx") -> bytes:
    """The file in another format, made by LibreOffice."""
    source = folder / f"source{suffix}"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", to, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"source.{to}").read_bytes()


def set_pdf(pages: Iterable[Sequence[tuple[float, float, float, str]]], *, rules: str = "", **options: bytes) -> bytes:
    """A PDF whose pages hold lines ``(left, top, size, text)`` in a font of one square a character.

    ``rules`` are drawing operators for every page; ``options`` are those of ``pdf_file``.
    """
    contents = []
    for lines in pages:
        shown = (
            f"BT /F1 {size} Tf {left} {842 - top - size} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for left, top, size, text in lines
        )
        contents.append((rules + "".join(shown)).encode())
    return pdf_file(contents, **options)


def wrapped(
    paragraphs: Iterable[str], *, columns: int = 28, per_page: int = 22
) -> Iterator[list[tuple[float, float, float, str]]]:
    """Pages as a typist would set them: first lines indented, full lines cut at the margin, a page number each."""
    rows: list[tuple[int, str]] = []
    for text in paragraphs:
        rows.append((2, text[: columns - 2]))
        rest = text[columns - 2 :]
        rows += [(0, rest[start : start + columns]) for start in range(0, len(rest), columns)]
    for number, start in enumerate(range(0, len(rows), per_page), start=1):
        lines = [
            (79.0 + indent * 16, 105.0 + line * 29, 16.0, text)
            for line, (indent, text) in enumerate(rows[start : start + per_page])
        ]
        yield [*lines, (280.0, 790.0, 14.0, f"— {number} —"), (79.0, 40.0, 10.0, "某市委组织部文件汇编")]


def pdf_file(contents: Sequence[bytes], *, trailer: bytes = b"", stream_head: bytes = b"", extra: bytes = b"") -> bytes:
    """A PDF with a page for each content stream; ``stream_head`` goes into the streams' dictionaries."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> %s >> >>" % (6 + 2 * number, extra)
        )
        objects.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), stream_head, content))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)
