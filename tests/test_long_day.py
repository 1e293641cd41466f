"""What a server holds does not grow with its hours; `tests/long_day.py` measures a whole day."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import pytest
from conftest import dashboard
from long_day import day

PEOPLE, STEPS, ROUNDS = 3, 6, 8
# By so much the least of the last three rounds may lie above that of the three before, in which caches have filled; what
# stands between two collections of garbage comes and goes. Nine sessions that stayed would be more: each holds its page,
# its widgets and what it drew.
MEBIBYTES = 20


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what a process holds is read from /proc")
def test_memory_levels_off(store: Path) -> None:
    with dashboard(store=store) as address:
        rounds = list(islice(day(address, PEOPLE, STEPS), ROUNDS))
    assert not [fault for one in rounds for fault in one.faults]
    held = [one.held / 2**20 for one in rounds]
    assert min(held[-3:]) - min(held[-6:-3]) < MEBIBYTES, held
