"""Files as they come: read by what they are, not by their names; refused in one line that helps."""

from __future__ import annotations

import gzip
import io
import shutil
import tarfile
import tempfile
from pathlib import Path

import pytest
from format_files import (
    SOFFICE,
    converted,
    package,
    raw_word_file,
    real_paragraphs,
    set_pdf,
    web_page,
    word_file,
    wrapped,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policykb.errors import ReadError
from policykb.reading import office, read_sources
from policykb.reading.formats import READERS

TITLE = "加强城市基层党建"
PARAGRAPHS = real_paragraphs()[:6]
PAGE = web_page(TITLE, PARAGRAPHS).encode()
WORD = word_file(TITLE, PARAGRAPHS)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def compound(stream: str) -> bytes:
    """The beginning of a file of the older office programs with this stream."""
    return COMPOUND + stream.encode("utf-16-le") + b"\0" * 600


def tar_file() -> bytes:
    """A .tar of one empty file."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "\n".join([TITLE, *PARAGRAPHS]).encode()),
        ("a.html", PAGE),
        ("网页.txt", PAGE),
        ("网页.doc", b"\xef\xbb\xbf\r\n<!-- saved -->" + PAGE),
        ("a.docx", WORD),
        ("a.doc", WORD),
        ("a.pdf", set_pdf([[(140, 105, 22, TITLE)], *wrapped(PARAGRAPHS)])),
        ("a.txt", set_pdf([[(140, 105, 22, TITLE)], *wrapped(PARAGRAPHS)])),
    ],
)
def test_the_same_text_comes_out_of_every_format_under_any_name(tmp_path, name, data):
    """Do text, page, Word and PDF give the same paragraphs, whatever the file calls itself?"""
    path = tmp_path / name
    path.write_bytes(data)
    (source,) = read_sources(path)
    assert (source.name, source.text.split("\n")) == (name, [TITLE, *PARAGRAPHS])


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", package({"a.txt": "正文"}), "压缩包"),
        ("a.docx", package({"a.txt": "正文"}), "压缩包"),
        ("a.txt", gzip.compress(b"text"), "压缩包"),
        ("a.tar", tar_file(), "压缩包"),
        ("a.rar", b"Rar!\x1a\x07\x00" + b"\0" * 50, "压缩包"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "压缩包"),
        ("a.rar", b"no mark at all", "压缩包"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "图片"),
        ("a.docx", compound("EncryptedPackage"), "密码"),
        ("a.xlsx", compound("Workbook"), "另存为 .xlsx"),
        ("a.doc", compound("PowerPoint Document"), "演示文稿"),
        ("a.ofd", package({"OFD.xml": "<x/>"}), "OFD"),
        ("a.docx", WORD[:5000], "损坏"),
        ("a.html", b"", "空文件"),
        ("a.pdf", b"", "空文件"),
        ("a.pdf", b"not a pdf", "损坏"),
        ("a.bin", bytes(range(256)), "不认识的文件类型"),
    ],
)
def test_what_cannot_be_read_is_told_with_name_and_remedy(tmp_path, name, data, reason):
    """Does each refusal name the file, the reason and what to do, in one line?"""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError, match=reason) as caught:
        read_sources(path)
    assert str(caught.value).startswith(str(path)) and "\n" not in str(caught.value)


def test_a_name_in_gbk_bytes_is_shown_readable(tmp_path):
    """Is a file whose name is no UTF-8 read, and named as a person would?"""
    path = Path(str(tmp_path)) / "党建.html".encode("gbk").decode("utf-8", "surrogateescape")
    path.write_bytes(PAGE)
    assert read_sources(path)[0].name == "党建.html"
    path.write_bytes(b"")
    with pytest.raises(ReadError, match=r"党建\.html：是空文件"):
        read_sources(path)


def test_a_file_that_may_not_be_opened_is_told(tmp_path, monkeypatch):
    """Does the system's refusal become a line of ours?"""
    path = tmp_path / "a.docx"
    path.write_bytes(WORD)

    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadError, match="无法打开"):
        read_sources(path)


def test_older_formats_are_told_how_to_convert_without_libreoffice(monkeypatch):
    """Does a .doc on a computer without LibreOffice get the way out?"""
    monkeypatch.setattr(office.shutil, "which", lambda _name: None)
    with pytest.raises(ReadError, match=r"另存为 \.docx"):
        office.read_office(compound("WordDocument"), "a.doc")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("suffix", ["doc", "rtf"])
def test_older_formats_are_read_through_libreoffice(tmp_path, suffix):
    """Does a real .doc or .rtf give the same paragraphs as the .docx it was made from?"""
    path = tmp_path / f"旧文件.{suffix}"
    path.write_bytes(converted(WORD, tmp_path, to=suffix))
    (source,) = read_sources(path)
    assert (source.name, source.text.split("\n")) == (path.name, [TITLE, *PARAGRAPHS])


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.skipif(shutil.which("fc-match") is None, reason="fc-match is not there to find a Chinese font")
def test_a_pdf_made_by_an_office_program_gives_the_paragraphs_of_its_word_file(tmp_path):
    """Does a PDF that was typeset, with running head and page numbers, read like the .docx it was made from?"""
    table = [["序号", "任务", "责任单位"], ["1", "排查整顿软弱涣散村党组织，建立台账，逐一销号", "组织部"]]
    data = word_file(TITLE, real_paragraphs(), table=table, font="Noto Serif CJK SC")
    (tmp_path / "a.docx").write_bytes(data)
    (tmp_path / "a.pdf").write_bytes(converted(data, tmp_path, to="pdf"))
    expected = read_sources(tmp_path / "a.docx")[0].text
    assert read_sources(tmp_path / "a.pdf")[0].text == expected


HOSTILE = {
    "html": PAGE,
    "docx": raw_word_file("<w:p><w:r><w:t>正文。</w:t></w:r></w:p>"),
    "pdf": set_pdf([[(79, 105, 16, "正文。")]]),
    "mht": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n"
    b"<p>x\n--B--",
    "csv": "标题,正文\n甲,乙".encode(),
}


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    suffix=st.sampled_from(sorted(HOSTILE)),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), max_size=6),
)
def test_damaged_files_are_read_or_refused_and_nothing_else(suffix, cuts):
    """Does any damage to a file of any format end in sources or in a line of ours?"""
    data = HOSTILE[suffix]
    for where, length, instead in cuts:
        start = int(where * len(data))
        data = data[:start] + instead + data[start + length :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{suffix}"
        path.write_bytes(data)
        try:
            sources = read_sources(path)
        except ReadError as error:
            assert "\n" not in str(error)
        else:
            assert sources and all(source.text.strip() for source in sources)


def test_every_format_has_a_reader_that_exists():
    """Does the table of readers name functions that are there?"""
    for target in set(READERS.values()):
        module, function = target.split(":")
        assert callable(getattr(__import__(f"policykb.reading.{module}", fromlist=[function]), function))
