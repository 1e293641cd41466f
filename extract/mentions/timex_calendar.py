"""Grammar of calendar dates: days, months, years, and ranges of them, in words and in figures.

A rule is a pattern and a builder; the builder turns a match into the fields of a Timex, or None where it is no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from extract.mentions.timex_words import (
    CLOCK,
    DASH,
    DAY,
    MONTH,
    ORDINAL,
    ORDINAL_END,
    PART,
    WEEKDAY,
    WEEKDAY_SHORT,
    YEAR,
    S,
    day_exists,
    month_number,
    ordinal,
    weekday_number,
)

Fields = dict[str, Any]
Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Fields | None]]

_TO = rf"(?:{DASH}|{S}(?:to|through|thru|until|till|and){S})"
_YEAR_TAIL = (
    rf"(?:(?:{S}?,{S}?|{S}(?:of{S}|in{S})?)(?P<year>{YEAR})(?!{S}(?:people|troops|soldiers|gmt|local|hours)\b)"
    rf"|{S}?,?{S}?(?:of{S})?\b(?P<of_year>this|last|next){S}year\b)?"
)
_LEAD = rf"(?:(?:(?P<weekday>{WEEKDAY}|{WEEKDAY_SHORT})(?:{S}?[,(]{S}?|{S})(?:the{S})?)?)"
_OF = rf"(?:{S}(?:day{S})?(?:of{S})?|-)"


def _with_year(match: re.Match[str], fields: Fields) -> Fields:
    groups = match.groupdict()
    if groups.get("year"):
        fields["year"] = int(groups["year"])
    elif groups.get("of_year"):
        fields |= {"direction": groups["of_year"].lower(), "unit": "year"}
    if groups.get("weekday"):
        fields["weekday"] = weekday_number(groups["weekday"])
    return fields


def _checked(fields: Fields) -> Fields | None:
    """Give the year of a range to both ends; refuse days that do not exist and ranges that run backwards."""
    if fields.get("end_day") is not None:
        year, end_year = fields.get("year"), fields.get("end_year")
        month, end_month = fields["month"], fields["end_month"]
        backwards = (end_month, fields["end_day"]) < (month, fields["day"])
        if end_year is None and year is not None:
            fields["end_year"] = year + 1 if backwards else year
        elif end_year is not None and year is None:
            fields["year"] = end_year - 1 if backwards else end_year
        if backwards and month == end_month:
            return None
        if not day_exists(fields.get("end_year"), end_month, fields["end_day"]):
            return None
    return fields if day_exists(fields.get("year"), fields.get("month"), fields.get("day")) else None


def _month_day(match: re.Match[str]) -> Fields | None:
    """February 28, 2024 / Feb. 28 / Wednesday, February 28th / June 13-14 / Aug. 10 to Sept. 2, 1975."""
    month = month_number(match["month"])
    fields: Fields = {"kind": "day", "month": month, "day": int(match["day"])}
    if match["day2"]:
        end_month = month_number(match["month2"]) if match["month2"] else month
        if match["and"] and not match["month2"] and int(match["day2"]) != int(match["day"]) + 1:
            return None
        fields |= {"end_month": end_month, "end_day": int(match["day2"])}
        if match["year1"]:
            fields["year"] = int(match["year1"])
        if match["year"]:
            fields["end_year"] = int(match["year"])
            if not match["year1"]:
                return _checked({k: v for k, v in _with_year(match, fields).items() if k != "year"})
            return _checked(fields)
    return _checked(_with_year(match, fields))


_MONTH_DAY = (
    rf"{_LEAD}(?P<month>{MONTH})(?:{S}|-)?(?:the{S})?(?P<day>{DAY}){ORDINAL_END}"
    rf"(?!:\d|\.\d|{S}?(?:million|billion|percent|per cent)\b)"
)
_MONTH_DAY_RANGE = (
    rf"(?:{S}?,?{S}?(?P<year1>{YEAR}))?(?:{DASH}|{S}(?:to|through|thru|until|till|(?P<and>and)){S})"
    rf"(?:(?:{WEEKDAY}),?{S})?(?:(?P<month2>{MONTH}){S}?)?(?P<day2>{DAY}){ORDINAL_END}(?![:/]\d|-\d|,\d{{3}}|{S}(?:{MONTH}))"
)


def _day_month(match: re.Match[str]) -> Fields | None:
    """28 February 2024 / Wed, 16 Mar 2022 10:15:00 +0000 / 28th of February / 1-2 March / 28 February-2 March 2019."""
    groups = match.groupdict()
    month = month_number(match["month"])
    fields = _with_year(match, {"kind": "day", "month": month, "day": int(match["day"])})
    if groups.get("day2"):
        first_month = month_number(groups["month1"]) if groups.get("month1") else month
        if groups.get("and") and not groups.get("month1") and int(groups["day2"]) != int(match["day"]) + 1:
            return None
        fields |= {"month": first_month, "end_month": month, "end_day": int(groups["day2"])}
        if "year" in fields:
            fields["end_year"] = fields.pop("year")
        if groups.get("year1"):
            fields["year"] = int(groups["year1"])
    return _checked(fields)


def _between(match: re.Match[str]) -> Fields | None:
    """between 3 and 5 July 2019 / between July 3 and 5."""
    month = month_number(match["month"] or match["month_first"])
    fields: Fields = {
        "kind": "day", "month": month, "day": int(match["day"]), "end_month": month, "end_day": int(match["day2"]),
    }
    return _checked(_with_year(match, fields))


def _spelled_day(match: re.Match[str]) -> Fields | None:
    """twenty fifth of February this year / the first of May 2019."""
    day = ordinal(match["ordinal"])
    return _checked(_with_year(match, {"kind": "day", "month": month_number(match["month"]), "day": day}))


def _month(match: re.Match[str]) -> Fields | None:
    """November 2023 / mid-March / early November / March-April 2019 / January this year / last November."""
    fields: Fields = _with_year(match, {"kind": "month", "month": month_number(match["month"])})
    groups = match.groupdict()
    if groups.get("part"):
        fields["part"] = part_of(groups["part"])
    if groups.get("direction"):
        fields |= {"direction": groups["direction"].lower(), "unit": "month"}
    if groups.get("month2"):
        fields["end_month"] = month_number(groups["month2"])
        if "year" in fields:
            fields["end_year"] = fields["year"]
            if fields["end_month"] < fields["month"]:
                fields["year"] -= 1
    return fields


def part_of(words: str) -> str:
    """Return early, mid or late for the words that name a part of a period."""
    words = words.lower()
    if any(word in words for word in ("early", "start", "begin", "first")):
        return "early"
    return "mid" if "mid" in words else "late"


def _year(match: re.Match[str]) -> Fields | None:
    """2013 / early 2020 / mid-2019 / the end of 2019."""
    fields: Fields = {"kind": "year", "year": int(match["year"])}
    if match["part"]:
        fields["part"] = part_of(match["part"])
    return fields


def _year_range(match: re.Match[str]) -> Fields | None:
    """2020-2021 / 2019-20 / from 2013 to 2016 / between 2013 and 2016."""
    first, last = int(match["year"]), match["year2"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return {"kind": "year", "year": first, "end_year": end} if first < end <= first + 100 else None


def _decade(match: re.Match[str]) -> Fields | None:
    """the 1990s / the late 1960s."""
    part = {"part": part_of(match["part"])} if match["part"] else {}
    return {"kind": "decade", "year": int(match["decade"]), **part}


def _iso(match: re.Match[str]) -> Fields | None:
    """2024-02-28 / 2024-02-28T10:00:00Z / 2024/02/28 / 2019-05-03-10-20-30 / 20240228 / APW19980424."""
    fields = {"kind": "day", "year": int(match["year"]), "month": int(match["month"]), "day": int(match["day"])}
    return _checked(fields)


def _figures(match: re.Match[str]) -> Fields | None:
    """28/02/2024 / 02/28/2024 / 28.02.2024: the order is settled by the caller where both are possible."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if year < 100:
        year += 1900 if year > 50 else 2000
    if match["sep"] == "." or one > 12 or one == two:
        return _checked({"kind": "day", "year": year, "month": two, "day": one})
    if two > 12:
        return _checked({"kind": "day", "year": year, "month": one, "day": two})
    return {"kind": "day", "year": year, "name": "order"} if one >= 1 and two >= 1 else None


