"""Chronologies: the date that opens a line dates it, and one that stands alone dates the lines below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract import edtf
from extract.dating.resolve import resolve
from extract.events.annotated import AnnotatedArticle, within
from extract.events.log_records import dated_records
from extract.mentions.timex import Timex
from extract.model import Span

_BARE_YEAR = re.compile(r"\W*((?:1[6-9]|20)\d\d)\W*\Z")
_MARKS = " -–—*•#="
_CELLS = ("\t", "|", " |", ";")
_MANY = 2


@dataclass(frozen=True, slots=True)
class Line:
    """The date of a line of a chronology with what it rests on; `rules` tells that the line's own words need it."""

    date: str
    basis: str
    rules: bool = False


def dated_lines(ann: AnnotatedArticle) -> dict[int, Line]:
    """Return the dates of an article's lines by paragraph; empty where the article is no chronology.

    "10 January 1966: A and B sign a declaration" is dated by itself; "10 January: …" by a line "1966" above it. One
    date alone on a line is the report's own; two or more make a chronology.
    """
    text, paragraphs = ann.text, ann.article.paragraphs
    alone = [_alone(ann, text, paragraph) for paragraph in paragraphs]
    is_chronology = sum(year is not None for year in alone) >= _MANY
    lines: dict[int, Line] = {}
    heading: str | None = None
    calendar = _is_calendar(ann)
    for index, paragraph in enumerate(paragraphs):
        if is_chronology and alone[index] is not None:
            heading = alone[index]
            continue
        own = _opening(ann, paragraph, (":", "–", "—", "-", ".") if calendar else (":", "–", "—", "-"))
        line = _line(ann, own, heading or (ann.created.value if calendar and own is not None else None))
        if line is not None:
            in_a_cell = own is not None and text.startswith(_CELLS, own.end)
            lines[index] = replace(line, rules=line.rules or in_a_cell)
    for record, date in dated_records(ann):
        for index, paragraph in enumerate(paragraphs):
            if record.contains(paragraph):
                lines[index] = Line(date, "the date fields of its record", rules=True)
    return lines


def _alone(ann: AnnotatedArticle, text: str, paragraph: Span) -> str | None:
    """Return the date (EDTF, with a year) that a paragraph consists of, or None."""
    bare = _BARE_YEAR.match(text, paragraph.start, paragraph.end)
    if bare is not None:
        return bare.group(1)
    for timex in within(ann.timexes, paragraph.start, paragraph.end)[:1]:
        around = text[paragraph.start : timex.start] + text[timex.end : paragraph.end]
        if not around.strip(_MARKS + ":.") and timex.year is not None and timex.kind in ("day", "month", "year"):
            return resolve(timex, ann.created.value).value
    return None


def _is_calendar(ann: AnnotatedArticle) -> bool:
    """Tell whether an article's heading gives the year or month of days that open three or more of its paragraphs."""
    if ann.created.basis != "header" or edtf.precision(ann.created.value) not in ("year", "month"):
        return False
    opened = [_opening(ann, paragraph, (":", "–", "—", "-", ".")) for paragraph in ann.article.paragraphs]
    return sum(own is not None and own.year is None for own in opened) > _MANY


def _opening(ann: AnnotatedArticle, paragraph: Span, marks: tuple[str, ...]) -> Timex | None:
    """Return the date that opens a paragraph before one of the marks, or fills the first cell of a row, or None."""
    for timex in within(ann.timexes, paragraph.start, paragraph.end)[:1]:
        before = ann.text[paragraph.start : timex.start]
        after = ann.text[timex.end : paragraph.end]
        closes = after.startswith(_CELLS) or after.lstrip()[:1] in marks
        if not before.strip(_MARKS) and timex.kind in ("day", "month", "year") and closes:
            return timex
    return None


def _line(ann: AnnotatedArticle, own: Timex | None, heading: str | None) -> Line | None:
    if own is not None and own.year is not None:
        return _known(resolve(own, ann.created.value).value, "the line opens with it")
    if heading is None:
        return None
    if own is None:
        return _known(heading, "the heading above the line")
    line = _known(resolve(own, heading).value, f"the line opens with it, under the heading {heading}")
    return Line(line.date, line.basis, rules=True) if line is not None else None


def _known(date: str, basis: str) -> Line | None:
    return Line(date, basis) if date != edtf.UNKNOWN else None
