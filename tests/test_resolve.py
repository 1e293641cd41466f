"""Resolving: what an expression means, told in an article of a given date, in a sentence of a given tense."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import edtf
from extract.dating.resolve import resolve
from extract.mentions.timex import find_timexes


def meaning(text: str, anchor: str, tense: str | None = None, previous: str | None = None) -> str:
    return resolve(find_timexes(text)[0], anchor, tense=tense, previous=previous).value


# All told in an article of Wednesday, 28 February 2024.
PAST = [
    ("on Wednesday", "2024-02-28"), ("on Thursday", "2024-02-22"), ("last Wednesday", "2024-02-21"),
    ("Monday of last week", "2024-02-19"), ("from Sunday to Tuesday", "2024-02-25/2024-02-27"),
    ("yesterday", "2024-02-27"), ("earlier today", "2024-02-28"), ("two days ago", "2024-02-26"),
    ("this week", "2024-02-26/2024-02-28"), ("earlier this week", "2024-02-26/2024-02-28"),
    ("last week", "2024-02-19/2024-02-25"), ("over the weekend", "2024-02-24/2024-02-25"),
    ("last month", "2024-01"), ("earlier this month", "2024-02"), ("three months ago", "2023-11"),
    ("last year", "2023"), ("late last year", "2023"), ("ten years ago", "2014"), ("this year", "2024"),
    ("in December", "2023-12"), ("last November", "2023-11"), ("in January this year", "2024-01"), ("in early January", "2024-01"),
    ("7 October last year", "2023-10-07"), ("on December 30", "2023-12-30"), ("on February 5", "2024-02-05"),
    ("from 30 December to 2 January", "2023-12-30/2024-01-02"), ("last fall", "2023-09/2023-11"),
    ("recently", "2024"), ("since the 7 October attacks", "2023-10-07"), ("the first visit in 20 years", "XXXX"), ("Christmas Day", "2023-12-25"), ("on the 20th, he", "2024-02-20"),
]
FUTURE = [
    ("on Monday", "2024-03-04"), ("on Wednesday", "2024-02-28"), ("next Wednesday", "2024-03-06"), ("tomorrow", "2024-02-29"),
    ("this week", "2024-02-26/2024-03-03"), ("later this week", "2024-02-28/2024-03-03"), ("next week", "2024-03-04/2024-03-10"),
    ("at the weekend", "2024-03-02/2024-03-03"), ("next month", "2024-03"), ("later this month", "2024-02"),
    ("in two weeks", "2024-03-11/2024-03-17"), ("in November", "2024-11"), ("in January", "2025-01"), ("on March 7", "2024-03-07"),
    ("on July 15", "2024-07-15"), ("next year", "2025"), ("in three days", "2024-03-02"),
]


@pytest.mark.parametrize(("text", "value"), PAST)
def test_told_in_the_past(text: str, value: str) -> None:
    assert meaning(text, "2024-02-28", "past") == value


@pytest.mark.parametrize(("text", "value"), FUTURE)
def test_told_as_to_come(text: str, value: str) -> None:
    assert meaning(text, "2024-02-28", "future") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("on Thursday", "2024-02-22"), ("March 7", "2024-03-07"), ("December 30", "2023-12-30"), ("in November", "2023-11"),
     ("in March", "2024-03"), ("July 2 to 4", "2024-07-02/2024-07-04")],
)
def test_without_a_tense_the_nearest_counts(text: str, value: str) -> None:
    assert meaning(text, "2024-02-28") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("2013", "2013"), ("the 1990s", "1990/1999"), ("spring 2015", "2015-03/2015-05"), ("winter of 2015", "2015-12/2016-02"),
     ("the fourth quarter of 2019", "2019-10/2019-12"), ("the first half of 2020", "2020-01/2020-06"), ("2020-2021", "2020/2021"),
     ("November 2023", "2023-11"), ("March-April 2019", "2019-03/2019-04"), ("February 27-March 2, 2019", "2019-02-27/2019-03-02")],
)
@pytest.mark.parametrize("anchor", ["2024-02-28", "1998-07", "XXXX", "XXXX-12-30"])
def test_what_carries_its_year_needs_no_anchor(text: str, value: str, anchor: str) -> None:
    assert meaning(text, anchor) == value


@pytest.mark.parametrize(
    ("text", "anchor", "value"),
    [("on Friday", "XXXX-12-30", "XXXX"), ("yesterday", "XXXX-12-30", "XXXX-12-29"), ("yesterday", "XXXX-03-01", "XXXX"),
     ("last month", "XXXX-01-05", "XXXX-12"), ("last year", "XXXX", "XXXX"), ("March 7", "XXXX", "XXXX-03-07"),
     ("in March", "XXXX-12-30", "XXXX-03"), ("today", "XXXX", "XXXX"), ("recently", "XXXX", "XXXX"),
     ("July 3 to 5", "XXXX", "XXXX-07-03/XXXX-07-05"),
     ("on Friday", "2024-02", "2024-02"), ("last month", "2024-02", "2024-01"), ("last year", "2024-02", "2023"),
     ("last month", "2024", "2024"), ("on Friday", "2024", "2024"), ("March 7", "2024", "2024-03-07")],
)
def test_no_more_than_the_anchor_allows(text: str, anchor: str, value: str) -> None:
    assert meaning(text, anchor, "past") == value


@pytest.mark.parametrize(
    ("text", "previous", "value"),
    [("the following day", "2023-05-05", "2023-05-06"), ("the next day", "2023-05-05/2023-05-07", "2023-05-08"),
     ("a day earlier", "2023-05-01", "2023-04-30"), ("the same day", "2023-05-05", "2023-05-05"),
     ("two weeks later", "2023-05-05", "2023-05-15/2023-05-21"), ("the following month", "2023-12-05", "2024-01"),
     ("the same year", "2023-05-05", "2023"), ("the following day", None, "XXXX"), ("the next day", "XXXX-05-05", "XXXX-05-06")],
)
def test_counted_from_what_was_told_before(text: str, previous: str | None, value: str) -> None:
    assert meaning(text, "2024-02-28", previous=previous) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("the 80th anniversary of the victory in the Great Patriotic War", "2025-05-09"),
     ("the 75th anniversary of the founding of NATO", "2024-04-04"),
     ("the 60th anniversary of diplomatic relations between China and France", "2024-01-27"),
     ("the 50th anniversary of the Rotterdam flower market", "XXXX")],
)
def test_anniversaries(text: str, value: str) -> None:
    assert meaning(text, "XXXX") == value


def test_a_weekday_that_stands_with_the_day_chooses_the_year() -> None:
    assert meaning("Saturday, March 9", "2024-10-01") == "2024-03-09"
    assert meaning("Thursday, March 9", "2024-10-01") == "2023-03-09"


def test_the_reason_is_told() -> None:
    resolved = resolve(find_timexes("on Thursday")[0], "2024-02-28", tense="past")
    assert resolved.basis == "weekday before the article's date"
    assert "2024-02-28" in resolved.explanation


def test_an_anchor_that_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="last Tuesday"):
        resolve(find_timexes("today")[0], "last Tuesday")


DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))
TEXTS = st.sampled_from([text for text, _ in PAST + FUTURE] + ["the following day", "a week later", "next spring", "a decade ago"])
ANCHORS = st.one_of(
    DAYS.map(str), DAYS.map(lambda d: str(d)[:7]), DAYS.map(lambda d: str(d)[:4]), DAYS.map(lambda d: f"XXXX{str(d)[4:]}"),
    DAYS.map(lambda d: f"{d}/{d + dt.timedelta(days=9)}"), st.just("XXXX"),
)
TENSES = st.sampled_from(["past", "present", "future", None])


@given(TEXTS, ANCHORS, TENSES, st.one_of(st.none(), ANCHORS))
def test_every_value_is_edtf(text: str, anchor: str, tense: str | None, previous: str | None) -> None:
    assert edtf.is_valid(meaning(text, anchor, tense, previous))


@given(DAYS, ANCHORS, TENSES)
def test_a_full_day_is_itself_whatever_the_anchor(day: dt.date, anchor: str, tense: str | None) -> None:
    assert meaning(day.strftime(f"on %B {day.day}, %Y"), anchor, tense) == day.isoformat()
    assert meaning(f"on {day.day} {day:%B %Y}", anchor, tense) == day.isoformat()


@given(DAYS, st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]), TENSES)
def test_weekdays(anchor: dt.date, name: str, tense: str | None) -> None:
    value = dt.date.fromisoformat(meaning(f"on {name}", str(anchor), tense))
    assert value.strftime("%A") == name
    assert abs((value - anchor).days) <= 6
    assert value >= anchor if tense == "future" else value <= anchor
    later = dt.date.fromisoformat(meaning(f"on {name}", str(anchor + dt.timedelta(days=7)), tense))
    assert later - value == dt.timedelta(days=7)


WORDS = st.sampled_from(
    ["28", "29", "30", "31", "February", "2024", "2023", "Wednesday", "-", "to", "in", "last", "this", "next", "week", "month", "year", "weekend", "March", "April", "winter", "of", "two", "three", "ago", "later", "earlier", "the", "following", "day", "80th", "anniversary", "NATO", "founding", "mid", "and", ",", "Christmas", "Eve", "on", "28th", "recently"]
)


@given(st.lists(WORDS, max_size=12).map(" ".join), ANCHORS, TENSES, st.one_of(st.none(), ANCHORS))
def test_whatever_is_found_resolves(text: str, anchor: str, tense: str | None, previous: str | None) -> None:
    for timex in find_timexes(text):
        assert edtf.is_valid(resolve(timex, anchor, tense=tense, previous=previous).value)
