"""Text of documents made fit for files: on one line, without characters that steer; and names of files."""

from __future__ import annotations

import re
import unicodedata

# Marks that turn the direction of writing: a name could read as another beyond its own cell or line.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_NAME_AT_MOST = 60


def flat(text: str) -> str:
    """Return text on one line, without control characters and without marks that turn the direction of writing.

    Joiners, without which Persian or Hindi would be misspelt, stay.
    """
    kept = "".join(
        " " if unicodedata.category(char) in ("Cc", "Cs", "Cn", "Zl", "Zp") else char
        for char in text if char not in _TURNING
    )
    return " ".join(kept.split())


def safe_name(*words: str, ending: str) -> str:
    """Return the name of a file made of words: small ASCII letters, digits and hyphens, and the ending given."""
    folded = unicodedata.normalize("NFKD", "-".join(word for word in words if word))
    plain = "".join(char for char in folded if not unicodedata.combining(char)).lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_NAME_AT_MOST].strip("-")
    return f"{name or 'readout'}.{ending}"
