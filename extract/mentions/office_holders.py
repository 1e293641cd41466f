"""Who held which office when: the dated lists in `data/people_*.tsv`, found by full name or by surname."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib import resources

from extract.gazetteer import Row, raise_faults, read_table
from extract.mentions.countries import is_country
from extract.mentions.name_words import Word, fold, name_parts, word_sorts

COLUMNS = ("name", "aliases", "country", "organization", "role", "from", "to")
_LAST = 9999
_MARGIN = 1
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
CUSTOMS = ("family_first", "either_end", "mixed", "two_surnames", "surname_suffices")


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


@cache
def _offices() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """Load the classes of office: name, the phrases that tell it, and whether holders are called by surname alone."""

    def check(row: Row) -> Iterator[str]:
        if row["called"] not in ("", "yes"):
            yield f"called: {row['called']!r} is neither yes nor empty"
        yield from (f"phrases: {phrase!r} is not folded" for phrase in row.values("phrases") if fold(phrase) != phrase)

    rows = read_table("offices.tsv", ("office", "phrases", "called"), check)
    found = []
    for row in rows:
        phrases = "|".join(re.escape(phrase) for phrase in row.values("phrases"))
        found.append((row["office"], re.compile(rf"(?<!\w)(?:{phrases})(?!\w)"), row["called"] == "yes"))
    return tuple(found)


@lru_cache(maxsize=10_000)
def office_of(role: str) -> str:
    """Return the class of an office named in words, such as `foreign minister`; empty when it is none of them."""
    folded = fold(role).replace("-", " ").replace(" of the ", " of ").replace(" for the ", " for ")
    office = next((office for office, pattern, _ in _offices() if pattern.search(folded)), "")
    return "" if office.startswith("(") else office


@cache
def _called_alone() -> frozenset[str]:
    return frozenset(office for office, _, called in _offices() if called)


@cache
def name_customs() -> dict[str, frozenset[str]]:
    """Return how people are called: custom -> alpha-3 codes. Raises InputError naming faults in the table."""

    def check(row: Row) -> Iterator[str]:
        if row["custom"] not in CUSTOMS:
            yield f"custom: {row['custom']!r} is not one of {', '.join(CUSTOMS)}"
        yield from (fault for code in row["codes"].split() for fault in _code_fault(code))

    rows = read_table("name_customs.tsv", ("custom", "codes"), check)
    return {row["custom"]: frozenset(row["codes"].split()) for row in rows}


def surnames(parts: Sequence[str], country: str | None) -> frozenset[str]:
    """Return the parts of a name by which its bearer is called: the last, or the first where families come first.

    Xi Jinping: xi; Nguyen Phu Trong: nguyen and trong; Abiy Ahmed: abiy and ahmed; Felipe Ramos Vega: ramos and vega.
    """
    if len(parts) < 2:
        return frozenset(parts)
    customs, first, last = name_customs(), parts[0], parts[-1]
    mixed = country is None or country in customs["mixed"]
    family_first = country in customs["family_first"] or (mixed and first in word_sorts()["family_first"])
    if country in customs["either_end"] and not (mixed and family_first):
        return frozenset((first, last))
    if family_first:
        return frozenset((first,))
    if country in customs["two_surnames"] and len(parts) > 2:
        return frozenset(parts[-2:])
    return frozenset((last,))


class OfficeHolders:
    """The terms of all lists, found by the folded parts of a name."""

    def __init__(self, terms: Iterable[tuple[Holder, tuple[str, ...]]]) -> None:
        """Index terms, each with the other spellings of its holder's name."""
        self._full: dict[tuple[str, ...], list[Holder]] = {}
        self._ends: dict[tuple[str, str], list[Holder]] = {}
        self._single: dict[str, list[Holder]] = {}
        self._given: dict[str, set[str]] = {}
        self._offices: dict[tuple[str | None, str], list[Holder]] = {}
        for holder, aliases in terms:
            self._offices.setdefault((holder.country, holder.office), []).append(holder)
            for parts in dict.fromkeys(name_parts(name) for name in (holder.name, *aliases)):
                called = surnames(parts, holder.country)
                if parts[0] not in called:
                    self._given.setdefault(parts[0], set()).add(holder.name)
                if len(parts) > 1:
                    self._full.setdefault(parts, []).append(holder)
                    self._ends.setdefault((parts[0], parts[-1]), []).append(holder)
                for part in called:
                    terms_of_part = self._single.setdefault(part, [])
                    if holder not in terms_of_part:
                        terms_of_part.append(holder)

    def named(self, parts: Sequence[str], year: int | None, office: str = "") -> Holder | None:
        """Return the term of the person with this full name: one that holds the year, else the last one.

        One in the `office` comes first. "Vladimir Vladimirovich Putin" is found by its ends. None when the name is of
        several states' people.
        """
        terms = self._full.get(tuple(parts), []) if len(parts) > 1 else []
        if not terms and len(parts) > 2:
            terms = self._ends.get((parts[0], parts[-1]), [])
        serving = [term for term in terms if term.serves(year)]
        exact = [term for term in serving or terms if office and term.office == office]
        strict = [term for term in serving if year is not None and term.first <= year <= term.last]
        known = [term for term in serving or terms if term.office in _called_alone()]
        return _one_state(exact or serving or terms) or _one_state(strict) or _one_state(known)

    def capitalized(self, words: Sequence[Word]) -> list[Word]:
        """Return the words of a text without capitals with those that name a holder marked as capitalised.

        A common word counts only beside another part of the same name: "gordon brown", not "brown bread".
        """
        sorts = word_sorts()
        weak = sorts["common"] | sorts["stop"] | sorts["verb"] | sorts["family_first"] | sorts["also_name"]
        marked: set[int] = set()
        for index, word in enumerate(words):
            if word.key in self._single and word.key not in weak:
                marked.add(index)
            if index and (words[index - 1].key, word.key) in self._ends:
                marked |= {index - 1, index}
        return [word._replace(shape="a") if index in marked else word for index, word in enumerate(words)]

    def contradicts(self, country: str, office: str, parts: Sequence[str], year: int | None) -> bool:
        """Tell whether the lists have another person in that office of that state in that year."""
        if year is None or office not in _called_alone():
            return False
        holders = [term for term in self._offices.get((country, office), ()) if term.first <= year <= term.last]
        return bool(holders) and not any(_alike(parts, name_parts(term.name)) for term in holders)

    def called(
        self, part: str, year: int | None, office: str = "", *, titled: bool = False, near: Container[str] = ()
    ) -> Holder | None:
        """Return the term of the person called by this surname alone, if only one state's people are meant.

        With a title, those in that office in that year come first, of several those of states named in the text
        (`near`: "King Abdullah"), then any who serve ("Minister Lavrov"). Without one, the name must not be common nor
        a given name, and either the state is named in the text, or the office and the state are such that the holder
        is known by surname alone ("Putin").
        """
        terms = [term for term in self._single.get(part, ()) if term.serves(year)]
        exact = [term for term in terms if office and term.office == office]
        if exact:
            return _one_state(exact) or _one_state([term for term in exact if term.country in near])
        if titled and office:
            return None
        sorts = word_sorts()
        if part in sorts["common"] or part in sorts["family_first"] or len(self._given.get(part, ())) > 1:
            return None
        major = name_customs()["surname_suffices"]
        holder = _one_state(terms)
        if holder is None or titled or any(term.office in _called_alone() and term.country in major for term in terms):
            return holder
        known = holder.country in major or any(term.office in _called_alone() for term in terms)
        return holder if known and (holder.country is None or holder.country in near) else None


