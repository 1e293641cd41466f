"""Grammar of relative time: weekdays, "last week", "two days ago", "the following day", seasons, anniversaries.

As in the calendar grammar, a rule is a pattern and a builder of fields.
"""

from __future__ import annotations

import re
from calendar import day_name
from collections.abc import Callable

from extract.mentions.timex_calendar import Fields, Rule, part_of
from extract.mentions.timex_words import (
    DASH,
    NUMBER,
    ORDINAL,
    PART,
    UNIT,
    WEEKDAY,
    YEAR,
    S,
    number,
    ordinal,
    weekday_number,
)

_DIRECTIONS = {
    "last": "last", "past": "last", "previous": "previous", "preceding": "previous", "this": "this", "current": "this",
    "present": "this", "coming": "next", "next": "next", "upcoming": "next", "following": "following",
    "same": "same", "that": "same",
}
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_PART_OF_DAY = rf"(?P<part>{S}(?:morning|afternoon|evening|night))?"


def _rule(pattern: str, build: Callable[[re.Match[str]], Fields | None]) -> Rule:
    return re.compile(pattern, re.IGNORECASE), build


def _weekday(match: re.Match[str]) -> Fields:
    """Wednesday / last Wednesday / Wednesday morning / from Monday to Wednesday / Wednesday of last week."""
    fields: Fields = {"kind": "weekday", "weekday": weekday_number(match["weekday"])}
    if match["weekday2"]:
        fields["end_weekday"] = weekday_number(match["weekday2"])
    direction = match["direction"] or match["of_week"] or match["after"]
    if direction:
        fields["direction"] = _DIRECTIONS[direction.lower()]
        if match["of_week"] or match["after"]:
            fields["unit"] = "week"
    if match["part"]:
        fields["part"] = match["part"].strip().lower()
    return fields


def _weekday_pair(match: re.Match[str]) -> Fields:
    """Saturday and Sunday: two days that follow one another are a range; "Monday and Thursday" are two days."""
    first, last = (weekday_number(word) for word in re.split(r"\s{1,9}and\s{1,9}(?:on\s{1,9})?", match[0], flags=re.I))
    return {"kind": "weekday", "weekday": first, "end_weekday": last}


def _period(match: re.Match[str]) -> Fields | None:
    """last week / earlier this month / late last year / the end of this year / the coming weekend / the same year."""
    direction = _DIRECTIONS[match["direction"].lower()]
    unit = match["unit"].lower()
    if unit in ("day", "hour"):
        if direction in ("last", "this"):
            return None
        counts = {"next": 1, "following": 1, "previous": -1, "same": 0}
        return {"kind": "nearby", "unit": "day", "count": counts[direction]}
    fields: Fields = {"kind": "period", "unit": unit, "direction": direction}
    if direction in ("following", "previous", "same"):
        fields = {"kind": "nearby", "unit": unit, "count": {"following": 1, "previous": -1, "same": 0}[direction]}
    if match["part"]:
        words = match["part"].lower()
        fields["part"] = words if words in ("earlier", "later") else part_of(words)
    return fields


def _the_period(match: re.Match[str]) -> Fields:
    """earlier in the week / later in the month / at the end of the year / over the weekend."""
    words = (match["part"] or "").lower()
    if match["unit"].lower() == "day":
        return {"kind": "nearby", "unit": "day", "count": 0, "part": words}
    fields: Fields = {"kind": "period", "unit": match["unit"].lower(), "direction": "this"}
    if words:
        fields["part"] = words if words in ("earlier", "later") else part_of(words)
    return fields


def _weekend(match: re.Match[str]) -> Fields:
    """the weekend / over the weekend / at weekend."""
    return {"kind": "period", "unit": "weekend", "direction": None}


def _offset(match: re.Match[str]) -> Fields | None:
    """two days ago / nearly 10 years ago / half a year ago / a week earlier / a month after / 10 days before."""
    way = match["way"].lower()
    unit = match["unit"].lower().rstrip("s")
    unit = "century" if unit.startswith("centur") else unit
    count = _count(match["count"])
    if match["half"]:
        if count != 1 or unit not in _HALVES:
            return None
        unit, count = _HALVES[unit]
    fields: Fields = {"kind": "offset", "unit": unit, "count": count, "direction": way}
    if way != "ago":
        fields["kind"] = "nearby"
        fields["count"] = None if count is None else (-count if way in ("earlier", "before") else count)
        fields["direction"] = {"earlier": "before", "later": "after"}.get(way, way)
    if match["about"]:
        fields["part"] = "about"
    return fields


def _count(words: str | None) -> int | None:
    if not words:
        return None
    try:
        return number(words)
    except KeyError:
        return None


