"""What is on the screen as a file to take home."""

from __future__ import annotations

import datetime as dt

import pandas as pd

# A spreadsheet takes a cell that begins with one of these for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV in UTF-8 with a mark of its encoding, as spreadsheets want it.

    Lists become words with semicolons between, days 2024-02-28. Text that a spreadsheet would run as a formula
    gets an apostrophe.
    """
    written: str = frame.map(_cell).to_csv(index=False)
    return written.encode("utf-8-sig")


def _cell(value: object) -> object:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dt.datetime) and not pd.isna(value):
        return value.date().isoformat()
    if isinstance(value, list):
        value = "; ".join(str(part["name"] if isinstance(part, dict) else part) for part in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
