"""What the dates in an article resolve to, for its reader: each time expression with its value."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from extract.events.annotated import AnnotatedArticle
from extract.events.attachment import head_of
from extract.events.mention import EventMention
from extract.events.status import tense_of
from extract.events.when import resolve_in
from extract.language import Sentence
from extract.mentions.timex import Timex

_KNOWN = re.compile(r"\d{4}|XXXX-\d\d-\d\d")
_TENSES = ("past", "future")


def dates_told(ann: AnnotatedArticle, mentions: Sequence[EventMention]) -> Iterator[tuple[Timex, str]]:
    """Yield the time expressions of which at least the year, or the month and the day, is known, with their value.

    A value is EDTF, resolved as for an act that the verb of the expression tells; "the following day" counts from the
    date of the act told before it. An expression that dates an act of its sentence has the date of that act.
    """
    dated = sorted((m.trigger_start, m.date) for m in mentions if m.dated)
    starts = [start for start, _ in dated]
    for timex in ann.timexes:
        at = bisect_left(starts, timex.start)
        previous = dated[at - 1][1] if at else None
        sentence = ann.parsed.sentence_at(timex.start)
        value = resolve_in(timex, ann, _tense(sentence, timex) if sentence else None, previous).value
        if sentence is not None:
            acts = {date for _, date in dated[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]}
            if acts and value not in acts:
                value = _of_act(ann, timex, previous, acts) or value
        if _KNOWN.match(value):
            yield timex, value


def _of_act(ann: AnnotatedArticle, timex: Timex, previous: str | None, acts: set[str]) -> str | None:
    """ "postponed a visit that had been scheduled for Sunday": the coming Sunday, as the date of the visit says."""
    values = (resolve_in(timex, ann, tense, previous).value for tense in _TENSES)
    return next((value for value in values if value in acts), None)


def _tense(sentence: Sentence, timex: Timex) -> str | None:
    """Return the tense of the verb that a time expression hangs on."""
    tokens = sentence.tokens_in(timex.start, min(timex.end, sentence.end))
    verb = _verb(head_of(tokens)) if tokens else None
    return tense_of(verb) if verb is not None else None


def _verb(token: Token) -> Token | None:
    return next((t for t in (token, *token.ancestors) if t.pos_ in ("VERB", "AUX")), None)
