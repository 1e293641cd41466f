"""Which words a time expression hangs on: its distance from a trigger, and the noun that it is told of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract.events.clause import PASSIVE_SUBJECT, SUBJECT, distance
from extract.events.lexicon import lexicon
from extract.mentions.timex_words import NUMBERS, Timex

_SAYING = lexicon("timing.saying")
_CARRYING = lexicon("timing.carrying")
ACROSS = 10
"""Steps that are added for leaving a clause that a time expression does not reach out of."""
_REACH = 3
_BRACKET = re.compile(r"\s*[\[(](?:(?:in|on|i\.e\.,?|that is,?)\s+)?")
_EXACT = ("day", "month", "year")
_STOPS = (",", ";", ":")
_UNITS = ("day", "week", "month", "year")
_LINKS = {"after": -1, "following": -1, "before": 1, "ahead": 1}


def head_of(tokens: list[Token]) -> Token:
    """Return the word of a time expression that the rest of it hangs on."""
    inside = {token.i for token in tokens}
    for token in tokens:
        if token.head.i not in inside or token.head == token:
            return token
    return tokens[0]


def without_glossed(text: str, told: Sequence[tuple[Timex, Token]]) -> list[tuple[Timex, Token]]:
    """ "founded over fifty years ago [in 1964]", "next Friday (3 May)": what brackets add is the same time, exactly.

    Takes and returns time expressions of a sentence, in text order, with the words that they hang on.
    """
    kept: list[tuple[Timex, Token]] = []
    for timex, head in told:
        if kept and timex.kind in _EXACT and _BRACKET.fullmatch(text, kept[-1][0].end, timex.start):
            kept[-1] = timex, kept[-1][1]
        else:
            kept.append((timex, head))
    return kept


def cost(trigger: Token, timex: Token) -> float:
    """Return how far a time expression is from a trigger: steps in the tree, far more into or out of what is reported.

    "The envoy said Monday that talks would open": Monday belongs to what was said, not to the talks. "The envoy, who
    came in 2004, met …": 2004 belongs to another act, and so does "since ties were established 70 years ago".
    """
    steps: float = distance(trigger, timex)
    if _leaves_report(trigger, timex) or _leaves_report(timex, trigger):
        steps += ACROSS
    if _in_relative_clause(timex, trigger) or _counts_from(timex, trigger):
        steps += ACROSS
    return steps


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
    # "the first since relations were broken off in 2011": here the word is a mark of the clause.
    clauses = [token for token in timex.ancestors if token.i not in around and token != trigger]
    marked = any(c.dep_ == "mark" and c.lower_ in ("since", "until") for token in clauses for c in token.children)
    return counting or marked or any(timex.head != token for token in other)


def _in_relative_clause(timex: Token, trigger: Token) -> bool:
    """Tell whether a time expression stands in a relative clause that the trigger does not belong to."""
    inside = {token.i for token in trigger.ancestors} | {trigger.i}
    clauses = [token for token in (timex, *timex.ancestors) if token.dep_ in ("relcl", "acl")]
    return any(clause.i not in inside and clause.head.i != trigger.i for clause in clauses)


def dates_what_went_before(trigger: Token, timex: Token) -> bool:
    """ "visited Peru following her re-election last year": what stands after "following" or "after" has that date."""
    between = trigger.doc[trigger.i : timex.i] if trigger.i < timex.i else ()
    links = [token for token in between if token.lower_ in ("following", "after")]
    return bool(links) and not any(t.text in _STOPS for t in trigger.doc[links[-1].i : timex.i])


def carrier(timex: Token) -> Token | None:
    """Return the verb of taking place that a time expression stands with: "to be held in Tunis on 12 November".

    Also "talks that opened on Monday", "the visit, which begins on 3 May", "a forum due next week".
    """
    token = timex
    for _ in range(_REACH):
        if token.head == token:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX", "ADJ"):
            return token if token.lemma_.lower() in _CARRYING else None
    return None


def carried(verb: Token, nouns: Sequence[Token]) -> Token | None:
    """Return which of the sentence's `nouns` (heads of possible acts, in text order) a verb of taking place tells of.

    Its own subject, or what it stands behind: "to attend the summit to be held in Oslo", "the tour, which starts now".
    """
    own = [child for child in verb.children if child.dep_ in (*SUBJECT, *PASSIVE_SUBJECT) and child.pos_ != "PRON"]
    if own:
        inside = {token.i for token in own[0].subtree}
        return next((noun for noun in nouns if noun.i == own[0].i), None) or next(
            (noun for noun in nouns if noun.i in inside), None
        )
    if verb.dep_ not in ("acl", "relcl", "advcl", "amod", "xcomp"):
        return None
    before = [noun for noun in nouns if noun.i < verb.i]
    return before[-1] if before else None


@dataclass(frozen=True, slots=True)
class Apart:
    """How far an act lies from the one that its sentence is about: "two days after he left" is 2, day, -1.

    `count` is None where the words do not say ("days after"); `sign` is -1 for an act before the other, 1 for one
    after it; `scope` holds the token indices of the words so linked.
    """

    count: int | None
    unit: str
    sign: int
    scope: frozenset[int]


def apart(trigger: Token) -> Apart | None:
    """Return how far an act lies from its sentence's main one by words such as "a day ahead of", "weeks after"."""
    for node in (trigger, *trigger.ancestors):
        links = [c for c in node.children if c.dep_ == "mark" and c.lower_ in _LINKS]
        if node.dep_ in ("prep", "advmod") and node.lower_ in _LINKS and node.i < trigger.i:
            links.append(node)
        for link in links:
            unit = _unit_of(link, node)
            if unit is not None:
                scope = frozenset(t.i for t in node.subtree if t.i > link.i)
                return Apart(_count_of(unit), unit.lemma_.lower(), _LINKS[link.lower_], scope)
    return None


def _unit_of(link: Token, node: Token) -> Token | None:
    """Return the "days" of "days after": it stands right before the link and hangs on it or on its clause."""
    found = [c for c in (*link.children, *node.children) if c.i == link.i - 1 and c.lemma_.lower() in _UNITS]
    return found[0] if found else None


def _count_of(unit: Token) -> int | None:
    for child in unit.children:
        if child.dep_ in ("nummod", "det") and child.lower_ in NUMBERS:
            return NUMBERS[child.lower_]
        if child.lower_.isdigit():
            return int(child.lower_)
    return None
