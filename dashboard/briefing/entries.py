"""What a briefing says: its entries in order of time, each with its quotes, and the footnotes on where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard import geography, wording
from extract.exports import About, Row, flat
from extract.model import TAKES_PART

QUOTES_AT_MOST = 3
_REVIEWS = {"open": "as extracted, not reviewed"}


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a text, and the number of the footnote that says where they stand."""

    text: str
    note: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: its date in words, its title, a line of facts, its best quotes, and the note on further ones, or 0."""

    date: str
    title: str
    facts: str
    quotes: tuple[Quote, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """A title, what the file says of itself, the entries by the heading under which they stand, and the footnotes.

    The footnote of number 1 is the first; `view` is the address of the page with these events, or empty. All text is on
    one line; none of it is escaped.
    """

    title: str
    about: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Entry, ...]], ...]
    notes: tuple[str, ...]
    view: str = ""


def write(rows: Iterable[Row], about: About) -> Briefing:
    """Return the briefing on these events, which stand in order of time."""
    notes: list[str] = []
    sections: dict[str, list[Entry]] = {}
    for row in rows:
        sections.setdefault(_heading(row["date"]), []).append(_entry(row, notes))
    return Briefing(flat(about.title), tuple(map(flat, about.lines())),
                    tuple((heading, tuple(entries)) for heading, entries in sections.items()), tuple(notes), about.view)


def _heading(date: str) -> str:
    return str(int(date[:4])) if date[:4].isdigit() else "Year not known"


def _entry(row: Row, notes: list[str]) -> Entry:
    """Return the entry of an event; its footnotes go to the end of `notes`."""
    quotes = []
    for source in row["sources"][:QUOTES_AT_MOST]:
        notes.append(f"{where(source)}.")
        quotes.append(Quote(flat(source["quote"]), len(notes)))
    rest = row["sources"][QUOTES_AT_MOST:]
    if rest:
        notes.append("Also " + "; ".join(map(where, rest)) + ".")
    return Entry(_capital(wording.date(row["date"])), flat(row["title"]), facts(row), tuple(quotes),
                 len(notes) if rest else 0)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def facts(row: Row) -> str:
    """Say of what kind an event is, whether it took place, who takes part and where, and what was decided about it."""
    parts = {one["country"]: one for one in row["parts"] or ()}
    states = [_state(code, parts.get(code, {})) for code in row["countries"]]
    said = [wording.subtype(row["kind"], row["subtype"]), wording.STATUSES[row["status"]], ", ".join(states),
            flat(row["place"] or ""), f"review: {_REVIEWS.get(row['review'], row['review'])}",
            f"event {flat(row['id'])}"]
    return "; ".join(filter(None, said))


def _state(code: str, taken: Row) -> str:
    """Name a state with the name of its time, where it had another, and the part that it takes: Russia (as …, host)."""
    part, then = taken.get("part", TAKES_PART), taken.get("name")
    said = [f"as {flat(then)}" if then else "", part if part != TAKES_PART else ""]
    told = ", ".join(filter(None, said))
    return geography.name(code) + (f" ({told})" if told else "")


def where(source: Row) -> str:
    """Say where a quote stands: the document's title, publisher, date and address where known, file and characters."""
    known = [source.get(name) for name in ("title", "publisher", "published", "url")]
    place = f"{source['document']}, characters {source['start']} to {source['end']}"
    return flat(", ".join([*filter(None, known), place]))
