"""Each page, run without a browser: with data, with an empty store, with odd addresses."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from babel import Locale
from conftest import HOSTILE, LETTER, made_up_store
from streamlit.testing.v1 import AppTest

from dashboard import geography, paging, panel
from dashboard.markup import words
from extract import coordinates
from extract.store import write_store

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
    widgets = [*app.title, *app.header, *app.caption, *app.text, *app.markdown, *app.info, *app.warning, *app.error]
    return "\n".join(str(widget.value) for widget in widgets) + _trees(app)


def _links(app: AppTest, key: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the links that a component shows, each with its words and where it leads."""
    found: list[tuple[str, dict[str, Any]]] = []

    def walk(tree: Any) -> None:
        if isinstance(tree, dict):
            if "open" in tree:
                found.append((words(tree), {"view": tree["open"]["view"]} | tree["open"]["params"]))
            for child in tree["children"]:
                walk(child)

    for element in app.get("bidi_component"):
        if element.proto.id.endswith(f"-{key}"):
            walk(json.loads(element.proto.json))
    return found


def test_filters_carry_live_counts(run: Any) -> None:
    app = run(kinds="visit")
    kinds = next(group for group in app.get("button_group") if group.key == "filter_kinds")
    assert [option.content for option in kinds.proto.options] == ["● Meetings 1", "▲ Visits 3", "■ Statements 3", "◆ Agreements 1"]
    assert app.multiselect(key="filter_countries").options[0] == "Chile CHL · 2"
    assert not [box for box in app.get("button_group") if box.key == "filter_match"]
    both = run(countries="NOR,MLT", match="all")
    assert both.multiselect(key="filter_countries").options == ["Malta MLT · 2", "Norway NOR · 2"]
    assert "2 of 8 events match" in _said(both)


def test_filters_that_widgets_change_reach_the_address(run: Any) -> None:
    app = run(view="table", sort="title", page="2")
    app.multiselect(key="filter_people").select("Jane Example").run()
    assert _address(app) == {"view": "table", "sort": "title", "person": "Jane Example"}
    app.slider(key="filter_confidence").set_value((90, 100)).run()
    assert _address(app)["confidence"] == "90-100"
    app.text_input(key="filter_text").set_value(" harbours ").run()
    assert _address(app)["q"] == "harbours" and "1 of 8 events match" in _said(app)


def test_a_label_with_the_counts_of_an_earlier_run_is_no_choice_of_the_reader(run: Any) -> None:
    """A browser that has not yet drawn a run sends the labels of the one before, as after a quick step back."""
    app = run(view="table", countries="NOR")
    earlier = app.multiselect(key="filter_countries").options[0]
    app.query_params["kinds"] = "visit"
    app.run()
    assert earlier not in app.multiselect(key="filter_countries").options
    app.multiselect(key="filter_countries").set_value([earlier])
    app.query_params["kinds"] = "meeting"
    app.run()
    assert _address(app) == {"view": "table", "countries": "NOR", "kinds": "meeting"} and not app.warning
    others = [one for one in app.multiselect(key="filter_countries").options if "MLT" in one]
    app.multiselect(key="filter_countries").set_value([earlier, *others]).run()
    assert _address(app) == {"view": "table", "countries": "NOR,MLT", "kinds": "meeting"}


def test_the_best_matches_of_a_text_come_first_until_a_heading_is_chosen(run: Any) -> None:
    captions = [run(view="table", **asked).caption[0].value for asked in ({"q": "harbours"}, {"q": "harbours", "sort": "-date"}, {})]
    assert ["by how well they match" in one for one in captions] == [True, False, False]
    assert "by date" in captions[1] and "by date" in captions[2]
    found = run(view="search", find="harbours")
    assert any("The best matches first" in one.value for one in found.caption)
    assert "“visit” finds “visited”" in found.text_input(key="filter_text").help


def test_what_a_widget_still_shows_does_not_undo_a_step_back(run: Any) -> None:
    app = run(view="table", kinds="visit", text="")
    app.text_input(key="filter_text").set_value("harbour").run()
    app.text_input(key="filter_text").set_value("fjords").run()
    app.query_params.clear()
    app.query_params["view"] = "table"
    app.text_input(key="filter_text").set_value("fjords")
    app.run()
    assert _address(app) == {"view": "table"} and app.text_input(key="filter_text").value == ""


