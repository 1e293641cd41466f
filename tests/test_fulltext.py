"""The index of words: what is found, in which order, as fast as it should be, and that nothing asked for is syntax."""

from __future__ import annotations

import sqlite3
import string
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import made_up_store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.filters import Filters
from dashboard.query import Archive, events
from dashboard.query.conditions import words
from dashboard.query.fulltext import IN_TITLE
from dashboard.query.search import search
from extract.corrections import Journal
from extract.record import Actor, Event, Source
from extract.store import Store, write_store

TOLD = {
    "ev1": ("Peru and Chile hold talks", "They spoke of the fisheries of Peru."),
    "ev2": ("A visit to Quito", "Peru, Chile and Ecuador met. Talks went on."),
    "ev3": ("北京会见智利外长", "“Ça va”, said the envoy of Côte d'Ivoire 🚢🚢."),
    "ev4": ("Envoys visited Lima", "COVID-19 and U.S.-Chile trade; the หนังสือเดินทาง was shown."),
}


def _event(identifier: str, title: str, quote: str) -> Event:
    return Event(
        id=identifier, kind="meeting", subtype="talks", status="occurred", salience="main", date="2020-01-02",
        date_basis="stated", countries=("PER",), title=title, organizations=("Pacific Pact",), place="Cusco",
        actors=(Actor("Ana Quispe", "PER", None),), confidence=None,
        sources=(Source("d.txt", 0, len(quote), quote, 0, "made up"),
                 Source("d.txt", 0, 9, "harbours.", 0, "made up")),
    )


def _store(folder: Path, told: dict[str, tuple[str, str]]) -> Path:
    base = made_up_store()
    write_store(folder, Store(base.documents, base.articles, tuple(_event(one, *text) for one, text in told.items()), "x"))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _store(tmp_path_factory.mktemp("words") / "store", TOLD)


@pytest.fixture(scope="module")
def archive(folder: Path) -> Archive:
    return Archive(folder)


def _found(archive: Archive, text: str) -> str:
    numbers = archive.words.events(words(text))["event"].to_pylist()
    return "".join(sorted(str(archive.one("SELECT id FROM events WHERE event = $one", {"one": one})[0])[2:] for one in numbers))


@pytest.mark.parametrize(("text", "found"), [
    ("talks", "12"), ("TALKS peru", "12"), ("talks quito", "2"), ("talk", "12"), ("alks", ""),
    ("visit", "24"), ("visited", "4"), ("revisit", ""), ("“visit to”", "2"), ('"to visit"', ""), ("“peru chile”", "2"),
    ("ca va", "3"), ("ÇA", "3"), ("cote d'ivoire", "3"), ("Côte", "3"),
    ("会见", "3"), ("北京", "3"), ("京会", "3"), ("京北", ""), ("หนังสือ", "4"), ("เดินทาง", "4"), ("🚢", "3"), ("🚀", ""),
    ("covid-19", "4"), ("covid 19", "4"), ("19", "4"), ("u.s.", "4"), ("u.s.-chile", "4"),
    ("quispe cusco", "1234"), ("“pacific pact” peru", "12"), ("“quispe harbours”", ""), ("“19 trade”", ""),
    ("“trade harbours”", ""), ("a", "2"), ("&", ""), ("& peru", "12"), ("- -", ""),
])
def test_what_is_found(archive: Archive, text: str, found: str) -> None:
    assert _found(archive, text) == found


@pytest.mark.parametrize("text", [
    'peru" OR "quito', "peru*", "^peru", "-peru", "title:peru", "NEAR(peru chile)", "peru AND quito", "peru OR quito",
    "peru NOT quito", "{title} : peru", "'; DROP TABLE words; --", "(", ")", '"', '""', '"""', "quito\x00", "\ue000", "$word", "?",
    "%", "_", "\\", "a" * 200, "(" * 200, '"a" ' * 50, "quotes:", "rank", "rowid", "+", "peru + chile", "*",
])
def test_nothing_is_syntax(archive: Archive, text: str) -> None:
    """Signs of a query language are as good as blanks, and its words are words: NOT is not in any of these events."""
    plain = " ".join("".join(sign if sign.isalnum() else " " for sign in text).split())
    assert _found(archive, text) == (_found(archive, plain) if plain else "")
    assert events.totals(archive, Filters(text=text))["events"] == len(_found(archive, text))
    search(archive, text)


