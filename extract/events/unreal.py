"""What is only asked, supposed or habitual: a sentence with the words of an act that tells of none."""

from __future__ import annotations

import re

from spacy.tokens import Token

from extract.events.lexicon import lexicon
from extract.events.triggers import Trigger, lemma_of

_ASKING = lexicon("unreal.asking")
_LABEL = re.compile(r"\s*(?:[A-Z][\w .'’-]{0,40}:\s*)?(\w+)")
_CLAUSES = frozenset(["advcl", "relcl", "acl"])
_NO_TIME = re.compile(
    r"\bat (?:an?|some|any) (?:\w+ )?(?:appropriate|convenient|suitable|later|future) (?:time|date|point|moment)\b"
    r"|\bat (?:his|her|their|its) convenience\b|\bat some (?:point|time|stage)\b|\bone day\b|\bsome day\b"
)
BACKED = "supported in holding"
"""The cue of a plan that counts only with a time: without one the host is merely wished well."""
_BACKING = frozenset(["support"])
_HOLDING = frozenset(["hold", "convene", "host", "organise", "organize"])
_HINDERING = frozenset(["prevent", "stop", "deter", "keep", "discourage"])
_WHENEVER = frozenset(["when", "whenever"])


def unreal(trigger: Trigger, verb: Token | None) -> str | None:
    """Return the word that makes an act a question, a habit or what has not happened yet; None where it is told.

    `verb` is the verb that the trigger belongs to.
    """
    if _is_asked(trigger, verb):
        return "?"
    if verb is None:
        return None
    return (_not_yet(verb) if "yet" in trigger.sentence.text.lower() else None) or _habit(verb)


def is_backed(verb: Token, head: Token) -> bool:
    """ "Mali supports Togo in holding the summit in May": what is backed is already planned; not "in joining"."""
    behind = verb.head.lower_ == "in" and verb.head.head == head
    return verb.dep_ == "pcomp" and behind and lemma_of(head) in _BACKING and lemma_of(verb) in _HOLDING


def hindered(verb: Token, head: Token) -> str | None:
    """ "prevented her from visiting Mali" calls a plan off; "will not stop her from visiting Mali" leaves it one."""
    if lemma_of(head) not in _HINDERING or verb.dep_ != "pcomp" or verb.head.lower_ != "from":
        return None
    return "planned" if any(c.dep_ == "neg" for c in head.children) else "cancelled"


def has_no_time(trigger: Trigger, cue: str) -> str | None:
    """Return the words that leave a plan without a time: "will visit Chile at an appropriate time".

    So does the `cue` of one that others only wish well: "supports Chile in hosting the forum".
    """
    if cue == BACKED:
        return cue
    found = _NO_TIME.search(trigger.sentence.text)
    return found[0] if found else None


def _is_asked(trigger: Trigger, verb: Token | None) -> bool:
    """ "Will she go to Lima?", "Q: Would there be a visit by her?"; not "What was said when you met the emir?"."""
    text = trigger.sentence.text
    if not text.rstrip(" \n\"'”’)").endswith("?"):
        return False
    first = _LABEL.match(text)
    if first is None or first[1].lower() not in _ASKING:
        return False
    token = verb if verb is not None else trigger.token
    while token.head != token:
        if token.dep_ in _CLAUSES:
            return False
        token = token.head
    return True


def _not_yet(verb: Token) -> str | None:
    """ "Mali has yet to reach an agreement with Niger", "the two are yet to meet": it has not happened."""
    for token in (verb, verb.head):
        words = [t.lower_ for t in token.doc[max(token.sent.start, token.i - 3) : token.i + 3]]
        if "yet" in words and any(words[i : i + 2] == ["yet", "to"] for i in range(len(words))):
            return "yet to"
    return None


def _habit(verb: Token) -> str | None:
    """ "When Peru meets Chile, shops close early", "whenever the two meet": what is usual, in the present tense."""
    if verb.tag_ not in ("VBZ", "VBP") or verb.dep_ != "advcl":
        return None
    whenever = next((c for c in verb.children if c.lower_ in _WHENEVER and c.i < verb.i), None)
    head_is_present = verb.head.tag_ in ("VBZ", "VBP") and not any(
        c.dep_ == "aux" and c.tag_ == "MD" for c in verb.head.children
    )
    return whenever.lower_ if whenever is not None and head_is_present else None