def test_the_cities_are_read_before_a_map_asks_for_them(run: Any) -> None:
    coordinates._index.cache_clear()
    st.cache_resource.clear()
    run()
    for _ in range(300):
        if coordinates._index.cache_info().currsize:
            break
        time.sleep(0.1)
    assert coordinates._index.cache_info().currsize == 1


def test_the_language_names_the_countries_and_stays(run: Any) -> None:
    app = run(view="country", country="CHL", lang="de")
    assert app.title[0].value == "Chile" and "Bolivien" in _said(app)
    assert all(link["lang"] == "de" for _, link in _links(app, "navigation"))
    app.selectbox(key="language").select("en").run()
    assert _address(app) == {"view": "country", "country": "CHL"} and "Bolivia" in _said(app)
    assert "knows no xx" in run(lang="xx").warning[0].value


def test_languages_bear_the_names_that_they_have_in_themselves() -> None:
    named = {code: Locale(code).get_language_name(code) or "" for code in geography.LANGUAGES}
    assert {code: name[:1].upper() + name[1:] for code, name in named.items()} == geography.LANGUAGES


def test_the_search_finds_all_kinds_of_things(run: Any) -> None:
    app = run(view="timeline", kinds="visit")
    app.text_input(key="find").set_value("nor").run()
    assert _address(app) == {"view": "search", "kinds": "visit", "find": "nor"}
    found = dict(_links(app, "found"))
    assert found["Norway"] == {"view": "country", "country": "NOR", "kinds": "visit"}
    assert found["Ola <i>Nordmann</i>"]["view"] == "person"
    assert "1 event with all these words" in _said(app)
    documents = dict(_links(run(view="search", find="HARBOUR letter"), "found"))
    assert documents["The harbour letter"] == {"view": "document", "document": "letter.txt"}
    assert "Nothing was found" in run(view="search", find="qqqq").info[0].value
    outside = run(view="search", find="reindeer", kinds="meeting")
    assert "1 event without them" in outside.info[0].value
    assert "Type a name" in _said(run(view="search"))


def test_the_table(run: Any) -> None:
    app = run(view="table")
    titles = [words for words, link in _links(app, "events") if link["view"] == "event" and not words.isdigit()]
    assert titles[0] == HOSTILE and len(titles) == 8
    by_title = run(view="table", sort="title")
    titles = [words for words, link in _links(by_title, "events") if link["view"] == "event" and not words.isdigit()]
    assert titles[1:] == sorted(titles[1:]) and len(titles) == 8
    headings = dict(_links(by_title, "events"))
    assert headings["Title ↑"]["sort"] == "-title" and headings["Passages"]["sort"] == "-sources"
    assert "sort" not in headings["Date"], "the newest first is what no parameter asks for"
    chosen = run(view="table", columns="id,people,organizations,nonsense")
    for part in ("ev8", "Jane Example", "Harbour Union", "Identifier"):
        assert part in _said(chosen)
    assert "Valletta" not in json.dumps(_links(chosen, "events"))
    app.multiselect(key="table_columns").unselect("kind").run()
    assert _address(app)["columns"] == "date,title,countries,place,status,sources"


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
    for part in ("Valletta", "President, Malta", "2021-03-03", "Known to the day; it rests on this: stated.", "91%", "Harbour Union", "Took place"):
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
    assert [name for name, _ in _links(app, "summary")] == ["×", "×", "×", "×", "Clear all"]
    without_countries = _links(app, "summary")[1][1]
    assert without_countries == {"view": "overview", "kinds": "visit", "from": "2020-01-01", "q": "visit"}
    assert "Events of unknown year are left out." in _said(app)
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


def test_nothing_says_which_filter_to_take_out(run: Any) -> None:
    app = run(view="table", countries="NOR", kinds="meeting", status="cancelled")
    assert _links(app, "ways_out") == [
        ("Without “that are cancelled”", {"view": "table", "countries": "NOR", "kinds": "meeting"})]
    hopeless = run(view="table", countries="PER", kinds="agreement", status="cancelled")
    assert "not enough" in _said(hopeless)


@pytest.mark.parametrize("view", ["overview", "timeline", "map", "country", "event", "document", "table", "search", "method"])
def test_an_empty_store(run: Any, empty_store: Path, view: str) -> None:
    app = run(empty_store, view=view, country="NOR", event="x", document="y")
    assert app.title and _said(app)
    assert not run(empty_store, view=view).exception


def test_a_page_number_of_the_address_is_bounded(run: Any) -> None:
    for number in ("7", "0", "-1", "x", "9" * 40):
        assert "8 events, the newest first" in _said(run(view="timeline", page=number))


