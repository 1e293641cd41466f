"""Meetings that bring sides together to talk: in person or by telephone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract.events import arguments, clause
from extract.events.gathering import is_of_body
from extract.events.lexicon import lexicon
from extract.events.mention import Candidate, Participant
from extract.events.parties import WITH, around_noun, loose_partners, of_noun
from extract.events.private import is_private, is_sport
from extract.events.scene import OFFICES, Scene
from extract.events.triggers import Trigger
from extract.record import Actor

_TALKING = lexicon("meeting.talking")
_FEW = 3
_THINGS = frozenset(["place", "room", "hall", "venue", "table", "agenda", "point", "minutes"])
_WAYS = frozenset(["through", "via"])
_LONG = frozenset(["month", "year", "decade"])
_ORGANS = frozenset(["council", "assembly", "committee", "commission", "board", "group"])
_PHONE = frozenset(["phone", "telephone", "video", "virtual"])
_PHONE_WORDS = ("phone", "telephone", "telephonic", "video link", "videolink", "video conference", "video call")
_NOT_A_CALL = frozenset(["for", "on"])
_DELEGATES = frozenset(["delegation", "ambassador", "envoy", "representative"])
_ONE_BY_ONE = frozenset(["separately", "respectively", "individually", "each"])


def meets(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Kenyan President William Ruto met (with) Ugandan President Yoweri Museveni"; "the two leaders met"."""
    verb = trigger.token
    who = scene.doers(verb, "subject")
    heads = clause.objects(verb) + clause.after(verb, ("with",))
    whom = scene.sides(heads, "object") or _officials_there(heads)
    if clause.is_passive(verb) and not whom:
        return ()
    whom = whom or scene.person_after(trigger)
    if not whom and not arguments.states(who) and _is_body(scene, clause.subjects(verb)):
        return (Candidate(tuple(p for p in who if p.organization), "conference", note=" of a body"),)
    return _talks(scene, trigger, who, whom, anaphoric=not whom and not _are_named(clause.subjects(verb)))


def _is_body(scene: Scene, heads: list[Token]) -> bool:
    """ "ASEAN foreign ministers met in Bali", "the Security Council met": members of a body, several of them."""
    return any(
        (head.tag_ in ("NNS", "NNPS") or head.lemma_.lower() in _ORGANS)
        and any(p.organization and not p.actor for p in scene.side(head, "subject"))
        for head in heads
    )


def _officials_there(heads: list[Token]) -> list[Participant]:
    """ "flew to Oman to meet the Sultan", "met senior officials in Baku": of the state that is being visited."""
    return [
        Participant(None, part="object", token=head.i, in_office=True)
        for head in heads
        if head.lemma_.lower() in OFFICES and not arguments.is_pair(head) and not arguments.is_of_anybody(head)
    ]


