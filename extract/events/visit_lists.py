"""Lists of visits in works of reference: under a heading, each line names a guest and the years of the visits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.dating.resolve import resolve
from extract.events import arguments
from extract.events.annotated import AnnotatedArticle, within
from extract.events.mention import EventMention, Participant
from extract.events.parts import parts_told
from extract.mentions.people import PersonMention
from extract.mentions.timex import Timex
from extract.model import Span

RULE = "visit:line of a list"
_HEADING = re.compile(r"\b(?:visits?|trips?|travels?|guests)\b", re.IGNORECASE)
_ROUTE = re.compile(r"\bfrom (?P<home>.{2,50}?) (?:to|in) (?P<host>.{2,50}?)\W*\Z", re.IGNORECASE)
_TARGET = re.compile(r"\b(?:to|in) (?P<host>.{2,50}?)(?: by .{2,60})?\W*\Z", re.IGNORECASE)
_BRACKET = re.compile(r"\((?P<dates>[^()]{4,80})\)")
_TO = re.compile(r"\bto (?P<host>[^()]{2,60}?)\s*\Z")
_CANCELLED = re.compile(r"\b(?:cancelled|canceled|postponed|called off)\b", re.IGNORECASE)
_LONGEST_HEADING = 90
_LONGEST_LINE = 200


def listed_visits(ann: AnnotatedArticle) -> list[EventMention]:
    """Return the visits that lines of a list stand for: "- President Mwai Kibaki to Oslo (2004, May 2007)".

    The line names a guest in office; the host is named by the line ("to Oslo") or by the heading above it ("From Kenya
    to Norway"). Every year or day in the brackets is a visit of its own.
    """
    found: list[EventMention] = []
    heading: Span | None = None
    route: Span | None = None
    for paragraph in ann.article.paragraphs:
        line = ann.text[paragraph.start : paragraph.end]
        bracket = _BRACKET.search(ann.text, paragraph.start, paragraph.end)
        if bracket is None and len(line) <= _LONGEST_HEADING and line[-1:] not in ".!?":
            is_of_visits = _HEADING.search(line) is not None
            route = paragraph if _ROUTE.search(line) or _TARGET.search(line) else (None if is_of_visits else route)
            heading = paragraph if is_of_visits or (heading is not None and route == paragraph) else None
        elif heading is not None and bracket is not None and len(line) <= _LONGEST_LINE:
            found += _of_line(ann, paragraph, bracket, route)
        elif not line.lstrip().startswith(("-", "*", "•", "–")):
            heading = None
    return found


def _of_line(
    ann: AnnotatedArticle, line: Span, bracket: re.Match[str], route: Span | None
) -> Iterator[EventMention]:
    guest = next((p for p in within(ann.people, line.start, bracket.start()) if p.name), None)
    if guest is None:
        return
    ways = _ROUTE.search(ann.text, route.start, route.end) if route else None
    home = guest.country or (_state(ann, ways.span("home")) if ways else None)
    host, place = _host(ann, Span(guest.end, bracket.start()), route)
    if home is None or host is None or home == host:
        return
    number = next((n for n, s in enumerate(ann.parsed.sentences) if line.start <= s.start < line.end), 0)
    status = "cancelled" if _CANCELLED.search(ann.text, bracket.start(), line.end) else "occurred"
    for timex in within(ann.timexes, bracket.start(), bracket.end()):
        if timex.kind in ("day", "month", "year") and timex.modifier is None:
            date = resolve(timex, ann.created.value).value
            yield _visit(ann, line, replace(guest, country=home), (host, place), (date, timex), number, status)


def _state(ann: AnnotatedArticle, span: tuple[int, int]) -> str | None:
    named = within(ann.countries, *span)
    return named[0].code if named else None


def _host(ann: AnnotatedArticle, rest: Span, route: Span | None) -> tuple[str | None, str | None]:
    """Return the state visited and its town: by the line itself ("to Oslo"), else by the heading above."""
    own = _TO.search(ann.text, rest.start, rest.end)
    if own is not None:
        start, end = own.span("host")
        towns = within(ann.places, start, end)
        state = _state(ann, (start, end)) or (towns[0].country if towns else None)
        return state, ann.text[start:end].strip() if state else None
    if route is None:
        return None, None
    ways = _ROUTE.search(ann.text, route.start, route.end) or _TARGET.search(ann.text, route.start, route.end)
    return (_state(ann, ways.span("host")) if ways else None), None


def _visit(
    ann: AnnotatedArticle, line: Span, guest: PersonMention, where: tuple[str, str | None], when: tuple[str, Timex],
    number: int, status: str,
) -> EventMention:
    host, place = where
    who = arguments.participant_of(guest, "visitor")
    return EventMention(
        kind="visit",
        subtype="visit",
        status=status,
        rule=RULE,
        start=line.start,
        end=min(line.end, line.start + 300),
        trigger_start=when[1].start,
        trigger_end=when[1].end,
        article=ann.article.index,
        sentence=number,
        countries=frozenset([host, *([guest.country] if guest.country else [])]),
        parts=parts_told("visit", [who, Participant(host, part="host")]),
        actors=arguments.actors([who]),
        place=place,
        place_country=host,
        date=when[0],
        date_basis="the date in brackets beside the guest",
        date_rule="line of a chronology",
        dated=True,
        tense="past",
    )
