"""Events as iCalendar: whole days, planned ones tentative, cancelled ones cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from extract import edtf
from extract.exports.about import About
from extract.exports.records import Row
from extract.exports.words import flat

if TYPE_CHECKING:
    from icalendar import Event as Entry

_STATES = {"occurred": "CONFIRMED", "planned": "TENTATIVE", "cancelled": "CANCELLED"}
_SAID = {"occurred": "", "planned": "Planned: ", "cancelled": "Cancelled: "}
# An end stands on the day after the last, which the calendar must have.
_LAST = dt.date(9999, 12, 31)


def has_days(date: str) -> bool:
    """Tell whether a date stands in a calendar: a day, days from first to last, or a month. A year is no entry."""
    ends = date.split("/")
    known = edtf.bounds(date)
    least = 1 if len(ends) == 1 else 2
    return known is not None and known[1] < _LAST and all(end.count("-") >= least for end in ends)


def to_calendar(rows: Iterable[Row], about: About) -> bytes:
    """Return the events that have days as iCalendar; the others are left out, and the calendar's text counts them.

    A month is an entry from its first to its last day which says that it is some day in between, and which, like the
    cancelled ones, does not make anybody busy.
    """
    from icalendar import Calendar, vText

    every = list(rows)
    known = [row for row in every if has_days(row["date"])]
    calendar = Calendar()
    calendar.add("prodid", "-//Readout//Readout//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText(flat(about.title)))
    left = len(every) - len(known)
    told = [*about.lines(), about.view,
            f"Left out, since no month of theirs is known: {left:,}" if left else ""]
    calendar.add("x-wr-caldesc", vText("\n".join(filter(None, map(flat, told)))))
    for row in known:
        calendar.add_component(_entry(row, about))
    return bytes(calendar.to_ical())


def _entry(row: Row, about: About) -> Entry:
    from icalendar import Event as Entry

    first, last = edtf.bounds(row["date"]) or (_LAST, _LAST)
    vague = edtf.precision(row["date"]) == "month"
    entry = Entry()
    entry.add("uid", f"{flat(row['id']).replace(' ', '-')}@readout")
    entry.add("dtstamp", about.moment.astimezone(dt.UTC))
    entry.add("dtstart", first)
    entry.add("dtend", last + dt.timedelta(days=1))
    entry.add("summary", _SAID[row["status"]] + flat(row["title"]) + (" (some day in this month)" if vague else ""))
    entry.add("status", _STATES[row["status"]])
    entry.add("transp", "OPAQUE" if row["status"] == "planned" and not vague else "TRANSPARENT")
    entry.add("categories", [row["kind"], row["subtype"], f"review: {row['review']}"])
    if row["place"]:
        entry.add("location", flat(row["place"]))
    entry.add("description", "\n".join(_description(row, about)))
    return entry


def _description(row: Row, about: About) -> list[str]:
    lines = [f"Date: {row['date']} ({flat(row['date_basis'])})", f"Countries: {', '.join(row['countries'])}"]
    for source in row["sources"]:
        known = [source.get(name) for name in ("publisher", "published", "url")]
        where = [source["document"], f"characters {source['start']} to {source['end']}", *filter(None, known)]
        lines.append(f"“{flat(source['quote'])}” ({flat(', '.join(where))})")
    whence = ", ".join(filter(None, [f"Data version {about.version}", about.view]))
    return [*lines, f"Review: {row['review']}. {whence}"]
