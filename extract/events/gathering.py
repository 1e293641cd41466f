"""Conferences: summits, forums, council sessions, ceremonies and other gatherings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Token

from extract.events import arguments, clause
from extract.events.annotated import covering
from extract.events.lexicon import lexicon
from extract.events.mention import Candidate, Participant
from extract.events.parties import of_noun
from extract.events.scene import Scene
from extract.events.triggers import Trigger

_ATTENDING = lexicon("meeting.attending")
_ORGANISING = frozenset(["host", "co-host", "cohost", "organise", "organize", "convene", "chair", "co-chair", "hold"])
_HOSTING = frozenset(["host", "co-host", "cohost", "organise", "organize"])
_TAKING_PLACE = frozenset(
    ["open", "hold", "take", "begin", "start", "end", "conclude", "close", "convene", "kick", "wrap", "meet", "resume"]
)
_BODIES = frozenset(["committee", "council", "commission", "bureau", "group", "board", "secretariat", "troika"])
_BEING_THERE = frozenset(["attendance", "participation", "presence"])
_TOPICAL = frozenset(["on", "of", "about", "for", "from", "over", "ahead"])
_PUBLIC = frozenset(["summit", "conference", "forum", "session", "ministerial"])


def gathering(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "attended the G20 summit", "the summit was held in Astana", "a conference between Kenya and Somalia"."""
    noun = trigger.token
    direct = clause.direct_governor(noun)
    people = of_noun(scene, noun)
    held = scene.sentence.is_title and not _is_topic(noun)
    if direct is not None:
        verb, how = direct
        held = held or (verb.lemma_.lower() in _ATTENDING and how in ("object", "subject", "in", "at"))
        held = held or how in ("at", "during")
        if held:
            people = [*scene.doers(verb, "host" if verb.lemma_.lower() in _HOSTING else "subject"), *people]
    if direct is not None and direct[0].lemma_.lower() in _TAKING_PLACE:
        held = held or direct[1] == "subject" or noun.dep_ in clause.PASSIVE_SUBJECT
    present = _attendance(scene, noun)
    if present:
        held, people = True, [*present, *people]
    organisers = _organisers(scene, noun)
    if organisers or _is_there(noun):
        held, people = True, [*people, *organisers]
    if scene.sentence.is_title and not arguments.states(people):
        people = scene.around(trigger)[0]
    named = _is_named(scene, noun)
    if held and named and not arguments.states(people):
        people = [*people, *_venue_state(scene, noun, direct)]
    if direct is not None and direct[1] == "subject" and not named and len(arguments.states(people)) < 2:
        # "China's two sessions concluded": a domestic body.
        return ()
    bodies = arguments.organizations(people) if named and held else None
    if not (arguments.states(people) or bodies) or not held:
        return ()
    if trigger.entry.lemma[-1] not in _PUBLIC and not (held and len(arguments.states(people)) >= 2):
        return ()
    host = scene.host_of_gathering(trigger)
    if host is not None and host not in arguments.states(people):
        people = [*people, Participant(host, part="host")]
    return (Candidate(tuple(people), anaphoric=not named and not held),)


def _attendance(scene: Scene, noun: Token) -> list[Participant]:
    """ "Tinubu welcomed Ruto's visit and his attendance at the ceremony": who is to be there, and who receives him."""
    word = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in ("at", "in") else noun
    if word.lemma_.lower() not in _BEING_THERE:
        return []
    owners = clause.possessors(word)
    if word.dep_ == "conj" and any(arguments.is_pronoun(owner) for owner in owners):
        # "his" is of him whose visit stands beside it.
        owners = clause.possessors(word.head) or owners
    verb = clause.governor(word)
    host = scene.doers(verb, "host") if verb is not None and verb.lemma_.lower() == "welcome" else []
    guests = [p for p in scene.sides(owners, "subject") if p.country]
    return [*guests, *host] if guests else []


def _is_topic(noun: Token) -> bool:
    """ "Statement on the Lusaka summit", "Forum Secretariat", "summit venue": a heading that only names it."""
    if noun.dep_ == "compound" and noun.head.i > noun.i:
        return True
    return noun.dep_ == "pobj" and noun.head.lower_ in _TOPICAL


