"""Which sentences can matter, told before they are parsed: those with a word of an act, several names, or a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from extract.events.annotated import starting_in
from extract.events.lexicon import lexicon
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
def _words() -> frozenset[str]:
    """Return the words, in lower case, of which one stands in every sentence that tells an act by a word."""
    return forms_of({entry.lemma[-1] for entry in entries()}) | lexicon("worth.words")


def worth_parsing(
    article: Article, countries: Sequence[CountryMention], people: Sequence[PersonMention], timexes: Sequence[Timex]
) -> Callable[[int, int], bool]:
    """Return what tells of a sentence of an article, by its offsets in the document, whether it needs a parse.

    The others are read as the context of these alone: for who "they" are, and as what the encoder sees around them.
    """
    text, title, words = article.document.text, article.title, _words()

    def wanted(start: int, end: int) -> bool:
        if title is not None and title.start <= start < title.end:
            return True
        if not words.isdisjoint(_WORD.findall(text[start:end].lower())) or starting_in(timexes, start, end):
            return True
        states = starting_in(countries, start, end)
        if len(states) + len(starting_in(people, start, end)) >= SEVERAL:
            return True
        # "ANNE MUTISO (Kenya) found the text wanting": who speaks on the floor of a body.
        return bool(states) and _OPEN in text[start:end]

    return wanted
