"""How the detector is trained, in figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: layers of the encoder kept, passes over the data, the peak learning rate, the seed."""

    layers: int = 3
    epochs: int = 6
    rate: float = 1.5e-4
    seed: int = 1
