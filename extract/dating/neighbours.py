"""The articles around: an undated one takes its place from the dated ones beside it, or from the one it introduces."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from extract import edtf
from extract.dating.created import CreationTime
from extract.mentions.timex import Timex
from extract.mentions.timex_words import day_exists
from extract.model import Article

_INTRODUCES = re.compile(
    r"\b(?:following|below|this) (?:(?P<many>articles|reports|texts|pieces)|article|report|text|piece|speech)\b"
    r".{0,80}\b(?:published|appeared|reprinted|carried|posted|released)\b",
    re.IGNORECASE,
)
NEIGHBOURS_APART = 45
"""Days: an undated article between two dated ones is placed by them when these lie at most this far apart."""
_LONGEST = 300
_SOON = 60
_MOST_PARAGRAPHS = 30


def introductions(
    articles: Sequence[Article], found: Sequence[CreationTime], timexes: Sequence[Sequence[Timex]]
) -> list[CreationTime]:
    """Date an introduction by the reprint that follows it, and the second of the reprints announced by the first.

    "Peru's premier spoke of trade. The following article was first published by Andina." / "LIMA, May 3 (Andina) —".
    """
    settled = list(found)
    announced = False
    for index, article in enumerate(articles):
        last = article.paragraphs[-1]
        words = _INTRODUCES.search(article.document.text, last.start, min(last.end, last.start + _LONGEST))
        following = settled[index + 1].value if index + 1 < len(settled) else edtf.UNKNOWN
        before = settled[index - 1].value if index else edtf.UNKNOWN
        short = len(article.paragraphs) <= _MOST_PARAGRAPHS
        fits = words and short and _completes(following, settled[index].value)
        if fits and not _tells_later(timexes[index], following):
            settled[index] = _beside(following, "introduces the article of {} that follows it")
        elif announced and not words and _completes(before, settled[index].value):
            settled[index] = _beside(before, "reprinted beside the article of {}, under one introduction")
            announced = False
        announced = bool(words["many"]) if words else announced
    return settled


def _tells_later(timexes: Sequence[Timex], day: str) -> bool:
    """Tell whether a text tells of a day of the month or two after `day`: then it was not written on it."""
    at = dt.date.fromisoformat(day)
    told = [t for t in timexes if t.kind == "day" and t.month and t.day and t.year in (None, at.year)]
    days = [dt.date(at.year, t.month or 1, t.day or 1) for t in told if day_exists(at.year, t.month, t.day)]
    return any(0 < (other - at).days <= _SOON for other in days)


def _completes(day: str, value: str) -> bool:
    """Tell whether a day gives what a creation time lacks: all of it, or month and day of the same year."""
    return edtf.precision(day) == "day" and (value == edtf.UNKNOWN or day[:4] == value)


def _beside(day: str, words: str) -> CreationTime:
    return CreationTime(day, "neighbouring articles", None, words.format(day))


def neighbours(found: Sequence[CreationTime]) -> list[tuple[tuple[int, dt.date], ...]]:
    """Return, for each article, the nearest dated ones before and after it: how far away they stand, and their days."""
    days = [dt.date.fromisoformat(c.value) if edtf.precision(c.value) == "day" else None for c in found]
    before, after = _nearest_before(days), _nearest_before(days[::-1])[::-1]
    return [tuple(near for near in pair if near is not None) for pair in zip(before, after, strict=True)]


def _nearest_before(days: Sequence[dt.date | None]) -> list[tuple[int, dt.date] | None]:
    nearest: list[tuple[int, dt.date] | None] = []
    last: tuple[int, dt.date] | None = None
    for index, day in enumerate(days):
        nearest.append((index - last[0], last[1]) if last else None)
        last = (index, day) if day is not None else last
    return nearest


def placed_by_neighbours(own: CreationTime, near: Sequence[tuple[int, dt.date]]) -> CreationTime:
    """Place an article without any day between the dated articles around it, or in the month of the one beside it."""
    year = own.value if edtf.precision(own.value) == "year" else None
    days = sorted(day for _, day in near if year is None or f"{day.year:04d}" == year)
    if not days or (own.value != edtf.UNKNOWN and year is None):
        return own
    first, last = days[0], days[-1]
    if (len(days) == 1 and min(far for far, _ in near) > 1) or (last - first).days > NEIGHBOURS_APART:
        return own
    same = (first.year, first.month) == (last.year, last.month)
    value = f"{first.year:04d}-{first.month:02d}" if same else edtf.from_bounds(first, last)
    where = f"beside an article of {first}" if first == last else f"between articles of {first} and {last}"
    return CreationTime(value, "neighbouring articles", None, f"stands {where}")
