"""No pattern takes more than linear time: each is attacked with repeats of its own parts, at n and at 8 n characters.

A usual run draws 10 attacks for each of some 350 patterns, by READOUT_SEED; all of them are tried by
`READOUT_HOSTILE=1 pytest tests/test_patterns.py`.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from random import Random

import attacks_on_patterns
import pytest
from attacks_on_patterns import ANCHORED, attacks, sites

SHORT, LONGER, TIMES = 250, 1_000, 8
PATIENCE = 0.001
"""Seconds within which 2,000 characters tell by themselves that a pattern is not slow."""
GROWS = 24
"""How many times as long eight times the text may take: 8 were linear, 64 were the square. What grows so in short texts
is tried with longer ones, for a repetition that is bounded grows too until its bound."""
FEW = None if os.environ.get("READOUT_HOSTILE") else 10
"""Attacks on each pattern in a usual run, drawn by the seed; there are up to some 200."""
SEED = int(os.environ.get("READOUT_SEED", "1"))
ENDLESS = 0.5
ENDS = ("\x01", ".;:,)]\n\x01")


class Endless(Exception):
    """A pattern that takes seconds."""


@contextmanager
def _ending() -> Iterator[None]:
    def end(*_: object) -> None:
        raise Endless

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _once(pattern: re.Pattern[str], method: str, text: str) -> float:
    begun = time.perf_counter()
    found = getattr(pattern, method)(text)
    if method == "finditer":
        for _ in found:
            pass
    return time.perf_counter() - begun


def slow(pattern: re.Pattern[str], methods: set[str], most: int | None = None) -> str | None:
    """Return how a pattern can be made slow, or None, trying all attacks or `most` of them."""
    # What is found is gone through as by `finditer`; a search that finds nothing takes as long.
    for method in sorted({method if method in ANCHORED else "finditer" for method in methods}):
        for (before, unit), end in product(attacks(pattern.pattern, pattern.flags, Random(SEED), most), ENDS):
            if _grows(pattern, method, before, unit, end, SHORT) and _grows(pattern, method, before, unit, end, LONGER):
                return f"{method} in {before!r} + {unit!r} * n + {end!r}: more than {GROWS} times for {TIMES} times the text"
    return None


def _grows(pattern: re.Pattern[str], method: str, before: str, unit: str, end: str, size: int) -> bool:
    """Tell whether eight times the text takes far more than eight times as long."""
    short, long = (before + (unit * (length // len(unit) + 1))[:length] + end for length in (size, size * TIMES))
    try:
        with _ending():
            return (_once(pattern, method, long) > PATIENCE * size / SHORT and min(
                min(_once(pattern, method, long) for _ in range(3)) / min(_once(pattern, method, short) for _ in range(5))
                for _ in range(2)) > GROWS)
    except Endless:
        return True


@pytest.fixture(scope="module")
def patterns() -> dict[tuple[str, int, str, int], set[str]]:
    """Every pattern of the project, with its flags and place, and the methods that are called on it."""
    every = sites()
    ran = subprocess.run([sys.executable, attacks_on_patterns.__file__], capture_output=True, text=True, check=True,
                         env={**os.environ, "PYTHONPATH": str(attacks_on_patterns.ROOT)})
    built = {tuple(one) for one in json.loads(ran.stdout.splitlines()[-1])}
    seen = {(file, line) for file, line, *_ in built}
    built |= {(*place, written, 0) for place, (written, _) in every.items() if written and place not in seen}
    missed = [place for place, (written, _) in every.items() if not written and place not in seen]
    assert missed == [("dashboard/correcting.py", 227)], "a pattern that is made only of what somebody types"
    return {one: every.get(one[:2], ("", {"search"}))[1] for one in built}


def test_every_pattern_takes_linear_time(patterns: dict[tuple[str, int, str, int], set[str]]) -> None:
    assert len(patterns) > 300
    found = {f"{file}:{line}": why for (file, line, pattern, flags), methods in sorted(patterns.items())
             if (why := slow(re.compile(pattern, flags), methods, FEW))}
    assert not found, "\n".join(f"{place} {why}" for place, why in found.items())


@pytest.mark.parametrize(("pattern", "methods"), [
    (r"[A-Za-z]{2,3}(?:[-_]\w{2,8})*", {"fullmatch"}), (r"(?<![\d.,])\d{1,3}(?:[, ]\d{3})+ dollars", {"finditer"}),
    (r"\s*,\s*", {"search"}), (r"\b(?:will|would)\b[^.;]*$", {"search"}), (r"(?:a|a)*b", {"match"}),
])
def test_patterns_that_are_slow_are_found(pattern: str, methods: set[str]) -> None:
    """The first three once stood in the project; the first took hours for a language of eighty characters."""
    assert slow(re.compile(pattern), methods)


def test_patterns_that_only_look_slow_are_not() -> None:
    assert not slow(re.compile(r"\s*,\s*"), {"match"}) and not slow(re.compile(r"[^.]{0,60}\bfile\b"), {"search"})
