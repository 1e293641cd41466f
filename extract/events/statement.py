"""Statements: what officials say to the public, to a body or in writing; not what they say inside talks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Token

from extract.events import arguments, clause, writing
from extract.events.agreement import MONEY, announces
from extract.events.annotated import covering, within
from extract.events.lexicon import lexicon
from extract.events.mention import Candidate, Participant
from extract.events.scene import Scene
from extract.events.triggers import Trigger

_LEAD = 4
_PRESS = ("reporter", "journalist", "press", "media", "correspondent")
_SAYING = lexicon("timing.saying") | lexicon("statement.reporting")
_GIVING = lexicon("statement.giving")
_JUDGING = frozenset(["accuse", "criticise", "criticize", "condemn", "blame", "denounce", "praise", "slam", "reject"])
_TELLING = frozenset(["tell", "promise", "assure", "thank", "inform"])
_THEM = ("him", "her", "them")
_PARTNERS = frozenset(["guest", "host", "visitor", "counterpart"])
_PLEDGING = frozenset(["announce", "promise", "pledge", "confirm", "offer"])
_MOVING = frozenset(["home", "off", "back"])
_NEAR = 7
_LETTERS = ("letter", "message", "note")
_VOTES = ("resolution", "motion", "draft", "bill", "amendment", "text")


def says(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Mongolian Prime Minister Enkhbold on Thursday refuted reports", "Israel's foreign ministry called …"."""
    verb = trigger.token
    if scene.is_quoted(verb) or _is_reported(verb) or scene.sentence.text.rstrip().endswith("?"):
        return ()
    if trigger.entry.lemma == ("write",) and (writing.writes(scene, trigger) or _is_no_saying(verb)):
        return ()
    speakers = _speakers(scene, verb)
    if not speakers or _is_face_to_face(scene, verb, speakers) or _is_aside(verb, speakers):
        return ()
    if _is_pledge(verb) or _is_unsaid(verb) or (verb.lemma_ == "announce" and announces(scene, trigger)):
        return ()
    if _is_stance(scene, verb, speakers) or any(_are_both(scene, head) for head in clause.subjects(verb)):
        return ()
    # "…, adding that", "… to reaffirm": goes on with a statement, or tells of none.
    goes_on = verb.tag_ in ("VBG", "VB") and not any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
    return (Candidate(tuple(speakers), _subtype_by_audience(scene, verb), anaphoric=goes_on),)


