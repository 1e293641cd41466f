"""Corrections: what analysts decide about events, kept apart from the extraction and laid over its results."""

from extract.corrections.affected import review
from extract.corrections.entries import ACTIONS, REASON_AT_MOST, Conflict, Correction, OutOfReach, active
from extract.corrections.journal import Journal
from extract.corrections.overlay import Review, Reviewed, differing, joined, lay_over

__all__ = [
    "ACTIONS", "REASON_AT_MOST", "Conflict", "Correction", "Journal", "OutOfReach", "Review", "Reviewed", "active",
    "differing", "joined", "lay_over", "review",
]
