"""Parts of speech and lemmas of parsed words, looked up once for each kind of word instead of for each word.

spaCy's attribute ruler and lemmatizer decide by a word's text, tag and dependency (and, for a few contractions, by its
neighbour), in Python and for each word anew: a third of the parse. Here their decision is kept for every such key, so
that the result is theirs, word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, ORTH, POS, TAG
from spacy.tokens import Doc
from spacy.vocab import Vocab

_PAIRED = ("ai n't", "ai nt", "gon na", "got ta", "let 's", "c'm on", "y all", "y' all")
"""Words of which the lemma of one hangs on the other: "ain't", "gonna", "let's"."""
_MOST = 200_000
"""Keys kept at most: rare words would otherwise fill the memory of a long run."""
_DECIDED = [POS, LEMMA, TAG, DEP]
_EXPLETIVE = ("there", "EX", "expl")
"""A word before which a verb is no auxiliary ("there is"), which its own key does not tell: with tag and dependency."""

Key = tuple[int, int, int, bool]
"""Dependency, word and tag as numbers of the vocabulary; whether it follows an expletive."""
Form = tuple[int, int, int, int]


class WordForms:
    """Fills in part of speech and lemma of the words of a parsed text; remembers what it has seen."""

    def __init__(self, vocab: Vocab, decide: Callable[[Doc], Doc]) -> None:
        """Use `decide` (spaCy's own components, over `vocab`) for words that were not seen before."""
        self._vocab = vocab
        self._decide = decide
        self._known: dict[Key, Form] = {}
        self._paired = {tuple(map(vocab.strings.add, pair.split())) for pair in _PAIRED}
        self._first = frozenset(pair[0] for pair in self._paired)
        self._expletive = vocab.strings.add(_EXPLETIVE[2])

    def complete(self, docs: Iterable[Doc]) -> list[Doc]:
        """Fill in parsed texts in place, and return them; what is new in them is decided at one go."""
        if len(self._known) > _MOST:
            self._known.clear()
        known, unknown = self._known, dict[Key, None]()
        done: list[Doc] = []
        alone: list[tuple[Doc, list[Key]]] = []
        for doc in docs:
            lower, *columns = doc.to_array([LOWER, DEP, ORTH, TAG]).T.tolist()
            if not self._first.isdisjoint(lower) and not self._paired.isdisjoint(pairwise(lower)):
                done.append(self._decide(doc))
                continue
            after = [False, *(dep == self._expletive for dep in columns[0][:-1])]
            keys: list[Key] = list(zip(*columns, after[: len(lower)], strict=True))
            unknown.update((key, None) for key in keys if key not in known)
            alone.append((doc, keys))
            done.append(doc)
        if unknown:
            self._learn(list(unknown))
        for doc, keys in alone:
            forms = np.array([known[key] for key in keys], dtype=np.uint64).reshape(len(doc), len(_DECIDED))
            doc.from_array(_DECIDED, forms)  # type: ignore[arg-type]  # spaCy's own stubs know signed integers alone
        return done

    def _learn(self, unknown: Sequence[Key]) -> None:
        """Have the forms of unknown words decided, in a text made of nothing else but expletives before some."""
        strings = self._vocab.strings
        words, places = list[tuple[str, str, str]](), list[int]()
        for dep, orth, tag, after in unknown:
            words += [_EXPLETIVE] if after else []
            places.append(len(words))
            words.append((strings[orth], strings[tag], strings[dep]))
        texts, tags, deps = zip(*words, strict=True)
        heads = list(range(len(words)))
        made = Doc(self._vocab, words=list(texts), tags=list(tags), deps=list(deps), heads=heads)
        forms = self._decide(made).to_array(_DECIDED).tolist()
        for key, place in zip(unknown, places, strict=True):
            self._known[key] = tuple(forms[place])
