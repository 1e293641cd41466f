"""Texts whose cells are separated by a sign (CSV), strictly: what is not as it should be is told, not made up for."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from extract.model import InputError


def rows_of(text: str, separators: str, longest: int) -> Iterator[tuple[int, list[str] | InputError]]:
    """Yield each row that is not blank, with the line where it begins; of the separators that counts which is used.

    A row whose quotes are wrong within one line costs that row. Raises InputError with the line and the reason where
    it spans several lines, such as one with a quote that nothing closes, for where the next row begins cannot be told;
    and where a cell has more than `longest` characters.
    """
    head = text.partition("\n")[0]
    before = csv.field_size_limit(longest)
    try:
        reader = csv.reader(_lines(text), delimiter=max(separators, key=head.count), strict=True)
        while True:
            line = reader.line_num + 1
            row: list[str] | InputError
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                row = InputError(f"line {line}: cannot be read as a table ({_reason(error, line, reader.line_num)})")
                if reader.line_num > line or "limit" in str(error):
                    raise row from error
            if row:
                yield line, row
    finally:
        csv.field_size_limit(before)


def _reason(error: csv.Error, first: int, last: int) -> str:
    if "unexpected end" in str(error):
        return "a quote is opened there that nothing closes"
    return f"{error}, line {last}" if last > first else str(error)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends; a file in memory would take four times as much."""
    return (line[0] for line in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text))
