"""The record: an event as it leaves the extraction, checked at the door. Written as EVENTS.md gives it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from extract import edtf
from extract.model import KINDS, PARTS, SALIENCES, STATUSES, SUBTYPES, InputError


@dataclass(frozen=True, slots=True, order=True)
class Actor:
    """A person who acts: full name without titles, ISO 3166-1 alpha-3 of the state represented, title as written."""

    name: str
    country: str | None
    role: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """How a state takes part in an act: one of model.PARTS for the act's kind.

    `name` is that of its time, where it had another in the source: "Soviet Union" for RUS.
    """

    country: str
    part: str
    name: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Evidence: `quote` is `text[start:end]` of the document called `document`; `article` is its index there.

    `rule` names what found the passage.
    """

    document: str
    start: int
    end: int
    quote: str
    article: int = 0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One diplomatic act. `sources` is never empty, best first; `countries` are sorted alpha-3 codes.

    `date` is EDTF level 0/1 and `date_basis` a short sentence on what it rests on. `confidence` is a probability
    between 0 and 1, or None where nothing measured it. `parts` says how the states take part, in the order of
    `countries`: each once, or none at all where it was never read. `place_country` is the state in which `place` lies.
    """

    id: str
    kind: str
    subtype: str
    status: str
    salience: str
    date: str
    date_basis: str
    countries: tuple[str, ...]
    organizations: tuple[str, ...]
    actors: tuple[Actor, ...]
    place: str | None
    title: str
    sources: tuple[Source, ...]
    confidence: float | None = None
    parts: tuple[Part, ...] = ()
    place_country: str | None = None

    def __post_init__(self) -> None:
        """Raise InputError naming the event, the field and the reason when a value is out of its domain."""
        for field, value, allowed in (
            ("kind", self.kind, KINDS),
            ("subtype", self.subtype, SUBTYPES.get(self.kind, ())),
            ("status", self.status, STATUSES),
            ("salience", self.salience, SALIENCES),
        ):
            if value not in allowed:
                raise InputError(f"event {self.id}: {field}: {value!r} is not one of {', '.join(allowed)}")
        if not edtf.is_valid(self.date):
            raise InputError(f"event {self.id}: date: {self.date!r} is not an EDTF date of level 0 or 1")
        for code in self.countries:
            if not is_alpha_3(code):
                raise InputError(f"event {self.id}: countries: {code!r} is not an ISO 3166-1 alpha-3 code")
        if self.place_country is not None and not is_alpha_3(self.place_country):
            raise InputError(
                f"event {self.id}: place_country: {self.place_country!r} is not an ISO 3166-1 alpha-3 code"
            )
        self._check_parts()
        if not self.sources:
            raise InputError(f"event {self.id}: sources: an event needs at least one")
        for source in self.sources:
            if len(source.quote) != source.end - source.start or source.start < 0:
                raise InputError(f"event {self.id}: sources: offsets {source.start}-{source.end} do not fit the quote")

    def _check_parts(self) -> None:
        """Raise InputError for a part that the kind does not have, or that is of no state of the event or a second."""
        seen: set[str] = set()
        for one in self.parts:
            if one.part not in PARTS[self.kind]:
                raise InputError(f"event {self.id}: parts: {one.part!r} is not one of {', '.join(PARTS[self.kind])}")
            if one.country not in self.countries or one.country in seen:
                reason = "has two" if one.country in seen else "is not among the countries"
                raise InputError(f"event {self.id}: parts: {one.country!r} {reason}")
            seen.add(one.country)


def is_alpha_3(code: str) -> bool:
    """Tell whether a code has the form of an ISO 3166-1 alpha-3 code."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def to_json(event: Event) -> str:
    """Write one event as one line of JSON."""
    return json.dumps(asdict(event), ensure_ascii=False)


def from_mapping(data: Mapping[str, Any], place: str) -> Event:
    """Build an event from a mapping such as a line of JSONL; unknown keys are ignored.

    `place` says where the mapping stands (file and line). Raises InputError naming it when a field is missing or wrong.
    """
    try:
        return Event(
            id=str(data["id"]),
            kind=data["kind"],
            subtype=data["subtype"],
            status=data["status"],
            salience=data["salience"],
            date=data["date"],
            date_basis=data.get("date_basis") or "",
            countries=tuple(data["countries"]),
            organizations=tuple(data.get("organizations") or ()),
            actors=tuple(Actor(a["name"], a.get("country"), a.get("role")) for a in data.get("actors") or ()),
            place=data.get("place"),
            title=data["title"],
            sources=tuple(
                Source(s["document"], s["start"], s["end"], s["quote"], s.get("article", 0), s.get("rule", ""))
                for s in data["sources"]
            ),
            confidence=data.get("confidence"),
            parts=tuple(Part(p["country"], p["part"], p.get("name")) for p in data.get("parts") or ()),
            place_country=data.get("place_country"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{place}: not an event record: {type(error).__name__}: {error}") from error
    except InputError as error:
        raise InputError(f"{place}: {error}") from error


def to_jsonl(events: Iterable[Event]) -> str:
    """Write events as JSONL, one a line, in the order given."""
    return "".join(to_json(event) + "\n" for event in events)


def printable(text: str) -> str:
    """Return text from a document as one line that is safe in a terminal: control characters become spaces."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
