"""A store under hardship: a full disk, several processes at once."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from policykb.store import Store

BATCHES = 12

PRELUDE = """
    import resource, signal, sys
    from pathlib import Path
    from items import make_item
    from policykb.errors import KnowledgeBaseError
    from policykb.store import Store

    def batch(name, n):
        return [make_item(f"{name}第{n}批第{one}份。" * 40) for one in range(5)]

    store = Store.open(Path(sys.argv[1]))
"""

FULL = """
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limit = 300_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))  # no file may grow beyond it
    n = 0
    try:
        while True:
            store.add(batch("一", n))
            n += 1
    except KnowledgeBaseError as error:
        assert len(store) == 5 * n, "the batch that did not fit left nothing"
        assert store.verify() == []
        print(n, error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.add(batch("一", n))
"""

WRITING = f"""
    for n in range({BATCHES}):
        store.add(batch(sys.argv[2], n))
"""

READING = f"""
    seen = 0
    while seen < {2 * 5 * BATCHES}:
        ids = store.ids()
        assert len(ids) >= seen and len(ids) % 5 == 0, "a reader sees whole batches, and never fewer than before"
        assert not ids or store.document(ids[-1]).id == ids[-1]
        seen = len(ids)
"""


def started(folder: Path, program: str, *arguments: str) -> subprocess.Popen[str]:
    """A process that runs ``program`` on the store in ``folder``."""
    command = [sys.executable, "-c", textwrap.dedent(PRELUDE) + textwrap.dedent(program), str(folder), *arguments]
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env={**os.environ, "PYTHONPATH": path})


def finished(process: subprocess.Popen[str]) -> str:
    """What a process printed that must end well."""
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return output


def test_a_full_disk_is_told_and_costs_only_the_batch_that_did_not_fit(tmp_path: Path) -> None:
    """Is it one line, is what was there still there, and does adding go on once there is room?"""
    told = finished(started(tmp_path, FULL))
    n = int(told.split()[0])
    assert n > 1
    assert "磁盘" in told and told.count("\n") == 1
    with Store.open(tmp_path) as store:
        assert len(store) == 5 * (n + 1)
        assert store.verify() == []


def test_readers_and_writers_of_several_processes_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Do two writers wait for each other and lose nothing, while three readers see whole batches only?"""
    Store.open(tmp_path).close()
    readers = [started(tmp_path, READING) for _ in range(3)]
    writers = [started(tmp_path, WRITING, name) for name in ("甲", "乙")]
    for process in (*writers, *readers):
        finished(process)
    with Store.open(tmp_path) as store:
        assert len(store) == 2 * 5 * BATCHES
        assert store.revision == 2 * BATCHES
        assert store.verify() == []
