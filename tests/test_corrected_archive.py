"""What analysts have decided, as the dashboard's questions see it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from conftest import _source, made_up_store

from dashboard.filters import Filters
from dashboard.query import Archive, events
from extract.corrections import Journal
from extract.record import Actor, Part

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
