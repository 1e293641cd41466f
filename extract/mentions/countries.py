"""States named in text: by name, demonym, capital, seat of power, body or party.

The knowledge is in `data/countries.tsv`, `data/countries_bodies.tsv` and `data/countries_blocked.tsv`; the rules here
only decide whether a weak name has evidence beside it, and which names are the sides of a compound.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pycountry

from extract.gazetteer import Match, Matcher, Row, phrase_fault, raise_faults, read_table

FORMS = ("name", "demonym", "capital", "seat", "body", "party", "compound")
KOSOVO = "XKX"  # in use by states and the European Union, but not in ISO 3166


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A state named in text: offsets, alpha-3 code, form (one of FORMS), and whether the name decides alone.

    A strong capital is a name of that city alone; whether it stands for its state or for a place is for the reader of
    the sentence to decide.
    """

    start: int
    end: int
    code: str
    form: str
    strong: bool


@dataclass(frozen=True, slots=True)
class _Name:
    """What a phrase of the tables means; the code of a blocked phrase is empty."""

    code: str
    form: str
    strong: bool


_BLOCKED = _Name("", "blocked", True)


def find_countries(
    text: str, start: int = 0, end: int | None = None, *, lower: bool | None = None
) -> tuple[CountryMention, ...]:
    """Return the states named within `text[start:end]`, in order, no two overlapping; offsets are into `text`.

    The longest name wins ("South Sudanese", "China Daily" is none); a possessive is left out of the span. The two
    sides of "China-Russia" or "Sino-British" are two mentions of the form `compound`. A weak name is strong where a
    rule of EVIDENCE holds. `lower` tells that the text has no capitals, so that names count in lower case; None means
    to look whether it has any.
    """
    matcher = _lower_matcher() if (text.islower() if lower is None else lower) else _matcher()
    found = [
        CountryMention(m.start, m.end, m.value.code, m.value.form, m.value.strong)
        for m in matcher.find(text, start, end)
        if m.value.code and _is_state(text, m)
    ]
    return tuple(_strengthen(text, _owned_bodies(text, _join_compounds(text, found))))


def _is_state(text: str, match: Match[_Name]) -> bool:
    """Refuse "US$5 million", an address ("@Japan"), and "Franco" where no other half follows ("Franco-German")."""
    if text.startswith("$", match.end) or (match.start and text[match.start - 1] in "@#"):
        return False
    return match.value.form != "prefix" or bool(_HALF.match(text, match.end))


_HALF = re.compile(r"[-‐‑–]\s?[^\W\da-z_]")
_JOINTS = frozenset("-‐‑–—/")


def _join_compounds(text: str, found: Sequence[CountryMention]) -> list[CountryMention]:
    """Give both sides of "Kenya-Japan", "Greek-Turkish" and "Sino-British" the form `compound`."""
    sides: set[int] = set()
    for index, mention in enumerate(found):
        if mention.form == "prefix":
            sides.add(index)
        if not index or mention.form in ("body", "party", "seat"):
            continue
        before = found[index - 1]
        if mention.start - before.end == 1 and text[before.end] in _JOINTS and mention.code != before.code:
            sides |= {index - 1, index}
    return [replace(m, form="compound", strong=True) if i in sides else m for i, m in enumerate(found)]


_OF = re.compile(r" of (?:the )?")


def _owned_bodies(text: str, found: Sequence[CountryMention]) -> list[CountryMention]:
    """Give a body that several states have to the one named behind it: "Ministry of External Affairs of Fiji"."""
    owned = list(found)
    for index, (body, state) in enumerate(itertools.pairwise(found)):
        if body.form == "body" and state.form == "name" and _OF.fullmatch(text, body.end, state.start):
            owned[index] = replace(body, code=state.code)
    return owned


@dataclass(frozen=True, slots=True)
class _Context:
    """What a rule of evidence sees: the text, all mentions, the index of the weak one, the codes named strongly."""

    text: str
    found: Sequence[CountryMention]
    index: int
    strong_codes: frozenset[str]


