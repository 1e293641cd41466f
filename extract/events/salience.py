"""Salience: what a text reports as its news or its record, against what it mentions in passing."""

from __future__ import annotations

from extract import edtf
from extract.events.annotated import AnnotatedArticle
from extract.events.status import StatusReading
from extract.language import Sentence

_LEAD = 4
_NEWS_DAYS = 10
_PLAN_DAYS = 45


def read_salience(ann: AnnotatedArticle, number: int, sentence: Sentence, date: str, reading: StatusReading) -> str:
    """Return main or background: by the distance from the article's date where both are known, else by the place.

    An act is background when it lies more than ten days before the article or a month and a half after it; without a
    date, when it is told below the lead as something past before the past ("had met").
    """
    here, there = edtf.bounds(ann.created.value), edtf.bounds(date)
    if here is not None and there is not None:
        before, after = (here[0] - there[1]).days, (there[0] - here[1]).days
        return "background" if before > _NEWS_DAYS or after > _PLAN_DAYS else "main"
    return "main" if sentence.is_title or number < _LEAD or reading.tense != "pluperfect" else "background"
