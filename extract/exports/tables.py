"""Events and passages as CSV, as spreadsheets want it: no cell is a formula, and none breaks out of its row."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extract.exports.about import About
from extract.exports.records import Row, days_of

# A spreadsheet takes a cell that begins with one of these for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_EVENT = (
    "id", "title", "kind", "subtype", "status", "salience", "date", "first_day", "last_day", "date_precision",
    "date_basis", "countries", "parts", "actors", "organizations", "place", "place_country", "confidence", "review",
    "passages", "quote", "document", "start", "end", "documents",
)
_PASSAGE = (
    "event", "date", "title", "rank", "document", "start", "end", "quote", "article", "rule", "document_title",
    "publisher", "published", "url",
)
_WHENCE = ("data_version", "view")


def to_table(rows: Iterable[Row], about: About | None = None) -> bytes:
    """Return a row an event with the names of the record; each names version and view where the file is told `about`.

    `first_day` and `last_day` bound the date. `parts` are "KEN host", `actors` "Ana Ejemplo (President, PER)" as far as
    the text tells; `documents` names all that tell the event, `document`, `start` and `end` say where the first
    `quote` stands.
    """
    return _told(_EVENT, map(_event, rows), about)


def to_passages(rows: Iterable[Row], about: About | None = None) -> bytes:
    """Return a row for each passage that proves an event: the `event`, where it stands, and the quote, best first."""
    return _told(_PASSAGE, (passage for row in rows for passage in _passages(row)), about)


def to_csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows of cells under their names as CSV in UTF-8, with a mark of its encoding.

    Lists become words with semicolons between, days 2024-02-28. Text that a spreadsheet would run as a formula gets an
    apostrophe.
    """
    file = io.StringIO(newline="")
    # With both signs in the end of a row, cells that hold either are quoted: a lone one would begin another row.
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(map(_cell, names))
    writer.writerows(map(_cell, row) for row in rows)
    return file.getvalue().encode("utf-8-sig", "replace")


def _told(names: Sequence[str], rows: Iterable[tuple[Any, ...]], about: About | None) -> bytes:
    if about is None:
        return to_csv(names, rows)
    return to_csv((*names, *_WHENCE), ((*row, about.version, about.view) for row in rows))


def _event(row: Row) -> tuple[Any, ...]:
    days = days_of(row["date"])
    known = {part["country"]: part["part"] for part in row["parts"]}
    sources = row["sources"]
    best = sources[0]
    made = {
        "first_day": days["date_first"], "last_day": days["date_last"], "date_precision": days["date_precision"],
        "parts": [f"{code} {known.get(code, 'participant')}" for code in sorted(set(row["countries"]))],
        "actors": [_actor(one) for one in row["actors"]], "passages": len(sources), "quote": best["quote"],
        "document": best["document"], "start": best["start"], "end": best["end"],
        "documents": list(dict.fromkeys(source["document"] for source in sources)),
    }
    return tuple(made[name] if name in made else row[name] for name in _EVENT)


def _actor(actor: dict[str, str | None]) -> str:
    told = ", ".join(word for word in (actor["role"], actor["country"]) if word is not None)
    return f"{actor['name']} ({told})" if told else str(actor["name"])


def _passages(row: Row) -> Iterator[tuple[Any, ...]]:
    for rank, source in enumerate(row["sources"]):
        made = {"event": row["id"], "date": row["date"], "title": row["title"], "rank": rank,
                "document_title": source["title"]}
        yield tuple(made[name] if name in made else source[name] for name in _PASSAGE)


def _cell(value: object) -> object:
    if isinstance(value, dt.datetime):
        value = value.date().isoformat()
    if isinstance(value, list | tuple):
        value = "; ".join(str(part["name"] if isinstance(part, dict) else part) for part in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
