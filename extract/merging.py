"""What the documents gave -> events: acts that several of them tell become one, with ids, aliases and an order.

Nothing of it is held in memory as a whole. Acts are sorted into blocks of one kind and the same states, and there by
day; what shares no day with what came before begins anew. Events are then sorted by id, and numbered where ids are
the same, and at last by date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from extract.events.across_documents import across, block_of, days
from extract.events.confidence import Calibration
from extract.events.coreference import Cluster, cluster_actors, cluster_countries, cluster_date
from extract.events.parts import parts
from extract.readings import DocumentReading
from extract.record import Event, Source
from extract.spill import Sorter
from extract.titles import headline

Quotes = Mapping[tuple[str, int, int], str]
"""The words of passages, by document, start and end."""


class Merging:
    """The acts of documents on their way to events. First all readings are added, then events are drawn once."""

    def __init__(self, calibration: Calibration | None, folder: Path | None = None) -> None:
        """Begin; events carry a confidence where there is a `calibration`. Temporary files go to `folder`."""
        self._calibration = calibration
        self._folder = folder
        self._number = 0
        self._acts: Sorter[tuple[Cluster, str, Quotes]] = Sorter(folder)
        self._aliases: Sorter[None] = Sorter(folder)

    def add(self, reading: DocumentReading) -> None:
        """Take the acts of a document; documents come in order of their names."""
        name, text = reading.document.name, reading.document.text
        for one in reading.clusters:
            spans = [(told.mention.start, told.mention.end) for told in one.told]
            quotes = {(name, start, end): text[start:end] for start, end in spans}
            its = days(one) or [""]
            self._acts.add((*block_of(one), its[0], self._number), (one, its[-1], quotes))
            self._number += 1

    def events(self) -> Iterator[Event]:
        """Yield the events, by date, kind and id."""
        by_id: Sorter[tuple[Event, list[str]]] = Sorter(self._folder)
        for number, act, quotes in self._joined():
            ids = _identities(act)
            event = _event(act, ids[0], quotes, self._calibration)
            by_id.add((event.id, event.date, event.title, number), (event, ids))
        self._acts = Sorter(self._folder)
        ordered: Sorter[Event] = Sorter(self._folder)
        for known_as, events in groupby(by_id, key=lambda row: row[0][0]):
            self._aliases.add((known_as, ""), None)
            for times, (_, (event, ids)) in enumerate(events, 1):
                one = event if times == 1 else replace(event, id=f"{event.id}-{times}")
                ordered.add((one.date, one.kind, one.id), one)
                for alias in ids:
                    self._aliases.add((alias, one.id), None)
        del by_id
        for _, event in ordered:
            yield event

    def aliases(self) -> Iterator[tuple[str, str]]:
        """Yield the ids that events would have if fewer or other documents told them, each with the id that they have.

        An id that an event has is none, and of several events the alias goes to the first. All events must be drawn
        before.
        """
        for alias, rows in groupby(self._aliases, key=lambda row: row[0][0]):
            (_, event), _ = next(rows)
            if event:
                yield alias, event

    def _joined(self) -> Iterator[tuple[int, Cluster, Quotes]]:
        """Yield the acts, each with the number of its first telling, in no order that matters."""
        for _, rows in groupby(self._acts, key=lambda row: row[0][:2]):
            near: list[tuple[int, Cluster, Quotes]] = []
            until = ""
            for (*_, first, number), (one, last, quotes) in rows:
                if near and (not first or first > until):
                    yield from _acts(near)
                    near, until = [], ""
                near.append((number, one, quotes))
                until = max(until, last)
            yield from _acts(near)


def _acts(near: list[tuple[int, Cluster, Quotes]]) -> Iterator[tuple[int, Cluster, Quotes]]:
    """Join what shares days, in the order in which the documents tell it."""
    near.sort(key=lambda row: row[0])
    quotes = {place: words for *_, some in near for place, words in some.items()}
    for at, act in across(one for _, one, _ in near):
        yield near[at][0], act, quotes


def _event(one: Cluster, identifier: str, quotes: Quotes, calibration: Calibration | None) -> Event:
    best = one.best
    countries = tuple(sorted(cluster_countries(one)))
    actors = cluster_actors(one, countries)
    date, basis, _ = cluster_date(one)
    organizations = tuple(sorted(frozenset().union(*(t.mention.organizations for t in one.told))))
    where = sorted((t.mention for t in one.told if t.mention.place), key=lambda m: not m.is_row)
    place, host = (where[0].place, where[0].place_country) if where else (None, None)
    status = _status(one)
    subtype = _subtype(one)
    taken = parts(one, countries, subtype, (place, host))
    return Event(
        id=identifier,
        kind=best.kind,
        subtype=subtype,
        status=status,
        salience="main" if any(t.mention.salience == "main" for t in one.told) else "background",
        date=date,
        date_basis=basis,
        countries=countries,
        organizations=organizations,
        actors=actors,
        place=place,
        title=headline(best.kind, subtype, status, countries, actors, organizations, place, taken),
        sources=_sources(one, quotes),
        confidence=_confidence(one, calibration),
        parts=taken,
        place_country=host,
    )


def _confidence(one: Cluster, calibration: Calibration | None) -> float | None:
    """Return what the maker of a table states of its rows, and of other events what is measured, if anything is."""
    by_hand = [told.mention.stated for told in one.told if told.mention.is_row]
    if by_hand:
        return max((stated for stated in by_hand if stated is not None), default=None)
    return calibration.confidence(one) if calibration else None


def _status(one: Cluster) -> str:
    """Return cancelled or occurred where a mention says so with a verb, else what the others say."""
    firm = [t.mention.status for t in one.told if not t.mention.is_open] or [one.best.status]
    return min(firm, key=("cancelled", "occurred", "planned").index)


def _subtype(one: Cluster) -> str:
    """Return the most telling subtype of the mentions: any but the unspecific one of the kind."""
    plain = {"meeting": "talks", "visit": "visit", "statement": "remarks", "agreement": "signing"}[one.best.kind]
    return next((t.mention.subtype for t in one.told if t.mention.subtype != plain), one.best.subtype)


def _sources(one: Cluster, quotes: Quotes) -> tuple[Source, ...]:
    sources: dict[tuple[str, int, int], Source] = {}
    for told in one.told:
        m = told.mention
        key = (told.document, m.start, m.end)
        sources.setdefault(key, Source(told.document, m.start, m.end, quotes[key], m.article, m.rule))
    return tuple(sources.values())


def _identities(one: Cluster) -> list[str]:
    """Return the ids that an event may have: one for each telling, by its kind and states and the words or the row that
    tell the act; that of the first telling comes first."""
    told = sorted(one.told, key=lambda t: (not t.mention.anchor, t.document, t.mention.trigger_start))
    found = []
    for t in told:
        place = (t.mention.anchor,) if t.mention.anchor else (t.document, str(t.mention.trigger_start))
        parts = (t.mention.kind, ",".join(sorted(t.mention.countries)), *place)
        found.append(hashlib.sha256("|".join(parts).encode()).hexdigest()[:12])
    return found
