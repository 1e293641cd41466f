"""Whether two names may be one person's: full and short forms, nicknames, and spellings taken from other scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from extract.gazetteer import Row, read_table
from extract.mentions.name_words import fold, name_parts

_FULL = 2
_LONG = 5
_TELLING = 3
# One sound, written in several ways where a name comes from another script, in the order in which they are applied.
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"[cgqk]+"), "k"),
    (re.compile(r"w"), "v"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=.)[aeiouyh]"), ""),
)


@lru_cache(maxsize=20_000)
def words_of_name(name: str) -> tuple[str, ...]:
    """Return the folded words by which a name is compared, in order: no initials, particles or suffixes."""
    return name_parts(name.replace("-", " "))


@lru_cache(maxsize=50_000)
def same_name(one: str, other: str) -> bool:
    """Tell whether two names, without titles, may be one person's.

    "Antony J. Blinken" and "Blinken", "Moammar Gadhafi" and "Muammar Qaddafi", "Bill Clinton" and "William Clinton";
    not "Wang Yi" and "Wang Huning", "Raul Castro" and "Fidel Castro", "Kim Jong Il" and "Kim Jong Un".
    """
    short, long = sorted((words_of_name(one), words_of_name(other)), key=len)
    if not short:
        return False
    shared = sum(any(alike(word, another) for another in long) for word in short)
    if len(short) < _FULL or shared == len(short):
        return shared > 0
    if alike(short[-1], long[-1]):
        return shared >= _FULL or _same_given(short[0], long[0])
    # Of names as long as one another, the last word tells brothers, fathers and sons apart.
    return shared >= _FULL and len(short) < len(long)


def _same_given(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or other in _nicknames().get(one, ()) or one in _nicknames().get(other, ())


@lru_cache(maxsize=50_000)
def alike(one: str, other: str) -> bool:
    """Tell whether two folded words of names are one, or spellings of one: Zelensky, Zelenskyy; Haniya, Haniyeh."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG:
        return False
    ours, theirs = _sounds(one), _sounds(other)
    return ours == theirs and (len(ours) >= _TELLING or one[: _LONG - 1] == other[: _LONG - 1])


def _sounds(word: str) -> str:
    """Return what stays of a word where vowels go and each sound has one letter: "qaddafi" and "gadhafi" give kdf."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    """Load given names with their short forms. Raises InputError naming faults in the table."""

    def check(row: Row) -> Iterator[str]:
        for word in (row["name"], *row["short"].split()):
            if fold(word) != word:
                yield f"{word!r} is not folded"

    rows = read_table("nicknames.tsv", ("name", "short"), check)
    return {row["name"]: frozenset(row["short"].split()) for row in rows}
