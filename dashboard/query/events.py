"""Events: how many, when, page by page, and one with its evidence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from dashboard.filters import Filters
from dashboard.query.archive import RANKED, Archive
from dashboard.query.conditions import ORDER, ROW, among, conditions, words
from dashboard.query.tally import tallies
from extract.events.mention import ROW as OF_TABLE
from extract.model import KINDS

GRAINS = ("day", "week", "month", "quarter", "year", "decade")
SORTS = {
    "date": "date_first {} NULLS LAST, date_last {}", "title": "fold(title) {}", "kind": "kind {}, subtype {}",
    "subtype": "subtype {}", "status": "status {}", "salience": "salience {}", "place": "fold(place) {} NULLS LAST",
    "confidence": "confidence {} NULLS LAST", "sources": "sources {}", "documents": "documents {}",
    "precision": "date_precision {}", "countries": "array_to_string(countries, ' ') {}",
    "relevance": "score {}",
}
_RANKED = f"(SELECT e.*, r.score FROM events e JOIN {RANKED} r USING (event))"
_BINS_AT_MOST = 200
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365, "decade": 3652}
_CONTEXT = 260
BY_KIND = ", ".join(f"count(*) FILTER (kind = '{kind}') AS {kind}" for kind in KINDS)


def grain(first: dt.date, last: dt.date, at_most: int = _BINS_AT_MOST) -> str:
    """Return the finest unit of time of which `first` to `last` holds no more than `at_most`."""
    days = (last - first).days + 1
    return next((unit for unit in GRAINS if days / _DAYS[unit] <= at_most), GRAINS[-1])


def totals(archive: Archive, filters: Filters) -> dict[str, Any]:
    """Return `events`, `dated`, `first`, `last` (days or None), and one count a kind."""
    chosen = [one for one in tallies(archive, filters) if not one.missed(filters)]
    return {
        "events": sum(one.events for one in chosen), "dated": sum(one.dated for one in chosen),
        "first": min((one.first for one in chosen if one.first), default=None),
        "last": max((one.last for one in chosen if one.last), default=None),
        **{kind: sum(one.events for one in chosen if one.values["kinds"] == kind) for kind in KINDS},
    }


def ends(archive: Archive, filters: Filters) -> tuple[str, str]:
    """Return the dates of the first and the last dated event, each no more precise than it is known: 2005, 2025-05-08.

    Of a date from one day to another it is the first or the last. Raises ValueError where no event is dated.
    """
    where, params = conditions(filters)
    row = archive.one(
        f"SELECT substring(min(begins), 11), substring(max(ends), 11) FROM events WHERE {where}",
        params,
    )
    if row[0] is None:
        raise ValueError("no dated event")
    return row[0].partition("/")[0], row[1].rpartition("/")[2]


def bins(archive: Archive, filters: Filters, unit: str) -> pd.DataFrame:
    """Count the dated events by unit of time (of their first day), kind and whether they are to come.

    Returns the columns `bin`, `kind`, `planned` (true for events announced that nothing tells to have taken place) and
    `events`. Raises ValueError for a unit that is not among `GRAINS`.
    """
    if unit not in GRAINS:
        raise ValueError(f"no unit of time: {unit!r}")
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT date_trunc('{unit}', date_first)::DATE AS bin, kind, status = 'planned' AS planned,
                   count(*) AS events FROM events
            WHERE {where} AND date_first IS NOT NULL GROUP BY ALL ORDER BY bin, kind, planned""",
        params,
    )


def marks(archive: Archive, filters: Filters, limit: int = 5000) -> pd.DataFrame:
    """Return the dated events for drawing, in order of time: id, kind, status, salience, date, title and countries."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT id, kind, status, salience, date, date_first, date_last, date_precision, title, countries FROM events
            WHERE {where} AND date_first IS NOT NULL ORDER BY date_first, date_last, id LIMIT {int(limit)}""",
        params,
    )


