"""Correcting the record on its pages, without a browser."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import HOSTILE, made_up_store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from dashboard import access, correcting
from dashboard.markup import words
from extract.corrections import Journal, differing
from extract.model import InputError
from extract.record import Actor, Event, Part
from extract.store import read_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")


@pytest.fixture
def folder(store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(store, tmp_path / "store"))


@pytest.fixture
def journal(folder: Path) -> Journal:
    return Journal(f"sqlite:///{folder}.corrections.sqlite")


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def started(editor: str | None = "", **params: str) -> AppTest:
        monkeypatch.setenv("READOUT_STORE", str(folder))
        monkeypatch.setattr(access, "editor", lambda settings: editor)
        app = AppTest.from_file(APP, default_timeout=30)
        for key, value in params.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return started


def _said(app: AppTest) -> str:
    plain = [*app.title, *app.header, *app.caption, *app.info, *app.warning, *app.error, *app.success]
    trees = [json.loads(one.proto.json) for one in app.get("bidi_component")]
    said = [*(str(one.value) for one in plain), *(words(tree.get("tree") or tree) for tree in trees)]
    return "\n".join(" ".join(one.split()) for one in said)


def _send(app: AppTest) -> None:
    next(one for one in app.button if str(one.key).startswith("FormSubmitter:correct_")).click().run()


def _decide(app: AppTest, way: str, event: str, name: str = "Ada", **values: Any) -> AppTest:
    """Choose what to do, fill the form and send it."""
    if app.get("text_input") and any(one.key == "reviewer" for one in app.text_input):
        app.text_input(key="reviewer").set_value(name)
    app.get("button_group")
    app.session_state[f"way_{event}"] = way
    app.run()
    for key, value in values.items():
        for kind in ("text_input", "selectbox", "multiselect", "text_area"):
            for widget in app.get(kind):
                if widget.key == key:
                    widget.set_value(value)
    _send(app)
    assert not app.exception
    return app


def test_an_event_is_confirmed_and_it_is_undone(run: Any, journal: Journal) -> None:
    app = _decide(run(view="event", event="ev1"), "confirm", "ev1", why_ev1="read the letter")
    assert "The event is confirmed" in _said(app) and "Confirmed by Ada" in _said(app) and "read the letter" in _said(app)
    (entry,) = journal.entries()
    assert (entry.action, entry.author, entry.before) == ("confirm", "Ada", entry.after)
    assert [one.key for one in app.get("button_group") if one.key == "filter_review"]
    assert "not reviewed" in _said(run(view="table", review="open"))
    history = run(view="history", of="ev1")
    assert "1 decision" in _said(history) and "1. Confirmed by Ada" in _said(history)
    history.text_input(key="reviewer").set_value("Bob")
    history.text_input(key="undo_reason").set_value("a slip")
    history.button(key="undo_1").click().run()
    assert "2. Undid number 1 by Bob" in _said(history) and "· undone" in _said(history) and "a slip" in _said(history)
    assert not [one for one in history.button if one.key == "undo_1"]
    assert "Confirmed by" not in _said(run(view="event", event="ev1"))


def test_each_field_can_be_edited(run: Any, journal: Journal) -> None:
    app = _decide(run(view="event", event="ev1"), "edit", "ev1", edit_ev1_kind="visit", edit_ev1_subtype="official_visit",
                  edit_ev1_status="planned", edit_ev1_salience="background", edit_ev1_date="2021-03-04",
                  edit_ev1_countries=["NOR", "PER"], edit_ev1_parts="PER host, NOR visitor", edit_ev1_place="Lima",
                  edit_ev1_place_country="PER", edit_ev1_actors="Ana Ejemplo; PER; Foreign Minister\n\nOla Nordmann",
                  edit_ev1_organizations="Harbour Union; Fjord League", edit_ev1_title="Ana Ejemplo receives Ola Nordmann")
    assert "The event is corrected" in _said(app), _said(app)
    assert app.query_params["event"] == "ev1" and "Ana Ejemplo receives Ola Nordmann" in _said(app)
    (entry,) = journal.entries()
    made = entry.after[0]
    assert (made.kind, made.subtype, made.status, made.salience, made.date) == (
        "visit", "official_visit", "planned", "background", "2021-03-04")
    assert made.actors == (Actor("Ana Ejemplo", "PER", "Foreign Minister"), Actor("Ola Nordmann", None, None))
    assert (made.countries, made.place, made.place_country, made.date_basis) == (
        ("NOR", "PER"), "Lima", "PER", "as corrected by Ada")
    assert "Ana Ejemplo receives" in _said(run(view="table", countries="PER", kinds="visit", status="planned"))
    shown = _said(run(view="history"))
    assert "before: 2021-03-03" in shown and "after: 2021-03-04" in shown


@pytest.mark.parametrize(("values", "reason"), [
    ({"edit_ev1_date": "3 March"}, "date"), ({"edit_ev1_date": "٢٠٢١-٠٢-٠١"}, "date"), ({"edit_ev1_subtype": "speech"}, "subtype"),
    ({"edit_ev1_actors": "; NOR; King"}, "line 1"), ({"edit_ev1_actors": "Ada; Norway"}, "Norway"),
    ({"edit_ev1_parts": "PER host"}, "PER"), ({"edit_ev1_parts": "host"}, "not a code and a part"), ({}, "no field"),
])
def test_what_cannot_be_is_told_and_nothing_changed(
    run: Any, journal: Journal, values: dict[str, Any], reason: str
) -> None:
    app = _decide(run(view="event", event="ev1"), "edit", "ev1", **values)
    assert "Nothing was changed" in app.error[0].value and reason in app.error[0].value
    assert not journal.entries()


def test_merging_splitting_and_rejecting(run: Any, journal: Journal) -> None:
    app = _decide(run(view="event", event="ev1"), "merge", "ev1", other_ev1="ev7")
    assert "Merged by Ada" in _said(app) and "3 passages" in _said(app)
    assert "merged with another" in _said(run(view="event", event="ev7"))
    app = _decide(run(view="event", event="ev1"), "split", "ev1", ranks_ev1=[2])
    new = journal.entries()[-1].after[1]
    assert "2 passages" in _said(app) and "1 passage" in _said(run(view="event", event=new.id))
    app = _decide(run(view="event", event=new.id), "reject", new.id, **{f"why_{new.id}": HOSTILE})
    assert "Ada has rejected this event" in app.warning[0].value.replace("\\", "")
    assert _decide(run(view="event", event="ev2"), "split", "ev2", ranks_ev2=[0]).error
    assert _decide(run(view="event", event="ev2"), "merge", "ev2").error
    assert [one.action for one in journal.entries()] == ["merge", "split", "reject"]


def test_the_later_of_two_is_told(run: Any, journal: Journal) -> None:
    late = run(view="event", event="ev1")
    late.session_state["way_ev1"] = "reject"
    late.text_input(key="reviewer").set_value("Bob").run()
    _decide(run(view="event", event="ev1"), "edit", "ev1", edit_ev1_date="2021-03-04")
    _send(late)
    assert "Ada has meanwhile made a correction" in late.error[0].value and "Corrected by Ada" in _said(late)
    assert [one.action for one in journal.entries()] == ["edit"]


def test_without_a_name_nothing_is_written(run: Any, journal: Journal) -> None:
    app = _decide(run(view="event", event="ev1"), "confirm", "ev1", name=" ")
    assert "say who corrects" in app.error[0].value and not journal.entries()


def test_who_may_not_correct_sees_what_was_decided(run: Any, journal: Journal) -> None:
    reader = run(editor=None, view="event", event="ev1")
    assert "Review" not in [one.value for one in reader.header]
    _decide(run(view="event", event="ev1"), "confirm", "ev1")
    reader = run(editor=None, view="event", event="ev1")
    assert "Confirmed by Ada" in _said(reader) and not [one for one in reader.text_input if one.key == "reviewer"]
    history = run(editor=None, view="history")
    assert "1. Confirmed by Ada" in _said(history) and not [one for one in history.button if str(one.key).startswith("undo")]
    signed_in = _decide(run(editor="ada@example.org", view="event", event="ev2"), "confirm", "ev2")
    assert "by ada@example.org" in _said(signed_in) and journal.entries()[-1].author == "ada@example.org"


def test_an_empty_history(run: Any) -> None:
    assert "Nobody has corrected anything" in run(view="history").info[0].value


def _form(event: Event, **typed: Any) -> dict[str, Any]:
    """What the form of an event says once something was typed into it."""
    chosen = ("kind", "subtype", "status", "salience", "countries", "place_country")
    return {name: getattr(event, name) for name in chosen} | correcting.fields_written(event) | typed


def _after(event: Event, **typed: Any) -> Event:
    return correcting.edited(event, correcting.fields_read(_form(event, **typed), event), "Ada")


_STEERING = ";\n\r\t\u2028\u2029\u0085\u202e\u0007\u200d /,"
_names = some.text(some.one_of(some.sampled_from(_STEERING), some.characters(exclude_categories=["Cs"])), max_size=12)
_people = some.builds(Actor, _names, some.sampled_from([None, "NOR", "PER", "Norway"]), some.one_of(some.none(), _names))
_of_their_time = replace(made_up_store().events[2], kind="meeting", subtype="talks", countries=("DEU", "RUS"),
                         parts=(Part("DEU", "host", "West Germany"), Part("RUS", "guest", "Soviet Union")))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some.lists(_people, max_size=4), some.lists(_names, max_size=4), _names, some.sampled_from([None, "RUS"]))
def test_a_form_that_is_left_as_it_was_changes_nothing(
    actors: list[Actor], organizations: list[str], name: str, state: str | None
) -> None:
    event = replace(_of_their_time, actors=tuple(actors), organizations=tuple(organizations), place=name,
                    title=f"Title {name}", place_country=state)
    assert not differing(event, _after(event))
    assert differing(event, _after(event, status="cancelled")) == ("status",)
    assert correcting.people_read(correcting.people_written(actors), actors) == tuple(actors)
    assert correcting.organizations_read(correcting.organizations_written(organizations) + "; Z", [*organizations]) == (
        *organizations, "Z") or "" in map(str.strip, organizations)


def test_a_state_keeps_the_name_of_its_time_while_it_takes_part() -> None:
    assert _after(_of_their_time, parts="RUS host, DEU guest").parts == (
        Part("DEU", "guest", "West Germany"), Part("RUS", "host", "Soviet Union"))
    assert _after(_of_their_time, countries=("DEU", "POL"), parts="DEU host, POL guest").parts == (
        Part("DEU", "host", "West Germany"), Part("POL", "guest"))
    assert _after(_of_their_time, countries=("DEU",)).parts == (Part("DEU", "host", "West Germany"),)


def test_one_person_is_edited_and_the_others_stay_as_they_were() -> None:
    others = Actor("Bo; the Elder", "NOR", "King\nof all"), Actor("Cy\u2028Z", None, "Chair;")
    event = replace(_of_their_time, actors=(Actor("Ada", "PER", "Envoy"), *others), organizations=("One; two", "Three"))
    written = correcting.people_written(event.actors).replace("Envoy", "Consul;")
    made = _after(event, actors=f"{written}\n", organizations="Four; One; two; Three; Five")
    assert made.actors == (Actor("Ada", "PER", "Consul;"), *others)
    assert made.organizations == ("Four", "One; two", "Three", "Five")


@pytest.mark.parametrize(("field", "named", "most"), [
    ("organizations", "organisations", 3000), ("actors", "people", 20_000), ("parts", "parts", 5000), ("place", "place", 200),
    ("title", "title", 300), ("date", "date", 40),
])
def test_what_is_typed_has_a_bound_that_what_is_there_always_keeps(field: str, named: str, most: int) -> None:
    event = replace(_of_their_time, organizations=("x" * 4000,))
    kept = max(most, len(correcting.fields_written(event)[field]))
    assert correcting.at_most(event)[field] == kept and not differing(event, _after(event))
    with pytest.raises(InputError, match=f"^{named}: at most {kept:,} characters"):
        _after(event, **{field: "x" * (kept + 1)})


def test_a_form_takes_no_more_than_fits(run: Any, journal: Journal) -> None:
    _decide(run(view="event", event="ev1"), "edit", "ev1", edit_ev1_organizations="x" * 200_000)
    assert [len(one) for entry in journal.entries() for one in entry.after[0].organizations] == [3000]


def test_what_is_typed_is_kept_without_characters_that_steer() -> None:
    turned = "\u202eA\u0007d\u2066a\tB\u200di"
    made = _after(_of_their_time, place=turned, title=turned, actors=f"{turned}; NOR; {turned}", organizations=turned,
                  date="\u200e2021-03-04\u0007", parts="RUS\u0007host")
    assert {made.place, made.title, *made.organizations} == {"A da B\u200di"} and made.date == "2021-03-04"
    assert made.actors == (Actor("A da B\u200di", "NOR", "A da B\u200di"),) and made.parts[0].part == "host"


def test_the_title_follows_the_fields_until_it_is_written_by_hand(store: Path) -> None:
    event = next(one for one in read_store(store).events if one.id == "ev1")
    fields = {name: getattr(event, name) for name in ("kind", "subtype", "status", "salience", "countries", "parts",
                                                      "actors", "organizations", "place", "place_country", "date")}
    emptied = correcting.edited(event, fields | {"title": ""}, "Ada")
    assert "Jane Example" in emptied.title
    assert correcting.edited(emptied, fields | {"title": emptied.title, "status": "cancelled"}, "Ada").title != emptied.title
    assert correcting.edited(event, fields | {"title": "By hand", "status": "cancelled"}, "Ada").title == "By hand"
    with pytest.raises(InputError, match="kind"):
        correcting.edited(event, fields | {"title": "", "kind": "party"}, "Ada")
