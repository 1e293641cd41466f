"""Time expressions: what is found in a text and what its words say; what only looks like one."""

import itertools
import time
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.mentions.timex import Timex, find_timexes


def only(text: str) -> Timex:
    found = find_timexes(text)
    assert len(found) == 1, [text[t.start : t.end] for t in found]
    return found[0]


def says(timex: Timex) -> dict[str, object]:
    return {k: v for k, v in asdict(timex).items() if v is not None and k not in ("start", "end", "kind")}


FULL_DAYS = [
    "28 February 2024", "February 28, 2024", "Feb. 28, 2024", "Feb 28 2024", "28th of February 2024", "28 Feb, 2024",
    "February 28th, 2024", "the 28th day of February 2024", "2024-02-28", "2024-02-28T10:15:00Z", "2024/02/28",
    "28/02/2024", "02/28/2024", "28.02.2024", "20240228", "REU20240228.0393", "28-FEB-2024", "Feb. 28 , 2024",
    "FEBRUARY 28, 2024", "2024-02-28-10-20-30", "twenty-eighth of February 2024", "28 February\n2024", "28\u00a0February 2024",
]


@pytest.mark.parametrize("text", FULL_DAYS)
def test_full_days(text: str) -> None:
    timex = only(f"It was {text}.")
    assert (timex.kind, timex.year, timex.month, timex.day) == ("day", 2024, 2, 28)


@pytest.mark.parametrize("text", ["Wed, 28 Feb 2024 10:15:00 +0000", "Wednesday, February 28, 2024", "Wednesday (28 February 2024"])
def test_the_weekday_belongs_to_the_day(text: str) -> None:
    timex = only(text)
    assert (timex.weekday, timex.day, timex.end) == (2, 28, len(text))


RANGES = [
    ("February 27-March 2, 2024", (2024, 2, 27, 2024, 3, 2)),
    ("from March 20 to 22, 2023", (2023, 3, 20, 2023, 3, 22)),
    ("1-2 March 2019", (2019, 3, 1, 2019, 3, 2)),
    ("July 3 to 5", (None, 7, 3, None, 7, 5)),
    ("between 3 and 5 July", (None, 7, 3, None, 7, 5)),
    ("between July 3 and 9", (None, 7, 3, None, 7, 9)),
    ("Aug. 10–13, 1975", (1975, 8, 10, 1975, 8, 13)),
    ("January 28 - February 2", (None, 1, 28, None, 2, 2)),
    ("28 December to 3 January 2020", (2019, 12, 28, 2020, 1, 3)),
    ("December 28, 2019 to January 3, 2020", (2019, 12, 28, 2020, 1, 3)),
    ("May 4 and 5", (None, 5, 4, None, 5, 5)),
]


@pytest.mark.parametrize(("text", "fields"), RANGES)
def test_ranges_of_days(text: str, fields: tuple[int | None, ...]) -> None:
    t = only(text)
    assert (t.year, t.month, t.day, t.end_year, t.end_month, t.end_day) == fields


def test_two_days_apart_are_no_range() -> None:
    assert [t.day for t in find_timexes("The sides met on May 4 and 9.")][:1] == [4]
    assert all(t.end_day is None for t in find_timexes("The sides met on May 4 and 9."))


OTHERS = [
    ("in November", "month", {"month": 11}),
    ("November 2023", "month", {"month": 11, "year": 2023}),
    ("mid-March", "month", {"month": 3, "part": "mid"}),
    ("last November", "month", {"month": 11, "direction": "last", "unit": "month"}),
    ("in January this year", "month", {"month": 1, "direction": "this", "unit": "year"}),
    ("7 October last year", "day", {"month": 10, "day": 7, "direction": "last", "unit": "year"}),
    ("since 2013", "year", {"year": 2013, "modifier": "since"}),
    ("by 2030", "year", {"year": 2030, "modifier": "by"}),
    ("early 2020", "year", {"year": 2020, "part": "early"}),
    ("2020-2021", "year", {"year": 2020, "end_year": 2021}),
    ("between 2013 and 2016", "year", {"year": 2013, "end_year": 2016}),
    ("the 1990s", "decade", {"year": 1990}),
    ("spring 2015", "season", {"year": 2015, "count": 1}),
    ("last fall", "season", {"count": 3, "direction": "last"}),
    ("the fourth quarter of 2019", "quarter", {"year": 2019, "count": 4, "unit": "quarter"}),
    ("on Wednesday morning", "weekday", {"weekday": 2, "part": "morning"}),
    ("1700 GMT Friday", "weekday", {"weekday": 4}),
    ("last Wednesday", "weekday", {"weekday": 2, "direction": "last"}),
    ("from Monday to Wednesday", "weekday", {"weekday": 0, "end_weekday": 2}),
    ("earlier this week", "period", {"unit": "week", "direction": "this", "part": "earlier"}),
    ("late last year", "period", {"unit": "year", "direction": "last", "part": "late"}),
    ("over the weekend", "period", {"unit": "weekend"}),
    ("two days ago", "offset", {"unit": "day", "count": 2, "direction": "ago"}),
    ("nearly ten years ago", "offset", {"unit": "year", "count": 10, "direction": "ago", "part": "about"}),
    ("in two weeks", "offset", {"unit": "week", "count": 2, "direction": "in"}),
    ("earlier today", "offset", {"unit": "day", "count": 0, "direction": "ago"}),
    ("the day before yesterday", "offset", {"unit": "day", "count": 2, "direction": "ago"}),
    ("a week earlier", "nearby", {"unit": "week", "count": -1, "direction": "before"}),
    ("the following day", "nearby", {"unit": "day", "count": 1}),
    ("the same day", "nearby", {"unit": "day", "count": 0}),
    ("10 days after the vote", "nearby", {"unit": "day", "count": 10, "direction": "after"}),
    ("recently", "vague", {}),
    ("in the coming weeks", "vague", {"unit": "week", "direction": "next"}),
    ("the May 3 attacks", "day", {"month": 5, "day": 3, "modifier": "named"}),
    ("Christmas Day 2019", "observance", {"month": 12, "day": 25, "year": 2019, "name": "Christmas Day"}),
    ("Saturday and Sunday", "weekday", {"weekday": 5, "end_weekday": 6}),
    ("Sunday and on Monday", "weekday", {"weekday": 6, "end_weekday": 0}),
    ("the 75th anniversary of the founding of the alliance", "anniversary",
     {"count": 75, "name": "the founding of the alliance"}),
    ("marking 50 years of ties", "anniversary", {"count": 50, "name": "ties"}),
    ("on the 28th, he", "day", {"day": 28}),
    ("EMBASSY CLOSED IN MAY", "month", {"month": 5}),
    ("talks held on saturday", "weekday", {"weekday": 5}),
]


