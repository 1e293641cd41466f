"""A store of made-up events with what the pages of events and documents need: an event that two documents tell, resolved
dates, parts of states, a digest of several articles that is too long to be shown at once."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from conftest import LETTER, made_up_store

from extract.model import Document
from extract.record import Event, Part, Source
from extract.store import ArticleRow, Store, TimexRow

GAZETTE = """The gazette of Oslo

OSLO, 4 March 2021 — Mr Nordmann said on Thursday that he had met President Example of Malta the day before. They
will meet again soon, he said.
"""
_FILL = "Nothing of note was told of that day in any of the harbours along the coast.\n"
_SPOKEN = [f"Norway’s envoy spoke for the {number} time." for number in
           ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th")]
DIGEST = "\n".join([
    "First of the day", _FILL * 300, "Second of the day", _FILL * 300, "Third of the day", _FILL * 300,
    *_SPOKEN, "The end.",
])


def _source(name: str, text: str, quote: str, article: int = 0, rule: str = "made up") -> Source:
    start = text.index(quote)
    return Source(name, start, start + len(quote), quote, article, rule)


def _timex(name: str, text: str, words: str, value: str) -> TimexRow:
    start = text.index(words)
    return TimexRow(name, 0, start, start + len(words), value)


def told_twice() -> Store:
    """Return the made-up store with two documents and two events more."""
    store = made_up_store()
    met = "Mr Nordmann said on Thursday that he had met President Example of Malta the day before."
    first, *others = store.events
    told = replace(
        first, date_basis="the text gives the full date", place_country="MLT",
        parts=(Part("MLT", "host"), Part("NOR", "guest")),
        sources=(*first.sources, _source("letter.txt", LETTER, "“Fjords & harbours” 🚢 was the motto"),
                 _source("gazette.txt", GAZETTE, met, rule="meeting:meet:meet")),
    )
    spoken = Event(
        id="ev9", kind="statement", subtype="remarks", status="occurred", salience="main", date="2020-01-03",
        date_basis="header", countries=("NOR",), organizations=(), actors=(), place=None, title="Norway’s envoy speaks",
        sources=tuple(_source("digest.txt", DIGEST, quote, 2) for quote in _SPOKEN), confidence=0.6,
    )
    said = replace(spoken, id="ev10", date="2021-03-04", title="Ola Nordmann speaks of a meeting",
                   sources=(_source("gazette.txt", GAZETTE, met[met.index("on Thursday"):]),), date_basis="dateline")
    starts = [DIGEST.index(title) for title in ("First of", "Second of", "Third of")]
    articles = tuple(
        ArticleRow("digest.txt", number, start, end, DIGEST[start:].partition("\n")[0], f"2020-01-0{number + 1}", "header")
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(DIGEST)], strict=True))
    )
    documents = tuple(
        Document(name, text, hashlib.sha256(text.encode()).hexdigest(), title, publisher=publisher)
        for name, text, title, publisher in (
            ("gazette.txt", GAZETTE, "The gazette of Oslo", "The Gazette"), ("digest.txt", DIGEST, None, None))
    )
    timexes = (
        _timex("letter.txt", LETTER, "3 March 2021", "2021-03-03"), _timex("letter.txt", LETTER, "Wednesday", "2021-03-03"),
        _timex("letter.txt", LETTER, "May 2021", "2021-05"), _timex("gazette.txt", GAZETTE, "4 March 2021", "2021-03-04"),
        _timex("gazette.txt", GAZETTE, "Thursday", "2021-03-04"),
    )
    gazette = ArticleRow("gazette.txt", 0, 0, len(GAZETTE), "The gazette of Oslo", "2021-03-04",
                         "2021-03-04 is told by: dateline")
    return Store((*store.documents, *documents), (*store.articles, gazette, *articles),
                 (told, *others, spoken, said), "told twice", timexes)
