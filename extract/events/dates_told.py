"""What the dates in an article resolve to, for its reader: each time expression with its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from extract.events.annotated import AnnotatedArticle
from extract.events.attachment import head_of
from extract.events.mention import EventMention
from extract.events.status import tense_of
from extract.events.when import resolve_in
from extract.mentions.timex import Timex

_TELLING = re.compile(r"\d{4}|XXXX-\d\d-\d\d")


def dates_told(ann: AnnotatedArticle, mentions: Sequence[EventMention]) -> Iterator[tuple[Timex, str]]:
    """Yield the time expressions of which at least the year, or the month and the day, is known, with their value.

    A value is EDTF, resolved as for an act that the verb of the expression tells; "the following day" counts from the
    date of the act told before it.
    """
    told = [(mention.trigger_start, mention.date) for mention in mentions if mention.dated]
    told.sort(reverse=True)
    previous: str | None = None
    for timex in ann.timexes:
        while told and told[-1][0] < timex.start:
            previous = told.pop()[1]
        value = resolve_in(timex, ann, _tense(ann, timex), previous).value
        if _TELLING.match(value):
            yield timex, value


def _tense(ann: AnnotatedArticle, timex: Timex) -> str | None:
    """Return the tense of the verb that a time expression hangs on."""
    sentence = ann.parsed.sentence_at(timex.start)
    tokens = sentence.tokens_in(timex.start, min(timex.end, sentence.end)) if sentence is not None else []
    verb = _verb(head_of(tokens)) if tokens else None
    return tense_of(verb) if verb is not None else None


def _verb(token: Token) -> Token | None:
    return next((t for t in (token, *token.ancestors) if t.pos_ in ("VERB", "AUX")), None)
