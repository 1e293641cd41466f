"""What analysts have decided, as the dashboard's questions see it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import _source, made_up_store

from dashboard.corpus import Corpus
from dashboard.filters import Filters
from dashboard.query import Archive, events
from extract import exports, pipeline
from extract.corrections import Journal
from extract.record import Actor, Part
from extract.store import read_store, write_store

STORE = made_up_store()
EVENTS = {one.id: one for one in STORE.events}


def test_what_stands_is_what_is_counted(store: Path, tmp_path: Path) -> None:
    journal = Journal(f"sqlite:///{tmp_path / 'x.sqlite'}")
    plain = Archive(store)
    assert not plain.reviewed.reviews and plain.one("SELECT count(DISTINCT review), min(review) FROM events") == (1, "open")
    dated = replace(EVENTS["ev2"], date="2021-05-04", countries=("MLT", "PER"), actors=(Actor("Ana Ejemplo", "PER"),),
                    parts=(Part("MLT", "host"), Part("PER", "visitor")))
    text = STORE.documents[1].text
    added = replace(EVENTS["ev4"], id="new", title="A missed one", sources=(_source(STORE.documents[1].name, text, text[:9]),))
    merged = replace(EVENTS["ev1"], sources=EVENTS["ev1"].sources + EVENTS["ev7"].sources)
    for action, before, after in (
        ("edit", [EVENTS["ev2"]], [dated]), ("reject", [EVENTS["ev3"]], []), ("add", [], [added]),
        ("merge", [EVENTS["ev1"], EVENTS["ev7"]], [merged]), ("confirm", [EVENTS["ev5"]], [EVENTS["ev5"]]),
    ):
        journal.write(action, before, after, author="Ada", seen=journal.head())
    archive = Archive(store, journal.entries())
    assert events.totals(archive, Filters())["events"] == 7
    assert events.totals(archive, Filters(countries=("PER",)))["events"] == 2
    assert events.totals(archive, Filters(parts=("PER.visitor",)))["events"] == 1
    assert events.totals(archive, Filters(people=("Ana Ejemplo",), text="malta"))["events"] == 1
    assert events.event(archive, "ev2")["date"] == "2021-05-04" and events.event(archive, "ev3") is None
    assert len(events.evidence(archive, "ev1")) == 3 and events.event(archive, "new")["title"] == "A missed one"
    states = {row["id"]: row["review"] for row in archive.rows("SELECT id, review FROM events")}
    assert states == {"ev1": "merged", "ev2": "corrected", "ev4": "open", "ev5": "confirmed", "ev6": "open", "ev8": "open",
                      "new": "added"}
    for review, number in (("open", 3), ("corrected", 1), ("added", 1), ("split", 0)):
        assert events.totals(archive, Filters(reviews=(review,)))["events"] == number
    assert archive.reviewed.replaced["ev7"] == ("ev1",) and "ev3" in archive.reviewed.rejected


MET = "LIMA, Oct. 8, 2015 (EFE) -- Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on Wednesday.\n"
ABROAD = "NAIROBI, May 4, 2012 (KNA) -- Kenyan President Mwai Kibaki met Norwegian Prime Minister Jens Stoltenberg on Friday.\n"
MISSED = "SUVA, June 2, 2011 (FBC) -- The harbour of Suva was quiet on Thursday.\n"
AGAIN = ("SANTIAGO, Oct. 9, 2015 (EFE) -- Chilean President Michelle Bachelet held talks with Peruvian President Ollanta "
         "Humala in Lima on Wednesday.\n")
APART = "ACCRA, March 4, 2016 (GNA) -- Ghanaian President John Mahama met Togolese President Faure Gnassingbe on Friday.\n"
BY_RULES = SimpleNamespace(
    run=partial(pipeline.run, by_rules=True), grow=pipeline.grow, digest_of=pipeline.digest_of)


def test_decisions_stand_where_none_of_their_events_is_found_any_more(empty_store: Path, tmp_path: Path) -> None:
    journal = Journal(f"sqlite:///{tmp_path / 'x.sqlite'}")
    for action, one, after in (("confirm", "ev1", ["ev1"]), ("reject", "ev3", [])):
        journal.write(action, [EVENTS[one]], [EVENTS[name] for name in after], author="Ada", seen=journal.head())
    letter = tmp_path / "letter"
    write_store(letter, replace(STORE, documents=STORE.documents[:1], articles=STORE.articles[:1], events=(EVENTS["ev2"],)))
    for folder, standing, lost in ((letter, {"ev1", "ev2"}, 0), (empty_store, set[str](), 1)):
        archive = Archive(folder, journal.entries())
        assert {row["id"] for row in exports.of_store(folder, journal.entries())[0]} == standing
        assert set(events.page(archive, Filters(), 9, 0)["id"]) == standing and len(archive.reviewed.lost) == lost


@pytest.mark.parametrize("own", [False, True], ids=["a store that was given", "the store of the seeds"])
@pytest.mark.parametrize(("name", "text", "sources"), [("c.txt", APART, 1), ("c.txt", AGAIN, 2), ("0.txt", AGAIN, 2)])
def test_decisions_stand_when_a_document_is_added(tmp_path: Path, own: bool, name: str, text: str, sources: int) -> None:
    """Also where the new document tells the corrected act again, and gives it another id since it comes first."""
    seeds, new = tmp_path / "seeds", tmp_path / "new" / name
    for file, words in ((seeds / "a.txt", MET), (seeds / "b.txt", ABROAD), (seeds / "d.txt", MISSED), (new, text)):
        file.parent.mkdir(exist_ok=True)
        file.write_text(words)
    folder = tmp_path / "store"
    write_store(folder, pipeline.run([seeds], by_rules=True))
    met, wrong = (next(one for one in read_store(folder).events if code in one.countries) for code in ("CHL", "NOR"))
    journal = Journal(f"sqlite:///{tmp_path / 'x.sqlite'}")
    added = replace(met, id="new", title="A quiet harbour", countries=("FJI",), actors=(), parts=(),
                    sources=(_source("d.txt", MISSED, "The harbour of Suva"),))
    for action, before, after in (
        ("edit", [met], [replace(met, place="Callao")]), ("reject", [wrong], []), ("add", [], [added]),
    ):
        journal.write(action, before, after, author="Ada", seen=journal.head())
    job = Corpus(folder, seeds if own else None, lambda: BY_RULES).grow([[new]])
    assert job.wait(60) and not job.error
    archive = Archive(folder, journal.entries())
    rows = {row["id"]: row for row in archive.rows("SELECT id, place, title, review, sources, countries FROM events")}
    [(identifier, stands)] = [(key, row) for key, row in rows.items() if "PER" in row["countries"]]
    assert (stands["place"], stands["review"], stands["sources"]) == ("Callao", "corrected", sources)
    assert (identifier == met.id) is (name == "c.txt")
    assert identifier == met.id or archive.reviewed.replaced[met.id] == (identifier,), "the old id leads to the new"
    assert (rows["new"]["title"], rows["new"]["review"]) == ("A quiet harbour", "added")
    assert wrong.id not in rows and wrong.id in archive.reviewed.rejected
    assert not any("NOR" in row["countries"] for row in rows.values())
    assert {row["review"] for key, row in rows.items() if key not in ("new", identifier)} == ({"open"} if text == APART else set())
    assert not archive.reviewed.lost
