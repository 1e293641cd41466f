"""Gold: events made by hand, the documents that they belong to, and the records that are compared with them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.model import InputError, Span
from extract.reading import read_document


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold event; `dates` holds its date and the values that are as good, `ranges` where its mentions stand."""

    id: str
    kind: str
    status: str
    salience: str
    optional: bool
    dates: tuple[str, ...]
    countries: frozenset[str]
    countries_optional: frozenset[str]
    title: str
    ranges: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its gold: its name in the gold, its file, the events, and the offsets that the gold covers."""

    name: str
    path: Path
    events: tuple[Gold, ...]
    scope: range


def gold_documents(gold_dir: Path | str, documents_dir: Path | str) -> list[GoldDocument]:
    """Read the gold of a folder, in the order of its files' names.

    A gold file `NAME.jsonl` belongs to the document `NAME.txt` or `NAME_*.txt`; `NAME.range`, where it exists, holds
    the first and last character offset that the gold covers. Raises InputError when a gold file has no document, a
    record lacks a field, a range is none, or the folder holds no gold.
    """
    files = sorted(Path(gold_dir).glob("*.jsonl"))
    if not files:
        raise InputError(f"{gold_dir}: the folder holds no gold (*.jsonl)")
    return [_gold_document(file, _document_of(file, Path(documents_dir))) for file in files]


def _gold_document(file: Path, document: Path) -> GoldDocument:
    text = read_document(document).text
    scope = _scope(file.with_suffix(".range"), len(text) + 1)
    try:
        events = tuple(_gold(record, text) for record in read_records(file))
    except KeyError as error:
        raise InputError(f"{file}: a gold event lacks the field {error}") from error
    return GoldDocument(file.stem, document, events, scope)


def _document_of(gold: Path, folder: Path) -> Path:
    exact = folder / f"{gold.stem}.txt"
    found = [exact] if exact.exists() else sorted(folder.glob(f"{gold.stem}_*.txt"))
    if not found:
        raise InputError(f"{gold}: no document {gold.stem}.txt or {gold.stem}_*.txt in {folder}")
    return found[0]


def _scope(file: Path, end: int) -> range:
    if not file.exists():
        return range(end)
    try:
        first, last = map(int, file.read_text(encoding="utf-8").split())
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: is not the first and last offset of a range: {error}") from error
    return range(first, last)


def _gold(record: dict[str, Any], text: str) -> Gold:
    return Gold(
        id=str(record["id"]),
        kind=record["kind"],
        status=record["status"],
        salience=record["salience"],
        optional=bool(record["optional"]),
        dates=(record["date"], *record["date_alt"]),
        countries=frozenset(record["countries"]),
        countries_optional=frozenset(record["countries_optional"]),
        title=record["title"],
        ranges=tuple(_places(text, record["mentions"])),
    )


def _places(text: str, mentions: Iterable[str]) -> Iterator[Span]:
    for mention in mentions:
        start = text.find(mention)
        while start >= 0:
            yield Span(start, start + len(mention))
            start = text.find(mention, start + 1)


def read_records(path: Path | str) -> list[dict[str, Any]]:
    """Read JSONL of event records. Raises InputError naming file and line for a line that is not a record."""
    records = []
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            for field in ("kind", "date"):
                record[field]
            # What these cannot take is told here with its line, and not in the midst of the score.
            frozenset(record["countries"])
            for source in record.get("sources", ()):
                Path(source["document"]), range(source["start"], source["end"])
        except (ValueError, RecursionError, KeyError, TypeError) as error:
            raise InputError(f"{path}:{number}: not an event record ({type(error).__name__}: {error})") from error
        records.append(record)
    return records
