"""A row of a curated table -> the facts of its event, or the reason why it has none: nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract import edtf
from extract.curated.mapping import Choice, States, TableMapping
from extract.curated.persons import persons_in
from extract.curated.sheets import Sheet
from extract.curated.states import Named, state_of
from extract.mentions.countries import country_name
from extract.model import KINDS, PARTS, STATUSES, SUBTYPES, TAKES_PART
from extract.record import Actor, Part

_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?Z?\Z")
_PLAIN = {"meeting": "talks", "visit": "visit", "statement": "remarks", "agreement": "signing"}
_SORT_OF_VISIT = re.compile(r"\b(?P<sort>state|official|working)(?: working)? visit\b", re.IGNORECASE)
_LEAST = 2


class RowFault(ValueError):
    """A row that cannot be used; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the columns of a row say of its event. `parts` holds each state once; `host` is the one where it is held."""

    kind: str
    subtype: str
    status: str
    date: str
    parts: tuple[Part, ...]
    actors: tuple[Actor, ...]
    organizations: tuple[str, ...]
    place: str | None
    host: str | None


def facts_of(row: Sheet, mapping: TableMapping) -> Facts:
    """Return the facts of a row. Raises RowFault with the column and the reason when one cannot be known."""
    if row.fault:
        raise RowFault(row.fault)
    kind = _chosen("kind", mapping.kind, row, KINDS)
    date = _date(row, mapping)
    year = int(date[:4]) if date[:4].isdigit() else None
    sides = [(side, named) for side in mapping.states for named in _states(side, row, mapping, year)]
    parts = tuple(_parts(kind, sides))
    if not parts:
        raise RowFault("no state takes part")
    organizations = _several(row, mapping.columns.organizations, ";")
    if kind in ("visit", "meeting") and len(sides) < _LEAST and not organizations:
        raise RowFault(f"only {country_name(parts[0].country)} takes part in the {kind}")
    hosts = [part.country for part in parts if part.part == "host"]
    if kind == "visit" and len(parts) == 1:
        hosts = [named.code for side, named in sides if side.part == "host"]
    return Facts(
        kind,
        _subtype(kind, row, mapping),
        _chosen("status", mapping.status, row, STATUSES),
        date,
        parts,
        tuple(dict.fromkeys(_actors(row, mapping, year))),
        organizations,
        _cell(row, mapping.columns.place) or None,
        hosts[0] if len(hosts) == 1 else None,
    )


def _cell(row: Sheet, column: str | None) -> str:
    return row.cells.get(column, "") if column is not None else ""


def _several(row: Sheet, column: str | None, separator: str | None) -> tuple[str, ...]:
    parts = _cell(row, column).split(separator) if separator else [_cell(row, column)]
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _told(setting: str | Choice, row: Sheet) -> str | None:
    """Return the value that a setting has in a row, None where its cell holds none and there is no other."""
    if isinstance(setting, str):
        return setting
    cell = _cell(row, setting.column)
    known = {name.lower(): value for name, value in setting.values.items()}
    return known.get(cell.lower(), setting.otherwise if setting.values or not cell else cell)


def _chosen(name: str, setting: str | Choice, row: Sheet, allowed: tuple[str, ...]) -> str:
    value = _told(setting, row)
    if value not in allowed:
        column = setting.column if isinstance(setting, Choice) else name
        told = _cell(row, setting.column) if isinstance(setting, Choice) else setting
        raise RowFault(f"{column}: {told!r} gives no {name} (one of {', '.join(allowed)})")
    return value


def _subtype(kind: str, row: Sheet, mapping: TableMapping) -> str:
    """Return the subtype that the mapping gives, the sort of visit that the remark names, or the unspecific one."""
    if mapping.subtype is not None and _told(mapping.subtype, row) is not None:
        return _chosen("subtype", mapping.subtype, row, SUBTYPES[kind])
    remark = _cell(row, mapping.columns.remark)
    sort = _SORT_OF_VISIT.match(remark) if kind == "visit" else None
    return f"{sort['sort'].lower()}_visit" if sort else _PLAIN[kind]


def _date(row: Sheet, mapping: TableMapping) -> str:
    first = _one_date(row, mapping.columns.date, mapping.date_format)
    last = _one_date(row, mapping.columns.until, mapping.date_format)
    if not last or last == first:
        return first or edtf.UNKNOWN
    if not first or "/" in first + last:
        raise RowFault(f"{mapping.columns.until}: {last!r} ends what has no beginning")
    value = f"{first}/{last}"
    if not edtf.is_valid(value):
        raise RowFault(f"{mapping.columns.until}: {last!r} is before {first!r}")
    return value


def _one_date(row: Sheet, column: str | None, form: str | None) -> str:
    """Return a date cell as EDTF, empty where it is."""
    cell = _cell(row, column)
    if not cell:
        return ""
    midnight = _MIDNIGHT.match(cell)
    value = midnight[1] if midnight else cell
    if form is not None and not edtf.is_valid(value):
        try:
            value = dt.datetime.strptime(cell, form).date().isoformat()
        except ValueError as error:
            raise RowFault(f"{column}: {cell!r} is not a date like {form}") from error
    if not edtf.is_valid(value):
        raise RowFault(f"{column}: {cell!r} is not a date (ISO 8601, or EDTF of level 0 or 1)")
    return value


def _states(side: States, row: Sheet, mapping: TableMapping, year: int | None) -> Iterator[Named]:
    if side.value is not None:
        yield Named(side.value)
        return
    cells = _several(row, side.column, side.separator)
    if not cells and side.separator is None:
        raise RowFault(f"{side.column}: no state")
    for cell in cells:
        named = state_of(cell, year, mapping.names)
        if named is None:
            raise RowFault(f"{side.column}: {cell!r} is not known as a state, or may be two")
        yield named


def _parts(kind: str, sides: list[tuple[States, Named]]) -> Iterator[Part]:
    """Yield each state once, sorted; one that is there in two ways (Hawaii's king in the United States) has neither."""
    found: dict[str, Part] = {}
    for side, named in sides:
        part = side.part if side.part in PARTS[kind] else TAKES_PART
        known = found.get(named.code)
        if known is None:
            found[named.code] = Part(named.code, part, named.name)
        else:
            found[named.code] = Part(
                named.code, part if known.part == part else TAKES_PART, known.name or named.name
            )
    yield from (found[code] for code in sorted(found))


def _actors(row: Sheet, mapping: TableMapping, year: int | None) -> Iterator[Actor]:
    """Yield the persons of each side, of its state where the row names but one for it."""
    for side in mapping.states:
        if side.people is None:
            continue
        states = [named.code for named in _states(side, row, mapping, year)]
        given = _told(side.role, row) if side.role is not None else None
        for name, role in persons_in(_cell(row, side.people), side.separator, titled=side.role is None):
            yield Actor(name, states[0] if len(states) == 1 else None, given or role)
