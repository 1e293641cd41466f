"""An article with everything that was recognised in it: what the event rules look at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from extract.dating.dct import CreationTime
from extract.events.passage import Detection, Question
from extract.language import Parsed, Sentence
from extract.mentions.countries import CountryMention
from extract.mentions.organizations import OrganizationMention
from extract.mentions.people import PersonMention
from extract.mentions.places import PlaceMention
from extract.mentions.timex import Timex
from extract.model import Article


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Spanned)


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """One article, its creation time, its parse and its mentions; each tuple is sorted by start and non-overlapping.

    `asked` is what the encoder is asked about it, `detection` what it makes of that, where there is one; `home` is the
    state whose release it is, if that is told.
    """

    article: Article
    created: CreationTime
    parsed: Parsed
    countries: tuple[CountryMention, ...]
    people: tuple[PersonMention, ...]
    places: tuple[PlaceMention, ...]
    organizations: tuple[OrganizationMention, ...]
    timexes: tuple[Timex, ...]
    asked: Question
    home: str | None = None
    detection: Detection | None = None

    @property
    def text(self) -> str:
        """The text of the whole document, which all offsets point into."""
        return self.article.document.text

    def sentence_number(self, sentence: Sentence) -> int:
        """Return the place of a sentence among the article's sentences, from 0."""
        return bisect_left(self.parsed.sentences, sentence.start, key=lambda s: s.start)


def within(mentions: Sequence[S], start: int, end: int) -> list[S]:
    """Return the mentions that lie wholly in the document's span `start` to `end`; `mentions` sorted by start."""
    first = bisect_left(mentions, start, key=lambda m: m.start)
    found = []
    for mention in mentions[first:]:
        if mention.start >= end:
            break
        if mention.end <= end:
            found.append(mention)
    return found


def starting_in(mentions: Sequence[S], start: int, end: int) -> list[S]:
    """Return the mentions that begin in the document's span `start` to `end`; `mentions` sorted by start.

    Unlike `within`, it holds "June 13-14" where a sentence was cut in the middle of it.
    """
    first = bisect_left(mentions, start, key=lambda m: m.start)
    last = bisect_left(mentions, end, lo=first, key=lambda m: m.start)
    return list(mentions[first:last])


def covering(mentions: Sequence[S], offset: int) -> S | None:
    """Return the mention that covers the document's `offset`, or None; `mentions` sorted by start."""
    index = bisect_left(mentions, offset + 1, key=lambda m: m.start) - 1
    # Compounds such as "China-Russia" may overlap their neighbour; two steps back are enough to see past them.
    for mention in mentions[max(index - 1, 0) : index + 1][::-1]:
        if mention.start <= offset < mention.end:
            return mention
    return None
