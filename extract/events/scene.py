"""A scene: one sentence in its article with what was told before it; resolves "the two leaders", "he", "here"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from extract.events import arguments
from extract.events.annotated import AnnotatedArticle, covering, within
from extract.events.lexicon import lexicon
from extract.events.mention import EventMention, Participant
from extract.events.triggers import Trigger
from extract.language import Sentence
from extract.mentions.places import find_places

_STATE_NOUNS = frozenset(["country", "nation", "capital", "kingdom", "republic"])
_GENERIC_OFFICIALS = lexicon("scene.generic_officials")


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence, its place among the article's sentences, its triggers, and the mentions found before it."""

    ann: AnnotatedArticle
    sentence: Sentence
    number: int
    triggers: tuple[Trigger, ...]
    history: tuple[EventMention, ...]

    def side(self, head: Token, part: str) -> list[Participant]:
        """Return the participants that a phrase stands for, through pronouns and "the two leaders" if need be."""
        found = arguments.of_phrase(self.ann, self.sentence, head, part)
        if any(p.country or p.organization for p in found):
            return found
        if arguments.is_pair(head):
            return self.pair(part)
        if arguments.is_pronoun(head) or self._is_definite(head):
            person = arguments.antecedent(self.ann, self.sentence, head)
            if person is not None:
                return [arguments.participant_of(person, part, head.i)]
        return found

    def sides(self, heads: list[Token], part: str) -> list[Participant]:
        """Return the participants of several phrases, in order."""
        return [participant for head in heads for participant in self.side(head, part)]

    def pair(self, part: str) -> list[Participant]:
        """Return the two sides at hand: those of the last act told with two, else the first two states named."""
        for mention in reversed(self.history):
            if len(mention.countries) == 2 and mention.kind in ("meeting", "agreement", "visit"):
                return _participants_of(mention, part)
        seen: dict[str, Participant] = {}
        for person in self.ann.people:
            if person.start >= self.sentence.start or len(seen) == 2:
                break
            if person.country and person.country not in seen:
                seen[person.country] = arguments.participant_of(person, part)
        return list(seen.values()) if len(seen) == 2 else []

    @staticmethod
    def _is_definite(head: Token) -> bool:
        words = {child.lower_ for child in head.children}
        return head.lemma_.lower() in _GENERIC_OFFICIALS and bool(words & {"the", "this", "that"})

    def destination(self, head: Token) -> tuple[str, str] | None:
        """Return (place as written, state) that a phrase names as a place: a state, a city, "here"; else None."""
        for token in (head, *_compounds(head)):
            offset = self.sentence.offset_of(token)
            country = covering(self.ann.countries, offset)
            if country is not None and country.form in ("name", "capital"):
                return self.ann.text[country.start : country.end], country.code
            place = covering(self.ann.places, offset)
            if place is not None and place.country:
                return place.name, place.country
        if head.lower_ == "here":
            return self.here()
        if head.lemma_.lower() in _STATE_NOUNS:
            for child in head.subtree:
                country = covering(self.ann.countries, self.sentence.offset_of(child))
                if country is not None:
                    return self.ann.text[country.start : country.end], country.code
        return None

    def destinations(self, heads: list[Token]) -> list[tuple[str, str]]:
        """Return the places that phrases and those coordinated with them name, in order, each state once per place."""
        found = [self.destination(token) for head in heads for token in (head, *head.conjuncts)]
        return list(dict.fromkeys(place for place in found if place is not None))

    def here(self) -> tuple[str, str] | None:
        """Return the dateline's place and its state, which "here" means in agency reports."""
        dateline = self.ann.article.dateline
        if dateline is None or not dateline.place:
            return None
        length = dateline.start + len(dateline.place)
        places = find_places(self.ann.text, dateline.start, length)
        if places and places[0].country:
            return places[0].name, places[0].country
        countries = within(self.ann.countries, dateline.start, length)
        return (self.ann.text[countries[0].start : countries[0].end], countries[0].code) if countries else None

    def venue(self, trigger: Trigger) -> tuple[str, str] | None:
        """Return where the act took place: "in Lima", "at Camp David", "here" near the trigger in the grammar."""
        heads = [trigger.token, trigger.token.head, *(c for c in trigger.token.children if c.dep_ == "dobj")]
        for head in heads:
            for child in head.children:
                if child.dep_ == "prep" and child.lower_ in ("in", "at"):
                    for place in self.destinations([c for c in child.children if c.dep_ == "pobj"]):
                        return place
                if child.dep_ == "advmod" and child.lower_ == "here":
                    return self.here()
        return None


def _compounds(head: Token) -> list[Token]:
    return [c for c in head.children if c.dep_ in ("compound", "appos", "nmod") and c.pos_ == "PROPN"]


def _participants_of(mention: EventMention, part: str) -> list[Participant]:
    people = {actor.country: actor for actor in mention.actors if actor.country}
    return [Participant(code, people.get(code), None, part) for code in sorted(mention.countries)]
