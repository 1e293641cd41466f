"""Meetings: talks, calls, and conferences."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from extract.events import arguments, clause
from extract.events.lexicon import lexicon
from extract.events.mention import Candidate, Participant
from extract.events.scene import Scene
from extract.events.triggers import Trigger

_WITH = ("with", "between", "among", "by")
_HOLDING = lexicon("meeting.holding")
_ATTENDING = lexicon("meeting.attending")
_PHONE = frozenset(["phone", "telephone", "video", "call", "virtual"])
_PHONE_WORDS = ("phone", "telephone", "telephonic", "video link", "videolink", "video conference", "video call")
_PUBLIC = frozenset(["summit", "conference", "forum", "session"])
_NOT_A_CALL = frozenset(["for", "on"])


def meets(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "Kenyan President William Ruto met (with) Ugandan President Yoweri Museveni"; "the two leaders met"."""
    verb = trigger.token
    who = scene.sides(clause.subjects(verb), "subject")
    whom = scene.sides(clause.objects(verb) + clause.after(verb, ("with",)), "object")
    if clause.is_passive(verb) and not whom:
        return None
    return _talks(scene, trigger, [*who, *whom], anaphoric=not whom)


def hosts(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "King Felipe received Peruvian President Ollanta Humala"; the object must be a person or an official body."""
    verb = trigger.token
    who = scene.sides(clause.subjects(verb), "subject")
    heads = clause.objects(verb)
    whom = [p for p in scene.sides(heads, "object") if p.actor or p.country]
    official = any(p.actor for p in whom) or any(
        h.lemma_.lower() in ("delegation", "ambassador", "envoy") for h in heads
    )
    if not official or not arguments.states(who) or not arguments.states(whom) - arguments.states(who):
        return None
    return Candidate((*who, *whom))


def with_partner(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "The Chilean minister conferred with Argentine Foreign Minister Jorge Faurie"."""
    verb = trigger.token
    who = scene.sides(clause.subjects(verb), "subject")
    heads = clause.after(verb, ("with",)) + [t for o in clause.objects(verb) for t in clause.after(o, ("with",))]
    whom = scene.sides(heads, "object")
    return _talks(scene, trigger, [*who, *whom], anaphoric=False) if whom else None


def speaks(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "Foreign Secretary Lammy spoke with Jordanian Foreign Minister Ayman Safadi": with or to a person by name."""
    verb = trigger.token
    who = scene.sides(clause.subjects(verb), "subject")
    whom = scene.sides(clause.after(verb, ("with", "to")), "object")
    if not any(p.actor or p.country for p in whom):
        return None
    found = _talks(scene, trigger, [*who, *whom], anaphoric=False)
    return found


def phones(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "President Chirac telephoned Lebanese President Emile Lahoud"; for "call" only a person without a complement."""
    verb = trigger.token
    if trigger.entry.lemma == ("call",) and _is_naming(verb):
        return None
    who = scene.sides(clause.subjects(verb), "subject")
    whom = [p for p in scene.sides(clause.objects(verb), "object") if p.actor]
    return _talks(scene, trigger, [*who, *whom], anaphoric=False) if whom else None


def _is_naming(verb: Token) -> bool:
    """"called the attack outrageous", "called for calm": not by telephone."""
    return any(c.dep_ in ("oprd", "ccomp", "xcomp", "prt") or c.lower_ in _NOT_A_CALL for c in verb.children)


def event_noun(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "held talks with", "his meeting with", "US-China talks", "a meeting between A and B", "at the talks"."""
    noun = trigger.token
    if noun.lemma_.lower() == "talk" and noun.tag_ not in ("NNS", "NNPS") and not clause.after(noun, _WITH):
        return None
    own = _of_noun(scene, noun)
    direct = clause.direct_governor(noun)
    who: list[Participant] = []
    if direct is not None:
        verb, how = direct
        if verb.lemma_.lower() in _HOLDING or how not in ("object", "subject"):
            heads = clause.subjects(verb) + (clause.after(verb, ("with",)) if how == "object" else [])
            who = scene.sides(heads, "subject")
    partners = arguments.states(own)
    if not partners and not any(p.actor or p.organization for p in own):
        # Nobody is named as the partner: the act is known only if it was told before, or both sides act.
        return (
            _talks(scene, trigger, who, anaphoric=True)
            if len(arguments.states(who)) >= 2 or not who
            else (_talks(scene, trigger, [*who, *scene.pair("named")], anaphoric=True))
        )
    return _talks(scene, trigger, [*who, *own], anaphoric=False)


def phone_call(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "had a phone call with"; "call" and "conversation" only by telephone or with a named partner."""
    noun = trigger.token
    words = {c.lower_ for c in noun.children}
    by_phone = bool(words & _PHONE) or noun.lemma_.lower() == "videoconference"
    if not by_phone and not (clause.after(noun, ("with", "between", "from")) and noun.lemma_.lower() != "call"):
        return None
    caller = scene.sides(clause.after(noun, ("from",)), "subject")
    found = event_noun(scene, trigger)
    if found is None:
        return None
    return Candidate(
        (*caller, *found.participants),
        "call" if by_phone else "talks",
        found.place,
        found.place_country,
        found.anaphoric and not caller,
    )


def gathering(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "attended the G20 summit", "the summit was held in Astana", "a conference between Kenya and Somalia"."""
    noun = trigger.token
    direct = clause.direct_governor(noun)
    own = _of_noun(scene, noun)
    who: list[Participant] = []
    held = False
    if direct is not None:
        verb, how = direct
        held = verb.lemma_.lower() in _ATTENDING and how in ("object", "subject", "in", "at")
        if verb.lemma_.lower() in _ATTENDING or how in ("at", "during"):
            who = scene.sides(clause.subjects(verb), "subject")
    people = [*who, *own]
    named = _is_named(scene, noun)
    if not arguments.states(people) or not (held or named):
        return None
    if trigger.entry.lemma[-1] not in _PUBLIC and not (held and len(arguments.states(people)) >= 2):
        return None
    return Candidate(tuple(people), anaphoric=not named and not own)


def gathers(scene: Scene, trigger: Trigger) -> Candidate | None:
    """ "The presidents of Peru, Chile and Bolivia gathered in Lima": three or more states act together."""
    who = scene.sides(clause.subjects(trigger.token) + clause.objects(trigger.token), "subject")
    return Candidate(tuple(who)) if len(arguments.states(who)) >= 2 else None


def _is_named(scene: Scene, noun: Token) -> bool:
    """Tell whether a gathering has a name or an organisation: "the Munich Security Conference", "the ASEAN summit"."""
    proper = noun.pos_ == "PROPN" or any(c.pos_ == "PROPN" and c.dep_ in ("compound", "nmod") for c in noun.children)
    return proper or any(c.tag_ == "CD" or c.ent_type_ for c in noun.children if c.dep_ == "amod")


def _of_noun(scene: Scene, noun: Token) -> list[Participant]:
    """Return those whom the noun itself names: its owner, its partners, and states before it."""
    found = scene.sides(clause.possessors(noun), "subject")
    found += scene.sides(clause.after(noun, _WITH), "object")
    for modifier in clause.modifiers(noun):
        for participant in arguments.of_phrase(scene.ann, scene.sentence, modifier, "named"):
            if participant.country or participant.actor:
                found.append(participant)
    for child in noun.children:
        # "a meeting of the foreign ministers of Chile and Peru", "a round of talks with".
        if child.dep_ == "prep" and child.lower_ == "of":
            found += [
                p
                for c in child.children
                for p in arguments.of_phrase(scene.ann, scene.sentence, c, "named")
                if p.country
            ]
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
        found += scene.sides(clause.after(noun.head.head, ("with", "between")), "object")
    return found


def _talks(scene: Scene, trigger: Trigger, sides: list[Participant], *, anaphoric: bool) -> Candidate | None:
    """Accept talks between two states, or between a state and a named person or organisation without one."""
    named = arguments.states(sides)
    if len(named) >= 2:
        subtype = "call" if _by_phone(scene, trigger) else None
        return Candidate(tuple(sides), subtype, anaphoric=anaphoric)
    others = [p for p in sides if not p.country and (p.organization or p.actor)]
    if named and others:
        return Candidate(tuple(sides), note=" with an organisation", anaphoric=anaphoric)
    return None


def _by_phone(scene: Scene, trigger: Trigger) -> bool:
    text = scene.sentence.text.lower()
    return trigger.entry.subtype == "call" or any(word in text for word in _PHONE_WORDS)


FRAMES: dict[str, Callable[[Scene, Trigger], Candidate | None]] = {
    "meet": meets,
    "host": hosts,
    "with": with_partner,
    "speak": speaks,
    "call": phones,
    "event": event_noun,
    "phone": phone_call,
    "gathering": gathering,
    "gather": gathers,
}
