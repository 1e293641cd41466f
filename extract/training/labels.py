"""Documents with gold -> what the encoder has to learn about each sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.dating.resolve import resolve
from extract.detection.windows import Passage
from extract.events.passage import Question
from extract.gold import Gold, GoldDocument
from extract.mentions.timex import Timex
from extract.model import KINDS, Document, Span
from extract.pipeline import annotate, combine, read_events
from extract.reading import read_document
from extract.record import to_jsonl
from extract.score import Pair, match, predictions

_SHARE = 0.5
_ENOUGH = 25
_TENSES = (None, "past", "future")


@dataclass(frozen=True, slots=True)
class Label:
    """What gold says about one sentence and one kind of act.

    `told` is None where it is not known (an optional event, a passage that gold does not list although a rule finds a
    gold event there, a sentence outside of what gold covers). `marks` tells of those marks that the gold decides
    whether they take part in the act or date it; `status` and `salience` are those of the first act told.
    """

    told: bool | None
    status: str = ""
    salience: str = ""
    marks: dict[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with a label for each of its sentences and kinds."""

    document: str
    passage: Passage
    labels: tuple[dict[str, Label], ...]


def examples_of(gold: GoldDocument) -> Iterator[Example]:
    """Yield the articles of a document with what the gold says about each of their sentences."""
    document = read_document(gold.path)
    pairs = _matched_by_rules(document, gold)
    for annotated in annotate(document):
        asked = annotated.asked
        labels = tuple(
            {kind: _label(asked, span, kind, gold, pairs, annotated.created.value) for kind in KINDS}
            for span in asked.passage.sentences
        )
        if labels:
            yield Example(document.name, asked.passage, labels)


def _matched_by_rules(document: Document, gold: GoldDocument) -> list[Pair]:
    store = combine([read_events(document, detector=None)])
    records = [json.loads(line) for line in to_jsonl(store.events).splitlines()]
    found = predictions(records, gold)
    return [pair for pair in match(gold.name, gold.events, found) if pair.gold and pair.prediction]


def _label(asked: Question, span: Span, kind: str, gold: GoldDocument, pairs: Sequence[Pair], created: str) -> Label:
    if span.start not in gold.scope:
        return Label(None)
    hits = [event for event in gold.events if event.kind == kind and any(_tells(r, span) for r in event.ranges)]
    required = [event for event in hits if not event.optional]
    if required:
        return Label(True, required[0].status, required[0].salience, _marks(asked, required, created))
    if hits or any(
        pair.gold is not None
        and pair.prediction is not None
        and pair.gold.kind == kind
        and any(span.overlaps(place) for place in pair.prediction.spans)
        for pair in pairs
    ):
        return Label(None)
    return Label(False)


def _tells(mention: Span, sentence: Span) -> bool:
    """Tell whether a passage of gold stands in a sentence: by half the sentence, or 25 characters."""
    shared = min(mention.end, sentence.end) - max(mention.start, sentence.start)
    return shared >= min(_ENOUGH, _SHARE * (sentence.end - sentence.start))


def _marks(asked: Question, events: Sequence[Gold], created: str) -> dict[int, bool]:
    """Return for each state and time of the passage whether it belongs to the acts; left out where gold leaves it."""
    states = frozenset().union(*(event.countries for event in events))
    either = frozenset().union(*(event.countries_optional for event in events)) - states
    dates = {date for event in events for date in event.dates}
    found: dict[int, bool] = {}
    for number, named in enumerate(asked.named):
        if isinstance(named, Timex):
            found[number] = any(resolve(named, created, tense=tense).value in dates for tense in _TENSES)
            continue
        code = asked.code(number)
        if code is not None and code not in either:
            found[number] = code in states
    return found
