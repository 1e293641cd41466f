"""Fitting the network to examples, and measuring what it has learnt on examples left out."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.optim.swa_utils import AveragedModel

from extract.detection.model import TOKENIZER
from extract.detection.windows import WINDOW, Window, windows
from extract.training.labels import Example
from extract.training.network import WEIGHT_OF, Network, batch, losses
from extract.training.recipe import Recipe

_BATCH = 8
_WARM_UP = 0.1
_HEADS_FASTER = 20
_BUCKET = 24
_DECAY = 0.01
_NORM = 1.0
_AVERAGED = 2 / 3


def load_tokenizer(base: Path) -> Tokenizer:
    """Return the tokenizer of the pretrained encoder in the folder `base`."""
    tokenizer = Tokenizer.from_file(str(base / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def fit(examples: Sequence[Example], base: Path, recipe: Recipe, progress: Callable[[str], None]) -> Network:
    """Fine-tune the encoder in `base` on examples; `progress` gets a line after each epoch.

    AdamW with a linear warm-up and decay (Devlin et al., "BERT", NAACL 2019); the weights are the mean of those of the
    last third of the steps (Izmailov et al., "Averaging weights leads to wider optima", UAI 2018). The embeddings of
    pieces stay as they are, since most of them do not occur in so little text. Each epoch cuts the text anew.
    """
    torch.manual_seed(recipe.seed)
    shuffler = random.Random(recipe.seed)
    tokenizer = load_tokenizer(base)
    network = Network(base, recipe.layers)
    network.train()
    network.encoder.embeddings.requires_grad_(requires_grad=False)
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": encoder}, {"params": heads}], lr=recipe.rate, weight_decay=_DECAY)
    total = recipe.epochs * math.ceil(sum(1 for _ in _cut(examples, tokenizer, lambda: 0)) / _BATCH)
    step = 0
    mean: AveragedModel | None = None
    for epoch in range(recipe.epochs):
        sums: dict[str, float] = {}
        batches = _shuffled(list(_cut(examples, tokenizer, lambda: shuffler.randrange(WINDOW // 2))), shuffler)
        for chosen in batches:
            share = min(1.0, (step + 1) / (_WARM_UP * total)) * max(0.02, 1 - step / total)
            for group, faster in zip(optimizer.param_groups, (1, _HEADS_FASTER), strict=True):
                group["lr"] = recipe.rate * faster * share
            parts = losses(network, batch(chosen))
            loss = sum((WEIGHT_OF[name] * part for name, part in parts.items()), torch.zeros(()))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), _NORM)
            optimizer.step()
            step += 1
            if step >= _AVERAGED * total:
                mean = mean or AveragedModel(network)
                mean.update_parameters(network)
            for name, part in parts.items():
                sums[name] = sums.get(name, 0.0) + float(part.detach())
        told = ", ".join(f"{name} {value / len(batches):.3f}" for name, value in sums.items())
        progress(f"epoch {epoch + 1} of {recipe.epochs}: loss of {told}")
    if mean is not None:
        network.load_state_dict(mean.module.state_dict())
    network.eval()
    return network


def _cut(
    examples: Sequence[Example], tokenizer: Tokenizer, shift: Callable[[], int]
) -> Iterator[tuple[Example, Window]]:
    for example in examples:
        for window in windows(example.passage, tokenizer, shift()):
            yield example, window


def _shuffled(cut: list[tuple[Example, Window]], shuffler: random.Random) -> list[list[tuple[Example, Window]]]:
    """Return batches of windows of about the same length, in random order."""
    shuffler.shuffle(cut)
    cut.sort(key=lambda pair: len(pair[1].pieces) // _BUCKET)
    batches = [cut[i : i + _BATCH] for i in range(0, len(cut), _BATCH)]
    shuffler.shuffle(batches)
    return batches
