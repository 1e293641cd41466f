"""The items of a feed: short texts one after another, each under a headline with the day and hour of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Span

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_ZONE = r"(?: ?(?:Z|[A-Z]{3,4}|[+-]\d\d:?\d\d))?"
_CLOCK = rf"(?:[T, ]{{1,2}}(?:at )?\d{{1,2}}[:.]\d\d(?::\d\d)?(?:\.\d+)?(?: ?[ap]\.?m\.?)?{_ZONE})"
_DAY = rf"(?:(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}} {_MONTH},? (?:19|20)\d\d|{_MONTH} \d{{1,2}}, (?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
_LABEL = r"(?:<pubdate>|(?:date|pubdate|published|date published|posted|time)(?: on)?: ?)?"
_SOURCE = r"(?:</pubdate>|[ |·-]{1,3}[\w .&]{2,30})?"
_STAMP = re.compile(rf"\W{{0,3}}{_LABEL}{_WEEKDAY}{_DAY}{_CLOCK}?{_SOURCE}\W{{0,2}}\Z", re.IGNORECASE)
_STAMPED = re.compile(rf".{{12,160}}?(?: \|| --?| [–—]|[.:;]| \(|\t) ?{_WEEKDAY}{_DAY}{_CLOCK}\)?\Z", re.IGNORECASE)
_TITLE = re.compile(r"(?:<title>|title: |headline: )", re.IGNORECASE)
_FEW = 3
_LONGEST = 200


def feed_items(text: str, paragraphs: Sequence[Span]) -> list[int]:
    """Return the indices of the paragraphs that begin an item; none where fewer than three items carry a date.

    "Malta signs fisheries accord" / "14 May 2019, 11:20" / "Valletta and Tunis …", or "Malta signs fisheries accord |
    2019-05-14 11:20". A date between paragraphs of running text is a heading of a chronology and begins no item.
    """
    starts: list[int] = []
    for index, paragraph in enumerate(paragraphs):
        line = text[paragraph.start : paragraph.end]
        if is_stamped(line):
            starts.append(index)
        elif index and is_stamp(line):
            before = paragraphs[index - 1]
            close = text.count("\n", before.end, paragraph.start) == 1
            titled = _TITLE.match(text, before.start, before.end) is not None
            if titled or (close and before.end - before.start <= _LONGEST and text[before.end - 1] not in ".:"):
                starts.append(index - 1)
    return starts if len(starts) >= _FEW else []


def is_stamp(line: str) -> bool:
    """Tell whether a line is a day with its year, perhaps with an hour, a label and a source: "14 May 2019, 11:20"."""
    return len(line) <= _LONGEST // 2 and _STAMP.match(line) is not None


def is_stamped(line: str) -> bool:
    """Tell whether a line is a headline that ends with day and hour: "Malta signs accord | 2019-05-14 11:20"."""
    return len(line) <= _LONGEST and _STAMPED.match(line) is not None
