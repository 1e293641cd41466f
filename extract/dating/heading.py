"""The year or month that an article's heading gives to all that stands below it: "Chronology, March 2009"."""

from __future__ import annotations

import re

from extract.dating.clues import Frame
from extract.model import Article, Span

_LINES = 4
_LONGEST = 120
_YEAR = re.compile(
    r"(?<![\d.,$€£+])(?<!-)(?P<year>(?:19|20)[0-9]{2})(?=[ \t]*(?:$|[(),;:|.\]]|[-–—]{1,2}[ \t]))(?!,\d|\.\d)",
    re.MULTILINE,
)
_THE_YEAR = re.compile(r"\byear[ \t](?:of[ \t])?(?P<year>(?:19|20)[0-9]{2})\b", re.IGNORECASE)
_NAMES = re.compile(
    r"\b(?:agenda|vision|by|until|towards?|before|cup|olympics?|games|goals?|targets?|strategy|plan|resolution|no\.?|"
    r"room|page|ext\.?|tel\.?|copyright|since)[ \t]*(?:\([^)\n]{0,12}|(?:for|of)[ \t]+)?$",
    re.IGNORECASE,
)
_TOLD_OF = re.compile(
    r"\b(?:in|since|until|till|by|from|during|after|before)[ \t]+(?:(?:early|late|mid)[ -])?"
    r"(?:[A-Z][a-z]{2,8}\.?[ \t]+(?:\d{1,2},?[ \t]+)?)?$",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(?:19|20)\d\d ?(?:[-–—/]|to|and) ?$")
_NUMBER_OF_YEAR = re.compile(
    r"\b(?:No\.?|Nr\.?|Issue|Number|Vol\.?)[ \t]?\d{1,4}[ \t]?[/(,][ \t]?(?P<year>(?:19|20)[0-9]{2})\b"
)
_ENTRIES = 3


def heading_time(article: Article, frame: Frame) -> tuple[str, Span] | None:
    """Return the one month, else the one year (EDTF), that the first lines tell, with its place; None where none does.

    "Foreign visits, 2009 (extract)", "OCTOBER 2009 IN AFRICAN DIPLOMACY", "Bulletin No. 14/2009"; neither "Vision 2030"
    nor "Relations, 1999-2009" nor "Leaders met in June 2009" nor a line with a full day, which is a clue of its own.
    """
    months: dict[str, Span] = {}
    years: dict[str, Span] = {}
    for line in _first_lines(article):
        told = frame.within(line)
        if any(t.kind == "day" for t in told) and not any(t.kind == "day" and t.year for t in told):
            break
        for timex in told:
            if _TOLD_OF.search(article.document.text, line.start, timex.start):
                continue
            if timex.kind == "month" and timex.year and timex.end_month is None:
                months[f"{timex.year:04d}-{timex.month:02d}"] = Span(timex.start, timex.end)
            if timex.kind in ("month", "day") and timex.year:
                years[f"{timex.year:04d}"] = Span(timex.start, timex.end)
        years |= _bare_years(article.document.text, line)
    if len(years) != 1:
        return None
    return next(iter((months if len(months) == 1 else years).items()))


def _first_lines(article: Article) -> list[Span]:
    text, at = article.document.text, article.start
    lines: list[Span] = []
    while at < article.end and len(lines) < _LINES:
        stop = text.find("\n", at, article.end)
        stop = article.end if stop < 0 else stop
        if stop - at > _LONGEST:
            break
        if text[at:stop].strip():
            lines.append(Span(at, stop))
        at = stop + 1
    return lines


def _bare_years(text: str, line: Span) -> dict[str, Span]:
    found = {}
    for pattern in (_YEAR, _NUMBER_OF_YEAR, _THE_YEAR):
        for match in pattern.finditer(text, line.start, line.end):
            before = text[line.start : match.start("year")]
            if pattern is not _YEAR or not any(p.search(before) for p in (_NAMES, _SPAN, _TOLD_OF)):
                found[match["year"]] = Span(match.start("year"), match.end("year"))
    return found


def has_dated_entries(article: Article, frame: Frame) -> bool:
    """Tell whether three or more paragraphs or lines open with a day or month without a year: a calendar or diary."""
    text = article.document.text
    opening = 0
    for timex in frame.timexes:
        if timex.kind in ("day", "month") and timex.year is None and timex.month is not None:
            start = text.rfind("\n", article.start, timex.start) + 1
            opening += not text[max(start, article.start) : timex.start].strip(" \t-–—*•#|(")
    return opening >= _ENTRIES
