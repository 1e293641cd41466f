"""Records of a council or an assembly: who takes the floor makes a statement, whatever the verb that tells it."""

from __future__ import annotations

import re

from spacy.tokens import Token

from extract.events import arguments
from extract.events.annotated import AnnotatedArticle, covering, within
from extract.events.lexicon import lexicon
from extract.events.mention import EventMention, Participant
from extract.events.parts import parts_told
from extract.events.scene import Scene
from extract.events.when import only_day
from extract.record import Actor

RULE = "statement:speaker on the floor"
_HONORIFIC = r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lady|Lord|Prince|Princess|H\.E|Sheikh|Archbishop|Monsignor)\.?"
_SPEAKER = re.compile(
    rf"(?:The President of the \w+, )?(?P<name>{_HONORIFIC} [^():\n]{{2,50}}|"
    r"[^():\n]{0,40}\b[A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,}[^():\n]{0,20}?)"
    r" \((?P<state>[^()\n]{3,60}(?:\([^()]{3,40}\))?)\)(?P<after>:| \([^()\n]{3,40}\):|,? ?[a-z“\"])"
)
_ENVOYS = frozenset(["representative", "delegate", "observer", "delegation"])
_OF = re.compile(r"[ \n](?:of|from|for) (?:the )?\Z")
_FOR_OTHERS = re.compile(
    r"(?:,? (?:also )?(?:speaking )?on behalf of\b|, (?:also )?speaking (?:for|as)\b|, for its part,)", re.IGNORECASE
)
_FOR_ITS_PART = re.compile(r"(?:for|on) its part, (?:the )?\Z", re.IGNORECASE)
_BODIES = re.compile(r"\b(?:council|assembly|committee|commission|conference|board|congress|plenary)\b", re.IGNORECASE)
_NO_SPEECH = lexicon("interventions.no_speech")


def has_floor(ann: AnnotatedArticle) -> bool:
    """Tell whether an article names a body in which states take the floor."""
    return _BODIES.search(ann.text, ann.article.start, ann.article.end) is not None


def speaker_on_floor(scene: Scene) -> EventMention | None:
    """Return the statement of whom a sentence shows on the floor of a body, or None.

    "ANNE MUTISO (Kenya) found the text wanting", "Mr. Banda (Zambia): My delegation …", "The representative of Peru
    wondered who would pay", "Norway, on behalf of the Nordic countries, asked …".
    """
    named = _named_speaker(scene)
    if named is not None:
        return _mention(scene, *named)
    for token in scene.sentence.span:
        if token.dep_ == "nsubj" and _speaks(scene, token):
            state = _envoy_of(scene, token) or _for_others(scene, token)
            if state is not None:
                return _mention(scene, state, None, scene.sentence.offset_of(token))
    return None


def _named_speaker(scene: Scene) -> tuple[str, str, int] | None:
    """Return (state, name, offset) of "NAME (State)" at the head of a sentence; not "Mr. Rao (India), Chair, said"."""
    sentence = scene.sentence
    match = _SPEAKER.match(scene.ann.text, sentence.start, sentence.end)
    if match is None or match["after"].startswith(","):
        return None
    inside = within(scene.ann.countries, match.start("state"), match.end("state"))
    if not inside or inside[0].start - match.start("state") > len("the "):
        return None
    verb = next((t for t in sentence.span if t.dep_ == "ROOT"), None)
    if not match["after"].endswith(":") and (verb is None or verb.lemma_.lower() in _NO_SPEECH):
        return None
    return inside[0].code, match["name"], match.start("name")


def _speaks(scene: Scene, token: Token) -> bool:
    verb = token.head
    past = verb.tag_ in ("VBD", "VBZ", "VBP")
    return past and verb.lemma_.lower() not in _NO_SPEECH and not scene.is_quoted(verb)


def _envoy_of(scene: Scene, token: Token) -> str | None:
    """ "the delegate of Chad": the state right after an envoy of one; not "a delegation of Malta arrived"."""
    if token.lemma_.lower() not in _ENVOYS or token.tag_ != "NN":
        return None
    end = scene.sentence.end_of(token)
    after = within(scene.ann.countries, end, min(end + 60, scene.sentence.end))
    named = [c for c in after if _OF.match(scene.ann.text, end, c.start)]
    return named[0].code if named else None


def _for_others(scene: Scene, token: Token) -> str | None:
    """ "Palau, speaking for the Pacific Islands Forum, said": a state that speaks for others, or for its part."""
    offset = scene.sentence.offset_of(token)
    country = covering(scene.ann.countries, offset)
    if country is None or country.form == "demonym":
        return None
    before = scene.ann.text[max(scene.sentence.start, country.start - 25) : country.start]
    return country.code if _FOR_OTHERS.match(scene.ann.text, country.end) or _FOR_ITS_PART.search(before) else None


def _mention(scene: Scene, state: str, name: str | None, offset: int) -> EventMention | None:
    sentence = scene.sentence
    people = [p for p in within(scene.ann.people, sentence.start, sentence.end) if p.name and p.country == state]
    actor = Actor(people[0].name, state, people[0].role or None) if people and name else None
    speaker = Participant(state, actor, part="speaker")
    when = only_day(scene.ann, sentence)
    return EventMention(
        kind="statement",
        subtype="remarks",
        status="occurred",
        rule=RULE,
        start=sentence.start,
        end=min(sentence.end, sentence.start + 300),
        trigger_start=offset,
        trigger_end=sentence.end,
        article=scene.ann.article.index,
        sentence=scene.number,
        countries=frozenset([state]),
        parts=parts_told("statement", [speaker]),
        actors=arguments.actors([speaker]),
        date=when.date,
        date_basis=when.basis,
        date_rule=when.rule,
        dated=when.dated,
        tense="past",
        voice="delegate",
    )
