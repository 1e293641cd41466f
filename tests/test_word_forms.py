"""Parts of speech and lemmas are those of spaCy's own components, word for word."""

import pytest

from extract.language import load, word_forms
from extract.word_forms import WordForms

TEXTS = (
    "The ministers of Ghana and Togo met in Accra; they're leaving, and there is nothing they could've added.",
    "She ain't going to Lomé. Let's see what the two sides are gonna sign, y'all.",
    "There are talks.\nThere  were talks\tbefore that, which had been had by all.",
    "There's a letter, there is got to be one; let him go, for all y say. Who's there? It was there, is all.",
    "That that is, is. This one does; those did not. Once more: he saw her, and her brother saw him.",
)


def _parsed(text):
    return load()(text)


def _own(doc):
    nlp = load()
    return nlp.get_pipe("lemmatizer")(nlp.get_pipe("attribute_ruler")(doc))


@pytest.mark.parametrize("text", TEXTS)
def test_forms_are_spacys_own(text):
    expected = [(t.text, t.pos_, t.lemma_, t.tag_, t.dep_, t.head.i) for t in _own(_parsed(text))]
    forms = WordForms(load().vocab, _own)
    for _ in range(2):  # learnt the first time, looked up the second
        (doc,) = forms.complete([_parsed(text)])
        assert [(t.text, t.pos_, t.lemma_, t.tag_, t.dep_, t.head.i) for t in doc] == expected
        assert [s.text for s in doc.sents] == [s.text for s in _own(_parsed(text)).sents]


def test_a_known_word_is_not_decided_again():
    asked = []
    forms = WordForms(load().vocab, lambda doc: asked.append(len(doc)) or _own(doc))
    for _ in range(3):
        forms.complete(map(_parsed, ["Kenya signed the agreement.", "Uganda signed the agreement."]))
    assert asked == [6]


def test_an_empty_text_has_no_forms():
    assert [len(doc) for doc in word_forms().complete([_parsed("")])] == [0]
    assert word_forms().complete([]) == []
