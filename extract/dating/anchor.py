"""The date against which expressions resolve: an EDTF value taken apart, whatever its precision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from extract import edtf


@dataclass(frozen=True, slots=True)
class Anchor:
    """An EDTF value: `first` and `last` are its first and last day when its year is known.

    `year`, `month` and `day_of_month` are set as far as the value fixes them; `slack` is how many days around the
    middle it covers.
    """

    text: str
    first: dt.date | None
    last: dt.date | None
    year: int | None
    month: int | None
    day_of_month: int | None

    @classmethod
    def parse(cls, value: str) -> Anchor:
        """Take `value` apart; raises ValueError when it is not EDTF as Readout writes it."""
        if not edtf.is_valid(value):
            raise ValueError(f"not an EDTF date of level 0 or 1: {value!r}")
        limits = edtf.bounds(value)
        if limits is None:
            parts = value.partition("/")[0].split("-")
            month = int(parts[1]) if len(parts) > 1 else None
            return cls(value, None, None, None, month, int(parts[2]) if len(parts) > 2 else None)
        first, last = limits
        same_year = first.year == last.year
        same_month = same_year and first.month == last.month
        day = first.day if first == last else None
        return cls(value, first, last, first.year if same_year else None, first.month if same_month else None, day)

    @property
    def day(self) -> dt.date | None:
        """The day, when the value is one day, or the last day of a range of days within a month."""
        if self.first is None or self.last is None:
            return None
        return self.last if self.first == self.last or (self.last - self.first).days <= 7 else None

    @property
    def at_end(self) -> Anchor:
        """The last day of a range of days; the value itself otherwise."""
        first, slash, last = self.text.partition("/")
        return Anchor.parse(last) if slash and first else self

    @property
    def middle(self) -> dt.date | None:
        """The day in the middle of what the value covers."""
        if self.first is None or self.last is None:
            return None
        return self.first + (self.last - self.first) / 2

    @property
    def slack(self) -> int:
        """Half the number of days that the value covers, at most half a year."""
        return 0 if self.first is None or self.last is None else min((self.last - self.first).days // 2, 183)

    @property
    def month_value(self) -> str | None:
        """The month as EDTF, or the year where only that is known, or None."""
        return self.month_away(0)

    def month_away(self, by: int) -> str | None:
        """Return the EDTF month `by` months away; the year where only that is known and `by` is small; else None."""
        if self.month is None:
            return f"{self.year:04d}" if self.year is not None and abs(by) <= 2 else None
        if self.year is None:
            return f"{edtf.UNKNOWN}-{(self.month - 1 + by) % 12 + 1:02d}"
        index = self.year * 12 + self.month - 1 + by
        return f"{index // 12:04d}-{index % 12 + 1:02d}" if 12 <= index < 120000 else None

    def day_away(self, by: int) -> str | None:
        """Return the EDTF value `by` days away from a day without a year, or the month or year that surely holds it."""
        if self.year is None and self.month is not None and self.day_of_month is not None:
            other = dt.date(2024, self.month, self.day_of_month) + dt.timedelta(days=by)
            if (self.month, self.day_of_month) != (2, 29):
                one = dt.date(2023, self.month, self.day_of_month) + dt.timedelta(days=by)
                if (one.month, one.day) != (other.month, other.day):
                    return None
            return f"{edtf.UNKNOWN}-{other.month:02d}-{other.day:02d}"
        return self.month_value if abs(by) <= 7 else None


Outcome = tuple[str, str, str]
"""An EDTF value, the name of its basis, a sentence on it."""
NOTHING: Outcome = (edtf.UNKNOWN, "unknown", "")
RELATIVE = "relative to the article's date"


def relative(value: str | None, anchor: Anchor, words: str) -> Outcome:
    """Return `value` as counted from the article's date, or nothing where it is None."""
    return (value, RELATIVE, f"{words}, counted from the article's date {anchor.text}") if value else NOTHING
