"""Status: whether an act occurred, is planned, was cancelled, or is no act at all (wished, hypothetical, denied)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from extract.events.clause import direct_governor, is_passive
from extract.events.lexicon import lexicon
from extract.events.triggers import Trigger, lemma_of
from extract.events.unreal import BACKED, hindered, is_backed, unreal
from extract.gazetteer import Row, read_table

_COLUMNS = ("word", "reach", "effect", "example")
_REACHES = ("aux", "governor", "modifier")
EFFECTS = ("planned", "cancelled", "wished", "reported", "denied")
_PLANNING = frozenset(["will", "would", "wo", "shall"])
_AGREED = ("agree", "agreed", "agrees", "agreeing", "decided")
_SETTING_OUT = frozenset(["leave", "head", "depart", "fly", "travel", "go", "come", "return", "arrive"])
_DENYING = frozenset(["deny", "dismiss", "refute", "disavow"])
_TOLD = frozenset(["report", "rumour", "rumor", "plan", "claim", "suggestion", "speculation", "allegation", "news"])
_TO_BE = frozenset(["hold", "convene", "host", "open"])
_PLANS = frozenset(["plan", "intend", "prepare", "schedule", "consider"])
_AIMS = lexicon("status.aims")
_OFF = {
    **dict.fromkeys(["call", "be"], ("off",)),
    "put": ("off", "back"),
    **dict.fromkeys(["rule", "pull", "walk", "back", "drop"], ("out",)),
    "push": ("back",),
    "fall": ("through",),
}
_CHAIN = ("xcomp", "ccomp", "advcl", "acl", "pcomp", "conj", "prep", "pobj", "dobj", "nsubjpass", "oprd")


@dataclass(frozen=True, slots=True)
class StatusReading:
    """What the cues around a trigger say: occurred, planned, cancelled, or a reason why it is no act at all.

    `tense` is pluperfect, past, present or future, or None where no verb shows it; `cue` is the word that decided.
    """

    status: str
    tense: str | None
    cue: str = ""

    @property
    def is_act(self) -> bool:
        """Tell whether the passage reports an act that took place, is planned or was cancelled."""
        return self.status in ("occurred", "planned", "cancelled")


@cache
def _cues() -> dict[tuple[str, str], str]:
    rows = read_table("cues.tsv", _COLUMNS, _faults)
    return {(row["reach"], row["word"]): row["effect"] for row in rows}


def _faults(row: Row) -> Iterable[str]:
    if row["reach"] not in _REACHES:
        yield f"reach: {row['reach']!r} is none of {', '.join(_REACHES)}"
    if row["effect"] not in EFFECTS:
        yield f"effect: {row['effect']!r} is none of {', '.join(EFFECTS)}"


def read_status(trigger: Trigger) -> StatusReading:
    """Read the status of the act that a trigger may evoke from the words that govern it."""
    token = trigger.token
    verb = _verb_of(token)
    cues = _cues()
    aim = token != verb and token.head.lower_ == "for" and trigger.entry.kind != "visit"
    if aim and verb is not None and lemma_of(verb) in _SETTING_OUT and not _is_long_past(verb):
        return StatusReading("planned", "future", verb.lower_)
    if token != verb:
        for child in token.children:
            effect = cues.get(("modifier", child.lower_))
            if effect and child.i < token.i and not (verb is not None and _calls_off(verb, cues)):
                return StatusReading(effect, None, child.lower_)
            if child.dep_ == "det" and child.lower_ == "no":
                return StatusReading("denied", None, "no")
        if _is_to_be_held(token) and not (verb is not None and _calls_off(verb, cues)):
            return StatusReading("planned", "future", "to be")
    if (supposed := unreal(trigger, verb)) is not None:
        return StatusReading("wished", None, supposed)
    if verb is None:
        return StatusReading("occurred", None)
    if _is_title_plan(trigger, verb):
        return StatusReading("planned", "future", "to")
    tense = tense_of(verb)
    denial = _denial(verb)
    if denial is not None:
        return StatusReading("cancelled" if _is_plan(verb, cues) else "denied", "future", denial)
    own = _of_verb(verb, cues)
    subject = token != verb and is_passive(verb) and direct_governor(token) == (verb, "object")
    if own is None and subject and cues.get(("governor", lemma_of(verb))) == "planned":
        # "The talks are scheduled for Friday"; those that "had been scheduled" came to nothing.
        own = ("cancelled" if tense == "pluperfect" else "planned"), verb.lower_
    if own is not None and own[0] == "planned" and trigger.entry.frame == "aid":
        return StatusReading("occurred", "present", own[1])  # "Japan will provide 3 million": pledged by saying so
    if own is not None:
        return StatusReading(own[0], "future" if own[0] in ("planned", "cancelled") else tense, own[1])
    governed = _from_above(verb, cues, token) or _shared(verb, cues)
    if governed is not None:
        effect, cue = governed
        if trigger.entry.kind == "agreement" and cue in _AGREED:
            # "agreed to upgrade their relations": the agreement is there.
            return StatusReading("occurred", tense, cue)
        return StatusReading(effect, "future" if effect in ("planned", "cancelled") else tense, cue)
    return StatusReading("occurred", tense)


def _is_to_be_held(noun: Token) -> bool:
    """ "prepared the summit to be held in June": a plan, whatever is done about it; so are "plans for talks"."""
    near = noun.doc[noun.i + 1 : noun.i + 4]
    right_behind = [t.lower_ for t in near[:2]] == ["to", "be"] and lemma_of(near[-1]) in _TO_BE
    clauses = [c for c in noun.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VBN" and lemma_of(c) in _TO_BE]
    plans = noun.dep_ == "pobj" and noun.head.lower_ == "for" and lemma_of(noun.head.head) in ("plan", "preparation")
    return plans or right_behind or any(c.dep_ == "aux" and c.lower_ == "to" for v in clauses for c in v.children)


def _denial(verb: Token) -> str | None:
    """Return the word that denies an act: "Chile denied that she would visit", "denied reports that they had met"."""
    token = verb
    for _ in range(3):
        head = token.head
        if head == token or token.dep_ not in ("ccomp", "acl", "xcomp", "dobj", "pobj", "prep", "relcl"):
            return None
        if lemma_of(head) in _DENYING and head.pos_ == "VERB":
            return head.lower_
        if head.pos_ == "NOUN" and lemma_of(head) not in _TOLD:
            return None
        token = head
    return None


def _is_long_past(verb: Token) -> bool:
    """ "weeks after he travelled to Lima for talks", "had flown to Lima for talks": those talks are over."""
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "prep")}
    return tense_of(verb) == "pluperfect" or (verb.dep_ == "advcl" and bool(marks & {"after", "since"}))


def _is_plan(verb: Token, cues: dict[tuple[str, str], str]) -> bool:
    own = _of_verb(verb, cues)
    planned = (own is not None and own[0] in ("planned", "wished")) or tense_of(verb) == "future"
    return planned or _is_infinitive(verb) or lemma_of(verb) in _PLANS


def _calls_off(verb: Token, cues: dict[tuple[str, str], str]) -> bool:
    own = _of_verb(verb, cues)
    return own is not None and own[0] == "cancelled"


def _verb_of(token: Token) -> Token | None:
    if token.pos_ in ("VERB", "AUX"):
        return token
    direct = direct_governor(token)
    return direct[0] if direct else None


def _is_title_plan(trigger: Trigger, verb: Token) -> bool:
    """ "Ghana, Togo to hold talks": an infinitive as a headline's main verb is a plan."""
    if not trigger.sentence.is_title:
        return False
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children) and (
        verb.dep_ == "ROOT" or verb.head.pos_ not in ("VERB", "AUX")
    )


