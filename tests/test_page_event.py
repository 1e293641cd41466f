"""The page of an event, the list of documents and the reader, without a browser."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import HOSTILE, LETTER
from stories import DIGEST, GAZETTE, told_twice
from streamlit.testing.v1 import AppTest

from dashboard import reader, records, wording
from dashboard.filters import Filters
from dashboard.query import Archive, documents, events
from extract.store import write_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("told_twice") / "store"
    write_store(found, told_twice())
    return found


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def started(**params: str) -> AppTest:
        monkeypatch.setenv("READOUT_STORE", str(folder))
        app = AppTest.from_file(APP, default_timeout=30)
        for key, value in params.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return started


def _tree(app: AppTest, key: str) -> Any:
    found = [element for element in app.get("bidi_component") if f"-{key}" in element.proto.id]
    assert found, key
    return json.loads(found[0].proto.json)


def _nodes(tree: Any, **wanted: Any) -> list[Any]:
    """Return the nodes of a tree that have these attributes; a style is one of several."""
    if isinstance(tree, str):
        return []
    own = all(value in str(tree.get("style", "")).split() if key == "style" else tree.get(key) == value
              for key, value in wanted.items())
    return [tree] * own + [one for child in tree["children"] for one in _nodes(child, **wanted)]


def _text(tree: Any) -> str:
    return tree if isinstance(tree, str) else "".join(map(_text, tree["children"]))


def _words(tree: Any) -> str:
    return tree if isinstance(tree, str) else " ".join(map(_words, tree["children"]))


def test_the_facts_of_an_event(run: Any) -> None:
    facts = _tree(run(view="event", event="ev1"), "facts")
    said = _words(facts)
    assert "3 March 2021 2021-03-03 Known to the day; it rests on this: the text gives the full date." in said
    assert "Malta MLT host" in said and "Norway NOR guest" in said
    assert "91%: high" in said and "Of 100 events with such a figure about 91" in said and "Extracted by machine" in said
    assert "Valletta, Malta" in said
    opened = {_text(one): one["open"] for one in _nodes(facts, tag="a")}
    assert opened["Jane Example"] == {"view": "person", "params": {"name": "Jane Example"}}
    assert opened["Harbour Union"] == {"view": "table", "params": {"organization": ["Harbour Union"]}}
    assert opened["Malta"]["params"] == {"country": "MLT"}
    assert opened["How it is measured"]["view"] == "method"


def test_a_place_whose_coordinates_are_known_has_a_map(run: Any) -> None:
    assert len(run(view="event", event="ev1").get("plotly_chart")) == 1
    assert not run(view="event", event="ev8").get("plotly_chart")


def test_an_event_without_year_country_or_confidence_says_so(run: Any) -> None:
    app = run(view="event", event="ev8")
    said = _words(_tree(app, "facts"))
    for part in ("no date known", "The year is not known", "none takes part", "none named", "not stated", "not measured"):
        assert part in said
    assert not [one for one in app.header if "Before and after" in one.value]
    undated = run(view="event", event="ev4")
    assert "nothing stands before or after" in "".join(one.value for one in undated.caption)


def test_each_document_tells_the_event_in_a_column_of_its_own(run: Any) -> None:
    app = run(view="event", event="ev1")
    assert "Evidence: 4 passages in 2 documents" in [one.value for one in app.header]
    columns = _nodes(_tree(app, "evidence"), style="column")
    assert [_text(column["children"][0]) for column in columns] == ["The harbour letter", "The gazette of Oslo"]
    first, second = ([_text(mark) for mark in _nodes(column, tag="mark")] for column in columns)
    assert second == ["Mr Nordmann said on Thursday that he had met President Example of Malta the day before."]
    assert len(first) == 3 and not _nodes(columns[0], tag="details"), "one alone is not folded"
    source = _nodes(columns[1], style="source")[0]
    said = _words(source)
    assert "Found by the rule on “meet”" in said and "Written 4 March 2021 (told by dateline)" in said
    dates = {_text(one): one["title"] for one in _nodes(source, style="date")}
    assert dates == {"4 March 2021": "Read as 4 March 2021 (2021-03-04)", "Thursday": "Read as 4 March 2021 (2021-03-04)"}
    way = next(one for one in _nodes(source, tag="a") if _text(one) == "Read in the document")
    assert way["open"]["params"] == {"document": "gazette.txt", "event": "ev1", "passage": "3"}


def test_a_long_list_of_passages_is_folded(run: Any) -> None:
    tree = _tree(run(view="event", event="ev9"), "evidence")
    fold = _nodes(tree, tag="details")
    assert [_text(one["children"][0]) for one in fold] == ["4 more passages"]
    assert len(_nodes(tree, style="source")) == 8 and len(_nodes(fold[0], style="source")) == 4


def test_the_events_before_and_after(run: Any) -> None:
    app = run(view="event", event="ev1", kinds="meeting")
    tree = _tree(app, "around")
    rows = _nodes(tree, style="row")
    assert [one["open"]["params"]["event"] for one in rows] == ["ev2", "ev1"], "newest first, whatever the filters"
    assert [bool(one.get("anchor")) for one in rows] == [False, True]
    all_of_them = next(one for one in _nodes(tree, tag="a") if "All 2 dated" in _text(one))
    assert all_of_them["open"]["params"] == {
        "countries": "MLT,NOR", "match": "all", "precision": "day,range,month,year"}, "the dated ones alone"
    assert "not only those that fit the filters" in "".join(one.value for one in app.caption)


def test_events_around_one_are_counted_from_it(folder: Path) -> None:
    found = events.around(Archive(folder), Filters(countries=("NOR",)), "ev1", each=1)
    assert list(zip(found["id"], found["steps"], strict=True)) == [("ev10", 1), ("ev1", 0), ("ev7", -1)]
    assert events.around(Archive(folder), Filters(countries=("XKX",)), "ev4").empty


def test_the_citation_names_document_and_place(run: Any) -> None:
    tree = _tree(run(view="event", event="ev1"), "citation")
    copies = _nodes(tree, tag="copy")
    assert [one["children"][0] for one in copies] == ["Copy citation", "Copy permalink"]
    said, start = copies[0]["text"], LETTER.index("President Jane")
    assert said.startswith("“Jane Example meets Ola Nordmann in Valletta”, 3 March 2021 [2021-03-03]. Source: “The harbour letter”")
    assert f"letter.txt, characters {start}–" in said and "and 1 other document." in said and said.endswith("event ev1. ")
    assert {one["href"] for one in copies} == {"?view=event&event=ev1"}


def test_the_list_of_documents(run: Any) -> None:
    app = run(view="document")
    assert "4 documents. Choose a heading" in "".join(one.value for one in app.caption)
    rows = _nodes(_tree(app, "documents_table"), tag="tr")[1:]
    assert _words(rows[0]["children"][0]) == f"{DIGEST.splitlines()[0]} digest.txt"
    gazette = next(row for row in rows if "gazette.txt" in _words(row))
    assert [_text(cell) for cell in gazette["children"][1:]] == ["4 Mar 2021 The Gazette", "32", "1", "2", "3–4 Mar 2021"]
    most = _nodes(_tree(run(view="document", sort="-events"), "documents_table"), tag="tr")[1:]
    assert [int(_text(row["children"][4])) for row in most] == sorted((int(_text(row["children"][4])) for row in most), reverse=True)


def test_documents_are_found_by_title_and_by_the_filters(run: Any) -> None:
    app = run(view="document")
    app.text_input(key="title_search").input("harbour LETTER").run()
    assert app.query_params["title"] in ("harbour LETTER", ["harbour LETTER"])
    assert len(_nodes(_tree(app, "documents_table"), tag="tr")) == 2
    assert "has “xyz” in a title" in run(view="document", title="xyz").info[0].value.replace("\\", "")
    chosen = run(view="document", countries="PER")
    assert "1 of 4 documents with events that fit the filters" in "".join(one.value for one in chosen.caption)
    none = run(view="document", countries="PER", kinds="meeting")
    none.button(key="clear_nothing").click().run()
    assert not none.info


def test_sorting_documents_by_what_they_have(folder: Path) -> None:
    archive = Archive(folder)
    for sort in documents.SORTS:
        both = [list(documents.documents(archive, Filters(), "", sort, down)["document"]) for down in (False, True)]
        assert sorted(both[0]) == sorted(both[1]) and len(both[0]) == 4
    assert documents.how_many(archive, Filters(kinds=("agreement",))) == 1
    page = documents.documents(archive, Filters(), limit=1, offset=1)
    assert list(page["document"]) == ["gazette.txt"] and list(page["everything"]) == [4]


def test_the_reader_marks_dates_and_events_and_lists_them(run: Any) -> None:
    app = run(view="document", document="letter.txt", event="ev1", passage="0")
    text, margin = _tree(app, "reader"), _tree(app, "passages")
    assert _text(text).split() == LETTER.split()
    dates = _nodes(text, style="date")
    assert {_text(one): one["title"] for one in dates}["May 2021"] == "Read as May 2021 (2021-05)"
    entries = {one["entry"] for one in _nodes(margin) if one.get("entry")}
    for mark in _nodes(text):
        if "pick" in mark:
            assert mark["pick"]["desk"] == "list" and mark["pick"]["entry"] in entries, mark
    names = {name for one in _nodes(text) for name in one.get("entry", "").split()}
    for entry in _nodes(margin):
        if "pick" in entry:
            assert entry["pick"]["desk"] == "text" and entry["pick"]["entry"] in names, entry
    off = run(view="document", document="letter.txt", dates="off")
    assert not _nodes(_tree(off, "reader"), style="date") and not _nodes(_tree(off, "passages"), style="dateline")
    off.toggle(key="mark_dates").set_value(True).run()
    assert "dates" not in off.query_params and _nodes(_tree(off, "reader"), style="date")


def test_a_passage_across_another_and_a_date_in_both(run: Any) -> None:
    tree = _tree(run(view="document", document="gazette.txt", event="ev10"), "reader")
    marks = _nodes(tree, tag="mark")
    assert "".join(map(_text, marks)) == "on Thursday that he had met President Example of Malta the day before."
    shared = next(one for one in marks if _text(one) == "Thursday")
    assert shared["entry"].split()[:2] == ["ev1", "ev1.3"] and "ev10" in shared["entry"].split()
    assert shared["pick"]["entry"].startswith("t") and "date" in shared["style"]


def test_an_event_that_another_document_tells_too_is_told(run: Any) -> None:
    margin = _tree(run(view="document", document="gazette.txt"), "passages")
    also = [one for one in _nodes(margin, style="under") if "Also in" in _text(one)]
    assert [_text(one) for one in also] == ["Also in letter.txt"]
    assert _nodes(also[0], tag="a")[0]["open"]["params"] == {"document": "letter.txt", "event": "ev1", "passage": "0"}


def test_a_digest_has_contents_and_boundaries(run: Any) -> None:
    app = run(view="document", document="digest.txt", article="2")
    titles = [_text(one) for one in _nodes(_tree(app, "contents"), style="title")]
    assert titles == ["First of the day", "Second of the day", "Third of the day"]
    borders = _nodes(_tree(app, "reader"), style="boundary")
    assert [(_words(one), one["anchor"]) for one in borders][1] == ("Article 2 Written 2 January 2020 (header)", True)


def test_a_long_document_is_shown_in_parts(run: Any) -> None:
    first = run(view="document", document="digest.txt")
    said = _words(_tree(first, "parts"))
    assert said.startswith("Part 1 of 2: articles 1 to 2 of 3, characters 1 to") and "Later part" in said
    assert not _nodes(_tree(first, "reader"), tag="mark")
    second = run(view="document", document="digest.txt", event="ev9", passage="0")
    assert _words(_tree(second, "parts")).startswith("Part 2 of 2: articles 3 to 3 of 3")
    anchors = [_text(one) for one in _nodes(_tree(second, "reader"), anchor=True)]
    assert anchors == ["Norway’s envoy spoke for the 1st time."]
    assert "Part 2" in _words(_tree(run(view="document", document="digest.txt", piece="2"), "parts"))
    assert "Part 1" in _words(_tree(run(view="document", document="digest.txt", piece="x"), "parts"))
    for part in (1, 2):
        sent = sum(len(element.proto.json) for element in run(view="document", document="digest.txt", piece=str(part)).get("bidi_component"))
        assert sent < 250_000


def test_words_looked_for_are_found_where_they_stand_together() -> None:
    text = "Fjords.\nThe Café of Oslo, and far away the harbour of a town.\nCafés by the HARBOUR of Oslo."
    rows, at = reader.hits(text, ["cafe", "harbour", "oslo"])
    assert [text[row["start"]:row["end"]] for row in rows] == ["Café", "Oslo", "harbour", "Café", "HARBOUR", "Oslo"]
    assert text[at:] == "Cafés by the HARBOUR of Oslo."
    assert reader.hits(text, ["fjords", "mountain"])[1] == -1
    assert reader.hits("İçel ile Oslo", ["oslo"])[1] == 9, "letters that are two when small do not shift what follows"


def test_a_document_found_by_its_text_opens_at_the_words(run: Any) -> None:
    found = run(view="search", find="motto fjords")
    (target,) = [one["open"] for one in _nodes(_tree(found, "found"), tag="a") if one["open"]["view"] == "document"]
    assert target["params"] == {"document": "letter.txt", "find": "motto fjords"}
    marked = _nodes(_tree(run(view="document", **target["params"]), "reader"), style="hit")
    assert [_text(one).casefold() for one in marked] == ["fjords", "motto"]
    assert [one.get("anchor") for one in marked] == [True, None]


def test_the_parts_of_a_text_are_the_text() -> None:
    text = "line one\n" * 100
    articles = [{"article": number, "start": number * 180, "end": number * 180 + 180} for number in range(5)]
    cut = reader.parts(text, articles, 400)
    assert cut == [(0, 360), (360, 720), (720, 900)]
    assert [reader.part_at(cut, at) for at in (0, 359, 360, 899, 5000)] == [0, 0, 1, 2, 2]
    assert reader.parts(text, articles[:1], 400)[0] == (0, 396), "without articles it is cut between lines"
    assert reader.parts("x" * 900, articles[:1], 400) == [(0, 400), (400, 800), (800, 900)]
    assert reader.parts("", []) == [(0, 0)]


def test_words_of_the_evidence() -> None:
    assert wording.finder("visit:travel:visit") == "by the rule on “visit”"
    assert wording.finder("meeting:trained") == "by the trained encoder"
    assert wording.finder("visit:line of a list") == "by the rule “line of a list”"
    assert wording.finder("") == ""
    assert wording.created("2024-02-20", "2024-02-20 is told by: lead") == "Written 20 February 2024 (told by lead)"
    assert wording.created("XXXX", "nothing tells") == "When it was written is not known (nothing tells)"
    assert wording.confidence(0.5)[0] == "50%: low: read the quotes before you use it"
    assert "nearly all" in wording.confidence(0.996)[1]
    assert wording.excerpt("the trip\nwas called off") == "… the trip was called off …"
    assert wording.excerpt("They met.") == "They met."
    assert wording.span("2019-06", "2019-06") == "Jun 2019" and wording.span(None, None) == ""


def test_hostile_text_reaches_only_the_trees(run: Any) -> None:
    app = run(view="event", event="ev2")
    assert HOSTILE in _text(_tree(app, "facts"))
    for widget in (*app.title, *app.header, *app.caption, *app.markdown):
        assert "<img" not in widget.value.replace("\\<", "")


def test_the_made_up_stories_are_valid() -> None:
    store = told_twice()
    texts = {document.name: document.text for document in store.documents}
    for event in store.events:
        for source in event.sources:
            assert texts[source.document][source.start:source.end] == source.quote
    assert GAZETTE in texts.values() and replace(store.events[0], title="x").title == "x"
    assert records.segments("ab", [(0, 1)]) == [("a", (0,)), ("b", ())]
