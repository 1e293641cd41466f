"""Reports on a year or a month: the time that the head of a text names is that of the days told without a year."""

from __future__ import annotations

import re

from extract.dating.clues import BODY_LENGTH, Frame
from extract.dating.created import CreationTime
from extract.mentions.timex import Timex
from extract.model import Article, Span

_BARE_YEAR = re.compile(r"\W*(?:1[6-9]|20)\d\d\W*\Z")
_LINES = 3
_MANY = 2
_OLDEST, _YOUNGEST = 1900, 2035
_NOT_OF_TEXT = re.compile(
    r"\b(?:by|until|towards?|agenda|vision|goals?|olympics?|cup|games|euro|expo)[ \n]\Z", re.IGNORECASE
)
_CLOSE = re.compile(r"\b(?:19|20)\d\d[-–/]\d\d")


def head_time(article: Article, frame: Frame) -> CreationTime | None:
    """Return the year or month that the head names, where the text then tells several days or months without a year.

    "Foreign relations in 2013" over "On 4 June the Peruvian minister …", "Visits, October 2003" over "2 October: …";
    not "Report on the Olympics 2012", a text that has a dateline, or one with headings of several years.
    """
    if article.dateline is not None and article.dateline.place is not None:
        return None
    text = article.document.text
    if sum(_BARE_YEAR.match(text, p.start, p.end) is not None for p in article.paragraphs) >= _MANY:
        return None
    head = _head(text, article)
    told = [t for t in frame.timexes if head.start <= t.start and t.end <= head.end and _names_time(text, t)]
    years = {t.year for t in told} | {t.end_year for t in told if t.end_year}
    if len(years) != 1 or _CLOSE.search(text, head.start, head.end):
        return None
    rest = [t for t in frame.timexes if t.start >= head.end and t.kind in ("day", "month")]
    open_ones = [t for t in rest if t.year is None and t.direction is None and t.month is not None]
    if len(open_ones) < _MANY or len(open_ones) < sum(t.year is not None for t in rest):
        return None
    best = max(told, key=lambda t: (t.kind == "month" and t.end_month is None, -t.start))
    value = f"{best.year:04d}"
    if best.kind == "month" and best.end_month is None and _fits(best, open_ones):
        value += f"-{best.month:02d}"
    words = text[best.start : best.end]
    return CreationTime(value, "header", Span(best.start, best.end), f"the head of the text names its time: {words}")


def _head(text: str, article: Article) -> Span:
    """Return the first lines of an article, before its first running text."""
    end = article.start
    for paragraph in article.paragraphs[:_LINES]:
        closed = text[paragraph.end - 1] in ".!?" and end > article.start
        if paragraph.end - paragraph.start > BODY_LENGTH // 2 or closed:
            break
        end = paragraph.end
    return Span(article.start, end)


def _names_time(text: str, timex: Timex) -> bool:
    """Tell whether an expression names a year or a month as the time of what follows: not "Agenda 2030"."""
    if timex.kind not in ("year", "month") or timex.year is None or timex.modifier in ("by", "until", "since"):
        return False
    return _OLDEST <= timex.year <= _YOUNGEST and not _NOT_OF_TEXT.search(text, max(0, timex.start - 20), timex.start)


def _fits(timex: Timex, told: list[Timex]) -> bool:
    """Tell whether the days told are those of the month that the head names, but for one or two."""
    return sum(t.month == timex.month for t in told) * _MANY > len(told)
