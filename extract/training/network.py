"""The network: a pretrained encoder with four heads (kind, status, salience, marks), and batches for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from extract.detection.model import FAR, inputs
from extract.detection.windows import SORTS, Window
from extract.model import KINDS, STATUSES
from extract.training.labels import Example

_WIDTH = 384
HEADS = 12
"""Heads of attention in each layer of the pretrained encoder."""
_PAIR = 96
_NEVER = 1e4
WEIGHT_OF = {"kind": 1.0, "status": 0.15, "salience": 0.1, "marks": 0.4}
"""Weights of the four losses: what a sentence tells counts most; chosen on documents left out of training."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as tensors, padded to the longest; B windows, S sentences, M marks, T pieces, K kinds.

    Inputs as in `extract.detection.model.inputs` with a leading axis B, and `attention` [B, T]. Targets: `told`
    [B, S, K], `status` [B, S, K] (index into STATUSES), `main` [B, S, K], `belongs` [B, S, M, K]; each with a mask of
    the same shape that is 0 where the gold says nothing (`known`, `acts`, `decided`).
    """

    pieces: Tensor
    attention: Tensor
    sentences: Tensor
    marks: Tensor
    sorts: Tensor
    distances: Tensor
    told: Tensor
    known: Tensor
    status: Tensor
    main: Tensor
    acts: Tensor
    belongs: Tensor
    decided: Tensor


def batch(windows: Sequence[tuple[Example, Window]]) -> Batch:
    """Make one batch of windows with the labels of their sentences."""
    arrays = [inputs(example.passage, window) for example, window in windows]
    size = len(windows)
    t = max(a["pieces"].shape[1] for a in arrays)
    s = max(a["sentences"].shape[0] for a in arrays)
    m = max(a["marks"].shape[0] for a in arrays)
    k = len(KINDS)
    shapes = {
        "pieces": (t,), "attention": (t,), "sentences": (s, t), "marks": (m, t), "sorts": (m,), "distances": (s, m),
        "told": (s, k), "known": (s, k), "status": (s, k), "main": (s, k), "acts": (s, k), "belongs": (s, m, k),
        "decided": (s, m, k),
    }  # fmt: skip
    whole = {"pieces", "attention", "sorts", "distances", "status"}
    made = {
        name: np.zeros((size, *shape), dtype=np.int64 if name in whole else np.float32)
        for name, shape in shapes.items()
    }
    for row, ((example, window), own) in enumerate(zip(windows, arrays, strict=True)):
        for name in ("pieces", "sentences", "marks", "sorts", "distances"):
            value = own[name][0] if name == "pieces" else own[name]
            corner: tuple[int | slice, ...] = (row, *(slice(length) for length in value.shape))
            made[name][corner] = value
        made["attention"][row, : len(window.pieces)] = 1
        for column, number in enumerate(window.asked):
            _fill(made, row, column, example, window, number)
    return Batch(**{name: torch.from_numpy(value) for name, value in made.items()})


def _fill(made: dict[str, np.ndarray], row: int, column: int, example: Example, window: Window, number: int) -> None:
    for index, kind in enumerate(KINDS):
        label = example.labels[number][kind]
        if label.told is None:
            continue
        made["known"][row, column, index] = 1
        if not label.told:
            continue
        made["told"][row, column, index] = made["acts"][row, column, index] = 1
        made["status"][row, column, index] = STATUSES.index(label.status)
        made["main"][row, column, index] = label.salience == "main"
        for place, (mark, _, _) in enumerate(window.marks):
            if mark in label.marks:
                made["decided"][row, column, place, index] = 1
                made["belongs"][row, column, place, index] = label.marks[mark]


class Network(nn.Module):
    """The encoder with its heads. A sentence tells an act when its strongest piece and its mean say so together."""

    def __init__(self, base: Path, layers: int) -> None:
        """Start from the pretrained encoder in the folder `base` (Hugging Face format), with `layers` of its layers."""
        super().__init__()
        self.encoder = BertModel.from_pretrained(str(base), add_pooling_layer=False, attn_implementation="eager")
        whole = self.encoder.encoder.layer
        kept = [round(i * (len(whole) - 1) / max(layers - 1, 1)) for i in range(layers)]
        self.encoder.encoder.layer = nn.ModuleList([whole[i] for i in kept])
        self.dropout = nn.Dropout(0.1)
        self.peak = nn.Linear(_WIDTH, len(KINDS))
        self.mean = nn.Linear(_WIDTH, len(KINDS))
        self.status = nn.Linear(_WIDTH, len(KINDS) * len(STATUSES))
        self.main = nn.Linear(_WIDTH, len(KINDS))
        self.of_sentence = nn.Linear(_WIDTH, _PAIR)
        self.of_mark = nn.Linear(_WIDTH, _PAIR)
        self.of_distance = nn.Embedding(2 * FAR + 1, _PAIR)
        self.of_sort = nn.Embedding(len(SORTS), _PAIR)
        self.pair = nn.Linear(_PAIR, len(KINDS))
        nn.init.zeros_(self.of_distance.weight)
        nn.init.zeros_(self.of_sort.weight)

    def forward(
        self, pieces: Tensor, attention: Tensor, sentences: Tensor, marks: Tensor, sorts: Tensor, distances: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Return logits: kinds and mains [B, S, K], statuses [B, S, K, 3], pairs [B, S, M, K], peaks [B, T, K]."""
        states = self.dropout(self.encoder(input_ids=pieces, attention_mask=attention).last_hidden_state)
        of_sentences, of_marks = sentences @ states, marks @ states
        peaks = self.peak(states)
        outside = (sentences <= 0).float().unsqueeze(-1)
        strongest = (peaks.unsqueeze(1) - outside * _NEVER).amax(dim=2)
        kinds = strongest + self.mean(of_sentences)
        statuses = self.status(of_sentences).unflatten(-1, (len(KINDS), len(STATUSES)))
        both = self.of_sentence(of_sentences).unsqueeze(2) + self.of_mark(of_marks).unsqueeze(1)
        both = both + self.of_distance(distances) + self.of_sort(sorts).unsqueeze(1)
        return kinds, statuses, self.main(of_sentences), self.pair(functional.gelu(both)), peaks


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """Return the mean loss of each head over what the gold decides."""
    kinds, statuses, mains, pairs, _ = network(
        batch.pieces, batch.attention, batch.sentences, batch.marks, batch.sorts, batch.distances
    )
    cross = functional.cross_entropy(statuses.movedim(-1, 1), batch.status, reduction="none")
    logistic = functional.binary_cross_entropy_with_logits
    return {
        "kind": _mean(logistic(kinds, batch.told, reduction="none"), batch.known),
        "status": _mean(cross, batch.acts),
        "salience": _mean(logistic(mains, batch.main, reduction="none"), batch.acts),
        "marks": _mean(logistic(pairs, batch.belongs, reduction="none"), batch.decided),
    }


def _mean(values: Tensor, mask: Tensor) -> Tensor:
    return (values * mask).sum() / mask.sum().clamp(min=1)
