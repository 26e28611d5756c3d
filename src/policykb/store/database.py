"""The SQLite file below a store: opening it, its version, and errors as one line for the user."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policykb.errors import KnowledgeBaseError, reason_of
from policykb.store.republications import keep_older_prints

FILE_NAME = "policykb.sqlite"
VERSION = 2
"""Goes up with each change of schema.sql that an older policykb cannot read; ``_upgrade`` brings older ones along."""

APPLICATION_ID = 0x506B6221
"""Marks the file as ours (“Pkb!”), in SQLite's header."""

WAIT = 10.0
"""Seconds that a writer waits for another one."""


def open_database(folder: Path) -> sqlite3.Connection:
    """The database in ``folder``, made when absent.

    A folder that cannot be written is opened for reading if a database is there.
    Raises ``KnowledgeBaseError`` where neither can be done.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnowledgeBaseError(
            "{folder}：不能建立知识库文件夹（{reason}）；请换一个可写的文件夹", folder=folder, reason=reason_of(error)
        ) from error
    new = not path.exists()
    writable = os.access(folder, os.W_OK) and (new or os.access(path, os.W_OK))
    if new and not writable:
        raise KnowledgeBaseError("{folder}：文件夹不可写，不能建立知识库；请换一个可写的文件夹", folder=folder)
    with reported(path):
        if writable:
            return _prepared(_connect(str(path)), path)
        connection = _read_only(path)
        if (version := _number(connection, "user_version")) < VERSION:
            connection.close()
            raise KnowledgeBaseError(
                "{path}：知识库的版本是 {version}，要改成 {known} 才能用，但文件夹不可写；请复制到可写的文件夹再打开",
                path=path,
                version=version,
                known=VERSION,
            )
        return connection


def memory_database() -> sqlite3.Connection:
    """A database that lives as long as its connection."""
    return _prepared(_connect(":memory:"), Path(":memory:"))


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn what SQLite complains of into a ``KnowledgeBaseError`` of one line."""
    try:
        yield
    except sqlite3.Error as error:
        raise KnowledgeBaseError("{path}：{reason}", path=path, reason=_explained(error)) from error


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All or nothing: committed at the end, rolled back when anything is raised."""
    with reported(path):
        connection.execute("BEGIN IMMEDIATE")
    try:
        with reported(path):
            yield
            connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _connect(name: str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=WAIT, isolation_level=None, uri=uri)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _read_only(path: Path) -> sqlite3.Connection:
    """A database that cannot be written to; where SQLite's side files cannot be made either, as it lies there."""
    for how in ("mode=ro", "immutable=1"):
        connection = _connect(f"{path.resolve().as_uri()}?{how}", uri=True)
        try:
            return _checked(connection, path)
        except sqlite3.OperationalError:
            connection.close()
            if how == "immutable=1":
                raise
    raise AssertionError("unreachable")


def _prepared(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A database to write to: with our tables, and a journal that readers need not wait for."""
    try:
        if _number(connection, "schema_version") == 0:
            _create(connection, path)
        if _number(_checked(connection, path), "user_version") < VERSION:
            _upgrade(connection, path)
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _create(connection: sqlite3.Connection, path: Path) -> None:
    """The tables of version 1; ``_upgrade`` makes the later ones."""
    with transaction(connection, path):
        if _number(connection, "schema_version"):  # another process was faster
            return
        _run(connection, "schema.sql")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")


def _upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Make a database of version 1 one of ``VERSION``; its documents get their fingerprints."""
    with transaction(connection, path):
        if _number(connection, "user_version") >= VERSION:  # another process was faster
            return
        _run(connection, "schema_2.sql")
        keep_older_prints(connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _run(connection: sqlite3.Connection, name: str) -> None:
    for statement in Path(__file__).with_name(name).read_text(encoding="utf-8").split(";\n"):
        connection.execute(statement)


def _checked(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    if _number(connection, "application_id") != APPLICATION_ID:
        raise KnowledgeBaseError("{path}：不是 policykb 的知识库；请换一个文件夹，或移走这个文件", path=path)
    version = _number(connection, "user_version")
    if version > VERSION:
        raise KnowledgeBaseError(
            "{path}：知识库的版本是 {version}，本程序只懂到 {known}；请升级 policykb",
            path=path,
            version=version,
            known=VERSION,
        )
    return connection


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _explained(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "另一个程序正在写这个知识库；请等它写完再试"
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return "文件已损坏，或不是 policykb 的知识库；请移走它，再用 policykb add 重新添加原文"
    if name.startswith("SQLITE_FULL"):
        return "磁盘已满，这一批没有写入；请腾出空间再试"
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return "知识库不可写；请检查文件夹的权限，或换一个文件夹"
    return f"数据库出错（{error}）；请检查磁盘和文件夹的权限"
