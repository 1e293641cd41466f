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
_FIRST_PERSON = frozenset(["i", "we", "our", "my"])


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """One article, its creation time, its parse and its mentions; each tuple is sorted by start and non-overlapping.

    `asked` is what the encoder is asked about it, `detection` what it makes of that, where there is one; `home` is the
    state whose release it is, if that is told; `own_words` the share of its sentences in which "I" or "we" speaks.
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
    own_words: float
    home: str | None = None
    detection: Detection | None = None

    @property
    def text(self) -> str:
        """The text of the whole document, which all offsets point into."""
        return self.article.document.text

    def sentence_number(self, sentence: Sentence) -> int:
        """Return the place of a sentence among the article's sentences, from 0."""
        return bisect_left(self.parsed.sentences, sentence.start, key=lambda s: s.start)


def share_of_own_words(parsed: Parsed) -> float:
    """Return the share of sentences in which "I" or "we" speaks outside of quotation marks."""
    sentences = parsed.sentences
    first = sum(any(t.lower_ in _FIRST_PERSON for t in s.span) and '"' not in s.text for s in sentences)
    return first / max(1, len(sentences))


def within(mentions: Sequence[S], start: int, end: int) -> list[S]:
    """Return the mentions that lie wholly in the document's span `start` to `end`; `mentions` sorted by start."""
    first = bisect_left(mentions, start, key=lambda m: m.start)
    found = []
    for at in range(first, len(mentions)):
        if mentions[at].start >= end:
            break
        if mentions[at].end <= end:
            found.append(mentions[at])
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