def exchanges(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "The ministers of Chad and Niger exchanged views on trade"; not "exchanged letters", which is a message."""
    verb = trigger.token
    if not any(t.lemma_.lower() in ("view", "opinion") for t in clause.objects(verb)):
        return ()
    heads = clause.after(verb, ("with",)) + [t for o in clause.objects(verb) for t in clause.after(o, ("with",))]
    who, whom = scene.doers(verb, "subject"), scene.sides(heads, "object")
    return _talks(scene, trigger, who, whom, anaphoric=not whom and not _are_named(clause.subjects(verb)))


def two_officials(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """A word for talks beside officials of exactly two states in a sentence, where the grammar gives less.

    "Khamenei was quoted at a meeting with visiting Iraqi President Jalal Talabani": those two. Not "called on both".
    """
    named = trigger.entry.lemma[-1] in _TALKING and (trigger.entry.lemma, trigger.entry.pos) != (("call",), "VERB")
    if trigger.entry.kind != "meeting" or not named:
        return ()
    people = [p for p in scene.people_here() if p.actor and p.in_office and p.country]
    if len(arguments.states(people)) != 2 or len(people) > _FEW:
        return ()
    return (Candidate(tuple(people), "call" if _by_phone(scene, trigger) else None, note=" (two officials)"),)


def _are_named(heads: list[Token]) -> bool:
    """Tell whether both sides are named where they act, and not "they" or "the two leaders"."""
    return not any(arguments.is_pair(head) or arguments.is_pronoun(head) for head in heads)


def hosts(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "King Felipe received Peruvian President Ollanta Humala"; the object must be a person or an official body."""
    verb = trigger.token
    who = scene.doers(verb, "host")
    heads = [head for head in clause.objects(verb) if not arguments.is_thing_of_somebody(head)]
    whom = [p for p in scene.sides(heads, "guest") if p.actor or p.country]
    official = any(p.actor for p in whom) or any(head.lemma_.lower() in _DELEGATES for head in heads)
    if clause.is_passive(verb) and not arguments.states(who):
        who = _hosts_there(scene, verb)
    if not official or not arguments.states(whom) - arguments.states(who):
        return ()
    if not arguments.states(who):
        igo = any(p.organization and p.actor for p in who)
        return (Candidate((*who, *whom), note=" with an organisation"),) if igo else ()
    return (Candidate((*who, *whom)),)


def _hosts_there(scene: Scene, verb: Token) -> list[Participant]:
    """ "The Omani ambassador was summoned to the foreign ministry in Lima": by the state of the place."""
    heads = clause.after(verb, ("to",))
    places = scene.destinations([*heads, *(t for head in heads for t in clause.after(head, ("in", "of")))])
    return [Participant(code, part="host") for _, code in places[:1]]


def with_partner(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "The Chilean minister conferred with Argentine Foreign Minister Jorge Faurie"; "discussed trade with"."""
    verb = trigger.token
    who = scene.doers(verb, "subject")
    heads = clause.after(verb, ("with",)) + [t for o in clause.objects(verb) for t in clause.after(o, ("with",))]
    whom = [p for p in scene.sides(heads, "object") if p.actor or p.in_office or p.country]
    if not whom and len(arguments.states(who)) >= 2 and trigger.entry.lemma == ("discuss",):
        return _talks(scene, trigger, who, [], anaphoric=not _are_named(clause.subjects(verb)))
    return _talks(scene, trigger, who, whom, anaphoric=False) if whom else ()


def speaks(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Foreign Secretary Lammy spoke with Jordanian Foreign Minister Ayman Safadi": with or to a person by name."""
    verb = trigger.token
    who = scene.doers(verb, "subject")
    whom = scene.sides(clause.partners(verb), "object")
    if not any(p.actor or p.country for p in whom):
        return ()
    return _talks(scene, trigger, who, whom, anaphoric=False)


def tells(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Chinese President Hu Jintao told visiting Kenyan President Mwai Kibaki": officials face to face."""
    who = [p for p in scene.doers(trigger.token, "subject") if _is_official(p)]
    whom = [p for p in scene.sides(clause.objects(trigger.token), "object") if p.in_office]
    whom = whom or [p for p in scene.person_after(trigger) if p.in_office]
    if not whom or arguments.states(who) & arguments.states(whom):
        return ()
    return _talks(scene, trigger, who, whom, anaphoric=False)


def _is_official(participant: Participant) -> bool:
    return participant.in_office or bool(participant.actor and participant.country)


def phones(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "President Chirac telephoned Lebanese President Emile Lahoud"; for "call" only a person without a complement.

    "The minister called on President Nyusi" is a courtesy visit, not "called on both sides to".
    """
    verb = trigger.token
    who = scene.doers(verb, "subject")
    called = [c for c in verb.children if c.dep_ == "oprd" and scene.is_person(c)]
    if trigger.entry.lemma == ("call",) and not called and _is_naming(verb):
        whom = [p for p in scene.sides(clause.after(verb, ("on",)), "object") if p.actor or p.in_office]
        courtesy = whom and not any(c.dep_ in ("xcomp", "ccomp", "advcl") for c in verb.children)
        return _talks(scene, trigger, who, whom, anaphoric=False, subtype="talks") if courtesy else ()
    whom = [p for p in scene.sides(clause.objects(verb) + called, "object") if p.actor]
    return _talks(scene, trigger, who, whom, anaphoric=False) if whom else ()


def _is_naming(verb: Token) -> bool:
    """ "called the attack outrageous", "called for calm", "called on": not by telephone."""
    return any(c.dep_ in ("oprd", "ccomp", "xcomp", "prt") or c.lower_ in _NOT_A_CALL for c in verb.children)


def event_noun(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "held talks with", "his meeting with", "US-China talks", "a meeting between A and B", "at the talks"."""
    noun = trigger.token
    if noun.lemma_.lower() == "talk" and noun.tag_ not in ("NNS", "NNPS") and not clause.after(noun, WITH):
        return ()
    if noun.dep_ == "compound" and noun.head.lemma_.lower() in _THINGS:
        return ()
    if noun.dep_ == "pobj" and noun.head.lower_ in _WAYS and not clause.after(noun, WITH):
        # "settled the border through friendly consultation": a way, not an act.
        return ()
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in _LONG:
        # "after two years of talks": many.
        return ()
    own = of_noun(scene, noun) + loose_partners(scene, noun)
    whole = clause.possessors(noun) and len(arguments.states(own)) >= 2
    who = [] if whole else around_noun(scene, noun)  # "told the king about his talks with Peru": the king is not there
    if arguments.states(who) and is_of_body(scene, noun):
        return (Candidate((*who, *own), "conference", note=" of a body"),)
    if not any(p.country or p.actor or p.organization or p.in_office for p in own):
        # Nobody is named as the partner: the act is known only if it was told before, or both sides act.
        both = len(arguments.states(who)) >= 2
        direct = clause.direct_governor(noun)
        named = both and direct is not None and _are_named(clause.subjects(direct[0]))
        sides = who if both or not who else [*who, *scene.pair("named")]
        return _talks(scene, trigger, sides, [], anaphoric=not named)
    return _talks(scene, trigger, who, own, anaphoric=False)


def phone_call(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "had a phone call with"; "a call with", "a conversation with" need a person or a state as partner."""
    noun = trigger.token
    words = {c.lower_ for c in noun.children}
    by_phone = bool(words & _PHONE) or noun.lemma_.lower() == "videoconference"
    partners = scene.sides(clause.after(noun, ("with", "between", "from")), "object")
    if not by_phone and not any(p.actor or p.in_office for p in partners):
        return ()
    caller = scene.sides(clause.after(noun, ("from",)), "subject")
    is_call = by_phone or noun.lemma_.lower() == "call"
    return [
        replace(
            candidate,
            participants=(*caller, *candidate.participants),
            subtype="call" if is_call else "talks",
            anaphoric=candidate.anaphoric and not caller,
        )
        for candidate in event_noun(scene, trigger)
    ]


def _talks(
    scene: Scene,
    trigger: Trigger,
    who: list[Participant],
    whom: list[Participant],
    *,
    anaphoric: bool,
    subtype: str | None = None,
) -> Sequence[Candidate]:
    """Accept talks between two states, or between a state and a named person or organisation without one.

    In headlines the sides come from the words around the trigger; an official without a state is one of the state
    being visited. "met separately with A and B" and "meetings with A and B" are several meetings.
    """
    sides = (*who, *whom)
    if not any(p.actor or p.in_office for p in sides) and (is_sport(scene) or is_private(scene, sides)):
        return ()
    if len(arguments.states([*who, *whom])) < 2 and scene.sentence.is_title:
        who, whom = scene.around(trigger)
    guests = arguments.states(who)
    stateless = [p for p in whom if not p.country and not p.organization and (p.in_office or p.actor)]
    if guests and stateless and not arguments.states(whom) - guests:
        host = scene.host(guests, None if any(p.actor for p in stateless) else trigger)
        if host is not None:
            # They are at home, and receive the others.
            at_home = [replace(p, country=host, actor=_of_state(p, host), part="host") for p in stateless]
            whom = at_home + [p for p in whom if p not in stateless]
            who = [replace(p, part="guest") if p.country else p for p in who]
    sides = (*who, *whom)
    subtype = subtype or ("call" if _by_phone(scene, trigger) else None)
    if len(arguments.states(sides)) >= 2:
        groups = _one_by_one(scene, trigger, who, whom)
        return [Candidate(tuple(group), subtype, anaphoric=anaphoric) for group in groups]
    others = [p for p in sides if not p.country and (p.organization or (p.actor and p.part == "object") or p.in_office)]
    if arguments.states(sides) and any(p.organization or guests for p in others):
        return (Candidate(tuple(sides), subtype, note=" with an organisation", anaphoric=anaphoric),)
    return ()


def _of_state(participant: Participant, state: str) -> Actor | None:
    return replace(participant.actor, country=state) if participant.actor else None


def _one_by_one(
    scene: Scene, trigger: Trigger, who: list[Participant], whom: list[Participant]
) -> list[list[Participant]]:
    """Split "met separately with A and B" and "bilateral meetings with A and B" into one meeting a partner."""
    partners = list(dict.fromkeys(p.country for p in whom if p.country))
    plural = trigger.token.lemma_.lower() == "meeting" and trigger.token.tag_ in ("NNS", "NNPS")
    apart = plural or any(token.lower_ in _ONE_BY_ONE for token in scene.sentence.span)
    if len(partners) < 2 or not arguments.states(who) or not apart:
        return [[*who, *whom]]
    return [[*who, *(p for p in whom if p.country == code)] for code in partners]


def _by_phone(scene: Scene, trigger: Trigger) -> bool:
    text = scene.sentence.text.lower()
    return trigger.entry.subtype == "call" or any(word in text for word in _PHONE_WORDS)


FRAMES: dict[str, Callable[[Scene, Trigger], Sequence[Candidate]]] = {
    "meet": meets,
    "exchange": exchanges,
    "host": hosts,
    "with": with_partner,
    "speak": speaks,
    "tell": tells,
    "call": phones,
    "event": event_noun,
    "phone": phone_call,
}