def _strengthen(text: str, found: Sequence[CountryMention]) -> Iterator[CountryMention]:
    strong_codes = frozenset(m.code for m in found if m.strong)
    for index, mention in enumerate(found):
        weak = not mention.strong and mention.form in ("name", "demonym", "capital")
        context = _Context(text, found, index, strong_codes)
        yield replace(mention, strong=True) if weak and any(rule(context) for rule in EVIDENCE) else mention


def named_strongly_nearby(context: _Context) -> bool:
    """A strong name of the same state stands in the same text: "Amman ... Jordan", "Georgia ... Tbilisi"."""
    return context.found[context.index].code in context.strong_codes


_OFFICE = (
    r"(?:[Pp]residents?|[Pp]remier|(?:[Pp]rime |[Ff]oreign |[Dd]efen[cs]e )?[Mm]inist(?:er|ry)|[Kk]ing|[Qq]ueen|"
    r"[Cc]rown [Pp]rince|[Gg]overnment|[Pp]arliament|[Aa]mbassador|[Ee]mbassy|[Rr]epublic|[Kk]ingdom|[Dd]elegation|"
    r"[Ff]oreign [Aa]ffairs|[Rr]epresentative|[Cc]hancellor|[Pp]eople|[Pp]eople's [Rr]epublic)"
)
_OFFICE_OF = re.compile(rf"{_OFFICE} of(?: the)?\s$")
_OFFICE_AFTER = re.compile(rf"(?:['’]s?)?\s{_OFFICE}\b")


def after_an_office(context: _Context) -> bool:
    """The name follows an office and "of": "the President of Chad", "Ministry of Foreign Affairs of Georgia"."""
    start = context.found[context.index].start
    return bool(_OFFICE_OF.search(context.text, max(0, start - 40), start))


def before_an_office(context: _Context) -> bool:
    """An office follows: "Jordan's King", "Georgian Prime Minister"."""
    return bool(_OFFICE_AFTER.match(context.text, context.found[context.index].end))


_LINK = re.compile(r"(?:,|,? and|,? or|,? with|;)\s(?:the )?")


def in_a_list_of_states(context: _Context) -> bool:
    """A strong name of the same form is the next item of a list: "Egypt, Jordan and Lebanon", "Greek and English"."""
    mention = context.found[context.index]
    for other in (context.index - 1, context.index + 1):
        if 0 <= other < len(context.found):
            one, two = sorted((mention, context.found[other]), key=lambda m: m.start)
            alike = context.found[other].strong and context.found[other].form == mention.form == "name"
            if alike and two.start - one.end < 12 and _LINK.fullmatch(context.text, one.end, two.start):
                return True
    return False


_TRAVEL = re.compile(r"\b(?:neighbou?ring|[Vv]isit(?:s|ed|ing)?(?: to)?|(?:talks|summit) in|trip to|tour of)\s$")


def as_a_destination(context: _Context) -> bool:
    """Words of travel or neighbourhood stand before it: "a visit to Jordan", "neighbouring Chad"."""
    start = context.found[context.index].start
    return bool(_TRAVEL.search(context.text, max(0, start - 20), start))


EVIDENCE: tuple[Callable[[_Context], bool], ...] = (
    named_strongly_nearby, after_an_office, before_an_office, in_a_list_of_states, as_a_destination,
)


def country_name(code: str) -> str:
    """Return the short neutral English name of an alpha-3 code, the code itself where the tables have none."""
    return _states()[code]["name"].removesuffix("?") if code in _states() else code


def is_country(code: str) -> bool:
    """Tell whether the tables know this alpha-3 code."""
    return code in _states()


def country_codes() -> tuple[str, ...]:
    """Return all alpha-3 codes of the tables, sorted."""
    return tuple(sorted(_states()))


def capital_of(code: str) -> str | None:
    """Return the usual name of the capital of a state, or None where the tables have none."""
    capitals = _states()[code].marked("capitals") if code in _states() else ()
    return capitals[0][0] if capitals else None


