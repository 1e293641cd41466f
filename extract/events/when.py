"""The date of an act with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract import edtf
from extract.dating.clues import tells_past_year
from extract.dating.resolve import Resolved, resolve
from extract.events.annotated import AnnotatedArticle, starting_in, within
from extract.language import Sentence
from extract.mentions.timex import Timex

_A_YEAR = 366
_NEAR = 150


@dataclass(frozen=True, slots=True)
class When:
    """A date with what it rests on; `rule` is a stable name, `basis` a sentence for the reader."""

    date: str = edtf.UNKNOWN
    basis: str = "the text gives no date for it"
    rule: str = "unknown"
    dated: bool = False


def of_timex(timex: Timex, ann: AnnotatedArticle, tense: str | None, previous: str | None) -> When:
    """Resolve a time expression against the article's creation time."""
    simple = "past" if tense == "pluperfect" else tense
    resolved: Resolved = resolve(timex, ann.created.value, tense=simple, previous=previous)
    if timex.year is None and resolved.value.startswith(f"{edtf.UNKNOWN}-"):
        resolved = _in_year_told_before(timex, ann) or resolved
    if resolved.value == edtf.UNKNOWN or _is_era(resolved.value):
        return When()
    return When(resolved.value, resolved.explanation, resolved.basis, True)


def only_day(ann: AnnotatedArticle, sentence: Sentence) -> When:
    """Return the one day that a sentence tells, for an act that no word of it stands for; else an unknown date."""
    told = [t for t in starting_in(ann.timexes, sentence.start, sentence.end) if t.kind in ("day", "weekday", "offset")]
    return of_timex(told[0], ann, "past", None) if len(told) == 1 else When()


def _in_year_told_before(timex: Timex, ann: AnnotatedArticle) -> Resolved | None:
    """ "visited Peru in June 2010 and met its president on 2 June": of a text without a year, the one told before.

    Only a day, and a year shortly before it in its paragraph, told of what happened.
    """
    paragraph = next((p for p in ann.article.paragraphs if p.start <= timex.start < p.end), None)
    if paragraph is None:
        return None
    near = max(paragraph.start, timex.start - _NEAR)
    before = [t for t in within(ann.timexes, near, timex.start) if t.year and tells_past_year(ann.text, t)]
    if timex.kind != "day" or not before or before[-1].end_year:
        return None
    found = resolve(timex, f"{before[-1].year:04d}")
    words = ann.text[before[-1].start : before[-1].end]
    return replace(found, explanation=f"of the year told before it in the paragraph: {words}")


def _is_era(value: str) -> bool:
    """Tell whether a date covers more than a year: "in the 1970s", "for 2006-2010" date no act."""
    bounds = edtf.bounds(value)
    return bounds is not None and (bounds[1] - bounds[0]).days > _A_YEAR
