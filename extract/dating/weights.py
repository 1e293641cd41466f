"""How much each clue to a date counts: the tables `data/dating_clues.tsv` and `data/dating_years.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.gazetteer import Row, read_table


@cache
def clue_weights() -> dict[str, tuple[float, str]]:
    """Read the weight and the basis of each clue; raises InputError naming every faulty line."""
    rows = read_table("dating_clues.tsv", ("clue", "weight", "basis", "reason"), _weight_faults)
    return {row["clue"]: (float(row["weight"]), row["basis"]) for row in rows}


@cache
def year_weights() -> dict[str, float]:
    """Read the weight of each clue to the year; raises InputError naming every faulty line."""
    rows = read_table("dating_years.tsv", ("clue", "weight", "reason"), _weight_faults)
    return {row["clue"]: float(row["weight"]) for row in rows}


def _weight_faults(row: Row) -> Iterator[str]:
    if not re.fullmatch(r"-?\d{1,3}(?:\.\d)?", row["weight"]):
        yield f"weight: {row['weight']!r} is not a number"
