"""A folder of everything that goes wrong: each file is told with its reason, and the good ones are read."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest
from format_files import (
    package,
    paragraph,
    pdf_file,
    raw_word_file,
    real_paragraphs,
    set_pdf,
    web_page,
    word_file,
    workbook,
)
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from policykb.extraction import extract
from policykb.ingest import Unread, read_many
from policykb.models import Document
from policykb.reading import limits

GOOD = "\n".join(["基层党建工作总结", *real_paragraphs()[:2]])
ENTITY = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
ENCRYPTED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O (%s) /U (%s) >> /ID [<00> <00>]" % (
    b"o" * 32,
    b"u" * 32,
)
BAD = {
    "截断.docx": (word_file("通知", ["正文。"])[:3000], "损坏"),
    "加密.pdf": (set_pdf([[(79, 105, 16, "正文。")]], trailer=ENCRYPTED), "密码"),
    "扫描.pdf": (pdf_file([b"q 500 0 0 700 0 0 cm Q"]), "OCR"),
    "炸弹.docx": (package({"word/document.xml": b"<a>" + b" " * 40_000_000 + b"</a>"}), "压缩炸弹"),
    "实体.docx": (package({"word/document.xml": ENTITY + "<w>&x;</w>"}), "DOCTYPE"),
    "长行.txt": (("党" * 1_000_000).encode(), "上限"),
    "长行.jsonl": (b'{"text": "' + b"a" * 3_000_000 + b'"}', "上限"),
    "空字节.txt": (b"\0\1\2\0" * 500, "空字节|编码"),
    "没有字.html": (b"<div>" * 20_000, "没有文字"),
    "压缩包.zip": (package({"a.txt": "正文"}), "压缩包"),
    "空.txt": (b"", "空文件"),
    "图片.doc": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 50, "图片"),
}
READABLE = {
    "好.txt": GOOD.encode(),
    "其实是网页.pdf": web_page("基层党建工作总结", real_paragraphs()[:2]).encode(),
    "其实是文档.txt": raw_word_file(paragraph("基层党建工作总结") + paragraph(real_paragraphs()[0])),
    "深.html": ("<div>" * 20_000 + f"<p>{real_paragraphs()[0]}</p>").encode(),
    "零.html": web_page("基层党建工作总结", real_paragraphs()[:2]).replace("党", "\0党").encode(),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with all of them, a circle of links, a name in GBK and limits of 2 MB for texts and rows."""
    figures = {**limits._limits(), "text": {"bytes": 2 << 20}, "row": {"bytes": 2 << 20}}
    monkeypatch.setattr(limits, "_limits", lambda: figures)
    for name, data in READABLE.items():
        (tmp_path / name).write_bytes(data)
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "circle").symlink_to(tmp_path)
    (tmp_path / "itself.txt").symlink_to(tmp_path / "itself.txt")
    foreign = os.fsdecode(os.fsencode(tmp_path) + b"/" + "总结.txt".encode("gbk"))
    Path(foreign).write_bytes(GOOD.encode())
    return tmp_path


def title_of(document: Document) -> str:
    """What is made of a document here."""
    return document.title


def test_each_bad_file_is_told_and_every_good_one_read(folder):
    """Does nothing of the folder stop the rest, go missing, or take more memory than the largest file allowed?"""
    tracemalloc.start()
    results = list(read_many([folder], title_of, workers=1))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    reasons = {one.path.name: one.reason for one in results if isinstance(one, Unread)}
    assert set(reasons) == {*BAD, "itself.txt"}
    good = [one for one in results if not isinstance(one, Unread)]
    assert {one.source.name for one in good} == {*READABLE, "总结.txt"}
    assert all(real_paragraphs()[0].replace(",", "，") in one.document.text for one in good)
    assert peak < 400 << 20


@pytest.mark.parametrize("name", BAD)
def test_the_reason_is_one_line_with_file_and_remedy(folder, name):
    """Does a clerk learn which file it is, what is wrong, and what to do?"""
    (one,) = read_many([folder / name], title_of, workers=1)
    assert isinstance(one, Unread)
    before, reason = one.reason.split("：", 1)
    assert before.endswith(name) or f"{name} 第 1 行" in before
    assert any(word in reason for word in BAD[name][1].split("|")) and "\n" not in one.reason
    assert "请" in reason or "未读取" in reason


PAGE = web_page("基层党建工作总结", real_paragraphs()[:2])
SEEDS = {
    "txt": f"简报\n第3期\n本期要目\n甲\n\n{GOOD}\n附件1\n方案\n（联系人：甲）\n抄送：乙。".encode(),
    "html": PAGE.encode("gb18030"),
    "jsonl": f'{{"id": 1, "标题": "总结", "text": "{real_paragraphs()[0]}"}}\n'.encode() * 2,
    "csv": f"标题,正文,日期\n总结,{real_paragraphs()[0]},2015-01-30\n".encode("gb18030"),
    "mht": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n"
    + PAGE.encode()
    + b"\n--B--",
    "docx": raw_word_file(paragraph("基层党建工作总结") + paragraph(real_paragraphs()[0])),
    "pdf": set_pdf([[(79, 105, 16, "基层党建工作总结。")]]),
    "xlsx": workbook([["标题", "正文", "日期"], ["总结", real_paragraphs()[0], "2015-01-30"]]),
}
PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [
            text.encode()
            for text in ("锟斤拷", "⍰", "?", "\ufffd", "\u200b", "\r", "第一篇：", "附件2\n", "一、", "（二）", "特急 ")
        ]
        + [
            b"<table><tr><td>",
            b"<meta name=pubdate content=2019-13-45>",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"\0",
            b"&#x110000;",
            b"]]>",
        ]
    ),
)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    suffix=st.sampled_from(sorted(SEEDS)),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES), max_size=8),
)
@example(suffix="txt", cuts=[(0.0, 10_000, b"\xff\xfe")])
def test_any_damage_ends_in_documents_or_in_a_line(suffix, cuts, tmp_path_factory):
    """Do reading, cleaning, structuring and extracting take whatever is done to a file of any format?"""
    data = SEEDS[suffix]
    for where, length, instead in cuts:
        start = int(where * len(data))
        data = data[:start] + instead + data[start + length :]
    path = tmp_path_factory.mktemp("fuzz") / f"a.{suffix}"
    path.write_bytes(data)
    results = list(read_many([path], extract))
    assert results
    for one in results:
        if isinstance(one, Unread):
            assert "处理时出错" not in one.reason and "\n" not in one.reason
        else:
            check_document(one.document)


def check_document(document: Document) -> None:
    """Whatever is said of the text stands in it."""
    assert document.title and document.text.strip()
    for part in (*document.sections, *document.passages):
        assert 0 <= part.start < part.end <= len(document.text)
    assert document.source_span(0, len(document.text)).start >= 0
