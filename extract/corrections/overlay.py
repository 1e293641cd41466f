"""Corrections laid over what was extracted: the events as the analysts have decided, and what they did not foresee.

A correction outlives the extraction that it was made on. Its events are found again by their id, by an id that they
had (`aliases`), or by their evidence: an act of the same kind, told by a passage of the same document that overlaps.
Where the extraction says something else by now, the decision stands and the new reading is kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.corrections.entries import Correction, active
from extract.model import InputError
from extract.record import Event, Source

STATES = {"confirm": "confirmed", "edit": "corrected", "merge": "merged", "split": "split", "add": "added"}
# What a correction is about; sources may grow with the store, and confidence is a figure of the extraction.
COMPARED = ("kind", "subtype", "status", "salience", "date", "countries", "organizations", "actors", "place", "parts",
            "place_country", "title")


@dataclass(frozen=True, slots=True)
class Review:
    """What was decided about an event: the `state` it is in, by the entry that decided last.

    `extracted` is what the extraction says now, where that differs from what the decision was made on; `missing` tells
    that the extraction does not find the event any more.
    """

    state: str
    entry: Correction
    extracted: Event | None = None
    missing: bool = False


@dataclass(slots=True)
class Reviewed:
    """Events as decided. `reviews` tells of each event that was decided on; `rejected` are those taken out, with what
    they were; `replaced` leads from the id of an event that was merged, split or renamed to the ids in its place;
    `lost` are corrections none of whose evidence stands in the documents any more.
    """

    events: dict[str, Event]
    reviews: dict[str, Review] = field(default_factory=dict)
    rejected: dict[str, tuple[Event, Review]] = field(default_factory=dict)
    replaced: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lost: list[Correction] = field(default_factory=list)


def lay_over(
    events: Iterable[Event], entries: Iterable[Correction], texts: Mapping[str, str],
    aliases: Mapping[str, str] | None = None,
) -> Reviewed:
    """Apply the entries of a journal to extracted events: all of them, or all those that the entries are about.

    `texts` are the documents by name, against which quotes are checked; `aliases` lead from former ids to the events.
    """
    known = tuple(entries)
    replay = _Replay(tuple(events), texts, aliases or {}, _made(known))
    for entry in active(known):
        if entry.action != "undo":
            replay.apply(entry)
    return replay.found


def _made(entries: Iterable[Correction]) -> frozenset[str]:
    """Return the ids of the events that these entries made."""
    return frozenset(
        one.id for entry in entries if entry.action != "undo"
        for one in entry.after if one.id not in {then.id for then in entry.before}
    )


def differing(one: Event, other: Event) -> tuple[str, ...]:
    """Return the names of the fields in which two readings of an event differ."""
    return tuple(name for name in COMPARED if getattr(one, name) != getattr(other, name))


def joined(one: Sequence[Source], other: Sequence[Source]) -> tuple[Source, ...]:
    """Return the passages of both, those that stand in both once."""
    known = {(source.document, source.start, source.end) for source in one}
    return (*one, *(s for s in other if (s.document, s.start, s.end) not in known))


class _Replay:
    """Applies entries one after the other.

    `bases` are the readings on which the first decision on an event was made, `made` the ids of events that entries
    have made, also of those that do not stand.
    """

    def __init__(
        self, events: tuple[Event, ...], texts: Mapping[str, str], aliases: Mapping[str, str], made: frozenset[str],
    ) -> None:
        self.found = Reviewed({one.id: one for one in events})
        self.made = made
        self.extracted = dict(self.found.events)
        self.texts, self.aliases = texts, aliases
        self.bases: dict[str, Event] = {}

    def apply(self, entry: Correction) -> None:
        here = [self._again(one) for one in entry.before]
        known = [one for one in here if one is not None]
        if not known and any(one.id in self.made for one in entry.before):
            # What made these events was undone, and so is what was done to them.
            return
        if entry.action in ("confirm", "edit") and known:
            after = [self._decided(entry, known[0])]
        else:
            after = [one for one in map(self._standing, entry.after) if one is not None]
            if len(after) < len(entry.after):
                self.found.lost.append(entry)
                return
        base = self.bases.get(known[0].id, entry.before[0]) if known else None
        for then, now in zip(entry.before, here, strict=True):
            self._replace(entry, then, now, after)
        for one in after:
            self.found.events[one.id] = one
            self.found.replaced.pop(one.id, None)
            self.found.rejected.pop(one.id, None)
            now = self.extracted.get(one.id)
            news = now if base and now and differing(base, now) and differing(one, now) else None
            self.found.reviews[one.id] = Review(STATES[entry.action], entry, news, bool(entry.before) and not known)
            if base:
                self.bases[one.id] = base

    def _replace(self, entry: Correction, then: Event, now: Event | None, after: Sequence[Event]) -> None:
        """Take an event out, by the id that it had and the one that it has."""
        for gone in {then.id, now.id if now else then.id}:
            self.found.events.pop(gone, None)
            self.found.reviews.pop(gone, None)
            self.found.replaced[gone] = tuple(one.id for one in after)
        if entry.action == "reject":
            out = now or then
            self.found.rejected[out.id] = out, Review("rejected", entry, missing=now is None)

    def _decided(self, entry: Correction, now: Event) -> Event:
        """Return an event as confirmed or edited: by the id that it has now, with the passages found since."""
        (then,), (wanted,) = entry.before, entry.after
        standing = self._standing(wanted)
        sources = joined(standing.sources if standing else (), now.sources)
        whole = replace(wanted, id=now.id, sources=sources)
        if entry.action == "confirm":
            return whole
        try:
            # What was not edited follows the extraction, and the undoing of an earlier edit.
            return replace(now, sources=sources, **{name: getattr(wanted, name) for name in differing(then, wanted)})
        except InputError:
            return whole

    def _again(self, then: Event) -> Event | None:
        """Find an event of former days among those of today."""
        events = self.found.events
        if same := events.get(then.id) or events.get(self.aliases.get(then.id, "")):
            return same
        if then.id in self.made:
            return None
        documents = {source.document for source in then.sources}
        near = [one for one in events.values() if any(source.document in documents for source in one.sources)]
        best = max(near, key=lambda one: (_alike(then, one), one.id), default=None)
        return best if best is not None and _alike(then, best) > 0 else None

    def _standing(self, one: Event) -> Event | None:
        """Return an event with those of its quotes that still stand in their documents; None where none does.

        A quote that has moved within its document, and stands there once, is found again.
        """
        sources = []
        for source in one.sources:
            text = self.texts.get(source.document, "")
            if text[source.start : source.end] == source.quote:
                sources.append(source)
            elif text.count(source.quote) == 1:
                start = text.index(source.quote)
                sources.append(replace(source, start=start, end=start + len(source.quote)))
        return replace(one, sources=tuple(sources)) if sources else None


def _alike(one: Event, other: Event) -> int:
    """Return how much of the evidence of two readings of one act overlaps, in characters; 0 for different acts.

    One sentence may tell several acts: their kind and countries, or else their day, tell them apart.
    """
    mine, theirs = set(one.countries), set(other.countries)
    same_day = one.date == other.date and (mine <= theirs or theirs <= mine)
    if one.kind != other.kind or not (mine == theirs or same_day):
        return 0
    return sum(_overlap(a, b) for a in one.sources for b in other.sources)


def _overlap(one: Source, other: Source) -> int:
    if one.document != other.document:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))
