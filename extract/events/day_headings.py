"""Days named by their weekday ("MONDAY", "Sat 4", "Tuesday: …") in a text that tells which days it covers."""

from __future__ import annotations

import datetime as dt
import re

from extract import edtf
from extract.dating.resolve import resolve
from extract.events.annotated import AnnotatedArticle, within
from extract.mentions.timex_words import WEEKDAY, WEEKDAY_SHORT, weekday_number
from extract.model import Span

Days = tuple[dt.date, dt.date]
_WEEKDAY = re.compile(
    rf"[\W_]{{0,4}}(?P<name>{WEEKDAY}|{WEEKDAY_SHORT})[ ,]{{0,2}}(?:the )?(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?)?"
    r"(?=\s*(?:\Z|[:.\n–—-]))(?!\s*-\s*\d)",
    re.IGNORECASE,
)
_FRAME_LINES = 3
_WEEK = 7
_LONGEST = 31


def covered_days(ann: AnnotatedArticle) -> Days | None:
    """Return the first and last day that the head of a text (or its last line) says it covers, or None.

    "The week ahead, 8-14 May 2017", "Diary, week of 3 to 7 October 2005", "Calendar, May 2017".
    """
    paragraphs = ann.article.paragraphs
    for paragraph in (*paragraphs[:_FRAME_LINES], *paragraphs[-1:]):
        for timex in within(ann.timexes, paragraph.start, paragraph.end):
            if timex.year is None or not (timex.kind == "month" or (timex.kind == "day" and timex.end_day)):
                continue
            days = edtf.bounds(resolve(timex, ann.created.value).value)
            if days is not None and 0 < (days[1] - days[0]).days <= _LONGEST:
                return days
    return None


def opens_with_weekday(text: str, paragraph: Span) -> bool:
    """Tell whether a weekday opens a paragraph, before a colon, a full stop, a dash or its end."""
    return _WEEKDAY.match(text, paragraph.start, paragraph.end) is not None


def named_day(text: str, paragraph: Span, covered: Days | None, previous: str | None) -> tuple[str, int] | None:
    """Return the day (ISO) that the weekday opening a paragraph names, with the offset after it, or None.

    It is sought among the days that the text covers, else in the week after the day that the last heading named.
    """
    match = _WEEKDAY.match(text, paragraph.start, paragraph.end)
    if match is None:
        return None
    if covered is None and previous is not None and edtf.precision(previous) == "day":
        first = dt.date.fromisoformat(previous)
        covered = (first, first + dt.timedelta(days=_WEEK - 1))
    if covered is None:
        return None
    span = (covered[1] - covered[0]).days
    days = [covered[0] + dt.timedelta(days=n) for n in range(span + 1)]
    days = [day for day in days if day.weekday() == weekday_number(match["name"])]
    if match["day"]:
        days = [day for day in days if day.day == int(match["day"])]
    return (days[0].isoformat(), match.end()) if len(days) == 1 else None
