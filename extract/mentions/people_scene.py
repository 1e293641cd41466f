"""One paragraph as the rules for persons see it: words, states, titles, names; and what a rule hands back."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.mentions.countries import CountryMention
from extract.mentions.name_words import NameReader, Word, word_sorts, words_of
from extract.mentions.office_holders import office_holders
from extract.mentions.title_words import lexicon, longest
from extract.mentions.titles_of_office import Title, TitleReader

_BLANKS = re.compile(r"[\s\\_]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A person found by a rule, in word indices.

    The name stands from `start` to `end` (empty for an office alone), the phrase with title and state from `first` to
    `last`; `title` and `country` are what the words there say. `polite` tells an honorific ("Mr Blair"), `apposed` a
    title behind the name. `hint` is the state that the surroundings tell, with the basis; `owner` holds the parts of
    the name of whose man it is ("Orban's spokesman").
    """

    start: int
    end: int
    first: int
    last: int
    rule: str
    title: Title | None = None
    country: str | None = None
    polite: bool = False
    apposed: bool = False
    hint: tuple[str, str] | None = None
    owner: tuple[str, ...] = ()


class Scene:
    """The words of one paragraph with what is needed to read titles and names in them."""

    def __init__(
        self, text: str, start: int, end: int, countries: Sequence[CountryMention], heading: bool, lower: bool = False
    ) -> None:
        """Split `text[start:end]`; `countries` are the mentions within it; `lower` tells a text without capitals."""
        self.text = text
        self.words: list[Word] = words_of(text, start, end)
        if lower:
            self.words = office_holders().capitalized(self.words)
        self.heading = heading
        self._particles = word_sorts()["particle"]
        starts = [word.start for word in self.words]
        self.states: dict[int, tuple[CountryMention, int]] = {}
        barred: set[int] = set()
        for mention in countries:
            index, stop = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
            whole = index < stop and starts[index] == mention.start and self.words[stop - 1].end == mention.end
            if whole:
                self.states[index] = (mention, stop)
            if whole and (mention.strong or mention.form in ("name", "demonym")):
                barred.update(range(index, stop))
        self.titles = TitleReader(self.words, self.states)
        self.names = NameReader(self.words, stop_words(heading), frozenset(barred))

    def key(self, index: int) -> str:
        """Return the folded word at `index`, empty beyond the ends."""
        return self.words[index].key if 0 <= index < len(self.words) else ""

    def written(self, start: int, end: int) -> str:
        """Return the words `start` to `end` as they stand in the text, blanks and escaped ones made single."""
        if end <= start:
            return ""
        return _BLANKS.sub(" ", self.text[self.words[start].start : self.words[end - 1].end])

    def role(self, draft: Draft) -> str:
        """Return the office of a draft as written, without its state; empty where it has no title."""
        return self.written(draft.title.role_start, draft.title.role_end) if draft.title else ""

    def after_honorifics(self, index: int) -> int:
        """Return the index after "Mr", "Dr.", "H.E.", "the Hon.", "Sheikh" and the like, or `index`."""
        table = lexicon().honorifics
        while index < len(self.words) and (self.words[index].shape != "-" or self.key(index) == "the"):
            found = longest(self.words, index, table)
            if found is None or not self._before_name(found[0]):
                break
            index = found[0]
        return index

    def _before_name(self, index: int) -> bool:
        return index < len(self.words) and (self.words[index].shape != "-" or self.key(index) in self._particles)


@cache
def stop_words(heading: bool) -> frozenset[str]:
    """Return the words that no name holds; in a headline verbs too, which have capitals there."""
    sorts = word_sorts()
    stops = sorts["stop"] | lexicon().single
    return stops | sorts["verb"] if heading else stops
