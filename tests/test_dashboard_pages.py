"""Each page, run without a browser: with data, with an empty store, with odd addresses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import HOSTILE, LETTER
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")


@pytest.fixture
def run(store: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def started(folder: Path = store, **params: str | list[str]) -> AppTest:
        monkeypatch.setenv("READOUT_STORE", str(folder))
        app = AppTest.from_file(APP, default_timeout=30)
        for key, value in params.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return started


def _trees(app: AppTest) -> str:
    """Return all that the components show, as lines of JSON."""
    return "\n".join(json.dumps(json.loads(element.proto.json), ensure_ascii=False)
                     for element in app.get("bidi_component"))


def _address(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[-1] for key, value in app.query_params.items()}


def _said(app: AppTest) -> str:
    widgets = [*app.title, *app.subheader, *app.caption, *app.text, *app.markdown, *app.info, *app.warning, *app.error]
    return "\n".join(str(widget.value) for widget in widgets) + _trees(app)


def test_the_timeline(run: Any) -> None:
    app = run()
    assert len(app.get("plotly_chart")) == 2
    said = _said(app)
    assert "6 dated events by kind" in said and "8 events, the newest first" in said
    assert app.expander[0].label == "2 events of unknown year, not on the timeline"
    assert "8 of 8 events match" in said
    assert "Jane Example meets Ola Nordmann in Valletta" in said


def test_the_map(run: Any) -> None:
    app = run(view="map")
    assert "8 events with 8 countries" in _said(app)
    table = app.dataframe[0].value
    assert list(table["country"])[:1] == ["NOR"] and table["events"].sum() == 13


def test_a_country(run: Any) -> None:
    app = run(view="country", country="NOR")
    assert app.title[0].value == "Norway"
    assert [metric.value for metric in app.metric] == ["4", "1", "1", "1", "1"]
    partners, people = (table.value["name"].tolist() for table in app.dataframe)
    assert (partners, people) == (["Malta", "Sweden"], ["Ola <i>Nordmann</i>"])
    assert [tab.label for tab in app.tabs] == ["All (4)", "Statements (1)"]
    assert "Partners (2)" in _said(app)
    pair = run(view="country", country="NOR", **{"with": "SWE"})
    assert [tab.label for tab in pair.tabs] == ["All (1)", "Statements (0)"]
    assert "only events with Sweden" in _said(pair)


def test_the_choice_of_a_country(run: Any) -> None:
    app = run(view="country")
    assert app.selectbox[0].value is None
    app.selectbox[0].select("MLT").run()
    assert app.title[0].value == "Malta"
    assert "is not the code of a country" in _said(run(view="country", country="Malta"))
    nowhere = run(view="country", country="FJI")
    assert "no events of Fiji" in _said(nowhere)


def test_an_event_with_its_quotes(run: Any) -> None:
    app = run(view="event", event="ev1")
    said = _said(app)
    for part in ("Valletta", "President, Malta", "2021-03-03, to the day — stated", "91%", "Harbour Union", "Took place"):
        assert part in said
    assert "Evidence: 2 passages in 1 document" in said
    trees = [json.loads(line) for line in _trees(app).splitlines()]
    assert any('"tag": "mark"' in json.dumps(tree) and "They spoke of harbours" in json.dumps(tree) for tree in trees)
    assert "has no event “nothing”" in _said(run(view="event", event="nothing")).replace("\\", "")
    assert "Choose an event" in _said(run(view="event"))


def test_from_event_to_event(run: Any) -> None:
    app = run(view="event", event="ev6", kinds="visit")
    assert "Event 2 of 3 that fit the filters" in _said(app)
    app.button(key="step_Older").click().run()
    assert _address(app) == {"view": "event", "event": "ev5", "kinds": "visit"}
    assert app.button(key="step_Older").disabled
    assert "does not fit the filters" in _said(run(view="event", event="ev1", kinds="visit"))


def test_a_document(run: Any) -> None:
    app = run(view="document", document="letter.txt", event="ev1", passage="1")
    assert app.title[0].value == "The harbour letter"
    tree = next(json.loads(line) for line in _trees(app).splitlines() if '"reader"' in line and "Fjords" in line)
    marks = [child for child in tree["children"] if isinstance(child, dict) and child["tag"] == "mark"]
    assert [mark["children"][0] for mark in marks if mark["anchor"]] == ["They spoke of harbours"]

    def text(node: Any) -> str:
        return node if isinstance(node, str) else "".join(map(text, node["children"]))

    assert text(tree).split() == LETTER.split()
    assert "2 documents" in _said(run(view="document"))
    assert "has no document" in _said(run(view="document", document="../etc"))


def test_filters_of_the_address_are_shown_and_kept(run: Any) -> None:
    app = run(kinds="visit", countries="CHL,MLT", q="visit", **{"from": "2020-01-01"})
    assert app.text[0].value == "Only visits with Chile or Malta, mentioning “visit”, from 1 January 2020. Events of unknown year are left out."
    assert "3 of 8 events match" in _said(app)
    app.multiselect(key="filter_countries").unselect("MLT").run()
    assert (_address(app)["countries"], _address(app)["kinds"]) == ("CHL", "visit")
    app.button(key="clear_filters").click().run()
    assert not _address(app)
    assert app.multiselect(key="filter_countries").value == []


def test_dates_that_run_backwards_are_swapped(run: Any) -> None:
    app = run(**{"from": "2021-01-01"})
    app.date_input(key="filter_to").set_value("2020-01-01").run()
    assert _address(app) == {"from": "2020-01-01", "to": "2021-01-01"}


def test_unknown_codes_are_named_and_not_fatal(run: Any) -> None:
    app = run(kinds="party", countries="ZZZ", person=["Nobody <b>", "Jane Example"], view="moon")
    warnings = "\n".join(warning.value for warning in app.warning).replace("\\", "")
    for part in ("party", "ZZZ", "Nobody <b>", "moon"):
        assert part in warnings
    assert app.multiselect(key="filter_people").value == ["Jane Example"]


def test_filters_that_match_nothing_say_so_and_can_be_cleared(run: Any) -> None:
    for view in ("timeline", "map", "country"):
        app = run(view=view, country="NOR", countries="PER", kinds="meeting")
        assert "fits these filters together" in app.info[0].value
        app.button(key="clear_nothing").click().run()
        assert not app.info and _address(app) == {"view": view, "country": "NOR"}


@pytest.mark.parametrize("view", ["timeline", "map", "country", "event", "document"])
def test_an_empty_store(run: Any, empty_store: Path, view: str) -> None:
    app = run(empty_store, view=view, country="NOR", event="x", document="y")
    assert app.title and _said(app)
    assert not run(empty_store, view=view).exception


def test_a_page_number_of_the_address_is_bounded(run: Any) -> None:
    for number in ("7", "0", "-1", "x", "9" * 40):
        assert "8 events, the newest first" in _said(run(page=number))


def test_text_of_documents_reaches_no_widget_that_reads_markup(run: Any) -> None:
    for params in ({}, {"view": "event", "event": "ev2"}, {"view": "document", "document": "note <b>1</b>.txt"},
                   {"q": HOSTILE}, {"view": "country", "country": HOSTILE}, {"person": HOSTILE}):
        app = run(**params)
        read_as_markup = [*app.title, *app.subheader, *app.caption, *app.markdown, *app.info, *app.warning, *app.error]
        for widget in read_as_markup:
            assert "<img" not in widget.value.replace("\\<", "") and "![i](" not in widget.value, widget.value
        labels = [widget.label for kind in (app.button, app.expander, app.tabs, app.metric) for widget in kind]
        assert not any("<" in label or "[" in label for label in labels)


def test_a_missing_store_is_told_with_the_way_out(run: Any, tmp_path: Path) -> None:
    app = run(tmp_path / "nowhere")
    assert "nowhere" in app.error[0].value and "readout extract" in _said(app)


def test_a_broken_store_is_told(run: Any, tmp_path: Path) -> None:
    (tmp_path / "store.json").write_text("{")
    assert "store" in run(tmp_path).error[0].value
