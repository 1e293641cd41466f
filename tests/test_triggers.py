"""Every example in the trigger tables gives an event mention of its kind, and no counterexample does."""

import re

import pytest
from told import told

from extract.acts import annotate
from extract.events.triggers import entries, find_triggers
from extract.events.worth import Worth
from extract.language import divide, parse
from extract.model import Article, Document, Span

_EXAMPLES = [(entry.kind, entry.rule, entry.example) for entry in entries() if entry.example]
_COUNTEREXAMPLES = [(entry.kind, entry.rule, entry.counterexample) for entry in entries() if entry.counterexample]


@pytest.mark.parametrize(("kind", "rule", "sentence"), _EXAMPLES, ids=[rule for _, rule, _ in _EXAMPLES])
def test_example(kind: str, rule: str, sentence: str) -> None:
    assert rule in {re.sub(r" (?:with|\(one).*", "", mention.rule) for mention in told(sentence) if mention.kind == kind}


@pytest.mark.parametrize(("kind", "rule", "sentence"), _COUNTEREXAMPLES, ids=[rule for _, rule, _ in _COUNTEREXAMPLES])
def test_counterexample(kind: str, rule: str, sentence: str) -> None:
    assert not [mention for mention in told(sentence) if mention.kind == kind]


def test_whatever_a_word_evokes_is_worth_parsing() -> None:
    """Were every sentence parsed, none of those that are left aside would have a trigger."""
    texts = [sentence for *_, sentence in (*_EXAMPLES, *_COUNTEREXAMPLES)]
    for text in texts:
        document = Document("a.txt", text, "0")
        article = Article(document, 0, 0, len(text), (Span(0, len(text)),))
        worth = Worth(article, (), (), ())
        for sentence in parse(divide(article)).sentences:
            if find_triggers(sentence):
                assert worth.asking(sentence.start, sentence.end), text
                assert worth.parsing(sentence.start, sentence.end), text


@pytest.mark.parametrize(
    ("text", "is_worth"),
    [
        ("Fish is plentiful in the lakes.", False),
        ("Peru has plenty of fish.", False),
        ("Peru, Chile and Fiji have plenty of fish.", True),
        ("Fish was plentiful in 2019.", True),
        ("ANNE MUTISO (Kenya) found the text wanting.", True),
        ("The two flew to Lima.", True),
    ],
)
def test_what_names_nobody_no_time_and_no_act_is_not_parsed(text: str, is_worth: bool) -> None:
    (ann,) = annotate(Document("a.txt", f"{text}\n", "0"))
    assert [any(token.pos_ for token in sentence.span) for sentence in ann.parsed.sentences] == [is_worth]


def test_every_entry_can_be_shown() -> None:
    assert len({entry.rule for entry in entries()}) == len(entries())
