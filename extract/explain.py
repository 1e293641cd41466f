"""How the events at a place came about: mentions, rules, dates with their basis, and what was dropped and why."""

from __future__ import annotations

from collections.abc import Iterator

from extract.detection.model import Detector
from extract.events.coreference import Cluster, cluster_countries, cluster_date
from extract.events.mention import Dropped, EventMention
from extract.model import Document
from extract.pipeline import read_events
from extract.readings import DocumentReading
from extract.record import printable

_NEAR = 200


def explain(document: Document, at: int | None = None, detector: Detector | None = None) -> Iterator[str]:
    """Yield lines that tell how the events of a document came about, or those with a mention near the offset `at`.

    What the encoder decided stands with its probability, what a rule decided with the rule's name.
    """
    reading = read_events(document, detector)
    yield from _articles(reading, at)
    for cluster in reading.clusters:
        if at is None or any(_near(told.mention.start, told.mention.end, at) for told in cluster.told):
            yield from _cluster(cluster, document)
    for dropped in reading.dropped:
        if at is None or _near(dropped.start, dropped.end, at):
            yield _dropped(dropped, document)


def _near(start: int, end: int, at: int) -> bool:
    return start - _NEAR <= at < end + _NEAR


def _articles(reading: DocumentReading, at: int | None) -> Iterator[str]:
    for row in reading.articles:
        if at is None or row.start <= at < row.end:
            yield f"article {row.article} [{row.start}:{row.end}] {row.date} — {printable(row.date_basis)}"


def _cluster(cluster: Cluster, document: Document) -> Iterator[str]:
    date, basis, rule = cluster_date(cluster)
    best = cluster.best
    yield (
        f"event {best.kind}/{best.subtype} {date} {','.join(sorted(cluster_countries(cluster)))} "
        f"{best.status} {best.salience}"
    )
    yield f"  date by '{rule}': {printable(basis)}"
    for told in cluster.told:
        yield from _mention(told.mention, document)


def _mention(mention: EventMention, document: Document) -> Iterator[str]:
    quote = printable(document.text[mention.start : mention.end])
    word = printable(document.text[mention.trigger_start : mention.trigger_end])
    people = ", ".join(f"{actor.name} ({actor.country or '?'})" for actor in mention.actors)
    known = " anaphoric" if mention.anaphoric else ""
    founder = "encoder" if mention.is_trained else "rule"
    place = f"[{mention.start}:{mention.end}]"
    yield f"  {place} {founder} {mention.rule} on '{word}'{known}; {mention.status}; {mention.date}"
    if mention.probability is not None:
        yield f"    encoder: {mention.kind} here {mention.probability:.3f}{_decisions(mention)}"
    yield f"    states {','.join(sorted(mention.countries)) or '-'}; people {printable(people) or '-'}"
    yield f"    “{quote}”"


def _decisions(mention: EventMention) -> str:
    return "".join(f"; {printable(what)} {likely:.3f}" for what, likely in mention.decisions)


def _dropped(dropped: Dropped, document: Document) -> str:
    word = printable(document.text[dropped.start : dropped.end])
    return f"dropped [{dropped.start}:{dropped.end}] '{word}' {dropped.rule}: {printable(dropped.reason)}"
