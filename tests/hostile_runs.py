"""Reads files made to harm as `readout extract` does, under a limit of memory and of time for each, and checks what is
written. `python tests/hostile_runs.py SERIES:FIRST:COUNT…` does so with that many files of `mutations.file`.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from mutations import file

from extract import edtf
from extract.cli import main
from extract.mentions.countries import is_country
from extract.store import read_store

MEMORY = 4 << 30
"""Bytes of address space; some 2.5 GB of it are libraries and models, of which 0.5 GB are really taken."""
SECONDS = 30
"""Of the processor, for ten files of up to 60 kB each: usual are 2."""
TOGETHER = 10
Given = Sequence[tuple[str, bytes]]


class Fault(AssertionError):
    """What should not have happened, with the files that were read."""


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _peak() -> int:
    """Return the most kB of memory that this program has taken: what getrusage tells counts what started it too."""
    return int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1])  # type: ignore[index]


def check(folder: Path, lines: Path) -> tuple[int, int]:
    """Check a store and the records beside it; return the numbers of its documents and events."""
    store = read_store(folder)
    texts = {document.name: document.text for document in store.documents}
    assert len(texts) == len(store.documents), "two documents have one name"
    for document in store.documents:
        assert document.published is None or edtf.is_valid(document.published), document.published
    for row in store.articles:
        assert 0 <= row.start <= row.end <= len(texts[row.document]) and edtf.is_valid(row.date), row
    for timex in store.timexes:
        assert 0 <= timex.start < timex.end <= len(texts[timex.document]) and edtf.is_valid(timex.value), timex
    for event in store.events:
        assert edtf.is_valid(event.date) and all(map(is_country, event.countries)), event
        assert all(actor.country is None or is_country(actor.country) for actor in event.actors), event
        for source in event.sources:  # a quote is what stands at its place
            assert texts[source.document][source.start : source.end] == source.quote != "", source
    whole = [asdict(one) for one in (*store.documents, *store.articles, *store.events, *store.timexes, *store.failures)]
    for one in _strings(whole):
        assert "\0" not in one and one.encode(), one[:80]
    records = [json.loads(line) for line in lines.read_text(encoding="utf-8").split("\n") if line]
    assert [record["id"] for record in records] == [event.id for event in store.events]
    for failure in store.failures:
        assert failure.document and failure.reason.strip(), failure
    return len(store.documents), len(store.events)


@cache
def _limited() -> None:
    faulthandler.register(signal.SIGVTALRM, all_threads=True, chain=True)
    main(["extract", str(Path(__file__).parent / "files" / "letter.docx"), "-o", str(Path(tempfile.mkdtemp()) / "s"), "--quiet"])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))


def read(given: Given, root: Path, counts: Counter[str]) -> None:
    """Read files together, and check what comes of it. Raises Fault with the reason where something is wrong."""
    shutil.rmtree(root, ignore_errors=True)
    folder, store, lines, temporary = (root / name for name in ("in", "store", "lines.jsonl", "tmp"))
    folder.mkdir(parents=True)
    temporary.mkdir()
    for name, data in given:
        (folder / name).write_bytes(data)
    before = sorted(folder.rglob("*"))
    said = io.StringIO()
    tempfile.tempdir = str(temporary)
    # A second more for each 20 kB, so that time may grow with the size and with nothing else.
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS + sum(len(data) for _, data in given) / 20_000)
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said), contextlib.chdir(temporary):
            code = main(["extract", str(folder), "-o", str(store), "--jsonl", str(lines), "--quiet"])
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        tempfile.tempdir = None
    refusals = said.getvalue().splitlines()
    for line in refusals:
        assert "a fault of Readout" not in line, line
        assert line.startswith("readout: ") and line.isprintable() and ": " in line[9:], line
        counts[re.sub(r"“.*?”|'.*?'|\"[^\"]*\"|\(.{30,}\)|\d[\d,.]*|0x\w+", "…", line.removeprefix('readout: ').split(": ", 1)[-1])[:90]] += 1
    assert code in (0, 1, 2) and (code == 0) == (not refusals), code
    assert sorted(folder.rglob("*")) == before and not list(temporary.iterdir()), "something was written beside the output"
    assert {path.name for path in root.iterdir()} <= {"in", "store", "lines.jsonl", "tmp"}, sorted(root.iterdir())
    if code == 2 and len(given) > 1 and not lines.exists():
        raise Fault("all were refused")
    if lines.exists():
        documents, events = check(store, lines)
        counts["documents"] += documents
        counts["events"] += events


def run(numbered: Iterable[tuple[int, tuple[str, bytes]]], root: Path) -> tuple[Counter[str], list[str]]:
    """Read files, ten at a time, and alone where ten gave a fault; return what was counted and the faults."""
    _limited()
    counts, faults = Counter[str](), list[str]()
    batch: list[tuple[int, tuple[str, bytes]]] = []

    def go() -> None:
        own = Counter[str]()
        print("files", *(number for number, _ in batch), file=sys.__stderr__, flush=True)
        try:
            read([one for _, one in batch], root, own)
        except Exception:
            if len(batch) == 1:
                faults.append(f"{batch[0][0]}: {traceback.format_exc(limit=-6)[-1500:]}")
                return
            whole, found = list(batch), len(faults)
            for alone in whole:
                batch[:] = [alone]
                go()
            if len(faults) == found:
                faults.append(f"{[number for number, _ in whole]} together: {traceback.format_exc(limit=-6)[-1500:]}")
            return
        counts.update(own)

    for one in numbered:
        batch.append(one)
        if len(batch) == TOGETHER:
            go()
            batch.clear()
    if batch:
        go()
    return counts, faults


if __name__ == "__main__":
    slices = [tuple(map(int, one.split(":"))) for one in sys.argv[1:]]
    numbered = ((number, file(series, number)) for series, first, count in slices for number in range(first, first + count))
    begun = time.process_time()
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as place:
        counts, faults = run(numbered, Path(place) / "run")
    told = {"files": sum(count for *_, count in slices), "seconds": round(time.process_time() - begun, 1),
            "megabytes": _peak() // 1000, "counts": counts.most_common(), "faults": faults}
    print(json.dumps(told))
