"""People: who acts, for which country, in which capacity, with whom."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filters
from dashboard.query.archive import Archive
from dashboard.query.conditions import conditions


def people(archive: Archive, filters: Filters, country: str = "", limit: int = 50) -> pd.DataFrame:
    """Return the people who act, for `country` if one is given, most events first.

    Columns: `name`, `country` and `role` (the commonest), `events`.
    """
    where, params = conditions(filters)
    own = " AND a.country = $own" if country else ""
    return archive.frame(
        f"""SELECT a.name, mode(a.country) AS country, mode(a.role) AS role, count(DISTINCT a.event) AS events
            FROM actors a JOIN events ON id = a.event WHERE {where}{own}
            GROUP BY a.name ORDER BY events DESC, a.name LIMIT {int(limit)}""",
        params | {"own": country},
    )


def unknown_names(archive: Archive, field: str, names: tuple[str, ...]) -> list[str]:
    """Return those of the names of a field of the filters (people, organizations, documents) that no event has."""
    table, column = {
        "people": ("actors", "name"), "organizations": ("bodies", "organization"),
        "documents": ("documents", "document"),
    }[field]
    found = archive.frame(f"SELECT DISTINCT {column} AS name FROM {table} WHERE {column} = ANY($names)",
                          {"names": list(names)})
    return [name for name in names if name not in set(found["name"])]
