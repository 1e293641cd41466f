"""Notes in the remarks of a log of travel that tell a meeting by a verb of their own: "Briefed President X on …"."""

from __future__ import annotations

import re

from extract.events import arguments
from extract.events.annotated import within
from extract.events.mention import EventMention, Participant
from extract.events.scene import Scene
from extract.events.timing import date_note

RULE = "meeting:note in a log of travel"
_TO = re.compile(
    r"(?:also )?(?:briefed|informed|consulted)\b(?P<who>.+?)(?=\b(?:on|about|regarding)\b|[.;]|\Z)", re.IGNORECASE
)
_WITH = re.compile(
    r"(?:also )?(?:discussed\b.*|conferred|accompanied\b.*\b(?:meetings?|talks|discussions))"
    r" with (?P<who>.+?)(?=[.;]|\Z)",
    re.IGNORECASE,
)


def note_of(scene: Scene) -> EventMention | None:
    """Return the meeting that a note without a subject tells, of who travels with those whom it names, or None.

    "Briefed President Kufuor on talks with Nigerian leaders" is a meeting with the president alone; "Accompanied
    President Kibaki to a meeting with Prime Minister Blair" is one with the prime minister.
    """
    stay = scene.stay
    if stay is None or stay.home is None:
        return None
    sentence = scene.sentence
    match = _TO.match(sentence.text) or _WITH.match(sentence.text)
    if match is None:
        return None
    start, end = sentence.start + match.start("who"), sentence.start + match.end("who")
    met = [arguments.participant_of(p, "object") for p in within(scene.ann.people, start, end)]
    states = {p.country or stay.host for p in met} - {None, stay.home}
    if not states:
        return None
    traveller = arguments.participant_of(stay.traveller, "subject")
    people = [Participant(stay.home, traveller.actor, part="subject"), *met]
    when = date_note(scene.ann, sentence, scene.line)
    return EventMention(
        kind="meeting",
        subtype="talks",
        status="occurred",
        rule=RULE,
        start=sentence.start,
        end=sentence.end,
        trigger_start=sentence.start,
        trigger_end=end,
        article=scene.ann.article.index,
        sentence=scene.number,
        countries=frozenset({stay.home, *(state for state in states if state)}),
        actors=arguments.actors(people),
        organizations=arguments.organizations(people),
        place=stay.place,
        place_country=stay.host,
        date=when.date,
        date_basis=when.basis,
        date_rule=when.rule,
        dated=when.dated,
        tense="past",
    )
