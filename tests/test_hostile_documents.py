"""Ten thousand files made to harm, read as `readout extract` reads them: none crashes it, hangs it, fills the memory or
writes where nothing should be written; what is refused is named with the reason, and what is kept is true to its text.

A usual run reads 50 files of series 1 and 50 of that of READOUT_SEED (by default 1 too, the next 50), and 15 texts that
hypothesis makes up. All 10,000 (8,000 mutated files, 2,000 texts by hypothesis) are read, in some six minutes of one core, by

    READOUT_HOSTILE=1 pytest -p no:xdist -o addopts= tests/test_hostile_documents.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import hostile_runs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mutations import DATES, MARKS, ODD, PIECES, SCRIPTS

from extract.store import Store, read_store

SEED = int(os.environ.get("READOUT_SEED", "1"))
WHOLE = bool(os.environ.get("READOUT_HOSTILE"))
MEMORY = 1_200
"""Megabytes that the process may take at most: 500 are the models, 32 each of what lies ready to be sorted."""
SLICES = [(f"1:{first}:1000",) for first in range(0, 8_000, 1_000)] if WHOLE else [("1:0:50", f"{SEED}:50:50")]


@pytest.mark.parametrize("slices", SLICES)
def test_files_made_to_harm(slices: tuple[str, ...]) -> None:
    ran = subprocess.run([sys.executable, hostile_runs.__file__, *slices], capture_output=True, text=True,
                         env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OMP_NUM_THREADS": "1"}, check=False)
    assert ran.returncode == 0, f"ended by {ran.returncode}: {ran.stderr[-3000:]}"
    told = json.loads(ran.stdout)
    print(told)
    assert not told["faults"], "\n".join(told["faults"])
    assert told["megabytes"] < MEMORY
    counts = dict(told["counts"])
    assert counts["documents"] > told["files"] / 5 and counts["events"], "most are read, or nothing is tried"


WORDS = ("Malawi", "Zambia", "President Jane Banda", "the foreign minister of Norway", "met", "visited", "will sign", "talks with", "on Tuesday", "in Oslo",
         "yesterday", "4 March 2019", "said", "and", "agreement", ". ", ", ", "\n", "\n\n", " ")
SAID = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from((*DATES, *PIECES, *MARKS, *ODD, *SCRIPTS)), st.text(max_size=12)), max_size=60)


@settings(max_examples=2_000 if WHOLE else 15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=not WHOLE and SEED == 1,
          phases=(Phase.generate, Phase.shrink) if WHOLE else (Phase.generate,))
@given(texts=st.lists(st.tuples(SAID, st.sampled_from(("", " "))), min_size=1, max_size=1))
def test_texts_made_up(texts: list[tuple[list[str], str]]) -> None:
    given = [(f"{number}.txt", mark.join(parts).encode("utf-8", "surrogatepass")) for number, (parts, mark) in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        hostile_runs.read(given, Path(folder) / "run", Counter())


def _moved(store: Store) -> Store:
    return replace(store, documents=tuple(replace(document, text=f" {document.text}") for document in store.documents))


def test_a_run_that_does_harm_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is checked can fail: a quote beside its place, a file beside the output, an error that nobody foresaw."""
    letter = [("a.txt", b"LILONGWE, March 4, 2019 (Reuters) - The president of Malawi met the king of Norway in Oslo on Monday.")]
    counts = Counter[str]()
    hostile_runs.read(letter, tmp_path / "run", counts)
    assert counts["documents"] == 1
    with monkeypatch.context() as patch, pytest.raises(AssertionError, match="beside"):
        patch.setattr(hostile_runs, "main", lambda _: Path("stray").write_text("x") and 0)
        hostile_runs.read(letter, tmp_path / "run", counts)
    with monkeypatch.context() as patch, pytest.raises(AssertionError, match="quote"):
        patch.setattr(hostile_runs, "read_store", lambda folder: _moved(read_store(folder)))
        hostile_runs.read(letter, tmp_path / "run", counts)
    with monkeypatch.context() as patch, pytest.raises(AssertionError, match="a fault of Readout"):
        patch.setattr("extract.acts.segment", lambda _: 1 // 0)
        hostile_runs.read(letter, tmp_path / "run", counts)
