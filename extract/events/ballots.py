"""Votes of a body: one act, with who moved the text and who opposed it or abstained by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.events.annotated import AnnotatedArticle, within
from extract.events.mention import EventMention
from extract.events.scene import Scene
from extract.events.when import only_day
from extract.language import Sentence
from extract.record import Part

RULE = "statement:vote of a body"
_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|none)"
_DECIDES = re.compile(
    r"\b(?:adopt|approv|reject|pass|endors|vot|renew|defeat|fail|carri|veto|condemn|demand|call|decid)\w*\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b{_NUMBER} (?:votes? )?(?:in favou?r|to {_NUMBER}\b|for and|against)|\b{_NUMBER} votes to\b|\bwithout a vote\b"
    r"|\bby (?:consensus|acclamation)\b|\bunanimously\b"
    r"|\b(?:countries|states|members|delegations) voted (?:in favou?r|for|against)\b"
    r"|\bvetoed (?:a|an|the|another|this|that)\b[^.;]{0,60}?\b(?:resolution|draft)\b"
    r"|\b(?:recorded )?vote of \d|\bveto(?:es)? (?:of|by|from)\b|\b(?:with|and) \w+ abst(?:aining|entions?)",
    re.IGNORECASE,
)
_COUNT_TEXT = re.compile(r"\b(?:resolution|draft|text|motion|amendment|decision|proposal)\b", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:submitted|presented|introduced|sponsored|co-sponsored|tabled|proposed|drafted|moved|initiated|brought|"
    r"put forward) (?:jointly )?by (?P<who>[^.;()]{3,120})",
    re.IGNORECASE,
)
_DRAFTED = re.compile(r"(?P<who>\b[A-Z]\w+)[-‑–](?:drafted|sponsored|authored|proposed|tabled)\b")
_LISTED = re.compile(r"\b(?:against|abst\w+|opposed|no)\b:? ?\((?P<who>[^()]{3,200})\)", re.IGNORECASE)
_WITH = re.compile(
    r"\bwith (?P<who>[^.;()]{3,120}?) (?:abstaining|voting against|opposing|opposed|against|casting)\b", re.IGNORECASE
)
_VETO = re.compile(r"\bveto(?:es)? (?:of|by|from) (?P<who>[^.;(),]{3,60})", re.IGNORECASE)
_ABSTAINED = re.compile(
    r"(?P<who>[^.;()]{3,120}?) (?:abstained|voted against|voted no|opposed it|vetoed|cast the)\b", re.IGNORECASE
)
_ENDS = re.compile(r",? (?:was|were|which|that|would|received|won|got|by|with|on|at|to)\b")
_AFTER = 2


def ballot(scene: Scene) -> EventMention | None:
    """Return the vote that a sentence tells, with the states named for it in it and right after; or None.

    "The Assembly adopted, by a vote of 120 in favour to 3 against (Palau, Nauru, Tonga), a draft introduced by Chad".
    """
    sentence = scene.sentence
    words = scene.ann.text[sentence.start : sentence.end]
    if not _COUNT.search(words) or not _DECIDES.search(words):
        return None
    if any(m.rule == RULE and m.sentence >= scene.number - _AFTER for m in scene.history):
        return None
    passages = _passages(scene)
    if not any(_COUNT_TEXT.search(scene.ann.text, p.start, p.end) for p in passages):
        return None
    states = frozenset(code for passage in passages for code in _named(scene.ann, passage))
    if not states:
        return None
    when = only_day(scene.ann, sentence)
    bodies = within(scene.ann.organizations, sentence.start, sentence.end)
    return EventMention(
        kind="statement",
        subtype="vote",
        status="occurred",
        rule=RULE,
        start=sentence.start,
        end=min(sentence.end, sentence.start + 300),
        trigger_start=sentence.start,
        trigger_end=sentence.end,
        article=scene.ann.article.index,
        sentence=scene.number,
        countries=states,
        parts=tuple(Part(code, "speaker") for code in sorted(states)),
        organizations=frozenset(body.name for body in bodies[:1]),
        date=when.date,
        date_basis=when.basis,
        date_rule=when.rule,
        dated=when.dated,
        tense="past",
        voice="vote",
    )


def _passages(scene: Scene) -> list[Sentence]:
    """Return the sentence with the next ones, and the one before, that go on about the vote."""
    around = scene.ann.parsed.sentences[max(0, scene.number - 1) : scene.number + _AFTER + 1]
    text = scene.ann.text
    return [s for s in around if s is scene.sentence or _is_of_vote(text[s.start : s.end])]


def _is_of_vote(words: str) -> bool:
    return any(pattern.search(words) for pattern in (_LISTED, _WITH, _VETO, _ABSTAINED)) or (
        _MOVED.search(words) is not None and _COUNT_TEXT.search(words) is not None
    )


def _named(ann: AnnotatedArticle, sentence: Sentence) -> Iterator[str]:
    """Yield the states that a sentence names as movers, opponents, those who abstain or veto."""
    for pattern in (_MOVED, _DRAFTED, _LISTED, _WITH, _VETO, _ABSTAINED):
        for match in pattern.finditer(ann.text, sentence.start, sentence.end):
            start, end = match.span("who")
            if pattern is _MOVED:
                stop = _ENDS.search(ann.text, start, end)
                end = stop.start() if stop else end
            yield from (country.code for country in within(ann.countries, start, end))


def without_doubles(mentions: Sequence[EventMention]) -> list[EventMention]:
    """Drop votes of single states that a vote of the body beside them holds: "Chad abstained" is part of it."""
    whole = [m for m in mentions if m.rule == RULE]
    return [m for m in mentions if m.rule == RULE or not any(_is_part(m, other) for other in whole)]


def _is_part(one: EventMention, whole: EventMention) -> bool:
    beside = one.article == whole.article and abs(one.sentence - whole.sentence) <= _AFTER
    return beside and one.subtype == "vote" and one.countries <= whole.countries
