"""The date of an act with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from extract import edtf
from extract.dating.resolve import Resolved, resolve
from extract.events.annotated import AnnotatedArticle
from extract.mentions.timex import Timex

_A_YEAR = 366


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
    if resolved.value == edtf.UNKNOWN or _is_era(resolved.value):
        return When()
    return When(resolved.value, resolved.explanation, resolved.basis, True)


def _is_era(value: str) -> bool:
    """Tell whether a date covers more than a year: "in the 1970s", "for 2006-2010" date no act."""
    bounds = edtf.bounds(value)
    return bounds is not None and (bounds[1] - bounds[0]).days > _A_YEAR
