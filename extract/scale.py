"""The same work over several processes, with results in the order of the input."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def map_ordered(function: Callable[[Item], Result], items: Sequence[Item], workers: int = 1) -> Iterator[Result]:
    """Yield `function(item)` for each item in order, computed by `workers` processes (1: in this one).

    `function` and what it takes and gives must be picklable. Raises ValueError when `workers` is below 1, and whatever
    `function` raises.
    """
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    if workers == 1 or len(items) < 2:
        yield from map(function, items)
        return
    # Fresh processes: a forked one would inherit the threads of a running dashboard.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=min(workers, len(items)), mp_context=context) as pool:
        yield from pool.map(function, items)
