"""Who takes part in talks or a gathering by the noun that tells of them: its owner, its partners, who holds it."""

from __future__ import annotations

import re

from spacy.tokens import Token

from extract.events import arguments, clause
from extract.events.annotated import within
from extract.events.lexicon import lexicon
from extract.events.mention import Participant
from extract.events.scene import Scene
from extract.mentions.countries import CountryMention

WITH = ("with", "between", "among", "by")
_HOLDING = lexicon("meeting.holding")
_NEAR = 8
_ARTICLE = re.compile(r"(?:[Tt]he )?")
_LISTING = re.compile(r"\s*(?:,|,? and|,? as well as)\s+(?:the\s+)?")
_TELLING = frozenset(["tell", "inform", "assure", "brief", "thank", "urge", "warn", "ask", "meet"])


def loose_partners(scene: Scene, noun: Token) -> list[Participant]:
    """ "a meeting at his office with the Omani foreign minister": the partner hangs on what stands between."""
    if clause.after(noun, WITH):
        return []
    below = [t for t in noun.subtree if t.lower_ == "with" and t.dep_ == "prep" and noun.i < t.i < noun.i + _NEAR]
    found = scene.sides([c for t in below for c in t.children if c.dep_ == "pobj"], "object")
    return [p for p in found if p.in_office or p.actor]


def around_noun(scene: Scene, noun: Token) -> list[Participant]:
    """Return who takes part in talks by the verb they hang on: "X held talks", "at the talks X told Y that"."""
    told = [c for c in noun.children if c.dep_ == "relcl" and c.lemma_.lower() in _HOLDING]
    if told:
        # "on talks that she held with Ethiopian leaders".
        heads = [t for verb in told for t in (*clause.subjects(verb), *clause.after(verb, ("with",))) if t.i != noun.i]
        held = scene.sides(heads, "subject")
        if arguments.states(held):
            return held
    direct = clause.direct_governor(noun)
    if direct is None:
        verb = clause.governor(noun)
        return scene.doers(verb, "subject") if verb is not None and noun.dep_ == "pobj" else []
    verb, how = direct
    if noun.dep_.startswith("nsubj") and verb.dep_ == "ccomp" and not clause.after(noun, ("between", "among")):
        # "South Korea said talks with Japan had been cancelled".
        return scene.doers(verb.head, "subject")
    if verb.lemma_.lower() not in _HOLDING and how in ("object", "subject"):
        return []
    heads = clause.subjects(verb) + (clause.after(verb, ("with",)) if how == "object" else [])
    if how not in ("object", "subject") and verb.lemma_.lower() in _TELLING:
        heads += clause.objects(verb)
    return scene.sides(heads, "subject")


def listed_behind(scene: Scene, verb: Token, words: tuple[str, ...], part: str) -> list[Participant]:
    """ "signed by the envoys to the UN in Geneva from Togo, Mali, Peru and other states": the states of a list.

    The list is the first of several states that follows one of `words` behind a verb; the parse may hang it anywhere.
    """
    for token in verb.doc[verb.i + 1 : scene.sentence.span.end - 1]:
        if token.lower_ in words:
            head = token.nbor(2) if token.nbor(1).lower_ == "the" else token.nbor(1)
            named = [country.code for country in _run_of_states(scene, scene.sentence.offset_of(head))]
            if len(set(named)) > 1:
                return [Participant(code, part=part) for code in dict.fromkeys(named)]
    return []


def _run_of_states(scene: Scene, start: int) -> list[CountryMention]:
    """Return the states of a list that begins at an offset or within a few words of it."""
    found: list[CountryMention] = []
    for country in within(scene.ann.countries, start, scene.sentence.end):
        between = scene.ann.text[found[-1].end if found else start : country.start]
        if country.form != "name" or not (_LISTING if found else _ARTICLE).fullmatch(between):
            break
        found.append(country)
    return found


def of_noun(scene: Scene, noun: Token) -> list[Participant]:
    """Return those whom an event noun itself names: its owner, its partners, and states before it."""
    found = scene.sides(clause.possessors(noun), "subject")
    found += scene.sides(clause.after(noun, WITH), "object")
    for modifier in clause.modifiers(noun):
        for participant in arguments.of_phrase(scene.ann, scene.sentence, modifier, "named"):
            if participant.country or participant.actor or participant.organization:
                found.append(participant)
    if not arguments.states(found):
        # "the ASEAN meeting" tells whose meeting it is, "the ASEAN-Japan meeting" who takes part.
        found = [p for p in found if p.part != "named" or not p.organization or p.actor]
    for child in noun.children:
        # "a meeting of the foreign ministers of Chile and Peru".
        if child.dep_ == "prep" and child.lower_ == "of":
            phrases = [arguments.of_phrase(scene.ann, scene.sentence, c, "named") for c in child.children]
            found += [p for phrase in phrases for p in phrase if p.country]
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
        found += scene.sides(clause.after(noun.head.head, ("with", "between")), "object")
    return found