def _of_verb(verb: Token, cues: dict[tuple[str, str], str]) -> tuple[str, str] | None:
    """Read the verb's own auxiliaries, its negation, and the effect of the verb itself ("cancelled a visit")."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    particles = _OFF.get(lemma_of(verb), ())
    particle = next((c.lower_ for c in verb.children if c.lower_ in particles and c.pos_ in ("ADP", "ADV")), None)
    if particle is not None:
        # "a visit cannot be ruled out".
        open_still = any(c.dep_ == "neg" for c in verb.children)
        return "wished" if open_still else "cancelled", f"{verb.lower_} {particle}"
    inverted = [c for c in verb.children if c.dep_ == "aux" and c.lower_ == "had"]
    if inverted and any(c.dep_ in ("nsubj", "nsubjpass") and c.i > inverted[0].i for c in verb.children):
        # "Had the two met, …".
        return "wished", "had"
    negation = next((c for c in verb.children if c.dep_ == "neg" or c.lower_ in ("never", "longer")), None)
    if negation is not None:
        # "will not attend" calls a plan off; "did not meet" tells that nothing took place.
        return ("cancelled" if auxiliaries & _PLANNING else "denied"), negation.lower_
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass"):
            effect = cues.get(("aux", child.lower_))
            if effect == "reported":
                return _reported(verb), child.lower_
            if effect:
                return effect, child.lower_
    if verb.pos_ in ("VERB", "AUX"):
        effect = cues.get(("governor", lemma_of(verb)))
        if effect == "cancelled":
            return effect, verb.lower_
    return None


def _reported(verb: Token) -> str:
    """ "She would travel on Monday, her office said" is a plan told in the past; a bare "would" is a wish."""
    return "planned" if verb.dep_ in ("ccomp", "ROOT", "conj", "relcl", "parataxis", "advcl") else "wished"


def _from_above(verb: Token, cues: dict[tuple[str, str], str], trigger: Token) -> tuple[str, str] | None:
    """Read the verbs and adjectives that govern the act's verb: "is expected to", "refused to", "ready to"."""
    token = verb
    for _ in range(4):
        head = token.head
        if head == token or token.dep_ not in _CHAIN:
            return None
        if token.dep_ in ("xcomp", "ccomp", "acl", "advcl", "dobj", "pobj", "prep", "oprd", "nsubjpass", "pcomp"):
            effect = hindered(verb, head) or cues.get(("governor", lemma_of(head)))
            infinitive = token.dep_ in ("xcomp", "oprd", "acl") or any(
                c.dep_ == "aux" and c.lower_ == "to" for c in token.children
            )
            if effect and (infinitive or token.dep_ in ("dobj", "prep", "pobj", "nsubjpass")) and head != trigger:
                if effect == "reported" or is_backed(verb, head):
                    return ("planned", BACKED) if effect != "reported" else None
                if any(c.dep_ == "det" and c.lower_ == "no" for c in head.children):
                    # "there are no plans to meet".
                    return "denied", f"no {head.lower_}"
                if effect == "planned" and tense_of(head) == "pluperfect":
                    # "had been due to meet", "had planned to visit": it came to nothing.
                    return "cancelled", f"had {head.lower_}"
                return effect, head.lower_
            if infinitive and _is_to(token, head):
                return "planned", f"{head.lower_} to"
            if token.dep_ in ("advcl",) and any(
                c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in token.children
            ):
                return "wished", "if"
        if token.dep_ in ("ccomp", "advcl", "conj") and head.pos_ in ("VERB", "AUX") and not _is_infinitive(token):
            return None
        token = head
    return None


