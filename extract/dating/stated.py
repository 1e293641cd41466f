"""The date that the user states beside a document, and the date that its text tells: which of the two holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from extract import edtf
from extract.dating.created import CreationTime

BASIS = "list of documents"
"""The name of the basis, as users read it: a sidecar is their list of documents."""
_OWN = ("header", "dateline")
_LATE_AT_MOST = 3
"""Days between the day of a dateline and that of publication; further apart one of the two is no date of the text."""


def beside_stated(stated: str, own: CreationTime) -> CreationTime:
    """Return the creation time of an article of which the user states the EDTF date `stated`.

    What is stated holds, for whoever states it can see the document. But where the header or the dateline tells a day
    up to three days before, that is the day of writing, and the stated one that of publication; and a day that the text
    tells stays within a month or year that is stated.
    """
    agrees = own.value != edtf.UNKNOWN and edtf.compatible(stated, own.value)
    if edtf.precision(stated) == "day":
        days_late = _days_late(stated, own.value)
        if days_late is not None and own.basis in _OWN and 0 < days_late <= _LATE_AT_MOST:
            return replace(own, explanation=f"{own.explanation}; the list of documents says {stated}")
    elif agrees and edtf.precision(own.value) == "day":
        return replace(own, explanation=f"{own.explanation}, within what the list of documents says ({stated})")
    other = "" if agrees or own.value == edtf.UNKNOWN else f"; the text itself would give {own.value}"
    return CreationTime(stated, BASIS, None, f"{stated} is told by: {BASIS}{other}")


def _days_late(stated: str, own: str) -> int | None:
    if edtf.precision(own) != "day":
        return None
    return (dt.date.fromisoformat(stated) - dt.date.fromisoformat(own)).days
