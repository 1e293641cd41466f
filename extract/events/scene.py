"""A scene: one sentence in its article with what was told before it; resolves "the two leaders", "he", "here"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract.events import arguments, clause, reference
from extract.events.annotated import AnnotatedArticle, covering, within
from extract.events.chronology import Line
from extract.events.lexicon import lexicon
from extract.events.mention import EventMention, Participant
from extract.events.stays import Stay
from extract.events.triggers import Trigger
from extract.language import Sentence
from extract.mentions.places import find_places

_TOPICS = frozenset(["on", "over", "about", "amid", "against", "in", "at", "after", "despite"])
_FIRST_PERSON = ("i", "we")
_LINK = re.compile(r"[^,;.]{0,40}?(?:,|,? and|,? as well as)\s+(?:the\s+)?")
_STATE_NOUNS = frozenset(["country", "nation", "capital", "kingdom", "republic"])
_NEAR = 12
_TOWNS = frozenset(["city", "town", "port", "resort", "capital", "island", "village", "province"])
_HOLDING = frozenset(["hold", "host", "convene"])
OFFICES = lexicon("scene.generic_officials")
# Cities in which organisations have their seats: what meets there is no guest of the state.
SEATS = frozenset(["Brussels", "Geneva", "New York", "Vienna", "The Hague", "Strasbourg", "Luxembourg", "Addis Ababa"])


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence, its number in the article, its triggers, the mentions found before it, its line's date, its stay."""

    ann: AnnotatedArticle
    sentence: Sentence
    number: int
    triggers: tuple[Trigger, ...]
    history: Sequence[EventMention]
    line: Line | None = None
    stay: Stay | None = None

    def doers(self, verb: Token, part: str) -> list[Participant]:
        """Return who does what a verb tells; who travels, where the notes of a log say only "Met with Kufuor"."""
        heads = clause.subjects(verb)
        if self.stay is not None and not any(head.i != self.sentence.span.start for head in heads):
            return [arguments.participant_of(self.stay.traveller, part)]
        return self.sides(heads, part)

    def date_before(self) -> str | None:
        """Return the date of the act told last before that the text dates, for "the following day"."""
        return next((mention.date for mention in reversed(self.history) if mention.dated), None)

    def side(self, head: Token, part: str) -> list[Participant]:
        """Return the participants that a phrase stands for, through pronouns and "the two leaders" if need be."""
        found = arguments.of_phrase(self.ann, self.sentence, head, part)
        if any(p.country or p.organization for p in found):
            return found
        if arguments.is_pair(head):
            return reference.pair(self.ann, self.sentence, self.history, part, self.sentence.offset_of(head))
        if head.lower_ in _FIRST_PERSON:
            return self._first_person(head, part) or found
        if arguments.is_pronoun(head):
            person = reference.antecedent(self.ann, self.sentence, head)
            return [arguments.participant_of(person, part, head.i)] if person else found
        if self._is_definite(head) and not any(p.actor for p in found):
            person = reference.bearer(self.ann, self.sentence, head.lemma_.lower())
            return [arguments.participant_of(person, part, head.i) if person else _nameless(part, head)]
        if not found and (owner := arguments.owner_of_body(head)) is not None:
            person = reference.antecedent(self.ann, self.sentence, owner)
            country = person.country if person else None
            return [Participant(country, None, None, part, head.i, True)] if country else found
        if not found and (subject := arguments.said_of(head)) is not None:
            return self.side(subject, part)
        return found or ([_nameless(part, head)] if arguments.is_host_body(head) else [])

    def _first_person(self, head: Token, part: str) -> list[Participant]:
        """Return who says "I" or "we"."""
        person, home = reference.speaker(self.ann, self.sentence, self.is_quoted(head))
        if person is not None:
            return [arguments.participant_of(person, part, head.i)]
        return [Participant(home, None, None, part, head.i, True)] if home else []

    def sides(self, heads: list[Token], part: str) -> list[Participant]:
        """Return the participants of several phrases, in order."""
        return [participant for head in heads for participant in self.side(head, part)]

    def pair(self, part: str) -> list[Participant]:
        """Return the two sides at hand, for talks that name nobody."""
        return reference.pair(self.ann, self.sentence, self.history, part, self.sentence.end)

    def around(self, trigger: Trigger) -> tuple[list[Participant], list[Participant]]:
        """Return who is named before and after a trigger in a headline, where no parse can be trusted.

        What follows a topic word ("on", "over") is left out, and so is a place ("in Lima").
        """
        before: list[Participant] = []
        after: list[Participant] = []
        seen: set[Participant] = set()
        about = False
        for token in self.sentence.span:
            if token.i == trigger.token.i:
                about = False
            about = about or (token.lower_ in _TOPICS and token.i != trigger.token.i)
            if about:
                continue
            for participant in arguments.of_phrase_alone(self.ann, self.sentence, token):
                if participant not in seen:
                    seen.add(participant)
                    (before if token.i < trigger.token.i else after).append(participant)
        return before, after

    def places_after(self, trigger: Trigger) -> list[tuple[str, str]]:
        """Return the places named after a trigger in a headline, up to a topic: "to visit Oman, Qatar for talks"."""
        found: list[tuple[str, str]] = []
        for token in self.sentence.span:
            if token.i > trigger.token.i:
                if token.lower_ in ("for", "on", "amid", "after", "over", "as", "to") and found:
                    break
                place = self.destination(token)
                if place is not None:
                    found.append(place)
        return list(dict.fromkeys(found))

    def setting(self) -> tuple[str, str] | None:
        """Return the place that opens the sentence and sets its scene: "In Dhaka, the envoy met …"."""
        first = self.sentence.span[0]
        if first.lower_ in ("in", "at", "while") and len(self.sentence.span) > 2:
            for token in self.sentence.span[1:4]:
                place = self.destination(token)
                if place is not None:
                    return place
        return None

    def host(self, guests: frozenset[str], trigger: Trigger | None = None) -> str | None:
        """Return the state whose officials a guest meets when the text does not name it: the one being visited.

        With a `trigger`, where its act takes place counts too: "met senior officials in Lusaka".
        """
        for place in (self.setting(), self.venue(trigger) if trigger else None):
            if place is not None and place[1] not in guests:
                return place[1]
        if self.stay is not None and self.stay.host not in guests:
            return self.stay.host
        return reference.host_at_hand(self.history, guests, self.ann.article.index)

    def host_of_gathering(self, trigger: Trigger) -> str | None:
        """Return the state that holds a gathering: where it takes place, or where somebody travels to attend it.

        "the summit in Lusaka", "flew to Lusaka for the summit"; not the seat of an organisation ("in Brussels").
        """
        venue = self.venue(trigger) or self._held_in(trigger)
        if venue is None and self.stay is not None and self.stay.host is not None:
            venue = (self.stay.place or "", self.stay.host)
        if venue is None:
            journeys = [m for m in self.history if m.kind == "visit" and m.sentence == self.number]
            venue = next(((m.place, m.place_country) for m in journeys if m.place and m.place_country), None)
        return venue[1] if venue is not None and venue[0] not in SEATS else None

    def _held_in(self, trigger: Trigger) -> tuple[str, str] | None:
        """Return the place in "the summit on the information society to be held in Lusaka", "the Lusaka summit"."""
        following = self.sentence.span.doc[trigger.token.i + 1 : min(trigger.token.i + _NEAR, self.sentence.span.end)]
        holding = [t for t in following if t.tag_ == "VBN" and t.lemma_ in _HOLDING]
        inside = [c for t in holding for c in t.children if c.dep_ == "prep" and c.lower_ == "in"]
        # Not "the Lusaka Security Conference", where the city is part of a name.
        named = [c for c in trigger.token.children if c.dep_ == "compound" and c.i == trigger.token.i - 1]
        places = self.destinations([c for prep in inside for c in prep.children if c.dep_ == "pobj"])
        return next(iter(places), None) or next((p for c in named if (p := self._city(c)) is not None), None)

    def _city(self, token: Token) -> tuple[str, str] | None:
        """Return the city that a single word names, with its state; a state by name is none."""
        offset = self.sentence.offset_of(token)
        country = covering(self.ann.countries, offset)
        if country is None and covering(self.ann.places, offset) is None:
            return None
        return self.destination(token) if country is None or country.form == "capital" else None

    def titled(self, token: Token) -> Participant | None:
        """Return the person whose title holds a word: at "visiting" in "visiting Fijian Prime Minister Qarase"."""
        person = arguments.person_titled(self.ann, self.sentence.offset_of(token))
        return arguments.participant_of(person, "subject", token.i) if person is not None else None

    def people_here(self) -> list[Participant]:
        """Return the persons named in the sentence, in order."""
        people = within(self.ann.people, self.sentence.start, self.sentence.end)
        return [arguments.participant_of(person, "named") for person in people if person.name]

    def states_here(self) -> list[str]:
        """Return the states whose people or names stand in the sentence, in order, each once."""
        people = within(self.ann.people, self.sentence.start, self.sentence.end)
        named = [c for c in within(self.ann.countries, self.sentence.start, self.sentence.end) if c.form == "name"]
        return list(dict.fromkeys([*(p.country for p in people if p.country), *(c.code for c in named)]))

    def person_after(self, trigger: Trigger) -> list[Participant]:
        """Return the person whose title or name begins right behind a trigger, whatever the parse makes of it.

        "visiting" may stand between them: "told visiting Fijian Prime Minister Sitiveni Rabuka".
        """
        for person in within(self.ann.people, trigger.end, self.sentence.end):
            if self.ann.text[trigger.end : person.phrase_start].strip() in ("", "visiting", "the visiting"):
                return [arguments.participant_of(person, "object")]
        return []

    def is_quoted(self, token: Token) -> bool:
        """Tell whether a word stands within quotation marks that the sentence opens and closes."""
        marks = [t.i for t in self.sentence.span if t.text == '"'] if '"' in self.sentence.text else []
        before = sum(mark < token.i for mark in marks)
        return before % 2 == 1 and any(mark > token.i for mark in marks)

    def is_person(self, head: Token) -> bool:
        """Tell whether a word is the head of a person's name."""
        person = covering(self.ann.people, self.sentence.offset_of(head))
        return person is not None and bool(person.name)

    @staticmethod
    def _is_definite(head: Token) -> bool:
        words = {child.lower_ for child in head.children}
        return head.lemma_.lower() in OFFICES and bool(words & {"the", "this", "that"})

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
            if [child.lower_ for child in head.children if child.i < head.i] == ["the"]:
                return reference.state_at_hand(self.ann, self.sentence, head)
        return self._located(head)

    def _located(self, head: Token) -> tuple[str, str] | None:
        """Return where a thing lies that is no place by name: "a summit in Lusaka", "the city of Ndola"."""
        towards = ("in", "of") if head.lemma_.lower() in _TOWNS else ("in",)
        inside = [c for c in head.children if c.dep_ == "prep" and c.lower_ in towards and head.pos_ == "NOUN"]
        return next((p for prep in inside for c in prep.children if (p := self.destination(c)) is not None), None)

    def destinations(self, heads: list[Token]) -> list[tuple[str, str]]:
        """Return the places that phrases and those coordinated with them name, in order, each state once per place."""
        found = [self.destination(token) for head in heads for token in (head, *head.conjuncts)]
        places = [place for place in found if place is not None]
        for head in heads[:1] if len(places) == 1 else []:
            places += self._listed_after(self.sentence.end_of(head))
        return list(dict.fromkeys(places))

    def _listed_after(self, offset: int) -> list[tuple[str, str]]:
        """Return the states that go on a list: "…, the Republic of Kenya and the Arab Republic of Egypt"."""
        found = []
        for country in within(self.ann.countries, offset, self.sentence.end):
            if country.form != "name" or not _LINK.fullmatch(self.ann.text, offset, country.start):
                break
            found.append((self.ann.text[country.start : country.end], country.code))
            offset = country.end
        return found

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
        own = [c for c in trigger.token.children if c.dep_ in ("dobj", "acl")]
        heads = [trigger.token, *own, trigger.token.head]
        for head in heads:
            for child in head.children:
                if child.dep_ == "prep" and child.lower_ in ("in", "at"):
                    for place in self.destinations([c for c in child.children if c.dep_ == "pobj"]):
                        return place
                if child.dep_ == "advmod" and child.lower_ == "here":
                    return self.here()
        return None


def _nameless(part: str, head: Token) -> Participant:
    """Return an official of whom neither name nor state is told."""
    return Participant(None, None, None, part, head.i, True)


def _compounds(head: Token) -> list[Token]:
    return [c for c in head.children if c.dep_ in ("compound", "appos", "nmod") and c.pos_ == "PROPN"]
