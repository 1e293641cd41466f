"""Filters as conditions of SQL over the table of events, and over those of what takes part in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.filters import ALONE, ANY, NO_COUNTRY, SOME_COUNTRY, TOGETHER, Filters
from dashboard.query.archive import MATCHING

# The newest first; events without a year last. The id makes the order total.
ORDER = "newest, id"
ROW = """id, kind, subtype, status, salience, date, date_first, date_last, date_precision, title, place, countries,
         quote, sources, documents, confidence"""
_WORD = re.compile(r"[\"“”]([^\"“”]+)[\"“”]|(\S+)")
COLUMNS = {"kind": "kinds", "subtype": "subtypes", "status": "statuses", "salience": "saliences",
            "date_precision": "precisions", "review": "reviews"}


def conditions(filters: Filters) -> tuple[str, dict[str, Any]]:
    """Return a WHERE clause and its parameters, over `events` or any table that has an event's columns in its rows.

    An event lies in a range of dates when its own dates overlap it; one without a year lies in none. One without a
    confidence lies in no range of confidence.
    """
    parts, params = ["true"], dict[str, Any]()
    for column, field in COLUMNS.items():
        if values := getattr(filters, field):
            parts.append(among(column, column, values, params))
    if filters.first:
        parts.append("date_last >= $first")
        params["first"] = filters.first
    if filters.last:
        parts.append("date_first <= $last")
        params["last"] = filters.last
    if filters.confidence:
        parts.append("round(100 * confidence) BETWEEN $least AND $most")
        params["least"], params["most"] = filters.confidence
    if asked := words(filters.text):
        parts.append(f"event IN (SELECT event FROM {MATCHING})")
        params[MATCHING] = asked
    for name, sign, day in zip(("begin", "end"), (">=", "<="), filters.begins, strict=True):
        if day:
            parts.append(f"date_first {sign} ${name}")
            params[name] = day
    together = set(filters.countries) if filters.match == "all" else set()
    for number, pair in enumerate(filters.parts):
        code, _, part = pair.partition(".")
        if part == ANY and code not in (NO_COUNTRY, SOME_COUNTRY):
            together.add(code)
        else:
            parts.append(_part(number, code, part, params))
    parts += _together(sorted(together), params)
    parts += _names(filters, params)
    return " AND ".join(parts), params


def among(column: str, name: str, values: Iterable[str], params: dict[str, Any]) -> str:
    """Return the condition that a column has one of some values; those go into `params` by a name and a number.

    DuckDB looks up each of a list of terms in the dictionary of a column; an array it would compare row by row.
    """
    own = {f"{name}_{number}": value for number, value in enumerate(values)}
    params |= own
    return f"{column} IN ({', '.join(f'${key}' for key in own)})" if own else "false"


def _together(codes: Sequence[str], params: dict[str, Any]) -> list[str]:
    """Return the conditions that all of some countries take part, in order; their values go into `params`.

    Of a pair DuckDB reads its own events, of which there are far fewer than of the one and the other.
    """
    if len(codes) == 1:
        params["together"] = codes[0]
        return ["event IN (SELECT event FROM participants WHERE country = $together)"]
    own = {f"together{number}": f"{codes[0]}-{code}" for number, code in enumerate(codes[1:])}
    params |= own
    return [f"event IN (SELECT event FROM pairs WHERE pair = ${key})" for key in own]


def _part(number: int, code: str, part: str, params: dict[str, Any]) -> str:
    """Return the condition that a country takes a part, or that none does; its values go into `params`."""
    asked = []
    if code not in (NO_COUNTRY, SOME_COUNTRY):
        asked.append(f"country = $code{number}")
        params[f"code{number}"] = code
    if part not in (ANY, ALONE, TOGETHER):
        asked.append(f"part = $part{number}")
        params[f"part{number}"] = part
    takers = f"(SELECT event FROM participants WHERE {' AND '.join(asked) or 'true'})"
    others = {ALONE: " AND states = 1", TOGETHER: " AND states > 1"}
    return f"event {'NOT IN' if code == NO_COUNTRY else 'IN'} {takers}{others.get(part, '')}"


def _names(filters: Filters, params: dict[str, Any]) -> list[str]:
    """Return the conditions on who takes part and which document tells it; their values go into `params`."""
    found = []
    for table, column, field, match in (
        ("participants", "country", "countries", "any" if filters.match == "any" else "together"),
        ("actors", "name", "people", filters.people_match),
        ("actors", "name", "with_people", "all"),
        ("bodies", "organization", "organizations", "any"), ("tellings", "document", "documents", "any"),
        ("tellings", "document", "with_documents", "all"),
    ):
        if (values := getattr(filters, field)) and match != "together":
            every = f" GROUP BY event HAVING count(DISTINCT {column}) = {len(values)}" if match == "all" else ""
            which = among("document" if table == "tellings" else column, field, values, params)
            if table == "tellings":
                which = f"document IN (SELECT number FROM documents WHERE {which})"
            found.append(f"event IN (SELECT event FROM {table} WHERE {which}{every})")
    return found


def words(text: str) -> list[str]:
    """Cut a search into words; what stands between quotation marks is one."""
    return [quoted.strip() or word for quoted, word in _WORD.findall(text) if quoted.strip() or word]
