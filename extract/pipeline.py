"""The straight line of calls: files -> documents -> articles -> mentions -> events -> a store."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from extract.acts import annotate, read_events, read_events_trained
from extract.curated.reading import read_rows
from extract.curated.tables import BY_HAND, TableDocument, TableRow, read_tables
from extract.detection.model import load_detector
from extract.events.across_documents import across
from extract.events.confidence import Calibration, load_calibration
from extract.events.coreference import Cluster, cluster_actors, cluster_countries, cluster_date
from extract.events.parts import parts
from extract.model import Document, Failure, InputError
from extract.reading import digest, read_all
from extract.readings import DocumentReading, Readings, all_by_rules, code_version
from extract.record import Event, Source
from extract.scale import map_ordered
from extract.store import Store, read_store
from extract.titles import headline

__all__ = [
    "annotate", "combine", "digest_of", "extract_events", "grow", "read_documents", "read_events",
    "read_events_trained", "run",
]

Progress = Callable[[int, int, str], None]


def read_documents(paths: Iterable[Path | str]) -> tuple[Document, ...]:
    """Read the documents that `paths` (files, folders, patterns) name, sorted by name.

    Raises InputError naming the document and the reason for the first one that cannot be read.
    """
    listing = read_all(paths)
    for failure in listing.failures:
        raise InputError(str(failure))
    return listing.documents


def extract_events(documents: Iterable[Document]) -> tuple[Event, ...]:
    """Derive the events of documents, merged across them and sorted by date; the order of documents is of no matter."""
    ordered = sorted(documents, key=lambda document: document.name)
    return combine([read_events_trained(document) for document in ordered], calibration=load_calibration()).events


def combine(
    readings: Sequence[DocumentReading],
    fingerprint: str = "",
    calibration: Calibration | None = None,
    failures: Sequence[Failure] = (),
) -> Store:
    """Merge what the documents gave into one store; the order of `readings` is of no matter.

    Events carry a confidence where a `calibration` is given. `failures` are kept as they are.
    """
    ordered = sorted(readings, key=lambda reading: reading.document.name)
    texts = {reading.document.name: reading.document.text for reading in ordered}
    clusters = [act for _, act in across(one for reading in ordered for one in reading.clusters)]
    known = [(one, _identities(one)) for one in clusters]
    events, aliases = _with_ids([(_event(one, ids[0], texts, calibration), ids) for one, ids in known])
    return Store(
        documents=tuple(reading.document for reading in ordered),
        articles=tuple(row for reading in ordered for row in reading.articles),
        events=tuple(sorted(events, key=lambda e: (e.date, e.kind, e.id))),
        fingerprint=fingerprint,
        timexes=tuple(row for reading in ordered for row in reading.timexes),
        failures=tuple(sorted(failures)),
        aliases=aliases,
    )


def _event(one: Cluster, identifier: str, texts: dict[str, str], calibration: Calibration | None) -> Event:
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
        sources=_sources(one, texts),
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


def _sources(one: Cluster, texts: dict[str, str]) -> tuple[Source, ...]:
    sources: dict[tuple[str, int, int], Source] = {}
    for told in one.told:
        m = told.mention
        key = (told.document, m.start, m.end)
        quote = texts[told.document][m.start : m.end]
        sources.setdefault(key, Source(told.document, m.start, m.end, quote, m.article, m.rule))
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


def _with_ids(found: Sequence[tuple[Event, Sequence[str]]]) -> tuple[list[Event], tuple[tuple[str, str], ...]]:
    """Number events that share an id, in a stable order, so that ids are unique; each comes with the ids it may have.

    Returns them with their aliases: the ids that they would have if they were told by fewer or by other documents, each
    with the id that they have.
    """
    seen: dict[str, int] = {}
    unique, others = [], list[tuple[str, str]]()
    for event, ids in sorted(found, key=lambda pair: (pair[0].id, pair[0].date, pair[0].title)):
        seen[event.id] = seen.get(event.id, 0) + 1
        unique.append(event if seen[event.id] == 1 else replace(event, id=f"{event.id}-{seen[event.id]}"))
        others += [(alias, unique[-1].id) for alias in ids]
    aliases = dict(sorted((pair for pair in others if pair[0] not in seen), reverse=True))
    return unique, tuple(sorted(aliases.items()))


def digest_of(paths: Iterable[Path | str]) -> str:
    """Return what tells, without reading them as documents, whether files or the version of the extraction changed."""
    return hashlib.sha256((code_version() + digest(paths)).encode()).hexdigest()


def _read(work: Document | TableDocument) -> DocumentReading:
    return read_rows(work, load_detector()) if isinstance(work, TableDocument) else read_events_trained(work)


def _read_by_rules(work: Document | TableDocument) -> DocumentReading:
    return read_rows(work) if isinstance(work, TableDocument) else read_events(work)


def run(
    paths: Iterable[Path | str],
    *,
    tables: Iterable[Path | str] = (),
    workers: int = 1,
    progress: Progress | None = None,
    failures: list[InputError] | None = None,
    by_rules: bool = False,
    folder: Path | None = None,
    afresh: bool = False,
) -> Store:
    """Read and extract everything that `paths` name, into a store in memory; with `by_rules` without the encoder.

    `tables` are mapping files of curated tables, whose rows join the events of the documents. What an earlier run into
    the store in `folder` made of the same documents is taken from there, unless `afresh` is set; the result is the
    same. `progress` is called with (documents done, documents in all, name of the document at hand), of those that are
    extracted. A file or row that cannot be read costs that file or row: its error is appended to `failures` and kept
    in the store; where that is None it is raised.
    """
    paths, tables = list(paths), list(tables)
    listing = read_all(paths)
    rows, unread = read_tables(tables)
    lost = (*listing.failures, *unread)
    for failure in lost:
        if failures is None:
            raise InputError(str(failure))
        failures.append(InputError(str(failure)))
    works: list[Document | TableDocument] = [*listing.documents, *rows]
    kept = Readings(folder, by_rules=by_rules, afresh=afresh)
    return _made(works, kept, lost, workers, progress, by_rules)


def grow(
    folder: Path,
    paths: Sequence[Path | str],
    *,
    progress: Progress | None = None,
    failures: list[InputError] | None = None,
) -> Store:
    """Return the store in `folder` with the documents that `paths` name in it too, as `run` over all of them makes it.

    The files from which the store was made are not needed: it holds their texts. Of the tables made by hand, whose
    rows it does not hold, it takes what it has kept of them. `progress` and `failures` are as in `run`. Raises
    InputError when there is no whole store, or when another version of the code has read its tables.
    """
    before = read_store(folder)
    listing = read_all(paths)
    if failures is not None:
        failures += [InputError(str(failure)) for failure in listing.failures]
    known = {one.name: one for one in (*before.documents, *listing.documents) if one.reader != BY_HAND}
    by_hand = [one for one in before.documents if one.reader == BY_HAND]
    come = {one.name for one in listing.documents}
    lost = [failure for failure in before.failures if failure.document not in come]
    lost += [failure for failure in listing.failures if failure not in lost]
    by_rules = all_by_rules(folder)
    kept = Readings(folder, by_rules=by_rules)
    texts = [known[name] for name in sorted(known)]
    return _made(texts, kept, lost, 1, progress, by_rules, kept.of_tables(by_hand))


def _made(
    works: Sequence[Document | TableDocument],
    kept: Readings,
    lost: Sequence[Failure],
    workers: int,
    progress: Progress | None,
    by_rules: bool,
    tables: Sequence[DocumentReading] = (),
) -> Store:
    """Extract what is not kept, and merge all, with the readings of `tables`, into a store.

    Raises InputError where two documents have one name: one of a text and one of a table.
    """
    every = Counter([*(_parts_of(work)[0].name for work in works), *(one.document.name for one in tables)])
    if twice := [name for name, times in every.items() if times > 1]:
        raise InputError(f"{min(twice)}: a text and a part of a table made by hand have this name")
    readings, fresh = list(tables), []
    for work in works:
        found = kept.find(*_parts_of(work))
        if found is None:
            fresh.append(work)
        else:
            readings.append(found)
    names = [_parts_of(work)[0].name for work in fresh]
    if progress and fresh:
        progress(0, len(fresh), names[0])
    for done, reading in enumerate(map_ordered(_read_by_rules if by_rules else _read, fresh, workers), 1):
        readings.append(reading)
        kept.add(reading, _parts_of(fresh[done - 1])[1])
        if progress:
            progress(done, len(fresh), names[min(done, len(fresh) - 1)])
    calibration = None if by_rules else load_calibration()
    known_as = hashlib.sha256("\n".join([kept.digest(), *map(str, sorted(lost))]).encode()).hexdigest()
    store = combine(readings, known_as, calibration, lost)
    return replace(store, readings=kept.rows(), kept=len(readings) - len(fresh))


def _parts_of(work: Document | TableDocument) -> tuple[Document, tuple[TableRow, ...]]:
    """Return the document and the facts that the extraction is given beside it."""
    return (work.document, work.rows) if isinstance(work, TableDocument) else (work, ())
