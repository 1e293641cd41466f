"""The mapping file of a curated table (TOML): where the table lies, and what its columns hold."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from extract.mentions.countries import is_country
from extract.model import KINDS, PARTS, STATUSES, SUBTYPES, TAKES_PART, InputError
from extract.toml import from_toml


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a column tells row by row: through `values` where its words differ from ours, else as it stands.

    `otherwise` is the value of the other cells.
    """

    column: str
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class States:
    """States that take part in one way: one `value` for all rows, or those that a `column` names.

    `people` is the column of the persons who act for them, `role` their office where the names do not hold it, and
    `separator` what stands between several states or several persons of a cell.
    """

    part: str = TAKES_PART
    value: str | None = None
    column: str | None = None
    separator: str | None = None
    people: str | None = None
    role: str | Choice | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that hold what every kind of event has.

    `date` is the first day or any EDTF date, `until` the last day; `remark` is text that is read for further events;
    `source` says where the row has its knowledge from; `id` names a row for good.
    """

    date: str
    until: str | None = None
    id: str | None = None
    place: str | None = None
    remark: str | None = None
    source: str | None = None
    organizations: str | None = None


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a mapping file says. `table` is the path of the table, relative to the file.

    `kind`, `subtype` and `status` are those of all rows, or told by a column. `date_format` is one of `strptime` where
    dates are not written as in ISO 8601; `confidence` what the maker of the table states; `names` gives names of
    states that no table of ours knows their alpha-3 codes.
    """

    table: str
    kind: str | Choice
    columns: Columns
    states: tuple[States, ...]
    subtype: str | Choice | None = None
    status: str | Choice = "occurred"
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    confidence: float | None = None
    date_format: str | None = None
    encoding: str = "utf-8-sig"
    delimiter: str | None = None
    sheet: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def named(self) -> tuple[str, ...]:
        """Return the columns that are mapped, each once."""
        of = self.columns
        found = [of.id, of.date, of.until, of.place, of.remark, of.source, of.organizations]
        for one in self.states:
            found += [one.column, one.people, one.role.column if isinstance(one.role, Choice) else None]
        found += [one.column for one in (self.kind, self.subtype, self.status) if isinstance(one, Choice)]
        return tuple(dict.fromkeys(name for name in found if name is not None))


@cache
def _adapter() -> TypeAdapter[TableMapping]:
    return TypeAdapter(TableMapping)


def read_mapping(path: Path | str) -> TableMapping:
    """Read a mapping file. Raises InputError that names the file and each fault in it, with its place."""
    file = Path(path)
    try:
        data = from_toml(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error
    except InputError as error:
        raise InputError(f"{file}: {error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: byte {error.start}: not UTF-8 text ({error.reason})") from error
    try:
        mapping = _adapter().validate_python(data, extra="forbid")
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, one['loc'])) or 'file'}: {one['msg']}" for one in error.errors()]
        raise InputError("\n".join(f"{file}: {fault}" for fault in faults)) from error
    faults = list(_faults(mapping))
    if faults:
        raise InputError("\n".join(f"{file}: {fault}" for fault in faults))
    return mapping


def _faults(mapping: TableMapping) -> Iterator[str]:
    kinds = _values(mapping.kind)
    yield from (f"kind: {kind!r} is not one of {', '.join(KINDS)}" for kind in kinds if kind not in KINDS)
    yield from (f"status: {one!r} is not one of {', '.join(STATUSES)}" for one in _values(mapping.status)
                if one not in STATUSES)
    if isinstance(mapping.kind, str) and mapping.kind in KINDS:
        known = SUBTYPES[mapping.kind]
        yield from (f"subtype: {one!r} is not one of {', '.join(known)}" for one in _values(mapping.subtype)
                    if one not in known)
    if not mapping.states:
        yield "states: say which states take part"
    for number, one in enumerate(mapping.states, 1):
        if (one.value is None) == (one.column is None):
            yield f"states.{number}: give either a value for all rows or a column"
        if one.value is not None and not is_country(one.value):
            yield f"states.{number}.value: {one.value!r} is not an ISO 3166-1 alpha-3 code"
        if not any(one.part in PARTS[kind] for kind in kinds if kind in KINDS) and kinds:
            yield f"states.{number}.part: {one.part!r} is no part in a {' or '.join(kinds)}"
    for name, code in mapping.names.items():
        if not is_country(code):
            yield f"names.{name}: {code!r} is not an ISO 3166-1 alpha-3 code"
    if mapping.confidence is not None and not 0 <= mapping.confidence <= 1:
        yield "confidence: give a number from 0 to 1"
    try:
        csv.reader([], delimiter=mapping.delimiter or ",")
    except (TypeError, ValueError):
        yield f"delimiter: {mapping.delimiter!r} is not one character that can stand between cells"
    try:
        dt.datetime.strptime("", mapping.date_format or "")
    except re.error as error:
        yield f"date_format: {mapping.date_format!r} is no format of dates ({error})"
    except ValueError:
        pass  # nothing is no date in any format


def _values(setting: str | Choice | None) -> list[str]:
    """Return the values of ours that a setting can give, as far as the file tells."""
    if isinstance(setting, Choice):
        return [*setting.values.values(), *([setting.otherwise] if setting.otherwise is not None else [])]
    return [setting] if setting is not None else []
