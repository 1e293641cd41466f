"""Acts that the trained encoder finds where no rule does; who takes part, their status and their date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extract.detection.model import Judgement
from extract.events import arguments, private, speakers
from extract.events.lexicon import lexicon
from extract.events.mention import TRAINED, EventMention, Participant
from extract.events.passage import Detection, Question
from extract.events.salience import read_salience
from extract.events.scene import Scene
from extract.events.status import read_status
from extract.events.timing import date_trigger
from extract.events.triggers import Entry, Trigger
from extract.events.when import When, of_timex
from extract.language import Sentence
from extract.mentions.organizations import OrganizationMention
from extract.mentions.people import PersonMention
from extract.mentions.timex import Timex
from extract.model import KINDS, STATUSES
from extract.record import Actor, Part

FOUND = dict.fromkeys(KINDS, 0.6)
"""Probability from which a sentence without a rule's mention of the kind founds one."""
_TAKES_PART = 0.5
_DATES = 0.5
_UNRELATED = 0.1
"""Probability below which none of the times of its own sentence dates an act that the encoder found."""
_MAIN = 0.5
IN_PERSON = ("meeting", "visit")
_SPOKEN = lexicon("timing.saying") | lexicon("statement.reporting") | lexicon("detected.spoken")
_BESIDE = 4
_OFFICIAL = lexicon("detected.officials")
_LEAD = 4
_PAIR = 2
_CAPTION = re.compile(r"\bfile (?:photo|picture|image|pic)\b", re.IGNORECASE)
"""Under a picture of long ago: "In this May 3, 2011, file photo, the premier waves"."""
_UNREAL = ("?", "yet to", "when", "whenever")
_SIDES = {"meeting": 2, "visit": 2, "statement": 1, "agreement": 2}
_SUBTYPE = {"meeting": "talks", "visit": "visit", "statement": "remarks", "agreement": "signing"}


@cache
def _entry(kind: str) -> Entry:
    return Entry(kind, _SUBTYPE[kind], "NOUN", (TRAINED,), TRAINED, frozenset(), "", "")


def found_by_training(scene: Scene, detection: Detection, told: frozenset[str]) -> list[EventMention]:
    """Return mentions of those kinds that the encoder finds in a sentence and no rule does (`told` holds theirs)."""
    reading = detection.readings.get(scene.sentence.start, {})
    found = []
    for kind in KINDS:
        if kind in reading and kind not in told and reading[kind].probability >= FOUND[kind]:
            mention = _mention(scene, detection.asked, kind, reading[kind])
            if mention is not None:
                found += _by_host(mention)
    return found


def _by_host(mention: EventMention) -> list[EventMention]:
    """ "made Ghana and Togo the first stops of her journey": each state that a person travels to is another visit."""
    homes = {actor.country for actor in mention.actors if actor.country}
    hosts = mention.countries - homes
    if mention.kind != "visit" or mention.anaphoric or len(homes) != 1 or len(hosts) < _PAIR:
        return [mention]
    return [replace(mention, countries=frozenset([*homes, host])) for host in sorted(hosts)]


def _mention(scene: Scene, asked: Question, kind: str, judgement: Judgement) -> EventMention | None:
    sentence = scene.sentence
    token = sentence.token_at(judgement.start) or sentence.span.root
    trigger = Trigger(_entry(kind), sentence, token, sentence.offset_of(token), sentence.end_of(token))
    sides = participants(sentence, asked, judgement, _SIDES[kind])
    states = arguments.states(sides)
    if len(states) < _SIDES[kind] and not (states and arguments.organizations(sides)):
        return None
    if (kind in IN_PERSON and not _is_official(scene, sides)) or _CAPTION.search(sentence.text):
        return None
    if kind == "statement" and (_tells_another(scene) or _is_no_speaker(scene, states)):
        return None
    if kind == "agreement" and private.is_private(scene, sides):
        return None
    reading = read_status(trigger)
    if reading.cue in _UNREAL:
        return None
    status = STATUSES[max(range(len(STATUSES)), key=lambda i: (judgement.status[i], -i))]
    tense = "future" if status == "planned" else reading.tense
    when, likely = _date(scene, asked, judgement, trigger, tense)
    salience = "main" if judgement.main >= _MAIN else "background"
    if when.dated:
        salience = read_salience(scene.ann, scene.number, sentence, when.date, reading)
    return EventMention(
        kind=kind,
        subtype=_SUBTYPE[kind],
        status=status,
        rule=f"{kind}:{TRAINED}",
        start=sentence.start,
        end=sentence.end,
        trigger_start=trigger.start,
        trigger_end=trigger.end,
        article=scene.ann.article.index,
        sentence=scene.number,
        countries=states,
        parts=_parts(kind, states, arguments.actors(sides)),
        actors=arguments.actors(sides),
        organizations=arguments.organizations(sides),
        date=when.date,
        date_basis=when.basis,
        date_rule=when.rule,
        dated=when.dated,
        anaphoric=not when.dated and scene.number >= _LEAD,
        in_title=sentence.is_title,
        tense=reading.tense,
        salience=salience,
        probability=judgement.probability,
        decisions=_decisions(asked, judgement, status, states, when, likely),
    )


