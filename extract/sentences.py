"""Where sentences start, by marks, lines and abbreviations: the same in a text that is parsed and one that is not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from extract.gazetteer import Row, read_table

SORTS = ("title", "numbered", "state", "opener")
_FINAL = frozenset(".!?")
_CLOSERS = frozenset("\"')]}*")
_QUOTES = frozenset("\"'")
_WITHIN = frozenset(",;:.!?…%/&")
_INITIAL = re.compile(r"[A-Z]\.\Z")


@cache
def abbreviations() -> dict[str, frozenset[str]]:
    """Return the abbreviations after which no sentence starts, and the words that start one: sort -> in lower case.

    Raises InputError naming faults in the table.
    """

    def check(row: Row) -> Iterator[str]:
        if row["sort"] not in SORTS:
            yield f"sort: {row['sort']!r} is not one of {', '.join(SORTS)}"
        if row["words"] != row["words"].lower():
            yield "words: not in lower case"

    found: dict[str, set[str]] = {sort: set() for sort in SORTS}
    for row in read_table("abbreviations.tsv", ("sort", "words"), check):
        found[row["sort"]].update(row["words"].split())
    return {sort: frozenset(words) for sort, words in found.items()}


def starts(words: Sequence[str], apart: Sequence[bool], lines: Collection[int], lower: bool) -> list[int]:
    """Return the numbers of the words with which sentences start, the first included.

    `apart` tells of each word whether a blank follows it, `lines` holds the numbers of words before which a line ends;
    `lower` tells a text without capitals. Words that are blanks count to the sentence before them.
    """
    found = [0] if words else []
    place = 0
    for index in range(1, len(words)):
        last = words[index - 1]
        if index > 1 and last not in _CLOSERS and not last.isspace():
            place = index - 1
        before = words[place]
        if before[-1:] in _FINAL or index in lines:
            if before == "." and place and not apart[place - 1]:
                before = words[place - 1] + before
            begins = _begins(words[index], lower and not words[index].isspace(), apart[index - 1] or last.isspace())
            if begins and _may_start(before, words[index]) and not _opens(words[found[-1] : index]):
                found.append(index)
    return found


def _begins(word: str, lower: bool, apart: bool) -> bool:
    """Tell whether a word looks like the first of a sentence: a capital, a figure, an opening mark."""
    if word in _CLOSERS:
        return word in _QUOTES and apart
    return not word.isspace() and word[:1] not in _WITHIN and (lower or not word[:1].islower())


def _may_start(before: str, text: str) -> bool:
    """Tell whether a sentence may start with the word `text` after what `before` ends.

    Not after a title or a month ("Gen. Smith", "Feb. 28"), nor, unless a word follows that opens sentences, after an
    initial ("John F. Kennedy", "S. Korea"), a state ("U.S. President") or the like.
    """
    word = before.lower()
    sorts = abbreviations()
    if word in sorts["title"]:
        return False
    if word in sorts["numbered"] and text[:1].isdigit():
        return False
    opens = text in _QUOTES or (not text.islower() and text.lower() in sorts["opener"])
    return opens or not (word in sorts["state"] or _INITIAL.match(before))


def _opens(words: Sequence[str]) -> bool:
    """Tell whether words only open a sentence: blanks, or the mark before its first word."""
    return len(words) <= 2 and all(word in _CLOSERS or word.isspace() for word in words)
