"""Every example in the trigger tables gives an event mention of its kind, and no counterexample does."""

import re

import pytest
from told import told

from extract.events.triggers import entries

_EXAMPLES = [(entry.kind, entry.rule, entry.example) for entry in entries() if entry.example]
_COUNTEREXAMPLES = [(entry.kind, entry.rule, entry.counterexample) for entry in entries() if entry.counterexample]


@pytest.mark.parametrize(("kind", "rule", "sentence"), _EXAMPLES, ids=[rule for _, rule, _ in _EXAMPLES])
def test_example(kind: str, rule: str, sentence: str) -> None:
    assert rule in {re.sub(r" (?:with|\(one).*", "", mention.rule) for mention in told(sentence) if mention.kind == kind}


@pytest.mark.parametrize(("kind", "rule", "sentence"), _COUNTEREXAMPLES, ids=[rule for _, rule, _ in _COUNTEREXAMPLES])
def test_counterexample(kind: str, rule: str, sentence: str) -> None:
    assert not [mention for mention in told(sentence) if mention.kind == kind]


def test_every_entry_can_be_shown() -> None:
    assert len({entry.rule for entry in entries()}) == len(entries())
