"""Tables are checked as a whole, and the matcher finds whole words in linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.gazetteer import Matcher, Row, phrase_fault, read_table, spellings
from extract.model import InputError

PHRASES = Matcher([
    ("Norway", 1), ("Soviet Union", 2), ("Côte d'Ivoire", 3), ("U.S.", 4), ("US", 4), ("Guinea-Bissau", 5), ("Guinea", 6),
    ("Saint Lucia", 7), ("Bosnia and Herzegovina", 8), ("Congo (DRC)", 9), ("Workers' Party of Korea", 10),
    ("OPEC+", 11), ("eSwatini", 12), ("P5+1", 13),
])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Norway's king", ["Norway"]),
        ("NORWAY'S KING", ["NORWAY"]),
        ("norway Norways xNorway Norwayx", []),
        ("the Soviet\nUnion and the Soviet \n Union", ["Soviet\nUnion", "Soviet \n Union"]),
        ("Soviet\n\nUnion", []),
        ("Cote d’Ivoire, CÔTE D'IVOIRE", ["Cote d’Ivoire", "CÔTE D'IVOIRE"]),
        ("in the U.S. and U.S.-led; US-led", ["U.S.", "U.S.", "US"]),
        ("Guinea-Bissau, Guinea Bissau, Guinea", ["Guinea-Bissau", "Guinea Bissau", "Guinea"]),
        ("Guinea–Norway", ["Guinea", "Norway"]),
        ("St. Lucia, St Lucia", ["St. Lucia", "St Lucia"]),
        ("Bosnia & Herzegovina, Bosnia And Herzegovina", ["Bosnia & Herzegovina", "Bosnia And Herzegovina"]),
        ("Congo (DRC) borders", ["Congo (DRC)"]),
        ("Workers’ Party of Korea", ["Workers’ Party of Korea"]),
        ("OPEC+ met eSwatini; P5+1", ["OPEC+", "eSwatini", "P5+1"]),
    ],
)
def test_matcher(text: str, found: list[str]) -> None:
    assert [text[m.start : m.end] for m in PHRASES.find(text)] == found


def test_matcher_keeps_within_bounds() -> None:
    text = "the Soviet Union and Norwayland"
    assert [(m.start, m.end) for m in PHRASES.find(text, 4, 16)] == [(4, 16)]
    assert not list(PHRASES.find(text, 4, 15))
    assert not list(PHRASES.find(text, 21, 27)), "a word that goes on behind the end is not this word"


def test_spellings() -> None:
    assert "Defence Organisation" in set(spellings("Defense Organization"))
    assert "CHINA" in set(spellings("China")) and len(list(spellings("US"))) == 1


def test_phrase_fault() -> None:
    assert phrase_fault("Cote d'Ivoire") is None
    assert "7 Street" in str(phrase_fault("7 Street")) and phrase_fault("") is not None


@given(st.text(alphabet="Norway Soviet\nUnion US.'-’P5+1()", max_size=60))
def test_matches_are_ordered_and_whole(text: str) -> None:
    last = 0
    for match in PHRASES.find(text):
        assert last <= match.start < match.end <= len(text)
        assert not text[match.start - 1 : match.start].isalnum() and not text[match.end : match.end + 1].isalnum()
        last = match.end


def test_matcher_is_linear() -> None:
    """Ten times the text may take forty times as long on a noisy machine; a quadratic scan would take a hundred."""
    for piece in ("Soviet ", "Guinea-", "U.", "Soviet" + " " * 500, "the Workers' "):
        times = []
        for size in (20_000, 200_000):
            text = piece * (size // len(piece))
            runs = []
            for _ in range(3):
                begin = time.perf_counter()
                list(PHRASES.find(text))
                runs.append(time.perf_counter() - begin)
            times.append(min(runs))
        assert times[1] < 40 * max(times[0], 0.001), piece


def test_read_table() -> None:
    rows = read_table("t.tsv", ("code", "names"), text="# c\ncode\tnames\n\nNOR\tNorway|Norge?\nISL\t\n")
    assert [row.where for row in rows] == ["t.tsv:4", "t.tsv:5"]
    assert rows[0].marked("names") == (("Norway", True), ("Norge", False)) and rows[1].values("names") == ()


def test_all_faults_are_told_at_once() -> None:
    def check(row: Row) -> list[str]:
        return ["code: too long"] if len(row["code"]) > 3 else []

    with pytest.raises(InputError) as caught:
        read_table("t.tsv", ("code", "names"), check, text="code\tnames\nNOR\nNORW\tNorway\nISL \ta||b\n")
    assert str(caught.value).splitlines() == [
        "t.tsv:2: 1 cells where there are 2 columns",
        "t.tsv:3: code: too long",
        "t.tsv:4: code: white space at an end of 'ISL '",
        "t.tsv:4: names: an empty value in 'a||b'",
    ]


@pytest.mark.parametrize("text", ["", "names\tcode\n", "# nothing\n"])
def test_wrong_columns(text: str) -> None:
    with pytest.raises(InputError, match=r"t\.tsv:1: the first row must name the columns code, names"):
        read_table("t.tsv", ("code", "names"), text=text)


def test_missing_table() -> None:
    with pytest.raises(InputError, match=r"absent\.tsv: cannot be read"):
        read_table("absent.tsv", ("code",))
