"""Dates as tables, feeds and people write them, to EDTF. What could be two days is refused, not guessed."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from extract.model import InputError

_NOTHING = frozenset(("", "-", "n/a", "na", "nan", "none", "null", "nat", "unknown", "?"))
_PARTIAL = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")
_ISO_DAY = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T ,].*)?")
_CLOCK = re.compile(r"(?:,? (?:at )?\d{1,2}[:.]\d\d.*|T\d\d:?\d\d.*)$", re.DOTALL)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? +", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_FORMATS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y %B %d", "%d-%b-%Y", "%d-%B-%Y")
_MONTHS = ("%B %Y", "%b %Y")
_EARLIEST = 1000


def edtf_of(written: object) -> str | None:
    """Return a written date as EDTF (a day, a month or a year), or None where there is none.

    Takes text and the dates that Parquet and TOML have. Raises InputError when it is no date, or two days could be
    meant.
    """
    if written is None:
        return None
    if isinstance(written, dt.date):
        return written.isoformat()[:10]
    text = " ".join(str(written).split())
    if text.lower() in _NOTHING:
        return None
    found = _numeric(text) or _mail(text) or _in_words(text)
    if found is None or int(found[:4]) < _EARLIEST:
        raise InputError(f"“{text[:60]}” is no date; write it as 2019-03-12 (or 2019-03, or 2019)")
    return found


def _numeric(text: str) -> str | None:
    if _PARTIAL.fullmatch(text):
        return text
    if match := _ISO_DAY.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first <= 12 and second <= 12 and first != second and match[2] != ".":
            raise InputError(f"“{text[:60]}” could be two days: write {year}-{second:02d}-{first:02d} or "
                             f"{year}-{first:02d}-{second:02d}")
        return _day(year, second, first) if first > 12 or match[2] == "." else _day(year, first, second)
    return None


def _mail(text: str) -> str | None:
    """Return the day of a date as feeds and mails have it, in the sender's own time zone."""
    try:
        return parsedate_to_datetime(text).date().isoformat() if ":" in text else None
    except (ValueError, TypeError, IndexError):
        return None


def _in_words(text: str) -> str | None:
    plain = _ORDINAL.sub("", _CLOCK.sub("", _WEEKDAY.sub("", text))).replace(",", " ").replace(".", " ")
    plain = re.sub(r"\bSept\b", "Sep", " ".join(plain.split()), flags=re.IGNORECASE)
    for form in _FORMATS:
        if day := _parsed(plain, form):
            return day
    return next((day[:7] for form in _MONTHS if (day := _parsed(plain, form))), None)


def _parsed(text: str, form: str) -> str | None:
    try:
        return dt.datetime.strptime(text, form).date().isoformat()
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
