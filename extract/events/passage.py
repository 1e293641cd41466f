"""What the trained detector is asked about an article: its sentences, and who and when stands in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extract.detection.model import Detector, Reading
from extract.detection.windows import Mark, Passage
from extract.language import Bounds
from extract.mentions.countries import CountryMention
from extract.mentions.organizations import OrganizationMention
from extract.mentions.people import PersonMention
from extract.mentions.timex import Timex
from extract.model import Span

Named = PersonMention | CountryMention | OrganizationMention | Timex
SILENT = 0.1
"""Probability of each kind below which the encoder takes a sentence for one that tells no act at all."""
LONGEST_SENTENCE = 400
"""Words of a sentence at most: longer ones are tables or lists, no prose."""


@dataclass(frozen=True, slots=True)
class Question:
    """A passage with what its parts come from: `sentences` and `named` run parallel to its sentences and marks."""

    passage: Passage
    sentences: tuple[Bounds, ...]
    named: tuple[Named, ...]

    def code(self, mark: int) -> str | None:
        """Return the state that a mark stands for, or None: a time, an organisation, a person without a state."""
        named = self.named[mark]
        if isinstance(named, PersonMention):
            return named.country
        return named.code if isinstance(named, CountryMention) else None


@dataclass(frozen=True, slots=True)
class Detection:
    """What the encoder made of an article: its question, and a reading for each sentence asked, by its start."""

    asked: Question
    readings: dict[int, Reading]

    def highest(self, start: int) -> float | None:
        """Return how likely the sentence at `start` tells an act, of the likeliest kind; None where nobody asked."""
        found = self.readings.get(start)
        return max(judgement.probability for judgement in found.values()) if found else None

    def is_silent(self, start: int) -> bool:
        """Tell whether the encoder was asked about the sentence at `start` and takes it to tell no act of any kind."""
        highest = self.highest(start)
        return highest is not None and highest < SILENT

    def probability(self, start: int, kind: str) -> float | None:
        """Return how likely the sentence at `start` tells an act of a kind; None where the encoder was not asked."""
        found = self.readings.get(start)
        return found[kind].probability if found else None


def question(
    text: str,
    sentences: Sequence[Bounds],
    countries: Sequence[CountryMention],
    people: Sequence[PersonMention],
    organizations: Sequence[OrganizationMention],
    timexes: Sequence[Timex],
) -> Question:
    """Return the sentences of an article of the document `text` with the marks in them.

    A state within a person's title is that person's.
    """
    marked: list[tuple[Mark, Named]] = []
    for person in people:
        if person.country or person.name:
            marked.append((Mark(person.phrase_start, person.phrase_end, "person"), person))
    titled = sorted((person.phrase_start, person.phrase_end) for person in people)
    for country in countries:
        if not _inside(titled, country.start, country.end):
            marked.append((Mark(country.start, country.end, "state"), country))
    for organization in organizations:
        if not _inside(titled, organization.start, organization.end):
            marked.append((Mark(organization.start, organization.end, "organization"), organization))
    marked += [(Mark(timex.start, timex.end, "time"), timex) for timex in timexes]
    marked.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[0].sort))
    prose = tuple(s for s in sentences if s.words <= LONGEST_SENTENCE)
    passage = Passage(
        text=text,
        sentences=tuple(Span(s.start, s.end) for s in prose),
        titles=tuple(s.is_title for s in prose),
        marks=tuple(mark for mark, _ in marked),
    )
    return Question(passage, prose, tuple(named for _, named in marked))


def detect(asked: Question, detector: Detector | None, may_tell: Callable[[int, int], bool]) -> Detection | None:
    """Ask the encoder about those sentences of which `may_tell` says, by their offsets, that they may tell of an act.

    The others take a fifth of its time and hold few acts: recall 0.690 with them, 0.679 without (tests/scoreboard.md).
    Returns None where there is no encoder.
    """
    if detector is None:
        return None
    wanted = tuple(may_tell(sentence.start, sentence.end) for sentence in asked.sentences)
    readings = detector.read(replace(asked.passage, wanted=wanted))
    return Detection(asked, {asked.sentences[number].start: reading for number, reading in readings.items()})


def _inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether `start` to `end` lies in one of the spans, which are sorted and hardly overlap."""
    index = bisect_right(spans, (start, 1 << 60)) - 1
    return any(spans[i][0] <= start and end <= spans[i][1] for i in range(max(index - 1, 0), index + 1))
