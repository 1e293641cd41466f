"""Words and runs of words that can be a person's name, within one paragraph of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.gazetteer import Row, read_table, unaccented
from extract.language import plain

_LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*+"
_SHORT = "Mr|Mrs|Ms|Mme|Dr|Gen|Lt|Col|Maj|Capt|Adm|Sgt|Sen|Rep|Gov|St|Prof|Rev|Hon|Amb|Pres|Brig|Sec|Msgr|Messrs|Jr|Sr|Ma|Md|Cmdr"
_WORD = re.compile(
    r"(?P<letters>(?:[A-Z]\.){2,}(?:[A-Z]\b(?!'))?|[A-Z]\.(?=\s*[A-Z\"(,-]))"
    rf"|(?P<short>(?:{_SHORT})\.)"
    rf"|(?P<word>{_LETTERS}(?:(?:-|'(?!s\b)){_LETTERS})*+)"
    r"|(?P<own>'s\b)|(?P<number>\d[\d.,]*+)|(?P<mark>[^\s\w])"
)
_SPECIAL = str.maketrans("øØłŁıİđĐßðþ", "oOlLiIdDsdt")
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr."))
_ROMAN = re.compile(r"(?:I{1,3}|IV|VI{1,3}|IX|XI{1,3}|X{2,3}I{0,3}|XI?V|XVI)\Z")
_ARTICLES = frozenset(("al", "el", "ul", "bin", "ibn", "bint"))
SORTS = ("stop", "verb", "also_name", "particle", "family_first", "common")


class Word(NamedTuple):
    """A word or mark: as written, folded (no accents, lower case), document offsets, shape.

    `shape` is `A` for capitals only (two letters or more), `a` for a capitalised word, `I` for initials, `-` for others.
    """

    text: str
    key: str
    start: int
    end: int
    shape: str


def fold(text: str) -> str:
    """Return `text` in lower case without accents; "Škėlė" gives "skele"."""
    if text.isascii():
        return text.lower()
    return unaccented(text.translate(_SPECIAL)).lower()


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Split `text[start:end]` into words and marks; offsets are into `text`."""
    found = []
    for match in _WORD.finditer(plain(text[start:end])):
        written, sort = match[0], match.lastgroup
        if sort == "letters":
            shape = "I"
        elif sort in ("word", "short") and written[0].isupper():
            shape = "A" if len(written) > 1 and written.isupper() else "a"
        else:
            shape = "-"
        found.append(Word(written, fold(written), match.start() + start, match.end() + start, shape))
    return found


@cache
def word_sorts() -> dict[str, frozenset[str]]:
    """Return what is known of single words: sort -> folded words. Raises InputError naming faults in the table."""

    def check(row: Row) -> list[str]:
        faults = [] if row["sort"] in SORTS else [f"sort: {row['sort']!r} is not one of {', '.join(SORTS)}"]
        return faults + [f"words: {word!r} is not folded" for word in row["words"].split() if fold(word) != word]

    sorts: dict[str, set[str]] = {sort: set() for sort in SORTS}
    for row in read_table("name_words.tsv", ("sort", "words"), check):
        sorts[row["sort"]].update(row["words"].split())
    return {sort: frozenset(words) for sort, words in sorts.items()}


def name_parts(words: Sequence[Word] | str) -> tuple[str, ...]:
    """Return the folded parts by which names are compared: no initials, particles, marks or suffixes.

    "Nawaf al-Sabah" gives nawaf, sabah; "Ban Ki-moon" gives ban, ki, moon; "George W. Bush, Jr." gives george, bush.
    """
    if isinstance(words, str):
        words = words_of(words, 0, len(words))
    particles = word_sorts()["particle"]
    kept: list[str] = []
    for word in words:
        small = word.shape == "-" and word.key in particles
        if word.shape != "I" and not small and word.key not in _SUFFIXES and not _ROMAN.match(word.text):
            parts = word.key.replace("'", "").split("-")
            kept += [part for part in parts if len(part) > 1 and part.isalpha() and part not in _ARTICLES]
    return tuple(kept) or tuple(word.key for word in words if word.key.isalpha())


_LONGEST = 9


class NameReader:
    """Reads name runs in the words of one paragraph.

    `stops` are folded words that no name holds; `barred` are indices of words that belong to the name of a state.
    """

    def __init__(self, words: Sequence[Word], stops: frozenset[str], barred: frozenset[int]) -> None:
        """Take the words of a paragraph and what bars a name."""
        self._words = words
        self._stops = stops
        self._barred = barred
        sorts = word_sorts()
        self._particles, self._also = sorts["particle"], sorts["also_name"]
        self._capitals = bool(words) and sum(w.shape == "A" for w in words) * 2 > sum(w.shape in "Aa-" for w in words)

    def end(self, start: int, *, after_title: bool = False) -> int:
        """Return the index after the last word of the name that starts at `start`; `start` itself when none does.

        After a title, words that are names only sometimes count ("Prime Minister Major", "Mrs May").
        """
        words, index, last, size = self._words, start, start, len(self._words)
        while index < size and index - start < _LONGEST:
            word = words[index]
            if self._is_name(index, start, after_title):
                index = last = index + 1
            elif word.key in self._particles and self._leads_on(index):
                index += 1
            elif word.text == "-" and index > start and words[index - 1].key in ("al", "el"):
                index += 1
            elif word.text in "\"'" and last > start and self._is_nickname(index):
                index += 1
            elif last > start and (word.key in _SUFFIXES or _ROMAN.match(word.text)):
                index = last = index + 1
                break
            elif word.text == "," and last > start and index + 1 < size and words[index + 1].key in _SUFFIXES:
                index = last = index + 2
                break
            else:
                break
        return last if any(w.shape in "Aa" for w in words[start:last]) else start

    def _leads_on(self, index: int) -> bool:
        """A particle belongs to a name when a name goes on after it: "von der Leyen", "al-Sabah", "bin Zayed"."""
        for following in range(index + 1, min(index + 4, len(self._words))):
            word = self._words[following]
            if word.key not in self._particles and word.text != "-":
                return word.shape in "Aa" and self._is_name(following, index, True)
        return False

    def _is_nickname(self, index: int) -> bool:
        """A nickname in quotes stands within a name: Ivan "Vanya" Petrov."""
        words = self._words
        if words[index - 1].shape in "aA" and index + 2 < len(words) and words[index + 1].shape == "a":
            closing = next((k for k in range(index + 2, min(index + 4, len(words))) if words[k].text in "\"'"), 0)
            return bool(closing) and closing + 1 < len(words) and words[closing + 1].shape == "a"
        return index >= 2 and words[index - 2].text in "\"'" and words[index - 1].shape == "a"

    def _is_name(self, index: int, start: int, after_title: bool) -> bool:
        word = self._words[index]
        if word.shape == "-" or index in self._barred:
            return False
        if word.shape == "I":
            return index == start or self._words[index - 1].shape in "AaI"
        if word.key in self._stops:
            return word.key in self._also and (after_title or index > start) and not self._dated(index)
        if word.shape == "A" and not self._capitals and len(word.text) < 4 and index > start:
            return self._words[index - 1].shape == "A" and self._words[index - 1].text.isupper()
        return True

    def _dated(self, index: int) -> bool:
        return index + 1 < len(self._words) and self._words[index + 1].text[:1].isdigit()

