"""Knowledge at the door: reads and checks the tables in `extract/data`, and finds their phrases in text.

A table is a TSV file in UTF-8: lines that start with `#` are comments, the first other line names the columns, and
every further line is a row. Within a cell `|` separates several values, and a value that ends in `?` is weak: it
counts only with other evidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Generic, TypeVar

from extract.model import InputError

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its file, its line there (from 1), and its cells by column, stripped."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the cell of `column` as text, empty when nothing stands there. Raises KeyError for no such column."""
        return self.cells[column]

    @property
    def where(self) -> str:
        """Return file and line, as an error message names them."""
        return f"{self.file}:{self.line}"

    def values(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell that `|` separates, with their `?` marks."""
        return tuple(part.strip() for part in self.cells[column].split("|")) if self.cells[column] else ()

    def marked(self, column: str) -> tuple[tuple[str, bool], ...]:
        """Return the values of a cell as (value, is it strong); the `?` of a weak one is taken off."""
        return tuple((value.removesuffix("?"), not value.endswith("?")) for value in self.values(column))


def raise_faults(faults: Sequence[str]) -> None:
    """Raise one InputError that lists all `faults`, a line each, in the order given; return when there are none."""
    if faults:
        raise InputError("\n".join(faults))


def read_table(
    name: str, columns: Sequence[str], check: Callable[[Row], Iterable[str]] | None = None, text: str | None = None
) -> list[Row]:
    """Read the table `name` of `extract/data`, which must have exactly `columns`, in that order.

    `check` gives the reasons why a row cannot be used (none when it can). `text` stands in for the file's contents.
    Raises one InputError that names file, line and reason of every fault: a missing file, wrong columns, rows of
    another width, empty values, white space at the ends of cells, and what `check` says.
    """
    if text is None:
        try:
            text = resources.files("extract").joinpath("data", name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{name}: cannot be read: {error}") from error
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip() and not line.startswith("#")]
    if not lines or lines[0][1].split("\t") != list(columns):
        first = lines[0][0] if lines else 1
        raise InputError(f"{name}:{first}: the first row must name the columns {', '.join(columns)}")
    faults: list[str] = []
    rows: list[Row] = []
    for number, line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(columns):
            faults.append(f"{name}:{number}: {len(cells)} cells where there are {len(columns)} columns")
            continue
        row = Row(name, number, dict(zip(columns, (cell.strip() for cell in cells), strict=True)))
        reasons = [*_cell_faults(row, cells), *(check(row) if check else ())]
        faults += [f"{row.where}: {reason}" for reason in reasons]
        rows.append(row)
    raise_faults(faults)
    return rows


def _cell_faults(row: Row, cells: Sequence[str]) -> Iterator[str]:
    for (column, cell), raw in zip(row.cells.items(), cells, strict=True):
        if cell != raw:
            yield f"{column}: white space at an end of {raw!r}"
        if ("|" in cell or cell == "?") and not all(value.removesuffix("?") for value in row.values(column)):
            yield f"{column}: an empty value in {cell!r}"


@dataclass(frozen=True, slots=True)
class Match(Generic[Value]):
    """A phrase found: half-open offsets into the text, and the value that belongs to the phrase."""

    start: int
    end: int
    value: Value


class _Node(Generic[Value]):
    """A step of the trie: what may follow, keyed by the sort of gap and the word, and the value of a phrase's end."""

    __slots__ = ("next", "value")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Value]] = {}
        self.value: Value | None = None


_APOSTROPHES = "'’‘ʼ`´"
_WORD = r"[^\W_]++"
# Possessive quantifiers: a long run of blanks is read once. One line break is a blank, an empty line is not.
_BLANK = r"[^\S\n]*+\n?+[^\S\n]*+"
_GAP = rf"(?:\.{_BLANK}|,{_BLANK}|[{_APOSTROPHES}]{_BLANK}|{_BLANK}[&(]{_BLANK}|[-‐‑–+/]\n?+|{_BLANK})"
_STEP = re.compile(f"({_GAP})({_WORD})")
_CAPITALIZED = re.compile(r"[^\W\da-z_][^\W_]*+")
_ANY_WORD = re.compile(r"[^\W\d_][^\W_]*+")
_PHRASE = re.compile(rf"{_ANY_WORD.pattern}(?:{_GAP}{_WORD})*[.)+]?")
_TAILS = (".", ")", "+")
_SMALL = {"of", "and", "the", "for", "de", "la", "in", "on"}


def _gap(written: str) -> str:
    """Return the sort of a gap between words: `.` `,` `'` `&` `(` `+` `/` `-` or a blank."""
    bare = written.strip()
    if not bare:
        return " "
    return "'" if bare in _APOSTROPHES else "-" if bare in "-‐‑–" else bare


