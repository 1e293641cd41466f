"""The command line: what it writes, what it says when it cannot, and its exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extract.cli import main
from extract.store import read_store

ROOT = Path(__file__).parents[1]
TEXT = "LIMA, Oct. 8, 2015 (EFE) -- Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on Wednesday.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(TEXT)
    return tmp_path


def test_extract_writes_a_store_and_records(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(folder / "docs"), "-o", str(folder / "store"), "--jsonl", str(folder / "e.jsonl")]) == 0
    (event,) = read_store(folder / "store").events
    (line,) = (folder / "e.jsonl").read_text().splitlines()
    record = json.loads(line)
    assert (record["id"], record["date"], record["countries"]) == (event.id, "2015-10-07", ["CHL", "PER"])
    source = record["sources"][0]
    assert TEXT[source["start"] : source["end"]] == source["quote"]
    assert "[1/1] a.txt" in capsys.readouterr().err


def test_a_bad_file_is_named_and_changes_the_exit_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docs" / "b.txt").write_bytes(b"\xff")
    assert main(["extract", str(folder / "docs"), "--jsonl", str(folder / "e.jsonl"), "--quiet"]) == 1
    assert "b.txt: byte 0: not UTF-8 text" in capsys.readouterr().err
    assert len((folder / "e.jsonl").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["extract", "nowhere", "-o", "out"], "nowhere: no such file or folder"),
        (["extract", "nowhere"], "say where the events go"),
        (["explain", "nowhere.txt"], "nowhere.txt: cannot be read"),
        (["score", "nowhere.jsonl", "."], "nowhere.jsonl: cannot be read"),
    ],
)
def test_errors_name_the_reason(
    arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert reason in capsys.readouterr().err


def test_a_strange_folder_is_refused_before_any_work(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(folder / "docs"), "-o", str(folder / "docs")]) == 2
    assert "not a store" in capsys.readouterr().err
    assert (folder / "docs" / "a.txt").read_text() == TEXT


def test_explain_tells_rule_date_and_what_was_dropped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docs" / "a.txt").write_text(TEXT + "\nThe two hope to hold talks again.\n")
    assert main(["explain", str(folder / "docs" / "a.txt")]) == 0
    out = capsys.readouterr().out
    assert "event meeting/talks 2015-10-07 CHL,PER" in out
    assert "rule meeting:meet:meet on 'met'" in out
    assert "date by 'weekday before the article's date'" in out
    assert "dropped" in out
    assert main(["explain", str(folder / "docs" / "a.txt"), "--at", str(TEXT.index("met"))]) == 0


def test_score_prints_the_figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "gold").mkdir()
    gold = {
        "id": "a-1", "kind": "meeting", "status": "occurred", "salience": "main", "optional": False, "date": "2015-10-07",
        "date_alt": [], "countries": ["PER", "CHL"], "countries_optional": [], "title": "t", "mentions": ["Humala met Chilean"],
    }
    (folder / "gold" / "a.jsonl").write_text(json.dumps(gold))
    main(["extract", str(folder / "docs"), "--jsonl", str(folder / "e.jsonl"), "--quiet"])
    assert main(["score", str(folder / "e.jsonl"), str(folder / "gold"), str(folder / "docs"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["strict_f1"] == 1.0
    assert main(["score", str(folder / "e.jsonl"), str(folder / "gold"), str(folder / "docs"), "--detail"]) == 0
    assert capsys.readouterr().out.startswith("  ok    a a-1 meeting")


def test_the_module_runs_as_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "extract", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "extract" in done.stdout
    assert "explain" in done.stdout


def test_a_run_without_any_document_leaves_what_was_there(folder: Path) -> None:
    out = ["-o", str(folder / "store"), "--jsonl", str(folder / "e.jsonl"), "--quiet"]
    main(["extract", str(folder / "docs"), *out])
    before = (folder / "e.jsonl").read_text()
    (folder / "bad.txt").write_bytes(b"\xff")
    assert main(["extract", str(folder / "bad.txt"), *out]) == 2
    assert (folder / "e.jsonl").read_text() == before
    assert len(read_store(folder / "store").events) == 1


def test_a_pipe_is_written_to_and_stays_a_pipe(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True)
    assert main(["extract", str(folder / "docs"), "--jsonl", str(pipe), "--quiet"]) == 0
    out, _ = reader.communicate(timeout=20)
    assert json.loads(out)["kind"] == "meeting"
    assert pipe.is_fifo()


def test_a_store_whose_name_is_not_utf_8_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Malawi met Zambia.")
    assert main(["extract", str(tmp_path / "a.txt"), "-o", str(tmp_path / "st\udcffre")]) == 2
    assert "st\\udcffre': the name of a store must be UTF-8" in capsys.readouterr().err and len(list(tmp_path.iterdir())) == 1
