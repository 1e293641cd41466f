"""Calibrating the confidence: events found in documents that the encoder was not trained on, against their gold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from extract.detection.model import Detector
from extract.events.confidence import ALWAYS, Calibration, signals
from extract.gold import GoldDocument
from extract.pipeline import combine, read_events
from extract.reading import read_document
from extract.record import to_jsonl
from extract.score import match, predictions

_STEPS = 50
_RIDGE = 1.0
SURE = 0.9
"""Confidence from which a reader may rely on an event: 95 in 100 of these are to be right."""
_RIGHT_WHERE_SURE = 0.985
_STEP = 0.02


@dataclass(frozen=True, slots=True)
class Trial:
    """One event that was found: what speaks for it, and whether the gold holds it."""

    signals: dict[str, float]
    right: bool


def trials(gold: GoldDocument, detector: Detector) -> Iterator[Trial]:
    """Yield the events found in a document, but not those that its gold leaves open or does not cover."""
    reading = read_events(read_document(gold.path), detector)
    found = []
    speaking = []
    for one in reading.clusters:
        records = to_jsonl(combine([replace(reading, clusters=(one,))]).events).splitlines()
        for prediction in predictions([json.loads(line) for line in records], gold):
            found.append(prediction)
            speaking.append(signals(one))
    for pair in match(gold.name, gold.events, found):
        if pair.prediction is not None and pair.is_counted:
            index = next(i for i, prediction in enumerate(found) if prediction is pair.prediction)
            yield Trial(speaking[index], pair.gold is not None)


def calibrate(found: Sequence[Trial]) -> Calibration:
    """Fit a logistic regression with a ridge penalty from signals to being right, by Newton's method.

    Then lower all until the events with a confidence of SURE or more keep what it promises with something to spare.
    Raises ValueError without any trial.
    """
    if not found:
        raise ValueError("no event to calibrate on")
    names = list(found[0].signals)
    values = np.array([[trial.signals[name] for name in names] for trial in found])
    right = np.array([float(trial.right) for trial in found])
    penalty = _RIDGE * np.eye(len(names))
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (likely - right) + penalty @ weights
        bend = (values.T * (likely * (1 - likely))) @ values + penalty
        weights -= np.linalg.solve(bend, slope)
    made = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
    while not _is_cautious(Calibration(made), found):
        made[ALWAYS] = round(made[ALWAYS] - _STEP, 4)
    return Calibration(made)


def _is_cautious(made: Calibration, found: Sequence[Trial]) -> bool:
    """Tell whether nearly all of those events are right that are told with the highest confidence, or there are none.

    On other text than that of the trials fewer will be.
    """
    sure = [trial.right for trial in found if made.probability(trial.signals) >= SURE]
    return sum(sure) >= _RIGHT_WHERE_SURE * len(sure)
