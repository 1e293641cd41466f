"""What the reader asked for: the filters shared by all pages, and their form in a link (stable codes, never labels)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard import geography
from extract.model import KINDS, SALIENCES, STATUSES

EARLIEST = dt.date(1500, 1, 1)
LATEST = dt.date(2199, 12, 31)
TEXT_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """A choice of events. An empty field does not restrict; several values of one field mean any of them.

    `first` and `last` are days, `kinds`, `statuses` and `saliences` the words of the record, `countries` alpha-3 codes,
    `people` names as the record has them, `text` a run of characters to be found in title, place, names or quotes.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    text: str = ""
    statuses: tuple[str, ...] = ()
    saliences: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Tell whether anything is restricted."""
        return self != Filters()


CODES: dict[str, tuple[str, Sequence[str]]] = {
    "kinds": ("kinds", KINDS),
    "status": ("statuses", STATUSES),
    "salience": ("saliences", SALIENCES),
}
KEYS = ("from", "to", "kinds", "countries", "person", "q", "status", "salience")


def encode(filters: Filters) -> dict[str, str | list[str]]:
    """Return the parameters of a link for these filters; a field that does not restrict is left out."""
    params: dict[str, str | list[str]] = {}
    if filters.first:
        params["from"] = filters.first.isoformat()
    if filters.last:
        params["to"] = filters.last.isoformat()
    if filters.countries:
        params["countries"] = ",".join(filters.countries)
    if filters.people:
        params["person"] = list(filters.people)
    if filters.text:
        params["q"] = filters.text
    for key, (field, _) in CODES.items():
        if values := getattr(filters, field):
            params[key] = ",".join(values)
    return params


def decode(params: Mapping[str, Sequence[str]]) -> tuple[Filters, list[str]]:
    """Read the filters from the parameters of a link, each with all its values.

    Returns the filters and a list of what could not be understood, one short sentence each; that is left out and never
    an error, since links are typed, cut and kept for years. Parameters of other names are not looked at.
    """
    faults: list[str] = []
    first, last = (_day(params, key, faults) for key in ("from", "to"))
    if first and last and first > last:
        faults.append(f"The dates {first} to {last} run backwards; they were swapped.")
        first, last = last, first
    chosen = {
        field: _known(params, key, allowed.__contains__, faults)
        for key, (field, allowed) in CODES.items()
    }
    text = _last(params, "q").strip()
    if len(text) > TEXT_AT_MOST:
        faults.append(f"The search text was cut to {TEXT_AT_MOST} characters.")
    return Filters(
        first=first,
        last=last,
        countries=_known(params, "countries", geography.is_code, faults),
        people=_unique(name for name in params.get("person", ()) if name),
        text=text[:TEXT_AT_MOST].strip(),
        **chosen,
    ), faults


def _last(params: Mapping[str, Sequence[str]], key: str) -> str:
    values = params.get(key) or [""]
    return values[-1]


def _day(params: Mapping[str, Sequence[str]], key: str, faults: list[str]) -> dt.date | None:
    value = _last(params, key)
    if not value:
        return None
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        faults.append(f"“{key}={value}” is not a day such as 2024-02-28; it was ignored.")
        return None
    if not EARLIEST <= day <= LATEST:
        faults.append(f"“{key}={value}” lies outside {EARLIEST.year}–{LATEST.year}; it was ignored.")
        return None
    return day


def _known(
    params: Mapping[str, Sequence[str]], key: str, is_known: Callable[[str], bool], faults: list[str]
) -> tuple[str, ...]:
    codes = _unique(code for value in params.get(key, ()) for code in value.split(",") if code)
    if unknown := [code for code in codes if not is_known(code)]:
        faults.append(f"“{key}” knows no {', '.join(unknown)}; it was ignored.")
    return tuple(code for code in codes if is_known(code))


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def without_people(filters: Filters, unknown: Iterable[str]) -> Filters:
    """Return the filters less the people named."""
    gone = set(unknown)
    return replace(filters, people=tuple(name for name in filters.people if name not in gone))
