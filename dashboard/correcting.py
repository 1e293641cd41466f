"""What an analyst wrote into a form, as an event: plain functions, without widgets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard import geography
from extract.corrections import joined
from extract.model import InputError
from extract.record import Actor, Event, Part, Source
from extract.titles import headline

SEPARATOR = ";"
QUOTE_AT_MOST = 3000


def people_written(actors: Sequence[Actor]) -> str:
    """Write people for a form, one a line: name; code of the state; capacity."""
    return "\n".join(
        f"{SEPARATOR} ".join([one.name, one.country or "", one.role or ""]).rstrip(f"{SEPARATOR} ") for one in actors
    )


def people_read(text: str) -> tuple[Actor, ...]:
    """Read what `people_written` writes. Raises InputError naming the line for a code that is none of a state."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        name, country, role = (*map(str.strip, line.split(SEPARATOR, 2)), "", "")[:3]
        if not name and not country and not role:
            continue
        if not name:
            raise InputError(f"people, line {number}: a person needs a name")
        if country and not geography.is_code(country):
            raise InputError(f"people, line {number}: “{country}” is not the code of a state, such as NOR for Norway")
        found.append(Actor(name, country or None, role or None))
    return tuple(found)


def parts_written(parts: Sequence[Part]) -> str:
    """Write the parts of states for a form: MLT host, NOR guest."""
    return ", ".join(f"{one.country} {one.part}" for one in parts)


def parts_read(text: str) -> tuple[Part, ...]:
    """Read what `parts_written` writes. Raises InputError for what is not a code and a part."""
    found = []
    for written in filter(None, map(str.strip, text.split(","))):
        code, _, part = written.partition(" ")
        if not part.strip():
            raise InputError(f"parts: “{written}” is not a code and a part, such as NOR host")
        found.append(Part(code, part.strip()))
    return tuple(sorted(found))


def edited(event: Event, fields: Mapping[str, Any], author: str) -> Event:
    """Return an event with the fields of a form.

    The title follows the other fields where it is empty, or did so before and was not edited; a date that was edited
    rests on who edited it. Parts of states that take part no longer go. Raises InputError naming the field that is
    wrong.
    """
    countries = tuple(sorted(fields["countries"]))
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
