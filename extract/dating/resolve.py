"""Resolving a time expression to an EDTF date, against the article's date and what was told before it.

The article's date is never a default: an expression that says nothing gives `XXXX`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extract import edtf
from extract.dating import calendar_dates, relative_dates
from extract.dating.anchor import NOTHING, Anchor, Outcome
from extract.dating.observances import anniversary_date
from extract.mentions.timex_words import Timex


@dataclass(frozen=True, slots=True)
class Resolved:
    """An EDTF value (`XXXX` when nothing follows), the stable short name of what it rests on, and a sentence on it."""

    value: str
    basis: str
    explanation: str


UNRESOLVED = Resolved(edtf.UNKNOWN, "unknown", "the words and the article's date give no date")


def resolve(timex: Timex, anchor: str, *, tense: str | None = None, previous: str | None = None) -> Resolved:
    """Return the date that `timex` means.

    `anchor` is the article's date (EDTF, `XXXX` or `XXXX-MM-DD` when its year is unknown); `tense` that of the main
    verb of the sentence: past, present, future or None; `previous` the EDTF date told before it, for "the following
    day". Raises ValueError when `anchor` or `previous` is not EDTF.
    """
    base = Anchor.parse(anchor)
    told = Anchor.parse(previous) if previous else None
    value, basis, why = _RULES[timex.kind](timex, base, tense, told)
    if value == edtf.UNKNOWN or not edtf.is_valid(value):
        return UNRESOLVED
    return Resolved(value, basis, why)


def observance(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """Christmas Day 2023 is itself; Christmas Day is the nearest that the tense allows."""
    value, basis, why = calendar_dates.day_of_month(timex, anchor, tense, told)
    return value, "observance" if basis != "unknown" else basis, f"{timex.name}: {why}"


def anniversary(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """The 80th anniversary of the end of the war is 1945 and 80 years: 2025."""
    found = anniversary_date(timex.count, timex.name)
    if found is None:
        return NOTHING
    return found.value, "anniversary", f"{timex.count} years after {found.event} ({found.founded})"


_RULES: dict[str, Callable[[Timex, Anchor, str | None, Anchor | None], Outcome]] = {
    "day": calendar_dates.day_of_month, "month": calendar_dates.month, "year": calendar_dates.year_,
    "decade": calendar_dates.decade, "season": calendar_dates.season, "quarter": calendar_dates.quarter,
    "weekday": relative_dates.weekday, "period": relative_dates.period, "offset": relative_dates.offset,
    "nearby": relative_dates.nearby, "vague": relative_dates.vague, "observance": observance,
    "anniversary": anniversary,
}
