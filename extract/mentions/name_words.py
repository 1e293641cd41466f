"""Words and runs of words that can be a person's name, within one paragraph of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extract.gazetteer import Row, read_table, unaccented
from extract.pieces import plain

# No possessive quantifiers around alternatives here: early releases of Python 3.11 match them wrongly now and then.
_LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*"
_SPECIAL = str.maketrans("øØłŁıİđĐßðþ", "oOlLiIdDsdt")
_ROMAN = re.compile(r"(?:I{1,3}|IV|VI{1,3}|IX|XI{1,3}|X{2,3}I{0,3}|XI?V|XVI)\Z")
_PLAIN_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*\Z")
SORTS = (
    "stop", "verb", "also_name", "particle", "article", "suffix", "postnominal", "abbreviation", "family_first",
    "common", "filler", "meeting", "travel", "sent", "partner", "office", "letterhead",
)


class Word(NamedTuple):
    """A word or mark: as written, folded (no accents, lower case), document offsets, shape.

    `shape` is `A` for capitals only (two letters or more), `a` for a capitalised word or "al-Sabah", `I` for initials,
    `-` for others.
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


_folded = lru_cache(maxsize=50_000)(fold)


@cache
def _pattern() -> re.Pattern[str]:
    """Compile what a word is: initials, an abbreviation with its dot, letters with hyphens, "'s", a number, a mark."""
    short = "|".join(sorted(word.capitalize() for word in word_sorts()["abbreviation"]))
    return re.compile(
        r"(?P<letters>(?:[A-Z]\.){2,}(?:[A-Z]\b(?!'))?|[A-Z]\.(?=\s*[A-Z\"(,-])|\ba\.i\.)"
        rf"|(?P<short>(?:{short})\.)"
        rf"|(?P<word>{_LETTERS}(?:(?:-|'(?!s\b)){_LETTERS})*)"
        r"|(?P<own>'s\b)|(?P<number>\d[\d.,]*+)|(?P<mark>[^\s\w\\])"
    )


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Split `text[start:end]` into words and marks; offsets are into `text`."""
    articles = word_sorts()["article"]
    found = []
    for match in _pattern().finditer(plain(text[start:end])):
        written, sort = match[0], match.lastgroup
        shape = "I" if sort == "letters" else _shape(written, articles) if sort in ("word", "short") else "-"
        found.append(Word(written, _folded(written), match.start() + start, match.end() + start, shape))
    return found


def _shape(written: str, articles: frozenset[str]) -> str:
    if written[0].isupper():
        return "A" if len(written) > 1 and written.isupper() else "a"
    article, _, rest = written.partition("-")
    return "a" if rest[:1].isupper() and article in articles else "-"


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


@cache
def _left_out() -> frozenset[str]:
    """Return the words that are no part of a name though they are written like one: "Jr", "Al"."""
    sorts = word_sorts()
    return sorts["suffix"] | (sorts["article"] & sorts["particle"])


def name_parts(words: Sequence[Word] | str) -> tuple[str, ...]:
    """Return the folded parts by which names are compared: no initials, particles, marks or suffixes.

    "Nawaf al-Sabah" gives nawaf, sabah; "Ban Ki-moon" gives ban, ki, moon; "George W. Bush, Jr." gives george, bush.
    """
    sorts = word_sorts()
    if isinstance(words, str):
        if _PLAIN_NAME.match(words):  # as nine of ten in the lists are
            keys = words.lower().split(" ")
            return tuple(key for key in keys if key not in _left_out()) or tuple(keys)
        words = words_of(words, 0, len(words))
    particles, suffixes, articles = sorts["particle"], sorts["suffix"], sorts["article"]
    kept: list[str] = []
    for word in words:
        small = word.shape == "-" and word.key in particles
        if word.shape != "I" and not small and word.key not in suffixes and not _ROMAN.match(word.text):
            parts = word.key.replace("'", "").split("-")
            small_words = articles if len(parts) > 1 else articles & particles
            kept += [part for part in parts if len(part) > 1 and part.isalpha() and part not in small_words]
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
        self._particles, self._articles, self._also = sorts["particle"], sorts["article"], sorts["also_name"]
        self._suffixes, self._postnominals = sorts["suffix"], sorts["postnominal"]
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
            elif self._joins(index, start, last):
                index += 1
            elif last > start and (word.key in self._suffixes or _ROMAN.match(word.text)):
                index = last = index + 1
                break
            elif word.text == "," and last > start and index + 1 < size and words[index + 1].key in self._suffixes:
                index = last = index + 2
                break
            else:
                break
        return last if any(w.shape in "Aa" for w in words[start:last]) else start

    def after_postnominals(self, index: int) -> int:
        """Return the index after letters behind a name ("Kevin Rudd MP", "Ann Lee, AM, QC"), or `index`."""
        words = self._words
        while index < len(words):
            at = index + 1 if words[index].text == "," else index
            if at >= len(words) or words[at].shape not in "AI" or words[at].key not in self._postnominals:
                break
            index = at + 1
        return index

    def _joins(self, index: int, start: int, last: int) -> bool:
        """Tell whether a word that is no name itself goes on inside one: "van", the hyphen of "al- Sabah", a quote."""
        word = self._words[index]
        if word.key in self._particles:
            return self._leads_on(index)
        if word.text == "-":
            before, after = self._words[index - 1], self._words[index + 1 : index + 2]
            broken = before.shape == "a" and before.end == word.start and bool(after) and after[0].shape == "a"
            return index > start and (before.key in self._articles or broken)
        return word.text in "\"'" and last > start and self._is_nickname(index)

    def _leads_on(self, index: int) -> bool:
        """A particle belongs to a name when a name goes on after it: "von der Leyen", "al-Sabah", "bin Zayed"."""
        for following in range(index + 1, min(index + 4, len(self._words))):
            word = self._words[following]
            if word.key not in self._particles and word.text != "-":
                return word.shape in "Aa" and self._is_name(following, index, True)
        return False

    def _is_nickname(self, index: int) -> bool:
        """A nickname in quotes stands within a name: Ivan "Vanya" Petrov."""
        words, size = self._words, len(self._words)
        before = index - 1 if words[index - 1].text in "\"'" else index
        if before >= 2 and words[before - 2].text in "\"'" and words[before - 1].shape == "a":
            return True
        if words[index - 1].shape in "aA" and index + 2 < size and words[index + 1].shape == "a":
            closing = next((k for k in range(index + 2, min(index + 4, size)) if words[k].text in "\"'"), size)
            closing += closing + 1 < size and words[closing + 1].text in "\"'"
            return closing + 1 < size and words[closing + 1].shape == "a"
        return False

    def _is_name(self, index: int, start: int, after_title: bool) -> bool:
        word = self._words[index]
        if word.shape == "-" or index in self._barred:
            return False
        if word.shape == "I":
            return (word.key not in self._postnominals and index == start) or self._words[index - 1].shape in "AaI"
        if index > start and word.shape == "A" and word.key in self._postnominals:
            return False
        if word.key in self._stops:
            return word.key in self._also and (after_title or index > start) and not self._dated(index)
        if word.shape == "A" and not self._capitals and len(word.text) < 4 and index > start:
            return self._words[index - 1].shape == "A" and self._words[index - 1].text.isupper()
        return True

    def _dated(self, index: int) -> bool:
        return index + 1 < len(self._words) and self._words[index + 1].text[:1].isdigit()