def page(
    archive: Archive, filters: Filters, limit: int, offset: int = 0, sort: str = "date", descending: bool = True
) -> pd.DataFrame:
    """Return a page of events with first quote and number of sources, sorted by one of `SORTS` (else by date).

    "relevance", how well they fit the text of the filters, stands for the date where there is no text.
    """
    where, params = conditions(filters)
    table, by = ordered(filters, sort, descending)
    # First which events: to read all of every event that fits would take many times as long.
    return archive.frame(
        f"""WITH shown AS (SELECT event{", score" if table == _RANKED else ""} FROM {table} WHERE {where}
                           ORDER BY {by} LIMIT {int(limit)} OFFSET {int(offset)})
            SELECT {ROW}, date_basis, organizations, actors, place_country FROM events JOIN shown USING (event)
            ORDER BY {by}""",
        params,
    )


def best(archive: Archive, filters: Filters, limit: int, offset: int = 0) -> pd.DataFrame:
    """Return a page of events, those first that fit the text of the filters best: in their titles, then elsewhere."""
    return page(archive, filters, limit, offset, "relevance")


def ordered(filters: Filters, sort: str, descending: bool) -> tuple[str, str]:
    """Return the table of events, and the terms by which they are ordered: one of `SORTS` (else their date) first."""
    first = "date" if sort == "relevance" and not words(filters.text) else sort
    terms = f"{SORTS.get(first, SORTS['date']).replace('{}', 'DESC' if descending else 'ASC')}, {ORDER}"
    return _RANKED if first == "relevance" else "events", terms


def details(archive: Archive, identifiers: tuple[str, ...]) -> dict[str, dict[str, list[Any]]]:
    """Return, for each of some events, its `parts` (mappings of country and part) and the names of its `documents`, the
    best first."""
    known: dict[str, Any] = {}
    chosen = f"(SELECT event, id FROM events WHERE {among('id', 'id', identifiers, known)}) e"
    found: dict[str, dict[str, list[Any]]] = {one: {"parts": [], "documents": []} for one in identifiers}
    for row in archive.rows(
        f"""SELECT id AS event, country, part FROM participants JOIN {chosen} USING (event)
            ORDER BY id, country""", known
    ):
        found[row["event"]]["parts"].append({"country": row["country"], "part": row["part"]})
    for row in archive.rows(
        f"""SELECT id AS event, d.document FROM tellings t JOIN {chosen} USING (event)
            JOIN (SELECT number, document FROM documents) d ON d.number = t.document
            ORDER BY id, rank, d.document""", known
    ):
        found[row["event"]]["documents"].append(row["document"])
    return found


def event(archive: Archive, identifier: str) -> dict[str, Any] | None:
    """Return one event as a mapping, or None when there is none.

    It carries its `actors` (name, country, role) and `parts` (country, part, and `called`, the name of
    the state at the time where the source has another) as lists of mappings; `by_hand` tells that a table has it.
    """
    known = {"id": identifier}
    found = archive.rows(
        f"SELECT event, {ROW}, date_basis, organizations, place_country FROM events WHERE id = $id", known)
    if not found:
        return None
    own = {"event": found[0].pop("event")}
    actors = archive.rows("SELECT name, country, role FROM actors WHERE event = $event", own)
    parts = archive.rows("SELECT country, part, called FROM participants WHERE event = $event ORDER BY country", own)
    rule = own | {"row": f":{OF_TABLE}"}
    rows = archive.one("SELECT count(*) FROM sources WHERE event = $event AND ends_with(rule, $row)", rule)
    return found[0] | {"actors": actors, "parts": parts, "by_hand": bool(rows[0])}


def known_as(archive: Archive, identifier: str) -> str:
    """Return the id that an event has now for one that it had in a smaller store; any other as it is."""
    row = archive.one("SELECT event FROM aliases WHERE alias = $id", {"id": identifier})
    return str(row[0]) if row else identifier


def evidence(archive: Archive, identifier: str) -> list[dict[str, Any]]:
    """Return the sources of an event, best first, each with the text before and after it in its document.

    `dates` are the time expressions in that text: start and end in the document, and their EDTF `value`.
    """
    number = archive.one("SELECT event FROM events WHERE id = $id", {"id": identifier})
    if not number:
        return []
    own = {"event": number[0]}
    told = archive.frame("SELECT DISTINCT document FROM sources WHERE event = $event ORDER BY 1", own)["document"]
    # One document after the other: of a single name DuckDB knows where it lies, of several it looks through all texts.
    found = [one for name in told for one in _told(archive, own | {"name": name})]
    return sorted(found, key=lambda one: int(one["rank"]))


