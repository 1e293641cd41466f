"""The files that can be taken home: of each its name, what it holds, and its making, after the page is drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dashboard import briefing, geography, panel, report, wording
from dashboard.filters import Filters, without
from dashboard.query import Archive, whole
from extract import exports
from extract.exports import About, Row

ROWS_AT_MOST = 100_000
ENTRIES_AT_MOST = 10_000
TO_READ_AT_MOST = 1000
REPORT_AT_MOST = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asks for: the filters, how many events fit, the version of the data, the address of the view."""

    chosen: Filters
    total: int
    version: str
    view: str


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its key, the words of its button and what it holds, the ending of its name and its media type,
    its making, and how many events it holds at most."""

    key: str
    label: str
    what: str
    ending: str
    mime: str
    make: Callable[[Asked], bytes]
    limit: int = ROWS_AT_MOST


def title(chosen: Filters) -> str:
    """Return what the chosen events are about: the countries that must all take part, or diplomatic events."""
    codes = _countries(chosen)
    return wording.listed([geography.name(code) for code in codes], "and") if codes else "Diplomatic events"


def file_name(chosen: Filters, one: Format) -> str:
    """Return a telling name for a file: readout-malta-norway-visit-2021-03-03.json."""
    days = [day.isoformat() for day in (chosen.first, chosen.last) if day]
    words = [*map(geography.english, (*_countries(chosen), *chosen.countries[:3])), *chosen.kinds, *days]
    passages = "passages" if one.key == "passages" else ""
    return exports.safe_name("readout", *words, passages or ("" if words else "events"), ending=one.ending)


def limited(one: Format, total: int) -> str:
    """Say that a file holds the newest events only, where more fit than it takes."""
    return f"Holds the newest {one.limit:,} of {total:,} events." if total > one.limit else ""


def _countries(chosen: Filters) -> list[str]:
    return list(dict.fromkeys(pair.partition(".")[0] for pair in chosen.parts))


def about(asked: Asked, limit: int = ROWS_AT_MOST) -> About:
    """Return what a file made now, of at most so many events, says of itself."""
    beyond = without(asked.chosen, "parts")
    said = wording.sentence(asked.chosen) or "All events of the store."
    name = title(asked.chosen) + (", a selection" if _countries(asked.chosen) and beyond.any else "")
    taken = min(asked.total, limit)
    return About(name, said, asked.version, asked.total, taken, dt.datetime.now(dt.UTC), asked.view)


def rows(asked: Asked, limit: int = ROWS_AT_MOST) -> Iterator[Row]:
    """Give the records that were asked for, the newest ones where there are more than the limit."""
    return whole.records(panel.archive(), asked.chosen, limit)


def _written(make: Callable[[Iterable[Row], About], bytes], limit: int = ROWS_AT_MOST) -> Callable[[Asked], bytes]:
    return lambda asked: make(rows(asked, limit), about(asked, limit))


def _newest_first(make: Callable[[Iterable[Row], About], bytes]) -> Callable[[Asked], bytes]:
    return lambda asked: make(whole.records(panel.archive(), asked.chosen, ROWS_AT_MOST, "date"), about(asked))


def table(archive: Archive, chosen: Filters, sort: str, descending: bool) -> bytes:
    """Return the events of an archive as CSV, sorted as `events.page` does, as many as a file takes."""
    return exports.to_table(whole.records(archive, chosen, ROWS_AT_MOST, sort, descending))


def _markdown(written: Iterable[Row], told: About) -> bytes:
    return briefing.to_markdown(briefing.write(written, told))


def _word(written: Iterable[Row], told: About) -> bytes:
    return briefing.to_docx(briefing.write(written, told))


def _report(asked: Asked) -> bytes:
    drawn = report.draw(panel.archive(), asked.chosen)
    return report.to_html(list(rows(asked, REPORT_AT_MOST)), drawn, about(asked, REPORT_AT_MOST))


FORMATS: dict[str, tuple[Format, ...]] = {
    "To read and to cite": (
        Format("report", "Report file (HTML)", "One page with timeline, map, table and quotes. It opens from a disk, "
               "without a server or a network.", "html", "text/html", _report, REPORT_AT_MOST),
        Format("word", "Briefing (Word)", "Dated entries in order with their quotes; the sources are footnotes.",
               "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
               _written(_word, TO_READ_AT_MOST), TO_READ_AT_MOST),
        Format("markdown", "Briefing (Markdown)", "The same as text.", "md", "text/markdown",
               _written(_markdown, TO_READ_AT_MOST), TO_READ_AT_MOST),
    ),
    "For a table or a program": (
        Format("table", "CSV", "A row for each event with its first quote; opens in any spreadsheet.", "csv",
               "text/csv", _newest_first(exports.to_table)),
        Format("passages", "CSV of passages", "A row for each passage that proves an event, with its characters in the "
               "document.", "csv", "text/csv", _newest_first(exports.to_passages)),
        Format("json", "JSON", "The whole records with all their sources, as one array.", "json", "application/json",
               _written(exports.to_array)),
        Format("lines", "JSON Lines", "The same, one record a line, as “readout score” reads them.", "jsonl",
               "application/x-ndjson", _written(exports.to_lines)),
        Format("parquet", "Parquet", "The same as columns, for pandas, R, DuckDB and others.", "parquet",
               "application/vnd.apache.parquet", _written(exports.to_parquet)),
    ),
    "For a calendar or a map": (
        Format("calendar", "iCalendar", "Past and planned events as whole days. An event known to the month spans "
               "it and says so.", "ics", "text/calendar", _written(exports.to_calendar, ENTRIES_AT_MOST),
               ENTRIES_AT_MOST),
        Format("places", "GeoJSON", "A point for each event whose place has known coordinates.", "geojson",
               "application/geo+json", _written(exports.to_geojson)),
    ),
}
