"""Visits: an official or a delegation travels to another country. Each country visited is a visit of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract import edtf
from extract.events import arguments, clause, reference
from extract.events.annotated import covering, within
from extract.events.lexicon import lexicon
from extract.events.mention import Candidate, EventMention, Participant
from extract.events.private import is_sport
from extract.events.scene import OFFICES, Scene
from extract.events.triggers import Trigger
from extract.mentions.countries import country_name

ITINERARY = " (one of several states)"
SOON_AFTER = " (soon after another)"
_AFTER = " (told beside another)"
BESIDE = (SOON_AFTER, _AFTER)
"""Notes on the second of two visits that one noun tells: its date is not that of the first."""
_SOON = frozenset(["immediately", "soon", "shortly", "closely", "hard", "quickly"])
_CARRYING = lexicon("timing.carrying")
_ENDING = frozenset(["end", "conclude", "close"])
_SEEING = ("visit", "tour")
_GUESTS = frozenset(["delegation", "guest", "visitor", "group"])
_JOURNEYS = frozenset(["visit", "trip", "tour", "travel", "mission", "journey"])
_SUBTYPES = {"state": "state_visit", "official": "official_visit", "working": "working_visit"}
_TO_OF_TOUR = ("to", "in", "of")


def travels(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "visited Fiji", "arrived in Morocco", "headed for Turkey for talks", "arrived here on Monday"."""
    verb = trigger.token
    if verb.lower_ == "visiting":
        guest = scene.titled(verb)
        if guest is not None:
            return _guest(scene, guest)
    heads = clause.after(verb, trigger.entry.particles) if trigger.entry.particles else clause.objects(verb)
    places = scene.destinations(heads)
    if not places and any(c.lower_ == "here" for c in verb.children):
        here = scene.here()
        places = [here] if here else []
    who = scene.doers(verb, "subject")
    if not places and trigger.entry.lemma[-1] in _SEEING:
        return _stop(scene, trigger, who, heads)
    if scene.sentence.is_title and not arguments.states(who):
        who, _ = scene.around(trigger)
    if scene.sentence.is_title and not places:
        places = scene.places_after(trigger)
    return _journeys(scene, who, places) or _by_main_person(scene, trigger, who, places)


def _stop(scene: Scene, trigger: Trigger, who: list[Participant], heads: list[Token]) -> Sequence[Candidate]:
    """ "On Tuesday the delegation visited a solar plant": a day of the visit that the article tells before it."""
    sentence, told = trigger.sentence, [m for m in scene.history if m.kind == "visit" and m.status == "occurred"]
    days = within(scene.ann.timexes, sentence.start, sentence.end)
    if not heads or not told or not any(t.kind in ("day", "weekday", "offset") for t in days):
        return ()
    visit, home = told[-1], arguments.states(who)
    guests = any(t.lemma_.lower() in _GUESTS for t in clause.subjects(trigger.token))
    if not (home < visit.countries if home else guests) or visit.place_country in home or not visit.place_country:
        return ()
    return (_again(visit, who),)


def _guest(scene: Scene, guest: Participant) -> Sequence[Candidate]:
    """ "talks with visiting Fijian Prime Minister Laisenia Qarase": a visit to the place of the dateline."""
    here = scene.here()
    if here is None:
        hosts = [c for c in scene.states_here() if c != guest.country]
        here = (country_name(hosts[0]), hosts[0]) if len(hosts) == 1 else None
    return _journeys(scene, [guest], [here] if here else [])


