"""Intergovernmental organisations, their organs and standing forums named in text, from `data/organizations.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.gazetteer import Matcher, Row, phrase_fault, raise_faults, read_table
from extract.mentions.countries import names_in_tables


@dataclass(frozen=True, slots=True)
class OrganizationMention:
    """An organisation named in text: offsets, its canonical name, and whether the words can mean nothing else."""

    start: int
    end: int
    name: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Organization:
    """An organisation: canonical name, whether it meets in sessions, and the year to which a session's number adds."""

    name: str
    has_sessions: bool
    session_base: int | None

    def session_year(self, number: int) -> int | None:
        """Return the year in which the regular session of this number opened, or None where numbers do not tell."""
        return self.session_base + number if self.session_base is not None and number > 0 else None


def find_organizations(text: str, start: int = 0, end: int | None = None) -> tuple[OrganizationMention, ...]:
    """Return the organisations named within `text[start:end]`, in order, no two overlapping; the longest name wins.

    Acronyms are whole words in capitals: "WHO" is the organisation, "who" is not.
    """
    return tuple(
        OrganizationMention(m.start, m.end, *m.value)
        for m in _matcher().find(text, start, end)
        if m.value[0] and not text.startswith("$", m.end) and not (m.start and text[m.start - 1] in "@#")
    )


def organization(name: str) -> Organization | None:
    """Return what is known about the organisation of this canonical name, or None."""
    return _organizations().get(name)


def _check(row: Row) -> Iterator[str]:
    for phrase in (row["name"], *(alias for alias, _ in row.marked("aliases"))):
        if fault := phrase_fault(phrase):
            yield fault
    if row["sessions"] not in ("", "yes"):
        yield f"sessions: {row['sessions']!r} is neither yes nor empty"
    base = row["session_base"]
    if base and not (base.isdecimal() and 1800 <= int(base) <= 2100 and row["sessions"]):
        yield f"session_base: {base!r} is not a year of a body with sessions"


@cache
def _rows() -> list[Row]:
    return read_table("organizations.tsv", ("name", "aliases", "sessions", "session_base"), _check)


@cache
def _organizations() -> dict[str, Organization]:
    return {
        row["name"]: Organization(
            row["name"], row["sessions"] == "yes", int(row["session_base"]) if row["session_base"] else None
        )
        for row in _rows()
    }


@cache
def _matcher() -> Matcher[tuple[str, bool]]:
    """Build the matcher. Raises InputError where one phrase names two organisations."""
    meanings: dict[str, tuple[str, bool]] = {}
    faults: list[str] = []
    for row in _rows():
        for phrase, strong in ((row["name"], True), *row.marked("aliases")):
            known = meanings.setdefault(phrase, (row["name"], strong))
            if known[0] != row["name"]:
                faults.append(f"{row.where}: {phrase!r} already names {known[0]}")
    raise_faults(faults)
    for phrase, _, form, _, _ in names_in_tables():
        if form == "body":  # no Security Council in "National Security Council"
            meanings.setdefault(phrase, ("", True))
    return Matcher(meanings.items())