def country_of_capital(city: str) -> str | None:
    """Return the code of the state whose capital or seat of government bears exactly this name, or None."""
    return _capitals().get(city)


@cache
def _capitals() -> dict[str, str]:
    return {city: code for code, row in _states().items() for city, _ in row.marked("capitals")}


@cache
def _states() -> dict[str, Row]:
    rows = read_table("countries.tsv", ("code", "name", "names", "demonyms", "capitals"), _check_code)
    return {row["code"]: row for row in rows}


def _check_code(row: Row) -> Iterator[str]:
    if row["code"] != KOSOVO and pycountry.countries.get(alpha_3=row["code"]) is None:
        yield f"code: {row['code']!r} is not an ISO 3166-1 alpha-3 code"


def _check_form(row: Row) -> Iterator[str]:
    yield from _check_code(row)
    if row["form"] not in ("seat", "body", "party", "prefix"):
        yield f"form: {row['form']!r} is not one of seat, body, party, prefix"


def demonym_forms(demonym: str) -> tuple[str, ...]:
    """Return a demonym with its regular plural: Norwegian, Norwegians; Chinese, Dutch and Frenchmen have none."""
    irregular = demonym.endswith(("ese", "sh", "ch", "s", "men", "."))
    return (demonym,) if irregular else (demonym, f"{demonym}s")


def names_in_tables() -> Iterator[tuple[str, str, str, bool, str]]:
    """Yield (phrase, code, form, strong, where it stands) for every name of the tables; blocked ones have no code.

    Raises InputError when a table is faulty.
    """
    for row in _states().values():
        for column, form in (("name", "name"), ("names", "name"), ("capitals", "capital")):
            for phrase, strong in row.marked(column):
                yield phrase, row["code"], form, strong, row.where
        for demonym, strong in row.marked("demonyms"):
            for phrase in demonym_forms(demonym):
                yield phrase, row["code"], "demonym", strong, row.where
    for row in read_table("countries_bodies.tsv", ("code", "form", "names"), _check_form):
        for phrase, strong in row.marked("names"):
            yield phrase, row["code"], row["form"], strong, row.where
    for row in read_table("countries_blocked.tsv", ("phrases", "why")):
        for phrase in row.values("phrases"):
            yield phrase, "", "blocked", True, row.where


def _meanings() -> dict[str, _Name]:
    """Return what each phrase means; a strong meaning displaces a weak one. Raises InputError for two equal ones."""
    meanings: dict[str, tuple[_Name, str]] = {}
    faults: list[str] = []
    for phrase, code, form, strong, where in names_in_tables():
        name = _Name(code, form, strong)
        if fault := phrase_fault(phrase):
            faults.append(f"{where}: {fault}")
        known, known_where = meanings.setdefault(phrase, (name, where))
        if known.code != code and known.strong == strong:
            faults.append(f"{where}: {phrase!r} is {code or form}, but {known.code or known.form} in {known_where}")
        elif strong and not known.strong:
            meanings[phrase] = name, where
    raise_faults(faults)
    return {phrase: name for phrase, (name, _) in meanings.items()}


@cache
def _matcher() -> Matcher[_Name]:
    return Matcher(_meanings().items())


# Words of their own in lower case; weak bodies and parties ("congress", "labour party") are left out there as well.
_NOT_LOWER = {
    "US", "Polish", "Pole", "Poles", "Lao", "Brit", "Finn", "Finns", "Male", "Pope", "Kiwi", "Car", "CAR", "Jersey",
    "Reunion", "Turk", "Lett", "Arg", "FRY",
}


@cache
def _lower_matcher() -> Matcher[_Name]:
    plain = (
        (phrase, name)
        for phrase, name in _meanings().items()
        if phrase not in _NOT_LOWER and (name.strong or name.form in ("name", "demonym", "capital"))
    )
    return Matcher(plain, lower=True)
