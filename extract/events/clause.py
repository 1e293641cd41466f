"""The grammar around a trigger: its subject, objects and prepositions, through chains of verbs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from extract.events.lexicon import lexicon

SUBJECT = ("nsubj", "csubj", "expl")
PASSIVE_SUBJECT = ("nsubjpass", "nsubj:pass")
_RELATIVE = {"who", "which", "that", "whom"}
_INHERITS = ("conj", "xcomp", "advcl", "acl", "pcomp")
_MAX_STEPS = 6
# Whose subject acts in the clause below although in the passive: "is expected to visit", "is quoted as saying".
_OF_PASSIVE = frozenset(["quote", "cite", "expect", "schedule", "slate", "due", "report", "set", "invite", "send"])
_MAKING = frozenset(
    ["invite", "send", "dispatch", "prevent", "stop", "bar", "ask", "urge", "allow", "order", "instruct", "support"]
)
_WAYS = frozenset(["phone", "telephone", "video", "videolink", "videoconference", "link", "call", "person", "private"])
_OFFICIALS = lexicon("arguments.officials")
_ASIDES = frozenset(["on", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


def subjects(verb: Token) -> list[Token]:
    """Return the head words of who acts: the subject, the agent of a passive, or that of the verb it hangs on.

    "The envoy, who met …": the envoy. "He flew to Oslo and met …": he. "… said while meeting …": who said it.
    """
    token = verb
    for _ in range(_MAX_STEPS):
        agents = [p for c in token.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
        if agents:
            return agents
        own = [c for c in token.children if c.dep_ in SUBJECT]
        if token != verb and (told := _told_to(token, verb)):
            return told
        if own and own[0].lower_ in _RELATIVE and token.dep_ == "relcl":
            return [token.head]
        if own:
            return own
        if is_passive(token):
            return objects(token) if token != verb and token.lemma_ in _OF_PASSIVE else []
        if token.dep_ in ("acl", "relcl") and token.head.pos_ == "NOUN" and _is_infinitive(token):
            # "lost no time to send", "Mali's decision to leave": whoever decided, not the decision.
            if possessors(token.head):
                return possessors(token.head)
            if token.head.dep_ != "attr" and token.head.lemma_.lower() in _OFFICIALS:
                # "arrangements for a delegation to travel": the delegation.
                return [token.head]
            token = token.head.head if token.head.dep_ in ("dobj", "attr", "pobj") else token.head
            token = token.head if token.pos_ == "ADP" else token
            continue
        if token.dep_ == "relcl":
            return [token.head]
        if token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return [token.head]
        if token.dep_ == "pcomp" and token.head.dep_ == "prep":
            token = token.head.head
        elif token.dep_ in _INHERITS and token.head != token:
            token = token.head
        else:
            return _standing_before(token)
    return []


def _told_to(token: Token, verb: Token) -> list[Token]:
    """Return who is to act when somebody else makes them: Kenya in "invited Kenya to visit"."""
    if token.lemma_ not in _MAKING:
        return []
    return [c for c in token.children if c.dep_ == "dobj" and c.i < verb.i]


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _standing_before(verb: Token) -> list[Token]:
    """Return the noun that stands right before a finite verb to which the parse gives no subject.

    "At the invitation of President Mnangagwa, Zambian President Hakainde Hichilema paid a visit": Hichilema. "With the
    help of Kenya, Chad and Niger held talks": the two after the comma.
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VB") or verb.pos_ != "VERB" or verb.i == verb.sent.start:
        return []
    token = verb.nbor(-1)
    while token.i > token.sent.start and (token.pos_ in ("AUX", "ADV", "PART") or token.lower_ in _ASIDES):
        token = token.nbor(-1)
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in ("appos", "pobj", "conj", "dep", "ROOT"):
        return []
    while token.dep_ == "conj" and token.head.i < token.i:
        between = token.doc[token.head.i + 1 : token.i]
        if any(t.lower_ == "," for t in between) or not any(t.lower_ == "and" for t in between):
            break
        token = token.head
    return [token]


def is_passive(verb: Token) -> bool:
    """Tell whether a verb stands in the passive voice."""
    return any(c.dep_ in ("auxpass", *PASSIVE_SUBJECT) for c in verb.children)


