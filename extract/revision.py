"""The events that another revision of this code finds: its tree laid beside ours, run in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from extract.gold import read_records
from extract.model import InputError
from extract.record import printable

CHECKOUT = Path(__file__).resolve().parents[1]
_PACKAGE = "extract"
# A hook of git hands these down; they would send us to its own repository and index.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_TERMINATED = 128 + signal.SIGTERM


def commit_of(revision: str, checkout: Path | None = None) -> str:
    """Return the full hash of a revision ("HEAD", "main~2", "v1") of a git checkout (default: our own).

    Raises InputError where git is missing, the folder is no checkout, or the revision is unknown.
    """
    checkout = checkout or CHECKOUT
    try:
        inside = _git(checkout, "rev-parse", "--git-dir")
    except FileNotFoundError as error:
        raise InputError("git was not found: give the records of before as a file (--before)") from error
    if inside.returncode:
        raise InputError(f"{checkout}: not a git checkout ({_last_line(inside.stderr)}): give --before FILE instead")
    found = _git(checkout, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode:
        raise InputError(f"{printable(revision)}: no such revision in {checkout}")
    return found.stdout.strip()


def records_at(
    commit: str, documents: Path | str, *, workers: int = 1, checkout: Path | None = None
) -> list[dict[str, Any]]:
    """Return the records that the code of a commit extracts from a file or folder.

    The tree of the commit lies in a temporary folder; that and the process are gone when this returns or raises.
    Raises InputError where the commit holds no package, or its extraction fails on any document.
    """
    with tempfile.TemporaryDirectory(prefix="readout-") as name, _termination_raises():
        folder = Path(name)
        _lay_out(commit, checkout or CHECKOUT, folder)
        records, said = folder / "records.jsonl", folder / "said"
        arguments = ["extract", str(Path(documents).resolve()), "--jsonl", str(records), "--quiet"]
        status = _run(folder, [*arguments, "--workers", str(workers)], said)
        if status:
            reason = _last_line(said.read_text(encoding="utf-8", errors="replace")) or f"exit code {status}"
            raise InputError(f"the extraction of revision {commit[:10]} failed: {reason}")
        return read_records(records)


def _git(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    command = ["git", "-C", str(checkout), *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
    )


def _lay_out(commit: str, checkout: Path, folder: Path) -> None:
    """Write the package as of a commit into a folder; the checkout, its index and its worktrees stay untouched."""
    archive = folder / "tree.zip"
    done = _git(checkout, "archive", "--format=zip", "-o", str(archive), commit, _PACKAGE)
    if done.returncode:
        raise InputError(f"revision {commit[:10]} has no package {_PACKAGE}: {_last_line(done.stderr)}")
    with zipfile.ZipFile(archive) as tree:
        tree.extractall(folder)


def _run(folder: Path, arguments: list[str], said: Path) -> int:
    """Run the package in a folder as a command; return its exit status. It ends with us, its workers too."""
    environment = os.environ | {"PYTHONPATH": str(folder)}
    with said.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", _PACKAGE, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
        try:
            return process.wait()
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def _termination_raises() -> Iterator[None]:
    """Let a request to terminate unwind like Ctrl-C does, so that nothing is left behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, frame: object) -> None:
        raise SystemExit(_TERMINATED)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return printable(lines[-1]) if lines else ""
