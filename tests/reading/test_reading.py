"""Bytes to text: the right encoding, one source a document, one line of error."""

from __future__ import annotations

import codecs
import hashlib
import json
from pathlib import Path

import opencc
import pytest

from policykb.errors import ReadError
from policykb.reading import decode, read_sources

CORPUS = Path(__file__).parents[2] / "corpus"
SIMPLIFIED = (CORPUS / "urban-party-building-practices-2017.txt").read_text(encoding="utf-8").replace("\xa0", " ")
MIRRORED = (CORPUS / "service-oriented-party-organizations-five-documents.txt").read_text(encoding="utf-8")
TRADITIONAL = opencc.OpenCC("s2t").convert(SIMPLIFIED)


@pytest.mark.parametrize(
    ("text", "encoding", "wanted"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (MIRRORED, "gb18030", "gb18030"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
    ],
)
def test_text_comes_back_from_every_encoding(text: str, encoding: str, wanted: str) -> None:
    """Is each encoding recognised, and the text the same again?"""
    data = text.encode(encoding, "ignore")
    found, used = decode(data)
    assert used == wanted
    assert found == data.decode(encoding)


def test_short_texts_are_told_apart() -> None:
    """Is a title of a dozen characters enough to tell GB18030 from Big5?"""
    for text, encoding in ((SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5")):
        lines = [line.strip() for line in text.split("\n") if 12 <= len(line.strip()) <= 60]
        for line in lines:
            data = line.encode(encoding, "ignore")
            assert decode(data)[0] == data.decode(encoding)


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 50, b"PK\x03\x04\x00\x00binary", codecs.BOM_UTF8 + b"\xff\xfe\xfa"]
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    """Is binary content an error that tells the remedy?"""
    with pytest.raises(ReadError, match=r"UTF-8|转换"):
        decode(data)


def test_a_text_file_is_one_source_as_it_is(tmp_path: Path) -> None:
    """Are name, digest and text those of the file, line ends included?"""
    path = tmp_path / "通知.txt"
    path.write_bytes("第一段。\r\n第二段。\r\n".encode("gb18030"))
    (source,) = read_sources(path)
    assert source.text == "第一段。\r\n第二段。\r\n"
    assert (source.name, source.encoding) == ("通知.txt", "gb18030")
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_of_rows_is_a_source_a_row(tmp_path: Path) -> None:
    """Do a row's id, title and Chinese field names arrive?"""
    rows = [
        {"id": "a-1", "title": "方案", "text": "为深入贯彻落实……"},
        {"id": 7, "标题": "通知", "正文": "各乡镇：", "发文机关": "县委", "other": 1},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n", encoding="utf-8")
    first, second = read_sources(path)
    assert (first.document_id, second.document_id) == ("a-1", "7")
    assert [(fact.field, fact.value) for fact in first.facts] == [("title", "方案")]
    assert [(fact.field, fact.value) for fact in second.facts] == [("title", "通知"), ("issuing_authority", "县委")]
    assert second.text == "各乡镇："


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "空文件"),
        ("blank.txt", b" \n\n", "空白"),
        ("binary.txt", b"\x00\xff\x00\x13" * 9, "空字节"),
        ("picture.xyz", b"abc", "xyz"),
        ("broken.jsonl", b'{"text": "a"}\n{"text": \n', "第 2 行"),
        ("list.jsonl", b"[1, 2]\n", "第 1 行"),
        ("empty.jsonl", b"\n", "空文件"),
        ("textless.jsonl", b'{"id": 1}\n', "正文"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    """Does the line name the file, the reason and the remedy?"""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError) as caught:
        read_sources(path)
    message = str(caught.value)
    assert name in message
    assert reason in message
    assert "请" in message
    assert "\n" not in message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """Are they told apart?"""
    with pytest.raises(ReadError, match="找不到"):
        read_sources(tmp_path / "missing.txt")
    with pytest.raises(ReadError, match="文件夹"):
        read_sources(tmp_path)
