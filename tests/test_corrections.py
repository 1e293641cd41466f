"""What analysts decide: kept in SQLite and PostgreSQL, undone, found again after another extraction, never lost."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import _source, made_up_store
from databases import Server
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from dashboard import access
from extract.cli import main
from extract.corrections import Conflict, Journal, Reviewed, lay_over
from extract.model import InputError
from extract.record import Event, Part, to_jsonl
from extract.store import write_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
STORE = made_up_store()
EVENTS = {one.id: one for one in STORE.events}
TEXTS = {one.name: one.text for one in STORE.documents}
MEETING, VISIT, SPEECH = EVENTS["ev1"], EVENTS["ev2"], EVENTS["ev7"]


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'corrections.sqlite'}"
    import sqlalchemy as sql

    server: str = request.getfixturevalue("server").address
    name = f"t{tmp_path.name}".replace("-", "_")[:60].lower()
    engine = sql.create_engine(server.replace("postgresql:", "postgresql+pg8000:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sql.text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return server.rpartition("/")[0] + f"/{name}"


@pytest.fixture
def journal(address: str) -> Journal:
    return Journal(address)


def _write(journal: Journal, action: str, before: list[Event], after: list[Event], **more: Any) -> Any:
    return journal.write(action, before, after, **({"author": "Ada", "seen": journal.head()} | more))


def _now(journal: Journal, events: Any = STORE.events, texts: Any = None, **more: Any) -> Reviewed:
    return lay_over(events, journal.entries(), TEXTS if texts is None else texts, **more)


def test_what_was_decided_is_kept_with_who_when_why_before_and_after(journal: Journal, address: str) -> None:
    dated = replace(VISIT, date="2021-05-04")
    written = _write(journal, "edit", [VISIT], [dated], author=" Ada \n Byron ", reason="the letter's day")
    (read,) = Journal(address).entries()
    assert read == written
    assert (read.author, read.reason, read.before, read.after) == ("Ada Byron", "the letter's day", (VISIT,), (dated,))
    assert read.made.utcoffset() is not None and Journal(address).entries(after=read.number) == ()


def test_each_action_changes_what_is_shown(journal: Journal) -> None:
    both = replace(MEETING, sources=MEETING.sources + SPEECH.sources)
    visit, other = replace(VISIT, countries=("NOR",), parts=()), replace(VISIT, id="ev2b", countries=("MLT",), parts=())
    missed = replace(SPEECH, id="new", title="A missed one")
    _write(journal, "confirm", [EVENTS["ev5"]], [EVENTS["ev5"]])
    _write(journal, "reject", [EVENTS["ev3"]], [])
    _write(journal, "merge", [MEETING, SPEECH], [both])
    _write(journal, "split", [VISIT], [visit, other])
    _write(journal, "add", [], [missed])
    found = _now(journal)
    assert {one: review.state for one, review in found.reviews.items()} == {
        "ev5": "confirmed", "ev1": "merged", "ev2": "split", "ev2b": "split", "new": "added"}
    assert found.events.keys() == {"ev1", "ev2", "ev2b", "ev4", "ev5", "ev6", "ev8", "new"}
    assert found.rejected["ev3"][0] == EVENTS["ev3"] and found.replaced["ev7"] == ("ev1",)
    assert found.events["ev1"].sources == both.sources and found.events["ev2b"].countries == ("MLT",)
    assert not found.lost and not any(review.missing or review.extracted for review in found.reviews.values())


def test_undoing_and_doing_again(journal: Journal) -> None:
    entry = _write(journal, "reject", [MEETING], [])
    undo = journal.undo(entry, author="Bob", reason="it did take place", seen=journal.head())
    assert _now(journal).events == EVENTS and not _now(journal).rejected
    with pytest.raises(InputError, match="undone already"):
        journal.undo(entry, author="Bob", seen=journal.head())
    journal.undo(undo, author="Ada", seen=journal.head())
    assert "ev1" not in _now(journal).events
    assert [one.action for one in journal.entries()] == ["reject", "undo", "undo"], "nothing is ever taken out"


def test_undoing_an_earlier_edit_leaves_the_later_one(journal: Journal) -> None:
    first = replace(VISIT, date="2021-05-04")
    entry = _write(journal, "edit", [VISIT], [first])
    _write(journal, "edit", [first], [replace(first, place="Oslo", place_country="NOR")])
    assert (_now(journal).events["ev2"].date, _now(journal).events["ev2"].place) == ("2021-05-04", "Oslo")
    journal.undo(entry, author="Ada", seen=journal.head())
    assert (_now(journal).events["ev2"].date, _now(journal).events["ev2"].place) == ("2021-05", "Oslo")


def test_what_was_added_goes_with_all_that_was_done_to_it(journal: Journal) -> None:
    missed = replace(SPEECH, id="new")
    entry = _write(journal, "add", [], [missed])
    _write(journal, "edit", [missed], [replace(missed, title="A better title")])
    assert _now(journal).events["new"].title == "A better title"
    journal.undo(entry, author="Ada", seen=journal.head())
    assert _now(journal).events == EVENTS and not _now(journal).lost


def test_the_second_of_two_is_told(journal: Journal) -> None:
    seen = journal.head()
    _write(journal, "edit", [VISIT], [replace(VISIT, date="2021-05-04")], seen=seen, author="Ada")
    with pytest.raises(Conflict, match="Ada") as caught:
        _write(journal, "reject", [VISIT], [], seen=seen, author="Bob")
    assert [one.action for one in caught.value.entries] == ["edit"] and len(journal.entries()) == 1
    _write(journal, "reject", [MEETING], [], seen=seen, author="Bob")
    _write(journal, "reject", [VISIT], [], seen=journal.head(), author="Bob")


def test_of_many_at_once_one_succeeds(journal: Journal) -> None:
    seen, told = journal.head(), []

    def decide(name: str) -> None:
        try:
            journal.write("reject", [MEETING], [], author=name, seen=seen)
        except Conflict:
            told.append(name)

    threads = [threading.Thread(target=decide, args=(f"analyst {number}",)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(journal.entries()) == 1 and len(told) == 7


@pytest.mark.parametrize(("write", "reason"), [
    (lambda j: _write(j, "party", [], []), "no correction"), (lambda j: _write(j, "undo", [], []), "no correction"),
    (lambda j: _write(j, "merge", [MEETING], [MEETING]), "1 events before"),
    (lambda j: _write(j, "reject", [MEETING], [MEETING]), "1 events after"),
    (lambda j: _write(j, "edit", [MEETING], [VISIT]), "keeps its id"),
    (lambda j: _write(j, "reject", [MEETING], [], author=" \n"), "who corrects"),
    (lambda _: _write(Journal("sqlite:////proc/none/x.sqlite"), "confirm", [VISIT], [VISIT]), "/proc/none/x.sqlite"),
    (lambda _: Journal("no address"), "cannot be opened"),
    (lambda _: Journal("postgresql://ada:secret@h:abc/x"), "^the address of the corrections: .* cannot be opened: [^@]*$"),
    (lambda _: Journal("postgresql://ada:secret@127.0.0.1:1/x").head(), r"ada:\*\*\*@127"),
])
def test_what_cannot_be_is_refused(tmp_path: Path, write: Callable[[Journal], Any], reason: str) -> None:
    journal = Journal(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with pytest.raises(InputError, match=reason) as caught:
        write(journal)
    assert "secret" not in str(caught.value) and journal.entries() == ()


def _journal(tmp_path: Path) -> Journal:
    return Journal(f"sqlite:///{tmp_path / 'x.sqlite'}")


def test_another_id_for_the_same_evidence_keeps_the_decision(tmp_path: Path) -> None:
    journal = _journal(tmp_path)
    _write(journal, "edit", [VISIT], [replace(VISIT, status="cancelled")])
    _write(journal, "reject", [EVENTS["ev3"]], [])
    renamed = [replace(one, id=f"{one.id}x") for one in STORE.events]
    found = _now(journal, renamed)
    assert found.events["ev2x"].status == "cancelled" and found.replaced["ev2"] == ("ev2x",)
    assert "ev3x" not in found.events and found.rejected["ev3x"][0].id == "ev3x"
    by_alias = _now(journal, [replace(VISIT, id="far", sources=MEETING.sources)], aliases={"ev2": "far"})
    assert by_alias.events["far"].status == "cancelled"


def test_a_reading_that_has_changed_since_is_shown_beside_the_decision(tmp_path: Path) -> None:
    journal = _journal(tmp_path)
    _write(journal, "edit", [VISIT], [replace(VISIT, date="2021-05-04")])
    _write(journal, "confirm", [MEETING], [MEETING])
    visit = replace(VISIT, date="2022", place=None)
    meeting = replace(MEETING, countries=("MLT",), parts=(Part("MLT", "host"),), sources=MEETING.sources + SPEECH.sources)
    found = _now(journal, [visit, meeting, EVENTS["ev3"]])
    assert (found.events["ev2"].date, found.events["ev2"].place) == ("2021-05-04", None), "what was not edited follows"
    assert found.reviews["ev2"].extracted == visit
    assert found.events["ev1"].countries == MEETING.countries and found.reviews["ev1"].extracted == meeting
    assert found.events["ev1"].sources == meeting.sources, "passages found since prove it, too"
    agreed = _now(journal, [replace(VISIT, date="2021-05-04"), MEETING])
    assert agreed.reviews["ev2"].extracted is None, "the extraction has come to say the same"


def test_a_decision_outlives_an_event_that_is_found_no_more(tmp_path: Path) -> None:
    journal = _journal(tmp_path)
    _write(journal, "confirm", [MEETING], [MEETING])
    _write(journal, "reject", [VISIT], [])
    found = _now(journal, [])
    assert found.events["ev1"] == MEETING and found.reviews["ev1"].missing and not found.lost
    moved = {name: f"A new first line.\n{text}" for name, text in TEXTS.items()}
    (source, *_) = _now(journal, [], moved).events["ev1"].sources
    assert moved[source.document][source.start : source.end] == source.quote == MEETING.sources[0].quote
    gone = _now(journal, [], dict.fromkeys(TEXTS, "Nothing."))
    assert [one.action for one in gone.lost] == ["confirm"] and not gone.events


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.tuples(some.sampled_from(["confirm", "reject", "edit", "merge", "split", "add"]), some.integers(0, 99),
                              some.integers(0, 99)), max_size=7), some.randoms(use_true_random=False))
def test_when_all_is_undone_all_is_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, plan: list[tuple[str, int, int]], chance: Any
) -> None:
    journal = _journal(tmp_path_factory.mktemp("undo"))
    for number, (action, a, b) in enumerate(plan):
        shown = sorted(_now(journal).events.values(), key=lambda one: one.id)
        one, other = shown[a % len(shown)], shown[b % len(shown)]
        new = replace(one, id=f"new{number}")
        if action == "merge" and one is other:
            continue
        _write(journal, action, *{
            "confirm": ([one], [one]), "reject": ([one], []), "edit": ([one], [replace(one, title=f"Title {number}")]),
            "merge": ([one, other], [replace(one, sources=one.sources + other.sources)]), "split": ([one], [one, new]),
            "add": ([], [replace(SPEECH, id=f"new{number}")]),
        }[action])
        if len(_now(journal).events) < 2:
            break
    entries = list(journal.entries())
    chance.shuffle(entries)
    for entry in entries:
        journal.undo(entry, author="Ada", seen=journal.head())
    found = _now(journal)
    assert found.events == EVENTS and not (found.reviews or found.rejected or found.replaced or found.lost)


def test_documents_reviewed_to_the_end_are_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store, records = tmp_path / "store", tmp_path / "records.jsonl"
    letter = [one for one in STORE.events if one.sources[0].document == "letter.txt"]
    wrong = replace(letter[-1], id="wrong", sources=(_source("letter.txt", TEXTS["letter.txt"], "harbours"),))
    write_store(store, replace(STORE, events=(*STORE.events, wrong)))
    records.write_text(to_jsonl([*STORE.events, wrong]), encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    command = ["score", str(records), "--corrections", url, "--store", str(store), "--json"]
    assert main(command) == 2 and "no such database" in capsys.readouterr().err
    journal = Journal(url)
    for one in letter:
        after = replace(one, date="2020-01-01") if one.id == "ev2" else one
        _write(journal, "edit" if one.id == "ev2" else "confirm", [one], [after])
    assert main(command) == 2 and "reviewed to its end" in capsys.readouterr().err, "one event is still open"
    _write(journal, "reject", [wrong], [])
    capsys.readouterr()
    assert main(command) == 0
    figures = capsys.readouterr().out
    assert f'"gold_events": {len(letter)}' in figures or '"precision"' in figures
    assert main(["score", str(records)]) == 2 and "against" in capsys.readouterr().err


def test_a_server_that_goes_and_comes_back(server: Server, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading goes on, with what was known; the page says so; nothing that was written is lost, and the next is written."""
    monkeypatch.setenv("READOUT_STORE", str(store))
    monkeypatch.setenv("READOUT_CORRECTIONS", server.address)
    monkeypatch.setattr(access, "editor", lambda settings: "")
    journal = Journal(server.address)
    _write(journal, "reject", [VISIT], [])
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["view"] = "event"
    app.query_params["event"] = "ev3"
    said = [one.value for one in app.run().warning]
    assert not said and not app.exception
    server.stop()
    try:
        app.run()
        assert "does not answer" in app.warning[0].value and "known before" in app.warning[0].value and not app.exception
        assert not app.error and app.header, "the page is read on"
        app.text_input(key="reviewer").set_value("Ada")
        app.session_state["way_ev3"] = "confirm"
        app.run()
        next(one for one in app.button if str(one.key).startswith("FormSubmitter:correct_")).click().run()
        assert "Nothing was changed" in app.error[0].value and "127" not in app.error[0].value and not app.exception
        other = AppTest.from_file(APP, default_timeout=60)
        other.query_params["view"] = "history"
        assert "does not answer" in other.run().warning[0].value and not other.exception
        with pytest.raises(InputError, match="cannot be read"):
            Journal(server.address).entries()
    finally:
        server.start()
    app.run()
    assert not app.warning and not app.exception
    next(one for one in app.button if str(one.key).startswith("FormSubmitter:correct_")).click().run()
    assert not app.error and "confirmed" in app.success[0].value.lower() and not app.exception
    assert [(one.action, one.events) for one in journal.entries()] == [("reject", {"ev2"}), ("confirm", {"ev3"})]


