"""Reading passages with the trained encoder: for each sentence how likely it tells an act, of whom, when.

The encoder is all-MiniLM-L6-v2 (Wang et al., "MiniLM", NeurIPS 2020; Reimers and Gurevych, "Sentence-BERT", EMNLP
2019) fine-tuned by `readout train`, quantised to 8 bits and run by onnxruntime. One window is read at a time on one
thread: what is computed for it then depends on nothing else that is read, and on no number of workers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from extract.detection.windows import SORTS, Passage, Window, windows
from extract.model import KINDS, InputError

FAR = 3
"""Sentences between a mark and the sentence that is judged, beyond which distance is of no matter."""
_DIGITS = 3
"""Decimals of a probability: what lies beyond them may differ between processors, and decides nothing."""
WEIGHTS = "detector.onnx"
TOKENIZER = "tokenizer.json"
OUTPUTS = ("kinds", "statuses", "mains", "pairs", "peaks")
_SLOWER = ["SkipLayerNormFusion"]
"""What onnxruntime takes for an improvement: its fused operator takes four times what the two take that it replaces."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the encoder makes of one sentence for one kind of act; probabilities from 0 to 1.

    `probability`: the sentence tells an act of this kind. If it does: `status` runs parallel to STATUSES of
    `extract.model`, `main` is that the act is the text's news, `marks` that a mark (its number in the passage) takes
    part in the act or dates it. `start` is the document's offset of the piece of a word that speaks most for the kind.
    """

    probability: float
    status: tuple[float, ...]
    main: float
    marks: dict[int, float]
    start: int


Reading = dict[str, Judgement]
"""What the encoder makes of one sentence: a judgement for each kind."""


class Detector:
    """The encoder with its weights; `load_detector` gives the one that is shipped."""

    def __init__(self, folder: Path) -> None:
        """Load `detector.onnx` and `tokenizer.json` of a folder. Raises InputError naming the file that is unusable."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        file = folder / WEIGHTS
        try:
            self._session = onnxruntime.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
            )
        except Exception as error:  # onnxruntime raises classes of its own, without a common parent
            raise InputError(f"{file}: no model that onnxruntime can run: {error}") from error
        file = folder / TOKENIZER
        try:
            self.tokenizer = Tokenizer.from_file(str(file))
        except Exception as error:  # the tokenizers library raises bare Exception
            raise InputError(f"{file}: no tokenizer: {error}") from error
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def read(self, passage: Passage) -> dict[int, Reading]:
        """Return what the encoder makes of each sentence of a passage, by the sentence's number."""
        found: dict[int, Reading] = {}
        for window in windows(passage, self.tokenizer):
            found.update(self._read(passage, window))
        return found

    def _read(self, passage: Passage, window: Window) -> dict[int, Reading]:
        kinds, statuses, mains, pairs, peaks = self._session.run(list(OUTPUTS), inputs(passage, window))
        peaks = peaks[0]
        kinds, mains, pairs = _logistic(kinds), _logistic(mains), _logistic(pairs)
        statuses = _softmax(statuses)
        found = {}
        for row, (number, first, last) in enumerate(window.asked_sentences):
            found[number] = {
                kind: Judgement(
                    probability=float(kinds[row, column]),
                    status=tuple(map(float, statuses[row, column])),
                    main=float(mains[row, column]),
                    marks={mark: float(pairs[row, i, column]) for i, (mark, _, _) in enumerate(window.marks)},
                    start=window.spans[first + int(peaks[first:last, column].argmax())][0],
                )
                for column, kind in enumerate(KINDS)
            }
        return found


def inputs(passage: Passage, window: Window) -> dict[str, NDArray[np.generic]]:
    """Return the arrays that the encoder takes for a window, by name.

    `pieces` [1, pieces]; `sentences` [sentences asked, pieces] and `marks` [marks, pieces] hold the share of each piece
    in the mean of a sentence or mark; `sorts` [marks]; `distances` [sentences asked, marks] in sentences, from 0 (FAR
    before) over FAR (in the same) to 2 FAR. A window without marks gets one that stands for nothing.
    """
    length, count = len(window.pieces), max(len(window.marks), 1)
    marks = np.zeros((count, length), dtype=np.float32)
    sorts = np.zeros(count, dtype=np.int64)
    homes = np.zeros(count, dtype=np.int64)
    asked = window.asked_sentences
    sentences = np.zeros((len(asked), length), dtype=np.float32)
    for row, (_, first, last) in enumerate(asked):
        sentences[row, first:last] = 1 / (last - first)
    numbers = np.array([number for number, _, _ in window.sentences], dtype=np.int64)
    firsts = np.array([first for _, first, _ in window.sentences], dtype=np.int64)
    for row, (mark, first, last) in enumerate(window.marks):
        marks[row, first:last] = 1 / (last - first)
        sorts[row] = SORTS.index(passage.marks[mark].sort)
        homes[row] = numbers[int(np.searchsorted(firsts, first, side="right")) - 1]
    return {
        "pieces": np.array([window.pieces], dtype=np.int64),
        "sentences": sentences,
        "marks": marks,
        "sorts": sorts,
        "distances": np.clip(homes[None, :] - np.array(window.asked)[:, None], -FAR, FAR) + FAR,
    }


def _logistic(values: NDArray[np.float32]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = np.round(1 / (1 + np.exp(-values.astype(np.float64))), _DIGITS)
    return shares


def _softmax(values: NDArray[np.float32]) -> NDArray[np.float64]:
    powers = np.exp(values.astype(np.float64) - values.max(axis=-1, keepdims=True))
    shares: NDArray[np.float64] = np.round(powers / powers.sum(axis=-1, keepdims=True), _DIGITS)
    return shares


def shipped() -> Path:
    """Return the folder in which the weights are shipped."""
    return Path(str(resources.files("extract"))) / "detection" / "weights"


@cache
def load_detector() -> Detector | None:
    """Return the detector that is shipped, loaded once; None where its file is not there: then rules work alone."""
    return Detector(shipped()) if (shipped() / WEIGHTS).exists() else None
