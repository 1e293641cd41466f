"""Who speaks in a sentence that the encoder takes for a statement: by its grammar, one of those whom it names?"""

from __future__ import annotations

import re

from spacy.tokens import Token

from extract.events import arguments, clause
from extract.events.annotated import within
from extract.events.lexicon import lexicon
from extract.events.scene import Scene

_SPEAKING = lexicon("timing.saying") | lexicon("statement.reporting") | lexicon("detected.spoken")
_OFFICES = lexicon("speakers.offices")
_TOPIC = re.compile(r"\b(?:on|regarding|concerning|welcoming)\b", re.I)


def is_of_another(scene: Scene, states: frozenset[str]) -> bool:
    """Tell whether all who speak in a sentence are others than `states`.

    "The Malian mine will close, his lawyer told reporters", "wrote a columnist in Bamako": neither speaks for Mali.
    """
    heads = [
        head
        for token in scene.sentence.span
        if token.pos_ == "VERB" and token.lemma_.lower() in _SPEAKING
        for head in clause.subjects(token)
    ]
    return bool(heads) and not any(_stands_for(scene, head, states) for head in heads)


def _stands_for(scene: Scene, head: Token, states: frozenset[str]) -> bool:
    if head.tag_ in ("PRP", "WP", "WDT") or _is_known_office(head):
        return True
    start = scene.sentence.offset_of(head.doc[head.left_edge.i])
    end = scene.sentence.end_of(head.doc[head.right_edge.i])
    people = within(scene.ann.people, start, end)
    if within(scene.ann.organizations, start, end) or any(p.role and p.country is None for p in people):
        return True
    return bool(_states(scene, start, end) & states) or bool(arguments.states(scene.side(head, "speaker")) & states)


def _is_known_office(head: Token) -> bool:
    """ "The ministry said", "the facilitator": told before, as "an official" and "a lawyer" are not."""
    return head.lemma_.lower() in _OFFICES and any(c.lower_ in ("the", "our", "their") for c in head.children)


def is_only_topic(scene: Scene, states: frozenset[str]) -> bool:
    """ "Statement on the Elections in Mali and Niger": a heading names them only as what it is about."""
    if not scene.sentence.is_title:
        return False
    topic = _TOPIC.search(scene.ann.text, scene.sentence.start, scene.sentence.end)
    if topic is None:
        return False
    before = _states(scene, scene.sentence.start, topic.start())
    return bool(states) and states <= _states(scene, topic.end(), scene.sentence.end) - before


def _states(scene: Scene, start: int, end: int) -> set[str]:
    people = (person.country for person in within(scene.ann.people, start, end))
    return {country.code for country in within(scene.ann.countries, start, end)} | {code for code in people if code}
