"""The filters, their form in a link, and their form in words."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dashboard import geography, wording
from dashboard.filters import EARLIEST, LATEST, TEXT_AT_MOST, Filters, decode, encode, without_people
from extract.model import KINDS, SALIENCES, STATUSES

_days = some.dates(EARLIEST, LATEST)
_names = some.text(some.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def _some(values: tuple[str, ...]) -> some.SearchStrategy[tuple[str, ...]]:
    return some.lists(some.sampled_from(values), unique=True).map(tuple)


@some.composite
def choices(draw: some.DrawFn) -> Filters:
    first, last = sorted([draw(_days), draw(_days)])
    return Filters(
        first=draw(some.sampled_from([None, first])), last=draw(some.sampled_from([None, last])),
        kinds=draw(_some(KINDS)), countries=draw(_some(("NOR", "MLT", "XKX", "CIV", "USA"))),
        people=draw(some.lists(_names, unique=True, max_size=4).map(tuple)),
        text=draw(some.text(some.characters(exclude_categories=["Cs"]), max_size=TEXT_AT_MOST).map(str.strip)),
        statuses=draw(_some(STATUSES)), saliences=draw(_some(SALIENCES)),
    )


@settings(max_examples=150, deadline=None)
@given(choices())
def test_a_link_gives_back_the_filters_that_it_was_made_from(filters: Filters) -> None:
    address = urlencode(encode(filters), doseq=True)
    assert decode(parse_qs(address, keep_blank_values=True)) == (filters, [])


def test_a_link_has_codes_and_never_labels() -> None:
    filters = Filters(dt.date(2020, 1, 2), None, ("visit", "meeting"), ("CIV",), ("A, B",), "x&y", ("planned",), ("main",))
    assert encode(filters) == {
        "from": "2020-01-02", "kinds": "visit,meeting", "countries": "CIV", "person": ["A, B"], "q": "x&y",
        "status": "planned", "salience": "main",
    }
    assert encode(Filters()) == {}


@pytest.mark.parametrize(
    ("params", "found", "named"),
    [
        ({"kinds": ["visit,party"]}, Filters(kinds=("visit",)), "party"),
        ({"countries": ["NOR,ZZZ,nor"]}, Filters(countries=("NOR",)), "ZZZ, nor"),
        ({"from": ["2021-02-29"]}, Filters(), "2021-02-29"),
        ({"to": ["9999-01-01"]}, Filters(), "9999-01-01"),
        ({"from": ["2021-05-01"], "to": ["2020-01-01"]}, Filters(dt.date(2020, 1, 1), dt.date(2021, 5, 1)), "backwards"),
        ({"status": ["<b>"]}, Filters(), "<b>"),
        ({"q": ["x" * 900]}, Filters(text="x" * TEXT_AT_MOST), "cut"),
        ({"unheard": ["of"], "kinds": [""]}, Filters(), ""),
    ],
)
def test_what_a_link_says_in_error_is_named_and_left_out(params: dict, found: Filters, named: str) -> None:
    filters, faults = decode(params)
    assert filters == found
    assert bool(faults) == bool(named)
    assert all(named in fault for fault in faults)


@settings(max_examples=100, deadline=None)
@given(some.dictionaries(some.sampled_from(["from", "to", "kinds", "countries", "q", "person"]), some.lists(some.text())))
def test_no_link_is_an_error(params: dict[str, list[str]]) -> None:
    filters, _ = decode(params)
    assert decode({key: [v] if isinstance(v, str) else v for key, v in encode(filters).items()}) == (filters, [])


def test_unknown_people_are_taken_out() -> None:
    assert without_people(Filters(people=("A", "B"), text="x"), ["A"]) == Filters(people=("B",), text="x")


def test_the_filters_in_a_sentence() -> None:
    assert wording.sentence(Filters()) == ""
    assert wording.sentence(Filters(kinds=("visit", "meeting"), countries=("NOR", "KOR"))) == (
        "Only visits or meetings with Norway or South Korea."
    )
    filters = Filters(first=dt.date(2020, 1, 2), people=("A",), text="b", statuses=("planned",), saliences=("main",))
    assert wording.sentence(filters) == (
        "Only events that are planned, told as main news, by A, mentioning “b”, from 2 January 2020. "
        "Events of unknown year are left out."
    )


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        ("2024-02-28", "28 February 2024", "28 Feb 2024"),
        ("2024-02", "February 2024", "Feb 2024"),
        ("2024", "2024", "2024"),
        ("XXXX-12-30", "30 December, year not known", "30 Dec (no year)"),
        ("XXXX", "no date known", "no date known"),
        ("2024-02-27/2024-02-28", "27 February 2024 to 28 February 2024", "27–28 Feb 2024"),
        ("2024-02-27/2024-03-02", "27 February 2024 to 2 March 2024", "27 Feb – 2 Mar 2024"),
        ("2023-12-30/2024-01-02", "30 December 2023 to 2 January 2024", "30 Dec 2023 – 2 Jan 2024"),
        ("2020/2021", "2020 to 2021", "2020 – 2021"),
    ],
)
def test_dates_in_words(value: str, long: str, short: str) -> None:
    assert (wording.date(value), wording.short_date(value)) == (long, short)


def test_countries_have_short_names_and_places_on_the_map() -> None:
    names = [geography.name(code) for code in ("RUS", "KOR", "IRN", "TZA", "XKX", "TWN", "PSE", "TUR", "VAT", "QQQ")]
    assert names == ["Russia", "South Korea", "Iran", "Tanzania", "Kosovo", "Taiwan", "Palestine", "Türkiye", "Holy See", "QQQ"]
    assert set(geography.names()) <= geography.drawn() | {"ATA"}, "every country can be shown"
    assert {"MLT", "SGP", "VAT", "COM", "LUX"} <= geography.points().keys()
    assert not {"NOR", "CHE", "CHN"} & geography.points().keys()
    latitude, longitude = geography.points()["MLT"]
    assert (round(latitude), round(longitude)) == (36, 14)
