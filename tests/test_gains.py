"""Gains and losses by event: what changed between two extractions, and the extraction by another revision."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extract import revision
from extract.cli import main
from extract.gains import changes, summary, table
from extract.model import InputError
from extract.revision import commit_of, records_at
from extract.score import Comparison, compare

ROOT = Path(__file__).parents[1]
TEXT = "LIMA, Oct. 8, 2015 (EFE) -- Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on Wednesday.\n\nFiji and Tonga signed a treaty in May 2014.\n"
MEETING, TREATY = "Humala met Chilean", "Fiji and Tonga signed"


def _gold(id_: str, kind: str, date: str, countries: list[str], mention: str, **more: object) -> dict[str, object]:
    return {
        "id": id_, "kind": kind, "status": "occurred", "salience": "main", "optional": False, "date": date, "date_alt": [],
        "countries": countries, "countries_optional": [], "title": f"title of {id_}", "mentions": [mention], **more,
    }  # fmt: skip


def _record(kind: str, date: str, countries: str, passage: str, **more: object) -> dict[str, object]:
    start = TEXT.index(passage)
    source = {"document": "a.txt", "start": start, "end": start + len(passage), "quote": passage}
    return {"kind": kind, "date": date, "countries": countries.split(), "sources": [source], "title": "t", **more}


GOLDS = [
    _gold("a-1", "meeting", "2015-10-07", ["PER", "CHL"], MEETING),
    _gold("a-2", "agreement", "2014-05", ["FJI", "TON"], TREATY),
    _gold("a-3", "visit", "2015", ["CHL", "PER"], "LIMA", optional=True),
]
MET = _record("meeting", "2015-10-07", "CHL PER", MEETING)
SIGNED = _record("agreement", "2014-05", "FJI TON", TREATY)
TRIP = _record("visit", "2015", "CHL PER", "LIMA")
FALSE = _record("statement", "2015-10-08", "PER", "President Michelle")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("docs", "gold"):
        (tmp_path / name).mkdir()
    (tmp_path / "docs" / "a.txt").write_text(TEXT)
    (tmp_path / "gold" / "a.jsonl").write_text("\n".join(map(json.dumps, GOLDS)))
    return tmp_path


@pytest.fixture
def scored(folder: Path) -> Callable[[list[dict[str, object]]], Comparison]:
    return lambda records: compare(records, folder / "gold", folder / "docs")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([], [MET], [("gained", "meeting", "2015-10-07", "")]),
        ([], [MET | {"date": "2015"}], [("gained", "meeting", "2015-10-07", "wrong: date")]),
        ([MET, SIGNED], [SIGNED], [("lost", "meeting", "2015-10-07", "")]),
        ([MET], [MET, FALSE], [("invented", "statement", "2015-10-08", "")]),
        ([MET, FALSE], [MET], [("withdrawn", "statement", "2015-10-08", "")]),
        ([MET], [MET, MET], [("invented", "meeting", "2015-10-07", "")]),
        ([MET | {"date": "XXXX"}], [MET], [("mended", "meeting", "2015-10-07", "date: XXXX -> 2015-10-07")]),
        ([SIGNED], [SIGNED | {"countries": ["FJI"]}], [("broken", "agreement", "2014-05", "countries: FJI,TON -> FJI")]),
        ([SIGNED], [SIGNED | {"status": "planned"}], [("broken", "agreement", "2014-05", "status: occurred -> planned")]),
        (
            [MET | {"date": "2015"}], [MET | {"status": "planned"}],
            [("mended", "meeting", "2015-10-07", "date: 2015 -> 2015-10-07"), ("broken", "meeting", "2015-10-07", "status: occurred -> planned")],
        ),
        # What neither helps nor harms the score is no change: optional gold, another wrong value, a false event told otherwise.
        ([], [TRIP], []),
        ([MET | {"date": "2015"}], [MET | {"date": "2015-10"}], []),
        ([FALSE], [FALSE | {"date": "2014", "countries": ["CHL"]}], []),
        ([MET, SIGNED, FALSE], [FALSE, SIGNED, MET], []),
    ],
    ids=[
        "gained", "gained with a fault", "lost", "invented", "withdrawn", "told twice", "mended", "broken countries", "broken status",
        "mended and broken", "optional", "still wrong", "still false", "another order",
    ],
)  # fmt: skip
def test_changes(
    before: list[dict[str, object]], now: list[dict[str, object]], expected: list[tuple[str, ...]],
    scored: Callable[[list[dict[str, object]]], Comparison],
) -> None:  # fmt: skip
    found = changes(scored(before), scored(now))
    assert [(one.change, one.kind, one.date, one.note) for one in found] == expected
    assert {one.document for one in found} <= {"a"}


def test_a_false_event_of_another_kind_is_another(scored: Callable[[list[dict[str, object]]], Comparison]) -> None:
    found = changes(scored([FALSE]), scored([FALSE | {"kind": "visit", "date": "1999", "countries": ["NOR"]}]))
    assert [one.change for one in found] == ["invented", "withdrawn"]


def test_the_table_is_aligned_and_safe_in_a_terminal(folder: Path, scored: Callable[[list[dict[str, object]]], Comparison]) -> None:
    hostile = FALSE | {"title": "\x1b[31mred\x07\u202e\nnew line " + "x" * 200, "kind": "visit", "date": "1999"}
    (folder / "gold" / "a.jsonl").write_text(json.dumps(GOLDS[0] | {"title": "a\x1b]0;b\x07"}))
    lines = list(table(changes(scored([]), scored([MET, hostile]))))
    assert all(line.isprintable() for line in lines)
    assert lines[0].split() == ["change", "document", "kind", "date", "countries", "title"]
    assert lines[1].split() == ["gained", "a", "meeting", "2015-10-07", "CHL,PER", "a", "]0;b"]
    assert {line.index(cell) for line, cell in zip(lines, ("kind", "meeting", "visit"), strict=True)} == {lines[0].index("kind")}
    assert max(map(len, lines)) < 150


def test_the_summary_counts_and_scores_both(scored: Callable[[list[dict[str, object]]], Comparison]) -> None:
    lines = list(summary(scored([SIGNED]), scored([MET, SIGNED]), "earlier\x1b"))
    assert lines[0].split() == ["1", "gained", "newly", "found"]
    assert [line.split()[0] for line in lines[1:6]] == ["0"] * 5
    names, before, now = (line.split() for line in lines[7:])
    assert dict(zip(names, before[1:], strict=True)) | {"gold": "2", "recall": "0.500", "f1": "0.667"} == dict(zip(names, before[1:], strict=True))
    assert (before[0], now[0], now[names.index("strict_f1") + 1]) == ("earlier", "now", "1.000")


def test_compare_with_a_file_of_before(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "before.jsonl").write_text(json.dumps(SIGNED))
    arguments = ["compare", str(folder / "docs"), str(folder / "gold"), "--before", str(folder / "before.jsonl")]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[1].split() == ["gained", "a", "meeting", "2015-10-07", "CHL,PER", "title", "of", "a-1"]
    assert "before.jsonl" in out
    assert main(arguments) == 0
    assert capsys.readouterr().out == out


# The package of another revision, as small as it can be: it writes what stands in `found`, and fails on request.
PACKAGE = """
import pathlib, sys, time, os
here = pathlib.Path(__file__).parent
documents, out = sys.argv[sys.argv.index("extract") + 1], sys.argv[sys.argv.index("--jsonl") + 1]
assert pathlib.Path(documents).exists() and sys.path[0] == str(here.parent)
if (here / "fails").exists():
    sys.exit("Traceback\\nno such \\x1b[1mmodel")
