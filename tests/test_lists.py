"""Texts in lists: reports on a year, days as headings, feeds of items, lists of visits."""

import pytest
from told import document, events

from extract.dating.dct import date_articles
from extract.segment import segment

YEAR_REPORTS = {
    "year in the title": (
        "Foreign relations of Zambia, 2013\n\n"
        "On 4 June President Banda of Zambia met President Banda of Malawi in Lusaka.\n\n"
        "In August Foreign Minister Lubinda of Zambia visited Norway.\n",
        ["2013-06-04", "2013-08"],
    ),
    "month in the title": (
        "Palace of Monaco, May 2016\n\n4 May. Prince Albert II of Monaco receives President Sata of Zambia.\n\n"
        "6 May. A concert.\n\n9 May. Prince Albert II of Monaco meets President Higgins of Ireland.\n",
        ["2016-05-04", "2016-05-09"],
    ),
}


@pytest.mark.parametrize(("text", "dates"), YEAR_REPORTS.values(), ids=YEAR_REPORTS.keys())
def test_the_head_of_a_report_gives_the_year_of_its_days(text: str, dates: list[str]) -> None:
    assert [event.date for event in events(text)] == dates


@pytest.mark.parametrize(
    "title",
    ["Zambia's Vision 2030", "Zambia before the Olympics 2012", "Zambia from 2009 to 2013", "Zambia 2012/13"],
    ids=["a goal", "games", "two years", "a season"],
)
def test_other_years_in_a_title_do_not_date_the_text(title: str) -> None:
    text = f"{title}\n\nOn 4 June ministers met in Lusaka.\n\nOn 9 August they met in Oslo, and on 3 May in Lima.\n"
    assert date_articles(segment(document(text)))[0].value.startswith("XXXX")


def test_a_dateline_and_not_the_title_dates_a_report() -> None:
    text = (
        "Outlook for 2013\n\nLUSAKA, Dec. 3, 2012 (Reuters) -- Ministers met on June 4 in Lusaka.\n\n"
        "They met again on August 9 in Oslo.\n"
    )
    assert date_articles(segment(document(text)))[0].value == "2012-12-03"


WEEK = (
    "The week ahead, 8-14 May 2017\n\nMONDAY\nPresident Banda of Malawi visits Norway.\n\n"
    "TUESDAY\nCocoa prices.\n\nThursday: Prime Minister Solberg of Norway meets President Lungu of Zambia.\n"
)


def test_weekdays_as_headings_are_days_of_the_week_covered() -> None:
    assert {(event.kind, event.date) for event in events(WEEK)} == {("visit", "2017-05-08"), ("meeting", "2017-05-11")}


def test_weekdays_of_a_week_that_is_not_told_date_nothing() -> None:
    found = events(WEEK.replace(", 8-14 May 2017", ""))
    assert [event.date for event in found] == ["XXXX"] * len(found)


def test_day_headings_without_a_year_go_on_from_the_one_before() -> None:
    text = (
        "Saturday 30 December 2006\nPresident Banda of Malawi met Prime Minister Solberg of Norway.\n\n"
        "Tuesday 2 January\nPresident Lungu of Zambia met President Kagame of Rwanda.\n"
    )
    assert [event.date for event in events(text, "meeting")] == ["2006-12-30", "2007-01-02"]


def test_a_day_shortly_after_its_year_is_of_that_year() -> None:
    text = "President Lungu of Zambia visited Oslo in June 2016 and met Prime Minister Solberg of Norway on 2 June."
    assert [event.date for event in events(text, "meeting")] == ["2016-06-02"]


FEEDS = {
    "labels": "Title: {0}\nDate: Tue, {1} 08:12:00 +0300\n{2}\n\n",
    "a line of its own": "{0}\n{1}, 11:20\n{2}\n\n",
    "after a bar": "{0} | {1} 11:20\n{2}\n\n",
}
ITEMS = [
    ("Malawi's leader in Norway", "14 Jun 2011", "President Banda of Malawi met Prime Minister Solberg of Norway."),
    ("Bus crash near the capital", "15 Jun 2011", "Police blamed speed."),
    ("Zambia calls for calm", "16 Jun 2011", "President Lungu of Zambia on Wednesday urged Malawi to stay calm."),
]


@pytest.mark.parametrize("layout", FEEDS.values(), ids=FEEDS.keys())
def test_each_item_of_a_feed_has_the_day_of_its_own(layout: str) -> None:
    articles = segment(document("".join(layout.format(*item) for item in ITEMS)))
    assert [dated.value for dated in date_articles(articles)] == ["2011-06-14", "2011-06-15", "2011-06-16"]


def test_two_dated_lines_make_no_feed() -> None:
    text = "".join(FEEDS["a line of its own"].format(*item) for item in ITEMS[:2])
    assert len(segment(document(text))) == 1


def test_days_between_paragraphs_are_headings_and_no_items() -> None:
    text = "\n\n".join(f"{day} June 2011\n\nPresident Banda of Malawi met ministers." for day in (3, 4, 5, 6))
    assert len(segment(document(text))) == 1


VISITS = """High-level visits

From Kenya to Norway
- President Mwai Kibaki (2004, May 2007)
- Foreign Minister Raphael Tuju to Bergen (3-5 June 2006)

Trade
- President Mwai Kibaki Flower Market (2012)
"""


def test_each_date_beside_a_guest_of_a_list_is_a_visit() -> None:
    found = [(event.date, event.countries, event.place, event.actors[0].name) for event in events(VISITS)]
    assert found == [
        ("2004", ("KEN", "NOR"), None, "Mwai Kibaki"),
        ("2006-06-03/2006-06-05", ("KEN", "NOR"), "Bergen", "Raphael Tuju"),
        ("2007-05", ("KEN", "NOR"), None, "Mwai Kibaki"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        VISITS.replace("High-level visits\n\nFrom Kenya to Norway", "Works"),
        VISITS.replace("From Kenya to Norway", "From abroad").replace(" to Bergen", ""),
    ],
    ids=["no heading of visits", "no host"],
)
def test_names_with_years_are_no_visits_without_heading_and_host(text: str) -> None:
    assert not events(text, "visit")