def test_the_title_comes_first(archive: Archive) -> None:
    for text, order in (("talks", ["ev1", "ev2"]), ("talks chile", ["ev1", "ev2"]), ("visit", ["ev2", "ev4"])):
        assert list(events.best(archive, Filters(text=text), 9)["id"]) == order
    first, second = sorted(archive.words.ranked_events(["talks"])["score"].to_pylist(), reverse=True)
    assert first >= IN_TITLE > second > 0
    assert list(events.best(archive, Filters(), 9)["id"]) == list(events.page(archive, Filters(), 9)["id"])


def test_what_analysts_changed_is_found_as_it_stands(folder: Path, tmp_path: Path) -> None:
    journal = Journal(f"sqlite:///{tmp_path / 'x.sqlite'}")
    first, second = (_event(one, *TOLD[one]) for one in ("ev1", "ev2"))
    journal.write("edit", [first], [replace(first, title="Bolivia hosts “talks”")], author="Ada", seen=journal.head())
    journal.write("reject", [second], [], author="Ada", seen=journal.head())
    archive = Archive(folder, journal.entries())
    assert _found(archive, "bolivia") == "1" and _found(archive, "hold") == "" and _found(archive, "fisheries") == "1"
    assert _found(archive, "quito") == "" and _found(archive, "talks") == "1"
    assert list(events.best(archive, Filters(text="bolivia talks"), 9)["id"]) == ["ev1"]


_TEXTS = st.lists(st.sampled_from(["peru", "per", "Perú", "talks", "talk", "a", "b-c", "c", "19", "trade."]), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=4), _TEXTS, st.booleans())
def test_an_index_finds_what_reading_finds(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[list[str], list[str]]], asked: list[str], phrase: bool
) -> None:
    told_of = {f"ev{number}": (" ".join(title), " ".join(quote)) for number, (title, quote) in enumerate(told)}
    folder = _store(tmp_path_factory.mktemp("any") / "store", told_of)
    asked = [" ".join(asked)] if phrase else asked
    found = {f"ev{one}" for one in _found(Archive(folder), " ".join(f'"{one}"' for one in asked))}
    assert found == {one for one, texts in told_of.items() if all(any(_has(text, word) for text in texts) for word in asked)}


def _signs(text: str) -> list[str]:
    plain = text.lower().replace("ú", "u")
    return "".join(one if one in string.ascii_lowercase + string.digits else " " for one in plain).split()


def _has(text: str, word: str) -> bool:
    """Tell whether the words of `word` follow each other in a text, of the last its beginning unless it is one letter."""
    there, asked = _signs(text), _signs(word)
    ends = str.startswith if len(word) > 1 else str.__eq__
    return any(
        there[at : at + len(asked) - 1] == asked[:-1] and ends(there[at + len(asked) - 1], asked[-1])
        for at in range(len(there) - len(asked) + 1)
    )


def test_documents_by_title_and_text(archive: Archive) -> None:
    assert [(one["document"], one["in_title"]) for one in search(archive, "harbour letter")["documents"]] == [("letter.txt", True)]
    assert [(one["document"], one["in_title"]) for one in search(archive, "reindeer")["documents"]] == [("note <b>1</b>.txt", False)]
    assert [one["document"] for one in search(archive, "norway")["documents"]] == ["letter.txt", "note <b>1</b>.txt"]


def test_a_broken_index_is_made_anew(tmp_path: Path) -> None:
    folder = _store(tmp_path / "store", TOLD)
    assert _found(Archive(folder), "peru") == "12"
    (index,) = tmp_path.glob("store.derived/*/events-words-*.sqlite")
    index.write_bytes(b"no database at all" * 100)
    assert _found(Archive(folder), "peru") == "12"
    with sqlite3.connect(index) as connection:
        assert connection.execute("SELECT count(*) FROM words WHERE words MATCH 'peru'").fetchone() == (2,)


def test_an_answer_of_very_many_events_filters_as_a_few_do(tmp_path: Path) -> None:
    some = {f"ev{number:05}": (f"Peru hosts number {number}", "harbour") for number in range(4_000)}
    base = made_up_store()
    one = _event("ev", "t", "harbour")
    all_of_them = tuple(replace(one, id=key, title=title) for key, (title, _) in some.items())
    write_store(tmp_path / "store", Store(base.documents, base.articles, all_of_them, "x"))
    archive = Archive(tmp_path / "store")
    assert events.totals(archive, Filters(text="harbour"))["events"] == 4_000
    assert list(events.best(archive, Filters(text="peru 777"), 3)["id"]) == ["ev00777"]