if (here / "sleeps").exists():
    pathlib.Path((here / "sleeps").read_text()).write_text(f"{os.getpid()} {here}")
    time.sleep(60)
pathlib.Path(out).write_text((here / "found").read_text())
"""


def _git(checkout: Path, *arguments: str) -> str:
    command = ["git", "-C", str(checkout), "-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _commit(checkout: Path, **files: str) -> str:
    for name, text in files.items():
        (checkout / "extract" / name).write_text(text)
    _git(checkout, "add", "-A")
    _git(checkout, "commit", "-q", "-m", "a step")
    return _git(checkout, "rev-parse", "HEAD")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose two commits find something else each, with uncommitted work that finds nothing."""
    path = tmp_path / "checkout"
    (path / "extract").mkdir(parents=True)
    _git(path, "init", "-q")
    (path / "extract" / "__init__.py").write_text("")
    (path / "extract" / "__main__.py").write_text(PACKAGE)
    _commit(path, found=json.dumps(SIGNED))
    _commit(path, found=json.dumps(MET))
    (path / "extract" / "found").write_text("")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    return path


@pytest.mark.parametrize(("name", "kind"), [("HEAD", "meeting"), ("HEAD~1", "agreement")])
def test_a_revision_runs_its_own_code(name: str, kind: str, checkout: Path, folder: Path) -> None:
    (record,) = records_at(commit_of(name, checkout), folder / "docs", checkout=checkout)
    assert record["kind"] == kind
    assert list((folder / "temporary").iterdir()) == []
    assert _git(checkout, "status", "--short") == "M extract/found"


