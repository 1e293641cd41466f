"""What an article's opening and its pictures tell of its time, where no header or dateline does."""

from __future__ import annotations

import re

from extract.dating.clues import TO_COME, Frame, full_day, in_caption
from extract.model import Span

_FILE = re.compile(r"[^.\n]{0,200}\bfile\b", re.IGNORECASE)


def opening_weekdays(text: str, frame: Frame, length: int) -> set[int]:
    """Return the weekdays that the first `length` characters of the running text tell as past."""
    start = frame.lead[0].start
    return {
        t.weekday
        for t in frame.timexes
        if start <= t.start < start + length
        and t.kind == "weekday"
        and t.weekday is not None
        and t.direction is None
        and not TO_COME.search(text, max(0, t.start - 60), t.start)
    }


def picture_day(text: str, frame: Frame) -> tuple[str, Span] | None:
    """Return the latest full day on which a picture of the article was taken, with its place; not of file pictures."""
    taken = [t for t in frame.timexes if in_caption(text, t) and not _FILE.match(text, t.end)]
    return max(((day, Span(t.start, t.end)) for t in taken if (day := full_day(t))), default=None)
