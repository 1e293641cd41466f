"""What the reader asked for: the filters shared by all pages, and their form in a link (stable codes, never labels)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from dashboard import geography
from extract.model import KINDS, SALIENCES, STATUSES, SUBTYPES
from extract.model import PARTS as PARTS_OF

EARLIEST = dt.date(1500, 1, 1)
LATEST = dt.date(2199, 12, 31)
TEXT_AT_MOST = 200
# Each is a condition of its own in the query; the pages ask for four at most.
PARTS_AT_MOST = 20
MATCHES = ("any", "all")
PRECISIONS = ("day", "range", "month", "year", "unknown")
# What analysts have made of an event; "open" where nobody has decided yet.
REVIEWS = ("open", "confirmed", "corrected", "merged", "split", "added")
# Whatever part a state takes is a part to ask for, too; and that it takes part alone, or with others.
ANY, ALONE, TOGETHER = "any", "alone", "together"
PARTS = (*dict.fromkeys(part for kind in KINDS for part in PARTS_OF[kind]), ANY, ALONE, TOGETHER)
# In the place of a country's code: none at all, or whichever.
NO_COUNTRY, SOME_COUNTRY = "-", "*"
OPEN = ".."
ALL_SUBTYPES = tuple(subtype for kind in KINDS for subtype in SUBTYPES[kind])


@dataclass(frozen=True, slots=True)
class Filters:
    """A choice of events. An empty field does not restrict; several values of one field mean any of them.

    `first` and `last` are days, which the event's own overlap; `begins` the first and the last day on which it may
    begin, None where that is open; `kinds`, `subtypes`, `statuses` and `saliences` the words of the record; `countries`
    alpha-3 codes, of which one must take part, or each where `match` is "all"; `parts` pairs of a code and a part that
    must all hold ("MLT.host"; "MLT.any" for whatever part, "MLT.alone" and "MLT.together" for no other state or some;
    "-.host" for no state as host, "*.host" for whichever); `people`, `organizations` and `documents` names as the
    record has them, of which one must occur (people: each where `people_match` is "all"); `with_people` names of people
    who must all act as well, `with_documents` of documents that must all tell it as well; `precisions` how well the
    date is known; `reviews` what analysts have made of it; `confidence` the least and the most, in percent; `text`
    words that must all be found in title, place, names or quotes, those between quotation marks as they stand.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    begins: tuple[dt.date | None, dt.date | None] = (None, None)
    kinds: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    match: str = "any"
    parts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    people_match: str = "any"
    with_people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    with_documents: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    saliences: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    confidence: tuple[int, int] | None = None
    text: str = ""

    @property
    def any(self) -> bool:
        """Tell whether anything is restricted."""
        return bool(active(self))


CODES: dict[str, tuple[str, Sequence[str]]] = {
    "kinds": ("kinds", KINDS),
    "subtypes": ("subtypes", ALL_SUBTYPES),
    "status": ("statuses", STATUSES),
    "salience": ("saliences", SALIENCES),
    "precision": ("precisions", PRECISIONS),
    "review": ("reviews", REVIEWS),
}
NAMES = {"person": "people", "with": "with_people", "organization": "organizations", "source": "documents",
         "told": "with_documents"}
HOW = {"match": ("match", "countries"), "people_match": ("people_match", "people")}
KEYS = ("from", "to", "begins", *CODES, "countries", *HOW, "part", *NAMES, "confidence", "q")
EMPTY = Filters()


def active(filters: Filters) -> tuple[str, ...]:
    """Return the fields that restrict something, in order; how several values match counts with the values."""
    return tuple(
        field.name for field in fields(Filters)
        if field.name not in HOW and getattr(filters, field.name) != getattr(EMPTY, field.name)
    )


def also(filters: Filters, *countries: str, part: str = "any") -> Filters:
    """Return the filters, narrowed to the events in which each of these countries takes part."""
    added = tuple(f"{code}.{part}" for code in countries)
    return replace(filters, parts=filters.parts + tuple(one for one in added if one not in filters.parts))


def acting(filters: Filters, *names: str) -> Filters:
    """Return the filters, narrowed to the events in which each of these people acts."""
    if len(filters.people) > 1 and filters.people_match == "any":
        return replace(filters, with_people=tuple(dict.fromkeys((*filters.with_people, *names))))
    wanted = tuple(dict.fromkeys((*filters.people, *names)))
    return replace(filters, people=wanted, people_match="all" if len(wanted) > 1 else "any")


def told_in(filters: Filters, document: str) -> Filters:
    """Return the filters, narrowed to the events that a document tells."""
    if filters.documents and document not in filters.documents:
        return replace(filters, with_documents=tuple(dict.fromkeys((*filters.with_documents, document))))
    return replace(filters, documents=(document,))


def beginning(filters: Filters, first: dt.date | None, last: dt.date | None) -> Filters:
    """Return the filters, narrowed to the events that begin from one day to another; None leaves an end as it is."""
    firsts, lasts = ([day for day in days if day] for days in zip(filters.begins, (first, last), strict=True))
    return replace(filters, begins=(max(firsts, default=None), min(lasts, default=None)))


