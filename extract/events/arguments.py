"""Who takes part: from head words of the grammar to states, persons and organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from extract.events.annotated import AnnotatedArticle, covering, within
from extract.events.lexicon import lexicon
from extract.events.mention import Participant
from extract.language import Sentence
from extract.mentions.countries import CountryMention
from extract.mentions.people import PersonMention
from extract.record import Actor

# Where a noun phrase stops naming who takes part: "talks with Oman ON Yemen", "the minister IN Cairo".
_STOPS = lexicon("arguments.stops")
_LONGEST_PHRASE = 200
_STATE_OFFICES = ("state", "party", "military", "diplomatic", "royal", "spokesperson")
_CLAUSES = frozenset(["relcl", "advcl", "ccomp", "parataxis", "csubj"])
_LEADING = frozenset(["lead", "head", "chair"])
_OFFICIALS = lexicon("arguments.officials")
_UNITED_NATIONS = frozenset(["un", "u.n.", "nations"])
_PAIR_WORDS = frozenset(["two", "both"])
_PAIR_NOUNS = lexicon("arguments.pair_nouns")
_OWNED = frozenset(["office", "ministry", "government", "country", "nation", "delegation", "embassy", "spokesman"])
_HOST_BODIES = lexicon("arguments.host_bodies")
_HOST_WORDS = lexicon("arguments.host_words")
_PLURAL_PRONOUNS = frozenset(["they", "them", "their", "both"])
_SINGULAR_PRONOUNS = frozenset(["he", "she", "him", "her", "his", "latter"])


def of_phrase(ann: AnnotatedArticle, sentence: Sentence, head: Token, part: str) -> list[Participant]:
    """Return the participants that a noun phrase names, given its head word; coordinated phrases included."""
    found: list[Participant] = []
    seen: set[tuple[int, int]] = set()
    for token in _phrase(head):
        offset = sentence.offset_of(token)
        person = covering(ann.people, offset) or person_titled(ann, offset)
        if person is not None:
            if (person.start, person.end) not in seen:
                seen.add((person.start, person.end))
                found += [participant_of(p, part, token.i) for p in _together(ann, person)]
            continue
        countries = _countries_of(ann, sentence, token)
        for country in countries:
            if (country.start, country.end) not in seen and _acts(country, token, head):
                found.append(Participant(country.code, part=part, token=token.i))
            seen.add((country.start, country.end))
        if countries:
            continue
        organization = None if _are_of_members(token) else covering(ann.organizations, offset)
        if organization is not None and (organization.start, organization.end) not in seen:
            seen.add((organization.start, organization.end))
            found.append(Participant(None, organization=organization.name, part=part, token=token.i))
    return found


def _are_of_members(token: Token) -> bool:
    """ "UN ambassadors said", "the UN envoys": of the members at the United Nations, for whom it does not speak."""
    at_un = token.lower_ in _UNITED_NATIONS and token.dep_ in ("compound", "nmod", "amod")
    return at_un and token.head.lemma_.lower() in ("ambassador", "envoy") and token.head.tag_ in ("NNS", "NNPS")


def of_phrase_alone(ann: AnnotatedArticle, sentence: Sentence, token: Token) -> list[Participant]:
    """Return the participant that a single word belongs to, without its grammar: for headlines."""
    offset = sentence.offset_of(token)
    person = covering(ann.people, offset) or person_titled(ann, offset)
    if person is not None:
        return [participant_of(one, "named") for one in _together(ann, person)]
    country = covering(ann.countries, offset)
    if country is not None and (country.form != "demonym" or token.head.lemma_.lower() in _OFFICIALS):
        return [Participant(country.code)]
    organization = covering(ann.organizations, offset)
    return [Participant(None, organization=organization.name)] if organization is not None else []


def participant_of(person: PersonMention, part: str, token: int = -1) -> Participant:
    """Make a participant of a person mention; an office without a name brings its state alone."""
    actor = Actor(person.name, person.country, person.role or None) if person.name else None
    # A president whose state only the article tells is one of a state as well.
    in_office = person.kind in _STATE_OFFICES or (person.kind == "open" and person.country is not None)
    return Participant(person.country, actor, person.organization, part, token, in_office)


def _countries_of(ann: AnnotatedArticle, sentence: Sentence, token: Token) -> list[CountryMention]:
    """Return the states that a word names: two where it is one word of both ("U.S.-Laos")."""
    offset = sentence.offset_of(token)
    country = covering(ann.countries, offset)
    if country is None or country.form != "compound":
        return [country] if country is not None else []
    return within(ann.countries, country.start, sentence.end_of(token))


def _together(ann: AnnotatedArticle, person: PersonMention) -> list[PersonMention]:
    """Return a person with those told by the same words: "the leaders of Peru and Chile" are two."""
    if person.name:
        return [person]
    return [p for p in within(ann.people, person.start, person.end) if (p.start, p.end) == (person.start, person.end)]


def in_title_of_person(ann: AnnotatedArticle, offset: int) -> bool:
    """Tell whether `offset` lies in the title of a named person: "Chairman of the Consultative Conference Wang"."""
    person = person_titled(ann, offset)
    return person is not None and bool(person.name)


def person_titled(ann: AnnotatedArticle, offset: int) -> PersonMention | None:
    """Return the person whose title covers `offset`: in "Kenyan President William Ruto" also at "Kenyan"."""
    for person in within(ann.people, offset - _LONGEST_PHRASE, offset + _LONGEST_PHRASE):
        if person.phrase_start <= offset < person.phrase_end:
            return person
    return None


def _phrase(head: Token) -> Iterator[Token]:
    """Walk a noun phrase without its relative clauses, topics and places."""
    stack = [head]
    while stack:
        token = stack.pop()
        yield token
        for child in reversed(list(token.children)):
            if child.dep_ in _CLAUSES or child.dep_ == "punct":
                continue
            if child.dep_ in ("prep", "mark") and child.lower_ in _STOPS and not _is_whose(child):
                continue
            if child.dep_ == "acl" and child.lemma_.lower() not in _LEADING:
                continue
            if child.pos_ == "VERB" and child.dep_ == "conj":
                continue
            stack.append(child)


def _is_whose(preposition: Token) -> bool:
    """Tell whether a place says whose officials they are: "her counterparts in Chad, Togo and Mali"."""
    return preposition.lower_ == "in" and preposition.head.lemma_.lower() == "counterpart"


def _acts(country: CountryMention, token: Token, head: Token) -> bool:
    """Tell whether a country named in a phrase takes part: as its head, or through an official body or person.

    "Kenya", "the Kenyan delegation", "officials of Kenya" do; "Kenyan coffee" does not.
    """
    if country.form in ("seat", "body", "party", "compound"):
        return True
    first = token
    while first.dep_ == "conj" and first != head:
        first = first.head
    if first == head or (first.dep_ == "appos" and country.form in ("name", "capital")):
        return True
    noun = token
    for _ in range(4):
        if noun.lemma_.lower() in _OFFICIALS:
            return True
        if noun in (head, noun.head):
            break
        noun = noun.head
    return head.lemma_.lower() in _OFFICIALS


def is_pair(head: Token) -> bool:
    """Tell whether a phrase means the two sides at hand: "the two leaders", "both sides", "they"."""
    if head.lower_ in _PLURAL_PRONOUNS:
        return True
    words = {child.lower_ for child in head.children}
    if head.lemma_.lower() in _PAIR_NOUNS and words & _PAIR_WORDS:
        return True
    return head.lower_ == "sides" or (
        head.lemma_.lower() in ("head", "leader") and head.tag_ == "NNS" and "the" in words
    )


def is_pronoun(head: Token) -> bool:
    """Tell whether a phrase is a pronoun for one person."""
    return head.lower_ in _SINGULAR_PRONOUNS


def owner_of_body(head: Token) -> Token | None:
    """Return the pronoun for the official whose body a noun names: "his" in "his ministry said", "her government"."""
    if head.lemma_.lower() not in _OWNED:
        return None
    return next((c for c in head.children if c.dep_ == "poss" and c.lower_ in ("his", "her")), None)


def said_of(head: Token) -> Token | None:
    """Return of whom a noun is said: Noboa in "Noboa is the first president to visit Fiji"."""
    if head.dep_ != "attr" or head.head.lemma_ not in ("be", "become"):
        return None
    return next((c for c in head.head.children if c.dep_ == "nsubj" and c.i < head.i), None)


def is_host_body(head: Token) -> bool:
    """Tell officials who are those of the place: "senior government officials", "local authorities"."""
    return head.lemma_.lower() in _HOST_BODIES and head.tag_ == "NNS" and not is_of_anybody(head)


def is_thing_of_somebody(head: Token) -> bool:
    """Tell a thing or an act of somebody from the somebody: "Kenya's offer", "Ruto's visit", not "Ruto's envoy"."""
    owned = any(c.dep_ == "poss" for c in head.children)
    return owned and head.pos_ == "NOUN" and head.lemma_.lower() not in _OFFICIALS


def is_of_anybody(head: Token) -> bool:
    """Tell officials who need not be those of the place: "business leaders", "EU officials"."""
    before = [c.lower_ for c in head.subtree if c.i < head.i]
    return head.lemma_.lower() in _HOST_BODIES and any(word not in _HOST_WORDS for word in before)


def states(participants: Iterable[Participant]) -> frozenset[str]:
    """Return the states among participants."""
    return frozenset(p.country for p in participants if p.country)


def actors(participants: Iterable[Participant]) -> tuple[Actor, ...]:
    """Return the named persons among participants, each once, in order."""
    return tuple(dict.fromkeys(p.actor for p in participants if p.actor is not None))


def organizations(participants: Iterable[Participant]) -> frozenset[str]:
    """Return the organisations among participants."""
    return frozenset(p.organization for p in participants if p.organization)
