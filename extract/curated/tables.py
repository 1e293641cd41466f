"""A curated table -> documents, one a year, whose lines are its rows, with the facts that the columns hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from extract.curated.mapping import TableMapping, read_mapping
from extract.curated.rows import Facts, RowFault, facts_of
from extract.curated.sheets import Sheet, read_sheet
from extract.model import Document, Failure, InputError, Span

BY_HAND = "Table of events made by hand"
"""What is said to have read the documents of such tables."""
_BETWEEN = " | "
_UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row in its document: its line, its remark there, its facts, and the confidence that is stated for it.

    `where` names it for the reader ("from the table visits.csv, row 17 (1930)"), `anchor` for its event's id.
    """

    line: Span
    remark: Span | None
    facts: Facts
    where: str
    anchor: str
    stated: float | None = None


@dataclass(frozen=True, slots=True)
class TableDocument:
    """The rows of one year of a curated table as a document, with what their columns say."""

    document: Document
    rows: tuple[TableRow, ...]


def read_tables(paths: Iterable[Path | str]) -> tuple[list[TableDocument], list[Failure]]:
    """Read the tables of mapping files, by year, sorted by name, with what could not be read.

    A row that cannot be used costs that row: a failure names table, row and reason. Raises InputError for a mapping
    file or a table that cannot be read at all, and where two tables have one file name.
    """
    found: list[TableDocument] = []
    failures: list[Failure] = []
    for path in sorted({Path(path).resolve() for path in paths}):
        mapping = read_mapping(path)
        table = path.parent / mapping.table
        documents, faults = read_table_file(table, mapping)
        failures += faults
        found += documents
    names = sorted(one.document.name for one in found)
    twice = next((name for name, following in pairwise(names) if name == following), None)
    if twice is not None:
        raise InputError(f"{twice.rpartition('#')[0]}: two tables have this file name")
    return sorted(found, key=lambda one: one.document.name), failures


def read_table_file(table: Path, mapping: TableMapping) -> tuple[list[TableDocument], list[Failure]]:
    """Return the documents of a table and a failure for each row that cannot be used.

    Raises InputError for the file.
    """
    columns, rows = read_sheet(table, mapping)
    years: dict[str, list[tuple[Sheet, Facts]]] = {}
    faults: list[Failure] = []
    for row in rows:
        try:
            facts = facts_of(row, mapping)
        except RowFault as fault:
            faults.append(Failure(table.name, f"{_name(row, mapping)}: {fault}"))
            continue
        year = facts.date[:4] if facts.date[:4].isdigit() else _UNDATED
        years.setdefault(year, []).append((row, facts))
    return [_document(table.name, year, columns, years[year], mapping) for year in sorted(years)], faults


def _name(row: Sheet, mapping: TableMapping) -> str:
    own = row.cells.get(mapping.columns.id, "") if mapping.columns.id is not None else ""
    return f"row {row.number} ({own})" if own else f"row {row.number}"


def _document(
    table: str, year: str, columns: Sequence[str], rows: Sequence[tuple[Sheet, Facts]], mapping: TableMapping
) -> TableDocument:
    """Write rows as lines under the names of the columns; where two rows are the same, they are told apart in order."""
    text = _BETWEEN.join(columns) + "\n"
    placed: list[TableRow] = []
    anchors: dict[str, int] = {}
    for row, facts in rows:
        line, remark = _line(row, columns, mapping.columns.remark)
        own = row.cells.get(mapping.columns.id, "") if mapping.columns.id is not None else ""
        anchor = f"{table}#{own or hashlib.sha256(line.encode()).hexdigest()}"
        anchors[anchor] = anchors.get(anchor, 0) + 1
        at = len(text)
        span = Span(at + remark.start, at + remark.end) if remark is not None else None
        where = f"from the table {table}, row {own or row.number}"
        placed.append(TableRow(Span(at, at + len(line)), span, facts, where, f"{anchor}/{anchors[anchor]}",
                               mapping.confidence))
        text += line + "\n"
    title = f"{mapping.title or table}, {year}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(f"{table}#{year}", text, digest, title)
    known = replace(document, publisher=mapping.publisher, url=mapping.url, reader=BY_HAND)
    return TableDocument(known, tuple(placed))


def _line(row: Sheet, columns: Sequence[str], remark: str | None) -> tuple[str, Span | None]:
    """Return the line of a row and where its remark stands in it; a bar in a cell becomes a stroke."""
    line, span = "", None
    for number, name in enumerate(columns):
        cell = row.cells.get(name, "").replace("|", "¦")
        line += (_BETWEEN if number else "") + cell
        if name == remark and cell:
            span = Span(len(line) - len(cell), len(line))
    return line.rstrip(), span
