"""Products of matrices by numpy: the same as spaCy's own, and the same parse from them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import threadpool_info

from extract.language import MODEL, load
from extract.matrix_products import Products, with_fast_products

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
LEFT = np.random.default_rng(1).standard_normal((37, 24)).astype("float32")
RIGHT = np.random.default_rng(2).standard_normal((24, 19)).astype("float32")


@pytest.mark.parametrize(("first", "second"), [(False, False), (False, True), (True, False), (True, True)])
def test_products_are_those_of_spacy(first: bool, second: bool) -> None:
    left = np.ascontiguousarray(LEFT.T) if first else LEFT
    right = np.ascontiguousarray(RIGHT.T) if second else RIGHT
    expected = NumpyOps().gemm(left, right, trans1=first, trans2=second)
    assert np.allclose(Products().gemm(left, right, trans1=first, trans2=second), expected, atol=1e-4)
    out = np.zeros_like(expected)
    Products().gemm(left, right, out=out, trans1=first, trans2=second)
    assert np.allclose(out, expected, atol=1e-4)


def _parse(nlp: Language, texts: list[str]) -> list[list[tuple[str, str, int]]]:
    docs: list[Doc] = list(nlp.pipe(texts))
    return [[(token.tag_, token.dep_, token.head.i) for token in doc] for doc in docs]


def test_the_parse_is_that_of_spacy() -> None:
    texts = [line for path in SEEDS for line in path.read_text().splitlines() if line.strip()][:300]
    plain = spacy.load(MODEL, disable=["ner", "attribute_ruler", "lemmatizer"])
    expected = _parse(plain, texts)
    assert _parse(with_fast_products(plain), texts) == expected


def test_only_our_pipeline_computes_so_and_on_one_thread() -> None:
    ours, other = load(), spacy.load(MODEL)
    assert all(isinstance(part.ops, Products) for part in ours.get_pipe("tok2vec").model.walk())
    assert not any(isinstance(part.ops, Products) for part in other.get_pipe("tok2vec").model.walk())
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} <= {1}