def test_a_server_that_makes_wait_is_left_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal("postgresql://ada:secret@127.0.0.1:1/x")
    asked: list[float] = []
    times = iter((0.0, 10.0, 11.0, 39.0, 41.0, 41.5))
    monkeypatch.setattr("extract.corrections.journal.time", SimpleNamespace(monotonic=lambda: next(times)))
    monkeypatch.setattr("extract.corrections.database.Database._prepare",
                        lambda _: (asked.append(1), (_ for _ in ()).throw(OSError("timed out"))))
    for _ in range(4):
        with pytest.raises(InputError, match="timed out"):
            journal.head()
    assert len(asked) == 2, "after ten seconds in vain not for thirty more"


def test_a_file_of_corrections_that_goes_or_breaks(tmp_path: Path) -> None:
    file = tmp_path / "x.sqlite"
    journal = Journal(f"sqlite:///{file}")
    _write(journal, "reject", [VISIT], [])
    whole = file.read_bytes()
    for content in (b"no database at all" * 100, whole[: len(whole) // 2], whole[:4096] + bytes(len(whole) - 4096)):
        file.write_bytes(content)
        with pytest.raises(InputError, match="the corrections cannot be read"):
            journal.entries()
        with pytest.raises(InputError):
            _write(journal, "reject", [MEETING], [])
        file.write_bytes(whole)
        assert len(journal.entries()) == 1, "once it is put right it is read on"
    file.unlink()
    assert journal.entries() == ()
    _write(journal, "reject", [MEETING], [])
    assert len(Journal(f"sqlite:///{file}").entries()) == 1, "and no write goes to a file that was removed"


@pytest.mark.parametrize(("column", "value", "reason"), [
    ("action", "explode", "correction 1: cannot be read: 'explode' is no action"), ("before", "[" * 100_000, "correction 1: cannot be read"),
    ("made", "yesterday", "correction 1: cannot be read"), ("after", '[{"id": 1}]', "correction 1: "),
])
def test_an_entry_that_makes_no_sense_is_named_and_the_store_is_shown_without(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, column: str, value: str, reason: str
) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    _write(Journal(url), "confirm", [MEETING], [MEETING])
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as opened, opened:
        opened.execute(f"UPDATE corrections SET {column} = ?", [value])
    with pytest.raises(InputError, match=reason):
        Journal(url).entries()
    monkeypatch.setenv("READOUT_STORE", str(store))
    monkeypatch.setenv("READOUT_CORRECTIONS", url)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["view"] = "history"
    app.run()
    assert not app.exception and "correction 1" in app.warning[0].value and "shown without corrections" in app.warning[0].value
    assert not app.info, "nobody knows whether anything was corrected"


def test_a_mistyped_database_is_not_one_without_corrections(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["export", str(store), "--format", "csv", "-o", str(tmp_path / "e.csv"), "--corrections"]
    for url in (f"sqlite:///{tmp_path / 'none.sqlite'}", ""):
        assert main([*command, url]) == 2
        assert "corrections" in capsys.readouterr().err and not (tmp_path / "e.csv").exists()
