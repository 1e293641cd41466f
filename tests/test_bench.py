"""The bench: ratios of runs that take turns, over texts written as often as asked, told as tables."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from extract import bench
from extract.bench import Pace, Step, copies, growth, report, words_of
from extract.cli import main
from extract.model import Document, InputError

TEXT = "Valletta, 3 March 2021.\r\n\r\nPresident Jane Example of Malta met Prime Minister Ola Nordmann of Norway.\n"


def _document(name: str = "one.txt") -> Document:
    return Document(name, TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), None)


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    pace = Pace(100, (2.0, 1.0, 4.0), (4.0, 3.0, 2.0))
    assert pace.ratios == (2.0, 3.0, 0.5) and pace.ratio == 2.0


def test_both_ways_take_turns_and_the_first_changes() -> None:
    called: list[str] = []
    ours, theirs = bench._turns(lambda: called.append("a"), lambda: called.append("b"), 3)
    assert called == ["a", "b", "b", "a", "a", "b"] and len(ours) == len(theirs) == 3


def test_texts_are_written_as_they_are(tmp_path: Path) -> None:
    found = copies([_document(), _document("two.txt")], 3, tmp_path / "documents")
    assert len(found) == len(set(found)) == 6 and found == sorted(found)
    texts = [path.read_bytes().decode() for path in found]
    assert texts[:2] == [TEXT, TEXT] and texts[2] == TEXT.replace("2021", "2028")
    assert len({text[: len(TEXT)] for text in texts}) == 3 and {len(text) for text in texts} == {len(TEXT)}
    assert words_of([_document()] * 2) == 32


def test_growth_measures_each_size_by_itself() -> None:
    (step,) = growth([_document()], 0)
    assert step.words == 16 and step.events == 1 and step.seconds > 0 and step.cpu > 0 and 50 < step.peak < 50_000
    _, twice = growth([_document()], 1, in_one=True)
    assert twice.words == 32 and twice.events >= 1


def test_the_command_tells_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    steps = [Step(1600, 2.0, 1.9, 812.4, 7), Step(3200, 4.0, 3.99, 813.0, 14)]
    monkeypatch.setattr(bench, "growth", lambda documents, doublings, in_one: iter(steps))
    plot = tmp_path / "plot.html"
    asked = ["--rounds", "1", "--workers", "1", "--doublings", "1", "--plot", str(plot)]
    assert main(["bench", str(tmp_path / "one.txt"), *asked]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].startswith("| one process, against spaCy’s whole small pipeline | 16 | ")
    assert lines.count("| 1,600 | 2.0 | 1.9 |  | 800 | 812 | 7 |") == 2
    assert lines.count("| 3,200 | 4.0 | 4.0 | 2.10 | 800 | 813 | 14 |") == 2
    page = plot.read_text(encoding="utf-8")
    assert "Events against seconds" in page and "one document, were it in proportion" in page
    assert "<script src=" not in page
    assert main(["bench", str(tmp_path / "one.txt"), *asked[:-1], str(tmp_path / "no" / "plot.html")]) != 0
    assert "plot.html: the chart cannot be written" in capsys.readouterr().err


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no document"):
        report([tmp_path], 1, 1, 1, print)
