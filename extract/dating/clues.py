"""Clues to the day on which an article was written, and what each is worth.

A clue is a full day told somewhere in the article's frame: its header, dateline, lead, footer, or from outside.
Weights and their reasons stand in `data/dating_clues.tsv`.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from extract.mentions.timex import Timex
from extract.model import Article, Span

_METADATA = re.compile(
    r"[\s\-*#>|]{0,8}(?:date|dated|date[ _]published|published[ _]?(?:time|on|date|at)?|publication[ _]date|pub_?date|"
    r"posted(?: on)?|issued(?: on)?|released?(?: on| date)?|created(?: on| at)?|datepublished|news date)\s?[:=]\s?",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"(?: [-–—]{1,2} |[,(] ?)(?:[A-Z][\w.']*(?: [A-Z][\w.']*){0,2}, ?)?$")
_MODIFIED = re.compile(r"[\s\-*#>|<\w=\"]{0,60}?(?:last[ -])?(?:modified|updated?|edited|reviewed)\b", re.IGNORECASE)
_POSTED = re.compile(r"\b(?:posted|published|issued|released?|for immediate release|on the web)\b", re.IGNORECASE)
_DATELINE_LINE = re.compile(
    r"[A-Z][A-Z.'-]{1,30}[\w .,'-]{0,40}, ?[A-Z][a-z]{2,8}\.? \d{1,2} ?, ?\d{4}(?:, ?\d{4})?"
    r"(?: \([^()\n]{2,40}\))?\s*\Z"
)
_ADDRESS_FIELD = re.compile(
    r"\b(?:source_url|url|permalink|link|canonical|source)\s?[:=]|^\s?-\shttps?://", re.IGNORECASE
)
_ADDRESS_DAY = re.compile(
    r"(?<!\d)((?:19|20)[0-9]{2})[/-]?(0[1-9]|1[0-2])(?:[/-]?([0-2][0-9]|3[01]))?(?!\d)|/((?:19|20)\d\d)/"
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\D{0,30}((?:19|20)\d\d)", re.IGNORECASE)
_ID = re.compile(r"[A-Z]{2,4}\Z")
_DATELINE_TAIL = re.compile(r"[ ,.]{0,3}(?:\d{4},? ?)?(?:\(|--|[—–-]|:|/)")
_AHEAD = re.compile(
    r"\b(?:by|until|before|will|plans? to|scheduled|target|goals?|agenda|vision)\b[^.;]{0,40}$", re.IGNORECASE
)
_YEAR_OPENING = re.compile(
    r"(?:\b(?:in|since|of|during|from|to|and|year|throughout|until|through|between|early|mid|late)[ \n-]|[(,] ?)$",
    re.IGNORECASE,
)
_WASHINGTON = re.compile(
    r"Department Spokesperson|Office of the Spokesperson|Secretary of State|White House|State Department|Washington"
)
TO_COME = re.compile(r"\b(?:will|to [a-z]{3,9}|due|expected|scheduled|plans?|next)\b[^.;]{0,60}$", re.IGNORECASE)
_CAPTION_END = re.compile(r",? file |,? photo| [A-Z][a-z]+ [A-Z][a-z]+ ")
_CAPTION = re.compile(r"\b(?:picture|photo|photograph|image|handout)\b[^.\n]{0,60}$", re.IGNORECASE)
HEADER_LENGTH = 2500
"""Characters: a header ends after so many, whatever it holds."""
BODY_LENGTH = 220
"""Characters: a paragraph as long as this is running text, not a header line."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A full day that a place of the article tells: `kind` is a row of the table of clues."""

    kind: str
    day: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Frame:
    """An article's parts as dating reads them: header, opening paragraphs of the text, footer, with their timexes."""

    header: tuple[Span, ...]
    lead: tuple[Span, ...]
    footer: tuple[Span, ...]
    timexes: tuple[Timex, ...]

    def within(self, span: Span) -> list[Timex]:
        """Return the expressions inside `span`."""
        first = bisect_left(self.timexes, span.start, key=lambda t: t.start)
        last = bisect_right(self.timexes, span.end, lo=first, key=lambda t: t.end)
        return list(self.timexes[first:last])


