"""Who is meant: "he", "the minister", "the two leaders", and officials whose state only the setting tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Token

from extract.events import arguments
from extract.events.annotated import AnnotatedArticle, covering, within
from extract.events.lexicon import lexicon
from extract.events.mention import EventMention, Participant
from extract.language import Sentence
from extract.mentions.people import PersonMention

_REACH = 3
_OPENING = 4
_HEADER = 20
_SPARSE = 6  # every sixth sentence of a text in the first person says "I"
_SELDOM = 20
_MOST = 0.7
_FRONT_MATTER = re.compile(r"\s*(?:---|[\w ]{1,20}:|- )")
_OFFICES = lexicon("scene.generic_officials")
_SUBJECTS = ("nsubj", "nsubjpass")


def antecedent(ann: AnnotatedArticle, sentence: Sentence, token: Token) -> PersonMention | None:
    """Return the person that "he", "she" or "his" stands for.

    "Noboa told Mbadi that he would visit": the subject of a clause above, Noboa. Else the subject of a sentence before,
    or the first person named in it; "the latter" is the last person named before.
    """
    if token.lower_ == "latter":
        named = [p for p in within(ann.people, sentence.start, sentence.offset_of(token)) if p.name and p.country]
        return named[-1] if named else None
    above, is_pronoun = _subject_above(ann, sentence, token)
    if above is not None or is_pronoun is None:
        return above
    for previous in _backwards(ann, sentence):
        if previous is sentence and is_pronoun:
            continue
        end = sentence.offset_of(token) if previous is sentence else previous.end
        subject = next((t for t in previous.span if t.dep_ in _SUBJECTS and t.head.dep_ == "ROOT"), None)
        if subject is not None and previous.offset_of(subject) < end:
            person = _person_of(ann, previous, subject)
            if person is not None:
                return person
        if previous is not sentence and (person := _who(ann, previous)) is not None:
            return person
        named = [p for p in within(ann.people, previous.start, end) if p.name and (p.country or p.organization)]
        if named:
            return named[0]
    return protagonist(ann, "")


def _who(ann: AnnotatedArticle, sentence: Sentence) -> PersonMention | None:
    """ "Her trip was followed by that of Foreign Minister Sosa, who opened a school. He also met …": Sosa.

    The person of whom a relative clause tells what she did, where the sentence is of no person itself.
    """
    told = [t.head.head for t in sentence.span if t.lower_ == "who" and t.dep_ == "nsubj" and t.head.dep_ == "relcl"]
    people = [person for head in told if (person := covering(ann.people, sentence.offset_of(head))) is not None]
    return next((person for person in people if person.name and person.country), None)


def _subject_above(ann: AnnotatedArticle, sentence: Sentence, token: Token) -> tuple[PersonMention | None, bool | None]:
    """Return the person who is the subject of a clause that holds the pronoun's own, and whether that is "he" too.

    The second is None where the subject is somebody by name who stands for no state: "Ann Lee sang before her trip".
    """
    for verb in token.ancestors:
        subject = next((c for c in verb.children if c.dep_ in _SUBJECTS and c.i < token.i), None)
        if subject is None:
            continue
        if subject.lower_ in ("he", "she"):
            return None, True
        person = _person_of(ann, sentence, subject)
        if person is not None:
            return person, False
        if subject.pos_ == "PROPN" and not _is_body(ann, sentence.offset_of(subject)):
            return None, None
    return None, False


def _is_body(ann: AnnotatedArticle, offset: int) -> bool:
    """Tell whether a proper name is that of a state, a place or an organisation, which no "he" stands for."""
    return any(covering(mentions, offset) for mentions in (ann.countries, ann.organizations, ann.places))


def _person_of(ann: AnnotatedArticle, sentence: Sentence, subject: Token) -> PersonMention | None:
    """Return the person at the head of a subject: by name or title, or as "the minister"."""
    offset = sentence.offset_of(subject)
    person = covering(ann.people, offset) or arguments.person_titled(ann, offset)
    if person is not None:
        return person if person.country or person.organization else None
    return bearer(ann, sentence, subject.lemma_.lower()) if subject.lemma_.lower() in _OFFICES else None


def bearer(ann: AnnotatedArticle, sentence: Sentence, noun: str) -> PersonMention | None:
    """Return the person that "the minister" or "the Secretary" stands for: the last one named with that word as title.

    Where nobody was, the article's most named person.
    """
    for previous in _backwards(ann, sentence, reach=40):
        if previous is sentence:
            continue
        named = [
            p for p in within(ann.people, previous.start, previous.end) if p.name and p.country and noun in _title(p)
        ]
        if named:
            return named[0]
    return protagonist(ann, noun)


def protagonist(ann: AnnotatedArticle, noun: str) -> PersonMention | None:
    """Return the person with a state whom the article names most, of those whose title holds `noun`."""
    people = [p for p in ann.people if p.name and p.country and noun in _title(p)]
    counts = Counter((p.name, p.country) for p in people)
    return max(people, key=lambda p: counts[p.name, p.country], default=None)


def _title(person: PersonMention) -> str:
    return (person.role or "").lower()


def _backwards(ann: AnnotatedArticle, sentence: Sentence, reach: int = _REACH) -> list[Sentence]:
    number = ann.sentence_number(sentence)
    return list(ann.parsed.sentences[max(0, number - reach) : number + 1])[::-1]


def author(ann: AnnotatedArticle) -> PersonMention | None:
    """Return who speaks in a text that says "I": the official on a line of the opening, else the first one named there.

    "The Hon Ann Lee MP, Minister for Trade of Fiji" on its own line signs the text. A text whose opening names
    officials of several states is a report, in which "I" stands within a quotation.
    """
    opening = [p for p in ann.article.paragraphs[:_HEADER] if not _FRONT_MATTER.match(ann.text, p.start, p.end)]
    if not opening:
        return None
    share = ann.own_words
    last = opening[:_OPENING][-1].end
    people = [p for p in within(ann.people, ann.article.start, last) if p.country]
    if share * _SELDOM >= 1:
        signed = next((p for p in people if _is_on_its_own_line(ann, p)), None)
        if signed is not None:
            return signed
    named = [p for p in people if p.name]
    return named[0] if named and share * _SPARSE >= 1 else None


def speaker(ann: AnnotatedArticle, sentence: Sentence, is_quoted: bool) -> tuple[PersonMention | None, str | None]:
    """Return who says "I" or "we": of whom the quotation is, else the author, else the state whose release it is."""
    if is_quoted:
        return quoted(ann, sentence), None
    person = author(ann)
    return person, None if person else ann.home


def quoted(ann: AnnotatedArticle, sentence: Sentence) -> PersonMention | None:
    """Return whose words a sentence quotes: the only person outside its quotation marks, right behind them or "said".

    '"I met President Boric on Friday," said Minister Ann Lee': Ann Lee.
    """
    told, inside = [], False
    for token in sentence.span:
        if token.text in ('"', "“", "”"):
            inside = not inside
        elif not inside:
            person = covering(ann.people, sentence.offset_of(token))
            if person is not None and person not in told:
                told.append(person)
    return told[0] if len(told) == 1 and told[0].country else None


def _is_on_its_own_line(ann: AnnotatedArticle, person: PersonMention) -> bool:
    """Tell whether a person with title and state is nearly all that stands on a line, or between bars of one."""
    starts = (ann.text.rfind(mark, 0, person.phrase_start) for mark in "\n|")
    ends = (ann.text.find(mark, person.phrase_end) for mark in "\n|")
    first, last = max(starts) + 1, min((end for end in ends if end >= 0), default=len(ann.text))
    words = ann.text[first:last].split()
    return len(ann.text[person.phrase_start : person.phrase_end].split()) >= _MOST * len(words)


def pair(
    ann: AnnotatedArticle, sentence: Sentence, history: Sequence[EventMention], part: str, before: int
) -> list[Participant]:
    """Return the two sides at hand: of the sentence, whose officials it names or else its two states; or others.

    Where it tells neither: those of the last act told, or the first named.

    "… relations between Peru and Chile, following a meeting of the two presidents": Peru and Chile. `before` is the
    offset of the words that stand for them.
    """
    officials = {p.country: p for p in within(ann.people, sentence.start, before) if p.country and p.name}
    if len(officials) == 2:
        return [arguments.participant_of(person, part) for person in officials.values()]
    here = {c.code: c for c in within(ann.countries, sentence.start, before) if c.form in ("name", "compound")}
    if len(here) == 2:
        return [Participant(code, part=part) for code in here]
    for mention in reversed(history):
        told = mention.salience == "main" and mention.kind in ("meeting", "agreement", "visit")
        if len(mention.countries) == 2 and told:
            people = {actor.country: actor for actor in mention.actors if actor.country}
            return [Participant(code, people.get(code), None, part) for code in sorted(mention.countries)]
    seen: dict[str, Participant] = {}
    for person in ann.people:
        if person.start >= sentence.start or len(seen) == 2:
            break
        if person.country and person.country not in seen:
            seen[person.country] = arguments.participant_of(person, part)
    return list(seen.values()) if len(seen) == 2 else []


def host_at_hand(history: Sequence[EventMention], guests: frozenset[str], article: int) -> str | None:
    """Return the state that the guests are visiting: "In Dhaka the envoy met the state minister" means that of Dhaka.

    It is the last visit told in the article by any of the guests.
    """
    for mention in reversed(history):
        told = mention.kind == "visit" and mention.article == article and guests & mention.countries
        if told and mention.place_country and mention.place_country not in guests:
            return mention.place_country
    return None


def state_at_hand(ann: AnnotatedArticle, sentence: Sentence, token: Token) -> tuple[str, str] | None:
    """Return (name as written, state) that "the country" or "the island" means: the state named last before it.

    "Fiji has urged Samoa to wait until his visit to the country": Samoa.
    """
    number = ann.sentence_number(sentence)
    begin = ann.parsed.sentences[max(0, number - 1)].start
    named = [c for c in within(ann.countries, begin, sentence.offset_of(token)) if c.form == "name" and c.strong]
    return (ann.text[named[-1].start : named[-1].end], named[-1].code) if named else None
