"""Folders: every text in a settled order, and nothing stops the walk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from policykb.reading import walk
from policykb.reading.names import readable
from policykb.reading.walk import Unreadable, find_files


def make(folder: Path, *names: str) -> None:
    """Make these files."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names_in(folder: Path) -> list[str]:
    """The files that the walk gives, named from the folder."""
    return [str(found.relative_to(folder)) for found in find_files(folder) if isinstance(found, Path)]


def test_files_come_folder_by_folder_in_order_of_their_names(tmp_path):
    """Is the order the same on every run and every system?"""
    make(tmp_path, "b.txt", "a.html", "乙/2.pdf", "乙/1.docx", "A/甲/x.txt")
    assert names_in(tmp_path) == ["a.html", "b.txt", "A/甲/x.txt", "乙/1.docx", "乙/2.pdf"]


def test_a_single_file_is_given_as_it_is(tmp_path):
    """Is a file that is named outright given, hidden or not, there or not?"""
    assert list(find_files(tmp_path / ".missing.txt")) == [tmp_path / ".missing.txt"]


def test_files_that_nobody_put_there_are_left_out(tmp_path):
    """Do lock files, hidden files and files of the system stay out?"""
    make(
        tmp_path, "~$方案.docx", ".~lock.a.docx#", ".DS_Store", "Thumbs.db", "manifest.toml", ".git/config", "方案.docx"
    )
    assert names_in(tmp_path) == ["方案.docx"]


def test_circles_of_links_end(tmp_path):
    """Is a folder that holds a link to itself walked once, and a link to nothing given for the reader to refuse?"""
    make(tmp_path, "a/1.txt")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    assert names_in(tmp_path) == ["a/1.txt", "a/self"]


def test_names_in_gbk_bytes_survive(tmp_path):
    """Can a file whose name is no UTF-8 be opened by the path that the walk gives?"""
    name = "党建.txt".encode("gbk")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    (found,) = find_files(tmp_path)
    assert isinstance(found, Path) and found.read_bytes() == b"x" and os.fsencode(found.name) == name


def test_a_folder_that_cannot_be_opened_is_told_and_the_rest_goes_on(tmp_path, monkeypatch):
    """Does one locked folder cost no more than itself?"""
    make(tmp_path, "a/1.txt", "b/2.txt", "c/3.txt")
    scan = os.scandir

    def refuse(path: Path):
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(walk.os, "scandir", refuse)
    found = list(find_files(tmp_path))
    assert found[0] == tmp_path / "a" / "1.txt" and found[2] == tmp_path / "c" / "3.txt"
    assert isinstance(found[1], Unreadable) and found[1].path == tmp_path / "b" and "无法打开文件夹" in found[1].reason


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may open everything")
def test_a_folder_without_the_right_to_read_is_told(tmp_path):
    """Does the same hold for a folder that is really locked?"""
    make(tmp_path, "a/1.txt")
    (tmp_path / "a").chmod(0)
    try:
        assert [type(found) for found in find_files(tmp_path)] == [Unreadable]
    finally:
        (tmp_path / "a").chmod(0o700)


@pytest.mark.parametrize(
    "name", ["总结", "党建工作实施方案", "2015年工作要点 (1)", "民主评议A表", "关于加强领导的意见（试行）"]
)
def test_names_in_gbk_are_shown_as_they_were_meant(name):
    """Is such a name readable, though some of its bytes make letters or characters of UTF-8 by chance?"""
    shown = os.fsdecode(b"/data/" + name.encode("gbk") + b".txt") + "：是空文件；请换成有内容的文件。"
    assert readable(shown) == f"/data/{name}.txt：是空文件；请换成有内容的文件。"
