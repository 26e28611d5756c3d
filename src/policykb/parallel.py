"""One function over many tasks on all cores: results in order, few tasks in flight, no process lost in silence."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_IN_FLIGHT = 3
"""Tasks a worker that wait or run at a time: enough to keep it busy, few enough to bound the memory."""


def n_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_in_order(
    function: Callable[[Task], Result], tasks: Iterable[Task], *, workers: int, lost: Callable[[Task], Result]
) -> Iterator[Result]:
    """``function`` of each task, in the order of the tasks.

    With one worker all is done in this process.  ``function`` must be importable by name.  Where a process dies
    over a task (the system may end one that takes all memory), ``lost(task)`` stands for its result.
    """
    if workers <= 1:
        yield from map(function, tasks)
        return
    remaining, waiting = iter(tasks), deque[tuple[Task, Future[Result]]]()
    pool = _pool(workers)
    try:
        while True:
            for task in islice(remaining, workers * _IN_FLIGHT - len(waiting)):
                waiting.append((task, _submit(pool, function, task)))
            if not waiting:
                return
            try:
                yield waiting[0][1].result()
                waiting.popleft()
            except BrokenProcessPool:
                again = [task for task, _ in waiting]
                waiting.clear()
                pool.shutdown(wait=False, cancel_futures=True)
                yield from _one_by_one(function, again, lost)
                pool = _pool(workers)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _one_by_one(
    function: Callable[[Task], Result], tasks: Iterable[Task], lost: Callable[[Task], Result]
) -> Iterator[Result]:
    """The results of tasks of which one ended its process: nothing else runs beside any of them."""
    pool = _pool(1)
    try:
        for task in tasks:
            try:
                yield _submit(pool, function, task).result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _pool(1)
                yield lost(task)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts)


def _submit(pool: ProcessPoolExecutor, function: Callable[[Task], Result], task: Task) -> Future[Result]:
    try:
        with _main_left_out():
            return pool.submit(function, task)
    except BrokenProcessPool as error:
        failed: Future[Result] = Future()
        failed.set_exception(error)
        return failed


@contextmanager
def _main_left_out() -> Iterator[None]:
    """Keep new processes from running the user's script again, as they do where it has no ``__main__`` guard."""
    main = sys.modules["__main__"]
    names = ("__spec__", "__file__")
    saved = {name: getattr(main, name) for name in names if hasattr(main, name)}
    main.__spec__ = None
    with suppress(AttributeError):
        del main.__file__
    try:
        yield
    finally:
        for name, value in saved.items():
            setattr(main, name, value)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that gave the tasks; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
