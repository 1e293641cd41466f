"""Who held which office when: the dated lists in `data/people_*.tsv`, found by full name or by surname."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pycountry

from extract.gazetteer import Row, raise_faults, read_table
from extract.mentions.name_words import fold, name_parts, word_sorts

COLUMNS = ("name", "aliases", "country", "organization", "role", "from", "to")
_LAST = 9999
_MARGIN = 1
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_MAJOR = frozenset(("USA", "CHN", "RUS", "GBR", "FRA", "DEU", "JPN", "IND"))
_TOP = frozenset(("president", "head of government", "monarch", "foreign minister", "secretary general"))


@dataclass(frozen=True, slots=True)
class Holder:
    """One person's term in one office: state or organisation, class of the office, first and last year."""

    name: str
    country: str | None
    organization: str | None
    role: str
    office: str
    first: int
    last: int

    def serves(self, year: int | None) -> bool:
        """Tell whether the term holds the year, give or take one; always true when the year is not known."""
        return year is None or self.first - _MARGIN <= year <= self.last + _MARGIN


_OFFICES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("deputy", re.compile(r"\b(?:deputy|vice|assistant|under|first lady|permanent|junior)\b|\bunder-?secretary|vice-")),
    ("foreign minister", re.compile(
        r"foreign (?:affairs )?(?:minister|secretary)|(?:minister|secretary) (?:of|for) (?:the )?(?:foreign|external|europe and foreign)"
        r"|(?:external|foreign) (?:affairs|relations) (?:minister|secretary)|secretary of state(?! for)|\bfms?\b|foreign chief"
    )),
    ("defence minister", re.compile(r"defen[cs]e (?:minister|secretary|chief)|(?:minister|secretary) (?:of|for) (?:national )?defen[cs]e")),
    ("head of government", re.compile(r"prime minister|premier|\bpms?\b|chancellor(?! of the ex)|taoiseach|chief executive$")),
    ("monarch", re.compile(r"\b(?:king|queen|emir|amir|sultan|emperor|empress|grand duke|pope|prince|ruler|pontiff)s?\b")),
    ("secretary general", re.compile(r"secretar(?:y|ies)[- ]general|director[- ]general")),
    ("ambassador", re.compile(r"ambassador|permanent representative|high commissioner")),
    ("security adviser", re.compile(r"national security advis[eo]r")),
    ("president", re.compile(r"\bpresidents?\b")),
    ("general secretary", re.compile(r"general secretary|party (?:chief|leader|secretary)|supreme leader")),
    ("speaker", re.compile(r"speaker|chairman of the (?:standing committee|national people)")),
)


def office_of(role: str) -> str:
    """Return the class of an office named in words, such as `foreign minister`; empty when it is none of them."""
    folded = fold(role)
    return next((office for office, pattern in _OFFICES if pattern.search(folded)), "")


def surnames(parts: Sequence[str], country: str | None) -> frozenset[str]:
    """Return the parts of a name by which its bearer is called: the last, or the first where families come first.

    Xi Jinping: xi; Nguyen Phu Trong: nguyen and trong; Abiy Ahmed: abiy and ahmed; Felipe Ramos Vega: ramos and vega.
    """
    if len(parts) < 2:
        return frozenset(parts)
    first, last = parts[0], parts[-1]
    if country in _FAMILY_FIRST or (len(parts) >= 2 and country in _MIXED and first in word_sorts()["family_first"]):
        return frozenset((first, last)) if country in ("VNM", "KHM") else frozenset((first,))
    if country in _GIVEN_NAME:
        return frozenset((first, last))
    if country in _TWO_SURNAMES and len(parts) > 2:
        return frozenset(parts[-2:])
    return frozenset((last,))


_FAMILY_FIRST = frozenset(("CHN", "TWN", "KOR", "PRK", "VNM", "KHM"))
_MIXED = frozenset(("HKG", "MAC", "SGP", "MYS", None))
_GIVEN_NAME = frozenset(("THA", "ETH", "ERI", "ISL", "MYS", "IDN", "LAO", "MMR", "BTN", "SOM", "DJI", "TLS", "SAU", "ARE"))
_TWO_SURNAMES = frozenset(
    "ESP MEX ARG CHL COL PER VEN ECU BOL URY PRY CRI PAN GTM HND SLV NIC DOM CUB GNQ PRT AGO MOZ CPV".split()
)


