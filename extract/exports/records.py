"""Whole records as JSON, JSON Lines and Parquet: each event with all its sources and facts on their documents."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract import edtf
from extract.exports.about import About
from extract.store import Store
from extract.store_tables import SCHEMAS

# An event as in EVENTS.md, with its `review`; each of its `sources` with title, publisher, published and url of its
# document, None where they are not known.
Row = dict[str, Any]
FACTS = ("title", "publisher", "published", "url")
_AT_ONCE = 5000
_SOURCE = pa.struct([
    *(field for field in SCHEMAS["sources"] if field.name not in ("event", "rank")),
    *(pa.field(name, pa.string()) for name in FACTS),
])
_SCHEMA = pa.schema([
    *SCHEMAS["events"], pa.field("review", pa.string()), pa.field("sources", pa.list_(_SOURCE)),
])


def rows_of(store: Store, states: Mapping[str, str] | None = None) -> list[Row]:
    """Return the events of a store as rows. `states` tells what was decided about those that are not open."""
    facts = {one.name: {name: getattr(one, name) for name in FACTS} for one in store.documents}
    none = dict.fromkeys(FACTS)
    rows = []
    for event in store.events:
        row = asdict(event) | {"review": (states or {}).get(event.id, "open")}
        row["sources"] = [source | facts.get(source["document"], none) for source in row["sources"]]
        rows.append(row)
    return rows


def to_array(rows: Iterable[Row], about: About) -> bytes:
    """Return one JSON object: `about` the file, and `events`, one array of records."""
    head = json.dumps(about.mapping(), ensure_ascii=False, indent=1)
    return joined(f'{{"about": {head},\n"events": [\n', (json.dumps(row, ensure_ascii=False) for row in rows), "\n]}\n")


def joined(head: str, parts: Iterable[str], end: str, between: str = ",\n") -> bytes:
    """Return a file of parts, which are written as they come: there may be very many of them."""
    file = io.BytesIO()
    file.write(head.encode())
    for number, part in enumerate(parts):
        file.write((between + part if number else part).encode())
    file.write(end.encode())
    return file.getvalue()


def to_lines(rows: Iterable[Row], about: About) -> bytes:
    """Return JSON Lines, one record a line; each names the version of the data and the address of the view."""
    end = {"data_version": about.version, "view": about.view}
    return joined("", (json.dumps(row | end, ensure_ascii=False) + "\n" for row in rows), "", between="")


def to_parquet(rows: Iterable[Row], about: About) -> bytes:
    """Return a table of Parquet, a row an event, its sources nested; what the file says of itself is in its metadata.

    The columns are those of the store, with `review` and `sources`.
    """
    schema = _SCHEMA.with_metadata({"readout": json.dumps(about.mapping(), ensure_ascii=False)})
    file, left = io.BytesIO(), iter(rows)
    with pq.ParquetWriter(file, schema) as writer:
        while some := [row | days_of(row["date"]) for row in islice(left, _AT_ONCE)]:
            writer.write_table(pa.Table.from_pylist(some, schema=schema))
    return file.getvalue()


@cache
def days_of(date: str) -> dict[str, Any]:
    """Return the first and last day that bound a date, None where it has none, and its precision, by column."""
    first, last = edtf.bounds(date) or (None, None)
    return {"date_first": first, "date_last": last, "date_precision": edtf.precision(date)}
