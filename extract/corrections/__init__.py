"""Corrections: what analysts decide about events, kept apart from the extraction and laid over its results."""

from extract.corrections.affected import review
from extract.corrections.journal import ACTIONS, Conflict, Correction, Journal, active
from extract.corrections.overlay import Review, Reviewed, differing, lay_over
from extract.corrections.reviewed import reviewed_gold

__all__ = [
    "ACTIONS", "Conflict", "Correction", "Journal", "Review", "Reviewed", "active", "differing", "lay_over",
    "review", "reviewed_gold",
]