@pytest.mark.parametrize(("text", "kind", "fields"), OTHERS)
def test_other_expressions(text: str, kind: str, fields: dict[str, object]) -> None:
    timex = only(text)
    assert timex.kind == kind
    assert says(timex) == fields


NOT_TIME = [
    "You may go.", "May I speak?", "Prime Minister Theresa May spoke.", "The march on the capital went on.",
    "The sun sat low.", "The second time, a mon ami.", "about 2,000 people", "see page 2012", "it cost $2015",
    "1990 people came", "UN Security Council resolution 2231", "the 2030 Agenda", "the 20th century", "the Sunday Times said",
    "call 202-1998", "a score of 20-21", "on Black Friday", "Jan Smit of Norway", "https://example.org/2024/02/28/news",
    "the fall of the Berlin Wall", "Agenda 2063", "every Friday", "an overnight train", "at 2015 hours", "May God bless you",
]


@pytest.mark.parametrize("text", NOT_TIME)
def test_what_only_looks_like_time(text: str) -> None:
    assert find_timexes(text) == ()


def test_figures_follow_the_other_dates_of_the_text() -> None:
    assert find_timexes("On 03/04/2024 and on 28/04/2024")[0].month == 4
    assert find_timexes("On 03/04/2024 and on 04/28/2024")[0].month == 3
    assert find_timexes("REU20240304 03/04/2024 10:00")[1].month == 3


def test_figures_that_can_be_read_both_ways_keep_their_year_only() -> None:
    timex = only("On 03/04/2024 they met")
    assert (timex.kind, timex.year, timex.month) == ("year", 2024, None)


def test_a_range_of_the_text_is_read_alone_and_offsets_stay_true() -> None:
    text = "On 1 May 2020 Peru and Chile met; on 2 May 2020 they signed. On 3 May 2020 they left."
    (timex,) = find_timexes(text, text.index("on 2"), text.index(". On 3"))
    assert text[timex.start : timex.end] == "2 May 2020"


def test_paragraphs_are_never_joined() -> None:
    assert [t.kind for t in find_timexes("It ended on Friday\n\n14 March 2019")] == ["weekday", "day"]


WORDS = st.sampled_from(
    ["on", "the", "28", "February", "2024", "Wednesday", ",", "-", "to", "in", "last", "this", "week", "may", "March", "5", "1990s", "03/04/2020", "Sept.", "two", "days", "ago", "\n", "anniversary", "75th", "of", "from", "between", "and", "2019-20", "earlier", "mid", "early", "Q3", "–", "next", "day", "$", "12", "é"]
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_never_raises_and_spans_lie_inside_in_order(text: str) -> None:
    found = find_timexes(text)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("piece", ["1-2 ", "May ", "in the past ", "the 75th anniversary of the ", "between 3 and ", "20", "http://a ",
                                   "Monday to ", " ", "-", "nearly two and a "])
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        line = (piece * (length // len(piece) + 1))[:length]
        best = float("inf")
        for _ in range(3):
            begin = time.perf_counter()
            find_timexes(line)
            best = min(best, time.perf_counter() - begin)
        return best

    seconds(1000)
    assert seconds(160_000) < 30 * max(seconds(20_000), 0.002)


def test_the_full_stop_of_a_sentence_stays_outside() -> None:
    for text in ("They met in November.", "They met on 5 June.", "They met in 2019."):
        assert text[only(text).end :] == "."