def names(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Spain's foreign minister called the attack unacceptable": with a complement; not "called a meeting"."""
    children = trigger.token.children
    complement = any(c.dep_ in ("oprd", "ccomp", "xcomp") and not scene.is_person(c) for c in children)
    return says(scene, trigger) if complement and not _moves(trigger.token) else ()


def calls_for(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Kenya called for calm", "called on both sides to talk"; not "called its envoy home", "called him on Monday"."""
    return () if _moves(trigger.token) or clause.objects(trigger.token) else says(scene, trigger)


def _moves(verb: Token) -> bool:
    """ "called its ambassador home", "called off the trip", "called them to a meeting": brings somebody or ends it."""
    objects = clause.objects(verb)
    summoned = any(c.dep_ == "prep" and c.lower_ in ("in", "to", "into") for c in verb.children)
    near = verb.doc[verb.i + 1 : min(verb.i + _NEAR, verb.sent.end)]
    return any(t.lower_ in _MOVING for t in near) or (
        summoned and any(t.pos_ in ("PRON", "PROPN") for t in objects)
    )


def reacts(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "France welcomed the ceasefire": not when a person is received."""
    objects = clause.objects(trigger.token)
    if any(covering(scene.ann.people, scene.sentence.offset_of(o)) for o in objects):
        return ()
    return says(scene, trigger)


def addresses(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "President Sall congratulated President Barrow on his re-election": sender and addressee."""
    sender = scene.doers(trigger.token, "speaker")
    addressee = scene.sides(clause.objects(trigger.token), "addressee")
    if not arguments.states(sender) or not any(p.actor or p.country for p in addressee):
        return ()
    return (Candidate((*sender, *addressee)),)


def speech_verb(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "addressed the General Assembly", "addressed the nation"; not "addressed the problem"."""
    for target in clause.objects(trigger.token):
        offset = scene.sentence.offset_of(target)
        body = covering(scene.ann.organizations, offset) is not None
        if body or target.lemma_.lower() in ("parliament", "assembly", "council", "nation", "conference", "congress"):
            speakers = _speakers(scene, trigger.token)
            if speakers:
                return (Candidate(tuple(speakers)),)
    return ()


def speech_noun(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "delivered a speech at", "in a statement, Kenya's foreign ministry said", "made the remarks at"."""
    noun = trigger.token
    who = [p for p in scene.sides(clause.possessors(noun) + clause.after(noun, ("by", "of")), "speaker") if p.country]
    direct = clause.direct_governor(noun)
    if direct is not None and not who:
        verb, how = direct
        if verb.lemma_.lower() in _GIVING and how == "object":
            who = [p for p in scene.doers(verb, "speaker") if p.country]
    if not who or any(c.lower_ == "joint" for c in noun.children):
        return ()
    return (Candidate(tuple(who)),)


def press(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "gave a press conference", "at a news conference", "in an interview with the newspaper"."""
    noun = trigger.token
    speakers = [p for p in scene.sides(clause.possessors(noun) + clause.after(noun, ("by",)), "speaker") if p.country]
    verb = clause.governor(noun)
    if not speakers and verb is not None and verb.lemma_.lower() in _SAYING | _GIVING:
        speakers = _speakers(scene, verb)
    if trigger.entry.lemma[-1] == "conference" or trigger.entry.lemma[-1] == "briefing":
        speakers += [p for p in scene.sides(clause.after(noun, ("with",)), "speaker") if p.country and p.actor]
    return (Candidate(tuple(speakers)),) if speakers else ()


def votes(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "Russia vetoed the resolution", "Kenya abstained"; the verb's subject must be a state."""
    verb = trigger.token
    about = [t.lemma_.lower() for t in clause.objects(verb) + clause.after(verb, ("on", "for", "against", "in"))]
    if verb.lemma_.lower() != "abstain" and not any(word in about for word in _VOTES):
        return ()
    voters = [p for p in scene.doers(verb, "speaker") if p.country]
    return (Candidate(tuple(voters)),) if voters else ()


def _speakers(scene: Scene, verb: Token) -> list[Participant]:
    """Return those who speak, if they stand for a state: a person in office, a ministry, a government, a capital.

    A pronoun or a bare "the minister" only repeats who spoke before.
    """
    found = []
    for head in clause.subjects(verb) or clause.after(verb, ("by",)):
        found += [p for p in scene.side(head, "speaker") if not _is_owner(scene, p, head)]
    return [p for p in found if (p.country or p.organization) and not _is_people(scene, p)]


def _is_owner(scene: Scene, participant: Participant, head: Token) -> bool:
    """Tell whether a person only owns what speaks: "Mao's thought says", but "Kenya's foreign ministry says"."""
    if participant.actor is None or participant.token < 0:
        return False
    token = scene.sentence.span.doc[participant.token]
    while token not in (head, token.head):
        if token.dep_ == "poss":
            return True
        token = token.head
    return False


def _is_people(scene: Scene, participant: Participant) -> bool:
    """Tell whether a speaker is only a people: "some Americans say", which is no word of their state."""
    if participant.actor is not None or participant.token < 0:
        return False
    token = scene.sentence.span.doc[participant.token]
    country = covering(scene.ann.countries, scene.sentence.offset_of(token))
    return country is not None and country.form == "demonym" and token.dep_ in ("nsubj", "conj", "nsubjpass")


def _is_face_to_face(scene: Scene, verb: Token, speakers: list[Participant]) -> bool:
    """ "told the visiting Kenyan president": said in talks with an official of another state; not "accused him".

    "told his guest", "rang her to tell her", "promised him three boats": to somebody who is there.
    """
    if verb.lemma_.lower() in _JUDGING:
        return False
    if verb.lemma_.lower() in _TELLING and any(_is_partner(t) for t in clause.objects(verb)):
        return True
    heard = [p for p in scene.sides(clause.objects(verb), "addressee") if p.in_office and p.country]
    return bool(arguments.states(heard) - arguments.states(speakers))


def _is_no_saying(verb: Token) -> bool:
    """ "wrote off the debt", "wrote a letter of thanks": an end, or a letter that its own noun tells."""
    return any(c.dep_ == "prt" or (c.dep_ == "dobj" and c.lemma_.lower() in _LETTERS) for c in verb.children)


def _is_partner(head: Token) -> bool:
    if head.tag_ == "PRP":
        return head.lower_ in _THEM
    return head.lemma_.lower() in _PARTNERS


def _is_pledge(verb: Token) -> bool:
    """ "Kenya announced 3 million dollars in aid": a pledge is an agreement; not "rejected 3 million"."""
    if verb.lemma_.lower() not in _PLEDGING:
        return False
    things = [c for c in verb.children if c.dep_ == "dobj"]
    return any(MONEY.search(thing.doc[thing.left_edge.i : thing.right_edge.i + 1].text) for thing in things)


def _is_unsaid(verb: Token) -> bool:
    """ "She would only say that …", "he would not comment", "I will say more below": no word is reported as spoken."""
    modals = [c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"]
    own = any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in verb.children)
    return any(modal.lower_ != "will" or own for modal in modals)


def _is_aside(verb: Token, speakers: list[Participant]) -> bool:
    """ "a programme that Washington says breaks the rules": what a state is known to say, told in passing."""
    if any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children):
        return True
    return not any(p.actor or p.in_office for p in speakers) and verb.dep_ in ("relcl", "advcl", "acl")


def _are_both(scene: Scene, head: Token) -> bool:
    """ "They reaffirmed their support": what two sides say together belongs to their talks or their joint statement."""
    return arguments.is_pair(head) and not arguments.of_phrase(scene.ann, scene.sentence, head, "speaker")


def _is_stance(scene: Scene, verb: Token, speakers: list[Participant]) -> bool:
    """ "Cyprus denies this", "Malta had rejected it": below the lead and undated, what a state is known to hold."""
    if any(p.actor or p.in_office for p in speakers) or scene.number < _LEAD or not scene.history:
        return False
    if scene.sentence.is_title:
        return False
    standing = verb.tag_ in ("VBZ", "VBP") or any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return standing and not within(scene.ann.timexes, scene.sentence.start, scene.sentence.end)


def _is_reported(verb: Token) -> bool:
    """Tell whether a verb stands in what somebody else says: "Chad urges calm" in "… Chad urges calm, he said"."""
    token = verb
    for _ in range(4):
        head = token.head
        if head == token:
            return False
        if token.dep_ in ("ccomp", "xcomp") and head.lemma_.lower() in _SAYING and head != verb:
            return verb.tag_ != "VBD"
        token = head
    return False


def meets_press(scene: Scene, trigger: Trigger) -> Sequence[Candidate]:
    """ "The two presidents met the press", "the minister briefed reporters": a press conference."""
    heard = clause.objects(trigger.token) + clause.after(trigger.token, ("with", "to"))
    if not any(_is_press(token) for token in heard):
        return ()
    speakers = [p for p in scene.doers(trigger.token, "speaker") if p.country]
    return (Candidate(tuple(speakers)),) if speakers else ()


def _is_press(token: Token) -> bool:
    return token.lemma_.lower() in _PRESS or any(c.lemma_.lower() in _PRESS for c in token.children)


def _subtype_by_audience(scene: Scene, verb: Token) -> str | None:
    """ "told reporters" makes remarks a press conference; "told the Council" leaves them remarks."""
    if any(token.lemma_.lower() == "letter" for token in clause.after(verb, ("in",))):
        return "letter"
    heard = clause.objects(verb) + clause.after(verb, ("to",))
    if any(_is_press(token) for token in heard):
        return "press_conference"
    return None


FRAMES: dict[str, Callable[[Scene, Trigger], Sequence[Candidate]]] = {
    **writing.FRAMES,
    "say": says,
    "name": names,
    "press-verb": meets_press,
    "say-more": says,
    "call-on": calls_for,
    "react": reacts,
    "address": addresses,
    "speech": speech_verb,
    "speech-noun": speech_noun,
    "press": press,
    "vote": votes,
}
