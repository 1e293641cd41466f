"""Parts of speech and lemmas of parsed words, looked up once for each kind of word instead of for each word.

spaCy's attribute ruler and lemmatizer decide by a word's text, tag and dependency (and, for a few contractions, by its
neighbour), in Python and for each word anew: a third of the parse. Here their decision is kept for every such key, so
that the result is theirs, word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, ORTH, POS, TAG
from spacy.tokens import Doc
from spacy.vocab import Vocab

_PAIRED = ("ai", "gon", "na", "got", "ta", "let", "c'm", "y", "y'")
"""Words whose lemma, or whose neighbour's, hangs on the two of them together: "ain't", "gonna", "let's"."""
_MOST = 200_000
"""Keys kept at most: rare words would otherwise fill the memory of a long run."""
_DECIDED = [POS, LEMMA, TAG, DEP]

Key = tuple[int, int, int]
Form = tuple[int, int, int, int]


class WordForms:
    """Fills in part of speech and lemma of the words of a parsed text; remembers what it has seen."""

    def __init__(self, vocab: Vocab, decide: Callable[[Doc], Doc]) -> None:
        """Use `decide` (spaCy's own components, over `vocab`) for words that were not seen before."""
        self._vocab = vocab
        self._decide = decide
        self._known: dict[Key, Form] = {}
        self._paired = frozenset(vocab.strings.add(word) for word in _PAIRED)
        # "there is": the verb after an expletive is no auxiliary, which its own key does not tell.
        self._expletive = vocab.strings.add("expl")

    def complete(self, docs: Iterable[Doc]) -> list[Doc]:
        """Fill in parsed texts in place, and return them; what is new in them is decided at one go."""
        if len(self._known) > _MOST:
            self._known.clear()
        known, unknown = self._known, dict[Key, None]()
        done: list[Doc] = []
        alone: list[tuple[Doc, list[Key]]] = []
        for doc in docs:
            lower, *columns = doc.to_array([LOWER, DEP, ORTH, TAG]).T.tolist()
            if not self._paired.isdisjoint(lower) or self._expletive in columns[0]:
                done.append(self._decide(doc))
                continue
            keys: list[Key] = list(zip(*columns, strict=True))
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
        """Have the forms of unknown words decided, in a text made of nothing else."""
        strings = self._vocab.strings
        words = Doc(
            self._vocab,
            words=[strings[orth] for _, orth, _ in unknown],
            tags=[strings[tag] for *_, tag in unknown],
            deps=[strings[dep] for dep, *_ in unknown],
            heads=list(range(len(unknown))),
        )
        for key, form in zip(unknown, self._decide(words).to_array(_DECIDED).tolist(), strict=True):
            self._known[key] = tuple(form)
