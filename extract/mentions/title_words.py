"""The words of office in `data/titles.tsv`, checked and made ready for the grammar that joins them to titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extract.gazetteer import Row, raise_faults, read_table
from extract.mentions.countries import is_country
from extract.mentions.name_words import Word, fold

PARTS = ("head", "not_alone", "modifier", "portfolio", "body", "honorific", "organization")
KINDS = (
    "state", "party", "military", "diplomatic", "royal", "igo", "spokesperson", "private", "open", "loose", "weak",
    "group", "",
)
_TRAILING = re.compile(r"'(?= |$)")
_Table = dict[str, list[tuple[tuple[str, ...], tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class TitleLexicon:
    """The words of office by part: phrases as first word -> (all words, (kind, value)), longest first."""

    heads: _Table
    honorifics: _Table
    organizations: _Table
    modifiers: frozenset[str]
    portfolios: frozenset[str]
    bodies: frozenset[str]
    not_alone: frozenset[str]
    single: frozenset[str]


@cache
def lexicon() -> TitleLexicon:
    """Load the words of office once. Raises InputError that names every faulty row."""

    def check(row: Row) -> list[str]:
        faults = [] if row["part"] in PARTS else [f"part: {row['part']!r} is not one of {', '.join(PARTS)}"]
        if row["kind"] not in KINDS:
            faults.append(f"kind: {row['kind']!r} is not one of {', '.join(KINDS)}")
        if row["part"] == "head" and row["value"] and not is_country(row["value"].removesuffix("?")):
            faults.append(f"value: {row['value']!r} is not an alpha-3 code of a state in the tables")
        return faults

    phrases: dict[str, dict[str, tuple[str, str]]] = {part: {} for part in PARTS}
    faults = []
    for row in read_table("titles.tsv", ("phrase", "part", "kind", "value"), check):
        for phrase in row.values("phrase"):
            if " " in phrase and row["part"] in ("modifier", "portfolio", "body"):
                faults.append(f"{row.where}: phrase: {phrase!r} is not a single word")
            if fold(phrase) in phrases[row["part"]]:
                faults.append(f"{row.where}: phrase: {phrase!r} stands in part {row['part']!r} already")
            phrases[row["part"]][fold(phrase)] = (row["kind"], row["value"])
    raise_faults(faults)
    single = {p for part in ("head", "modifier", "portfolio", "body") for p in phrases[part] if " " not in p}
    return TitleLexicon(
        _table(phrases["head"]), _table(phrases["honorific"]), _table(phrases["organization"]),
        frozenset(phrases["modifier"]), frozenset(phrases["portfolio"]), frozenset(phrases["body"]),
        frozenset(phrases["not_alone"]), frozenset(single),
    )


def _table(phrases: Mapping[str, tuple[str, str]]) -> _Table:
    table: _Table = {}
    for phrase, value in phrases.items():
        for words in _joinings(_TRAILING.sub(" '", phrase).split(" ")):
            table.setdefault(words[0], []).append((words, value))
    for entries in table.values():
        entries.sort(key=lambda entry: -sum(len(word) + 1 for word in entry[0]))
    return table


def _joinings(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Yield the phrase with its blanks as they are or as hyphens: vice president, vice-president."""
    if len(words) == 1 or len(words) > 4:
        return [tuple(words)]
    rest = list(_joinings(words[1:]))
    return [(words[0], *r) for r in rest] + [(f"{words[0]}-{r[0]}", *r[1:]) for r in rest]


def longest(words: Sequence[Word], index: int, table: _Table) -> tuple[int, tuple[str, str]] | None:
    """Return the index after the longest phrase of `table` at `index`, and its value, or None."""
    for phrase, value in table.get(words[index].key, ()):
        end = index + len(phrase)
        if end <= len(words) and all(words[index + k].key == phrase[k] for k in range(1, len(phrase))):
            return end, value
    return None
