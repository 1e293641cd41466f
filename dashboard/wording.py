"""The words of the dashboard: dates, kinds, counts and the active filters in plain English."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from babel import Locale

from dashboard import geography
from dashboard.filters import ALONE, ANY, NO_COUNTRY, SOME_COUNTRY, TOGETHER, Filters
from extract import edtf

# What a search for words finds.
MATCHED = ("Every word must occur; a word is also found at the beginning of a longer one: “visit” finds “visited”, not "
           "“revisit”. Words in quotation marks must follow each other. Case and accents are of no matter.")
KINDS = {"meeting": "Meeting", "visit": "Visit", "statement": "Statement", "agreement": "Agreement"}
KINDS_PLURAL = {"meeting": "Meetings", "visit": "Visits", "statement": "Statements", "agreement": "Agreements"}
GLYPHS = {"meeting": "●", "visit": "▲", "statement": "■", "agreement": "◆"}
STATUSES = {"occurred": "took place", "planned": "planned", "cancelled": "cancelled"}
ADJECTIVES = {"occurred": "past", "planned": "planned", "cancelled": "cancelled"}
SALIENCES = {"main": "main news", "background": "background"}
PRECISIONS = {
    "day": "to the day", "range": "first to last day", "month": "to the month", "year": "to the year",
    "unknown": "not to be known",
}
KNOWN = {
    "day": "Known to the day", "range": "Known by first and last day", "month": "Known to the month",
    "year": "Known to the year", "unknown": "The year is not known",
}
_COLUMNS = {"bin": "From", "lane": "Row", "country_name": "Name", "id": "Identifier"}
_CONFIDENCES = ((0.9, "high"), (0.7, "fair"), (0.0, "low: read the quotes before you use it"))
# A list shows the beginning of a long quote; the page of the event has all of it.
EXCERPT_AT_MOST = 700
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)


def day(value: dt.date) -> str:
    """Write a day: 28 February 2024."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def date(value: str) -> str:
    """Write an EDTF date in words: 28 February 2024, February 2024, 27 February to 2 March 2024, year not known."""
    if "/" in value:
        first, last = value.split("/")
        return f"{date(first)} to {date(last)}"
    known = [int(part) for part in value.split("-")[1:]]
    year = "" if value.startswith(edtf.UNKNOWN) else f" {int(value[:4])}"
    month = _MONTHS[known[0] - 1] if known else ""
    words = (f"{known[1]} {month}" if len(known) > 1 else month) + year
    if year:
        return words.strip()
    return f"{words}, year not known" if words else "no date known"


def short_date(value: str) -> str:
    """Write an EDTF date briefly, for lists: 28 Feb 2024, Feb 2024, 27 Feb – 2 Mar 2024."""
    first, _, last = value.partition("/")
    if last and first[:4] == last[:4] and first.count("-") == last.count("-"):
        begin = _short(first).removesuffix(f" {int(first[:4])}") if first[:4].isdigit() else _short(first)
        if first[:7] == last[:7] and first.count("-") == 2:
            begin = str(int(first[8:]))
        return f"{begin}–{_short(last)}" if begin.isdigit() else f"{begin} – {_short(last)}"
    return f"{_short(first)} – {_short(last)}" if last else _short(first)


def _short(value: str) -> str:
    words = date(value).replace(", year not known", " (no year)").split()
    return " ".join(word[:3] if word in _MONTHS else word for word in words)


def marked(kind: str) -> str:
    """Write a kind with its sign: ● Meetings."""
    return f"{GLYPHS[kind]} {KINDS_PLURAL[kind]}"


def subtype(kind: str, value: str) -> str:
    """Write kind and subtype: Meeting, talks; Visit, state visit; plain Visit for a visit without a form."""
    return KINDS[kind] if value == kind else f"{KINDS[kind]}, {value.replace('_', ' ')}"


def column(name: str) -> str:
    """Write the name of a column of numbers behind a chart: From for `bin`."""
    return _COLUMNS.get(name, name.replace("_", " ").capitalize())


def cell(value: Any) -> str:
    """Write a value of a table: numbers with commas, a day as 2024-02-28, nothing for what is missing."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None or (isinstance(value, float) and math.isnan(value)) else str(value)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Write a number with its noun: 1 event, 1,204 events."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: list[str], joint: str = "or") -> str:
    """Join words as a sentence does: a, b or c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"


def named(parts: tuple[str, ...]) -> str:
    """Say who takes part, and how: "with Malta as host and with Norway"."""
    said = []
    for pair in parts:
        code, _, part = pair.partition(".")
        who = {NO_COUNTRY: "no country", SOME_COUNTRY: "a country"}.get(code) or geography.name(code)
        how = {ANY: "", ALONE: " alone", TOGETHER: " and others"}.get(part, f" as {part}")
        said.append(f"with {who}{how}")
    return listed(said, "and")