def _told(archive: Archive, own: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sources of an `event` in one document, called `name`."""
    found = archive.rows(
        f"""SELECT s.rank, s.document, s.start, s."end", s.quote, s.rule, d.title AS document_title, d.publisher,
                   d.published, a.title AS article_title, a.article, a.date AS article_date,
                   a.date_basis AS article_basis,
                   substring(d.text, greatest(s.start - {_CONTEXT}, 0) + 1, least(s.start, {_CONTEXT})) AS before,
                   substring(d.text, s."end" + 1, {_CONTEXT}) AS after,
                   s.start <= {_CONTEXT} AS at_start, s."end" + {_CONTEXT} >= length(d.text) AS at_end
            FROM (SELECT * FROM sources WHERE document = $name AND event = $event) s
            LEFT JOIN (SELECT * FROM documents WHERE document = $name) d ON d.document = s.document
            LEFT JOIN (SELECT * FROM articles WHERE document = $name) a ON a.article = s.article""",
        own,
    )
    dates = archive.rows(
        f"""SELECT s.rank, t.start, t."end", t.value
            FROM (SELECT * FROM sources WHERE document = $name AND event = $event) s
            JOIN (SELECT * FROM timexes WHERE document = $name) t
                ON t.start >= s.start - {_CONTEXT} AND t."end" <= s."end" + {_CONTEXT}
            ORDER BY s.rank, t.start""",
        own,
    )
    return [source | {"dates": [one for one in dates if one["rank"] == source["rank"]]} for source in found]


def around(archive: Archive, filters: Filters, identifier: str, each: int = 3) -> pd.DataFrame:
    """Return the events just before and after an event among those that the filters choose, and itself, newest first.

    Only dated events have a place in time: for another the frame is empty. `steps` counts from the event (later ones
    above 0), `everything` all the chosen.
    """
    where, params = conditions(filters)
    where = f"{where} AND date_first IS NOT NULL"
    if not (own := _spot(archive, where, params, identifier)):
        return archive.frame(f"SELECT {ROW}, 0 AS everything, 0 AS steps FROM events WHERE false")
    steps = {identifier: 0}
    for sign, newer in ((1, True), (-1, False)):
        steps |= {one: sign * (number + 1) for number, one in enumerate(_beside(archive, where, own, newer, each))}
    known: dict[str, Any] = {}
    found = archive.frame(f"SELECT {ROW} FROM events WHERE {among('id', 'id', steps, known)} ORDER BY {ORDER}", known)
    everything = archive.one(f"SELECT count(*) FROM events WHERE {where}", params)[0]
    return found.assign(everything=everything, steps=found["id"].map(steps))


def neighbours(archive: Archive, filters: Filters, identifier: str) -> dict[str, Any] | None:
    """Return `before`, `after` (ids or None), `place` (from 1) and `all` of an event among the chosen, or None."""
    where, params = conditions(filters)
    if not (own := _spot(archive, where, params, identifier)):
        return None
    before, after = (next(iter(_beside(archive, where, own, newer, 1)), None) for newer in (True, False))
    newer, every = archive.one(f"SELECT count(*) FILTER ({_NEWER}), count(*) FROM events WHERE {where}", own)
    return {"before": before, "after": after, "place": newer + 1, "all": every}


_NEWER = "newest <= $newest AND (newest < $newest OR id < $id)"
_OLDER = "newest >= $newest AND (newest > $newest OR id > $id)"


def _spot(archive: Archive, where: str, params: dict[str, Any], identifier: str) -> dict[str, Any]:
    """Return the parameters with what an event is sorted by, or an empty mapping if it is not among the chosen."""
    row = archive.one(f"SELECT newest FROM events WHERE id = $id AND {where}", params | {"id": identifier})
    return params | {"newest": row[0], "id": identifier} if row else {}


def _beside(archive: Archive, where: str, own: dict[str, Any], newer: bool, each: int) -> list[str]:
    """Return the ids of the events next to one among the chosen on one side, the nearest first."""
    which, order = (_NEWER, "newest DESC, id DESC") if newer else (_OLDER, ORDER)
    found = archive.frame(f"SELECT id FROM events WHERE {where} AND {which} ORDER BY {order} LIMIT {int(each)}", own)
    return list(found["id"])
