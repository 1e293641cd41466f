"""Whether a text is in English, for which the extraction is made: what is said of it, and its commonest words."""

from __future__ import annotations

import re

from babel import Locale

_COMMON = frozenset(re.findall(r"\w+", """
    the of and to in a for on that with was is by as at from his he has have it be will this are an which their were
"""))
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_LATIN = re.compile(r"[^\u0000-\u024f]+")
_LOOKED_AT = 10_000
_FEW = 50
_SHARE = 0.12
"""English prose has 30 to 45 % of these words, bare lists in English 12 to 20 %, other languages below 8 %."""


def code_of(language: str | None) -> str | None:
    """Return the ISO code of a language named by a tag ("en-GB") or in English ("French"); else what it is called."""
    if language is None or not language.strip():
        return None
    said = language.strip().lower()
    return {name.lower(): code for code, name in Locale("en").languages.items()}.get(said) or re.split("[-_]", said)[0]


def name_of(code: str) -> str:
    """Return the English name of a language, or its code where it has none."""
    return str(Locale("en").languages.get(code, code))


def reads_english(text: str) -> bool | None:
    """Tell whether a text reads like English; None where it is too short to tell."""
    part = text[:_LOOKED_AT]
    words = _WORD.findall(part.lower())
    letters = "".join(words)
    if len(letters) >= _FEW and len(_BEYOND_LATIN.sub("", letters)) < len(letters) / 2:
        return False
    if len(words) < _FEW:
        return None
    return sum(word in _COMMON for word in words) >= _SHARE * len(words)
