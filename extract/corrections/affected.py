"""A journal laid over a store of any size: only the events that its entries are about are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.corrections.entries import Correction
from extract.corrections.overlay import Reviewed, lay_over
from extract.model import InputError
from extract.record import Event
from extract.store import events_of


def review(folder: Path, entries: Iterable[Correction]) -> tuple[Reviewed, frozenset[str]]:
    """Lay corrections over the store in `folder`.

    Returns what stands of the events that the corrections are about, and the ids that these events have in the store:
    those are to be taken out of it before what stands is put in. Raises InputError when the store cannot be read.
    """
    known = tuple(entries)
    then = {one.id: one for entry in known for one in (*entry.before, *entry.after)}
    documents = sorted({source.document for one in then.values() for source in one.sources})
    try:
        sources = pq.read_table(folder / "sources.parquet", filters=_among("document", documents))
        others = pq.read_table(folder / "aliases.parquet", filters=_among("alias", sorted(then)))
        aliases = dict(zip(others["alias"].to_pylist(), others["event"].to_pylist(), strict=True))
        wanted = then.keys() | set(aliases.values()) | _near(sources, then.values())
        rows = pq.read_table(folder / "events.parquet", filters=_among("id", sorted(wanted)))
        proofs = pq.read_table(folder / "sources.parquet", filters=_among("event", rows["id"].to_pylist()))
        texts = pq.read_table(folder / "documents.parquet", columns=["document", "text"],
                              filters=_among("document", documents))
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{folder}: the store is broken: {error}") from error
    events = events_of(rows.to_pylist(), proofs.to_pylist(), str(folder))
    read = dict(zip(texts["document"].to_pylist(), texts["text"].to_pylist(), strict=True))
    return lay_over(events, known, read, aliases), frozenset(one.id for one in events)


def _among(column: str, values: Sequence[str]) -> pc.Expression:
    """Return the condition that a column has one of these texts. Of none, Arrow must be told the type."""
    return pc.field(column).isin(pa.array(values, pa.string()))


def _near(sources: pa.Table, events: Iterable[Event]) -> set[str]:
    """Return the ids of the events whose evidence overlaps that of these."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for event in events:
        for source in event.sources:
            spans.setdefault(source.document, []).append((source.start, source.end))
    return {
        row["event"] for row in sources.select(["event", "document", "start", "end"]).to_pylist()
        if any(row["start"] < end and row["end"] > start for start, end in spans[row["document"]])
    }
