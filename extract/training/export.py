"""The trained network -> a file of 8-bit weights that onnxruntime runs, with its tokenizer and its card."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from extract.detection.model import OUTPUTS, TOKENIZER, WEIGHTS
from extract.training.fusion import fused
from extract.training.network import HEADS, Network

_INPUTS = ("pieces", "sentences", "marks", "sorts", "distances")


class _OneWindow(torch.nn.Module):
    """The network as it is used: one window at a time, without padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self,
        pieces: torch.Tensor,
        sentences: torch.Tensor,
        marks: torch.Tensor,
        sorts: torch.Tensor,
        distances: torch.Tensor,
    ) -> tuple[torch.Tensor, ...]:
        attention = torch.ones_like(pieces)
        kinds, statuses, mains, pairs, peaks = self.network(
            pieces, attention, sentences[None], marks[None], sorts[None], distances[None]
        )
        return kinds[0], statuses[0], mains[0], pairs[0], peaks


def export(network: Network, base: Path, folder: Path) -> Path:
    """Write `detector.onnx` (8-bit weights) and `tokenizer.json` into `folder`; return the path of the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    sizes = {"pieces": 40, "asked": 3, "marks": 5}
    example = (
        torch.from_numpy(np.arange(1000, 1000 + sizes["pieces"], dtype=np.int64)[None]),
        torch.full((sizes["asked"], sizes["pieces"]), 1 / sizes["pieces"]),
        torch.full((sizes["marks"], sizes["pieces"]), 1 / sizes["pieces"]),
        torch.zeros(sizes["marks"], dtype=torch.int64),
        torch.zeros((sizes["asked"], sizes["marks"]), dtype=torch.int64),
    )
    axes = {
        "pieces": {1: "pieces"},
        "sentences": {0: "asked", 1: "pieces"},
        "marks": {0: "marks", 1: "pieces"},
        "sorts": {0: "marks"},
        "distances": {0: "asked", 1: "marks"},
        "kinds": {0: "asked"},
        "statuses": {0: "asked"},
        "mains": {0: "asked"},
        "pairs": {0: "asked", 1: "marks"},
        "peaks": {1: "pieces"},
    }
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            _OneWindow(network),
            example,
            str(whole),
            input_names=list(_INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        weights = folder / WEIGHTS
        quantize_dynamic(whole, weights, weight_type=QuantType.QInt8, per_channel=True)
        onnx.save(fused(onnx.load(weights), HEADS), weights)
    shutil.copyfile(base / TOKENIZER, folder / TOKENIZER)
    return weights
