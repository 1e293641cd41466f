"""How the detector is trained, in figures."""

from __future__ import annotations

from dataclasses import dataclass

from extract.model import InputError

LAYERS = 6
"""Layers of the pretrained encoder."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: layers of the encoder kept, passes over the data, the peak learning rate, the seed.

    `repeats` is how often a pass reads the documents with gold for each time that it reads the texts written for
    training, which are more in number and odder than what is to be read.
    """

    layers: int = 3
    epochs: int = 4
    rate: float = 1.5e-4
    seed: int = 1
    repeats: int = 2

    def __post_init__(self) -> None:
        """Raise InputError for a figure that cannot be trained with."""
        if not 1 <= self.layers <= LAYERS:
            raise InputError(f"layers: 1 to {LAYERS}, not {self.layers}")
        if self.epochs < 1:
            raise InputError(f"epochs: at least 1, not {self.epochs}")
        if self.repeats < 1:
            raise InputError(f"repeats: at least 1, not {self.repeats}")
        if not 0 < self.rate < 1:
            raise InputError(f"rate: above 0 and below 1, not {self.rate}")