def _organisers(scene: Scene, noun: Token) -> list[Participant]:
    """ "a summit organised by Malta", "the conference, which will be co-hosted by Palau": those who hold it."""
    verbs = [c for c in noun.children if c.dep_ in ("acl", "relcl") and c.lemma_.lower() in _ORGANISING]
    verbs += [t for verb in verbs for t in verb.conjuncts if t.lemma_.lower() in _ORGANISING]
    part = "host" if any(verb.lemma_.lower() in _HOSTING for verb in verbs) else "subject"
    heads = [p for verb in verbs for p in _agents(verb) if p.i != noun.i]
    return [p for p in scene.sides(heads, part) if p.country]


def _agents(verb: Token) -> list[Token]:
    below = [c for t in (verb, *verb.children) for c in t.children if c.dep_ == "agent" or c.lower_ == "by"]
    heads = [p for c in below for p in c.children if p.dep_ == "pobj"]
    return heads or [c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in ("which", "that", "who")]


def is_of_body(scene: Scene, noun: Token) -> bool:
    """ "Kenya will host a meeting of the standing committee of the forum": of the members of a body among states."""
    verb = clause.direct_governor(noun)
    if verb is None or verb[1] != "object" or verb[0].lemma_.lower() not in _ORGANISING:
        return False
    within = [t for head in clause.after(noun, ("of",)) for t in (head, *clause.after(head, ("of",)))]
    bodies = any(t.lemma_.lower() in _BODIES for t in within[:1])
    return bodies and any(
        t.lemma_.lower() in _PUBLIC or covering(scene.ann.organizations, scene.sentence.offset_of(t)) for t in within
    )


def _is_there(noun: Token) -> bool:
    """ "There will also be an ASEAN-Japan ministerial": what there is takes place."""
    verb = noun.head
    return noun.dep_ == "attr" and any(c.dep_ == "expl" for c in verb.children)


def _venue_state(scene: Scene, noun: Token, direct: tuple[Token, str] | None) -> list[Participant]:
    """ "The Africa-Arab summit opened in Malabo": with nobody else named, the state in which it is held is its host."""
    if noun.lemma_.lower() != "summit" or direct is None or not noun.dep_.startswith("nsubj"):
        return []
    places = scene.destinations(clause.after(direct[0], ("in",)) + clause.after(noun, ("in",)))
    return [Participant(code, part="host") for _, code in places[:1]]


def gathers(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "The presidents of Peru, Chile and Bolivia gathered in Lima": two or more states act together."""
    who = scene.sides(clause.subjects(trigger.token) + clause.objects(trigger.token), "subject")
    heads = [token for head in clause.subjects(trigger.token) for token in clause.conjuncts(head)]
    many = any(head.tag_ in ("NNS", "NNPS") for head in heads)
    named = arguments.states(who)
    return (Candidate(tuple(who)),) if len(named) >= 2 or (named and many) else ()


def attends(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "will participate in the ASEAN Ministerial Meeting": a meeting with a name or a body, attended by a state."""
    verb = trigger.token
    heads = clause.objects(verb) + clause.after(verb, ("in",))
    meetings = [head for head in heads if head.lemma_.lower() in ("meeting", "ministerial", "talk", "dialogue")]
    who: list[Participant] = scene.doers(verb, "subject")
    if not arguments.states(who) or not any(_is_named(scene, head) for head in meetings):
        return ()
    return (Candidate((*who, *(p for head in meetings for p in of_noun(scene, head)))),)


def _is_named(scene: Scene, noun: Token) -> bool:
    """Tell whether a gathering has a name or a body: "the Munich Security Conference", "the ASEAN summit"."""
    parts = [noun, *(c for c in noun.children if c.dep_ in ("compound", "nmod", "amod"))]
    if any(token.pos_ == "PROPN" for token in parts):
        return True
    bodies = scene.ann.organizations
    return any(covering(bodies, scene.sentence.offset_of(t)) for t in (*parts, *clause.after(noun, ("of",))))


FRAMES: dict[str, Callable[[Scene, Trigger], Sequence[Candidate]]] = {
    "gathering": gathering,
    "gather": gathers,
    "attend": attends,
}
