"""Records in plain text: where the values of fields stand ("country: Ghana; remarks: Met with …"), cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Span

_LABEL = re.compile(r"[ \t*•-]*(?:[a-z][a-z_-]{2,20}[ \t]*[:=][ \t]+[\"']?|<[a-z_-]+>[ \t]*)(?=[A-Z])")
_RECORD_FIELD = re.compile(r"(?<![\w/.-])[a-z][a-z_-]{2,20}\"?(?:: ?|=(?=[\"']))[\"']?")
_ROW = re.compile(r"(?=(?:[^\t|\n]*[\t|]){3})(?:[^\t|\n]{0,40}[\t|]){0,3} ?\d{4}-\d\d-\d\d ?[\t|]")
_CELL = re.compile(r"[^\s|][^\t|\n]*")
_PART = re.compile(r"[^\s;][^;]*")
_CLOSING = re.compile(r"</[\w-]+>\Z")
_OPENING = 20
_MANY_FIELDS = 3


def values(text: str, paragraph: Span, begin: int) -> Iterator[tuple[int, int]]:
    """Yield where the values of a record stand that is written in one line, else the text from `begin` to the end.

    The name of a field is no part of the sentence that it opens: "remarks: Met with President Kufuor".

    "start-date: 2003-01-12; country: Ghana; remarks: Met with President Kufuor" holds three; its sentences are those
    of a value, not of the line. So it is with the cells of a row that holds a day in figures.
    """
    label = _LABEL.match(text, begin, paragraph.end)
    if _ROW.match(text, paragraph.start, paragraph.end):
        yield from (cell.span() for cell in _CELL.finditer(text, paragraph.start, paragraph.end))
        return
    labels = list(_RECORD_FIELD.finditer(text, paragraph.start, paragraph.end))
    if len(labels) < _MANY_FIELDS or labels[0].start() - paragraph.start > _OPENING:
        yield from _notes(text, label.end(), paragraph.end) if label is not None else [(begin, paragraph.end)]
        return
    ends = [*(label.start() for label in labels[1:]), paragraph.end]
    for label, end in zip(labels, ends, strict=True):
        value = text[label.end() : end].rstrip(" ;,|\t\"'/>}")
        if value:
            yield from _notes(text, label.end(), label.end() + len(value))


def _notes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a field's value between semicolons: "Official visit; met with President Kufuor" are two."""
    closing = _CLOSING.search(text, start, end)
    for match in _PART.finditer(text, start, closing.start() if closing else end):
        yield match.span()
