"""Document creation time: the date of each article, from all its clues together.

A year that the clues do not settle stays unknown: `XXXX-02-28`; an article without any clue is `XXXX`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract import edtf
from extract.dating.clues import (
    Clue,
    Frame,
    day_clues,
    frame_of,
    full_day,
    is_dateline,
    tells_past_year,
)
from extract.dating.created import UNKNOWN, CreationTime
from extract.dating.heading import has_dated_entries, heading_time
from extract.dating.neighbours import introductions, neighbours, placed_by_neighbours
from extract.dating.opening import opening_weekdays, picture_day
from extract.dating.stated import beside_stated
from extract.dating.weights import clue_weights
from extract.dating.years import YearClues, attended_day, choose_year, year_clues
from extract.mentions.timex import Timex, find_timexes
from extract.model import Article, Span

__all__ = ["UNKNOWN", "CreationTime", "date_articles"]

LEAD_LENGTH = 300
"""Characters from the start of a paragraph in which a report tells its own day."""
_LOOKS_AWAY = re.compile(
    r"\b(?:will|would|until|since|before|after|scheduled|expected|planned|due|steps?|ends?|"
    r"expires?|begins|starts|shall|deadline|to be|is to|are to)\b[^.;\n]{0,90}$", re.IGNORECASE,
)
_PUBLISHED = "publication date"
"""The clue of what a page, a feed or a table tells beside its text, and its basis."""
_EARLY = 20
_NEWS_AGE = 2


@dataclass(frozen=True, slots=True)
class _Case:
    """An article with what was read from it."""

    article: Article
    frame: Frame
    clues: YearClues
    partial: tuple[Timex, str] | None
    weekday: Timex | None


def date_articles(
    articles: Sequence[Article], timexes: Sequence[tuple[Timex, ...]] | None = None
) -> tuple[CreationTime, ...]:
    """Return the creation time of each article; all articles of one document come together, in their order.

    Each article is first dated by itself; those that lack a year or a day are then placed by their dated neighbours.
    `timexes` holds the time expressions of each article; without it they are looked up.
    """
    if timexes is None:
        timexes = [find_timexes(article.document.text, article.start, article.end) for article in articles]
    cases = [_case(article, own) for article, own in zip(articles, timexes, strict=True)]
    found = [_date_alone(case, single=len(articles) == 1) for case in cases]
    found = [_year_from_neighbours(*place) for place in zip(cases, found, neighbours(found), strict=True)]
    found = introductions(articles, found, [case.frame.timexes for case in cases])
    found = [placed_by_neighbours(*place) for place in zip(found, neighbours(found), strict=True)]
    return tuple(_with_news_day(case, own) for case, own in zip(cases, found, strict=True))


def _with_news_day(case: _Case, own: CreationTime) -> CreationTime:
    """Note the day that the opening tells as that of the news: "on Thursday" in a report of Friday or Saturday."""
    if edtf.precision(own.value) != "day" or not case.frame.lead:
        return own
    weekdays = opening_weekdays(case.article.document.text, case.frame, LEAD_LENGTH * 2)
    if len(weekdays) != 1:
        return own
    day = dt.date.fromisoformat(own.value)
    back = (day.weekday() - weekdays.pop()) % 7
    return replace(own, news_day=(day - dt.timedelta(days=back)).isoformat()) if 0 < back <= _NEWS_AGE else own


def _case(article: Article, timexes: tuple[Timex, ...]) -> _Case:
    frame = frame_of(article, timexes)
    partial, weekday = _partial_day(article, frame), _lead_weekday(frame)
    return _Case(article, frame, year_clues(article, frame), partial, weekday)


def _date_alone(case: _Case, *, single: bool) -> CreationTime:
    """Date an article by itself; what is known of the whole document tells the day of its only article."""
    document = case.article.document
    if not single or document.published is None:
        return _by_clues(case, None)
    # Tables and lists may write a year in the digits of their own script.
    published = edtf.in_ascii(document.published)
    if "published" in document.stated:
        return beside_stated(published, _by_clues(case, None))
    return _by_clues(case, published)


def _by_clues(case: _Case, published: str | None) -> CreationTime:
    clues = day_clues(case.article, case.frame)
    if published:
        clues += [Clue(_PUBLISHED, day, None) for t in find_timexes(published)[:1] if (day := full_day(t))]
    strong = _best(clues)
    if strong is not None and strong.basis != "explicit date":
        return _dateline_day_of(case, strong)
    heading = _by_heading(case)
    if strong is None and heading is not None and has_dated_entries(case.article, case.frame):
        # The first entry of a calendar is not the day on which the whole was written.
        return heading
    partial = _year_of_partial(case, ())
    if partial is not None and not partial.value.startswith(edtf.UNKNOWN):
        return partial
    # "POST-CABINET NOTES, 23 March 2019": a full day in the title beats a day without a year in the lead.
    return strong or partial or _by_attendance(case) or _by_picture(case) or heading or _by_year(case)


def _by_heading(case: _Case) -> CreationTime | None:
    """Date an article to the month or year of its heading, unless the text tells of a later year as past."""
    found = heading_time(case.article, case.frame)
    if found is None or (case.clues.latest is not None and case.clues.latest > int(found[0][:4]) + 1):
        return None
    return CreationTime(found[0], "header", found[1], f"{found[0]} is told in the heading")


def _best(clues: Sequence[Clue]) -> CreationTime | None:
    """Return the day with the greatest weight of clues; among equals the one told first."""
    totals: dict[str, float] = {}
    seen: set[tuple[str, str]] = set()
    for clue in clues:
        if (clue.kind, clue.day) not in seen:
            seen.add((clue.kind, clue.day))
            totals[clue.day] = totals.get(clue.day, 0.0) + clue_weights()[clue.kind][0]
    if not totals:
        return None
    day = max(totals, key=lambda d: totals[d])
    first = max((clue for clue in clues if clue.day == day), key=lambda c: clue_weights()[c.kind][0])
    kinds = sorted({clue.kind for clue in clues if clue.day == day})
    return CreationTime(day, clue_weights()[first.kind][1], first.span, f"{day} is told by: {', '.join(kinds)}")


def _dateline_day_of(case: _Case, found: CreationTime) -> CreationTime:
    """Prefer the day of a dateline without a year to a day of publication up to three days later."""
    if case.partial is None or case.partial[1] != "dateline" or found.basis == "dateline":
        return found
    timex, published = case.partial[0], dt.date.fromisoformat(found.value)
    for back in range(1, 4):
        day = published - dt.timedelta(days=back)
        if (day.month, day.day) == (timex.month, timex.day):
            return CreationTime(day.isoformat(), "dateline", Span(timex.start, timex.end),
                                f"the dateline gives month and day, the {found.basis} ({found.value}) the year")
    return found


def _partial_day(article: Article, frame: Frame) -> tuple[Timex, str] | None:
    """Return the month and day without year that dates the article, and where it stands: dateline, header or lead."""
    text = article.document.text
    if article.dateline is not None:
        place = Span(article.dateline.start, article.dateline.end + 2)
        for timex in frame.within(place):
            if _is_partial(timex):
                return timex, "dateline"
    for span in frame.header:
        for timex in frame.within(span):
            rest = span.end - span.start - (timex.end - timex.start)
            if _is_partial(timex) and (rest <= 40 or is_dateline(text, span, timex)):
                return timex, "header"
    for span in frame.lead:
        for timex in frame.within(span):
            if _is_partial(timex) and is_dateline(text, span, timex):
                return timex, "dateline"
            if _is_partial(timex) and timex.start - span.start <= LEAD_LENGTH and _tells_own_day(text, span, timex):
                return timex, "lead"
    return None


def _tells_own_day(text: str, paragraph: Span, timex: Timex) -> bool:
    """Tell whether a day without a year is the one that the text reports on.

    "The ministers met on May 3" is; "before she leaves office on May 31", "the May 3 attacks", "will meet on May 3" are
    not.
    """
    before, after = text[paragraph.start : timex.start], text[timex.end : timex.end + 20]
    if timex.modifier is not None or _LOOKS_AWAY.search(before[-90:]):
        return False
    if re.match(r"[ -][a-z]{4,}\b(?<!with)(?<!when)", after):
        return False
    return bool(re.search(r"(?:\bon|\bheld|\bfrom|,|^)[ \n](?:the )?$|^$", before[-12:], re.IGNORECASE))


def _is_partial(timex: Timex) -> bool:
    return timex.kind == "day" and timex.year is None and timex.month is not None and timex.direction is None


def _lead_weekday(frame: Frame) -> Timex | None:
    """Return the weekday told in the opening of the text, where it is not said to be of another week."""
    for span in (*frame.header, *frame.lead):
        for timex in frame.within(span):
            if timex.kind == "weekday" and timex.direction is None and timex.end_weekday is None:
                return timex
    return None


def _year_of_partial(case: _Case, neighbours: Sequence[dt.date]) -> CreationTime | None:
    """Date an article by its month and day and the year that the clues settle, or leave the year open."""
    if case.partial is None:
        return None
    timex, where = case.partial
    month, day = timex.end_month or timex.month, timex.end_day or timex.day
    assert month is not None and day is not None
    lead = case.weekday.weekday if case.weekday and where != "lead" else None
    chosen = choose_year(month, day, timex.weekday if timex.end_day is None else None, lead, case.clues, neighbours)
    span = Span(timex.start, timex.end)
    words = case.article.document.text[timex.start : timex.end]
    if chosen is None:
        if where == "lead" and not _leads(case, timex):
            return None
        basis = where if where != "lead" else "explicit date"
        value = f"{edtf.UNKNOWN}-{month:02d}-{day:02d}"
        return CreationTime(value, basis, span, f"{where} {words}; nothing settles the year")
    year, why = chosen
    if "neighbour" in why:
        basis = "neighbouring articles"
    elif "weekday" in why and "wrong" not in why and "after" not in why:
        basis = "weekday with day and month"
    elif "anniversary" in why:
        basis = "anniversary"
    else:
        basis = where if where != "lead" else "explicit date"
    return CreationTime(f"{year:04d}-{month:02d}-{day:02d}", basis, span, f"{where} {words} falls in {year}: {why}")


def _leads(case: _Case, timex: Timex) -> bool:
    """Tell whether the day stands in the first running paragraphs, where a report tells its own day."""
    return any(span.start <= timex.start < span.end for span in case.frame.lead[:2])


def _by_attendance(case: _Case) -> CreationTime | None:
    weekday = case.weekday.weekday if case.weekday else None
    found = attended_day(case.article, case.clues, weekday)
    return CreationTime(found[0].isoformat(), "anniversary", found[1], found[2]) if found else None


def _by_picture(case: _Case) -> CreationTime | None:
    """Date an article to the month or year in which its latest picture was taken: news is illustrated with its time.

    Late in a month only the year is taken, for the article may be of the next one.
    """
    found = picture_day(case.article.document.text, case.frame)
    if found is None or (case.clues.latest is not None and int(found[0][:4]) < case.clues.latest):
        return None
    value = found[0][:7] if int(found[0][8:]) <= _EARLY else found[0][:4]
    return CreationTime(value, "explicit date", found[1], f"a picture in it was taken on {found[0]}")


def _by_year(case: _Case) -> CreationTime:
    """Date an article to its year where an anniversary, a session, an address or a copyright line agrees on one."""
    names = {"anniversary": "anniversary", "session": "session", "address": "header", _PUBLISHED: _PUBLISHED}
    for clue, basis in names.items():
        years = case.clues.stated.get(clue, frozenset())
        if len(years) == 1 and (case.clues.latest is None or next(iter(years)) >= case.clues.latest):
            span = Span(case.clues.marked[0][1].start, case.clues.marked[0][1].end) if clue == "anniversary" else None
            return CreationTime(f"{next(iter(years)):04d}", basis, span, f"the year follows from: {clue}")
    return _by_latest_year(case)


def _by_latest_year(case: _Case) -> CreationTime:
    """Date a text that tells its time in relative words to the latest year that it names more than once."""
    told = [t for t in case.frame.timexes if tells_past_year(case.article.document.text, t)]
    latest = case.clues.latest
    times = [t for t in told if (t.end_year or t.year) == latest]
    relative = any(
        t.kind in ("weekday", "offset") or (t.kind == "period" and t.unit != "year") for t in case.frame.timexes
    )
    if latest is None or len(times) < 2 or not relative:
        return UNKNOWN
    return CreationTime(f"{latest:04d}", "explicit date", Span(times[0].start, times[0].end),
                        f"{latest} is the latest year of the text, named {len(times)} times")


def _year_from_neighbours(case: _Case, own: CreationTime, near: Sequence[tuple[int, dt.date]]) -> CreationTime:
    """Settle the year of a month and day by the dated articles around."""
    if not near or edtf.precision(own.value) in ("day", "range"):
        return own
    completed = _year_of_partial(case, [day for _, day in near])
    return completed if completed is not None and not completed.value.startswith(edtf.UNKNOWN) else own
