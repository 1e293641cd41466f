"""Which office or body of a state speaks where no person is named, so that two of them are not taken for one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.events import clause
from extract.events.mention import Participant
from extract.events.triggers import Trigger
from extract.mentions.name_words import fold
from extract.mentions.office_holders import office_of
from extract.mentions.title_words import lexicon

_OTHER_BODIES = (
    (re.compile(r"\bstate department\b"), "foreign minister"),
    (re.compile(r"\bpentagon\b"), "defence minister"),
    (re.compile(r"\bembass(?:y|ies)\b|\bcharge d'affaires\b"), "ambassador"),
    (re.compile(r"\b(?:army|military|armed forces|navy|air force)\b"), "armed forces"),
    (re.compile(r"\b(?:parliament|congress|senate|lawmakers)\b"), "parliament"),
)
_MINISTRY = re.compile(r"\bministr(?:y|ies)\b")
_PORTFOLIOS = (re.compile(r"\bminister (?:of|for) (?:the )?(\w+)"), re.compile(r"\b(\w+) minister\b"))


def voice(trigger: Trigger, people: Sequence[Participant]) -> str:
    """Return the class of the office or body that speaks ("foreign minister", "ambassador"); empty where none is told.

    A ministry counts as its minister: "the Kenyan foreign ministry", "Foreign Ministry Spokesman Ali Sow".
    """
    speaker = next((p for p in people if p.country), None)
    if speaker is None:
        return ""
    if speaker.actor is not None:
        return voice_of(speaker.actor.role or "")
    subject = next(iter(clause.subjects(trigger.token)), None)
    if subject is None:
        return ""
    tail = next((c.right_edge.i for c in subject.children if c.dep_ == "prep" and c.lower_ in ("of", "for")), subject.i)
    return voice_of(subject.doc[subject.left_edge.i : tail + 1].text)


def voice_of(words: str) -> str:
    """Return the class of the office or body named in words: "Ecuador's defense ministry" gives `defence minister`."""
    phrase = _MINISTRY.sub("minister", fold(words))
    for pattern, name in _OTHER_BODIES:
        if pattern.search(phrase):
            return name
    office = office_of(phrase)
    if office:
        return office
    portfolio = next((found[1] for pattern in _PORTFOLIOS if (found := pattern.search(phrase))), "")
    return f"{portfolio} minister" if portfolio in lexicon().portfolios else ""
