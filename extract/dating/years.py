"""The year of an article whose month and day are known: candidates, scored by all clues together.

Weights and their reasons stand in `data/dating_years.tsv`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.dating.clues import Frame, address_years, copyright_years, full_day, latest_year, tells_past_year
from extract.dating.heading import heading_time
from extract.dating.observances import Anniversary, anniversary_date, session_years
from extract.dating.weights import year_weights
from extract.mentions.timex import Timex
from extract.mentions.timex_words import day_exists
from extract.model import Article, Span

_MARKED_NOW = re.compile(
    r"\b(?:this year|mark|marks|marking|marked|commemorat\w{1,4}|celebrat\w{1,5}|today|"
    r"on the occasion|ceremony|attend\w{0,5}|honou?r\w{0,3})\b",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(r"\b(?:next year|last year|will mark|upcoming|coming|ahead of)\b", re.IGNORECASE)
RECENT = 120
"""Days: a day of the text this long before the article's day speaks for the article's year."""


@dataclass(frozen=True, slots=True)
class YearClues:
    """What an article says about its year, apart from its day: years by the name of the clue, the latest
    year and the full days that it tells as past, and the anniversaries that it marks.
    """

    stated: dict[str, frozenset[int]] = field(default_factory=dict)
    latest: int | None = None
    days: tuple[dt.date, ...] = ()
    marked: tuple[tuple[Anniversary, Timex], ...] = ()


def year_clues(article: Article, frame: Frame) -> YearClues:
    """Gather the clues to the year of an article."""
    marked = tuple(_marked(article, frame))
    sessions = frozenset(year for *_, year in session_years(article.text))
    published = article.document.published
    heading = heading_time(article, frame)
    stated = {
        "heading": frozenset([int(heading[0][:4])] if heading else []),
        "anniversary": frozenset(found.year for found, _ in marked),
        "session": sessions if len(sessions) == 1 else frozenset(),
        "copyright": frozenset(copyright_years(article, frame)),
        "address": frozenset(address_years(article, frame)),
        "publication date": frozenset([int(published[:4])]) if published and published[:4].isdigit() else frozenset(),
    }
    text = article.document.text
    days = tuple(dt.date.fromisoformat(day) for t in frame.timexes if tells_past_year(text, t) and (day := full_day(t)))
    latest = latest_year(article.document.text, frame) or None
    return YearClues({name: years for name, years in stated.items() if years}, latest, days, marked)


def _marked(article: Article, frame: Frame) -> list[tuple[Anniversary, Timex]]:
    """Return the anniversaries that the article tells as marked in its own year."""
    text, found = article.document.text, []
    for timex in frame.timexes:
        if timex.kind != "anniversary":
            continue
        around = text[max(article.start, timex.start - 120) : timex.end + 60]
        if not _MARKED_NOW.search(around) or _NOT_NOW.search(around):
            continue
        context = text[max(article.start, timex.start - 300) : timex.start]
        anniversary = anniversary_date(timex.count, timex.name, context)
        if anniversary is not None:
            found.append((anniversary, timex))
    return found


def choose_year(
    month: int, day: int, weekday: int | None, lead_weekday: int | None, clues: YearClues,
    neighbours: Sequence[dt.date] = (),
) -> tuple[int, str] | None:
    """Return the year of a month and day and a sentence on why, or None where the clues do not settle it.

    `weekday` stands with the day itself; `lead_weekday` is told in the opening of the text.
    """
    scored = []
    for year in _candidates(clues, neighbours):
        if day_exists(year, month, day):
            reasons = _reasons(dt.date(year, month, day), weekday, lead_weekday, clues, neighbours)
            scored.append((sum(year_weights()[reason] for reason in reasons), -year, reasons))
    scored.sort(reverse=True)
    needed, margin = year_weights()["accept"], year_weights()["margin"]
    if not scored or scored[0][0] < needed or (len(scored) > 1 and scored[0][0] - scored[1][0] < margin):
        return None
    return -scored[0][1], ", ".join(scored[0][2])


def _candidates(clues: YearClues, neighbours: Sequence[dt.date]) -> list[int]:
    years = {year for group in clues.stated.values() for year in group} | {near.year for near in neighbours}
    if clues.latest:
        years.add(clues.latest)
    return sorted({year + step for year in years for step in (-1, 0, 1)})


def _reasons(
    at: dt.date, weekday: int | None, lead_weekday: int | None, clues: YearClues, neighbours: Sequence[dt.date]
) -> list[str]:
    reasons = [name for name, years in clues.stated.items() if at.year in years]
    if weekday is not None:
        reasons.append("weekday stated" if at.weekday() == weekday else "weekday stated wrong")
    elif lead_weekday is not None:
        back = (at.weekday() - lead_weekday) % 7
        reasons.append({0: "weekday in lead", 1: "weekday in lead before"}.get(back, "weekday in lead after"))
    if clues.latest is not None:
        reasons += ["latest year"] if at.year == clues.latest else []
        reasons += ["after latest year"] if at.year == clues.latest + 1 else []
        reasons += ["before latest year"] if at.year < clues.latest else []
        reasons += ["recent day"] if any(0 <= (at - day).days <= RECENT for day in clues.days) else []
    if neighbours:
        nearest = min(abs((at - near).days) for near in neighbours)
        reasons += ["neighbour of the day"] if nearest == 0 else []
        reasons += ["neighbour near"] if nearest <= 60 else ["neighbour"] if nearest <= 365 else []
    return reasons


def attended_day(article: Article, clues: YearClues, lead_weekday: int | None) -> tuple[dt.date, Span, str] | None:
    """Place a text that gives only a weekday by the commemoration that its people attend.

    "… said here Thursday … his attendance at the celebrations marking the 80th anniversary of the victory": the
    victory is marked on 9 May, 80 years after 1945; the Thursday on that day or in the week before it is 8 May 2025.
    """
    if lead_weekday is None:
        return None
    text = article.document.text
    for anniversary, timex in clues.marked:
        around = text[max(article.start, timex.start - 160) : timex.end + 120]
        if len(anniversary.value) != 10 or not re.search(r"\battend|\bceremon|\bparade|\bcelebrations?\b", around):
            continue
        marked = dt.date.fromisoformat(anniversary.value)
        day = marked - dt.timedelta(days=(marked.weekday() - lead_weekday) % 7)
        return day, Span(timex.start, timex.end), (
            f"the weekday of the text falls on {day.isoformat()}, on or before {anniversary.value}, when the "
            f"{timex.count}th anniversary of {anniversary.event} is marked and attended"
        )
    return None
