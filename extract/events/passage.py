"""What the trained detector is asked about an article: its sentences, and who and when stands in them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from extract.detection.windows import Mark, Passage
from extract.events.annotated import AnnotatedArticle
from extract.language import Sentence
from extract.mentions.countries import CountryMention
from extract.mentions.organizations import OrganizationMention
from extract.mentions.people import PersonMention
from extract.mentions.timex import Timex
from extract.model import Span

Named = PersonMention | CountryMention | OrganizationMention | Timex
LONGEST_SENTENCE = 400
"""Words of a sentence at most: longer ones are tables or lists, no prose."""


@dataclass(frozen=True, slots=True)
class Question:
    """A passage with what its parts come from: `sentences` and `named` run parallel to its sentences and marks."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    named: tuple[Named, ...]

    def code(self, mark: int) -> str | None:
        """Return the state that a mark stands for, or None: a time, an organisation, a person without a state."""
        named = self.named[mark]
        if isinstance(named, PersonMention):
            return named.country
        return named.code if isinstance(named, CountryMention) else None


def question(ann: AnnotatedArticle) -> Question:
    """Return the sentences of an article with the marks in them; a state within a person's title is that person's."""
    sentences = tuple(s for s in ann.parsed.sentences if len(s.span) <= LONGEST_SENTENCE)
    marked: list[tuple[Mark, Named]] = []
    for person in ann.people:
        if person.country or person.name:
            marked.append((Mark(person.phrase_start, person.phrase_end, "person"), person))
    titled = sorted((person.phrase_start, person.phrase_end) for person in ann.people)
    for country in ann.countries:
        if not _inside(titled, country.start, country.end):
            marked.append((Mark(country.start, country.end, "state"), country))
    for organization in ann.organizations:
        if not _inside(titled, organization.start, organization.end):
            marked.append((Mark(organization.start, organization.end, "organization"), organization))
    marked += [(Mark(timex.start, timex.end, "time"), timex) for timex in ann.timexes]
    marked.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[0].sort))
    passage = Passage(
        text=ann.text,
        sentences=tuple(Span(s.start, s.end) for s in sentences),
        titles=tuple(s.is_title for s in sentences),
        marks=tuple(mark for mark, _ in marked),
    )
    return Question(passage, sentences, tuple(named for _, named in marked))


def _inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether `start` to `end` lies in one of the spans, which are sorted and hardly overlap."""
    index = bisect_right(spans, (start, 1 << 60)) - 1
    return any(spans[i][0] <= start and end <= spans[i][1] for i in range(max(index - 1, 0), index + 1))
