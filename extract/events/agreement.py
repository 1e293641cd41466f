"""Agreements: signings, joint statements, relations established or upgraded, pledges of aid."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract.events import arguments, clause
from extract.events.lexicon import lexicon
from extract.events.mention import Candidate, Participant
from extract.events.scene import Scene
from extract.events.triggers import Trigger
from extract.events.writing import is_mail

_PAPERS = lexicon("agreement.papers")
_JOINT = frozenset(["statement", "declaration", "communique", "communiqué"])
_OUTCOMES = lexicon("agreement.outcomes")
_RELATIONS = frozenset(["relation", "tie", "relationship", "partnership", "link"])
_ISSUING = lexicon("agreement.issuing")
_AID = lexicon("agreement.aid")
_BREAKING = frozenset(["break", "sever", "cut", "suspend", "end", "freeze", "severance", "suspension"])
_DECIDED = frozenset(["decision", "establishment", "upgrade", "upgrading", "elevation", "launch", "agreement"])
_FOLDS = frozenset(["family", "fold", "ranks", "rank", "circle", "seat"])
_PRESENT = "present"
MONEY = re.compile(r"(?:[$€£¥]|US\$|\b(?:dollars?|euros?|yuan|yen|pounds?|million|billion|tonnes?|doses)\b)")


def signs(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Peru and Chile signed an agreement", "signed a memorandum with Laos", "a pact signed by A and B"."""
    verb = trigger.token
    papers = [t for t in clause.objects(verb) if t.lemma_.lower() in _PAPERS and not is_mail(t)]
    if verb.dep_ == "acl" and verb.head.lemma_.lower() in _PAPERS:
        papers = papers or [verb.head]
    if not papers:
        return ()
    people = scene.sides([t for t in clause.subjects(verb) if t.lemma_.lower() not in _PAPERS], "subject")
    people += scene.sides(clause.after(verb, ("with", "by", "between")), "object")
    # "a contract worth 29 million dollars with Kazakhstan": the partner hangs on whatever stands before it.
    loose = [t for t in verb.subtree if t.i > verb.i and t.lower_ == "with" and t.dep_ == "prep"]
    people += scene.sides([c for t in loose for c in t.children if c.dep_ == "pobj"], "object")
    if not people and clause.is_passive(verb):
        people = scene.pair("subject")
    for paper in papers:
        people += scene.sides(clause.after(paper, ("with", "between", "by")), "object")
        people += _compound_states(scene, paper)
    joint = any(t.lemma_.lower() in _JOINT and any(c.lower_ == "joint" for c in t.children) for t in papers)
    return _between(people, "joint_statement" if joint else None)


