"""Windows: an article cut into runs of sentences, as pieces of words, that the encoder reads at one go.

Sentences are read together with their neighbours, so that "they", "the talks" and a date of the sentence before are
seen; each is judged in one window only. A window opens with the headline and the sentence before as context.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from extract.model import InputError, Span

SORTS = ("state", "person", "organization", "time")
WHO = SORTS[:3]
WINDOW = 160
"""Pieces in a window at most, unless one sentence is longer: attention takes time in the square of them."""
_SENTENCE = 120
_CONTEXT = 40
"""Pieces of a sentence that is read as context only."""
_FIRST, _LAST = "[CLS]", "[SEP]"
"""The pieces that open a window and close a sentence, as the encoder was pretrained with them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something recognised in the text that may belong to an act: its span in the document and its sort (see SORTS)."""

    start: int
    end: int
    sort: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What the encoder is asked: sentences of an article in the order of the text, and the marks within them.

    `text` is the document's; spans are offsets into it. `titles` holds, for each sentence, whether it is a headline,
    `wanted` whether it is to be judged (all of them where it is None); the others are read as context alone.
    """

    text: str
    sentences: tuple[Span, ...]
    titles: tuple[bool, ...]
    marks: tuple[Mark, ...]
    wanted: tuple[bool, ...] | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the encoder.

    `pieces` are numbers of word pieces, `spans` their offsets in the document (0, 0 for those between sentences).
    `sentences` holds (number of the sentence in the passage, first piece, last
    piece + 1); those in `asked` are judged here, the others are context. `marks` holds the same for marks.
    """

    pieces: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int, int], ...]
    asked: tuple[int, ...]
    marks: tuple[tuple[int, int, int], ...]

    @property
    def asked_sentences(self) -> tuple[tuple[int, int, int], ...]:
        """Those of the sentences that are judged here, in order."""
        return tuple(sentence for sentence in self.sentences if sentence[0] in self.asked)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A sentence as numbers of word pieces with the offset in the document at which each starts and ends."""

    numbers: list[int]
    spans: list[tuple[int, int]]


def windows(passage: Passage, tokenizer: Tokenizer, shift: int = 0) -> list[Window]:
    """Cut a passage into windows; each sentence wanted with somebody in it is asked in exactly one, others in none.

    A sentence that marks nobody is read only as the context of the one after it. `shift` shortens the first window by
    so many pieces: training cuts the same text differently each time.
    """
    marks = _marks_by_sentence(passage)
    asked = [
        number
        for number, own in enumerate(marks)
        if any(passage.marks[i].sort in WHO for i in own) and (passage.wanted is None or passage.wanted[number])
    ]
    around = {number for one in asked for number in (one, *_context(passage, one))}
    sentences = {number: _pieces(passage.text, passage.sentences[number], tokenizer) for number in sorted(around)}
    found: list[Window] = []
    run: list[int] = []
    size = shift
    for number in asked:
        new = [n for n in (*_context(passage, number), number) if n not in run]
        length = sum(_length(sentences[n], n == number) for n in new)
        if run and size + length > WINDOW:
            found.append(_window(passage, sentences, marks, run, tokenizer))
            run, size = [], 0
        run.append(number)
        size += length
    if run:
        found.append(_window(passage, sentences, marks, run, tokenizer))
    return found


def _context(passage: Passage, number: int) -> list[int]:
    """Return the sentences that a sentence is read with: the first headline before it, and the sentence before."""
    headline = next((n for n, title in enumerate(passage.titles[:number]) if title), None)
    return sorted({n for n in (headline, number - 1) if n is not None and n >= 0})


def _length(pieces: _Pieces, asked: bool) -> int:
    return (len(pieces.numbers) if asked else min(len(pieces.numbers), _CONTEXT)) + 1


def _window(
    passage: Passage,
    sentences: Mapping[int, _Pieces],
    marks: Sequence[Sequence[int]],
    run: Sequence[int],
    tokenizer: Tokenizer,
) -> Window:
    opening, closing = _number(tokenizer, _FIRST), _number(tokenizer, _LAST)
    pieces, spans = [opening], [(0, 0)]
    places: list[tuple[int, int, int]] = []
    found: list[tuple[int, int, int]] = []
    for number in sorted({n for asked in run for n in (asked, *_context(passage, asked))}):
        one = sentences[number]
        length = max(_length(one, number in run) - 1, 0)
        places.append((number, len(pieces), len(pieces) + max(length, 1)))
        for index in marks[number]:
            mark = passage.marks[index]
            inside = [i for i, (a, b) in enumerate(one.spans[:length]) if a < mark.end and mark.start < b]
            if inside:
                found.append((index, len(pieces) + inside[0], len(pieces) + inside[-1] + 1))
        pieces += [*one.numbers[:length], closing]
        spans += [*one.spans[:length], (0, 0)]
    return Window(tuple(pieces), tuple(spans), tuple(places), tuple(run), tuple(found))


def _number(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise InputError(f"the tokenizer has no piece {piece}")
    return int(number)


def _pieces(text: str, span: Span, tokenizer: Tokenizer) -> _Pieces:
    encoded = tokenizer.encode(text[span.start : span.end], add_special_tokens=False)
    spans = [(a + span.start, b + span.start) for a, b in encoded.offsets[:_SENTENCE]]
    return _Pieces(encoded.ids[:_SENTENCE], spans)


def _marks_by_sentence(passage: Passage) -> list[list[int]]:
    """Return, for each sentence, the indices of the marks that start in it."""
    found: list[list[int]] = [[] for _ in passage.sentences]
    order = sorted(range(len(passage.marks)), key=lambda i: passage.marks[i].start)
    number = 0
    for index in order:
        start = passage.marks[index].start
        while number < len(passage.sentences) and passage.sentences[number].end <= start:
            number += 1
        if number < len(passage.sentences) and passage.sentences[number].start <= start:
            found[number].append(index)
    return found
