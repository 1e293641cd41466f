"""When: which time expression belongs to which act, and what an act without one may take its date from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from extract import edtf
from extract.dating.resolve import resolve
from extract.events.annotated import AnnotatedArticle, starting_in
from extract.events.attachment import (
    ACROSS,
    Apart,
    apart,
    carried,
    carrier,
    cost,
    dates_what_went_before,
    head_of,
    without_glossed,
)
from extract.events.chronology import Line
from extract.events.clause import distance
from extract.events.elsewhere import marked_day, told_elsewhere
from extract.events.lasting import with_length
from extract.events.lexicon import lexicon
from extract.events.triggers import Trigger
from extract.events.when import When, of_timex
from extract.language import Sentence
from extract.mentions.timex import Timex

_FAR = 7
_LIMITS = ("since", "until", "by", "before")
_FINE = ("day", "weekday", "offset", "observance")
_COARSE = ("period", "year", "month", "season")
_ARRIVAL = re.compile(
    r"\b(?:(?:soon|shortly|right|immediately) after|up ?on|on) (?:(?:his|her|their|the) )?arriv(?:al|ing)\b"
)
_PICTURE = re.compile(r"\b(?:photo(?:graph)?|pictured?|image|file|getty|reuters|afp|epa|\[?ap)\b", re.IGNORECASE)
_WITH = 2
_TO_GO_TO = ("meeting", "visit")
_VAGUE_DAYS = 10
_BESIDE = 4
_BESIDE_RECORD = 31
_LOOKING_BACK = lexicon("timing.looking_back")
LOOKING_BACK = When(basis="told as an act of some time before, without a date", rule="looking back")


@dataclass(frozen=True, slots=True)
class _Telling:
    """An act to be dated: its trigger, the sentence's other triggers, its verb's tense, the date told before it."""

    ann: AnnotatedArticle
    trigger: Trigger
    rivals: Sequence[Trigger]
    tense: str | None
    previous: str | None


def date_trigger(
    ann: AnnotatedArticle,
    trigger: Trigger,
    rivals: Sequence[Trigger],
    tense: str | None,
    previous: str | None,
    line: Line | None = None,
) -> When:
    """Return the date that the trigger's own sentence gives the act, else the line of a chronology, or an unknown one.

    `rivals` are the other triggers of the sentence: a time expression belongs to the nearest of them in the grammar.
    `previous` is the date of the act told before, for "the following day".
    """
    if line is not None and line.rules:
        return _told_in_record(ann, trigger.sentence, trigger.start, line) or _of_line(line)
    if line is not None and edtf.precision(line.date) == "year":
        # "2004: Foreign Minister Banda came to Oslo on 3 May": a day of the year that the line or its heading names.
        ann = replace(ann, created=replace(ann.created, value=line.date))
    marked = marked_day(ann, trigger)
    if marked is not None:
        return marked
    telling = _Telling(ann, trigger, [r for r in rivals if not _is_same(trigger, r)], tense, previous)
    heads = _expressions(telling)
    gap = apart(trigger.token)
    if gap is not None:
        inside = [(timex, head) for timex, head in heads if head.i in gap.scope]
        return _best(telling, inside) if inside else _counted(telling, gap, heads)
    when = _best(telling, heads)
    if when.dated or any(timex.modifier not in _LIMITS for timex, _ in heads):
        return when
    if line is not None and not heads:
        return _of_line(line)
    arrival = _on_arrival(telling)
    if arrival is not None:
        return arrival
    return LOOKING_BACK if _looks_back(trigger.token, tense) else told_elsewhere(ann, trigger, tense) or when


def date_note(ann: AnnotatedArticle, sentence: Sentence, line: Line | None) -> When:
    """Return the date of a note in a log: a day that it tells itself, else that of its record."""
    if line is None:
        return When()
    return _told_in_record(ann, sentence, sentence.start, line) or _of_line(line)


def _told_in_record(ann: AnnotatedArticle, sentence: Sentence, at: int, line: Line) -> When | None:
    """Return the day that the remarks of a record tell of an act: "Attended the forum May 10-11. Met May 11 with …".

    It is the nearest to the act's words in the sentence, without its year, and falls within the record's days or
    close to them.
    """
    days = edtf.bounds(line.date) if line.is_record else None
    if days is None:
        return None
    told = [t for t in starting_in(ann.timexes, sentence.start, sentence.end) if t.kind == "day" and t.year is None]
    told.sort(key=lambda t: (t.start < at, abs(t.start - at)))
    for timex in told:
        found = resolve(timex, days[0].isoformat())
        near = edtf.bounds(found.value)
        if near is not None and abs((near[0] - days[0]).days) <= _BESIDE_RECORD:
            return When(found.value, f"{line.basis}, and the day told with it", "line of a chronology", True)
    return None


def _is_same(trigger: Trigger, other: Trigger) -> bool:
    """Tell whether two triggers stand for one act: the same word, or "said" with its "in a statement"."""
    if trigger.token.i == other.token.i:
        return True
    spoken = trigger.entry.kind == other.entry.kind == "statement" and other.entry.pos == "NOUN"
    return spoken and distance(trigger.token, other.token) <= _WITH and trigger.token in other.token.ancestors


def _on_arrival(telling: _Telling) -> When | None:
    """ "Kenyatta came to Accra on Monday […] The two held talks soon after his arrival": the day of the arrival."""
    previous = telling.previous
    if previous is None or edtf.precision(previous.partition("/")[0]) != "day":
        return None
    if telling.tense != "past" or not _ARRIVAL.search(telling.trigger.sentence.text):
        return None
    return When(previous.partition("/")[0], "the day of the arrival, told before it", "on arrival", True)


def _looks_back(token: Token, tense: str | None) -> bool:
    """Tell whether an act is told as one of before: "has repeatedly called for", "had told", "said at the time"."""
    if tense == "pluperfect":
        return True
    if tense == "future":
        return False
    words = [child for child in token.children if child.dep_ == "advmod"]
    words += [noun for child in token.children if child.dep_ == "prep" for noun in child.children]
    return any(word.lower_ in _LOOKING_BACK and abs(word.i - token.i) <= _BESIDE for word in words)


def _expressions(telling: _Telling) -> list[tuple[Timex, Token]]:
    """Return the time expressions of the sentence with their heads, without the dateline's: that dates the report."""
    ann, sentence = telling.ann, telling.trigger.sentence
    found = starting_in(ann.timexes, sentence.start, sentence.end)
    dateline = ann.article.dateline
    if dateline is not None:
        found = [timex for timex in found if not dateline.start <= timex.start < dateline.end]
    found = [timex for timex in found if not _opens_clause(ann, timex)]
    heads = [(timex, sentence.tokens_in(timex.start, min(timex.end, sentence.end))) for timex in found]
    return without_glossed(ann.text, [(timex, head_of(tokens)) for timex, tokens in heads if tokens])