def objects(verb: Token) -> list[Token]:
    """Return the head words of direct objects; for a passive, of its subject."""
    passive = [c for c in verb.children if c.dep_ in PASSIVE_SUBJECT]
    if passive:
        if passive[0].lower_ in _RELATIVE and verb.dep_ == "relcl":
            return [verb.head]
        return passive
    return [c for c in verb.children if c.dep_ in ("dobj", "dative", "obj", "oprd")] or visitors(verb)


def subjects_below(verb: Token) -> list[Token]:
    """Return the subjects of the clauses under a verb: Kenya in "help Kenya respond"."""
    return [s for c in verb.children if c.dep_ in ("ccomp", "xcomp") for s in c.children if s.dep_ in SUBJECT]


def visitors(verb: Token) -> list[Token]:
    """Return the guest in "met visiting Fijian Prime Minister Laisenia Qarase", which parses as a clause of its own."""
    return [
        guest
        for c in verb.children
        if c.tag_ == "VBG" and c.lemma_.lower() == "visit" and c.dep_ in ("xcomp", "ccomp", "advcl", "acl")
        for guest in c.children
        if guest.dep_ == "dobj"
    ]


def after(token: Token, prepositions: Collection[str]) -> list[Token]:
    """Return the head words after the given prepositions that hang on `token`, also as "with X on Y with Z"."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ in ("prep", "dative", "agent", "prt") and child.lower_ in prepositions:
            found += [c for c in child.children if c.dep_ == "pobj"]
            # "talks with visiting Fijian Prime Minister Rabuka" may parse as a clause of its own.
            found += [g for c in child.children if c.lower_ == "visiting" for g in c.children if g.dep_ == "dobj"]
            # "together with", "along with": the second preposition hangs on the first.
            found += [p for c in child.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
    return found


def partners(verb: Token) -> list[Token]:
    """Return those after "with" or "to" behind how people talk: "spoke by phone with X", "met in private with X"."""
    found = after(verb, ("with", "to"))
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "on", "via", "over", "in"):
            ways = [c for c in child.children if c.dep_ == "pobj" and c.lemma_.lower() in _WAYS]
            found += [p for way in ways for p in after(way, ("with", "to"))]
    return found


def possessors(noun: Token) -> list[Token]:
    """Return the head words of a noun's possessors: "Kenya's visit", "his talks"."""
    return [c for c in noun.children if c.dep_ == "poss"]


def modifiers(noun: Token) -> list[Token]:
    """Return the words that modify a noun before it: "US-China talks", "Norwegian visit"."""
    return [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod") and c.i < noun.i]


def governor(noun: Token) -> Token | None:
    """Return the verb that a noun hangs on, through prepositions and coordinated nouns, or None."""
    token = noun
    for _ in range(_MAX_STEPS):
        if token.head == token:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.dep_ == "ROOT":
            return None
    return None


def direct_governor(noun: Token) -> tuple[Token, str] | None:
    """Return the verb that a noun belongs to and how: object, subject or the preposition between them.

    Coordinated nouns count as the first of them; "a round of talks" counts as the talks.
    """
    token = noun
    for _ in range(_MAX_STEPS):
        if token.dep_ in ("conj", "appos", "compound", "nmod") and token.head.pos_ in ("NOUN", "PROPN"):
            token = token.head
        elif token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.pos_ in ("NOUN", "NUM"):
            token = token.head.head
        else:
            break
    head = token.head
    if head == token:
        return None
    if head.pos_ in ("VERB", "AUX"):
        if token.dep_ in ("dobj", "attr", "oprd", "dative"):
            return head, "object"
        if token.dep_ in PASSIVE_SUBJECT:
            return head, "object"
        if token.dep_ in SUBJECT:
            return head, "subject"
    if token.dep_ == "pobj" and head.head != head and head.head.pos_ in ("VERB", "AUX"):
        return head.head, head.lower_
    if token.dep_ == "pobj" and head.lower_ == "of" and head.head.lower_ == "out" and head.head.head.pos_ == "VERB":
        return head.head.head, "out of"
    return None


def distance(one: Token, other: Token) -> int:
    """Return the number of steps between two tokens of a sentence in the dependency tree; 99 if unconnected."""
    up = {token.i: steps for steps, token in enumerate(_chain(one))}
    for steps, token in enumerate(_chain(other)):
        if token.i in up:
            return steps + up[token.i]
    return 99


def _chain(token: Token) -> Iterator[Token]:
    yield token
    yield from token.ancestors


def conjuncts(token: Token) -> list[Token]:
    """Return a token and those coordinated with it to its right."""
    return [token, *token.conjuncts]
