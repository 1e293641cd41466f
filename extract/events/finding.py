"""Article -> event mentions: triggers, their frames, their status and date; with everything that was dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.events import agreement, arguments, gathering, meeting, statement, visit
from extract.events.amounts import amounts
from extract.events.annotated import AnnotatedArticle
from extract.events.attribution import without_attributions
from extract.events.ballots import ballot, without_doubles
from extract.events.chronology import Line, dated_lines
from extract.events.detected import IN_PERSON, found_by_training
from extract.events.inside_talks import without_talk
from extract.events.interventions import has_floor, speaker_on_floor
from extract.events.lengths import lasting
from extract.events.lexicon import lexicon
from extract.events.mention import Candidate, Dropped, EventMention
from extract.events.notes import note_of
from extract.events.parts import parts_told, with_guests
from extract.events.passage import LONGEST_SENTENCE, SILENT, Detection
from extract.events.salience import read_salience
from extract.events.scene import Scene
from extract.events.setting_out import set_out
from extract.events.status import StatusReading, read_status
from extract.events.stays import Stay, stay_at, stays, visit_of, with_traveller
from extract.events.timing import LOOKING_BACK, date_trigger
from extract.events.triggers import Trigger, find_triggers
from extract.events.unreal import has_no_time
from extract.events.visit import BESIDE
from extract.events.visit_lists import listed_visits
from extract.events.voice import voice
from extract.events.when import When
from extract.language import Sentence

_FRAMES: dict[str, dict[str, Callable[[Scene, Trigger], Sequence[Candidate]]]] = {
    "meeting": {**meeting.FRAMES, **gathering.FRAMES},
    "visit": visit.FRAMES,
    "statement": statement.FRAMES,
    "agreement": agreement.FRAMES,
}
_EARLIER = (lexicon("salience.earlier_verb"), lexicon("salience.earlier_noun"))
_PAST = ("past", "pluperfect")
UNLIKELY = {"meeting": 0.05, "visit": 0.0, "statement": 0.05, "agreement": 0.0}
"""Probability below which the encoder drops what a rule found; it knows too few visits and agreements to do so."""
_LONGEST_QUOTE = 300
_BY_WRITING = ("message", "letter")
_JUST_TOLD = 6
_LOG = "the heading of a log, whose records are the visits"


def find_mentions(
    ann: AnnotatedArticle, record: tuple[Line, Stay | None] | None = None
) -> tuple[list[EventMention], list[Dropped]]:
    """Return the event mentions of an article in text order, and the triggers that were dropped with the reason.

    Where the encoder was asked about the article its judgement is taken as well: it drops what it finds most unlikely,
    and adds acts where no rule finds one. Else rules work alone. An article that is the remark of a `record` is of its
    days, and of its traveller where it is one of travel; the visit itself is not among the mentions.
    """
    mentions = listed_visits(ann)
    dropped: list[Dropped] = []
    lines = dated_lines(ann) if record is None else dict.fromkeys(range(len(ann.article.paragraphs)), record[0])
    before = record[1] if record is not None else None
    travel = stays(ann) if record is None else [before] if before is not None else []
    floor = has_floor(ann)
    words = [find_triggers(s) if len(s.span) <= LONGEST_SENTENCE else [] for s in ann.parsed.sentences]
    detection = ann.detection
    for number, sentence in enumerate(ann.parsed.sentences):
        if len(sentence.span) > LONGEST_SENTENCE:
            # No prose: without a bound the work on it would grow with its square.
            dropped.append(Dropped(sentence.start, sentence.end, "length", f"a sentence of {len(sentence.span)} words"))
            continue
        stay = stay_at(travel, sentence.start, sentence.end)
        if stay is not None and stay is not before:
            visited = visit_of(ann, stay, number)
            mentions += [visited] if visited else []
        before = stay
        triggers = words[number]
        likely = detection.highest(sentence.start) if detection is not None else None
        if not triggers and not floor and stay is None and (likely is None or likely < SILENT):
            if likely is not None:
                reason = f"the encoder finds no act here (probability {likely:.3f})"
                dropped.append(Dropped(sentence.start, sentence.end, "encoder", reason))
            continue
        # The scene sees `mentions` grow, so that a trigger knows what the ones before it told.
        scene = Scene(ann, sentence, number, tuple(triggers), mentions, lines.get(sentence.paragraph), stay)
        note = note_of(scene)
        if note is not None:
            mentions.append(note)
            continue
        statuses = [read_status(trigger) for trigger in triggers]
        told = _add_evoked(scene, statuses, travel, detection, mentions, dropped)
        for mention in _told_on_floor(scene, told) if floor else ():
            mentions.append(mention)
            told.add(mention.kind)
        if detection is not None:
            silent = told | _ruled_out(triggers, statuses) | _written(mentions, number)
            mentions += found_by_training(scene, detection, frozenset(silent))
    kept, talk = without_talk(ann.text, _repeating(without_doubles(mentions)))
    kept, told_by = without_attributions(ann.text, kept)
    return kept, sorted(dropped + talk + told_by, key=lambda d: (d.start, d.end, d.rule))


def _add_evoked(
    scene: Scene,
    statuses: Sequence[StatusReading],
    travel: Sequence[Stay],
    detection: Detection | None,
    mentions: list[EventMention],
    dropped: list[Dropped],
) -> set[str]:
    """Add what a sentence's triggers evoke to `mentions`, which the scene sees, or to `dropped`; return the kinds."""
    told: set[str] = set()
    for trigger, status in zip(scene.triggers, statuses, strict=True):
        found = _mentions(scene, trigger, status) if not _is_heading(trigger, travel) else _LOG
        if not isinstance(found, str) and detection is not None:
            found = _judged(found, scene.sentence, detection)
        if isinstance(found, str):
            dropped.append(Dropped(trigger.start, trigger.end, trigger.entry.rule, found))
        else:
            mentions += found
            told.update(mention.kind for mention in found)
    return told


