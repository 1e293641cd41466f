"""Runs take turns: a few at once, in the order in which they came, and nobody is kept waiting by one that stands still."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from conftest import PATIENCE

from dashboard.turns import Turns

AGES = 10_000.0


def _start(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _queue(turns: Turns, number: int) -> None:
    """Wait until so many wait for a turn."""
    pause = threading.Event()
    while len(turns.waiting) < number:
        pause.wait(0.01)


def test_few_go_on_at_once_in_the_order_in_which_they_came() -> None:
    turns, held, order, at_once = Turns(1, AGES), threading.Event(), list[int](), list[int]()
    inside = threading.Semaphore(1)

    def run(number: int) -> None:
        with turns.taken():
            at_once.append(int(inside.acquire(blocking=False)))
            order.append(number)
            held.wait(PATIENCE / 1000)
            inside.release()

    threads = []
    for number in range(5):
        threads.append(_start(lambda number=number: run(number)))
        _queue(turns, number) if number else _held(order)
    assert order == [0]
    held.set()
    for thread in threads:
        thread.join(PATIENCE / 1000)
    assert order == [0, 1, 2, 3, 4] and at_once == [1] * 5


def _held(order: list[int]) -> None:
    pause = threading.Event()
    while not order:
        pause.wait(0.01)


def test_one_that_waits_for_what_another_holds_is_passed() -> None:
    """The first has a turn and needs the lock; the second has the lock and needs a turn."""
    turns, lock, has_lock, done = Turns(1, 0.05), threading.Lock(), threading.Event(), threading.Event()

    def second() -> None:
        with lock:
            has_lock.set()
            with turns.taken():
                done.set()

    with turns.taken():
        thread = _start(second)
        assert has_lock.wait(PATIENCE / 1000)
        assert lock.acquire(timeout=PATIENCE / 1000), "nobody waits for ever"
        lock.release()
    thread.join(PATIENCE / 1000)
    assert done.is_set()


@pytest.mark.parametrize("cut_short", [StopIteration, KeyboardInterrupt, SystemExit])
def test_a_run_that_is_cut_short_gives_its_turn_back(cut_short: type[BaseException]) -> None:
    turns = Turns(1, AGES)
    for _ in range(3):
        with pytest.raises(cut_short), turns.taken():
            raise cut_short
    with turns.taken():
        pass
