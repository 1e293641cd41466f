"""Which sentences can matter, told before they are parsed: by words of an act, names, times, and by the encoder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.events.annotated import starting_in, within
from extract.events.lexicon import lexicon
from extract.events.passage import Detection
from extract.events.triggers import entries
from extract.language import forms_of
from extract.mentions.countries import CountryMention
from extract.mentions.people import PersonMention
from extract.mentions.timex import Timex
from extract.model import Article

SEVERAL = 3
"""Names of persons and states from which a sentence without a word of an act may tell one all the same."""
_WORD = re.compile(r"[a-z]+")
_OPEN = "("


@cache
def _evoking() -> frozenset[str]:
    """Return the words, in lower case, of which one stands in every sentence that evokes an act by a word."""
    return forms_of({entry.lemma[-1] for entry in entries()})


@cache
def _telling() -> frozenset[str]:
    """Return these words and those by which a sentence tells an act without evoking it."""
    return _evoking() | lexicon("worth.words")


@dataclass(frozen=True, slots=True)
class Worth:
    """What stands in the sentences of an article, and with it which of them can matter; offsets are the document's."""

    article: Article
    countries: Sequence[CountryMention]
    people: Sequence[PersonMention]
    timexes: Sequence[Timex]

    def asking(self, start: int, end: int) -> bool:
        """Tell whether a sentence may tell of an act, by a word or by who is in it, so that the encoder is asked."""
        if not _evoking().isdisjoint(self._words(start, end)):
            return True
        return len(within(self.people, start, end)) + len(within(self.countries, start, end)) >= SEVERAL

    def parsing(self, start: int, end: int, detection: Detection | None = None) -> bool:
        """Tell whether a sentence needs a parse, `detection` being what the encoder makes of the article, if asked.

        The others are read as the context of these alone: for who "they" are, and as what the encoder sees around them.
        """
        title = self.article.title
        if title is not None and title.start <= start < title.end:
            return True
        states = starting_in(self.countries, start, end)
        if states and _OPEN in self.article.document.text[start:end]:
            # "ANNE MUTISO (Kenya) found the text wanting": who speaks on the floor of a body.
            return True
        if detection is not None and detection.is_silent(start):
            return False
        if not _telling().isdisjoint(self._words(start, end)) or starting_in(self.timexes, start, end):
            return True
        return len(states) + len(starting_in(self.people, start, end)) >= SEVERAL

    def _words(self, start: int, end: int) -> list[str]:
        return _WORD.findall(self.article.document.text[start:end].lower())