def _alike(parts: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether two names share a part, or are spellings of one another: "Dabaiba", "Dbeibah"."""
    return bool(set(parts) & set(others)) or SequenceMatcher(None, "".join(parts), "".join(others)).ratio() > 0.75


def _one_state(terms: Sequence[Holder]) -> Holder | None:
    if not terms or len({(term.country, term.organization if not term.country else None) for term in terms}) > 1:
        return None
    return terms[-1]


@cache
def office_holders() -> OfficeHolders:
    """Load all lists once. Raises InputError that names every fault: codes, years, spellings, rows that stand twice."""
    folder = resources.files("extract").joinpath("data")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("people_"))
    rows = [row for name in names for row in read_table(name, COLUMNS, check_term)]
    seen: dict[str, str] = {}
    faults = []
    for row in rows:
        key = fold("\t".join(row[column] for column in COLUMNS if column != "aliases"))
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


def check_term(row: Row) -> Iterator[str]:
    """Yield the reasons why a row of the lists cannot be used: no name, no role, no such state, years that are none."""
    if not row["name"] or not name_parts(row["name"]):
        yield f"name: {row['name']!r} has no word of letters"
    if not row["role"]:
        yield "role: is empty"
    if row["country"]:
        yield from _code_fault(row["country"])
    if bool(row["country"]) == bool(row["organization"]):
        yield "country, organization: one of the two must be given, and only one"
    if not _YEAR.match(row["from"]) or (row["to"] and not _YEAR.match(row["to"])):
        yield f"from, to: {row['from']!r} to {row['to']!r} are not years"
    elif row["to"] and row["from"] > row["to"]:
        yield f"from, to: {row['from']} is after {row['to']}"


def _code_fault(code: str) -> Iterator[str]:
    if not is_country(code):
        yield f"{code!r} is not an alpha-3 code of a state in the tables"