def _told_on_floor(scene: Scene, told: set[str]) -> list[EventMention]:
    """Return the vote or else the intervention that a sentence of a sitting tells, besides what its words told."""
    voted = ballot(scene)
    spoken = speaker_on_floor(scene) if voted is None and "statement" not in told else None
    return [mention for mention in (voted, spoken) if mention is not None]


def _is_heading(trigger: Trigger, travel: Sequence[Stay]) -> bool:
    """Tell whether a trigger stands in the heading of a log of travel: "Visits of foreign leaders to Ghana"."""
    return bool(travel) and trigger.entry.kind == "visit" and trigger.end <= travel[0].span.start


def _repeating(mentions: Sequence[EventMention]) -> list[EventMention]:
    """Mark a meeting or visit as referring back that the encoder finds, undated, beside one that a rule found.

    "Peru and Chile held talks. … The minister and his guest discussed Bolivia": no other talks, with Bolivia. Both must
    share a state, and stand in the same article.
    """
    told = [m for m in mentions if not m.anaphoric and not m.is_trained]
    return [
        replace(mention, anaphoric=True)
        if mention.is_trained
        and not mention.dated
        and mention.kind in IN_PERSON
        and any(other.kind == mention.kind and other.countries & mention.countries for other in told)
        else mention
        for mention in mentions
    ]


def _ruled_out(triggers: Sequence[Trigger], statuses: Sequence[StatusReading]) -> set[str]:
    """Return the kinds whose words a sentence has, but only as wished, supposed or denied: "hopes to hold talks"."""
    acts = {trigger.entry.kind for trigger, status in zip(triggers, statuses, strict=True) if status.is_act}
    return {trigger.entry.kind for trigger in triggers} - acts


def _written(mentions: Sequence[EventMention], number: int) -> set[str]:
    """Return that a sentence tells no meeting where a rule finds a message in it: "exchanged congratulations"."""
    told = any(m.sentence == number and m.subtype in _BY_WRITING for m in mentions[-_JUST_TOLD:])
    return {"meeting"} if told else set()


def _judged(mentions: list[EventMention], sentence: Sentence, detection: Detection) -> list[EventMention] | str:
    """Give a rule's mentions the encoder's probability; drop them where it finds them most unlikely."""
    kind = mentions[0].kind
    probability = detection.probability(sentence.start, kind)
    if probability is not None and probability < UNLIKELY[kind]:
        return f"the encoder finds no {kind} here (probability {probability:.3f})"
    return [replace(mention, probability=probability) for mention in mentions]


def _mentions(scene: Scene, trigger: Trigger, reading: StatusReading) -> list[EventMention] | str:
    """Return the mentions that a trigger evokes (several where it tells of several acts), or why it evokes none."""
    entry = trigger.entry
    if scene.stay is not None and entry.kind == "visit":
        return "the record tells the visit"
    if entry.pos == "NOUN" and arguments.in_title_of_person(scene.ann, trigger.start):
        return "part of a person's title"
    frame = _FRAMES[entry.kind].get(entry.frame)
    if frame is None:
        raise KeyError(f"no frame {entry.frame!r} for {entry.kind}")
    candidates = frame(scene, trigger) or meeting.two_officials(scene, trigger)
    if not candidates:
        return "nobody who stands for a state takes part as this word needs"
    if not reading.is_act:
        return f"{reading.status} ({reading.cue})"
    candidates = [with_traveller(scene.stay, trigger, candidate) for candidate in candidates]
    when = date_trigger(scene.ann, trigger, scene.triggers, reading.tense, scene.date_before(), scene.line)
    reading, when = set_out(scene, trigger, reading, when)
    if reading.status == "planned" and not when.dated and (never := has_no_time(trigger, reading.cue)):
        return f"a plan without a time ({never})"
    if not when.dated and _is_earlier(trigger, reading):
        return "told as earlier than the news, without a date"
    return [
        _build(scene, trigger, candidate, reading, LOOKING_BACK if candidate.note in BESIDE else when)
        for candidate in candidates
    ]


