"""The same work over several processes, each result given as soon as it is there."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from typing import TypeVar

from extract.model import InputError

Item = TypeVar("Item")
Result = TypeVar("Result")
_AHEAD = 3
"""Items given out for each process: one at work, the others ready for it."""


def prepare(workers: int, preload: str = "extract.preloaded") -> None:
    """Begin to load the module `preload` for processes to come, beside what this one does; for one worker nothing."""
    if workers > 1 and _context(preload).get_start_method() == "forkserver":
        forkserver.ensure_running()


def map_ready(
    function: Callable[[Item], Result], items: Iterable[Item], workers: int = 1, preload: str = "extract.preloaded"
) -> Iterator[tuple[int, Result]]:
    """Yield the number of each item and `function(item)`, as they are ready, computed by `workers` processes.

    With 1 they are computed in this process, in order. Items are drawn a few ahead, so that neither they nor results
    are ever all in memory. `function` and what it takes and gives must be picklable; `preload` is a module that loads
    what it needs. Raises ValueError when `workers` is below 1, InputError when a process was killed, and whatever
    `function` raises.
    """
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    if workers == 1:
        yield from enumerate(map(function, items))
        return
    numbered = enumerate(items)
    waiting: dict[Future[Result], int] = {}
    try:
        while True:
            for number, item in islice(numbered, workers * _AHEAD - len(waiting)):
                waiting[_pool(workers, preload).submit(function, item)] = number
            if not waiting:
                return
            for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(done), done.result()
    except BrokenProcessPool as error:
        _pool.cache_clear()
        raise InputError("a worker process was ended from outside, perhaps for want of memory; what was read is kept: "
                         "start again, with fewer workers") from error
    finally:
        for one in waiting:
            one.cancel()


@cache
def _pool(workers: int, preload: str) -> ProcessPoolExecutor:
    """Return the processes, which stay for what comes next: they know by then what many words are."""
    return ProcessPoolExecutor(max_workers=workers, mp_context=_context(preload))


def _context(preload: str) -> BaseContext:
    """Return how processes are started: by a server that has loaded all once, and never out of this process itself.

    A process forked from this one would inherit the threads of a running dashboard; one that loads by itself takes
    seconds to start. Elsewhere than on Linux libraries of the system do not bear it to be forked.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    return context