def _is_to(verb: Token, head: Token) -> bool:
    """ "The king is to meet the emir": a plan, unless what "is" says is an aim ("the goal is to meet")."""
    if lemma_of(head) != "be" or verb.dep_ != "xcomp" or head.tag_ not in ("VBZ", "VBP", "VBD"):
        return False
    subjects = [c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")]
    return (
        bool(subjects)
        and not any(c.dep_ in ("acomp", "attr") for c in head.children)
        and all(lemma_of(s) not in _AIMS for s in subjects)
    )


def _shared(verb: Token, cues: dict[tuple[str, str], str]) -> tuple[str, str] | None:
    """Read what a verb shares with the one it is coordinated with or serves: "will fly to Oslo, meet X and sign Y".

    An infinitive of purpose goes with its verb too: "will travel to Lima to meet the president".
    """
    token = verb
    for _ in range(4):
        head = token.head
        own = any(c.dep_ in ("aux", "nsubj", "nsubjpass") and c.lower_ != "to" for c in token.children)
        goes_with = (token.dep_ == "conj" and not own) or (token.dep_ in ("xcomp", "advcl") and _is_infinitive(token))
        if head == token or not goes_with or head.pos_ not in ("VERB", "AUX"):
            return None
        found = _of_verb(head, cues)
        if found is not None and found[0] in ("planned", "cancelled"):
            return found
        if lemma_of(head) in _SETTING_OUT and _is_infinitive(token):
            # "left for Dhaka to attend the summit": on the way to what is still to come.
            return "planned", head.lower_
        token = head
    return None


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def tense_of(verb: Token) -> str | None:
    """Return the tense of a verb with its auxiliaries: pluperfect, past, present, future, or None for a bare form.

    A participle or an infinitive takes the tense of the verb it hangs on.
    """
    token = verb
    for _ in range(4):
        auxiliaries = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
        if auxiliaries & {"will", "shall", "'ll"}:
            return "future"
        if "had" in auxiliaries:
            return "pluperfect"
        if auxiliaries & {"was", "were", "did", "has", "have"}:
            return "past"
        if token.tag_ == "VBD" or (token.tag_ == "VBN" and not auxiliaries):
            return "past"
        if token.tag_ in ("VBZ", "VBP") or auxiliaries & {"is", "are", "am", "'s", "'re"}:
            return "present"
        if token.head == token:
            return None
        token = token.head
    return None
