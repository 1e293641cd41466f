"""Finding time expressions in English text: the spans and what their words say, not yet resolved to dates.

The text is walked once, word by word; a word that can open an expression is looked up with the rules that it opens,
and the longest match is taken. The work is proportional to the length of the text.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from extract.mentions import timex_calendar as calendar_rules
from extract.mentions import timex_relative as relative_rules
from extract.mentions.observance_days import observance_words
from extract.mentions.timex_calendar import Fields, Rule
from extract.mentions.timex_words import MONTHS, NUMBERS, ORDINALS, WEEKDAYS, Timex

__all__ = ["Timex", "find_timexes"]

# Same length, so that offsets stay true: every dash becomes a hyphen, every odd space a space, quotes straight.
_PLAIN = str.maketrans(
    dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("\t\r\xa0\u2009\u202f\u2002\u2003", " ") | dict.fromkeys("‘’`", "'")
)
_CONTEXT = 40
"""Characters before and after a range that are read to judge what stands at its edge."""
_WORD = re.compile(r"\d+|[A-Za-z]+")
_SHORT = 4
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+")
_AMBIGUOUS_MONTHS = ("may", "march", "mar")
_NAMED_WEEKDAY_BEFORE = re.compile(
    r"(?:\b(?:black|bloody|super|cyber|ash|palm|maundy|whit|every|each|man|girl)|good) ?$", re.IGNORECASE
)
_NAMED_WEEKDAY_AFTER = re.compile(r" (?:Times|Telegraph|Mirror|Mail|Express|Herald|Post|Tribune|Guardian|school)\b")
_MONTH_CONTEXT = re.compile(
    r"\b(?:in|since|until|till|by|from|through|during|between|of|to|for|and|before|after|late|early|mid|last|this|next|"
    r"month of|every|each)[ \n-]{1,2}$", re.IGNORECASE,
)
_STRICT_MONTH_CONTEXT = re.compile(
    r"\b(?:in|since|until|till|during|late|early|mid|last|this|next|by)[ \n-]{1,2}$", re.IGNORECASE
)
_PERSON_CALLED_MAY = re.compile(
    r"\b(?!(?:In|Since|By|Last|This|Next|Early|Late|And|Until|Mid)\b)[A-Z][a-z]{1,15} May\b(?! \d)"
)
_MODIFIER = re.compile(
    r"\b(since|until|till|by|before|after|ahead of|prior to|as of|following)[ \n](?:the |early |late |last )?$",
    re.IGNORECASE,
)
_NAMED_EVENT = re.compile(
    r"[ -](?:(?:[Hh]amas|terror(?:ist)?|coup|military|suicide|deadly|truce|peace) )?"
    r"(?:attacks?|massacre|assault|coup|bombings?|shooting|raid|invasion|incident|agreement|deal|declaration|disaster)\b"
)
_NOT_A_YEAR_BEFORE = re.compile(
    r"(?:\b(?:pages?|pp?|nos?|number|resolutions?|articles?|rooms?|iso|flight|boeing|agenda|vision|some|about|nearly|"
    r"almost|approximately|roughly|over|than|km|version|paragraphs?|building|tel|fax|phone|ext|unit|box|usd?|eur|rs|rmb|"
    r"section|chapter|top|least)\.?[ \n]|[($€£¥#№]|us\$ ?|(?:\d[ ,]))$", re.IGNORECASE,
)
_YEAR_IN_BRACKETS = re.compile(r"\((?:1[89]|20)\d\d[)\-,;]")
_SEASON_CONTEXT = re.compile(r"\b(?:in|since|until|during|over|by|early|late|mid)[ \n-](?:the )?$", re.IGNORECASE)


@cache
def _openings() -> dict[str, tuple[Rule, ...]]:
    """Build the table from a word to the rules of the expressions that it may open; `#` stands for figures."""
    table: dict[str, list[Rule]] = {}

    def opens(words: Iterable[str], *rules: Rule) -> None:
        for word in words:
            for rule in rules:
                if rule not in table.setdefault(word, []):
                    table[word].append(rule)

    c, r = calendar_rules, relative_rules
    months = [*MONTHS, "sept", *(name.lower() for name in month_name if name)]
    weekdays = [*WEEKDAYS, "tues", "thur", "thurs"]
    full_weekdays = [name.lower() for name in day_name]
    dated = (c.DAY_MONTH, c.DAY_RANGE_MONTH)
    opens(["#"], *dated, c.DAY_MONTH_DASHED, c.YEAR_ALONE, c.YEAR_RANGE, c.DECADE, c.ISO, c.COMPACT, c.FIGURES)
    opens(["#"], r.OFFSET, r.THE_DAY, r.QUARTER, r.ANNIVERSARY)
    opens(months, c.MONTH_DAY, c.MONTH_DAY_SINGLE, c.MONTH_ALONE)
    opens(weekdays + full_weekdays, c.MONTH_DAY, c.MONTH_DAY_SINGLE, *dated)
    opens(full_weekdays, r.WEEKDAYS_RULE, r.WEEKDAY_PAIR)
    directions = ["last", "this", "next", "past", "coming", "previous", "preceding", "current", "present", "upcoming",
                  "following", "same", "that"]
    opens(directions, r.PERIOD, r.WEEKDAYS_RULE, c.MONTH_ALONE, r.SEASON, r.TODAY, r.PAST_UNIT)
    parts = ["early", "mid", "late", "start", "beginning", "middle", "end", "close"]
    opens(parts, c.MONTH_ALONE, c.YEAR_ALONE, c.DECADE, r.PERIOD, r.THE_PERIOD)
    opens(["earlier", "later", "late", "early"], r.PERIOD, r.THE_PERIOD, r.TODAY, r.WEEKDAYS_OF_WEEK)
    opens(["today", "tonight", "yesterday", "tomorrow", "overnight"], r.TODAY)
    opens(["day"], r.TODAY, r.DAY_BEFORE)
    opens(["week", "month", "year"], r.DAY_BEFORE)
    opens(["more", "less", "over", "nearly", "almost", "about", "around", "some", "roughly", "at", "several", "few",
           "many", "half", *NUMBERS], r.OFFSET)
    opens(["in", "within"], r.IN_OFFSET)
    opens(["in", "over", "during", "for", "within"], r.PAST_SPAN)
    opens(["between"], c.BETWEEN_DAYS, c.YEAR_RANGE)
    opens([*relative_rules.SEASONS], r.SEASON)
    opens(["weekend"], r.WEEKEND)
    opens(["q", "first", "second", "third", "fourth"], r.QUARTER)
    opens({word.split()[0] for word in ORDINALS}, c.SPELLED_DAY, r.ANNIVERSARY)
    opens(["mark", "marks", "marked", "marking", "celebrate", "celebrates", "celebrated", "celebrating"], r.ANNIVERSARY)
    opens(["recently", "lately", "recent"], r.RECENTLY)
    for first, rule in observance_words():
        opens([first], rule)
    return {word: tuple(rules) for word, rules in table.items()}


def find_timexes(text: str, start: int = 0, end: int | None = None) -> tuple[Timex, ...]:
    """Return the time expressions of `text[start:end]`, sorted, not overlapping, the longest at each place.

    Offsets point into `text`. Takes any text; raises nothing. Dates inside web addresses are left out. Only the range
    itself is read, with a few characters around it: what depends on other dates ("03/04/2024") looks no further.
    """
    start, end = max(start, 0), len(text) if end is None else min(end, len(text))
    shift = max(0, start - _CONTEXT)
    plain = text[shift : end + _CONTEXT].translate(_PLAIN)
    stop, done = end - shift, start - shift
    addresses = iter([match.span() for match in _ADDRESS.finditer(plain, done, stop)])
    address = next(addresses, None)
    has_may = bool(_PERSON_CALLED_MAY.search(plain))
    found: list[Timex] = []
    openings = _openings()
    for word in _WORD.finditer(plain, done, stop):
        first = word[0]
        # Most words open nothing, and need no look. Short ones may stand before figures ("FY20250101", "Q3").
        if word.start() < done or (len(first) > _SHORT and first[0].isalpha() and first.lower() not in openings):
            continue
        while address is not None and address[1] <= word.start():
            address = next(addresses, None)
        if address is not None and address[0] <= word.start():
            continue
        timex = _longest(plain, word, stop, has_may)
        if timex is not None:
            found.append(timex)
            done = timex.end
    settled = _settle_order(plain, found)
    return tuple(replace(t, start=t.start + shift, end=t.end + shift) for t in settled) if shift else settled


def _longest(plain: str, word: re.Match[str], end: int, has_may: bool) -> Timex | None:
    """Return the longest expression that opens with this word, or None."""
    key = "#" if word[0].isdigit() else word[0].lower()
    rules = _openings().get(key, ())
    if not rules and 2 <= len(key) <= 4 and plain[word.end() : word.end() + 8].isdigit():
        rules = (calendar_rules.COMPACT,)
    elif key == "q":
        rules = (relative_rules.QUARTER,)
    before = plain[word.start() - 1] if word.start() else " "
    if not rules or (before.isalnum() and key != "#"):
        return None
    best: Timex | None = None
    for pattern, build in rules:
        match = pattern.match(plain, word.start(), end)
        if match is None or match.end() == match.start() or (best is not None and match.end() <= best.end):
            continue
        fields = build(match)
        if fields is not None and _is_plausible(plain, match, fields, has_may):
            best = _timex(plain, match, fields)
    return best


def _timex(plain: str, match: re.Match[str], fields: Fields) -> Timex:
    stop = match.end()
    if fields["kind"] == "anniversary" and match["name"] is not None:
        stop = match.start("link")
    while stop > match.start() + 1 and plain[stop - 1] in " \n,-.":
        stop -= 1
    modifier = _MODIFIER.search(plain, max(0, match.start() - 16), match.start())
    if modifier:
        words = modifier[1].lower()
        fields = fields | {"modifier": {"till": "until", "ahead of": "before", "prior to": "before"}.get(words, words)}
    elif fields["kind"] == "day" and "year" not in fields and _NAMED_EVENT.match(plain, stop):
        fields = fields | {"modifier": "named"}
    return Timex(match.start(), stop, **fields)


def _is_plausible(plain: str, match: re.Match[str], fields: Fields, has_may: bool) -> bool:
    """Tell whether the words mean time here: "May I", "the march on the capital", "2,000 people", "Sunday Times"."""
    kind, begin = fields["kind"], match.start()
    before, after = plain[max(0, begin - 24) : begin], plain[match.end() : match.end() + 24]
    if kind in ("month", "day") and "month" in match.re.groupindex and match["month"]:
        return _is_month(match, fields, before, after, has_may)
    if kind == "weekday":
        return not _NAMED_WEEKDAY_BEFORE.search(before) and not _NAMED_WEEKDAY_AFTER.match(after)
    if kind == "year" and not fields.get("part") and "end_year" not in fields:
        if _YEAR_IN_BRACKETS.match(plain, begin - 1):
            return True
        old = fields["year"] < 1900 or fields["year"] > 2060
        return not _NOT_A_YEAR_BEFORE.search(before) and (not old or bool(re.search(r"\b(?:in|since|of|by) $", before)))
    if kind == "season" and not fields.get("year") and not fields.get("direction"):
        return bool(_SEASON_CONTEXT.search(before)) and not re.match(r" (?:of|in) [A-Z]|'", after)
    if match[0].lower() == "overnight":
        return not re.search(r"\b(?:an|the|and) $", before)
    if kind == "vague" and match[0].lower().startswith("recent "):
        return False
    return not match[0].lower().startswith("that") or fields.get("unit") in ("day", "month", "year", "week")


def _is_month(match: re.Match[str], fields: Fields, before: str, after: str, has_may: bool) -> bool:
    """Tell whether a month's word means the month: not "she may", "the march", "Jan Smith"."""
    word = match["month"].rstrip(".")
    if fields.get("name"):
        return False
    dated = fields["kind"] == "day" or any(fields.get(f) for f in ("year", "direction", "part", "end_month"))
    placed = bool(_STRICT_MONTH_CONTEXT.search(before))
    if not dated and len(word) == 3 and word.lower() != "may":
        return placed and word[0].isupper()
    if not dated and word.lower() in _AMBIGUOUS_MONTHS:
        if re.match(r"'|[ \n](?:God|I|we|be|not|have)\b", after):
            return False
        context = placed if word.lower() == "may" and has_may else _MONTH_CONTEXT.search(before)
        return word[0].isupper() and bool(context)
    if word.islower() and word in _AMBIGUOUS_MONTHS:
        return bool(fields.get("year") or fields.get("direction"))
    return dated or not word.islower() or placed