def phrases(filters: Filters) -> list[tuple[str, str]]:
    """Say of each active filter, by the name of its field, what it asks for; the dates come together as "dates"."""
    said: dict[str, str] = {}
    if filters.kinds:
        said["kinds"] = listed([KINDS_PLURAL[kind].lower() for kind in filters.kinds])
    if filters.subtypes:
        said["subtypes"] = "of the form " + listed([value.replace("_", " ") for value in filters.subtypes])
    if filters.statuses:
        said["statuses"] = "that are " + listed([ADJECTIVES[status] for status in filters.statuses])
    if filters.saliences:
        said["saliences"] = "told as " + listed([SALIENCES[salience] for salience in filters.saliences])
    if filters.countries:
        joint = "and" if filters.match == "all" else "or"
        said["countries"] = "with " + listed([geography.name(code) for code in filters.countries], joint)
    if filters.parts:
        said["parts"] = named(filters.parts)
    if filters.people:
        said["people"] = "by " + listed(list(filters.people), "and" if filters.people_match == "all" else "or")
    if filters.with_people:
        said["with_people"] = "and also by " + listed(list(filters.with_people), "and")
    if filters.organizations:
        said["organizations"] = "with " + listed(list(filters.organizations))
    if filters.documents:
        said["documents"] = "told in " + listed(list(filters.documents))
    if filters.with_documents:
        said["with_documents"] = "told also in " + listed(list(filters.with_documents), "and")
    if filters.precisions:
        said["precisions"] = "dated " + listed([PRECISIONS[precision] for precision in filters.precisions])
    if filters.reviews:
        said["reviews"] = listed(["not reviewed" if review == "open" else review for review in filters.reviews])
    if filters.confidence:
        said["confidence"] = f"with a confidence of {filters.confidence[0]} to {filters.confidence[1]}%"
    if filters.text:
        said["text"] = f"mentioning “{filters.text}”"
    if filters.first and filters.last:
        said["dates"] = f"between {day(filters.first)} and {day(filters.last)}"
    elif filters.first:
        said["dates"] = f"from {day(filters.first)}"
    elif filters.last:
        said["dates"] = f"until {day(filters.last)}"
    if any(filters.begins):
        said["begins"] = begun(*filters.begins)
    return list(said.items())


def begun(first: dt.date | None, last: dt.date | None) -> str:
    """Say from which day to which an event may begin; at least one of them must be given."""
    if first and last:
        return f"that begin on {day(first)}" if first == last else f"that begin from {day(first)} to {day(last)}"
    return f"that begin on {day(first)} or later" if first else f"that begin by {day(last or dt.date.max)}"


def sentence(filters: Filters) -> str:
    """Say in one sentence which filters are active; empty when none is."""
    said = phrases(filters)
    if not said:
        return ""
    head = said.pop(0)[1] if said[0][0] == "kinds" else "events"
    return f"{f'Only {head} ' + ', '.join(words for _, words in said)}".rstrip() + f".{left_out(filters)}"


def left_out(filters: Filters) -> str:
    """Say which events the filters leave out without naming them."""
    return " Events of unknown year are left out." if filters.first or filters.last or any(filters.begins) else ""


def confidence(value: float) -> tuple[str, str]:
    """Say how high a confidence is, and what it means: "91%: high" and a sentence."""
    level = next(words for least, words in _CONFIDENCES if value >= least)
    percent = round(100 * value)
    many = "nearly all" if percent > 98 else f"about {percent}"
    return f"{value:.0%}: {level}", (
        f"Of 100 events with such a figure {many} are told by their text. "
        "It says nothing about date, countries or names."
    )


def finder(rule: str) -> str:
    """Say what found a passage: "by the trained encoder", "by the rule on “visit”", "by the rule “line of a list”"."""
    kind, *rest = rule.split(":")
    if rest[-1:] == ["trained"]:
        return "by the trained encoder"
    if len(rest) > 1:
        return f"by the rule on “{rest[-1]}”"
    return f"by the rule “{rest[0] if rest else kind}”" if rule else ""


def created(date_of: str, basis: str) -> str:
    """Say when an article was written, and what tells it."""
    said = f"Written {date(date_of)}" if any(map(str.isdecimal, date_of)) else "When it was written is not known"
    basis = basis.removeprefix(f"{date_of} is ").replace("told by: ", "told by ")
    return f"{said} ({basis})" if basis else said


def language(code: str) -> str:
    """Write the English name of a language, or its code where it has none."""
    return str(Locale("en").languages.get(code, code))


def span(first: str | None, last: str | None) -> str:
    """Write from one EDTF date to another briefly; nothing where there are none."""
    if not first or not last:
        return ""
    return short_date(first if first == last else f"{first}/{last}")


def excerpt(quote: str) -> str:
    """Write a quote on one line; dots say that its sentence begins before it or goes on after it, or that it is cut."""
    flat = " ".join(quote[: 2 * EXCERPT_AT_MOST].split())
    if len(flat) > EXCERPT_AT_MOST:
        flat = flat[:EXCERPT_AT_MOST].rpartition(" ")[0] or flat[:EXCERPT_AT_MOST]
    before = "… " if flat[:1].islower() else ""
    return before + flat + ("" if flat.endswith((".", "!", "?", "”", "\"", "’", "。", "؟")) else " …")