def _rule(pattern: str, build: Callable[[re.Match[str]], Fields | None]) -> Rule:
    return re.compile(pattern, re.IGNORECASE), build


_YEAR_BEFORE = r"(?<![\w$€£¥#№/.,:+-])"
_YEAR_AFTER = (
    rf"(?![\w$€£%/:]|-\w|{S}(?:people|troops|soldiers|men|women|children|persons|residents|words|pages|tons?|tonnes|"
    r"km|kilomet\w{1,6}|miles|met(?:re|er)s|feet|acres|hectares|dollars|euros|jobs|homes|houses|workers|members|"
    r"students|police|policemen|refugees|migrants|delegates|gmt|utc|hours|hrs|local time|mw|million|billion|percent|"
    r"agenda|model|different|other|more|tanks|missiles|rockets|civilians|participants|companies|units|points)\b)"
)
MONTH_DAY = _rule(_MONTH_DAY + rf"(?:{_MONTH_DAY_RANGE})?" + _YEAR_TAIL + CLOCK, _month_day)
MONTH_DAY_SINGLE = _rule(
    _MONTH_DAY + r"(?P<day2>(?!))?(?P<month2>(?!))?(?P<and>(?!))?(?P<year1>(?!))?" + _YEAR_TAIL + CLOCK, _month_day
)
_NUMBER_LEAD = rf"(?<![\w.,$€£/:-]){_LEAD}(?:the{S})?"
DAY_MONTH = _rule(
    _NUMBER_LEAD + rf"(?P<day>{DAY}){ORDINAL_END}{_OF}(?P<month>{MONTH})-?" + _YEAR_TAIL + CLOCK, _day_month
)
DAY_MONTH_DASHED = _rule(
    rf"(?<![\w.,/-])(?P<day>{DAY})-(?P<month>{MONTH})-(?P<year>{YEAR})", _day_month
)
DAY_RANGE_MONTH = _rule(
    _NUMBER_LEAD + rf"(?P<day>{DAY}){ORDINAL_END}(?:{_OF}(?P<month1>{MONTH}))?(?:{S}?,?{S}?(?P<year1>{YEAR}))?"
    rf"(?:{DASH}|{S}(?:to|through|until|till|(?P<and>and)){S})(?:(?:{WEEKDAY}),?{S})?(?:the{S})?"
    rf"(?P<day2>{DAY}){ORDINAL_END}{_OF}(?P<month>{MONTH})" + _YEAR_TAIL, _day_month,
)
BETWEEN_DAYS = _rule(
    rf"between{S}(?:(?P<month_first>{MONTH}){S})?(?:the{S})?(?P<day>{DAY}){ORDINAL_END}{S}and{S}(?:the{S})?"
    rf"(?P<day2>{DAY}){ORDINAL_END}(?:{_OF}(?P<month>{MONTH})|(?(month_first)|(?!)))" + _YEAR_TAIL, _between,
)
SPELLED_DAY = _rule(rf"(?P<ordinal>{ORDINAL})(?:{S}day)?{S}of{S}{{1,2}}(?P<month>{MONTH})" + _YEAR_TAIL, _spelled_day)
MONTH_ALONE = _rule(
    rf"(?:(?P<direction>last|this|next|past|coming)(?:{S}|-))?(?:(?P<part>{PART})(?:{S}|-))?(?P<month>{MONTH})"
    rf"(?:{_TO}(?:(?:early|mid|late)[ -])?(?P<month2>{MONTH})(?!\.?{S}?{DAY}))?" + _YEAR_TAIL, _month,
)
YEAR_ALONE = _rule(rf"(?:(?P<part>{PART})(?:{S}|-)|{_YEAR_BEFORE})(?P<year>{YEAR}){_YEAR_AFTER}", _year)
YEAR_RANGE = _rule(
    rf"{_YEAR_BEFORE}(?:(?P<between>between){S})?(?P<year>{YEAR})"
    rf"(?(between){S}and{S}|(?:{DASH}|/|{S}(?:to|through|until){S}))(?P<year2>{YEAR}|\d\d(?![\d-])){_YEAR_AFTER}",
    _year_range,
)
DECADE = _rule(rf"(?:(?P<part>{PART})(?:{S}(?:the{S})?|-))?(?P<decade>(?:1[89]|20)\d0)'?s\b", _decade)
ISO = _rule(
    r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=sep)(?P<day>[0-3]?\d)(?!\d)"
    r"(?:-\d{2}-\d{2}-\d{2}\b)?" + CLOCK, _iso,
)
COMPACT = _rule(
    r"(?<![\w/.$€£,-])(?:[A-Z]{2,4})?(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?![\d,])"
    r"(?:[.-]\d{4}\b)?", _iso,
)
FIGURES = _rule(
    r"(?<![\w/.,$€£-])(?P<one>\d{1,2})(?P<sep>[/.-])(?P<two>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d|(?<=/)\d\d)(?![\w/-]|\.\d)"
    + CLOCK, _figures,
)
