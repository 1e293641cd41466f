"""Sums of money in a passage: what tells one pledge of aid from another."""

from __future__ import annotations

import re
from functools import cache

from extract.events.lexicon import lexicon

_SCALES = {"thousand": 3, "k": 3, "million": 6, "mln": 6, "m": 6, "billion": 9, "bln": 9, "bn": 9, "trillion": 12}
_NUMBER = r"(?P<number>\d{1,3}(?:[, ]\d{3}){1,7}|\d+(?:\.\d+)?)"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    scale = rf"(?:[\s-]?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b)?"
    names = "|".join(sorted(lexicon("amounts.currencies"), key=len, reverse=True))
    letters = "|".join(sorted(lexicon("amounts.letters")))
    before = rf"(?:[$€£¥₹]|\b(?:{letters})\b\.?)\s?{_NUMBER}{scale}"
    after = rf"(?<![\d.,]){_NUMBER}{scale}[\s-](?:\w+\.?[\s-]){{0,2}}?(?:{names}|{letters})\b"
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in (before, after))


def amounts(text: str) -> frozenset[str]:
    """Return the sums that a passage names, as plain numbers without their currency: "$1.5 million" gives 1500000."""
    found = set()
    for pattern in _patterns():
        for match in pattern.finditer(text):
            number = float(re.sub(r"[, ]", "", match["number"]))
            found.add(f"{number * 10 ** _SCALES.get((match['scale'] or '').lower(), 0):.0f}")
    return frozenset(found)
