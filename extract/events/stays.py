"""Logs of travel: each record (days, state, town, remarks) is a stay of somebody in office; no word says "visit"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.events import arguments
from extract.events.annotated import AnnotatedArticle, within
from extract.events.lexicon import lexicon
from extract.events.log_records import dated_records, dated_rows
from extract.events.mention import Candidate, EventMention
from extract.events.triggers import Trigger
from extract.mentions.countries import find_countries
from extract.mentions.people import PersonMention
from extract.model import Span
from extract.record import Part

RULE = "visit:record of travel"
_COLUMNS = {sort: lexicon(f"stays.{sort}") for sort in ("state", "town", "traveller", "origin", "other")}
_NAMES = sorted({*frozenset().union(*_COLUMNS.values()), *lexicon("stays.more")}, key=lambda name: (-len(name), name))
_FIELD = re.compile(
    rf"(?<![\w-])(?P<name>{'|'.join(name.replace('-', '[ _-]') for name in _NAMES)})[\"'*]*[ \t]*[:=>]",
    re.IGNORECASE,
)
_SURNAME_FIRST = re.compile(r"(?P<surname>[^\W\d_][\w' -]*), (?P<given>[^\W\d_][\w.' -]*)")
_TURNED = re.compile(r"(?P<noun>[^,]+), (?P<rest>(?:[\w']+ ){1,4}of(?: the)?|North|South|East|West)", re.IGNORECASE)
_TO = re.compile(r"\b(?:to|in) (?:the )?\Z", re.IGNORECASE)
_ENDS = re.compile(r"[\n;|<\t]|\Z")
_LONGEST = 300
_CELL_MARKS = "|\t"
_VISIT = "the date fields of its record"


Record = tuple[Span, str, Mapping[str, Span]]


@dataclass(frozen=True, slots=True)
class Stay:
    """One record of a log of travel: its span in the document, days (EDTF), who travels, from and to which state."""

    span: Span
    date: str
    traveller: PersonMention
    home: str | None
    host: str | None
    place: str | None


def stays(ann: AnnotatedArticle) -> list[Stay]:
    """Return the records of a log of travel in the order of the text; none where the text is no such log.

    A record is one of travel when it names, in fields or columns of their own, the days and the state, and has none
    for what happened; who travels stands in a field too, or in the heading above the records.
    """
    records = list(_records(ann))
    if not records:
        return []
    heading = _last_named(ann, ann.article.start, records[0][0].start)
    visited = _state_visited(ann, records[0][0].start)
    found = [_stay(ann, record, heading, visited) for record in records]
    homes = {stay.home for stay in found if stay is not None and stay.home is not None}
    if len(homes) == 1:
        # The log of one ministry: who is not known to us by name travels for the same state.
        found = [replace(stay, home=min(homes)) if stay and stay.home is None else stay for stay in found]
    return [stay for stay in found if stay is not None and stay.home is not None]


def _stay(ann: AnnotatedArticle, record: Record, heading: PersonMention | None, visited: str | None) -> Stay | None:
    """Return the stay that a record stands for, or None where it is not one of travel."""
    span, date, fields = record
    received = visited is not None and {"origin", "traveller"} <= fields.keys() and "state" not in fields
    if "other" in fields or not (received or "state" in fields or {"town", "traveller"} <= fields.keys()):
        return None
    own = fields.get("traveller")
    traveller = (_in_field(ann, own) or _named_by(ann, own)) if own else heading
    if traveller is None:
        return None
    home = _state(ann, fields.get("origin")) or traveller.country
    host = visited if received else _state(ann, fields.get("state")) or _state(ann, fields.get("town"))
    town = fields.get("town")
    place = ann.text[town.start : town.end].strip(" \t\"'") or None if town else None
    return Stay(span, date, replace(traveller, country=home), home, host if host != home else None, place)


def _records(ann: AnnotatedArticle) -> Iterator[Record]:
    """Yield (span, days, fields by sort) of records with date fields, and of rows under a line of column names."""
    text = ann.text
    found = False
    for span, date in dated_records(ann):
        found = True
        yield span, date, _fields(text, span)
    if found:
        return
    for span, date, cells in dated_rows(ann):
        sorts = {_sort(name): cell for name, cell in cells.items()}
        yield span, date, {sort: cell for sort, cell in sorts.items() if sort is not None}


def _fields(text: str, record: Span) -> dict[str, Span]:
    """Return where the values of a record's fields stand, by what they hold, the first of each.

    A value ends with its line or cell, or where the next field begins: "country: Ghana locale: Accra".
    """
    found: dict[str, Span] = {}
    matches = list(_FIELD.finditer(text, record.start, record.end))
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        sort = _sort(match["name"])
        end = _ENDS.search(text, match.end(), record.end)
        stop = min(end.start() if end else record.end, following.start() if following else record.end)
        if sort is not None and stop > match.end():
            found.setdefault(sort, Span(match.end(), stop))
    return found


def _sort(name: str) -> str | None:
    """Return what a field of this name holds: "Host country" a state, "locale" a town; None for others."""
    word = re.sub(r"[ _-]+", "-", name.strip().lower())
    return next((sort for sort, names in _COLUMNS.items() if word in names), None)


def _state(ann: AnnotatedArticle, field: Span | None) -> str | None:
    """Return the state that a field names, also with the noun first: "Korea, North", "Congo, Republic of"."""
    if field is None:
        return None
    turned = _TURNED.fullmatch(ann.text[field.start : field.end].strip(" \t\"'"))
    if turned is not None:
        words = f"{turned['rest']} {turned['noun']}"
        named = find_countries(words, 0, len(words))
        if named:
            return named[0].code
    found = within(ann.countries, field.start, field.end)
    return found[0].code if found else None


def _state_visited(ann: AnnotatedArticle, end: int) -> str | None:
    """Return the state whose guests a log lists, by the heading above it: "Visits to Ghana by foreign leaders"."""
    named = within(ann.countries, ann.article.start, end)
    to = [c.code for c in named if _TO.search(ann.text, max(ann.article.start, c.start - 12), c.start)]
    codes = set(to or [c.code for c in named])
    return codes.pop() if len(codes) == 1 else None


def _in_field(ann: AnnotatedArticle, field: Span) -> PersonMention | None:
    """Return the person that a field holds, "Musyoka, Kalonzo" with the surname last."""
    person = _last_named(ann, field.start, field.end)
    turned = _SURNAME_FIRST.fullmatch(ann.text[field.start : field.end].strip(" \t\"'"))
    return replace(person, name=f"{turned['given']} {turned['surname']}") if person and turned else person


def _named_by(ann: AnnotatedArticle, field: Span) -> PersonMention | None:
    """Return the person whom a field names by words that nothing else shows to be a name: "King Tupou"."""
    value = ann.text[field.start : field.end].strip(" \t\"'")
    if not value:
        return None
    start = ann.text.index(value, field.start)
    end = start + len(value)
    return PersonMention(start, end, value, None, None, "field", None, None, start, end, None, "field of a record")


def _last_named(ann: AnnotatedArticle, start: int, end: int) -> PersonMention | None:
    """Return the person named last in a span, in office or with a state: of the heading, the one closest to the log."""
    named = [person for person in within(ann.people, start, end) if person.name]
    return named[-1] if named else None


def visit_of(ann: AnnotatedArticle, stay: Stay, sentence: int) -> EventMention | None:
    """Return the visit that a record stands for, told first in the sentence of that number; None for a stay at home."""
    if stay.host is None or stay.home is None:
        return None
    who = arguments.participant_of(replace(stay.traveller, country=stay.home), "subject")
    end = min(stay.span.end, stay.span.start + _LONGEST)
    text = ann.text[stay.span.start : end]
    if end < stay.span.end:
        text = text[: max(text.rfind(mark) for mark in " \n\t")]
    end = stay.span.start + len(text.rstrip())
    return EventMention(
        kind="visit",
        subtype="visit",
        status="occurred",
        rule=RULE,
        start=stay.span.start,
        end=end,
        trigger_start=stay.span.start,
        trigger_end=end,
        article=ann.article.index,
        sentence=sentence,
        countries=frozenset((stay.home, stay.host)),
        parts=(Part(stay.home, "visitor"), Part(stay.host, "host")),
        actors=arguments.actors([who]),
        organizations=frozenset(),
        place=stay.place,
        place_country=stay.host,
        date=stay.date,
        date_basis=_VISIT,
        date_rule="line of a chronology",
        dated=True,
    )


def stay_at(found: Sequence[Stay], start: int, end: int) -> Stay | None:
    """Return the last stay whose record shares text with a span of the document, or None; `found` in text order."""
    index = bisect_left(found, end, key=lambda stay: stay.span.start) - 1
    return found[index] if index >= 0 and found[index].span.end > start else None


def with_traveller(stay: Stay | None, trigger: Trigger, candidate: Candidate) -> Candidate:
    """Return what a note in a log of travel tells with who travels, where no words of its own say who acts.

    "remarks: Further talks with Ghanaian officials".
    """
    if stay is None or stay.home in arguments.states(candidate.participants):
        return candidate
    sentence = trigger.sentence
    words, at = sentence.text, trigger.start - sentence.start
    first = max(words.rfind(mark, 0, at) for mark in _CELL_MARKS) + sentence.start
    if any(t.dep_ in ("nsubj", "nsubjpass") and sentence.offset_of(t) > first for t in sentence.span):
        return candidate
    traveller = arguments.participant_of(replace(stay.traveller, country=stay.home), "subject")
    return replace(candidate, participants=(traveller, *candidate.participants))