def _settle_order(plain: str, found: list[Timex]) -> tuple[Timex, ...]:
    """Decide day-first or month-first for figures such as 03/04/2024, or keep only the year.

    Clues, in this order: a date in figures that can only be read one way; another full date of the text that agrees
    with one of the readings only.
    """
    open_cases = [t for t in found if t.name == "order" and t.kind == "day"]
    if not open_cases:
        return tuple(found)
    orders = {_order(plain, t) for t in found if t.kind == "day" and t.name != "order"} - {None}
    known = {(t.year, t.month, t.day) for t in found if t.is_full_day}
    settled = []
    for timex in found:
        if timex.name != "order" or timex.kind != "day":
            settled.append(timex)
            continue
        one, two = (int(n) for n in re.findall(r"\d+", plain[timex.start : timex.end])[:2])
        readings = {"day first": (timex.year, two, one), "month first": (timex.year, one, two)}
        choice = orders if len(orders) == 1 else {name for name, day in readings.items() if day in known}
        if len(choice) == 1:
            _, month, day = readings[str(next(iter(choice)))]
            settled.append(replace(timex, month=month, day=day, name=None))
        else:
            settled.append(replace(timex, kind="year", name=None))
    return tuple(settled)


def _order(plain: str, timex: Timex) -> str | None:
    figures = re.match(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2}", plain[timex.start : timex.end])
    if figures is None or figures[1] == figures[2]:
        return None
    return "day first" if int(figures[1]) == timex.day else "month first"
