"""The documents whose events have all been decided upon, as gold: what a team has reviewed measures the extraction."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from extract.corrections.journal import Journal
from extract.corrections.overlay import lay_over
from extract.gold import Gold, GoldDocument
from extract.model import InputError, Span
from extract.record import Event
from extract.store import Store


def reviewed_gold(store: Store, journal: Journal) -> list[GoldDocument]:
    """Return the documents of a store of whose events each was confirmed, corrected or rejected, with what stands.

    Events that analysts have added are gold, too; a document without any event is left out, for nobody has said that it
    holds none. Raises InputError when no document is reviewed to its end.
    """
    texts = {one.name: one.text for one in store.documents}
    found = lay_over(store.events, journal.entries(), texts, dict(store.aliases))
    standing: dict[str, list[Event]] = defaultdict(list)
    open_, decided = set[str](), set[str]()
    for event in found.events.values():
        documents = {source.document for source in event.sources}
        (decided if event.id in found.reviews else open_).update(documents)
        for name in documents:
            standing[name].append(event)
    decided |= {source.document for event, _ in found.rejected.values() for source in event.sources}
    reviewed = sorted((decided - open_) & texts.keys())
    if not reviewed:
        raise InputError("corrections: no document has been reviewed to its end: each of its events decided upon")
    return [_gold_document(name, texts[name], standing[name]) for name in reviewed]


def _gold_document(name: str, text: str, events: list[Event]) -> GoldDocument:
    gold = tuple(_gold(name, one) for one in sorted(events, key=lambda one: one.id))
    return GoldDocument(Path(name).stem, Path(name), gold, range(len(text) + 1))


def _gold(document: str, event: Event) -> Gold:
    ranges = tuple(Span(one.start, one.end) for one in event.sources if one.document == document)
    return Gold(event.id, event.kind, event.status, event.salience, False, (event.date,), frozenset(event.countries),
                frozenset(), event.title, ranges)
