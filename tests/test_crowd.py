"""Several people at once on one dashboard: nobody is left without an answer, and nobody gets that of another."""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import parse_qs

from conftest import ROOT
from crowd import crowd

from dashboard import filters
from dashboard.query import Archive, events

PEOPLE, STEPS = 8, 3


def test_each_of_several_people_gets_their_own_answer(address: str, store: Path) -> None:
    waits = crowd(address, PEOPLE, STEPS, think=0.1)
    assert not waits.faults, str(waits)
    assert len(waits.told) == PEOPLE * STEPS
    archive = Archive(store)
    for asked, told in waits.told:
        chosen, _ = filters.decode(parse_qs(asked), lambda code: True)
        assert told == events.totals(archive, chosen)["events"], asked
    assert len({told for _, told in waits.told}) > 2, "the filters differ in what they leave"


def test_no_run_makes_all_others_wait_while_garbage_is_collected() -> None:
    settings = tomllib.loads((ROOT / "dashboard" / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["runner"]["postScriptGC"] is False, "a third of the time of fifty people"
