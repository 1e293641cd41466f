"""The date of an act with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from extract import edtf
from extract.dating.resolve import Resolved, resolve
from extract.events.annotated import AnnotatedArticle, starting_in, within
from extract.language import Sentence
from extract.mentions.timex import Timex

_A_YEAR = 366
_RELATIVE = ("weekday", "offset", "period", "vague", "nearby")
_MOST = 40
_CALENDAR = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class When:
    """A date with what it rests on; `rule` is a stable name, `basis` a sentence for the reader."""

    date: str = edtf.UNKNOWN
    basis: str = "the text gives no date for it"
    rule: str = "unknown"
    dated: bool = False


def of_timex(timex: Timex, ann: AnnotatedArticle, tense: str | None, previous: str | None) -> When:
    """Return the date that a time expression gives an act; one of more than a year gives it none."""
    resolved = resolve_in(timex, ann, tense, previous)
    if resolved.value == edtf.UNKNOWN or _is_era(resolved.value):
        return When()
    return When(resolved.value, resolved.explanation, resolved.basis, True)


def resolve_in(timex: Timex, ann: AnnotatedArticle, tense: str | None, previous: str | None) -> Resolved:
    """Resolve a time expression against the article's creation time."""
    simple = "past" if tense == "pluperfect" else tense
    resolved = resolve(timex, ann.created.value, tense=simple, previous=previous)
    if timex.kind in ("day", "month") and timex.year is None and resolved.value.startswith(edtf.UNKNOWN):
        year = _year_told_before(timex, ann)
        resolved = resolve(timex, year, tense=simple, previous=previous) if year else resolved
    return resolved


def only_day(ann: AnnotatedArticle, sentence: Sentence) -> When:
    """Return the one day that a sentence tells, for an act that no word of it stands for; else an unknown date."""
    told = [t for t in starting_in(ann.timexes, sentence.start, sentence.end) if t.kind in ("day", "weekday", "offset")]
    return of_timex(told[0], ann, "past", None) if len(told) == 1 else When()


def _year_told_before(timex: Timex, ann: AnnotatedArticle) -> str | None:
    """ "In 2009 the quarrel began anew; on 3 May the two met": in a text without a date the year runs on.

    It runs within its paragraph, and only to a day or month that comes later in the year; not in news, which tells its
    time in relative words and mentions other years in passing.
    """
    if any(t.kind in _RELATIVE for t in ann.timexes[:_MOST]):
        return None
    paragraph = next((p for p in ann.article.paragraphs if p.start <= timex.start < p.end), None)
    if paragraph is None:
        return None
    before = [t for t in within(ann.timexes, paragraph.start, timex.start) if t.year and t.kind in _CALENDAR]
    last = before[-1] if before else None
    if last is None or last.end_year or (last.month or 0, last.day or 0) > (timex.month or 0, timex.day or 31):
        return None
    return f"{last.year:04d}"


def _is_era(value: str) -> bool:
    """Tell whether a date covers more than a year: "in the 1970s", "for 2006-2010" date no act."""
    bounds = edtf.bounds(value)
    return bounds is not None and (bounds[1] - bounds[0]).days > _A_YEAR
