"""Text that was read in a wrong encoding before it was put into a Word file, a page or a table."""

from __future__ import annotations

import json

import pytest
from format_files import real_paragraphs, web_page, word_file, workbook

from policykb.ingest import read


def shown_by_windows(byte: int) -> str:
    """What a Western program shows of a byte; five have no character and stay control characters."""
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


WAYS = {
    "gbk": lambda text: text.encode().decode("gb18030", "replace"),
    "windows": lambda text: "".join(map(shown_by_windows, text.encode())),
    "latin": lambda text: text.encode("gb18030").decode("latin-1"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("suffix", ["docx", "html", "xlsx", "jsonl"])
def test_it_is_undone_inside_of_other_formats_too(tmp_path, way, suffix):
    """Is the text of a Word file, a page or a table read back as a text file's is, with title and remark?"""
    wrong = WAYS[way]
    title, paragraphs = "基层党建工作实施方案", real_paragraphs()[:3]
    path = tmp_path / f"a.{suffix}"
    if suffix == "xlsx":
        rows = [[wrong("标题"), wrong("正文")], [wrong(title), wrong("\n".join(paragraphs))]]
        path.write_bytes(workbook(rows))
    elif suffix == "jsonl":
        path.write_text(json.dumps({"标题": wrong(title), "text": wrong("\n".join(paragraphs))}), encoding="utf-8")
    else:
        damaged = [wrong(paragraph) for paragraph in paragraphs]
        page = word_file(wrong(title), damaged) if suffix == "docx" else web_page(wrong(title), damaged).encode()
        path.write_bytes(page)
    (document,) = read(path)
    assert document.title == title and any("误读" in remark for remark in document.remarks)
    text, whole = document.text, "".join(paragraphs).replace(",", "，")
    assert text.count("⍰") < len(whole) * 0.1 and text.count("党") >= whole.count("党") * 0.9
