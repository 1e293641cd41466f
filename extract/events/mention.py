"""An event mention: one passage that reports an act, before mentions of the same act become one event."""

from __future__ import annotations

from dataclasses import dataclass

from extract.record import Actor, Part

TRAINED = "trained"
"""What the rule's name of a mention ends with that the encoder founded."""
ROW = "row of a table"
"""What the rule's name of a mention ends with that a row of a curated table is."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A side of an act: a state, a person with the state represented, or an organisation.

    `part` is one of model.PARTS where the construction tells it, as "received" tells host and guest; else it is the
    grammar's: subject (who acts), object (whom it is done with or to) or named (merely listed).
    `token` is the index of its head word in the parse; `in_office` tells a person who holds an office of some state.
    """

    country: str | None
    actor: Actor | None = None
    organization: str | None = None
    part: str = "named"
    token: int = -1
    in_office: bool = False


@dataclass(frozen=True, slots=True)
class EventMention:
    """One passage that reports an act.

    `start` and `end` are the evidence's offsets in the document, `trigger_start` and `trigger_end` those of the words
    that evoke the act. `rule` names the rule that found it. `date` is EDTF, `dated` tells whether a time expression of
    the passage itself gave it. `tense` is that of its verb; `is_open` tells that no verb says whether it took place
    ("Minister's Visit to Chad"), so that other mentions decide. `anaphoric` marks "the visit", "their talks": known
    from elsewhere if at all. `days` is how long a visit lasts by its own words ("a three-day visit"). `voice` is the
    class of the office or body that makes a statement, `amounts` the sums of a pledge; empty where the words tell none.
    `probability` is the encoder's that the sentence tells an act of the kind, None where it was not asked; `decisions`
    are the others that it took for this mention ("status occurred", "GHA takes part"), each with its probability.
    `anchor` names the row of a curated table that tells the act, so that the event's id does not hang on its place;
    `stated` is the confidence that the maker of the table states.
    """

    kind: str
    subtype: str
    status: str
    rule: str
    start: int
    end: int
    trigger_start: int
    trigger_end: int
    article: int
    sentence: int
    countries: frozenset[str]
    actors: tuple[Actor, ...] = ()
    organizations: frozenset[str] = frozenset()
    place: str | None = None
    place_country: str | None = None
    date: str = "XXXX"
    date_basis: str = "no date in the text"
    date_rule: str = "unknown"
    dated: bool = False
    anaphoric: bool = False
    in_title: bool = False
    salience: str = "main"
    tense: str | None = None
    is_open: bool = False
    days: int | None = None
    voice: str = ""
    amounts: frozenset[str] = frozenset()
    probability: float | None = None
    decisions: tuple[tuple[str, float], ...] = ()
    parts: tuple[Part, ...] = ()
    anchor: str = ""
    stated: float | None = None

    @property
    def is_row(self) -> bool:
        """Tell whether a row of a curated table is this mention: what it says was entered by hand."""
        return self.rule.endswith(f":{ROW}")

    @property
    def is_trained(self) -> bool:
        """Tell whether the encoder founded this mention, and no rule."""
        return self.rule.endswith(f":{TRAINED}")

    def dropped(self, reason: str) -> Dropped:
        """Return the record of this mention's being dropped for a reason."""
        return Dropped(self.trigger_start, self.trigger_end, self.rule, reason)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a frame makes of a trigger: who takes part, and what is known of the act from the same words.

    `subtype` overrides the trigger's. `place` is the city or country where it took place, `place_country` its state;
    `anaphoric` as for a mention; `note` is appended to the rule's name.
    """

    participants: tuple[Participant, ...]
    subtype: str | None = None
    place: str | None = None
    place_country: str | None = None
    anaphoric: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A trigger that became no mention: its offsets in the document, the rule, and why it was dropped."""

    start: int
    end: int
    rule: str
    reason: str
