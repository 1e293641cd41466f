"""Triggers: the words that may evoke an event, from the tables in data/triggers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.attrs import LEMMA, LOWER, POS
from spacy.symbols import PROPN
from spacy.tokens import Token

from extract.events import clause
from extract.gazetteer import Row, read_table
from extract.language import Sentence
from extract.model import KINDS, SUBTYPES

_COLUMNS = ("subtype", "pos", "lemma", "frame", "with", "example", "counterexample")
_VERB_LIKE = ("VERB", "AUX")
# The model's lemmatizer takes these for forms of "hop".
_MISREAD = {"hopes": "hope", "hoped": "hope", "hoping": "hope"}
_NOUN_LIKE = ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a trigger table; `lemma` is a tuple of lemmas, `particles` the prepositions that must follow."""

    kind: str
    subtype: str
    pos: str
    lemma: tuple[str, ...]
    frame: str
    particles: frozenset[str]
    example: str
    counterexample: str

    @property
    def rule(self) -> str:
        """The stable name under which a mention found through this entry is explained."""
        return f"{self.kind}:{self.frame}:{' '.join(self.lemma)}"


@dataclass(frozen=True, slots=True)
class Trigger:
    """An entry found in a sentence; `token` is its head word, `start` and `end` its offsets in the document."""

    entry: Entry
    sentence: Sentence
    token: Token
    start: int
    end: int


@cache
def entries() -> tuple[Entry, ...]:
    """Load all trigger tables. Raises InputError that lists every fault."""
    return tuple(
        _entry(kind, row) for kind in KINDS for row in read_table(f"triggers/{kind}.tsv", _COLUMNS, _faults(kind))
    )


def _faults(kind: str):  # type: ignore[no-untyped-def]
    def check(row: Row) -> Iterable[str]:
        if row["subtype"] not in SUBTYPES[kind]:
            yield f"subtype: {row['subtype']!r} is none of {', '.join(SUBTYPES[kind])}"
        if row["pos"] not in ("VERB", "NOUN"):
            yield f"pos: {row['pos']!r} is neither VERB nor NOUN"
        if not row["lemma"] or not row["frame"]:
            yield "lemma and frame must not be empty"

    return check


def _entry(kind: str, row: Row) -> Entry:
    return Entry(
        kind,
        row["subtype"],
        row["pos"],
        tuple(row["lemma"].split()),
        row["frame"],
        frozenset(row.values("with")),
        row["example"],
        row["counterexample"],
    )


@cache
def _by_last_lemma() -> dict[str, tuple[Entry, ...]]:
    index: dict[str, list[Entry]] = {}
    for entry in entries():
        index.setdefault(entry.lemma[-1], []).append(entry)
    # Longer phrases first: "press conference" before "conference".
    return {lemma: tuple(sorted(found, key=lambda e: -len(e.lemma))) for lemma, found in index.items()}


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """Return the triggers of a sentence in text order; of entries on the same words the longer one of each kind."""
    found: list[Trigger] = []
    # By columns: to ask spaCy for every word of every sentence takes several times as long.
    words = sentence.span.to_array([LEMMA, LOWER, POS]).tolist()  # type: ignore[attr-defined]  # a gap in its stubs
    strings = sentence.span.vocab.strings
    for place, word in enumerate(words):
        evoked = _evoked_by(strings[word[0]], strings[word[1]], word[2] == PROPN)
        if not evoked:
            continue
        token = sentence.span[place]
        taken: set[str] = set()
        longest = 1
        for entry in evoked:
            if len(entry.lemma) < longest or f"{entry.kind}{entry.frame}" in taken:
                continue
            first = _match(entry, token, sentence)
            if first is not None:
                longest = max(longest, len(entry.lemma))
                taken.add(f"{entry.kind}{entry.frame}")
                found.append(Trigger(entry, sentence, token, sentence.offset_of(first), sentence.end_of(token)))
    return found


def _evoked_by(lemma: str, lower: str, is_name: bool) -> tuple[Entry, ...]:
    return _by_last_lemma().get(_lemma(lemma, lower, is_name), ())


def lemma_of(token: Token) -> str:
    """Return a token's lemma in lower case; for words that the model takes for names, without a plural s."""
    return _lemma(token.lemma_, token.lower_, token.pos_ == "PROPN")


def _lemma(lemma: str, lower: str, is_name: bool) -> str:
    lemma = _MISREAD.get(lower) or lemma.lower()
    if is_name and lemma.endswith("s") and len(lemma) > 4 and not lemma.endswith("ss"):
        return lemma[:-1]
    return lemma


def _match(entry: Entry, token: Token, sentence: Sentence) -> Token | None:
    """Return the first token of the entry's phrase that ends at `token`, or None."""
    if not _pos_fits(entry, token, sentence):
        return None
    first = token
    for lemma in reversed(entry.lemma[:-1]):
        if first.i <= sentence.span.start:
            return None
        first = token.doc[first.i - 1]
        if lemma_of(first) != lemma and first.lower_ != lemma:
            return None
    if (
        entry.particles
        and entry.frame != "with"
        and not any(c.dep_ in ("prep", "prt", "dative") and c.lower_ in entry.particles for c in token.children)
    ):
        following = token.doc[token.i + 1] if token.i + 1 < sentence.span.end else None
        led_to = entry.frame == "speak" and clause.partners(token)
        if not led_to and (following is None or following.lower_ not in entry.particles):
            return None
    return first


def _pos_fits(entry: Entry, token: Token, sentence: Sentence) -> bool:
    """Tell whether the word is of the entry's part of speech; in headlines, mistagged, a verb's form decides."""
    if entry.pos == "NOUN":
        return token.pos_ in _NOUN_LIKE
    if token.pos_ in _VERB_LIKE:
        return True
    return sentence.is_title and token.lower_ in (entry.lemma[-1] + "s", entry.lemma[-1] + "es", entry.lemma[-1] + "ed")
