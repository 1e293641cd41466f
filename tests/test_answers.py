"""What sessions share: found once, within bounds, and nobody's changes are seen by others."""

from __future__ import annotations

import threading
import time

import pytest

from dashboard.answers import Answers, Kept
from dashboard.filters import Filters


def test_an_answer_is_found_once_and_given_as_a_copy() -> None:
    answers, found = Answers(), []
    for _ in range(3):
        given = answers.get(("v", Filters(kinds=("visit",))), lambda: found.append(1) or [1, 2])
        assert given == [1, 2]
        given.clear()
    assert len(found) == 1
    assert answers.get(("v", Filters(kinds=("meeting",))), list) == []


def test_the_answers_that_were_asked_for_last_are_kept_within_bounds() -> None:
    answers = Answers(bytes_at_most=10_000)
    for number in range(50):
        answers.get("first", lambda: b"-")
        answers.get(number, lambda: b"x" * 1000)
    assert answers.size < 10_000
    assert answers.get("first", lambda: pytest.fail("it was asked for all the time")) == b"-"
    assert answers.get(0, lambda: "anew") == "anew"


def test_an_error_is_not_kept() -> None:
    answers = Answers()
    with pytest.raises(ValueError, match="no"):
        answers.get("key", lambda: int("no"))
    assert answers.get("key", lambda: 3) == 3


def test_who_asks_meanwhile_waits_for_the_same_answer() -> None:
    answers, found, given = Answers(), [], []

    def find() -> int:
        found.append(1)
        time.sleep(0.05)
        return 7

    threads = [threading.Thread(target=lambda: given.append(answers.get("key", find))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [7] * 8 and len(found) == 1


def test_what_is_kept_as_it_is_has_the_same_bound() -> None:
    kept: Kept[list[int]] = Kept(10, len)
    first = kept.get("first", lambda: [1] * 4)
    assert kept.get("first", list) is first and kept.size == 4
    kept.get("second", lambda: [2] * 4)
    kept.get("first", list)
    kept.get("third", lambda: [3] * 4)
    assert kept.size == 8 and kept.get("first", list) is first, "it was asked for after the second"
    assert kept.get("large", lambda: [4] * 40) and kept.size == 40, "the last one is kept, however large it is"
    numbered: Kept[int] = Kept(3)
    for number in range(9):
        numbered.get(number, lambda number=number: number)
    assert numbered.size == 3
