"""The acts of a document that a mention may tell, found by kind, party and time or place in the text.

A mention is compared with these alone: with all of them, the work would grow with the square of a document's length.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator

from extract import edtf
from extract.events.mention import EventMention
from extract.events.same_act import APART, NEAR_ARTICLES, Told, is_dated

_LONG = 62
"""Days from which a date is looked up by its years, and not by its months."""
_MOST_YEARS = 200
_MARGIN = dt.timedelta(days=APART)

Group = list[Told]
Key = tuple[Hashable, ...]


class Candidates:
    """Groups of mentions, each of one act, in the order in which they were added."""

    def __init__(self) -> None:
        """Begin without any."""
        self.groups: list[Group] = []
        self._index: dict[Key, list[int]] = {}

    def add(self, group: Group) -> None:
        """Add a group that has its first mention."""
        number = len(self.groups)
        self.groups.append(group)
        for key in _under(group[0].mention):
            self._index.setdefault(key, []).append(number)

    def of(self, one: Told) -> Iterator[Group]:
        """Yield, in the order of their adding, all groups of which the first mention may tell the act of this one.

        `same_act` must still be asked: it never holds for any other group.
        """
        numbers: set[int] = set()
        for key in _sought(one.mention):
            numbers.update(self._index.get(key, ()))
        for number in sorted(numbers):
            yield self.groups[number]


def _parties(mention: EventMention) -> Iterator[tuple[str, str]]:
    """Two mentions of one act share a state, or else an organisation."""
    for code in mention.countries:
        yield mention.kind, code
    for body in mention.organizations:
        yield mention.kind, f"of {body}"


def _under(mention: EventMention) -> Iterator[Key]:
    """Yield the keys of a group by its first mention: its article, and its time if it is dated."""
    times = list(_times(mention)) if is_dated(mention) else []
    for party in _parties(mention):
        yield (*party, "in", mention.article, is_dated(mention))
        for time in times:
            yield (*party, *time)


def _sought(mention: EventMention) -> Iterator[Key]:
    """Yield the keys of the groups that a mention may belong to.

    Of two that are dated the dates must agree; else they stand in the same article, or in neighbouring ones.
    """
    near = range(mention.article - NEAR_ARTICLES, mention.article + NEAR_ARTICLES + 1)
    dated = is_dated(mention)
    times = list(_times_sought(mention)) if dated else []
    for party in _parties(mention):
        for article in near:
            yield (*party, "in", article, False)
            if not dated:
                yield (*party, "in", article, True)
        for time in times:
            yield (*party, *time)


def _times(mention: EventMention) -> Iterator[Key]:
    span = _days(mention)
    if span is None:
        yield "exactly", mention.date
        return
    is_long = (span[1] - span[0]).days > _LONG
    for year in _years(span):
        yield "within", year
        if is_long:
            yield "throughout", year
    if not is_long:
        yield from (("month", *month) for month in _months(span))


def _times_sought(mention: EventMention) -> Iterator[Key]:
    span = _days(mention)
    if span is None:
        yield "exactly", mention.date
    elif (span[1] - span[0]).days > _LONG:
        yield from (("within", year) for year in _years(span))
    else:
        yield from (("throughout", year) for year in _years(span))
        yield from (("month", *month) for month in _months(span))


def _days(mention: EventMention) -> tuple[dt.date, dt.date] | None:
    """Return first and last day of a date, and what is near enough to be told of one visit; None without a year."""
    bounds = edtf.bounds(mention.date)
    if bounds is None:
        return None
    first, last = bounds
    return max(first, dt.date.min + _MARGIN) - _MARGIN, min(last, dt.date.max - _MARGIN) + _MARGIN


def _years(span: tuple[dt.date, dt.date]) -> Iterable[int]:
    return range(span[0].year, min(span[1].year, span[0].year + _MOST_YEARS) + 1)


def _months(span: tuple[dt.date, dt.date]) -> Iterator[tuple[int, int]]:
    first, last = (day.year * 12 + day.month - 1 for day in span)
    return (divmod(month, 12) for month in range(first, last + 1))
