"""The rows of a table file (CSV, JSON Lines, Parquet, XLSX) as cells of text, each with its number in the file."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract.curated.mapping import TableMapping
from extract.model import InputError
from extract.reading.columnar import refuse_time_zones, rows_of_batches

_DELIMITERS = {".csv": ",", ".tsv": "\t", ".txt": "\t"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A row: its number in the file (of a sheet or CSV the line of names is row 1), and its cells by column, as text.

    `fault` is the reason why it cannot be read, or empty.
    """

    number: int
    cells: Mapping[str, str]
    fault: str = ""


def read_sheet(path: Path, mapping: TableMapping) -> tuple[list[str], list[Sheet]]:
    """Return the mapped columns in the order of the file, and the rows of the table at `path`.

    Raises InputError naming the file and the reason when it cannot be read, or lacks a column that is mapped.
    """
    reader = {".xlsx": _xlsx, ".xlsm": _xlsx, ".parquet": _parquet, ".jsonl": _lines, ".ndjson": _lines}.get(
        path.suffix.lower(), _delimited if path.suffix.lower() in _DELIMITERS else None
    )
    if reader is None:
        raise InputError(f"{path}: no reader for tables of type {path.suffix or '(none)'}")
    try:
        rows = list(reader(path, mapping))
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start}: not {mapping.encoding} text ({error.reason})") from error
    except (ValueError, KeyError, LookupError, pa.ArrowException) as error:
        raise InputError(f"{path}: not a table of this type: {error}") from error
    names = dict.fromkeys(name for row in rows for name in row.cells)
    missing = [name for name in mapping.named() if name not in names]
    if missing:
        raise InputError(f"{path}: there is no column {', '.join(map(repr, missing))}; it has {', '.join(names)}")
    return [name for name in names if name in mapping.named()], rows


def _delimited(path: Path, mapping: TableMapping) -> Iterator[Sheet]:
    delimiter = mapping.delimiter or _DELIMITERS[path.suffix.lower()]
    with path.open(encoding=mapping.encoding, newline="") as file:
        yield from _under_names(_strictly(file, delimiter, path), path)


def _strictly(file: Iterable[str], delimiter: str, path: Path) -> Iterator[list[str]]:
    rows = csv.reader(file, delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in rows:
            yield row
            line = rows.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path}: line {line}: not a table of this type: {error}") from error


def _under_names(rows: Iterator[list[Any]], path: Path) -> Iterator[Sheet]:
    """Yield the rows under a row of names; empty ones are left out, longer and shorter ones are at fault."""
    names = [_text(name) for name in next(rows, [])]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if not any(names) or twice:
        raise InputError(f"{path}: row 1: {'two columns ' + repr(twice[0]) if twice else 'no names of columns'}")
    for number, row in enumerate(rows, 2):
        cells = [_text(cell) for cell in row]
        if not any(cells):
            continue
        more = len(cells) - len(names)
        fault = f"{len(cells)} cells where there are {len(names)} columns" if more else ""
        yield Sheet(number, dict(zip(names, cells, strict=False)), fault)


def _xlsx(path: Path, mapping: TableMapping) -> Iterator[Sheet]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, TypeError) as error:
        raise InputError(f"{path}: not an XLSX file: {error}") from error
    try:
        if mapping.sheet is not None and mapping.sheet not in book.sheetnames:
            raise InputError(f"{path}: there is no sheet {mapping.sheet!r}; it has {', '.join(book.sheetnames)}")
        sheet = book[mapping.sheet or book.sheetnames[0]]
        rows = (list(row) for row in sheet.iter_rows(values_only=True))
        yield from _under_names(_trimmed(rows), path)
    finally:
        book.close()


def _trimmed(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """Cut the rows of a sheet to the width of its first: cells that were once formatted make it wider."""
    width = 0
    for row in rows:
        if not width:
            width = next((n for n in range(len(row), 0, -1) if row[n - 1] is not None), 0)
        beyond = any(cell is not None for cell in row[width:])
        yield row if beyond else (row + [None] * width)[:width]


def _parquet(path: Path, mapping: TableMapping) -> Iterator[Sheet]:
    table = pq.read_table(path)
    try:
        refuse_time_zones(table.schema, mapping.named())
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    for number, row in enumerate(rows_of_batches(table.to_batches()), 1):
        faults = [f"{name}: {value}" for name, value in row.items()
                  if isinstance(value, InputError) and name in mapping.named()]
        cells = {name: "" if isinstance(value, InputError) else _text(value) for name, value in row.items()}
        yield Sheet(number, cells, "; ".join(faults))


def _lines(path: Path, mapping: TableMapping) -> Iterator[Sheet]:
    known: dict[str, str] = {}
    found: list[Sheet] = []
    for number, line in enumerate(path.read_text(encoding=mapping.encoding).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            found.append(Sheet(number, {}, f"not JSON: {error}"))
            continue
        if isinstance(row, dict):
            known |= dict.fromkeys(row, "")
            found.append(Sheet(number, {str(name): _text(value) for name, value in row.items()}))
        else:
            found.append(Sheet(number, {}, "no JSON object"))
    yield from (Sheet(one.number, known | dict(one.cells), one.fault) for one in found)


def _text(value: Any) -> str:
    """Write a cell as one line of text: days in ISO 8601, whole numbers without a point, lists with semicolons."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.date() if value.time() == dt.time() else value
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    text = "".join(char if char.isprintable() else " " for char in str(value))
    return " ".join(text.split())