class OfficeHolders:
    """The terms of all lists, found by the folded parts of a name."""

    def __init__(self, terms: Iterable[tuple[Holder, tuple[str, ...]]]) -> None:
        """Index terms, each with the other spellings of its holder's name."""
        self._full: dict[tuple[str, ...], list[Holder]] = {}
        self._ends: dict[tuple[str, str], list[Holder]] = {}
        self._single: dict[str, list[Holder]] = {}
        for holder, aliases in terms:
            for parts in dict.fromkeys(name_parts(name) for name in (holder.name, *aliases)):
                called = surnames(parts, holder.country)
                if len(parts) > 1:
                    self._full.setdefault(parts, []).append(holder)
                    self._ends.setdefault((parts[0], parts[-1]), []).append(holder)
                for part in called:
                    terms_of_part = self._single.setdefault(part, [])
                    if holder not in terms_of_part:
                        terms_of_part.append(holder)

    def named(self, parts: Sequence[str], year: int | None) -> Holder | None:
        """Return the term of the person with this full name: one that holds the year, else the last before it.

        "Vladimir Vladimirovich Putin" is found by its ends. None when the name is of several states' people.
        """
        terms = self._full.get(tuple(parts), []) if len(parts) > 1 else []
        if not terms and len(parts) > 2:
            terms = self._ends.get((parts[0], parts[-1]), [])
        serving = [term for term in terms if term.serves(year)]
        return _one_state(serving or terms)

    def called(self, part: str, year: int | None, office: str = "", *, titled: bool = False) -> Holder | None:
        """Return the term of the person called by this surname alone, if only one state's people are meant.

        With a title, those in that office in that year come first, then any who serve ("Minister Lavrov"). Without
        one, the name must not be common, and the office must be one whose holders are known by surname alone.
        """
        terms = [term for term in self._single.get(part, ()) if term.serves(year)]
        exact = [term for term in terms if office and term.office == office]
        if exact:
            return _one_state(exact)
        if titled and office:
            return None
        sorts = word_sorts()
        if part in sorts["common"] or part in sorts["family_first"]:
            return None
        if not titled and not any(term.office in _TOP or term.country in _MAJOR for term in terms):
            return None
        return _one_state(terms)


def _one_state(terms: Sequence[Holder]) -> Holder | None:
    if not terms or len({(term.country, term.organization if not term.country else None) for term in terms}) > 1:
        return None
    return terms[-1]


@cache
def office_holders() -> OfficeHolders:
    """Load all lists once. Raises InputError that names every fault: codes, years, spellings, rows that stand twice."""
    folder = resources.files("extract").joinpath("data")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("people_"))
    rows = [row for name in names for row in read_table(name, COLUMNS, _check)]
    seen: dict[tuple[str, ...], str] = {}
    faults = []
    for row in rows:
        key = tuple(fold(row[column]) for column in COLUMNS if column != "aliases")
        if key in seen:
            faults.append(f"{row.where}: the same term stands in {seen[key]}")
        seen.setdefault(key, row.where)
    raise_faults(faults)
    return OfficeHolders((_holder(row), row.values("aliases")) for row in rows)


def _holder(row: Row) -> Holder:
    last = int(row["to"]) if row["to"] else _LAST
    return Holder(
        row["name"], row["country"] or None, row["organization"] or None, row["role"], office_of(row["role"]),
        int(row["from"]), last,
    )


def _check(row: Row) -> Iterator[str]:
    if not row["name"] or not name_parts(row["name"]):
        yield f"name: {row['name']!r} has no word of letters"
    if not row["role"]:
        yield "role: is empty"
    if row["country"] and row["country"] != "XKX" and pycountry.countries.get(alpha_3=row["country"]) is None:
        yield f"country: {row['country']!r} is not an ISO 3166-1 alpha-3 code"
    if bool(row["country"]) == bool(row["organization"]):
        yield "country, organization: one of the two must be given, and only one"
    if not _YEAR.match(row["from"]) or (row["to"] and not _YEAR.match(row["to"])):
        yield f"from, to: {row['from']!r} to {row['to']!r} are not years"
    elif row["to"] and row["from"] > row["to"]:
        yield f"from, to: {row['from']} is after {row['to']}"