def test_text_of_documents_reaches_no_widget_that_reads_markup(run: Any) -> None:
    for params in ({}, {"view": "event", "event": "ev2"}, {"view": "document", "document": "note <b>1</b>.txt"},
                   {"q": HOSTILE}, {"view": "country", "country": HOSTILE}, {"person": HOSTILE}):
        app = run(**params)
        read_as_markup = [*app.title, *app.header, *app.caption, *app.markdown, *app.info, *app.warning, *app.error]
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


def test_the_overview(run: Any) -> None:
    app = run()
    said = _said(app)
    assert "2 documents with 2 articles" in said and "8 countries taking part" in said
    assert _links(app, "totals")[0] == ("8 Events", {"view": "table"})
    assert _links(app, "top_countries")[:2] == [("Norway", {"view": "country", "country": "NOR"}), ("4", {"view": "table", "part": "NOR.any"})]
    assert _links(app, "top_pairs")[:2] == [
        ("Malta – Norway", {"view": "pair", "a": "MLT", "b": "NOR"}), ("2", {"view": "table", "part": "MLT.any,NOR.any"}),
    ]
    assert _links(app, "look") == [("2 Year not known", {"view": "table", "precision": "unknown"})]
    assert "4 March 2020 to 3 March 2021 (" in said, "the last event that took place ends the window"
    assert [words for words, _ in _links(app, "compared")] == ["3 events"]
    assert "No country changed by so much." in said


def test_what_changed_lately_counts_what_its_links_show(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = made_up_store()
    days = [f"2024-{month:02}-1{day}" for month in (4, 5, 6) for day in range(9)] + [f"2024-03-{day}" for day in range(10, 31)]
    events = tuple(
        replace(store.events[0], id=f"x{number}", date=date, countries=("MLT", "NOR") if date > "2024-04" else ("MLT",), parts=())
        for number, date in enumerate(days)
    )
    write_store(folder, replace(store, events=events))
    app = run(folder, window="30")
    assert "20 May 2024 to 18 June 2024 (" in _said(app) and "against 20 April 2024 to 19 May 2024 (" in _said(app)
    assert [words for words, _ in _links(app, "compared")] == ["9 events", "9"]
    assert "20 June 2023 to 18 June 2024" in _said(run(folder)), "no window has 20 events twice, so it is a year"
    changed = _links(run(folder, window="90"), "changes_Country")
    assert [name for name, _ in changed] == ["Norway", "27", "Malta", "37", "11"]
    link = changed[3][1]
    assert link == {"view": "table", "from": "2024-03-21", "to": "2024-06-18", "precision": "day,range", "status": "occurred", "part": "MLT.any"}
    shown = run(folder, **link)
    assert "37 of 48 events match" in _said(shown)


def test_the_method_page_shows_the_newest_scores(run: Any) -> None:
    said = _said(run(view="method"))
    for part in ("What counts as an event", "Known weaknesses", "data version", "record of 8 diplomatic events from 2 documents"):
        assert part in said
    scoreboard = (Path(__file__).parent / "scoreboard.md").read_text("utf-8").splitlines()
    newest: dict[str, list[str]] = {}
    for line in scoreboard:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 11 and cells[0][:2] == "20":
            newest.setdefault(cells[2], cells[3:9])
    for name, _, *figures in geography.rows("scores.tsv"):
        assert newest[name] == figures and figures[0] in said


def test_the_numbers_of_pages_have_commas_and_lead_there(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(paging.markup, "show", lambda tree, *_: shown.append(tree))
    monkeypatch.setattr(panel, "address", lambda: {"view": ["table"], "page": ["1234"], "kinds": ["visit"]})
    monkeypatch.setattr(panel, "view", lambda: "table")
    paging.links(paging.Page("page", 1234, 4321, 216_043, 50))
    paging.links(paging.Page("page", 1, 1, 50, 50))
    [tree] = shown
    assert words(tree) == "‹ 1 … 1,232 1,233 1,234 1,235 1,236 … 4,321 ›"
    there = {one["children"][0]: one["open"]["params"] for one in tree["children"] if one["tag"] == "a"}
    assert there["4,321"] == {"page": "4321", "kinds": ["visit"]} and there["1"] == {"kinds": ["visit"]}
    assert there["‹"]["page"] == "1233" and there["›"]["page"] == "1235"
    assert [one["children"][0] for one in tree["children"] if one.get("current")] == ["1,234"]
