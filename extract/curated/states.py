"""A cell that names a state -> its alpha-3 code today, with the name of its time where that was another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extract.gazetteer import Row, read_table, spellings, unaccented
from extract.mentions.countries import is_country, names_in_tables

_BRACKET = re.compile(r"(?P<name>[^()]+?) ?\((?P<more>[^()]+)\)\Z")
_TURNED = re.compile(r"(?P<noun>[^,]+), (?P<rest>.+)\Z")


@dataclass(frozen=True, slots=True)
class Named:
    """A state that a cell names: its code today, and its name of then where the cell has one."""

    code: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class _Former:
    code: str
    first: int
    last: int


def state_of(cell: str, year: int | None, names: Mapping[str, str]) -> Named | None:
    """Return the state that a cell names in a year, or None where that is not known, or could be two.

    `names` are the mapping's own, by cell. "Zaire", "Burma (Myanmar)", "Korea, Republic of", "Denmark (Greenland)",
    which is Denmark: what stands in brackets only tells more of the state before them.
    """
    own = names.get(cell)
    if own is not None:
        found = _of_name(cell, year)
        return Named(own, cell if found is None or found.name else None)
    if is_country(cell):
        return Named(cell)
    whole = _of_name(cell, year)
    match = _BRACKET.match(cell)
    if whole is not None or match is None:
        return whole
    first, more = _of_name(match["name"], year), _of_name(match["more"], year)
    if first is not None and more is not None and more.code == first.code:
        return Named(first.code, first.name or more.name)
    return first


def _of_name(name: str, year: int | None) -> Named | None:
    """Return the state of a name as it stands, or with its noun first: "Congo, Republic of"."""
    for form in (name, *_turned(name)):
        key = _key(form)
        codes = {one.code for one in _former().get(key, ()) if year is None or one.first <= year <= one.last}
        if codes:
            return Named(codes.pop(), form) if len(codes) == 1 and "" not in codes else None
        if key in _today():
            return Named(_today()[key])
    return None


def _turned(name: str) -> Iterator[str]:
    match = _TURNED.match(name)
    if match is not None:
        yield f"{match['rest']} {match['noun']}"
        yield f"{match['rest']} the {match['noun']}"


def _key(name: str) -> str:
    """Return a name without case, accents, an article, and with the signs that are written in several ways alike."""
    plain = unaccented(name).replace("’", "'").replace("‘", "'").replace("-", " ").replace("&", "and").lower()
    return " ".join(plain.removeprefix("the ").split())


@cache
def _today() -> dict[str, str]:
    """Return today's codes by the key of every name in the tables, the weak ones too: the cell holds a state."""
    found: dict[str, str] = {}
    for strong_first in (True, False):
        for phrase, code, form, strong, _ in names_in_tables():
            if form == "name" and strong is strong_first:
                for spelt in spellings(phrase):
                    found.setdefault(_key(spelt), code)
    return found


@cache
def _former() -> dict[str, list[_Former]]:
    """Return what names of their time mean, by key. Raises InputError naming each fault of the table."""

    def check(row: Row) -> Iterator[str]:
        if row["code"] and not is_country(row["code"]):
            yield f"code: {row['code']!r} is not an alpha-3 code of a state in the tables"
        if not row["names"]:
            yield "names: there is none"
        for column in ("from", "until"):
            if row[column] and not row[column].isdigit():
                yield f"{column}: {row[column]!r} is not a year"

    found: dict[str, list[_Former]] = {}
    for row in read_table("countries_former.tsv", ("code", "names", "from", "until", "capital"), check):
        meant = _Former(row["code"], int(row["from"] or 0), int(row["until"] or 9999))
        for phrase in row.values("names"):
            for spelt in spellings(phrase):
                known = found.setdefault(_key(spelt), [])
                if meant not in known:
                    known.append(meant)
    return found
