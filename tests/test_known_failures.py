"""Sentences that are known to be read wrongly; a rule that mends one makes its test fail, and it moves to test_events.py."""

import pytest
from told import events

HEAD = "LIMA, Oct. 8, 2015 (EFE) -- "




@pytest.mark.xfail(strict=True, reason="no trigger word tells that the two met")
def test_a_proposal_handed_over_is_a_meeting() -> None:
    text = (
        HEAD
        + "Chilean Ambassador Roberto Ibarra handed the proposal to Peruvian Transport Minister Jose Gallardo on Tuesday."
    )
    assert len(events(text, "meeting")) == 1


@pytest.mark.xfail(strict=True, reason="a summit does not know the body whose summit it is")
def test_summits_of_two_bodies_in_one_month() -> None:
    text = HEAD + "Fijian President Epeli Nailatikau will attend the ASEAN summit in November 2015. "
    assert len(events(text + "Nailatikau will attend the APEC summit in November 2015.", "meeting")) == 2


@pytest.mark.xfail(strict=True, reason="a speaker before a colon has no verb")
def test_a_quotation_after_a_colon_is_a_statement() -> None:
    text = HEAD + 'Croatian Prime Minister Jadranka Kosor on Tuesday: "Serbia must hand over the files."'
    assert len(events(text, "statement")) == 1


@pytest.mark.xfail(strict=True, reason="partners of two days are read as one list")
def test_two_partners_on_two_days_are_two_meetings() -> None:
    text = (
        HEAD
        + "Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on Monday and Bolivian President Evo Morales on Tuesday."
    )
    assert len(events(text, "meeting")) == 2


@pytest.mark.xfail(strict=True, reason="who holds talks about a state is not told")
def test_talks_on_a_state_that_is_not_there() -> None:
    assert len(events(HEAD + "Talks on Madagascar were held in South Africa on Tuesday.", "meeting")) == 1


@pytest.mark.xfail(strict=True, reason="a chamber of commerce has a president too")
def test_a_president_of_no_state() -> None:
    text = HEAD + "The president of the Kenyan chamber of commerce met his Ugandan counterpart on Tuesday."
    assert events(text, "meeting") == []


@pytest.mark.xfail(strict=True, reason="a vote told without its own verb")
def test_a_vote_told_beside_the_result() -> None:
    text = HEAD + "The draft resolution was adopted on Tuesday, with Costa Rica voting against."
    assert [e.countries for e in events(text, "statement")] == [("CRI",)]


@pytest.mark.xfail(strict=True, reason="a year after 'in' is taken for that of an act, in a title too")
def test_the_year_of_a_title_with_in_is_that_of_its_days() -> None:
    text = "Foreign relations of Zambia in 2013\n\nOn 4 June President Banda of Zambia met President Banda of Malawi in Lusaka.\n\n"
    text += "In August Foreign Minister Lubinda of Zambia visited Norway.\n"
    assert [event.date for event in events(text)] == ["2013-06-04", "2013-08"]


@pytest.mark.xfail(strict=True, reason="a month to come is taken for a plan, since many plans are told in the past")
def test_what_was_done_in_the_coming_month_was_done_a_year_ago() -> None:
    (event,) = events(HEAD + "Kenyan President Uhuru Kenyatta met Togolese President Faure Gnassingbe in November.")
    assert event.date == "2014-11"
