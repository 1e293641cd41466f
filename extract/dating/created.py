"""When an article was written: the value that the clues give, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from extract import edtf
from extract.model import Span


@dataclass(frozen=True, slots=True)
class CreationTime:
    """When an article was written: an EDTF value, the stable name of its basis, the passage it rests on, a sentence.

    `news_day` is the day (ISO) of its news where the opening tells one shortly before the article's own.
    """

    value: str
    basis: str
    evidence: Span | None
    explanation: str
    news_day: str | None = None


UNKNOWN = CreationTime(edtf.UNKNOWN, "unknown", None, "nothing in the document tells when it was written")
