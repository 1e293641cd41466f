"""Visits: an official or a delegation travels to another country."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from extract.events import arguments, clause
from extract.events.annotated import covering
from extract.events.lexicon import lexicon
from extract.events.mention import Candidate, Participant
from extract.events.scene import Scene
from extract.events.triggers import Trigger

_SUBTYPES = {"state": "state_visit", "official": "official_visit", "working": "working_visit"}
_TOURS = lexicon("visit.tours")


def travels(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "visited Fiji", "arrived in Morocco", "headed for Turkey for talks", "arrived here on Monday"."""
    verb = trigger.token
    heads = clause.after(verb, trigger.entry.particles) if trigger.entry.particles else clause.objects(verb)
    places = scene.destinations(heads)
    if not places and any(c.lower_ == "here" for c in verb.children):
        here = scene.here()
        places = [here] if here else []
    return _journey(scene, scene.sides(clause.subjects(verb), "subject"), places)


def returns(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "Foreign Minister Peres returned from Jordan on Monday": the visit that ended."""
    places = scene.destinations(clause.after(trigger.token, ("from",)))
    return _journey(scene, scene.sides(clause.subjects(trigger.token), "subject"), places)


def visit_noun(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "paid a state visit to Ghana", "his visit to Oslo", "on a two-day visit to India", "the Beijing visit of …"."""
    noun = trigger.token
    places = scene.destinations(
        clause.after(noun, ("to", "in", "of") if noun.lemma_.lower() == "tour" else ("to", "in"))
    )
    for modifier in clause.modifiers(noun):
        place = scene.destination(modifier)
        if place is not None and not places and covering(scene.ann.people, scene.sentence.offset_of(modifier)) is None:
            places = [place]
    who = scene.sides(clause.possessors(noun), "subject")
    who += scene.sides(clause.after(noun, ("by", "of") if noun.lemma_.lower() != "tour" else ("by",)), "subject")
    if not arguments.states(who):
        who = _traveller(scene, noun)
    subtype = next((_SUBTYPES[c.lower_] for c in noun.children if c.lower_ in _SUBTYPES), None)
    found = _journey(scene, who, places, subtype)
    if found is None and arguments.states(who) and not places:
        return _known_visit(scene, who, subtype)
    return found


def _traveller(scene: Scene, noun: Token) -> list[Participant]:
    """Return who makes a visit that names nobody itself: the subject of its verb, or the person it is said of."""
    direct = clause.direct_governor(noun)
    if direct is not None:
        return scene.sides(clause.subjects(direct[0]), "subject")
    if noun.dep_ == "pobj" and noun.head.head.pos_ in ("NOUN", "PROPN"):
        return scene.side(noun.head.head, "subject")
    verb = clause.governor(noun)
    return scene.sides(clause.subjects(verb), "subject") if verb is not None else []


def _journey(
    scene: Scene, who: list[Participant], places: list[tuple[str, str]], subtype: str | None = None
) -> Candidate | None:
    """Accept a journey of somebody who stands for a state, to another one."""
    home = arguments.states(who)
    abroad = [place for place in places if place[1] not in home]
    if not home or not abroad:
        return None
    visited = tuple(Participant(code, None, None, "host") for _, code in abroad)
    return Candidate((*who, *visited), subtype, abroad[0][0], abroad[0][1])


def _known_visit(scene: Scene, who: list[Participant], subtype: str | None) -> Candidate | None:
    """ "during his visit": the last visit told of the same state."""
    home = arguments.states(who)
    for mention in reversed(scene.history):
        if mention.kind == "visit" and home & mention.countries:
            hosts = tuple(Participant(code, None, None, "host") for code in sorted(mention.countries - home))
            return Candidate((*who, *hosts), subtype, mention.place, mention.place_country, anaphoric=True)
    return None


FRAMES: dict[str, Callable[[Scene, Trigger], Candidate | None]] = {
    "travel": travels,
    "return": returns,
    "visit": visit_noun,
}
