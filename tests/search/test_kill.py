"""Killed at any moment of adding, removing and re-indexing: nothing reported is lost, and the index agrees."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest
from shelf import make_document

from policykb.models import Source
from policykb.search import Index, Tools
from policykb.store import Store, StoredItem


def make_item(name: str) -> StoredItem:
    """A document of two passages."""
    document = make_document(name, f"关爱站{name}", [f"空巢老人关爱站{name}开门。", "党员轮流值班。" * 20])
    source = Source(name=name, text=document.text, encoding="utf-8", sha256=document.sha256)
    return StoredItem(source=source, origin=name, document=document)


def keep_changing(folder: Path, tools: Tools, seed: int, told: Connection) -> None:
    """Add, remove, index and re-index until killed; tell what is about to be done, and then that it is done."""
    chance, store, index = Random(seed), Store.open(folder), Index.on_disk(folder / "index", tools)  # a fixed sample
    for step in range(10_000):
        action = chance.choice(("add", "add", "remove", "sync", "rebuild"))
        names = [f"s{seed}-{step}-{n}" for n in range(3)] if action == "add" else store.ids()[:1]
        told.send(("begin", action, names))
        if action == "add":
            store.add(map(make_item, names))
        elif action == "remove":
            store.remove(names)
        elif action == "sync":
            index.sync(store)
        else:
            index.rebuild(store)
        told.send(("done", action, names))


def killed_after(delay: float, folder: Path, tools: Tools, seed: int) -> list[tuple[str, str, list[str]]]:
    """What the process told that was killed ``delay`` seconds after its first word."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=keep_changing, args=(folder, tools, seed, there))
    process.start()
    there.close()
    told = [here.recv()]
    time.sleep(delay)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    try:
        while True:
            told.append(here.recv())
    except (EOFError, OSError):
        return told


def check_moments(folder: Path, tools: Tools, n: int) -> None:
    """Kill at ``n`` moments, one after the other on the same knowledge base, and look at it each time."""
    chance, expected = Random(11), set[str]()  # a fixed sample, no secret
    tools.analyzer.words("先装好词典")
    for seed in range(n):
        told = killed_after(chance.uniform(0, 0.3), folder, tools, seed)
        for word, action, names in told:
            if word == "done" and action in {"add", "remove"}:
                expected = expected | set(names) if action == "add" else expected - set(names)
        word, action, names = told[-1]
        unsure = set(names) if word == "begin" and action in {"add", "remove"} else set[str]()
        with Store.open(folder) as store:
            found = set(store.ids())
            assert found - unsure == expected - unsure
            assert found & unsure in (set(), unsure), "a batch goes in whole or not at all"
            assert store.verify() == []
            assert Index.on_disk(folder / "index", tools).verify(store) == []
        expected = found


def test_a_process_killed_at_any_moment_loses_nothing_that_it_reported(tmp_path: Path, tools: Tools) -> None:
    """After each kill, does the store hold what was reported, and does the index agree?"""
    check_moments(tmp_path, tools, 5)


@pytest.mark.slow
def test_a_process_killed_at_hundreds_of_moments_loses_nothing_that_it_reported(tmp_path: Path, tools: Tools) -> None:
    """The same two hundred times."""
    check_moments(tmp_path, tools, 200)
