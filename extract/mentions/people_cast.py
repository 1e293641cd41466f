"""The persons of a document as the text introduces them, and who is meant by a part of a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extract.mentions.name_words import name_parts, word_sorts
from extract.mentions.office_holders import office_of, surnames

_REMEMBERED = 200  # persons that one article hands on to the next
_NAMESAKES = 50  # persons with one part of a name in common that are looked at, the last introduced first
BASES = ("title", "apposition", "earlier mention", "office holder", "beside", "setting", "office only")


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person, or the holder of an office, at one place of the text.

    `start` and `end` are document offsets of the name itself, or of the office's words when only that stands there.
    `name` is the fullest form in the document, without titles, empty when not known. `country` is the alpha-3 code of
    the state represented; `organization` the intergovernmental organisation. `role` is the office as written, `kind`
    its kind (state, party, military, diplomatic, royal, igo, spokesperson, private, ...). `basis` is one of BASES,
    `rule` the construction. `accredited_to` is the state an envoy is sent to. `phrase_start` and `phrase_end` hold
    title, state and name together.
    """

    start: int
    end: int
    name: str
    country: str | None
    role: str | None
    basis: str
    organization: str | None
    accredited_to: str | None
    phrase_start: int
    phrase_end: int
    kind: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Known:
    """A person as introduced: folded parts of the name, its fullest form, and what was said of them.

    `basis` tells how the state became known, `at` the offset of the name there (-1 in an earlier article).
    """

    parts: tuple[str, ...]
    name: str
    country: str | None
    organization: str | None
    role: str | None
    kind: str | None
    office: str
    basis: str = "earlier mention"
    at: int = -1


@dataclass(frozen=True, slots=True)
class PeopleMemory:
    """The persons that earlier articles of a document introduced, in order of introduction."""

    people: tuple[Known, ...] = ()

    def with_mentions(self, mentions: Sequence[PersonMention]) -> PeopleMemory:
        """Return this memory with those of `mentions` that have a name added or made fuller."""
        cast = Cast(self)
        for mention in mentions:
            if mention.name:
                cast.introduce(
                    Known(
                        name_parts(mention.name), mention.name, mention.country, mention.organization, mention.role,
                        mention.kind, office_of(mention.role or ""),
                    )
                )
        return PeopleMemory(tuple(replace(person, at=-1) for person in cast.people[-_REMEMBERED:]))


@dataclass
class Cast:
    """Who has been introduced so far, found by any part of the name; `states` are those named in the article."""

    memory: PeopleMemory
    states: frozenset[str] = frozenset()
    people: list[Known] = field(default_factory=list)
    by_part: dict[str, list[int]] = field(default_factory=dict)
    by_office: dict[str, dict[str, dict[int, None]]] = field(default_factory=dict)
    strangers: dict[str, dict[tuple[str, ...], None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take over the persons of the memory."""
        for person in self.memory.people:
            self._add(person)

    def _add(self, person: Known) -> int:
        self.people.append(person)
        self._index(len(self.people) - 1, person.parts)
        return len(self.people) - 1

    def _index(self, number: int, parts: Iterable[str]) -> None:
        for part in parts:
            self.by_part.setdefault(part, []).append(number)
        person = self.people[number]
        if person.office and person.country:
            self.by_office.setdefault(person.office, {}).setdefault(person.country, {})[number] = None

    def note_stranger(self, parts: tuple[str, ...]) -> None:
        """Remember a full name that nothing is known about: its surname alone is not somebody else's."""
        for part in (parts[0], parts[-1]):
            namesakes = self.strangers.setdefault(part, {})
            if len(namesakes) < _NAMESAKES:
                namesakes[parts] = None

    def is_stranger(self, parts: tuple[str, ...]) -> bool:
        """Tell whether a surname alone is that of a full name that stayed unknown, and of nobody introduced."""
        if len(parts) != 1 or parts[0] not in self.strangers:
            return False
        namesakes = [self.people[number] for number in self.by_part.get(parts[0], [])[-_NAMESAKES:]]
        known = any(parts[0] in surnames(person.parts, person.country) for person in namesakes)
        return not known and any(self.find(name, None, "") is None for name in self.strangers[parts[0]])

    def introduce(self, person: Known) -> int:
        """Add a person, or what is new about one already known; return their number."""
        number = self.find(person.parts, person.country, person.office)
        if number is None:
            return self._add(person)
        old = self.people[number]
        fuller = len(person.parts) > len(old.parts) or (old.name.isupper() and not person.name.isupper())
        stated = bool(old.country or old.organization)
        self.people[number] = replace(
            old,
            name=person.name if fuller and len(person.parts) >= len(old.parts) else old.name,
            parts=person.parts if len(person.parts) > len(old.parts) else old.parts,
            country=old.country or person.country,
            organization=old.organization or person.organization,
            role=old.role or person.role,
            kind=old.kind or person.kind,
            office=old.office or person.office,
            basis=old.basis if stated else person.basis,
            at=old.at if stated else person.at,
        )
        self._index(number, [part for part in person.parts if part not in old.parts])
        return number

    def bearer(self, office: str, country: str | None) -> Known | None:
        """Return the one person introduced in an office (of a state, if given); None if nobody or several were."""
        states = self.by_office.get(office, {})
        if country is None and len(states) != 1:
            return None
        numbers = states.get(country, {}) if country else next(iter(states.values()))
        return self.people[next(iter(numbers))] if len(numbers) == 1 else None

    def find(self, parts: tuple[str, ...], country: str | None, office: str, *, titled: bool = False) -> int | None:
        """Return the number of the person meant by these parts of a name, or None.

        A single part must be what its bearer is called by; a `titled` one may also be a given name ("Prime Minister
        Abiy"). Of several, the one in that office wins, then the one introduced last.
        """
        if not parts:
            return None
        ends = (parts[-1], parts[0])
        numbers = dict.fromkeys(number for part in ends for number in self.by_part.get(part, [])[-_NAMESAKES:])
        best: tuple[int, int, int] | None = None
        for number in numbers:
            person = self.people[number]
            if country and person.country and country != person.country:
                continue
            fit = _fit(parts, person, titled)
            if fit and (not best or (fit, bool(office) and office == person.office, number) > best):
                best = (fit, int(bool(office) and office == person.office), number)
        return best[2] if best else None


def _fit(parts: tuple[str, ...], person: Known, titled: bool) -> int:
    """Tell how well a name fits a person: 3 the same, 2 one within the other or the surname, 1 a given name, 0 not."""
    if parts == person.parts:
        return 3
    if len(parts) == 1:
        part = parts[0]
        if part in surnames(person.parts, person.country):
            return 2
        sorts = word_sorts()
        weak = part in sorts["common"] or part in sorts["family_first"]
        return 1 if part in person.parts and not weak and (titled or len(part) > 3) else 0
    if len(person.parts) == 1:
        return 2 if person.parts[0] in surnames(parts, person.country) else 0
    return 2 if _within(parts, person.parts) or _within(person.parts, parts) else 0


def _within(some: tuple[str, ...], more: tuple[str, ...]) -> bool:
    rest = iter(more)
    return all(part in rest for part in some)