def _best(telling: _Telling, heads: list[tuple[Timex, Token]]) -> When:
    """Return the date of the expression nearest to the act, else of the only one of the sentence."""
    near = [(steps, timex, head) for timex, head in heads if (steps := _steps(telling, timex, head)) is not None]
    if not near:
        return _only_date(telling, heads)
    least = min(steps for steps, _, _ in near)
    token = telling.trigger.token
    near = [n for n in near if n[0] <= least + 1]
    for _, timex, head in sorted(near, key=lambda n: (_vagueness(n[1]), n[0], abs(n[2].i - token.i))):
        when = of_timex(timex, telling.ann, _tense_at(telling, timex), telling.previous)
        if when.dated:
            return _finer_than_year(telling, timex, heads) or with_length(telling.ann, telling.trigger, head, when)
    return When()


def _finer_than_year(telling: _Telling, year: Timex, heads: list[tuple[Timex, Token]]) -> When | None:
    """ "On 3-5 May she will travel to Lima to take part in the Forum's 2022 Ministerial": the days of the sentence.

    They are the only other time that it tells, and fall in the year.
    """
    others = [(timex, head) for timex, head in heads if timex is not year]
    trigger = telling.trigger
    if year.kind != "year" or len(others) != 1 or trigger.entry.kind not in _TO_GO_TO:
        return None
    timex, head = others[0]
    if timex.kind not in ("day", "month") or timex.modifier is not None or cost(trigger.token, head) >= ACROSS:
        return None
    when = of_timex(timex, telling.ann, _tense_at(telling, timex), telling.previous)
    within = when.dated and edtf.compatible(when.date, f"{year.year:04d}") if year.year else False
    return with_length(telling.ann, telling.trigger, head, when) if within else None


def _vagueness(timex: Timex) -> int:
    """Rank an expression beside another that is as near: "one month later, from 10 to 13 August 1975" is the latter."""
    if timex.kind in ("vague", "nearby") or (timex.kind == "offset" and timex.count is None):
        return 3
    return 2 if timex.kind == "year" else 0