def test_a_hook_does_not_lead_astray(checkout: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(folder / "nowhere"))
    assert len(commit_of("HEAD", checkout)) == 40


@pytest.mark.parametrize("name", ["nowhere", "--all", "HEAD~9", "", "a\x1b[1m"])
def test_an_unknown_revision(name: str, checkout: Path) -> None:
    with pytest.raises(InputError, match="no such revision in") as caught:
        commit_of(name, checkout)
    assert str(caught.value).isprintable()


def test_no_checkout_and_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError, match="not a git checkout"):
        commit_of("HEAD", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="git was not found"):
        commit_of("HEAD", tmp_path)


def test_a_revision_that_fails_is_named_with_the_reason(checkout: Path, folder: Path) -> None:
    commit = _commit(checkout, fails="yes")
    with pytest.raises(InputError, match=rf"revision {commit[:10]} failed: no such \[1mmodel"):
        records_at(commit, folder / "docs", checkout=checkout)
    assert list((folder / "temporary").iterdir()) == []


def test_a_revision_without_the_package(checkout: Path, folder: Path) -> None:
    _git(checkout, "rm", "-rqf", "extract")
    (checkout / "other").write_text("")
    _git(checkout, "add", "other")
    _git(checkout, "commit", "-q", "-m", "gone")
    with pytest.raises(InputError, match="has no package extract"):
        records_at(commit_of("HEAD", checkout), folder / "docs", checkout=checkout)
    assert list((folder / "temporary").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_when_it_is_broken_off(number: signal.Signals, checkout: Path, folder: Path) -> None:
    sign = folder / "sign"
    commit = _commit(checkout, sleeps=str(sign))
    code = (
        "import signal, sys; from pathlib import Path; from extract.revision import records_at\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "records_at(sys.argv[1], sys.argv[2], checkout=Path(sys.argv[3]))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "temporary")}
    command = [sys.executable, "-c", code, commit, str(folder / "docs"), str(checkout)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        _until(lambda: sign.exists() and " " in sign.read_text())
        child, _, place = sign.read_text().partition(" ")
        process.send_signal(number)
        assert process.wait(20) != 0
    assert not Path(place).exists()
    assert list((folder / "temporary").iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int(child), 0)


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(400):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it did not come to pass in 20 seconds")


def test_compare_against_a_commit(checkout: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revision, "CHECKOUT", checkout)
    assert main(["compare", str(folder / "docs"), str(folder / "gold"), "--against", "HEAD~1"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[1].split()[:3] == ["gained", "a", "meeting"]
    assert any(line.startswith(f"HEAD~1 ({commit_of('HEAD~1', checkout)[:10]})") for line in out)
    assert main(["compare", str(folder / "docs"), str(folder / "gold"), "--against", "nowhere"]) == 2
    assert "nowhere: no such revision" in capsys.readouterr().err
