"""Paragraphs -> pieces of words, divided into sentences, as the parser takes them.

spaCy gets a copy of the text of the same length, with plain quotes, dashes and spaces, so that every token's offset is
true in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from spacy.attrs import NORM, ORTH, SENT_START, SPACY
from spacy.language import Language
from spacy.tokens import Doc

from extract.field_values import values
from extract.model import Article
from extract.sentences import starts

PIECE = 20_000
_RUN = 1_000
_SHORT = 12
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

@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text as words: `doc` starts at the document's offset `start`, sentences at its words `firsts`.

    `sentences` holds of each its offsets in the document, without the blanks around it, and how many words it has.
    """

    paragraph: int
    start: int
    doc: Doc
    firsts: list[int]
    sentences: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences of a paragraph that are parsed, or not, together; `start` is the document's offset of the first."""

    paragraph: int
    start: int
    doc: Doc
    is_wanted: bool


def plain(text: str) -> str:
    """Return `text` with straight quotes, plain hyphens and plain spaces, character for character (same length)."""
    return text.translate(_PLAIN)


def pieces(nlp: Language, article: Article) -> Iterator[Piece]:
    """Yield what is read at one go, as words divided into sentences."""
    text, dateline = article.document.text, article.dateline
    for index, paragraph in enumerate(article.paragraphs):
        # A dateline is no part of the sentence that it opens, and would spoil its parse.
        opens = dateline is not None and paragraph.start <= dateline.start < paragraph.end
        begin = min(dateline.end, paragraph.end) if dateline is not None and opens else paragraph.start
        while begin < paragraph.end and text[begin].isspace():
            begin += 1
        for first, last in values(text, paragraph, begin):
            for start, end in _cut(text, first, last):
                doc, firsts = tokenized(nlp, text[start:end])
                yield Piece(index, start, doc, firsts, tuple(_bounds(doc, firsts, start)))


def _bounds(doc: Doc, firsts: Sequence[int], start: int) -> Iterator[tuple[int, int, int]]:
    for begin, stop in zip(firsts, [*firsts[1:], len(doc)], strict=True):
        first, last = trimmed(doc, begin, stop)
        begins = start + doc[min(first, stop - 1)].idx
        ends = start + doc[last - 1].idx + len(doc[last - 1]) if last > first else begins
        yield begins, ends, last - first


def trimmed(doc: Doc, first: int, stop: int) -> tuple[int, int]:
    """Return where the words from `first` to before `stop` begin and end without the blanks around them."""
    last = stop
    while first < last and doc[first].is_space:
        first += 1
    while last > first and doc[last - 1].is_space:
        last -= 1
    return first, last


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


def runs(piece: Piece, asked: Sequence[bool]) -> Iterator[Run]:
    """Cut a piece into runs of sentences that need a parse and of such that do not, as `asked` tells of each."""
    doc, firsts = piece.doc, piece.firsts
    if len(set(asked)) < 2:
        yield Run(piece.paragraph, piece.start, doc, any(asked))
        return
    for is_wanted, group in groupby(range(len(firsts)), key=asked.__getitem__):
        own = list(group)
        stop = firsts[own[-1] + 1] if own[-1] + 1 < len(firsts) else len(doc)
        part = _part(doc, [firsts[one] for one in own], stop)
        yield Run(piece.paragraph, piece.start + doc[firsts[own[0]]].idx, part, is_wanted)


def _part(doc: Doc, firsts: Sequence[int], stop: int) -> Doc:
    """Return some sentences of a text, up to the word `stop`, as a text of their own; spaCy's way takes far longer."""
    columns = doc.to_array([ORTH, SPACY, NORM])[firsts[0] : stop]
    words = [doc.vocab.strings[word] for word in columns[:, 0].tolist()]
    part = Doc(doc.vocab, words=words, spaces=columns[:, 1].astype(bool).tolist())
    # The model reads a word by its norm, which a contraction has of its own: "n't" is "not".
    part.from_array([NORM], columns[:, 2:])  # type: ignore[arg-type]  # as below
    return _divided(part, [first - firsts[0] for first in firsts])


def tokenized(nlp: Language, original: str) -> tuple[Doc, list[int]]:
    """Return the words of a piece, divided into sentences, and the numbers of those with which sentences start."""
    text = plain(original)
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
