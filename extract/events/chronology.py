"""Chronologies: the date that opens a line dates it, and one that stands alone dates the lines below it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract import edtf
from extract.dating.resolve import resolve
from extract.events.annotated import AnnotatedArticle, within
from extract.events.day_headings import covered_days, named_day, opens_with_weekday
from extract.events.log_records import dated_records, dated_rows
from extract.mentions.timex import Timex
from extract.model import Span

_BARE_YEAR = re.compile(r"\W*((?:1[6-9]|20)\d\d)\W*\Z")
_MARKS = " -–—*•#="
_CELLS = ("\t", "|", " |", ";")
_NUMBER = re.compile(r"\A\W*\d{1,3}[.)]\s")
OF_RECORD = "the date fields of its record"
_MANY = 2
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Line:
    """The date of a line of a chronology with what it rests on.

    `rules` tells that the line's own words need it, `is_record` that the fields of a record gave it.
    """

    date: str
    basis: str
    rules: bool = False
    is_record: bool = False


def dated_lines(ann: AnnotatedArticle) -> dict[int, Line]:
    """Return the dates of an article's lines by paragraph; empty where the article is no chronology.

    "10 January 1966: A and B sign a declaration" is dated by itself; "10 January: …" by a line "1966" above it. One
    date alone on a line is the report's own; two or more make a chronology. "Tuesday: …" and a line "MONDAY" are days
    of those that the text says it covers.
    """
    text, paragraphs = ann.text, ann.article.paragraphs
    covered = covered_days(ann)
    is_chronology = sum(_is_heading(ann, paragraph) for paragraph in paragraphs) >= _MANY
    is_log = _opens_most(ann, paragraphs)
    lines: dict[int, Line] = {}
    heading: str | None = None
    previous: str | None = None
    for index, paragraph in enumerate(paragraphs):
        alone = _heading(ann, paragraph, previous) if is_chronology else None
        if alone is not None:
            heading = previous = alone
            continue
        day = named_day(text, paragraph, covered, previous) if is_chronology else None
        if day is not None and day[1] >= paragraph.end - 1:
            heading = previous = day[0]
            continue
        if day is not None:
            previous = day[0]
            lines[index] = Line(day[0], "the weekday that opens the line, of the days that the text covers", rules=True)
            continue
        own = _opening(ann, paragraph, is_log)
        line = _line(ann, own, heading, is_log)
        if line is not None:
            in_a_cell = own is not None and text.startswith(_CELLS, own.end)
            lines[index] = replace(line, rules=line.rules or in_a_cell)
            previous = line.date if own is not None else previous
    records = [*dated_records(ann), *((row, date) for row, date, _ in dated_rows(ann))]
    for record, date in records:
        first, last = (bisect_left(paragraphs, at, key=lambda p: p.start) for at in (record.start, record.end))
        for index in range(first, last):
            lines[index] = Line(date, OF_RECORD, rules=True, is_record=True)
    return lines


def _is_heading(ann: AnnotatedArticle, paragraph: Span) -> bool:
    """Tell whether a paragraph is a date, or begins with a weekday before a colon, a full stop, a dash or its end."""
    bare = _BARE_YEAR.match(ann.text, paragraph.start, paragraph.end)
    return bare is not None or opens_with_weekday(ann.text, paragraph) or _alone(ann, paragraph) is not None


def _opens_most(ann: AnnotatedArticle, paragraphs: Sequence[Span]) -> bool:
    """Tell whether a day or a month opens several paragraphs, and most of those in the part from first to last."""
    opened = [index for index, paragraph in enumerate(paragraphs) if _first(ann, paragraph) is not None]
    return len(opened) >= _SEVERAL and len(opened) * _MANY >= opened[-1] - opened[0]


def _first(ann: AnnotatedArticle, paragraph: Span) -> Timex | None:
    """Return the date with which a paragraph begins, after its bullet or number, or None."""
    for timex in within(ann.timexes, paragraph.start, paragraph.end)[:1]:
        before = _NUMBER.sub("", ann.text[paragraph.start : timex.start])
        if not before.strip(_MARKS) and timex.kind in ("day", "month", "year") and timex.direction is None:
            return timex
    return None


def _alone(ann: AnnotatedArticle, paragraph: Span) -> Timex | None:
    """Return the date that a paragraph consists of, or None."""
    for timex in within(ann.timexes, paragraph.start, paragraph.end)[:1]:
        around = ann.text[paragraph.start : timex.start] + ann.text[timex.end : paragraph.end]
        dated = timex.month is not None or timex.year is not None
        if not around.strip(_MARKS + ":.") and dated and timex.kind in ("day", "month", "year"):
            return timex
    return None


def _heading(ann: AnnotatedArticle, paragraph: Span, before: str | None) -> str | None:
    """Return the date (EDTF) that a paragraph consists of; a year that it lacks is the text's, or the one before's."""
    bare = _BARE_YEAR.match(ann.text, paragraph.start, paragraph.end)
    if bare is not None:
        return bare.group(1)
    timex = _alone(ann, paragraph)
    if timex is None:
        return None
    found = resolve(timex, before if before and timex.year is None else ann.created.value).value
    return None if found.startswith(edtf.UNKNOWN) else found


def _opening(ann: AnnotatedArticle, paragraph: Span, is_log: bool) -> Timex | None:
    """Return the date that opens a paragraph before a colon or a dash, or fills the first cell of a row, or None.

    In a log, where most lines open with a date, whatever follows it: "2 October. Peru recalls …".
    """
    timex = _first(ann, paragraph)
    if timex is None:
        return None
    after = ann.text[timex.end : paragraph.end]
    closes = after.startswith(_CELLS) or after.lstrip()[:1] in (":", "–", "—", "-")
    return timex if closes or (is_log and timex.kind != "year") else None


def _line(ann: AnnotatedArticle, own: Timex | None, heading: str | None, is_log: bool) -> Line | None:
    if own is not None and own.year is not None:
        return _known(resolve(own, ann.created.value).value, "the line opens with it")
    if heading is None and own is not None and is_log:
        return _known(resolve(own, ann.created.value, tense="past").value, "the line opens with it")
    if heading is None:
        return None
    if own is None:
        return _known(heading, "the heading above the line")
    line = _known(resolve(own, heading).value, f"the line opens with it, under the heading {heading}")
    return Line(line.date, line.basis, rules=True) if line is not None else None


def _known(date: str, basis: str) -> Line | None:
    return Line(date, basis) if date != edtf.UNKNOWN else None
