"""Acts told in passing: which date, year or other act of the text they belong to; votes with who moved the text."""

import pytest
from told import events


def test_a_veto_is_one_vote_with_the_state_that_moved_the_text() -> None:
    text = (
        "On March 20, 2014, Norway again vetoed a resolution in the Security Council calling for a ceasefire in Palau. "
        "The resolution was moved by Chad. Thirteen countries voted in favour and Peru abstained.\n"
    )
    assert [(e.subtype, e.countries) for e in events(text, "statement")] == [("vote", ("NOR", "PER", "TCD"))]


def test_the_year_in_a_name_yields_to_the_days_of_the_sentence() -> None:
    text = (
        "Secretary of State John Kerry of the United States will travel on March 22-24, 2014 to Lima, Peru, "
        "to participate in the International Energy Agency 2014 Ministerial Meeting.\n"
    )
    assert {e.date for e in events(text)} == {"2014-03-22/2014-03-24"}


def test_a_mark_within_a_name_does_not_cut_the_date_off() -> None:
    text = (
        "The government of Ghana organised the International Forum of Ministers, “For Fair Trade!” in Accra, "
        "from 16 to 17 February 2014. It was attended by 400 guests.\n"
    )
    assert [e.date for e in events(text, "meeting")] == ["2014-02-16/2014-02-17"]


SURVEYS = (
    "Foreign Minister Ann Lee of Fiji gave a speech on January 9, 2014. In the past year Fiji made many friends, "
    "she said.\n\nIn her visit to Peru, Foreign Minister Ann Lee held talks with President Ollanta Humala.\n\n{more}"
)


@pytest.mark.parametrize(
    ("more", "date"),
    [("", "2013"), ("In the year ahead Fiji will do more.\n\nForeign Minister Ann Lee visited Chile.", "2013")],
)
def test_a_speech_that_surveys_a_year_dates_its_acts_to_it(more: str, date: str) -> None:
    found = events(SURVEYS.format(more=more), "visit")
    assert {e.date for e in found if "PER" in e.countries} == {date}
    assert all(e.date != "2013" for e in found if "CHL" in e.countries)


def test_what_stays_undated_joins_the_dated_act_of_the_same_people() -> None:
    text = (
        "King Abdullah II of Jordan visited Peru in May 2012.\n\n"
        "Jordan and Peru trade in phosphates.\n\nPeru exports fish.\n\nThe two states share no border.\n\n"
        "King Abdullah II said that he had visited Peru as promised.\n"
    )
    assert [(e.date, e.countries) for e in events(text, "visit")] == [("2012-05", ("JOR", "PER"))]