def without(filters: Filters, *names: str) -> Filters:
    """Return the filters with these fields open again; "dates" are both ends of the range."""
    fields_open = [field for name in names for field in (("first", "last") if name == "dates" else (name,))]
    return replace(filters, **{name: getattr(EMPTY, name) for name in fields_open})


def without_dates(filters: Filters) -> Filters:
    """Return the filters without their dates."""
    return without(filters, "first", "last", "begins")


def of_kind(filters: Filters, kind: str) -> Filters:
    """Return the filters, narrowed to a kind."""
    return replace(filters, kinds=(kind,))


def encode(filters: Filters) -> dict[str, str | list[str]]:
    """Return the parameters of a link for these filters; a field that does not restrict is left out."""
    params: dict[str, Any] = {
        "from": filters.first.isoformat() if filters.first else "",
        "to": filters.last.isoformat() if filters.last else "",
    }
    if any(filters.begins):
        params["begins"] = "/".join(day.isoformat() if day else OPEN for day in filters.begins)
    params |= {key: ",".join(getattr(filters, field)) for key, (field, _) in CODES.items()}
    params["countries"] = ",".join(filters.countries)
    for key, (field, counted) in HOW.items():
        if len(getattr(filters, counted)) > 1 and getattr(filters, field) != "any":
            params[key] = getattr(filters, field)
    params["part"] = ",".join(filters.parts)
    params |= {key: list(getattr(filters, field)) for key, field in NAMES.items()}
    params["confidence"] = "{}-{}".format(*filters.confidence) if filters.confidence else ""
    params["q"] = filters.text
    return {key: value for key, value in params.items() if value}


def decode(
    params: Mapping[str, Sequence[str]], is_country: Callable[[str], bool] = geography.is_code
) -> tuple[Filters, list[str]]:
    """Read the filters from the parameters of a link, each with all its values; `is_country` knows codes of countries.

    Returns the filters and a list of what could not be understood, one short sentence each; that is left out and never
    an error, since links are typed, cut and kept for years. Parameters of other names are not looked at.
    """
    faults: list[str] = []
    first, last = (_day(params, key, faults) for key in ("from", "to"))
    if first and last and first > last:
        faults.append(f"The dates {first} to {last} run backwards; they were swapped.")
        first, last = last, first
    chosen: dict[str, Any] = {
        field: _known(params, key, allowed.__contains__, faults)
        for key, (field, allowed) in CODES.items()
    }
    chosen |= {field: _unique(name for name in params.get(key, ()) if name) for key, field in NAMES.items()}
    chosen["countries"] = _known(params, "countries", is_country, faults)
    for key, (field, counted) in HOW.items():
        how = _known(params, key, MATCHES.__contains__, faults)
        chosen[field] = how[-1] if how and len(chosen[counted]) > 1 else "any"
    text = _last(params, "q").strip()
    if len(text) > TEXT_AT_MOST:
        faults.append(f"The search text was cut to {TEXT_AT_MOST} characters.")
    parts = _known(params, "part", lambda value: _is_part(value, is_country), faults)
    if len(parts) > PARTS_AT_MOST:
        faults.append(f"No more than {PARTS_AT_MOST} values of “part” can be asked for; the others were ignored.")
    return Filters(
        first=first,
        last=last,
        begins=_begins(_last(params, "begins"), faults),
        parts=parts[:PARTS_AT_MOST],
        confidence=_confidence(_last(params, "confidence"), faults),
        text=text[:TEXT_AT_MOST].strip(),
        **chosen,
    ), faults


def _is_part(value: str, is_country: Callable[[str], bool]) -> bool:
    code, _, part = value.partition(".")
    if code == NO_COUNTRY:
        return part in PARTS and part not in (ALONE, TOGETHER)
    return part in PARTS and (code == SOME_COUNTRY or is_country(code))


def _begins(value: str, faults: list[str]) -> tuple[dt.date | None, dt.date | None]:
    if not value:
        return EMPTY.begins
    try:
        first, last = (None if end == OPEN else dt.date.fromisoformat(end) for end in value.split("/"))
    except ValueError:
        faults.append(f"“begins={value}” is not from day to day such as 2024-02-01/2024-02-29; it was ignored.")
        return EMPTY.begins
    return (last, first) if first and last and first > last else (first, last)


def _confidence(value: str, faults: list[str]) -> tuple[int, int] | None:
    if not value:
        return None
    low, _, high = value.partition("-")
    if not all(end.isdecimal() and end.isascii() and len(end) <= 3 and int(end) <= 100 for end in (low, high)):
        faults.append(f"“confidence={value}” is not a range of percent such as 80-100; it was ignored.")
        return None
    ends = min(int(low), int(high)), max(int(low), int(high))
    return None if ends == (0, 100) else ends


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


def without_names(filters: Filters, field: str, unknown: Iterable[str]) -> Filters:
    """Return the filters less the names given of a field (people, organizations, documents)."""
    gone = set(unknown)
    kept: dict[str, Any] = {field: tuple(name for name in getattr(filters, field) if name not in gone)}
    return replace(filters, **kept)