def unaccented(text: str) -> str:
    """Return `text` with its accents taken off; the result may be of another length."""
    if text.isascii():
        return text
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.translate(str.maketrans("øØłŁıđĐ", "oOlLidD"))


_BRITISH = (("ization", "isation"), ("Defense", "Defence"), ("Program ", "Programme "), ("Labor", "Labour"))


def spellings(phrase: str) -> Iterator[str]:
    """Yield `phrase` in the ways it is written: American and British, without accents, with `&`, in capitals.

    "Saint Lucia" also gives "St. Lucia", "St Lucia", and all of them in capitals, as headlines have them.
    """
    forms = [phrase]
    if phrase.startswith(("Saint ", "St. ")):
        rest = phrase.partition(" ")[2]
        forms = [f"{saint} {rest}" for saint in ("Saint", "St.", "St")]
    for american, british in _BRITISH:
        for one, other in ((american, british), (british, american)):
            forms += [form.replace(one, other) for form in forms if one in form]
    if " and " in phrase:
        forms += [form.replace(" and ", " & ") for form in forms]
    if not phrase.isascii():
        forms += [plain for form in list(forms) if (plain := unaccented(form)) != form]
    yield from forms
    for form in forms:
        if (capitals := form.upper()) != form and len(capitals) > 3:
            yield capitals


def phrase_fault(phrase: str) -> str | None:
    """Return why a Matcher cannot find `phrase` (it must be words, the first of letters), or None."""
    return None if _PHRASE.fullmatch(phrase) else f"{phrase!r} is not a phrase of words that begins with a letter"


class Matcher(Generic[Value]):
    """Finds many phrases in text at once: whole words, leftmost and longest first, in time linear in the text.

    Case counts, except that every phrase is also found in capitals; blanks, one line break and hyphens between words
    are alike; accents may be missing. A possessive `'s` is never part of a match.
    """

    def __init__(self, phrases: Iterable[tuple[str, Value]], *, lower: bool = False) -> None:
        """Build from (phrase, value) pairs; of two values for one spelling the first stays.

        `lower` makes a matcher of lower-case text instead. Phrases must be free of `phrase_fault`.
        """
        self._root: dict[str, _Node[Value]] = {}
        for phrase, value in phrases:
            for form in spellings(phrase):
                self._add(form.lower() if lower else form, value)
        # Most names begin with a capital, so that other words need no look; "eSwatini" is named to the scan.
        others = sorted(word for word in self._root if not _CAPITALIZED.fullmatch(word))
        named = f"|(?:{'|'.join(others)})(?![^\\W_])" if others else ""
        self._word = _ANY_WORD if lower else re.compile(_CAPITALIZED.pattern + named)

    def _add(self, phrase: str, value: Value) -> None:
        first = _ANY_WORD.match(phrase)
        assert first, phrase
        node = self._root.setdefault(first[0], _Node())
        position = first.end()
        while step := _STEP.match(phrase, position):
            node = node.next.setdefault(_gap(step[1]) + step[2], _Node())
            position = step.end()
        if phrase[position:] in _TAILS:
            node = node.next.setdefault(phrase[position:], _Node())
        if node.value is None:
            node.value = value

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match[Value]]:
        """Yield the matches within `text[start:end]` in order, none overlapping another."""
        end = len(text) if end is None else min(end, len(text))
        root, done = self._root, start
        for word in self._word.finditer(text, start, end):
            node = root.get(word[0])
            if node is None or (begin := word.start()) < done or (begin and _joins(text, begin - 1)):
                continue
            found = self._longest(node, text, word.end(), end)
            if found:
                done = found[0]
                yield Match(begin, done, found[1])

    def _longest(self, node: _Node[Value], text: str, position: int, end: int) -> tuple[int, Value] | None:
        best: tuple[int, Value] | None = None
        while True:
            if node.value is not None and (position == len(text) or position < end or not _joins(text, position)):
                best = position, node.value
            if not node.next:
                return best
            tail = text[position] if position < end else ""
            stop = node.next.get(tail) if tail in _TAILS else None
            if stop is not None and stop.value is not None:
                best = position + 1, stop.value
            step = _STEP.match(text, position, end)
            following = _follow(node, step) if step else None
            if step is None or following is None:
                return best
            node, position = following, step.end()


def _joins(text: str, position: int) -> bool:
    return text[position].isalnum()


def _follow(node: _Node[Value], step: re.Match[str]) -> _Node[Value] | None:
    gap, word = _gap(step[1]), step[2]
    following = node.next.get(gap + word)
    if following is None and gap in " -":
        following = node.next.get((" " if gap == "-" else "-") + word)
    if following is None and word.lower() in _SMALL and word.istitle():
        following = node.next.get(gap + word.lower())
    return following
