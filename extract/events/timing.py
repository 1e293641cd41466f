"""When: which time expression belongs to which act, and what an act without one may take its date from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract import edtf
from extract.dating.resolve import Resolved, resolve
from extract.events.annotated import AnnotatedArticle, within
from extract.events.chronology import Line
from extract.events.clause import distance
from extract.events.lexicon import lexicon
from extract.events.triggers import Trigger
from extract.mentions.timex import Timex

_SAYING = lexicon("timing.saying")
_FAR = 7
_A_YEAR = 366
_ACROSS = 10
_LIMITS = ("since", "until", "by", "before")


@dataclass(frozen=True, slots=True)
class When:
    """A date with what it rests on; `rule` is a stable name, `basis` a sentence for the reader."""

    date: str = edtf.UNKNOWN
    basis: str = "the text gives no date for it"
    rule: str = "unknown"
    dated: bool = False


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
        return _of_line(line)
    found = within(ann.timexes, trigger.sentence.start, trigger.sentence.end)
    dateline = ann.article.dateline
    if dateline is not None:
        # The dateline dates the report.
        found = [timex for timex in found if not dateline.start <= timex.start < dateline.end]
    found = [timex for timex in found if not _opens_clause(ann, timex)]
    heads = [(timex, _head(trigger.sentence.tokens_in(timex.start, timex.end))) for timex in found]
    best: tuple[float, int, Timex] | None = None
    for timex, head in heads:
        cost = _cost(trigger.token, head)
        if timex.modifier in _LIMITS and trigger.entry.frame != "relations":
            continue
        if trigger.entry.kind == "statement" and timex.unit == "year" and timex.direction:
            # "Cooperation grew last year, he said": the year is what is spoken of.
            continue
        if cost > _FAR or any(_cost(r.token, head) + 1 < cost for r in rivals if r.token.i != trigger.token.i):
            continue
        if best is None or (cost, abs(head.i - trigger.token.i)) < best[:2]:
            best = (cost, abs(head.i - trigger.token.i), timex)
    if best is not None:
        return of_timex(best[2], ann, tense, previous)
    when = _only_date(ann, trigger, heads, tense, previous)
    return _of_line(line) if line is not None and not when.dated and not heads else when


def _of_line(line: Line) -> When:
    return When(line.date, line.basis, "line of a chronology", True)


def _opens_clause(ann: AnnotatedArticle, timex: Timex) -> bool:
    """ "met on Tuesday, a day after they had signed": counted from the one act to the other, it dates neither."""
    words = ann.text[timex.start : timex.end].lower()
    return timex.kind in ("nearby", "offset") and words.endswith(("after", "before"))


def _only_date(
    ann: AnnotatedArticle, trigger: Trigger, heads: list[tuple[Timex, Token]], tense: str | None, previous: str | None
) -> When:
    """ "will travel to Doha, March 25-27, to attend the forum": the one date of a sentence serves all its acts.

    Not across reported speech, and not "since 2012", which dates a beginning.
    """
    if len(heads) != 1 or (trigger.entry.kind == "statement" and trigger.token.pos_ == "VERB"):
        return When()
    timex, head = heads[0]
    if timex.modifier in (*_LIMITS, "named") or timex.kind == "anniversary":
        return When()
    if _cost(trigger.token, head) >= _ACROSS:
        return When()
    return of_timex(timex, ann, tense, previous)


def _in_relative_clause(timex: Token, trigger: Token) -> bool:
    """Tell whether a time expression stands in a relative clause that the trigger does not belong to."""
    inside = {token.i for token in trigger.ancestors} | {trigger.i}
    clauses = [token for token in (timex, *timex.ancestors) if token.dep_ in ("relcl", "acl")]
    return any(clause.i not in inside and clause.head.i != trigger.i for clause in clauses)


def of_timex(timex: Timex, ann: AnnotatedArticle, tense: str | None, previous: str | None) -> When:
    """Resolve a time expression against the article's creation time."""
    simple = "past" if tense == "pluperfect" else tense
    resolved: Resolved = resolve(timex, ann.created.value, tense=simple, previous=previous)
    if resolved.value == edtf.UNKNOWN or _is_era(resolved.value):
        return When()
    return When(resolved.value, resolved.explanation, resolved.basis, True)


def _is_era(value: str) -> bool:
    """Tell whether a date covers more than a year: "in the 1970s", "for 2006-2010" date no act."""
    bounds = edtf.bounds(value)
    return bounds is not None and (bounds[1] - bounds[0]).days > _A_YEAR


def _head(tokens: list[Token]) -> Token:
    """Return the word of a time expression that the rest of it hangs on."""
    inside = {token.i for token in tokens}
    for token in tokens:
        if token.head.i not in inside or token.head == token:
            return token
    return tokens[0]


def _cost(trigger: Token, timex: Token) -> float:
    """Return how far a time expression is from a trigger: steps in the tree, far more into or out of what is reported.

    "The envoy said Monday that talks would open": Monday belongs to what was said, not to the talks. "The envoy, who
    came in 2004, met …": 2004 belongs to another act, and so does "since ties were established 70 years ago".
    """
    cost: float = distance(trigger, timex)
    if _leaves_report(trigger, timex) or _leaves_report(timex, trigger):
        cost += _ACROSS
    if _in_relative_clause(timex, trigger) or _counts_from(timex, trigger):
        cost += _ACROSS
    return cost


def _leaves_report(inner: Token, outer: Token) -> bool:
    """Tell whether `inner` stands in a clause that reports what is said, and `outer` outside of it."""
    around = {token.i for token in outer.ancestors} | {outer.i}
    token = inner
    while token.head != token:
        reported = token.dep_ in ("ccomp", "parataxis") and token.head.lemma_.lower() in _SAYING
        if reported and token.i not in around:
            return True
        token = token.head
    return False


def _counts_from(timex: Token, trigger: Token) -> bool:
    """Tell whether a time expression stands after a "since" that the trigger does not."""
    around = {token.i for token in trigger.ancestors}
    counting = any(token.lower_ in ("since", "until") and token.i not in around for token in timex.ancestors)
    other = [t for t in timex.ancestors if t.lower_ in ("following", "after") and t.i not in around]
    return counting or any(timex.head != token for token in other)