def _in(match: re.Match[str]) -> Fields:
    """in two weeks / within three days / in two weeks' time."""
    return {"kind": "offset", "unit": match["unit"].lower(), "count": _count(match["count"]), "direction": "in"}


def _past(match: re.Match[str]) -> Fields:
    """in the past two weeks / over the last five years / in the coming days / in recent months."""
    ahead = re.search(r"\b(?:coming|next)\b", match[0], re.IGNORECASE)
    return {"kind": "vague", "unit": match["unit"].lower(), "direction": "next" if ahead else "last"}


_TODAY = {
    "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "this": 0, "earlier": 0, "later": 0, "last": -1,
    "overnight": 0,
}


def _today(match: re.Match[str]) -> Fields:
    """today / earlier today / yesterday evening / this morning / last night / tomorrow / the day before yesterday."""
    count = _TODAY[match["word"].lower()]
    if match["beyond"]:
        count += 1 if match["beyond"].lower() == "after" else -1
    return {"kind": "offset", "unit": "day", "count": abs(count), "direction": "ago" if count <= 0 else "in"}


def _day_before(match: re.Match[str]) -> Fields:
    """the day before / the day after / the week after."""
    sign = 1 if match["way"].lower() in ("after", "later") else -1
    way = "after" if sign > 0 else "before"
    return {"kind": "nearby", "unit": match["unit"].lower(), "count": sign, "direction": way}


def _the_day(match: re.Match[str]) -> Fields:
    """on the 28th / until the 3rd: a day whose month is told elsewhere."""
    return {"kind": "day", "day": int(match["day"])}


def _season(match: re.Match[str]) -> Fields:
    """spring 2015 / the summer of 1999 / last fall / this winter / in the spring."""
    fields: Fields = {"kind": "season", "count": SEASONS[match["season"].lower()]}
    if match["year"]:
        fields["year"] = int(match["year"])
    if match["direction"]:
        fields["direction"] = _DIRECTIONS[match["direction"].lower()]
    if match["of_year"]:
        fields |= {"direction": match["of_year"].lower(), "unit": "year"}
    return fields


def _quarter(match: re.Match[str]) -> Fields:
    """the fourth quarter of 2019 / Q3 2021 / the first half of 2020 / the second quarter of this year."""
    which = match["which"] or match["digit"]
    count = int(which) if which.isdigit() else ordinal(which)
    fields: Fields = {"kind": "quarter", "count": count, "unit": "half" if match["half"] else "quarter"}
    if match["year"]:
        fields["year"] = int(match["year"])
    if match["of_year"]:
        fields["direction"] = match["of_year"].lower()
    return fields


def _anniversary(match: re.Match[str]) -> Fields | None:
    """the 75th anniversary of the establishment of diplomatic relations / marking 50 years of relations."""
    word = match["ordinal"] or match["years"]
    try:
        count = ordinal(word) if match["ordinal"] else number(word)
    except KeyError:
        return None
    return {"kind": "anniversary", "count": count, "name": " ".join((match["name"] or "").split()) or None}


def _vague(match: re.Match[str]) -> Fields:
    """recently / lately / in recent days."""
    unit = match.groupdict().get("unit")
    return {"kind": "vague", "unit": unit.lower() if unit else None}


_HALVES = {"year": ("month", 6), "decade": ("year", 5), "century": ("year", 50)}
_ABOUT = r"(?P<about>(?:more than|less than|over|nearly|almost|about|around|some|roughly|at least) )?"
_SOME = rf"(?:(?P<count>{NUMBER}|a (?:few|couple of)|several|many|few)(?:{S}and{S}(?:a{S})?half)?(?:{S}|-))"
_UNITS = r"(?P<unit>hours?|days?|weeks?|fortnights?|months?|years?|decades?|century|centuries)\b"
_PHRASE = r"(?P<name>[^.;:\n\"]{0,60}(?:\n(?!\n)[^.;:\n\"]{0,60}){0,2})"

