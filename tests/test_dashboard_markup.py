"""Text of documents stays text: escaping, the tree of nodes, the reader's pieces."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import HOSTILE
from hypothesis import given
from hypothesis import strategies as some

from dashboard import markup, records
from dashboard.escaping import hover, plain

# The name of a vocabulary, which nothing fetches.
SVG = "http://www.w3.org/2000/svg"
DASHBOARD = Path(__file__).parent.parent / "dashboard"
_PUNCTUATION = re.compile(r"\\([!-/:-@\[-`{-~])")


@pytest.mark.parametrize("text", [HOSTILE, "www.evil.example me@evil.example", ":smile: $x$ ~~a~~ `b` # c", "1. a\n- b\n\n> c"])
def test_escaped_text_reads_as_it_was_and_holds_no_markup(text: str) -> None:
    escaped = plain(text)
    assert _PUNCTUATION.sub(r"\1", escaped).replace("\u2060", "") == " ".join(text.split())
    assert not re.search(r"(?<!\\)[<>\[\]*_`:$#!()]", escaped)
    assert not re.search(r"(https?:|www\.|[a-z]@)", escaped), "an address that Markdown would make a link"


def test_hover_text_is_escaped_wrapped_and_cut() -> None:
    assert hover("<b>&amp;") == "&lt;b&gt;&amp;amp;"
    assert hover("word " * 100).count("<br>") == 3
    assert hover("") == ""


@given(some.text())
def test_hover_text_has_no_tags_but_line_breaks(text: str) -> None:
    assert set(re.findall(r"<[^>]*>?", hover(text))) <= {"<br>"}


def test_nodes_are_of_known_tags_only() -> None:
    with pytest.raises(ValueError, match="script"):
        markup.node("script", "alert(1)")
    tree = markup.node("div", HOSTILE, markup.link("event", {"event": "a&b=c", "person": ["x", "y"]}, "go"))
    assert markup.words(tree) == f"{HOSTILE} go"
    assert tree["children"][1]["open"] == {"view": "event", "params": {"event": "a&b=c", "person": ["x", "y"]}}
    assert markup.href("event", {"event": "a&b=c", "person": ["x", "y"]}) == "?view=event&event=a%26b%3Dc&person=x&person=y"


def test_the_component_knows_the_same_tags() -> None:
    listed = re.search(r"new Set\(\[(.*?)\]\)", (DASHBOARD / "markup.js").read_text("utf-8"), re.DOTALL)
    assert listed is not None
    assert set(re.findall(r'"(\w+)"', listed.group(1))) == markup.TAGS | {"a"}


@pytest.mark.parametrize("word", ["unsafe_allow_html", "st.html", "innerHTML", "insertAdjacentHTML", "st.iframe", "http://",
                                  "st.write("])
def test_no_way_around_the_tree(word: str) -> None:
    files = [path for suffix in ("py", "js", "css") for path in DASHBOARD.rglob(f"*.{suffix}")]
    assert files and not [path.name for path in files if word in path.read_text("utf-8").replace(SVG, "")]


_spans = some.lists(some.tuples(some.integers(-3, 40), some.integers(-3, 40)), max_size=8)


@given(some.text(max_size=30), _spans)
def test_the_pieces_of_a_text_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = records.segments(text, spans)
    assert "".join(piece for piece, _ in pieces) == text
    covered = [number for piece, numbers in pieces for number in numbers for _ in piece]
    for number, (start, end) in enumerate(spans):
        assert covered.count(number) == max(min(end, len(text)) - max(start, 0), 0)


def test_overlapping_passages_share_a_piece() -> None:
    assert records.segments("abcdef", [(1, 4), (2, 6)]) == [("a", ()), ("b", (0,)), ("cd", (0, 1)), ("ef", (1,))]


@given(some.text())
def test_unwrapping_changes_only_line_breaks(text: str) -> None:
    shown = records.unwrap(text)
    assert len(shown) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, shown, strict=True))


def test_lines_of_a_fixed_width_are_joined_for_reading() -> None:
    text = "The two sides spoke of harbours and of\nfjords, and of the ships that call there\nin summer.\nA new line.\n\nThe end"
    assert records.unwrap(text).split("\n") == [
        "The two sides spoke of harbours and of fjords, and of the ships that call there in summer.", "A new line.", "",
        "The end",
    ]
    long = "A paragraph in one line. " * 8
    assert records.unwrap(f"{long}\n{long}") == f"{long}\n{long}"
