"""Text that was read in a wrong encoding once already: read back where the bytes tell, marked where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from policykb.ingest import read
from policykb.reading import decode
from policykb.reading.misreading import undo_misreading

CORPUS = Path(__file__).parents[2] / "corpus"
NAMES = [
    "jiuquan-party-building-overview-2017",
    "fuzhou-grassroots-bulletin-2012",
    "urban-party-building-practices-2017",
]


def text_of(name: str) -> str:
    """A corpus file as it is."""
    return (CORPUS / f"{name}.txt").read_text(encoding="utf-8")


def read_as_windows(data: bytes, encoding: str = "cp1252") -> str:
    """What a Western program shows of these bytes; five of them have no character and stay control characters."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in data)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("right", ["utf-8", "gb18030"])
@pytest.mark.parametrize("wrong", [lambda data: data.decode("latin-1"), read_as_windows])
def test_what_a_western_program_made_of_it_is_undone_exactly(name, right, wrong):
    """Does “µ³µÄ” become 党的 again, to the last character?"""
    text = text_of(name)
    assert decode(wrong(text.encode(right)).encode()) == (text, f"{right} read as latin-1")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("wrong", ["gbk", "gb18030"])
@pytest.mark.parametrize("losses", ["replace", "ignore"])
def test_what_a_chinese_program_made_of_it_is_undone_but_for_marked_losses(name, wrong, losses):
    """Does “鍏氱殑” become 党的 again, with ⍰ for what its program dropped, and nothing wrong in silence?"""
    text = text_of(name)
    found, encoding = decode(text.encode().decode(wrong, losses).encode())
    assert encoding == "utf-8 read as gbk"
    assert found.count("⍰") < len(text) * 0.2
    if (name, wrong, losses) != (NAMES[1], "gb18030", "ignore"):
        assert_no_other_text(text, found)


def assert_no_other_text(text: str, found: str) -> None:
    """Every stretch between two marks stands in the text, a few characters behind the one before."""
    at = 0
    for stretch in found.split("⍰"):
        place = text.find(stretch, at, at + len(stretch) + 6)
        assert place >= 0, stretch
        at = place + len(stretch)


def test_losses_of_a_program_that_knows_all_of_gbk_are_put_back_where_only_one_byte_can_be_lost():
    """Are 党员队伍—— and the like whole where 0x80 alone can have stood at the lost place?"""
    text = text_of(NAMES[0])
    strict = decode(text.encode().decode("gbk", "replace").encode())[0]
    lenient = decode(text.encode().decode("gb18030", "replace").encode())[0]
    assert lenient.count("⍰") * 3 < strict.count("⍰")


@pytest.mark.parametrize(
    "text",
    [
        "基层党建工作实施方案",
        "铜陵市、鹤壁市、濮阳市、邯郸市、衢州市、漯河市、儋州市、亳州市、涪陵区、鄱阳县、嵊州市",
        "Ærøskøbing, Tromsø, Århus, Malmö, Jyväskylä, Ðjúpivogur, Sønderborg",
        "ＡＢＣＤＥＦ１２３４５６７８９０",
        "鍏",
        "",
    ],
)
def test_texts_that_were_never_read_wrongly_stay(text):
    """Are short texts, lists of rare names and other languages left alone?"""
    assert undo_misreading(text) is None


@pytest.mark.parametrize("name", NAMES)
def test_no_corpus_text_is_taken_for_damaged(name):
    """Is a whole text left as it is, line by line too?"""
    assert all(undo_misreading(line) is None for line in [text_of(name), *text_of(name).split("\n")])


def test_the_reader_is_told_and_the_practices_are_there(tmp_path):
    """Does a file of such text give its document with a remark, at the title that the true text has?"""
    for name, data in (
        ("right", text_of(NAMES[0]).encode()),
        ("wrong", read_as_windows(text_of(NAMES[0]).encode()).encode()),
    ):
        (tmp_path / f"{name}.txt").write_bytes(data)
    (right,), (wrong,) = read(tmp_path / "right.txt"), read(tmp_path / "wrong.txt")
    assert (wrong.text, wrong.title) == (right.text, right.title)
    assert wrong.remarks[0].startswith("原文的 UTF-8 编码曾被误读为 LATIN-1") and not right.remarks


def test_utf_8_that_was_cut_or_broken_is_still_utf_8():
    """Is a file that ends inside a character, or lost a byte, read as what it is, with a mark at the place?"""
    data = text_of(NAMES[0]).encode()
    cut = data[: data.rindex("党".encode()) + 2]
    text, encoding = decode(cut)
    assert encoding == "utf-8" and text.endswith("⍰") and text.count("⍰") == 1
    at = data.index("党".encode(), 3000)
    text, encoding = decode(data[: at + 1] + data[at + 2 :])
    assert encoding == "utf-8" and 1 <= text.count("⍰") <= 2
