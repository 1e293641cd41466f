"""What an analyst wrote into a form, as an event: plain functions, without widgets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from dashboard import geography
from extract.corrections import joined
from extract.exports import flat
from extract.model import InputError
from extract.record import Actor, Event, Part, Source
from extract.titles import headline

T = TypeVar("T")
SEPARATOR = ";"
QUOTE_AT_MOST = 3000
# Characters of the fields that are typed: what a summit of all states needs, and no book.
_AT_MOST = {"date": 40, "parts": 5000, "actors": 20_000, "organizations": 3000, "place": 200, "title": 300}
_FORM_NAMES = {"actors": "people", "organizations": "organisations"}


def fields_written(event: Event) -> dict[str, str]:
    """Write the fields of an event that are typed, for a form, by the names of the record."""
    return {
        "date": event.date, "parts": parts_written(event.parts), "actors": people_written(event.actors),
        "organizations": organizations_written(event.organizations), "place": flat(event.place or ""),
        "title": flat(event.title),
    }


def at_most(event: Event) -> dict[str, int]:
    """Return how many characters the fields that are typed may have; what the event has of them always fits."""
    return {field: max(_AT_MOST[field], len(text)) for field, text in fields_written(event).items()}


def fields_read(given: Mapping[str, Any], event: Event) -> dict[str, Any]:
    """Return what a form for an event says, by the names of the record; what was left as it stood there stays.

    Raises InputError naming the field that is wrong or too long.
    """
    for field, most in at_most(event).items():
        if len(given[field]) > most:
            raise InputError(f"{_FORM_NAMES.get(field, field)}: at most {most:,} characters can be kept")
    before = fields_written(event)
    place, title = flat(given["place"]), flat(given["title"])
    same_place = place == before["place"]
    same_state = given["place_country"] == event.place_country
    return dict(given) | {
        "date": flat(given["date"]), "parts": parts_read(given["parts"], event.parts),
        "actors": people_read(given["actors"], event.actors),
        "organizations": organizations_read(given["organizations"], event.organizations),
        "countries": event.countries if {*given["countries"]} == {*event.countries} else (*given["countries"],),
        "place": event.place if same_place else place or None,
        "place_country": given["place_country"] if place or (same_place and same_state) else None,
        "title": event.title if title == before["title"] else title,
    }


def people_written(actors: Sequence[Actor]) -> str:
    """Write people for a form, one a line: name; code of the state; capacity."""
    return "\n".join(map(_line, actors))


def people_read(text: str, known: Sequence[Actor] = ()) -> tuple[Actor, ...]:
    """Read what `people_written` writes; a line of one who is known gives back just who was written.

    Raises InputError naming the line for a code that is none of a state.
    """
    found = []
    left = _by_text(known, _line)
    for number, line in enumerate(map(flat, text.split("\n")), 1):
        if same := left.get(line):
            found.append(same.pop(0))
            continue
        name, country, role = (*map(str.strip, line.split(SEPARATOR, 2)), "", "")[:3]
        if not name and not country and not role:
            continue
        if not name:
            raise InputError(f"people, line {number}: a person needs a name")
        if country and not geography.is_code(country):
            raise InputError(f"people, line {number}: “{country}” is not the code of a state, such as NOR for Norway")
        found.append(Actor(name, country or None, role or None))
    return tuple(found)


def _line(one: Actor) -> str:
    words = [flat(word or "") for word in (one.name, one.country, one.role)]
    while words and not words[-1]:
        words.pop()
    return f"{SEPARATOR} ".join(words)


def organizations_written(names: Sequence[str]) -> str:
    """Write organisations for a form, with semicolons between them."""
    return f"{SEPARATOR} ".join(map(_pieces, names))


def organizations_read(text: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """Read what `organizations_written` writes; those that are known are found also with semicolons in their names."""
    left = _by_text(known, _pieces)
    longest = max((written.count(SEPARATOR) + 1 for written in left), default=1)
    pieces, found, at = _pieces(text).split(f"{SEPARATOR} "), list[str](), 0
    while at < len(pieces):
        for end in range(min(at + longest, len(pieces)), at, -1):
            if same := left.get(f"{SEPARATOR} ".join(pieces[at:end])):
                found.append(same.pop(0))
                break
        else:
            end = at + 1
            found += filter(None, [pieces[at]])
        at = end
    return tuple(found)


def _pieces(text: str) -> str:
    return f"{SEPARATOR} ".join(map(str.strip, flat(text).split(SEPARATOR)))


def _by_text(known: Sequence[T], written: Callable[[T], str]) -> dict[str, list[T]]:
    """Return what a form was filled with, by how it stands there: two may be written alike."""
    found: dict[str, list[T]] = {}
    for one in known:
        found.setdefault(written(one), []).append(one)
    return found


def parts_written(parts: Sequence[Part]) -> str:
    """Write the parts of states for a form: MLT host, NOR guest."""
    return ", ".join(f"{one.country} {one.part}" for one in parts)


def parts_read(text: str, known: Sequence[Part] = ()) -> tuple[Part, ...]:
    """Read what `parts_written` writes; a state keeps the name of its time, which the form does not show.

    Raises InputError for what is not a code and a part.
    """
    found = []
    names = {one.country: one.name for one in known}
    for written in filter(None, map(str.strip, flat(text).split(","))):
        code, _, part = written.partition(" ")
        if not part.strip():
            raise InputError(f"parts: “{written}” is not a code and a part, such as NOR host")
        found.append(Part(code, part.strip(), names.get(code)))
    return tuple(known) if sorted(found) == sorted(known) else tuple(sorted(found))


def edited(event: Event, fields: Mapping[str, Any], author: str) -> Event:
    """Return an event with the fields of a form.

    The title follows the other fields where it is empty, or did so before and was not edited; a date that was edited
    rests on who edited it. Parts of states that take part no longer go. Raises InputError naming the field that is
    wrong.
    """
    same = fields["countries"] == event.countries
    countries = event.countries if same else tuple(sorted(fields["countries"]))
    parts = tuple(one for one in fields["parts"] if one.country in countries or one not in event.parts)
    try:
        made = replace(event, **(dict(fields) | {"countries": countries, "parts": parts}))
    except InputError as error:
        raise InputError(str(error).partition(": ")[2]) from error
    if made.date != event.date:
        made = replace(made, date_basis=f"as corrected by {author}")
    if not made.title.strip() or made.title == event.title == _title(event):
        made = replace(made, title=_title(made))
    return made


def merged(event: Event, other: Event) -> Event:
    """Return an event with the passages, people and organisations of another telling of the same act."""
    names = {one.name for one in event.actors}
    return replace(
        event,
        sources=joined(event.sources, other.sources),
        actors=event.actors + tuple(one for one in other.actors if one.name not in names),
        organizations=tuple(sorted({*event.organizations, *other.organizations})),
        salience="main" if "main" in (event.salience, other.salience) else "background",
    )


def split(event: Event, ranks: Sequence[int]) -> tuple[Event, Event]:
    """Return an event without the passages of these ranks, and another that those prove.

    Raises InputError when either would be without evidence.
    """
    taken = tuple(one for rank, one in enumerate(event.sources) if rank in ranks)
    kept = tuple(one for rank, one in enumerate(event.sources) if rank not in ranks)
    if not taken or not kept:
        raise InputError("each of the two events needs a passage that proves it")
    return replace(event, sources=kept), replace(event, id=_identity("split", event.id, taken[0]), sources=taken)


def added(source: Source, fields: Mapping[str, Any], author: str) -> Event:
    """Return an event that the extraction has missed, proved by a passage. Raises InputError as `edited` does."""
    event = replace(blank(source), id=_identity("added", str(fields["kind"]), source))
    return edited(event, fields, author)


def blank(source: Source) -> Event:
    """Return an event of which nothing is known yet but the passage that proves it."""
    return Event(
        id="", kind="meeting", subtype="talks", status="occurred", salience="main", date="XXXX", date_basis="",
        countries=(), organizations=(), actors=(), place=None, title="", sources=(source,),
    )


def passage(document: str, text: str, start: int, end: int, article: int) -> Source:
    """Return what is selected of a document's text, without the space around it. Raises InputError for nothing."""
    start, end = max(start, 0), min(end, len(text))
    quote = text[start:end]
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    if not quote or len(quote) > QUOTE_AT_MOST:
        raise InputError(f"choose a passage of 1 to {QUOTE_AT_MOST:,} characters")
    return Source(document, start, start + len(quote), quote, article, "added")


def where(text: str, quote: str) -> tuple[int, int]:
    """Find a quote in a text, whatever the spaces and line breaks in it.

    Raises InputError where it does not stand there, or in several places.
    """
    words = quote.split()
    found = list(re.finditer(r"\s+".join(map(re.escape, words)), text)) if words else []
    if len(found) != 1:
        raise InputError("this does not stand in the document" if not found else
                         f"this stands in {len(found)} places of the document; take more of it")
    return found[0].span()


def _title(event: Event) -> str:
    return headline(event.kind, event.subtype, event.status, event.countries, event.actors, event.organizations,
                    event.place, event.parts)


def _identity(how: str, what: str, source: Source) -> str:
    """Return an id that another machine gives the same event, too."""
    told = f"{how}|{what}|{source.document}|{source.start}|{source.end}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]
