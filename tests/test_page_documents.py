"""Where documents come from, on the list of documents and in the reader, without a browser."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import HOSTILE, made_up_store
from streamlit.testing.v1 import AppTest

from dashboard.markup import words
from dashboard.provenance import failures, provenance
from extract.model import Failure
from extract.store import Store, write_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def started(store: Store, **params: str) -> AppTest:
        write_store(tmp_path / "store", store)
        monkeypatch.setenv("READOUT_STORE", str(tmp_path / "store"))
        app = AppTest.from_file(APP, default_timeout=30)
        for key, value in params.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return started


def _tree(app: AppTest, key: str) -> dict[str, Any] | None:
    found = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.id.endswith(f"-{key}")]
    return found[0] if found else None


def _stated(**changes: Any) -> Store:
    store = made_up_store()
    letter, *others = store.documents
    return replace(store, documents=(replace(letter, **changes), *others))


def test_the_reader_tells_how_a_text_was_read_and_what_was_stated(run: Any) -> None:
    store = _stated(
        reader="PDF, by pypdf", encoding=None, published="2021-03-03", publisher="The Example", url="https://x.example/1",
        language="en", stated=("published",), notes=("Headers and footers were left out.",),
    )
    tree = _tree(run(store, view="document", document="letter.txt"), "provenance")
    assert tree is not None and tree["opened"]
    said = " ".join(words(tree).split())
    assert said.startswith("How this text was read Read as PDF, by pypdf Title The harbour letter (told by the file)")
    assert "Published 3 March 2021 (stated in the list of documents)" in said
    assert "Publisher The Example (told by the file)" in said
    assert "Language English" in said
    assert said.endswith("Headers and footers were left out.")


def test_a_plain_text_says_so_folded(run: Any) -> None:
    tree = _tree(run(made_up_store(), view="document", document="letter.txt"), "provenance")
    assert tree is not None and not tree.get("opened")
    assert "Read as Plain text" in words(tree)


def test_what_could_not_be_read_is_listed_with_its_reason(run: Any) -> None:
    failed = (Failure("a.pdf", "is locked with a password"), Failure(f"{HOSTILE}.txt", HOSTILE))
    app = run(replace(made_up_store(), failures=failed), view="document")
    tree = _tree(app, "failures")
    assert tree is not None
    assert "2 files could not be read" in words(tree)
    assert "a.pdf is locked with a password" in words(tree)
    assert not any("locked" in str(one.value) for one in [*app.markdown, *app.warning]), "only as text"
    assert _tree(run(made_up_store(), view="document"), "failures") is None


def test_failures_are_told_where_nothing_else_is(run: Any) -> None:
    app = run(Store((), (), (), failures=(Failure("a.pdf", "is no PDF"),)), view="document")
    assert "1 file could not be read" in words(_tree(app, "failures") or {})
    assert "holds no documents" in app.info[0].value


def test_a_long_list_of_failures_is_cut() -> None:
    said = words(failures([{"document": "a.pdf", "reason": "is no PDF"}], 3_000))
    assert said.startswith("3,000 files could not be read") and said.endswith("and 2,999 more")


def test_a_date_that_is_none_is_shown_as_it_stands() -> None:
    document = dict.fromkeys(("title", "publisher", "url", "encoding")) | {
        "reader": "Plain text", "published": "<b>soon</b>", "language": "xx-odd", "stated": [], "notes": [],
    }
    assert "Published <b>soon</b>" in words(provenance(document)) and "Language xx-odd" in words(provenance(document))