WEEKDAYS_RULE = _rule(
    rf"(?:(?P<direction>last|this|next|past|coming|previous|following|same){S})?(?P<weekday>{WEEKDAY})"
    rf"(?:(?:{DASH}|{S}(?:to|through|until|till){S})(?P<weekday2>{WEEKDAY}))?{_PART_OF_DAY}"
    rf"(?:,?{S}of{S}(?P<of_week>last|this|next){S}week\b|{S}(?P<after>last|next|this){S}week\b)?", _weekday,
)
WEEKDAY_PAIR = _rule(
    "|".join(rf"{day_name[n]}{S}and{S}(?:on{S})?{day_name[(n + 1) % 7]}\b" for n in range(7)), _weekday_pair
)
WEEKDAYS_OF_WEEK = _rule(
    rf"(?:later|earlier){S}(?:(?:this|on){S})?(?P<direction>(?!))?(?P<weekday>{WEEKDAY})(?P<weekday2>(?!))?{_PART_OF_DAY}"
    r"(?P<of_week>(?!))?(?P<after>(?!))?", _weekday,
)
PERIOD = _rule(
    rf"(?:(?P<part>earlier|later|{PART})(?:{S}|-))?(?P<direction>{'|'.join(_DIRECTIONS)}){S}(?P<unit>{UNIT})\b(?!-\w)",
    _period,
)
THE_PERIOD = _rule(
    rf"(?P<part>earlier|later|(?:the )?(?:start|beginning|middle|end|close)){S}(?:on{S})?(?:in|of){S}(?:the){S}"
    r"(?P<unit>day|week|month|year)\b", _the_period,
)
WEEKEND = _rule(r"weekend\b", _weekend)
OFFSET = _rule(
    rf"(?<![\w.,$-]){_ABOUT}(?P<half>half{S})?{_SOME}{_UNITS}{S}(?P<way>ago|earlier|later|before|after|afterwards)\b",
    _offset,
)
IN_OFFSET = _rule(
    rf"(?:in|within){S}(?P<count>{NUMBER}|a (?:few|couple of)|several)(?:{S}|-)(?P<unit>day|week|month|year)s?\b"
    rf"(?:'{S}time|'s?{S}time)?(?!{S}?(?:of|after|before|later|ago|prior)\b)", _in,
)
PAST_SPAN = _rule(
    rf"(?:in|over|during|for|within){S}(?:the{S})?(?:past|last|recent|coming|next|previous){S}"
    rf"(?:(?:few|several|couple{S}of|{NUMBER}){S})?(?P<unit>day|week|month|year|decade|hour)s?\b", _past,
)
PAST_UNIT = _rule(
    rf"(?:past|last|coming|next|previous){S}(?:few|several|couple{S}of|{NUMBER}){S}"
    r"(?P<unit>day|week|month|year|decade|hour)s?\b", _past,
)
TODAY = _rule(
    rf"(?:(?:earlier|later|late|early){S}(?=today|yesterday|tomorrow|this))?(?:day{S}(?P<beyond>before|after){S}"
    rf"(?=yesterday|tomorrow))?(?P<word>today|tonight|yesterday|tomorrow|overnight|this(?={S}(?:morning|afternoon|evening))"
    rf"|last(?={S}(?:night|evening)))\b(?:{S}(?:morning|afternoon|evening|night)\b)?"
    rf"(?!'s{S}(?:world|society|age|era|generation|youth|young|reality|realities|standards|challenges|economy)\b)",
    _today,
)
DAY_BEFORE = _rule(rf"(?P<unit>day|week|month|year){S}(?P<way>before|after|earlier|later)\b", _day_before)
THE_DAY = _rule(
    rf"(?<=\bthe )(?P<day>(?:[12]\d|3[01]|[1-9]))(?:st|nd|rd|th)\b(?=\s{{0,2}}(?:[.,;:)]|$)|{S}(?:in|at|to|and|of this|"
    r"of the month|with|he|she|they|when|where|after|before)\b)", _the_day,
)
SEASON = _rule(
    rf"(?:(?P<direction>last|this|next|past|coming){S})?(?P<season>spring|summer|autumn|fall|winter)\b"
    rf"(?:,?{S}(?:of{S}|in{S})?(?:(?P<year>{YEAR})|(?P<of_year>last|this|next){S}year\b))?", _season,
)
QUARTER = _rule(
    rf"(?:q(?P<digit>[1-4])|(?P<which>first|second|third|fourth|[1-4](?=st|nd|rd|th))(?:st|nd|rd|th)?(?:{S}|-)"
    rf"(?:quarter|(?P<half>half)))\b(?:,?{S}(?:of{S})?(?:(?P<year>{YEAR})|(?P<of_year>this|last|next){S}year\b))",
    _quarter,
)
ANNIVERSARY = _rule(
    rf"(?:(?P<ordinal>\d{{1,3}}(?:st|nd|rd|th)|{ORDINAL})(?:{S}|-)(?:\w{{1,12}}{S})?anniversar(?:y|ies)\b"
    rf"|(?:mark(?:s|ed|ing)?|celebrat(?:e|es|ed|ing)){S}(?P<years>{NUMBER}){S}years(?={S}(?:of|since)\b))"
    rf"(?P<link>{S}(?:of|since){S}{_PHRASE})?", _anniversary,
)
RECENTLY = _rule(rf"(?:recently|lately|recent{S}(?P<unit>hour|day|week|month|year)s)\b", _vague)