def _parts(kind: str, states: frozenset[str], actors: Sequence[Actor]) -> tuple[Part, ...]:
    """Return what is sure of the states' parts: the one state speaks whose officials, and no others, are named."""
    alone = kind == "statement" and len(states) == 1 and {actor.country for actor in actors} == states
    return tuple(Part(country, "speaker") for country in states if alone)


def _is_official(scene: Scene, sides: list[Participant]) -> bool:
    """Tell whether somebody in office is there, or a word for officials or their talks, and nothing of sport.

    "Argentina met Brazil in the semi-final", "tourists from Norway visited Greece": of these the encoder knows little.
    """
    if any(p.in_office for p in sides):
        return True
    words = {token.lemma_.lower() for token in scene.sentence.span}
    if private.is_sport(scene) or private.is_private(scene, sides):
        return False
    return any(p.actor for p in sides) or bool(words & _OFFICIAL)


def _tells_another(scene: Scene) -> bool:
    """Tell whether a rule found another act in the sentence and no word of it says that somebody spoke."""
    told = any(mention.start <= scene.sentence.start < mention.end for mention in scene.history[-_BESIDE:])
    return told and not any(token.lemma_.lower() in _SPOKEN for token in scene.sentence.span)


def _is_no_speaker(scene: Scene, states: frozenset[str]) -> bool:
    return speakers.is_of_another(scene, states) or speakers.is_only_topic(scene, states)


def _decisions(
    asked: Question, judgement: Judgement, status: str, states: frozenset[str], when: When, likely: float | None
) -> tuple[tuple[str, float], ...]:
    """Return what the encoder decided for a mention with the probabilities, for the reader of an explanation."""
    sides = {
        code: max(share for mark, share in judgement.marks.items() if asked.code(mark) == code)
        for code in sorted(states)
    }
    told = [(f"status {status}", judgement.status[STATUSES.index(status)])]
    told += [(f"{code} takes part", share) for code, share in sides.items()]
    if likely is not None:
        told.append((f"dated {when.date}", likely))
    return tuple(told)


def participants(sentence: Sentence, asked: Question, judgement: Judgement, sides: int) -> list[Participant]:
    """Return the states that the encoder takes for participants, with the persons of the sentence who act for them.

    States of other sentences of the window come in only where the sentence names fewer than the kind has `sides`: "they
    met in Lima", the likeliest first.
    """
    people: list[Participant] = []
    here: dict[str, float] = {}
    around: dict[str, float] = {}
    for mark in sorted(judgement.marks):
        named, code, likely = asked.named[mark], asked.code(mark), judgement.marks[mark]
        inside = sentence.start <= asked.passage.marks[mark].start < sentence.end
        if likely < _TAKES_PART:
            continue
        if code is not None:
            group = here if inside else around
            group[code] = max(likely, group.get(code, 0.0))
        if inside and isinstance(named, PersonMention) and named.name:
            people.append(arguments.participant_of(named, "named"))
        if inside and isinstance(named, OrganizationMention):
            people.append(Participant(None, organization=named.name))
    wanted = sides - len(here)
    others = sorted((code for code in around if code not in here), key=lambda code: (-around[code], code))
    codes = [*here, *others[: max(wanted, 0)]]
    return [p for p in people if p.country is None or p.country in codes] + [Participant(code) for code in codes]


def _date(
    scene: Scene, asked: Question, judgement: Judgement, trigger: Trigger, tense: str | None
) -> tuple[When, float | None]:
    """Return the date by the rules for a sentence's dates, else the time that the encoder takes for the act's.

    With the encoder's probability in the second case.
    """
    previous = scene.date_before()
    when = date_trigger(scene.ann, trigger, (*scene.triggers, trigger), tense, previous, scene.line)
    times = [mark for mark, named in enumerate(asked.named) if isinstance(named, Timex)]
    here = [mark for mark in times if scene.sentence.start <= asked.passage.marks[mark].start < scene.sentence.end]
    if when.dated and (not here or max(judgement.marks.get(mark, 0.0) for mark in here) >= _UNRELATED):
        return when, None
    best: tuple[float, Timex] | None = None
    for mark, named in enumerate(asked.named):
        likely = judgement.marks.get(mark, 0.0)
        if isinstance(named, Timex) and likely >= _DATES and (best is None or likely > best[0]):
            best = likely, named
    if best is None:
        # A time of which the encoder thinks that it dates something else is none of the act's.
        return (When() if when.dated else when), None
    likely, timex = best
    return of_timex(timex, scene.ann, tense, previous), likely
