"""Countries and pairs of countries: how many events, of which kinds, with whom, over time."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import EARLIEST, LATEST, Filters, also
from dashboard.query.archive import Archive
from dashboard.query.conditions import among, conditions
from dashboard.query.events import BY_KIND, GRAINS

# The date of the latest event that took place, as the record has it; nothing where none of them has a year.
LAST = "arg_min(date, newest) FILTER (status = 'occurred' AND date_first IS NOT NULL) AS last"


def codes(archive: Archive) -> frozenset[str]:
    """Return the codes of all countries that the store has, whether ISO 3166-1 knows them or not."""
    found = archive.frame("SELECT country FROM participants UNION SELECT country FROM actors WHERE country IS NOT NULL")
    return frozenset(found["country"])


def by_country(archive: Archive, filters: Filters) -> pd.DataFrame:
    """Count the events by participating country: `country`, `events` and one column a kind, most first."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT country, count(*) AS events, {BY_KIND} FROM participants WHERE {where}
            GROUP BY country ORDER BY events DESC, country""",
        params,
    )


def partners(archive: Archive, filters: Filters, country: str) -> pd.DataFrame:
    """Count the other countries in the events of `country`, as `by_country` does."""
    counts = by_country(archive, also(filters, country))
    return counts[counts["country"] != country].reset_index(drop=True)


def pairs(archive: Archive, filters: Filters, limit: int = 500) -> pd.DataFrame:
    """Count the events by pair of participating countries: `a`, `b` (a before b), `events`, a column a kind."""
    return every_pair(archive, filters).head(limit)


def how_many_pairs(archive: Archive, filters: Filters) -> int:
    """Count the pairs of countries that have events in common."""
    return len(every_pair(archive, filters))


def every_pair(archive: Archive, filters: Filters) -> pd.DataFrame:
    """Return what `pairs` does, for all pairs; kept for all that asks about them, and changed by nobody."""
    def count() -> pd.DataFrame:
        where, params = conditions(filters)
        return archive.frame(
            f"""SELECT a, b, count(*) AS events, {BY_KIND} FROM pairs WHERE {where}
                GROUP BY a, b ORDER BY events DESC, a, b""",
            params,
        )

    found: pd.DataFrame = archive.kept(("pairs", filters), count)
    return found


def trend(
    archive: Archive, filters: Filters, unit: str = "year", only: tuple[str, ...] | None = None
) -> pd.DataFrame:
    """Count the dated events by participating country and unit of time: `country`, `bin`, `events`, in order of time.

    `only` are the countries that are wanted, all if None. Raises ValueError for a unit that is not among `GRAINS`.
    """
    if unit not in GRAINS:
        raise ValueError(f"no unit of time: {unit!r}")
    where, params = conditions(filters)
    wanted = "true" if only is None else among("country", "only", only, params)
    return archive.frame(
        f"""SELECT country, date_trunc('{unit}', date_first)::DATE AS bin, count(*) AS events
            FROM participants WHERE {where} AND date_first IS NOT NULL AND {wanted}
            GROUP BY ALL ORDER BY country, bin""",
        params,
    )


def listing(archive: Archive, filters: Filters) -> pd.DataFrame:
    """Count the events by participating country as `by_country` does, with `last`: the date of the latest that took
    place, in EDTF."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT country, count(*) AS events, {BY_KIND}, {LAST} FROM participants
            WHERE {where} GROUP BY country ORDER BY events DESC, country""",
        params,
    )


def activity(archive: Archive, filters: Filters, countries: tuple[str, ...], unit: str) -> pd.DataFrame:
    """Count the dated events of some countries: `country`, `bin` (the first day of the unit), `kind`, `events`.

    Raises ValueError for a unit that is not among `GRAINS`.
    """
    if unit not in GRAINS:
        raise ValueError(f"no unit of time: {unit!r}")
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT country, date_trunc('{unit}', date_first)::DATE AS bin, kind, count(*) AS events
            FROM participants
            WHERE {where} AND date_first IS NOT NULL AND {among("country", "those", countries, params)}
            GROUP BY ALL ORDER BY country, bin, kind""",
        params,
    )


def partnerships(archive: Archive, filters: Filters, countries: tuple[str, ...]) -> pd.DataFrame:
    """Count the events that each of some countries shares with any other: `country`, `partner`, `events`."""
    where, params = conditions(filters)
    a, b, one = (among(column, "those", countries, params) for column in ("a", "b", "country"))
    return archive.frame(
        f"""SELECT country, partner, count(*) AS events
            FROM (SELECT unnest([a, b]) AS country, unnest([b, a]) AS partner FROM pairs WHERE {where} AND ({a} OR {b}))
            WHERE {one}
            GROUP BY ALL ORDER BY events DESC, country, partner""",
        params,
    )


