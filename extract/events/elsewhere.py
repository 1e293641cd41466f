"""A date told elsewhere in the article: the summit's own, the stop of a journey, the one day that is still to come.

A rule gives an act whose sentence holds no time expression a date from another sentence, or nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable

from extract import edtf
from extract.dating.observances import anniversary_date
from extract.dating.resolve import resolve
from extract.events.annotated import AnnotatedArticle, starting_in
from extract.events.attachment import carried, carrier, head_of
from extract.events.clause import distance
from extract.events.lexicon import lexicon
from extract.events.triggers import Trigger, lemma_of
from extract.events.when import When, of_timex
from extract.mentions.timex import Timex

_SURVEYED = ("meeting", "visit", "agreement")
_TURN_OF_YEAR = ("12", "01", "02")
_SURVEY = re.compile(
    r"\b(?:in|over|during|of) the (?:preceding|past|previous|outgoing) year\b|\byear in review\b"
    r"|\blooking back (?:on|at|over|to) (?:the (?:past )?year|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:next|new|coming) year\b|\byear ahead\b|\bthis year\b", re.IGNORECASE)
_OPENING = 8
_GOING_ON = lexicon("timing.going_on")
_GATHERINGS = ("gathering", "attend")
_DAYS = ("day", "weekday")
_MOST = 40
_LONGEST_STAGE = 21
_A_MONTH = 31
_DURING_VISIT = re.compile(
    r"\b(?:during|at the time of|on the occasion of|in the course of|while on) (?:the|his|her|their|this|that) "
    r"(?:[\w-]+ ){0,3}(?:visit|trip|tour|stay|journey)\b",
    re.IGNORECASE,
)
DURING_VISIT = When(basis="told as done during a visit that the text does not date", rule="during a visit")


def told_elsewhere(ann: AnnotatedArticle, trigger: Trigger, tense: str | None) -> When | None:
    """Return the date that another sentence gives an act, by the first rule that applies, or None."""
    for rule in RULES:
        found = rule(ann, trigger, tense)
        if found is not None:
            return found
    return None


def marked_day(ann: AnnotatedArticle, trigger: Trigger) -> When | None:
    """ "exchanged congratulations on the 50th anniversary of their relations": sent on the very day that is marked.

    Holds where the day of the founding is known; which two states are meant may be told in the sentence before.
    """
    if trigger.entry.subtype != "message":
        return None
    sentence = trigger.sentence
    for timex in starting_in(ann.timexes, sentence.start, sentence.end):
        if timex.kind == "anniversary":
            before = ann.parsed.sentences[max(0, ann.sentence_number(sentence) - 1)]
            contexts = (ann.text[start : sentence.end] for start in (sentence.start, before.start))
            found = next((a for c in contexts if (a := anniversary_date(timex.count, timex.name, c))), None)
            if found is not None and edtf.precision(found.value) == "day" and _is_near(ann, found.value):
                basis = f"the day on which {timex.count} years of {found.event} ({found.founded}) are marked"
                return When(found.value, basis, "anniversary", True)
    return None


def _is_near(ann: AnnotatedArticle, day: str) -> bool:
    here, there = edtf.bounds(ann.created.value), edtf.bounds(day)
    return here is None or (there is not None and abs((here[0] - there[0]).days) <= _A_MONTH)


def sentence_goes_on(ann: AnnotatedArticle, trigger: Trigger, tense: str | None) -> When | None:
    """ "Ghana hosted the forum 'Peace Now!' | in Accra, from 3 to 5 May": a mark within a name cut the sentence."""
    number = ann.sentence_number(trigger.sentence) + 1
    if trigger.entry.frame not in _GATHERINGS or number >= len(ann.parsed.sentences):
        return None
    rest = ann.parsed.sentences[number]
    if rest.paragraph != trigger.sentence.paragraph or not rest.text[:1].islower():
        return None
    told = starting_in(ann.timexes, rest.start, rest.end)
    return of_timex(told[0], ann, tense, None) if len(told) == 1 and told[0].kind in _DAYS else None


def year_surveyed(ann: AnnotatedArticle, trigger: Trigger, tense: str | None) -> When | None:
    """ "Speaking on 9 January she said that in the preceding year … The Lima Forum was held": of the year surveyed.

    Up to where the text turns to the year ahead. What is said in such a speech is said on its own day.
    """
    created = ann.created.value
    if trigger.entry.kind not in _SURVEYED or tense == "future" or created[5:7] not in _TURN_OF_YEAR:
        return None
    phrase = _SURVEY.search(ann.text, ann.article.start, trigger.sentence.start)
    here = ann.parsed.sentence_at(phrase.start()) if phrase else None
    if phrase is None or here is None or ann.sentence_number(here) > _OPENING or here.start == trigger.sentence.start:
        return None
    if _AHEAD.search(ann.text, phrase.end(), trigger.start):
        return None
    year = f"{int(created[:4]) - (created[5:7] != '12'):04d}"
    return When(year, f"the text surveys {year}", "year surveyed", True)


def same_gathering(ann: AnnotatedArticle, trigger: Trigger, tense: str | None) -> When | None:
    """ "… who came for the Lima Summit held on 4 and 5 May. […] Leaders of 40 states attended the summit." """
    if trigger.entry.frame not in _GATHERINGS or trigger.entry.pos != "NOUN":
        return None
    lemma, dates = lemma_of(trigger.token), set()
    for timex in ann.timexes[:_MOST]:
        sentence = ann.parsed.sentence_at(timex.start) if timex.kind in (*_DAYS, "month") else None
        if sentence is None or sentence.start == trigger.sentence.start or timex.modifier is not None:
            continue
        nouns = [token for token in sentence.span if token.pos_ in ("NOUN", "PROPN") and lemma_of(token) == lemma]
        tokens = sentence.tokens_in(timex.start, min(timex.end, sentence.end)) if nouns else []
        if tokens:
            head = head_of(tokens)
            verb = carrier(head)
            of_it = carried(verb, nouns) is not None if verb is not None else distance(nouns[0], head) <= 2
            if of_it:
                dates.add(resolve(timex, ann.created.value, tense=tense if tense == "future" else "past").value)
    dates.discard(edtf.UNKNOWN)
    if len(dates) != 1:
        return None
    return When(dates.pop(), f"the text dates this {lemma} elsewhere", "same gathering", True)


def next_stage(ann: AnnotatedArticle, trigger: Trigger, tense: str | None) -> When | None:
    """ "On 3 May she flies to Lima. She will then travel to Quito. On 6 May she goes on to Bogota": from 3 to 6 May."""
    if tense != "future" or not _goes_on(trigger):
        return None
    index = bisect_left(ann.timexes, trigger.sentence.start, key=lambda t: t.start)
    before = [t for t in ann.timexes[max(0, index - 2) : index] if t.kind in _DAYS]
    after = [t for t in ann.timexes[index : index + 2] if t.kind in _DAYS]
    if not before or not after:
        return None
    first, last = _last_day(ann, before[-1]), _first_day(ann, after[0])
    if first is None or last is None or not 0 <= (last - first).days <= _LONGEST_STAGE:
        return None
    basis = f"between {first} and {last}, which the text dates before and after it"
    return When(edtf.from_bounds(first, last), basis, "stage of a journey", True)


def _goes_on(trigger: Trigger) -> bool:
    return any(t.lower_ in _GOING_ON for t in trigger.sentence.span if t.dep_ in ("advmod", "mark", "prep"))


def _last_day(ann: AnnotatedArticle, timex: Timex) -> dt.date | None:
    bounds = edtf.bounds(resolve(timex, ann.created.value, tense="future").value)
    return bounds[1] if bounds else None


def _first_day(ann: AnnotatedArticle, timex: Timex) -> dt.date | None:
    bounds = edtf.bounds(resolve(timex, ann.created.value, tense="future").value)
    return bounds[0] if bounds else None


def only_day_to_come(ann: AnnotatedArticle, trigger: Trigger, tense: str | None) -> When | None:
    """ "She will attend the forum in Lima from 3 to 6 May. She will meet her Chilean counterpart": from 3 to 6 May."""
    here = edtf.bounds(ann.created.value)
    if tense != "future" or here is None or len(ann.created.value) != len("2024-05-03") or len(ann.timexes) > _MOST:
        return None
    days = set()
    for timex in ann.timexes:
        if timex.kind == "day" and timex.modifier is None:
            value = resolve(timex, ann.created.value, tense="future" if timex.year is None else None).value
            there = edtf.bounds(value)
            if there is not None and there[0] > here[1]:
                days.add(value)
    if len(days) != 1:
        return None
    return When(days.pop(), "the only day to come that the article names", "only day to come", True)


def during_visit(ann: AnnotatedArticle, trigger: Trigger, tense: str | None) -> When | None:
    """ "During the visit, the queen gave a speech at the university": a word of its own, said on the visit's days.

    Which these are, the visit tells. Not "he said that they had met during the visit".
    """
    told = _DURING_VISIT.search(trigger.sentence.text)
    if trigger.entry.kind != "statement" or tense == "future" or told is None:
        return None
    opens = not trigger.sentence.text[: told.start()].strip(" \"'“")
    return DURING_VISIT if opens or trigger.entry.pos == "NOUN" else None


RULES: tuple[Callable[[AnnotatedArticle, Trigger, str | None], When | None], ...] = (
    sentence_goes_on,
    year_surveyed,
    same_gathering,
    next_stage,
    only_day_to_come,
    during_visit,
)