def _steps(telling: _Telling, timex: Timex, head: Token) -> float | None:
    """Return how far an expression is from the act, or None where it dates another act or none."""
    trigger, token = telling.trigger, telling.trigger.token
    own = head.head == token and head.dep_ in ("nmod", "compound", "nummod", "npadvmod")
    if timex.modifier in _LIMITS and trigger.entry.frame != "relations" and not own:
        return None
    if trigger.entry.kind == "statement" and timex.unit == "year" and timex.direction:
        # "Cooperation grew last year, he said": the year is what is spoken of.
        return None
    if timex.kind in _COARSE and dates_what_went_before(token, head):
        return None
    verb = carrier(head)
    if verb is not None and verb != token:
        nouns = sorted((t.token for t in (trigger, *telling.rivals) if t.entry.pos == "NOUN"), key=lambda t: t.i)
        noun = carried(verb, nouns)
        if noun is not None:
            # "the Lima Summit of the Forum held on 4 May": the forum's day is the summit's.
            return 1.0 if noun == token or (noun.dep_ == "pobj" and noun.head.head == token) else None
    if trigger.entry.kind == "statement" and timex.kind == "year" and token not in (head.head, head.head.head):
        # "said that aid in 2014 was spent well": as above.
        return None
    steps = cost(token, head)
    if steps > _FAR or any(cost(r.token, head) + 1 < steps for r in telling.rivals):
        return None
    return steps


def _of_line(line: Line) -> When:
    return When(line.date, line.basis, "line of a chronology", True)


def _opens_clause(ann: AnnotatedArticle, timex: Timex) -> bool:
    """ "met on Tuesday, a day after they had signed": counted from the one act to the other, it dates neither."""
    words = ann.text[timex.start : timex.end].lower()
    return timex.kind in ("nearby", "offset") and words.endswith(("after", "before"))


def _only_date(telling: _Telling, heads: list[tuple[Timex, Token]]) -> When:
    """ "will travel to Doha, March 25-27, to attend the forum": the one date of a sentence serves all its acts.

    Not across reported speech, and not "since 2012", which dates a beginning.
    """
    trigger = telling.trigger
    if len(heads) != 1 or (trigger.entry.kind == "statement" and trigger.token.pos_ == "VERB"):
        return When()
    timex, head = heads[0]
    if timex.kind in _COARSE and dates_what_went_before(trigger.token, head):
        return When()
    if timex.modifier in (*_LIMITS, "named") or timex.kind == "anniversary" or cost(trigger.token, head) >= ACROSS:
        return When()
    when = of_timex(timex, telling.ann, _tense_at(telling, timex), telling.previous)
    return with_length(telling.ann, trigger, head, when)


def _tense_at(telling: _Telling, timex: Timex) -> str | None:
    """ "The king flies to Lima on Sunday": the present with a weekday looks ahead, but not under a picture.

    Nor where that weekday was the day before: "begins a visit on Sunday" told on Monday.
    """
    sentence, kind = telling.trigger.sentence, telling.trigger.entry.kind
    weekday = timex.kind == "weekday" or timex.unit == "weekend"
    if telling.tense != "present" or not weekday or kind == "statement" or sentence.is_title:
        return telling.tense
    here = edtf.bounds(telling.ann.created.value)
    if here is not None and timex.weekday is not None and (here[1].weekday() - timex.weekday) % 7 == 1:
        return "past"
    return "present" if _PICTURE.search(telling.ann.text, sentence.start, sentence.end) else "future"


def _counted(telling: _Telling, gap: Apart, heads: list[tuple[Timex, Token]]) -> When:
    """ "met on Tuesday, a day ahead of his visit to Kenya": counted from the sentence's own date, or the article's.

    Without a number ("days after he said") only the months that a few days can reach are known.
    """
    created = telling.ann.created.value
    base = created
    outside = [timex for timex, head in heads if head.i not in gap.scope and timex.kind in _FINE]
    if outside:
        base = resolve(outside[0], created, tense="past", previous=telling.previous).value
    if edtf.precision(base) != "day":
        return When()
    if gap.count is not None:
        timex = Timex(0, 0, "nearby", unit=gap.unit, count=gap.sign * gap.count)
        found = of_timex(timex, telling.ann, telling.tense, base)
        return replace(found, basis=f"{gap.count} {gap.unit}s {'before' if gap.sign < 0 else 'after'} {base}")
    if gap.unit != "day":
        return When()
    day = dt.date.fromisoformat(base)
    other = day + dt.timedelta(days=gap.sign * _VAGUE_DAYS)
    first, last = sorted((f"{day:%Y-%m}", f"{other:%Y-%m}"))
    date = first if first == last else f"{first}/{last}"
    return When(date, f"days {'before' if gap.sign < 0 else 'after'} {base}", "days apart", True)