def parts(archive: Archive, filters: Filters, country: str) -> dict[str, dict[str, int]]:
    """Count the events of a country by kind and by the part that it takes in them."""
    where, params = conditions(filters)
    found: dict[str, dict[str, int]] = {}
    for row in archive.rows(
        f"""SELECT kind, part, count(*) AS events FROM participants
            WHERE {where} AND country = $own GROUP BY ALL ORDER BY kind, events DESC, part""",
        params | {"own": country},
    ):
        found.setdefault(row["kind"], {})[row["part"]] = int(row["events"])
    return found


def counterparts(archive: Archive, filters: Filters, country: str, part: str, theirs: str) -> pd.DataFrame:
    """Count the events in which `country` takes one part, by the countries that take another: `country`, `events`,
    `last` (EDTF), most first."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT q.country, count(*) AS events, {LAST}
            FROM (SELECT * FROM participants WHERE {where} AND country = $own AND part = $mine) p
            JOIN (SELECT event, country FROM participants WHERE part = $theirs) q
                ON p.event = q.event AND p.country <> q.country
            GROUP BY q.country ORDER BY events DESC, q.country""",
        params | {"own": country, "mine": part, "theirs": theirs},
    )


def alone(archive: Archive, filters: Filters, country: str, part: str, theirs: str) -> int:
    """Count the events in which `country` takes one part and no country is told to take another."""
    where, params = conditions(filters)
    row = archive.one(
        f"""SELECT count(*) FROM participants
            WHERE {where} AND country = $own AND part = $mine AND event NOT IN (
                SELECT event FROM participants WHERE country <> $own AND part = $theirs)""",
        params | {"own": country, "mine": part, "theirs": theirs},
    )
    return int(row[0])


def parts_by_year(archive: Archive, filters: Filters, country: str) -> pd.DataFrame:
    """Count the dated events of a country by year of their first day and by its part: `year`, `part`, `events`."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT year(date_first) AS year, part, count(*) AS events FROM participants
            WHERE {where} AND country = $own AND date_first IS NOT NULL GROUP BY ALL ORDER BY year, part""",
        params | {"own": country},
    )


def people(archive: Archive, filters: Filters, country: str, limit: int = 100, offset: int = 0) -> pd.DataFrame:
    """Return the people who act for a country and what they did, most events first: `limit` of them after `offset`.

    Columns: `name`, `roles` (their capacities, the commonest first), `events`, one a kind, `last` (EDTF), and `found`,
    the number of all of them. The events counted are all that the person acts in, also where the text does not say for
    which country.
    """
    where, params = conditions(filters)
    return archive.frame(
        f"""WITH chosen AS NOT MATERIALIZED (SELECT * FROM actors WHERE {where}),
                 own AS (SELECT name, role, count(*) AS times FROM chosen WHERE country = $own GROUP BY name, role),
                 sums AS (SELECT name, count(*) AS events FROM chosen
                          WHERE once AND name IN (SELECT name FROM own) GROUP BY name),
                 shown AS (SELECT name FROM sums ORDER BY events DESC, name LIMIT {int(limit)} OFFSET {int(offset)}),
                 said AS (SELECT name, list(role ORDER BY times DESC, role) FILTER (role IS NOT NULL) AS roles
                          FROM own WHERE name IN (SELECT name FROM shown) GROUP BY name)
            SELECT name, any_value(roles) AS roles, count(*) AS events, {BY_KIND}, {LAST},
                   (SELECT count(*) FROM sums) AS found
            FROM chosen JOIN said USING (name) WHERE once
            GROUP BY name ORDER BY events DESC, name""",
        params | {"own": country},
    )


def busiest(archive: Archive, filters: Filters, countries: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """Return for each of some countries the year in which most of its events lie, the latest of several, and how many.

    An event that lasts over the turn of a year lies in both, as it does for the filter on dates.
    """
    where, params = conditions(filters)
    rows = archive.rows(
        f"""SELECT country, y AS year, count(*) AS events
            FROM (SELECT country, unnest(
                      range(greatest(year(date_first), $since), least(year(date_last), $until) + 1)) AS y
                  FROM participants
                  WHERE {where} AND date_first IS NOT NULL AND {among("country", "those", countries, params)})
            GROUP BY country, y
            QUALIFY row_number() OVER (PARTITION BY country ORDER BY count(*) DESC, y DESC) = 1""",
        params | {
            "since": (filters.first or EARLIEST).year, "until": (filters.last or LATEST).year,
        },
    )
    return {row["country"]: (int(row["year"]), int(row["events"])) for row in rows}


def telling(archive: Archive, filters: Filters, limit: int = 100) -> pd.DataFrame:
    """Return the documents that tell most of the events: `document`, `title`, `publisher`, `published`, `events`, and
    `found`, the number of all that tell some."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT d.document, coalesce(d.title, first_title) AS title, d.publisher, d.published, n.events, n.found
            FROM (SELECT document AS told, count(*) AS events, count(*) OVER () AS found FROM tellings
                  WHERE {where} GROUP BY told ORDER BY events DESC, told LIMIT {int(limit)}) n
            JOIN documents d ON d.number = n.told ORDER BY n.events DESC, d.document""",
        params,
    )
