"""What an article's opening tells of the day of its news."""

from __future__ import annotations

from extract.dating.clues import TO_COME, Frame


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
