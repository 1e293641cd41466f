"""Word lists that the event rules share with nobody else, from data/lexicon.tsv."""

from __future__ import annotations

from functools import cache

from extract.gazetteer import Row, read_table


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {
        row["name"]: frozenset(row["words"].split()) for row in read_table("lexicon.tsv", ("name", "words"), _faults)
    }


def _faults(row: Row) -> list[str]:
    words = row["words"].split()
    return [f"words: {word!r} stands twice" for word in sorted({w for w in words if words.count(w) > 1})]


def lexicon(name: str) -> frozenset[str]:
    """Return the word list of this name, as lemmas in lower case. Raises KeyError when there is none."""
    return _lists()[name]