def signing(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "the signing of a treaty between Oman and Yemen", "witnessed the signing of cooperation documents"."""
    noun = trigger.token
    papers = [t for t in clause.after(noun, ("of",)) if t.lemma_.lower() in _PAPERS]
    if not papers:
        return ()
    people = scene.sides(clause.possessors(noun) + clause.after(noun, ("by", "between", "with")), "subject")
    for paper in papers:
        people += scene.sides(clause.after(paper, ("with", "between", "by")), "object") + _compound_states(scene, paper)
    direct = clause.direct_governor(noun)
    if direct is not None and direct[0].lemma_.lower() in ("witness", "attend", "oversee", "preside"):
        # With the parties named, who looks on is none of them.
        people += scene.doers(direct[0], "subject" if len(arguments.states(people)) < 2 else _PRESENT)
    return _between(people, None)


def concludes(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Serbia and Kosovo reached an agreement", "concluded a treaty with"."""
    verb = trigger.token
    outcomes = [t for t in clause.objects(verb) if t.lemma_.lower() in _OUTCOMES]
    if not outcomes:
        return ()
    people = scene.sides(clause.subjects(verb) + clause.after(verb, ("with", "between")), "subject")
    for outcome in outcomes:
        people += scene.sides(clause.after(outcome, ("with", "between")), "object") + _compound_states(scene, outcome)
    return _between(people, None)


def agrees(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Thailand and Cambodia agreed on a ceasefire", "Chad agreed with Niger to a truce": states and an outcome."""
    verb = trigger.token
    outcomes = [t for t in clause.after(verb, ("on", "to", "upon")) if t.lemma_.lower() in _OUTCOMES | _PAPERS]
    if not outcomes:
        return ()
    people = scene.sides(clause.subjects(verb) + clause.after(verb, ("with",)), "subject")
    for outcome in outcomes:
        people += scene.sides(clause.after(outcome, ("with", "between")), "object")
    return _between(people, None)


def issued(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Both sides issued a joint statement", "in a joint statement, Japan and India said"."""
    noun = trigger.token
    people = scene.sides(clause.after(noun, ("between", "by", "with")) + clause.possessors(noun), "subject")
    direct = clause.direct_governor(noun)
    if direct is not None and direct[1] == "in" and not people:
        # "Peru and Bolivia called for calm in a joint statement".
        people = scene.doers(direct[0], "subject")
    elif direct is not None and direct[0].lemma_.lower() in _ISSUING:
        people += scene.doers(direct[0], "subject")
        people += scene.sides(clause.after(direct[0], ("with",)), "object")
    if len(arguments.states(people)) < 2:
        return ()
    return _between(people, None)


def relations(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "established diplomatic relations with", "elevated ties to a partnership", "restoration of relations"."""
    word = trigger.token
    if word.pos_ in ("VERB", "AUX"):
        bonds = [t for t in clause.objects(word) if _is_bond(t)]
        heads = clause.subjects(word) + clause.after(word, ("with", "between"))
    else:
        bonds = [t for t in clause.after(word, ("of", "in")) if _is_bond(t)]
        heads = clause.after(word, ("by", "between", "with"))
    if not bonds:
        return ()
    people = scene.sides([t for t in heads if not _is_bond(t)], "subject")
    for bond in bonds:
        people += scene.sides(clause.after(bond, ("with", "between", "to")), "object")
        people += _compound_states(scene, bond)
        if len(arguments.states(people)) < 2:
            people += scene.sides(clause.possessors(bond), "object")
    if not arguments.states(people) and _is_remembered(word) and (verb := clause.governor(word)) is not None:
        # "Since the establishment of relations in 1964, Kenya and Fiji have stood together".
        people = [p for p in scene.sides(clause.subjects(verb), "subject") if not p.actor]
    # Known only from an anniversary or a "since", they count with a year alone.
    part = _PRESENT if word.lemma_.lower() in _BREAKING else "signatory"
    return [replace(candidate, anaphoric=_is_remembered(word)) for candidate in _between(people, None, part)]


def announces(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "President Ruto announced with President Hichilema the decision to build a partnership": both decide it."""
    verb = trigger.token
    decided = any(t.lemma_.lower() in _DECIDED for t in clause.objects(verb))
    people = scene.doers(verb, "subject") + scene.sides(clause.after(verb, ("with",)), "object")
    return _between([p for p in people if p.country], "relations") if decided else ()


def membership(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Syria rejoined the Arab League": a state enters or leaves an organisation."""
    states_ = [p for p in scene.doers(trigger.token, "subject") if p.country and not p.actor]
    heads = clause.objects(trigger.token)
    # "rejoined the family of the Arab League".
    heads += [t for head in heads if head.lemma_.lower() in _FOLDS for t in clause.after(head, ("of",))]
    bodies = [p for p in scene.sides(heads, "object") if p.organization]
    if not states_ or not bodies:
        return ()
    return (Candidate((*states_, *bodies)),)


def gives_aid(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Japan pledged 20 million dollars in aid to Tuvalu": giver, recipient and an amount or a grant."""
    verb = trigger.token
    things = clause.objects(verb)
    subtree = [t for t in verb.subtree if t.i > verb.i] if things else []
    giving = verb.lemma_.lower() in ("grant", "donate", "lend", "provide", "contribute", "pledge")
    aid = any(t.lemma_.lower() in _AID for t in subtree) or giving
    if not aid or not MONEY.search(" ".join(t.text for t in subtree)):
        return ()
    giver = scene.doers(verb, "donor")
    receivers = clause.after(verb, ("to", "for")) + [c for c in verb.children if c.dep_ == "dative"]
    receivers += [r for thing in things for r in clause.after(thing, ("to", "for"))]
    receivers += [t for t in things if t.lemma_.lower() not in _AID]
    helped = [t for t in subtree if t.lemma_.lower() in ("help", "assist", "support") and t.pos_ == "VERB"]
    receivers += [r for t in helped for r in (*clause.objects(t), *clause.subjects_below(t))]
    people = giver + scene.sides(receivers, "recipient")
    if len(arguments.states(people)) == 1:
        # "announced 50 million in assistance": for the partner at hand.
        pair = scene.pair("recipient")
        people += pair if arguments.states(people) & arguments.states(pair) else []
    return _between(people, None) if arguments.states(giver) else ()


def _is_remembered(word: Token) -> bool:
    """ "since relations were established", "the 50th anniversary of the establishment": a date of long ago."""
    if any(c.dep_ == "mark" and c.lower_ == "since" for c in word.children):
        return True
    above = list(word.ancestors)[:3]
    return any(token.lower_ == "since" or token.lemma_.lower() == "anniversary" for token in above)


def _is_bond(token: Token) -> bool:
    return token.lemma_.lower() in _RELATIONS


def _compound_states(scene: Scene, noun: Token) -> list[Participant]:
    """Return the states before a noun: "the Norway-Russia treaty", "Indian-Nepalese relations"."""
    return [
        participant
        for modifier in clause.modifiers(noun)
        for participant in arguments.of_phrase(scene.ann, scene.sentence, modifier, "named")
        if participant.country
    ]


def _between(people: list[Participant], subtype: str | None, part: str = "signatory") -> Sequence[Candidate]:
    """Accept an arrangement of two states, or of one with an organisation; `part` is theirs where none is told."""
    named = arguments.states(people)
    strangers = any(p.actor and not p.country for p in people)
    if len(named) >= 2 or (named and (arguments.organizations(people) or strangers)):
        told = (replace(p, part=part) if p.part in ("subject", "object", "named") else p for p in people)
        return (Candidate(tuple(told), subtype),)
    return ()


FRAMES: dict[str, Callable[[Scene, Trigger], Sequence[Candidate]]] = {
    "sign": signs,
    "signing": signing,
    "conclude": concludes,
    "agree": agrees,
    "issued": issued,
    "relations": relations,
    "announce": announces,
    "membership": membership,
    "aid": gives_aid,
}
