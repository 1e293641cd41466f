"""Confidence: how likely an event is a real one of the text, by what speaks for it; calibrated by `readout train`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract import edtf
from extract.detection.model import shipped
from extract.events.coreference import Cluster, cluster_countries, cluster_date
from extract.model import KINDS, InputError

FILE = "confidence.json"
ALWAYS = "always"
"""The signal that every event has: its weight is the constant of the regression."""
_DIGITS = 2
_LOWEST = 0.005
_MANY = 4
_UNASKED = 0.5


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic regression from `signals` to the probability that an event is right, by signal."""

    weights: Mapping[str, float]

    def confidence(self, one: Cluster) -> float:
        """Return the confidence of an act, from 0 to 1, in hundredths."""
        return self.probability(signals(one))

    def probability(self, speaking: Mapping[str, float]) -> float:
        """Return the probability that goes with signals. Raises KeyError for one that was not calibrated."""
        total = sum(self.weights[name] * value for name, value in speaking.items())
        return round(1 / (1 + math.exp(-total)), _DIGITS)


def signals(one: Cluster) -> dict[str, float]:
    """Return what speaks for an act being real, by name.

    The encoder's probability at its best passage (as log odds), whether a rule found it too, how many passages tell it,
    whether it is dated to the year, names a person or more than two states, lacks its other side, is but planned,
    stands in a headline alone, and its kind.
    """
    mentions = [told.mention for told in one.told]
    asked = [mention.probability for mention in mentions if mention.probability is not None]
    likely = min(max(max(asked, default=_UNASKED), _LOWEST), 1 - _LOWEST)
    states = cluster_countries(one)
    found: dict[str, float] = {
        ALWAYS: 1.0,
        "log odds": math.log(likely / (1 - likely)),
        "by a rule": float(any(not mention.is_trained for mention in mentions)),
        "passages": math.log(min(len(mentions), _MANY)),
        "dated": float(edtf.bounds(cluster_date(one)[0]) is not None),
        "person": float(any(mention.actors for mention in mentions)),
        "many states": float(len(states) > 2),
        "one side alone": float(one.best.kind != "statement" and len(states) < 2),
        "planned meeting": float(one.best.kind == "meeting" and one.best.status == "planned"),
        "headline alone": float(all(mention.in_title for mention in mentions)),
        "told as occurred": float(one.best.status == "occurred"),
    }
    for kind in KINDS[1:]:
        found[kind] = float(one.best.kind == kind)
    return found


def read_calibration(folder: Path) -> Calibration:
    """Read `confidence.json` of a folder. Raises InputError naming a file that `readout train` did not write."""
    file = folder / FILE
    try:
        weights = json.loads(file.read_text(encoding="utf-8"))
        return Calibration({str(name): float(value) for name, value in weights.items()})
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise InputError(f"{file}: no calibration: {error}") from error


@cache
def load_calibration() -> Calibration | None:
    """Return the calibration that is shipped beside the encoder, loaded once; None where there is none."""
    return read_calibration(shipped()) if (shipped() / FILE).exists() else None