def returns(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Foreign Minister Peres returned from Jordan on Monday": the visit that ended."""
    heads = clause.after(trigger.token, ("from",))
    if any(head.lemma_.lower() in _JOURNEYS for head in heads):
        # "returned from travel to Oman": the parse may hang the place on the verb.
        heads = [t for head in heads for t in clause.after(head, ("to", "in"))] or clause.after(trigger.token, ("to",))
    else:
        heads += [t for head in heads for t in clause.after(head, ("to",))]
    return _journeys(scene, scene.doers(trigger.token, "subject"), scene.destinations(heads))


def visit_noun(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "paid a state visit to Ghana", "his visit to Oslo", "on a two-day visit to India", "the Beijing visit of …"."""
    noun = trigger.token
    told = _as_verb(scene, noun)
    if told:
        return told
    touring = noun.lemma_.lower() == "tour"
    places = scene.destinations(clause.after(noun, _TO_OF_TOUR if touring else ("to", "in")))
    direct = clause.direct_governor(noun)
    if not places and direct is not None and direct[1] == "on":
        # "is in Paris on a visit", "was in Doha for a visit".
        places = scene.destinations(clause.after(direct[0], ("in",)))
    for modifier in clause.modifiers(noun):
        place = scene.destination(modifier)
        if place is not None and not places and covering(scene.ann.people, scene.sentence.offset_of(modifier)) is None:
            places = [place]
    who = scene.sides(clause.possessors(noun), "subject")
    who += scene.sides(clause.after(noun, ("by",) if touring else ("by", "of")), "subject")
    if not _is_somebody(who):
        who = _traveller(scene, noun)
    if scene.sentence.is_title:
        who = who if _is_somebody(who) else scene.around(trigger)[0]
        places = places or scene.places_after(trigger)
    subtype = next((_SUBTYPES[c.lower_] for c in noun.children if c.lower_ in _SUBTYPES), None)
    found = _journeys(scene, who, places, subtype) or _by_main_person(scene, trigger, who, places, subtype)
    found = [*found, *_that_of(scene, noun, places)]
    if not found and arguments.states(who) and not places:
        return _known_visit(scene, who, subtype)
    return found or _the_visit(scene, noun, subtype)


def _the_visit(scene: Scene, noun: Token, subtype: str | None) -> Sequence[Candidate]:
    """ "The trip will begin on June 12", "of the visit, which is set for Monday": the one told last, with its time."""
    told = [m for m in scene.history if m.kind == "visit" and m.place_country]
    known = any(c.lower_ in ("the", "this") for c in noun.children) and not clause.after(noun, ("to", "by", "of"))
    if not told or not known or noun.tag_ not in ("NN", "NNP"):
        return ()
    verbs = [c for c in noun.children if c.dep_ == "relcl"]
    verbs += [noun.head] if noun.dep_ in ("nsubj", "nsubjpass") else []
    verbs += [below for verb in verbs for below in verb.children if below.dep_ == "xcomp"]
    if not any(verb.lemma_.lower() in _CARRYING for verb in verbs):
        return ()
    visit = told[-1]
    # "ended on June 14" is one day of it, "last month" none.
    ends = any(verb.lemma_.lower() in _ENDING for verb in verbs) and edtf.precision(visit.date) not in ("day", "range")
    return () if ends else (_again(visit, [], subtype),)


def _again(visit: EventMention, visitors: list[Participant], subtype: str | None = None) -> Candidate:
    """Return a candidate for a visit told before, with who is known to make it."""
    home = arguments.states(visitors)
    hosts = tuple(Participant(code, None, None, "host") for code in sorted(visit.countries - home))
    who = (replace(p, part="visitor") for p in visitors)
    return Candidate((*who, *hosts), subtype, visit.place, visit.place_country, anaphoric=True)


def _that_of(scene: Scene, noun: Token, places: list[tuple[str, str]]) -> Sequence[Candidate]:
    """ "The Fijian premier's visit to Lima was soon followed by that of Foreign Minister Sosa": another visit there."""
    following = scene.sentence.span.doc[noun.i + 1 : scene.sentence.span.end]
    others = [t for t in following if t.lower_ == "that" and t.dep_ in ("pobj", "dobj", "nsubj", "attr")]
    who = [p for t in others for p in scene.sides(clause.after(t, ("of", "by")), "subject") if p.in_office]
    note = SOON_AFTER if any(t.lower_ in _SOON for t in following) else _AFTER
    return [replace(candidate, note=note) for candidate in _journeys(scene, who, places)] if who else ()


def _as_verb(scene: Scene, noun: Token) -> Sequence[Candidate]:
    """ "President Konare of Mali visits Chad": a verb that the model takes for a noun, between a person and a place."""
    if noun.lower_ not in ("visits", "tours") or not scene.sentence.span.start < noun.i < scene.sentence.span.end - 1:
        return ()
    before = arguments.of_phrase_alone(scene.ann, scene.sentence, noun.nbor(-1))
    following = noun.nbor(2) if noun.nbor(1).lower_ == "the" and noun.i + 2 < scene.sentence.span.end else noun.nbor(1)
    place = scene.destination(following)
    possessive = any(t.tag_ == "POS" for t in (noun.nbor(-1), following))
    return _journeys(scene, before, [place]) if place is not None and not possessive else ()


def _by_main_person(
    scene: Scene, trigger: Trigger, who: list[Participant], places: list[tuple[str, str]], subtype: str | None = None
) -> Sequence[Candidate]:
    """A journey to a state by nobody whom the grammar gives: by the person whom the article names most."""
    owned = any(not arguments.is_pair(owner) for owner in clause.possessors(trigger.token))
    person = None if _is_somebody(who) or not places or owned else reference.protagonist(scene.ann, "")
    if person is None or any(_is_stranger(token, person.name) for token in clause.subjects(trigger.token)):
        return ()
    found = _journeys(scene, [arguments.participant_of(person, "subject")], places, subtype)
    return [replace(candidate, note=candidate.note + " (by the main person)") for candidate in found]


def _is_stranger(head: Token, main: str) -> bool:
    """Tell whether a subject is somebody else than the `main` person by name: "tourists", "the band", "Ann Lee"."""
    if head.pos_ == "PROPN" and head.lemma_.lower() not in OFFICES:
        return head.text not in main.split()
    return head.pos_ == "NOUN" and head.lemma_.lower() not in OFFICES


def _is_somebody(who: list[Participant]) -> bool:
    return any(p.country or p.organization for p in who)


def _traveller(scene: Scene, noun: Token) -> list[Participant]:
    """Return who makes a visit that names nobody itself: the subject of its verb, or the person it is said of."""
    direct = clause.direct_governor(noun)
    if direct is not None:
        return scene.doers(direct[0], "subject")
    if noun.dep_ == "pobj" and noun.head.head.pos_ in ("NOUN", "PROPN"):
        said_of = scene.side(noun.head.head, "subject")
        if _is_somebody(said_of):
            return said_of
    verb = clause.governor(noun)
    return scene.doers(verb, "subject") if verb is not None else []


def _journeys(
    scene: Scene, who: list[Participant], places: list[tuple[str, str]], subtype: str | None = None
) -> Sequence[Candidate]:
    """Accept a journey to another state of somebody who stands for one, or for an organisation: one visit a state."""
    home = arguments.states(who)
    abroad: dict[str, str] = {}
    for place, code in places:
        if code not in home:
            abroad.setdefault(code, place)
    if not _is_somebody(who) or _are_people(scene, who):
        return ()
    note = ITINERARY if len(abroad) > 1 else ""
    visitors = [replace(p, part="visitor") for p in who]
    return [
        Candidate((*visitors, Participant(code, None, None, "host")), subtype, place, code, note=note)
        for code, place in abroad.items()
    ]


def _are_people(scene: Scene, who: list[Participant]) -> bool:
    """ "Kenya's visit to Lima ended goalless", "Kenyans who visit Peru": a team or tourists, with nobody in office."""
    if any(p.actor or p.in_office or p.organization for p in who):
        return False
    return is_sport(scene) or all(_is_demonym(scene, p) for p in who if p.country)


def _is_demonym(scene: Scene, participant: Participant) -> bool:
    token = scene.sentence.span.doc[participant.token] if participant.token >= 0 else None
    country = covering(scene.ann.countries, scene.sentence.offset_of(token)) if token is not None else None
    return country is not None and country.form == "demonym" and token is not None and token.tag_ in ("NNPS", "NNS")


def _known_visit(scene: Scene, who: list[Participant], subtype: str | None) -> Sequence[Candidate]:
    """ "during his visit": the last visit told of the same state."""
    home = arguments.states(who)
    for mention in reversed(scene.history):
        if mention.kind == "visit" and home & mention.countries:
            return (_again(mention, who, subtype),)
    return ()


FRAMES: dict[str, Callable[[Scene, Trigger], Sequence[Candidate]]] = {
    "travel": travels,
    "return": returns,
    "visit": visit_noun,
}
