"""Bytes to text: what a file says itself comes first, UTF-8 next; a guess is made only where it fits, and is told."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from itertools import islice

from charset_normalizer import from_bytes

from extract.model import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_LATIN = ("cp1252", "mac_roman", "cp1250", "iso8859_2", "cp850")
"""In this order: Windows of the west is by far the most frequent, and the web's own default."""
_NAMES = {"cp1252": "windows-1252", "mac_roman": "Mac Roman", "cp1250": "windows-1250", "iso8859_2": "ISO 8859-2",
          "cp850": "code page 850"}
_MOSTLY_ASCII = 0.15
_ODD_AT_MOST = 0.02
_COHERENT = 0.1
_FEW_BYTES = 8
_LOOKED_AT = 20_000
"""Letters and signs beyond ASCII by which an encoding is judged."""
_LONGEST_WORD = 60
_ASCII = bytes(range(0x80))
_SAMPLE = 1_000_000
_WORD = re.compile(r"[^\W\d_]+")
_TYPOGRAPHY = frozenset("\u2018\u2019\u201c\u201d\u201e\u201a\u2013\u2014\u2026\u2022\u20ac\u00a3\u00a7\u00b0\u00ab"
                        "\u00bb\u00a9\u00ae\u2122\u00bd\u00bc\u00be\u00b7\u00a0\u00ad\u2020\u00d7\u00b1\u00ba\u00aa\u00bf\u00a1")
_OPENING, _CLOSING = "\u201c\u2018\u00ab\u201e\u201a", "\u201d\u00bb"


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding, with "(guessed)" where the file does not tell it.

    `declared` is what the file says of itself in another way than by a byte order mark, as web pages do. Raises
    InputError with the byte and the reason where no encoding can be told.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], codec, name, len(mark)), f"{name} (byte order mark)"
    if len(data) >= 2 * _FEW_BYTES and data.count(0) > len(data) / 5 and (found := _wide(data)):
        return found
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        return _declared(data, declared) or _guessed(data, error)


def _strictly(data: bytes, codec: str, name: str, skipped: int) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start + skipped}: not {name} text ({error.reason})") from error


def _declared(data: bytes, declared: str | None) -> tuple[str, str] | None:
    """Decode as the file says; browsers read what calls itself Latin-1 as Windows' extension of it, and so do we."""
    if declared is None:
        return None
    label = declared.strip().strip("\"'").lower()
    label = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
             "gb2312": "gb18030", "gbk": "gb18030", "x-sjis": "cp932", "shift_jis": "cp932", "ks_c_5601-1987": "cp949",
             "euc-kr": "cp949", "iso-8859-9": "cp1254", "tis-620": "cp874"}.get(label, label)
    try:
        text = data.decode(label)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return (text, declared.strip()) if isinstance(text, str) else None


def _wide(data: bytes) -> tuple[str, str] | None:
    """Return UTF-16 that has no mark, or None: its letters of every second byte are zero."""
    for codec, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if len(data) % 2 == 0 and zeros.count(0) > len(zeros) / 2:
            try:
                return data.decode(codec), "UTF-16 (guessed)"
            except UnicodeDecodeError:
                continue
    return None


def _guessed(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    high = len(data.translate(None, _ASCII))
    if len(data) >= _FEW_BYTES and high <= _MOSTLY_ASCII * len(data):
        for codec in _LATIN:
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if _odd(text) <= _ODD_AT_MOST:
                return text, f"{_NAMES[codec]} (guessed)"
    elif len(data) >= _FEW_BYTES:
        # Every encoding is tried on what it is shown: of a large file its beginning, up to the end of a line.
        best = from_bytes(data[: data.rfind(b"\n", 0, _SAMPLE) + 1] if len(data) > _SAMPLE else data).best()
        if best is not None and best.coherence >= _COHERENT:
            with suppress(UnicodeDecodeError):
                return data.decode(best.encoding), f"{best.encoding.replace('_', '-')} (guessed)"
    raise InputError(
        f"byte {error.start}: not UTF-8 text ({error.reason}), and in which other encoding it is written cannot be told"
    )


def _odd(text: str) -> float:
    """Return the share of the letters and signs beyond ASCII that stand where none would: "Waùêsa", "PeruÕs"."""
    high = list(islice(re.finditer(r"[^\x00-\x7f]", text), _LOOKED_AT))
    odd = 0
    for match in high:
        at, char = match.start(), match.group()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if char in _TYPOGRAPHY:
            odd += (char in _OPENING and before.isalnum()) or (char in _CLOSING and after.isalnum())
            odd += char in "\u00ba\u00aa\u00b1\u00be\u00bc\u00bd\u00bf\u00a1\u00a9\u00ae\u2122" and before.isalpha()
        elif not char.isalpha():
            odd += 1
        else:
            odd += not _well_spelt(text, at)
    return odd / max(len(high), 1)


def _well_spelt(text: str, at: int) -> bool:
    """Tell whether the word around a letter is all small, all capital or begins with its only capital."""
    start, earliest = at, max(0, at - _LONGEST_WORD)
    while start > earliest and text[start - 1].isalpha():
        start -= 1
    match = _WORD.match(text, start, at + _LONGEST_WORD)
    word = match.group() if match else ""
    return len(word) > 1 and (word.islower() or word.isupper() or word[1:].islower())
