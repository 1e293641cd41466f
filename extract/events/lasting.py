"""The days of an act of which the sentence tells one day and the length."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from extract import edtf
from extract.events.annotated import AnnotatedArticle
from extract.events.attachment import carrier
from extract.events.lengths import length_told
from extract.events.triggers import Trigger
from extract.events.when import When

_OPENS = ("begin", "start", "open", "kick", "commence")
_ENDING = re.compile(
    r"\b(?:conclud|end|wrap|w[io]und|finish|complet|clos)\w*(?: (?:up|off))?(?: (?:of )?(?:a|an|his|her|their|its|the))"
    r"(?: [\w.'-]+){0,3} ?$|\b(?:after|from) (?:a|an|his|her|their|its|the) $",
    re.IGNORECASE,
)


def with_length(ann: AnnotatedArticle, trigger: Trigger, head: Token, when: When) -> When:
    """Return the days of an act whose length its sentence tells, `when` being the day that `head` names.

    "The two-day talks will begin on Tuesday": the first day and the length give the range, so do the
    last and it. "She wound up a three-day visit to Chad on Friday": from Wednesday to Friday.
    """
    sentence = trigger.sentence
    told = length_told(ann.text, sentence.start, sentence.end)
    if told is None or edtf.precision(when.date) != "day":
        return when
    days = told.days
    verb = carrier(head)
    if verb is not None and verb.lemma_.lower() in _OPENS:
        return replace(when, date=edtf.lasting(when.date, days), basis=f"{when.basis}; it lasts {days} days")
    ended = _ENDING.search(ann.text, sentence.start, told.span.start)
    if ended is not None and told.span.start <= trigger.start < told.span.end:
        date = edtf.until(when.date, days)
        return replace(when, date=date, basis=f"{when.basis}; it lasted {days} days", rule="last day and length")
    return when