def _build(scene: Scene, trigger: Trigger, candidate: Candidate, reading: StatusReading, when: When) -> EventMention:
    entry, people = trigger.entry, candidate.participants
    start, end = evidence(scene.sentence, trigger)
    venue = None if candidate.place else scene.venue(trigger)
    place, place_country = (candidate.place, candidate.place_country) if candidate.place else (venue or (None, None))
    repeats = entry.frame == "say-more" or _is_pronominal(scene, trigger)
    earlier = _is_earlier(trigger, reading)
    return EventMention(
        kind=entry.kind,
        subtype=candidate.subtype or entry.subtype,
        status=_status(scene, reading, when),
        rule=entry.rule + candidate.note,
        start=start,
        end=end,
        trigger_start=trigger.start,
        trigger_end=trigger.end,
        article=scene.ann.article.index,
        sentence=scene.number,
        countries=arguments.states(people),
        parts=parts_told(entry.kind, with_guests(scene, people) if entry.kind == "meeting" else people),
        actors=arguments.actors(people),
        organizations=arguments.organizations(people),
        place=place,
        place_country=place_country,
        date=when.date,
        date_basis=when.basis,
        date_rule=when.rule,
        dated=when.dated,
        anaphoric=(candidate.anaphoric or repeats) and not earlier,
        in_title=scene.sentence.is_title,
        tense=reading.tense,
        days=lasting(scene.sentence.text) if entry.kind == "visit" else None,
        is_open=_is_open(trigger, reading, when),
        voice=voice(trigger, people) if entry.kind == "statement" else "",
        amounts=amounts(scene.sentence.text) if (candidate.subtype or entry.subtype) == "pledge" else frozenset(),
        salience="background"
        if earlier
        else read_salience(scene.ann, scene.number, scene.sentence, when.date, reading),
    )


def _status(scene: Scene, reading: StatusReading, when: When) -> str:
    """An act told as done but dated after the article is a plan: "opens talks on Friday" told on Wednesday."""
    created = scene.ann.created.value
    listed = when.rule == "line of a chronology"
    if reading.status == "occurred" and reading.tense not in _PAST and when.dated and not listed and len(created) == 10:
        first = when.date.split("/")[0]
        if len(first) == 10 and not first.startswith("X") and first > created:
            return "planned"
    return reading.status


def _is_earlier(trigger: Trigger, reading: StatusReading) -> bool:
    """The text itself sets it off from its news: "the two last met in June", "at their last meeting"."""
    words = _EARLIER[trigger.token.pos_ == "NOUN"]
    said = any(child.lower_ in words and child.dep_ in ("advmod", "amod") for child in trigger.token.children)
    return said and reading.status == "occurred"


def _is_open(trigger: Trigger, reading: StatusReading, when: When) -> bool:
    """No verb says whether it took place: "Minister's Visit to Chad", "the visit to Chad comes ahead of the talks"."""
    if reading.status != "occurred":
        return False
    named = trigger.entry.pos == "NOUN" and trigger.entry.kind in ("visit", "meeting") and not when.dated
    return reading.tense is None or (named and reading.tense == "present")


def _is_pronominal(scene: Scene, trigger: Trigger) -> bool:
    """A statement whose speaker is only "he" or "the minister" repeats one told before."""
    if trigger.entry.kind != "statement":
        return False
    return any(c.dep_ == "nsubj" and arguments.is_pronoun(c) for c in trigger.token.children)


def evidence(sentence: Sentence, trigger: Trigger) -> tuple[int, int]:
    """Return the offsets of the passage that proves the act: the sentence, or up to 300 characters of it."""
    start, end = sentence.start, sentence.end
    if end - start <= _LONGEST_QUOTE:
        return start, end
    text = sentence.span.text
    shift = sentence.offset_of(sentence.span[0])
    first = max(start, trigger.start - _LONGEST_QUOTE // 2)
    last = min(end, first + _LONGEST_QUOTE)
    first = max(start, min(first, last - _LONGEST_QUOTE))
    if first > start:
        cut = text.find(" ", first - shift)
        first = shift + cut + 1 if 0 <= cut < trigger.start - shift else first
    if last < end:
        cut = text.rfind(" ", 0, last - shift)
        last = shift + cut if cut > trigger.end - shift else last
    return first, last
