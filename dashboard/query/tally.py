"""The numbers of events by all that has few values, from one pass over the events: what menus and totals add up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.filters import Filters, without
from dashboard.query.archive import Archive
from dashboard.query.conditions import COLUMNS, conditions


@dataclass(frozen=True, slots=True)
class Tally:
    """The events that are alike in the columns of `values`: how many, how many of them dated, their first and last day.

    `values` has the value of each column by the field of the filters that asks for it.
    """

    values: dict[str, str]
    events: int
    dated: int
    first: dt.date | None
    last: dt.date | None

    def missed(self, filters: Filters) -> list[str]:
        """Return the fields of the filters that do not let these events through."""
        return [field for field, value in self.values.items()
                if getattr(filters, field) and value not in getattr(filters, field)]


def tallies(archive: Archive, filters: Filters) -> list[Tally]:
    """Return the tallies of the events that the filters choose, whatever these say of kind, form, status, salience,
    precision and review; kept for those that only differ in them."""
    asked = without(filters, *COLUMNS.values())

    def count() -> list[Tally]:
        where, params = conditions(asked)
        rows = archive.mappings(
            f"""SELECT {", ".join(COLUMNS)}, count(*) AS events, count(date_first) AS dated, min(date_first) AS first,
                       max(date_last) AS last FROM events WHERE {where} GROUP BY ALL""",
            params,
        )
        return [Tally({field: row.pop(column) for column, field in COLUMNS.items()}, **row) for row in rows]

    found: list[Tally] = archive.kept(("tallies", asked), count)
    return found
