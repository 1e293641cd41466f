"""The notation of dates: what is valid, what a value covers, and how bounds are written back."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import edtf

DAYS = st.dates(dt.date(1, 1, 2), dt.date(9998, 12, 31))


@pytest.mark.parametrize(
    "value", ["2024-02-29", "2024-02", "2024", "XXXX", "XXXX-12", "XXXX-02-29", "2024-02-27/2024-03-02", "1997-09/1997-11",
              "1990/1999", "XXXX-04-17/XXXX-04-20"],
)
def test_valid(value: str) -> None:
    assert edtf.is_valid(value)


@pytest.mark.parametrize(
    "value", ["", "2023-02-29", "2024-13", "2024-00-10", "24-02-28", "2024-2-8", "0000", "2024-03-02/2024-02-27", "today",
              "2024-02-28 ", "XXXX-02-30", "2024/", "/2024", "2024-02-28T10:00", "٢٠٢١-٠٢-٠١", "202٤", "XXXX-０２"],
)
def test_not_valid(value: str) -> None:
    assert not edtf.is_valid(value)


def test_digits_of_another_script_become_those_of_the_notation() -> None:
    assert edtf.in_ascii("٢٠٢١-०२/XXXX-０３") == "2021-02/XXXX-03" and edtf.in_ascii("²024 soon") == "²024 soon"


def test_bounds_of_each_precision() -> None:
    assert edtf.bounds("2024-02") == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert edtf.bounds("2023") == (dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    assert edtf.bounds("1990/1999") == (dt.date(1990, 1, 1), dt.date(1999, 12, 31))
    assert edtf.bounds("XXXX-12-30") is None


def test_bounds_refuses_what_is_no_date() -> None:
    with pytest.raises(ValueError, match="soon"):
        edtf.bounds("soon")


@pytest.mark.parametrize(
    ("value", "precision"),
    [("2024-02-28", "day"), ("2024-02", "month"), ("2024", "year"), ("2024-01/2024-02", "range"), ("XXXX-01", "unknown")],
)
def test_precision(value: str, precision: str) -> None:
    assert edtf.precision(value) == precision


def test_compatible() -> None:
    assert edtf.compatible("2024-02-28", "2024-02")
    assert edtf.compatible("XXXX-12-30", "XXXX-12-30")
    assert not edtf.compatible("2024-02-28", "2024-03")
    assert not edtf.compatible("XXXX", "2024")


@given(DAYS, DAYS)
def test_from_bounds_covers_exactly_the_bounds(one: dt.date, other: dt.date) -> None:
    first, last = min(one, other), max(one, other)
    assert edtf.bounds(edtf.from_bounds(first, last)) == (first, last)
    assert edtf.is_valid(edtf.from_bounds(first, last))
