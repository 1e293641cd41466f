"""Sentences that are known to be read wrongly; a rule that mends one makes its test fail, and it moves to test_events.py."""

import pytest
from told import events

HEAD = "LIMA, Oct. 8, 2015 (EFE) -- "


@pytest.mark.xfail(strict=True, reason="a clause that is denied counts as a plan")
def test_a_denied_plan_is_cancelled() -> None:
    text = HEAD + "Chile denied that President Michelle Bachelet would visit Bolivia."
    assert [e.status for e in events(text, "visit")] == ["cancelled"]


@pytest.mark.xfail(strict=True, reason="no trigger word tells that the two met")
def test_a_proposal_handed_over_is_a_meeting() -> None:
    text = HEAD + "Chilean Ambassador Roberto Ibarra handed the proposal to Peruvian Transport Minister Jose Gallardo on Tuesday."
    assert len(events(text, "meeting")) == 1


@pytest.mark.xfail(strict=True, reason="a summit does not know the body whose summit it is")
def test_summits_of_two_bodies_in_one_month() -> None:
    text = HEAD + "Fijian President Epeli Nailatikau will attend the ASEAN summit in November 2015. "
    assert len(events(text + "Nailatikau will attend the APEC summit in November 2015.", "meeting")) == 2


@pytest.mark.xfail(strict=True, reason="the parse takes the verb for a participle of the talks, so that nobody holds them")
def test_an_organisation_that_held_talks() -> None:
    text = HEAD + "United Nations Secretary-General Ban Ki-moon held talks with Zambian President Edgar Lungu on Tuesday."
    assert len(events(text, "meeting")) == 1
