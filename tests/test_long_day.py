"""What a server holds does not grow with its hours; `tests/long_day.py` measures a whole day."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import pytest
from conftest import dashboard
from long_day import day

PEOPLE, STEPS, ROUNDS = 3, 6, 7
# Between two rounds of the later part: what a round may leave behind while caches still fill. A session that stayed
# would be more: each holds its page, its widgets and what it drew.
MEBIBYTES = 4


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what a process holds is read from /proc")
def test_memory_levels_off(store: Path) -> None:
    with dashboard(store=store) as address:
        rounds = list(islice(day(address, PEOPLE, STEPS), ROUNDS))
    assert not [fault for one in rounds for fault in one.faults]
    middle = len(rounds) // 2
    grown = (rounds[-1].held - rounds[middle].held) / (len(rounds) - 1 - middle) / 2**20
    assert grown < MEBIBYTES, [round(one.held / 2**20) for one in rounds]