def frame_of(article: Article, timexes: tuple[Timex, ...]) -> Frame:
    """Divide an article, whose time expressions are given, into header, lead and footer."""
    text = article.document.text
    lines = [line for paragraph in article.paragraphs for line in _lines(text, paragraph)]
    body = next((i for i, s in enumerate(lines) if _is_running(text[s.start : s.end])), len(lines))
    header = tuple(s for s in lines[: body or 0] if s.start - article.start <= HEADER_LENGTH)
    paragraphs = [p for p in article.paragraphs if p.end > (lines[body].start if body < len(lines) else article.end)]
    lead = tuple(p for p in paragraphs if p.end - p.start > 60)[:3]
    short = [s for s in lines[body + 1 :][-8:] if s.end - s.start <= BODY_LENGTH // 2]
    return Frame(header, lead, tuple(short), timexes)


def _lines(text: str, paragraph: Span) -> list[Span]:
    """Split a paragraph of a header into its lines where these are short; running text stays whole."""
    raw = text[paragraph.start : paragraph.end]
    if "\n" not in raw or len(raw) > HEADER_LENGTH:
        return [paragraph]
    spans, at = [], paragraph.start
    for line in raw.split("\n"):
        if line.strip():
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    if any(_DATELINE_LINE.match(text, s.start, s.end) for s in spans):
        return spans
    field_like = sum(bool(re.match(r"[\w -]{2,20}:|---|#", text[s.start : s.end])) for s in spans)
    return spans if field_like or (max(s.end - s.start for s in spans) < 60 and len(spans) < 5) else [paragraph]


def _is_running(line: str) -> bool:
    if re.match(r"[\w-]{2,20}: ?\S|[-#*>]|https?:", line):
        return False
    return len(line) >= BODY_LENGTH or (len(line) >= 100 and line.rstrip("”\"'’)").endswith("."))


def full_day(timex: Timex) -> str | None:
    """Return the day of an expression that names one day with its year, the last of a range, or None."""
    if not timex.is_full_day:
        return None
    if timex.end_day is not None:
        return f"{timex.end_year or timex.year:04d}-{timex.end_month:02d}-{timex.end_day:02d}"
    return f"{timex.year:04d}-{timex.month:02d}-{timex.day:02d}"


def day_clues(article: Article, frame: Frame) -> list[Clue]:
    """Return every full day told in the article's frame, as clues in the order of the text."""
    text = article.document.text
    clues = [clue for span in frame.header for clue in _line_clues(text, span, frame)]
    if article.index == 0 and (match := _ADDRESS_DAY.search(article.document.url or "")) and match[3]:
        clues.append(Clue("own address", f"{match[1]}-{match[2]}-{match[3]}", None))
    if article.dateline is not None:
        place = Span(article.dateline.start, article.dateline.end + 12)
        clues += [Clue("dateline", day, _span(t)) for t in frame.within(place) if (day := full_day(t))]
    for index, span in enumerate(frame.lead):
        clues += _lead_clues(text, span, frame, first=index == 0)
    clues += _body_clues(text, frame)
    seen = {clue.span for clue in clues}
    for span in frame.footer:
        clues += [c for c in _footer_clues(text, span, frame) if c.span not in seen]
    return clues


def _span(timex: Timex) -> Span:
    return Span(timex.start, timex.end)


def _line_clues(text: str, span: Span, frame: Frame) -> Iterator[Clue]:
    line = text[span.start : span.end]
    if _ADDRESS_FIELD.search(line):
        match = _ADDRESS_DAY.search(line)
        if match and match[3]:
            at = Span(span.start + match.start(), span.start + match.end())
            yield Clue("own address", f"{match[1]}-{match[2]}-{match[3]}", at)
        return
    for timex in frame.within(span):
        day = _local_day(text, timex, frame)
        if day is None:
            continue
        rest = len(line.strip()) - (timex.end - timex.start)
        if _MODIFIED.match(line):
            kind = "modified"
        elif _METADATA.match(line):
            kind = "metadata"
        elif _POSTED.search(line):
            kind = "posted"
        elif _ID.match(text[timex.start : timex.start + 3].rstrip("0123456789")):
            kind = "document id"
        elif is_dateline(text, span, timex):
            kind = "dateline"
        else:
            alone = (rest <= 40 or _CLOSES.search(text[span.start : timex.start])) and timex.end_day is None
            kind = "header line" if alone and (rest <= 40 or timex.end >= span.end - 1) else "title"
        yield Clue(kind, day, _span(timex))


def _local_day(text: str, timex: Timex, frame: Frame) -> str | None:
    """Return the day of a header as the clock of its publisher had it.

    "Sat, 9 May 2020 00:10:00 +0000" over a text of an office in Washington was 8 May there.
    """
    day = full_day(timex)
    at_night = re.search(r" 0[0-3]:\d\d(?::\d\d)? (?:\+0000|GMT)\Z", text[timex.start : timex.end])
    if day is None or at_night is None:
        return day
    opening = text[timex.end : frame.lead[0].end if frame.lead else timex.end + 600][:1200]
    if not _WASHINGTON.search(opening):
        return day
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def is_dateline(text: str, paragraph: Span, timex: Timex) -> bool:
    """Tell whether the expression stands as in a dateline: after a place in capitals, before an agency or a dash."""
    if timex.start - paragraph.start > 80:
        return False
    before = text[paragraph.start : timex.start].strip(" ,(")
    after = text[timex.end : timex.end + 12]
    if len(before) > 60 or not _DATELINE_TAIL.match(after):
        return False
    letters = [char for char in before if char.isalpha()]
    return bool(letters) and before[0].isupper() and (
        sum(char.isupper() for char in letters) >= 0.6 * len(letters) or len(before.split()) <= 4
    )


def _lead_clues(text: str, span: Span, frame: Frame, *, first: bool) -> list[Clue]:
    """Return a dateline's day at the head of a paragraph, or the first day told in the opening of the lead."""
    days = [(t, full_day(t)) for t in frame.within(span) if t.start - span.start <= 400]
    for timex, day in days[:2]:
        if day and is_dateline(text, span, timex):
            return [Clue("dateline", day, _span(timex))]
    if not first:
        return []
    told, latest = told_weekday(text, frame), latest_year(text, frame)
    found = [
        Clue("lead", day, _span(t)) for t, day in days
        if day and int(day[:4]) >= latest - 1 and t.modifier is None and not _CAPTION_END.match(text, t.end)
        and not in_caption(text, t)
        and told in (None, dt.date.fromisoformat(day).weekday())
    ]
    return found[:1]


def told_weekday(text: str, frame: Frame) -> int | None:
    """Return the first weekday that the article tells as past, or None: not "will meet on Monday", "last Friday"."""
    return next((
        t.weekday for t in frame.timexes
        if t.kind == "weekday" and t.direction is None and not TO_COME.search(text, max(0, t.start - 60), t.start)
    ), None)


def tells_past_year(text: str, timex: Timex) -> bool:
    """Tell whether an expression gives a year as a time of what happened: not "by 2030", not "the 2024 campaign"."""
    if timex.kind not in ("day", "month", "year") or not timex.year or timex.modifier in ("by", "until"):
        return False
    before = text[max(0, timex.start - 60) : timex.start]
    if _AHEAD.search(before):
        return False
    return timex.kind != "year" or bool(timex.part or _YEAR_OPENING.search(before))


def latest_year(text: str, frame: Frame) -> int:
    """Return the latest year that the article tells as past; 0 when it names none."""
    return max((t.end_year or t.year or 0 for t in frame.timexes if tells_past_year(text, t)), default=0)


def _body_clues(text: str, frame: Frame) -> list[Clue]:
    """Return the latest full day of the text when it falls on a weekday that the text tells as its own.

    "The treaty signed on May 3, 2019 … Peru said on Friday": that day was a Friday.
    """
    told = [t for t in frame.timexes if t.modifier not in ("by", "until") and not in_caption(text, t)]
    days = [(day, t) for t in told if (day := full_day(t))]
    if not days:
        return []
    day, timex = max(days, key=lambda pair: pair[0])
    fits = dt.date.fromisoformat(day).weekday() == told_weekday(text, frame)
    recent = int(day[:4]) >= latest_year(text, frame) - 1
    return [Clue("body day and weekday", day, _span(timex))] if fits and recent else []


def in_caption(text: str, timex: Timex) -> bool:
    """Tell whether an expression dates a picture: "This picture taken on May 3, 2011 shows the harbour"."""
    return _CAPTION.search(text, max(0, timex.start - 80), timex.start) is not None


def _footer_clues(text: str, span: Span, frame: Frame) -> Iterator[Clue]:
    line = text[span.start : span.end]
    for timex in frame.within(span):
        day = full_day(timex)
        if day is None:
            continue
        bare = re.sub(r"<[^>]{0,80}>|[*_#|]", "", line).strip()
        if _MODIFIED.match(line):
            yield Clue("last updated", day, _span(timex))
        elif len(bare) - (timex.end - timex.start) <= 45 or timex.start - span.start <= 3:
            yield Clue("footer line", day, _span(timex))


def copyright_years(article: Article, frame: Frame) -> list[int]:
    """Return the years in the lines of copyright of header and footer."""
    text = article.document.text
    spans = [*frame.header, *frame.footer]
    return [int(match[1]) for s in spans for match in _COPYRIGHT.finditer(text, s.start, s.end)]


def address_years(article: Article, frame: Frame) -> list[int]:
    """Return the years that the article's own address holds."""
    text = article.document.text
    lines = [text[s.start : s.end] for s in frame.header if _ADDRESS_FIELD.search(text[s.start : s.end])]
    if article.index == 0 and article.document.url:
        lines.append(article.document.url)
    return [int(m[1] or m[4]) for line in lines for m in [_ADDRESS_DAY.search(line)] if m]
