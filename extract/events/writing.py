"""Statements in writing: letters, messages, articles, papers and written statements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract.events import arguments, clause
from extract.events.lexicon import lexicon
from extract.events.mention import Candidate, Participant
from extract.events.parties import listed_behind
from extract.events.scene import Scene
from extract.events.triggers import Trigger

_LETTERS = ("letter", "message")
_BINDING = frozenset(["intent", "intention", "understanding", "agreement", "interest", "credit"])
_WRITINGS = ("document", "paper", "statement", "communique", "report")
_SENDING = lexicon("statement.sending")
_PUBLISHING = lexicon("statement.publishing")


def writes(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "The premier wrote to his Indian counterpart": a letter with sender and addressee."""
    addressee = [p for p in scene.sides(clause.after(trigger.token, ("to",)), "addressee") if _is_heard(p)]
    sender = scene.doers(trigger.token, "speaker")
    return (Candidate((*sender, *addressee)),) if addressee and arguments.states(sender) else ()


def _is_heard(participant: Participant) -> bool:
    return bool(participant.country or participant.organization or participant.actor)


def written(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "sent a letter to", "sent the Omani embassy a note", "in a message to": sender and addressee."""
    noun = trigger.token
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in _LETTERS:
        # "a letter of condolence": told by its letter.
        return ()
    addressee = scene.sides(clause.after(noun, ("to", "with")), "addressee")
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        # "in an exchange of greetings with the King".
        addressee = addressee or scene.sides(clause.after(noun.head.head, ("to", "with")), "addressee")
    owners = [t for t in clause.possessors(noun) if not arguments.is_pronoun(t)]
    sender = scene.sides(owners + clause.after(noun, ("from", "by")), "speaker")
    direct = clause.direct_governor(noun)
    if direct is not None:
        verb, how = direct
        if verb.lemma_.lower() in _SENDING:
            sender = sender or scene.doers(verb, "speaker")
            receivers = [c for c in verb.children if c.dep_ in ("dative", "iobj") and c.pos_ != "ADP"]
            addressee = addressee or scene.sides(clause.after(verb, ("to", "with")) + receivers, "addressee")
        elif how == "in" and not sender:
            sender = scene.doers(verb, "speaker")
        elif not (sender and addressee):
            return ()
    if direct is not None and direct[1] == "in" and not sender:
        sender = scene.sides([t for t in clause.possessors(noun) if arguments.is_pronoun(t)], "speaker")
    if addressee and _is_exchanged(noun):
        addressee = [replace(p, part="speaker") for p in addressee]
    people = (*sender, *addressee)
    if not arguments.states(sender) or not (addressee or (direct and direct[1] == "object")):
        return ()
    return (Candidate(people),)


def _is_exchanged(noun: Token) -> bool:
    """ "exchanged greetings with the King", "in an exchange of messages with": both write."""
    return any(token.lemma_.lower() == "exchange" for token in (noun.head, noun.head.head))


def article(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "published a signed article in", "an article by Foreign Minister X was published on"."""
    noun = trigger.token
    verb = clause.governor(noun)
    if verb is None or verb.lemma_.lower() not in _PUBLISHING:
        return ()
    author = scene.sides(clause.possessors(noun) + clause.after(noun, ("by",)), "speaker")
    if not arguments.states(author):
        author = scene.doers(verb, "speaker")
    people = [p for p in author if p.actor and p.country]
    if len(arguments.states(people)) > 1 and noun.tag_ == "NNS":
        # "The two presidents published articles": each wrote one.
        return [Candidate((person,)) for person in people]
    return (Candidate(tuple(people)),) if people else ()


def signs_letter(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "The letter was signed by the ambassadors of Togo and Mali": those who sign are its senders."""
    verb = trigger.token
    if not any(is_mail(token) for token in clause.objects(verb)):
        return ()
    people = scene.sides([t for t in clause.subjects(verb) if t.lemma_.lower() != "letter"], "speaker")
    people += scene.sides(clause.after(verb, ("by",)), "speaker")
    if not arguments.states(people):
        people += listed_behind(scene, verb, ("from", "of"), "speaker")
    senders = [p for p in people if p.country]
    return (Candidate(tuple(senders)),) if senders else ()


def is_mail(noun: Token) -> bool:
    """ "The letter was signed by forty envoys": a message; "a letter of intent" and "the letters" exchanged are not."""
    binding = any(token.lemma_.lower() in _BINDING for token in clause.after(noun, ("of", "on")))
    return noun.lemma_.lower() == "letter" and noun.tag_ not in ("NNS", "NNPS") and not binding


def releases(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Kenya released a position paper", "the ministry issued a statement": a written word to the public."""
    papers = [t for t in clause.objects(trigger.token) if t.lemma_.lower() in _WRITINGS]
    if not papers or any(c.lower_ == "joint" for t in papers for c in t.children):
        return ()
    senders = [p for p in scene.doers(trigger.token, "speaker") if p.country]
    if len(arguments.states(senders)) != 1:
        return ()
    return (Candidate(tuple(senders), "remarks" if papers[0].lemma_.lower() == "statement" else "article"),)


FRAMES: dict[str, Callable[[Scene, Trigger], Sequence[Candidate]]] = {
    "write-to": writes,
    "message": written,
    "article": article,
    "sign-letter": signs_letter,
    "release": releases,
}
