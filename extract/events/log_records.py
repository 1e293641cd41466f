"""Logs of acts: records with fields ("start-date: 2003-01-12"), whose date fields date all that a record tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import edtf
from extract.dating.resolve import resolve
from extract.events.annotated import AnnotatedArticle, within
from extract.model import Span

# "date:" alone is a report's own, as in the items of a feed.
_FIELD = r"(?:start|begin|beginning|event|meeting|visit)(?:[ _-]?date|[ _-]day)"
_SIGN = r"[ \t\"']*[:=|\t>][ \t\"']*"
_PLACE = r"(?:^[^\w\n]*|(?<=[;,|\t{] )|(?<= )(?=[\w-]+=[\"']))"
_START = re.compile(f"{_PLACE}{_FIELD}{_SIGN}", re.IGNORECASE | re.MULTILINE)
_END = re.compile(rf"\b(?:end(?:ing)?[ _-]?date|end[ _-]day){_SIGN}", re.IGNORECASE)
_LABEL_LINE = re.compile(r"^[^\w\n]*([a-z][a-z_-]{2,20})[\"']?[:=>]", re.IGNORECASE | re.MULTILINE)
_BLOCK = re.compile(r"\n[ \t]*\n")
_DATE_COLUMN = re.compile(r"(?:start|begin|arrival|event|visit)?[ _-]?dates?|from|start|begin|arrival|day")
_LAST_COLUMN = re.compile(r"(?:end|departure|last)[ _-]?(?:date|day)?|until|to|departure")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_MANY = 2
_COLUMNS = 3
_BETWEEN = "\t|"


def dated_records(ann: AnnotatedArticle) -> Iterator[tuple[Span, str]]:
    """Yield the records of a log with their dates (EDTF, a range where the last day differs); none in other texts.

    A text is a log when two or more of its lines open with a date field. A record is the block between blank lines
    that holds one such field, or else reaches from a field to the next.
    """
    text, article = ann.text, ann.article
    fields = [
        (match, day)
        for match in _START.finditer(text, article.start, article.end)
        if (day := _day(ann, match.end())) is not None
    ]
    if len(fields) < _MANY:
        return
    bounds = [*_starts(text, article.start, [match.start() for match, _ in fields]), article.end]
    for (match, day), start, end in zip(fields, bounds[:-1], bounds[1:], strict=True):
        last = _END.search(text, match.end(), end)
        until = _day(ann, last.end()) if last else None
        yield Span(start, end), f"{day}/{until}" if until is not None and until > day else day


def dated_rows(ann: AnnotatedArticle) -> Iterator[tuple[Span, str, dict[str, Span]]]:
    """Yield the rows of a table with their dates (EDTF) and their cells by the names of the columns.

    A table opens with a line of names between tabs or bars, one of them that of a date; its rows have as many cells.
    """
    names: list[str] = []
    if all(ann.text.find(mark, ann.article.start, ann.article.end) < 0 for mark in _BETWEEN):
        return
    for line in _lines(ann.text, ann.article.start, ann.article.end):
        cells = _cells(ann.text, line)
        words = [ann.text[cell.start : cell.end].strip().lower() for cell in cells]
        if len(cells) >= _COLUMNS and any(_DATE_COLUMN.fullmatch(word) for word in words):
            names = words
        elif names and len(cells) == len(names):
            row = dict(zip(names, cells, strict=True))
            year = next((ann.text[row[name].start : row[name].end].strip() for name in names if name == "year"), None)
            first = next((_date(ann, row[name], year) for name in names if _DATE_COLUMN.fullmatch(name)), None)
            last = next((_date(ann, row[name], year) for name in names if _LAST_COLUMN.fullmatch(name)), None)
            if first is not None:
                ends = last is not None and "/" not in first + last and len(first) == len(last) and last > first
                yield line, f"{first}/{last}" if ends else first, row


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield Span(start, stop)
        start = stop + 1


def _cells(text: str, line: Span) -> list[Span]:
    """Return the cells of a line between tabs or bars, without the space around them."""
    mark = "\t" if text.find("\t", line.start, line.end) >= 0 else "|"
    found = []
    start = line.start
    for part in text[line.start : line.end].strip("|" if mark == "|" else "").split(mark):
        start = text.index(part, start)
        bare = part.strip()
        found.append(Span(start + part.index(bare), start + part.index(bare) + len(bare)))
        start += len(part)
    return found


def _starts(text: str, first: int, fields: list[int]) -> list[int]:
    """Return where the records begin that hold these date fields: the date need not be the first of their fields."""
    blocks = [_block_start(text, first, field) for field in fields]
    if len(set(blocks)) == len(blocks):
        return blocks
    label = _LABEL_LINE.search(text, first, fields[0])
    if label is not None:
        same = re.compile(rf"^[^\w\n]*{re.escape(label[1])}{_SIGN}", re.MULTILINE)
        heads = [match.start() for match in same.finditer(text, first, fields[-1])]
        if len(heads) == len(fields) and all(a < b for a, b in zip(heads, fields, strict=True)):
            return heads
    lines = [max(first, text.rfind("\n", 0, field) + 1) for field in fields]
    return lines if len(set(lines)) == len(lines) else fields


def _block_start(text: str, first: int, offset: int) -> int:
    """Return where the block between blank lines that holds `offset` begins."""
    ends = [match.end() for match in _BLOCK.finditer(text, first, offset)]
    return ends[-1] if ends else first


def _date(ann: AnnotatedArticle, cell: Span, year: str | None) -> str | None:
    """Return the date (EDTF) that a cell holds, its year told by the row's own cell or by the text; or None."""
    for timex in within(ann.timexes, cell.start, cell.end)[:1]:
        if timex.start == cell.start and timex.kind in ("day", "month", "year"):
            value = resolve(timex, year if year and _YEAR.fullmatch(year) else ann.created.value).value
            return None if value.startswith(edtf.UNKNOWN) else value
    return None


def _day(ann: AnnotatedArticle, offset: int) -> str | None:
    """Return the day that a time expression at `offset` names in full, or None."""
    for timex in within(ann.timexes, offset, offset + 40)[:1]:
        if timex.start == offset and timex.kind == "day" and timex.year and timex.month and timex.day:
            return f"{timex.year:04}-{timex.month:02}-{timex.day:02}"
    return None
