"""The numbers on the screen as a file to take home."""

from __future__ import annotations

import pandas as pd

from extract.exports import to_csv


def csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV, written as every other: what is missing is an empty cell."""
    rows = (map(_plain, row) for row in frame.itertuples(index=False, name=None))
    return to_csv([str(name) for name in frame.columns], map(list, rows))


def _plain(value: object) -> object:
    if hasattr(value, "tolist"):
        value = value.tolist()
    return None if not isinstance(value, list | dict) and pd.isna(value) else value
