"""Plain text: its characters with universal newlines; what a page's source or a narrow screen left in it is mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from itertools import pairwise

from extract.model import InputError
from extract.reading.encoding import decode
from extract.reading.file import File
from extract.reading.made import Made

READER = "Plain text"
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SPACES = dict.fromkeys("\u00a0\u2002\u2003\u2009", " ") | dict.fromkeys("\u00ad\u200b\u200c\u200d", "")
_LIST_ITEM = re.compile(r"\s*(?:[-*+•–>#|]|\d{1,3}[.)]\s|\(?[a-z]\)\s)")
_NARROW, _WIDE = 55, 100
_FEW_BREAKS = 6
_MOST_BREAKS = 0.6


def read_text(file: File) -> Iterator[Made]:
    """Yield the text of a file.

    Raises InputError with the place and the reason when it is unreadable, empty, or in an encoding that cannot be told.
    """
    data = file.data()
    text, encoding = decode(data)
    if "\0" in text:
        raise InputError(f"character {text.index(chr(0))}: holds NUL characters; not a text file")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    mended, notes = mend(text)
    exact = mended == text and encoding == "UTF-8"
    yield Made(file.name, mended, READER, encoding, notes=notes, original=data if exact or not text.strip() else None)


def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the two faults that plain text often has, and a note on each that was mended."""
    notes = []
    plain = without_entities(text)
    if plain != text:
        notes.append("Codes of web pages (such as “&nbsp;”) were replaced by their characters.")
    whole = unwrapped(plain)
    if whole != plain:
        notes.append("Lines that were broken at one width were joined.")
    return whole, tuple(notes)


def without_entities(text: str) -> str:
    """Replace the codes that web pages have for characters: "talks with&nbsp;Kenya&rsquo;s minister"."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    code = match.group(1)
    if code.startswith("#"):
        number = int(code[2:], 16) if code[1] in "xX" else int(code[1:])
        fits = 32 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
        found = chr(number) if fits else match.group()
    else:
        found = html5.get(f"{code};", match.group())
    return str(_SPACES.get(found, found))


def unwrapped(text: str) -> str:
    """Join the lines of a text that was broken at one width throughout; nothing changes its place.

    A line was broken there if it is no longer than the width, and the next word would have made it longer. Where most
    line breaks are such, the text was broken by a machine; else every line break stays.
    """
    lines = text.split("\n")
    spans = {
        at: (len(line.rstrip()), len(line.rstrip()) + len(following.split()[0]))
        for at, (line, following) in enumerate(pairwise(lines))
        if line.strip() and following.strip()
    }
    if len(spans) < _FEW_BREAKS:
        return text
    fits = [0] * (_WIDE + 2)
    for first, last in spans.values():
        for width in range(max(first, _NARROW), min(last, _WIDE) + 1):
            fits[width] += 1
    width = max(range(_NARROW, _WIDE + 1), key=fits.__getitem__)
    if fits[width] < _MOST_BREAKS * len(spans):
        return text
    joined = [
        " " if at in spans and spans[at][0] <= width <= spans[at][1] and not _LIST_ITEM.match(lines[at + 1]) else "\n"
        for at in range(len(lines) - 1)
    ]
    return "".join(part for pair in zip(lines, [*joined, ""], strict=True) for part in pair)
