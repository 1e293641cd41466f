"""A cell that names persons -> names and offices: "President Sam Nujoma and Prime Minister Hage Geingob" are two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.name_words import Word, words_of
from extract.mentions.title_words import lexicon, longest
from extract.mentions.titles_of_office import TitleReader

_JOINT = re.compile(r" and |, ")
_LOOSE_HYPHEN = re.compile(r"(?<=\w)- (?=\w)")


def persons_in(cell: str, separator: str | None, titled: bool = True) -> list[tuple[str, str | None]]:
    """Return (name, office) of each person of a cell; those without a name are left out.

    Persons stand between `separator`; where none is given, a comma or "and" before another office parts them. Names
    that are not `titled` hold no office: "Dean Acheson" was no dean.
    """
    cell = _LOOSE_HYPHEN.sub("-", cell)
    if not titled:
        names = cell.split(separator) if separator else [cell]
        return [(name.strip(), None) for name in names if name.strip()]
    pieces = [piece.strip() for piece in cell.split(separator)] if separator else list(_apart(cell))
    read = (_read(piece) for piece in pieces)
    return [(name, role) for name, role in read if name]


def _apart(cell: str) -> Iterator[str]:
    start = 0
    for joint in _JOINT.finditer(cell):
        before, after = cell[start : joint.start()], cell[joint.end() :]
        if _office(after) is not None and _read(before)[0]:
            yield before
            start = joint.end()
    yield cell[start:]


def _office(text: str) -> tuple[list[Word], int] | None:
    """Return the words of a text and the index after the office that opens it, or None where none does."""
    words = words_of(text, 0, len(text))
    title = TitleReader(words, {}).read(0) if words else None
    return (words, title.end) if title is not None else None


def _read(piece: str) -> tuple[str, str | None]:
    """Return the name and the office of "Prime Minister Dr. Hubert Minnis"; the name is empty where none follows."""
    found = _office(piece)
    if found is None:
        return _bare(words_of(piece, 0, len(piece)), 0, piece), None
    words, end = found
    return _bare(words, end, piece), piece[: words[end - 1].end].strip()


def _bare(words: list[Word], start: int, piece: str) -> str:
    """Return what follows from a word on, without "Dr." and the like."""
    while start < len(words):
        honorific = longest(words, start, lexicon().honorifics)
        if honorific is None:
            return piece[words[start].start :].strip(" ,;")
        start = honorific[0]
    return ""
