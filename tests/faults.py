"""What goes wrong at a moment that is chosen: a child is killed, or its disk is full or read-only, at the n-th change.

A server, started once, has all loaded and forks a child for each run: it makes no threads, and may. In the child every
call that changes something in the file system is counted: files opened to be written, bytes written to them, renames,
removals, folders made and removed, rights. What a library of C writes by itself is not seen; for that `limit` stops
all that grows a file beyond so many bytes, which the system does itself.
"""

from __future__ import annotations

import builtins
import errno
import gc
import io
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ALL = "READOUT_ALL_FAULTS"
"""Set in the environment, it has every test go through every moment and page, also where others come near it."""
KILL = "kill"
FULL, READ_ONLY, FORBIDDEN = "ENOSPC", "EROFS", "EACCES"
_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "os.link", "os.symlink")
_GROWS = ("create", "write", "os.mkdir", "os.link", "os.symlink")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_SECONDS = 60
"""After which a child that hangs is ended, which its code then tells."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a child ended: its code (negative: the signal), the number of changes, the last of them, what it said."""

    code: int
    changes: int
    last: str
    said: str


class _Fault:
    """Counts the changes, and does at one of them (0: none) what was asked for; a full disk stays full."""

    def __init__(self, deed: str, at: int, report: Callable[[int, str], None]) -> None:
        self.deed, self.at, self.report = deed, at, report
        self.count = 0

    def step(self, what: str, path: object, half: Callable[[], object] | None = None) -> None:
        self.count += 1
        self.report(self.count, f"{what} {path}")
        if not self.at or self.count < self.at:
            return
        if self.deed == KILL:
            if half:
                half()
            os.kill(os.getpid(), signal.SIGKILL)
        if self.deed != FULL or what in _GROWS:
            number = getattr(errno, self.deed)
            raise OSError(number, os.strerror(number), *([] if what == "write" else [str(path)]))

    def hear(self, event: str, details: tuple[Any, ...]) -> None:
        if event in _CHANGES:
            self.step(event, details[0])
        elif event == "open" and details[2] & _WRITING and not str(details[0]).startswith("/dev/"):
            self.step("open" if isinstance(details[0], int) or Path(details[0]).exists() else "create", details[0])


def _watch(fault: _Fault) -> None:
    class Raw(io.FileIO):
        def write(self, data: Any) -> int:
            view = memoryview(data).cast("B")
            fault.step("write", self.name, lambda: super(Raw, self).write(view[: len(view) // 2]))
            return int(super().write(view) or 0)

    plain = io.open

    def watched(file: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, errors: Any = None,
                newline: Any = None, closefd: bool = True, opener: Any = None) -> Any:
        if not set(mode) & set("wax+"):
            return plain(file, mode, buffering, encoding, errors, newline, closefd, opener)
        raw = Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener)
        if buffering == 0:
            return raw
        whole = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return whole if "b" in mode else io.TextIOWrapper(whole, encoding, errors, newline)

    settle = os.fsync

    def settled(number: int) -> None:
        fault.step("fsync", number)
        settle(number)

    os.fsync = settled
    io.open = builtins.open = watched
    sys.addaudithook(fault.hear)


def correct(address: str, event: str, step: Callable[[], None] | None = None) -> int:
    """Write a correction: the event that this JSON holds is confirmed. `step` is called at each step of SQLite."""
    import sqlalchemy as sql

    from extract.corrections import Journal
    from extract.model import InputError
    from extract.record import from_mapping

    one = from_mapping(json.loads(event), "event")
    if step:
        sql.event.listen(sql.Pool, "connect", lambda connection, _: connection.set_progress_handler(step, 1))
    try:
        journal = Journal(address)
        journal.write("confirm", [one], [one], author="Ada", reason="r" * 2000, seen=journal.head())
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def derive(folder: str) -> int:
    """Make all that the dashboard derives from a store."""
    from dashboard.query import Archive
    from extract.model import InputError

    try:
        Archive(Path(folder)).words.ready()
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _child(task: dict[str, Any]) -> int:
    def report(number: int, what: str) -> None:
        os.pwrite(seen, json.dumps([number, what]).encode().ljust(1000), 0)

    seen = int(task["seen"])
    signal.alarm(_SECONDS)
    if task["limit"]:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if task["deed"] == KILL else signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (task["limit"], resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    elif task["work"][0] == "readout":
        _watch(_Fault(task["deed"], task["at"], report))
    name, *arguments = task["work"]
    if name == "correct" and task["at"]:
        fault = _Fault(task["deed"], task["at"], report)
        return correct(*arguments, step=lambda: fault.step("step", ""))
    if name == "readout":
        from extract.cli import main

        return main(arguments)
    return int({"correct": correct, "derive": derive}[name](*arguments))


def _load() -> None:
    """Load and use once what every child needs."""
    from told import document

    from dashboard import query
    from extract import cli, corrections, exports, readings
    from extract.pipeline import read_events

    assert query and cli and corrections and exports and readings.code_version()
    one = document("LIMA, Oct. 8, 2015 (EFE) -- Peruvian President Ana Ejemplo met Chilean Foreign Minister Eva Muestra.")
    assert readings.load(readings.dump(read_events(one)), one).clusters


def _serve() -> None:
    """Answer each line of the input, a task, with a line: how its child ended."""
    _load()
    gc.freeze()
    for line in sys.stdin:
        task = json.loads(line)
        seen, said = (os.memfd_create(name) for name in ("seen", "said"))
        pid = os.fork()
        if pid == 0:
            code = 70
            try:
                with os.fdopen(os.dup(said), "w", encoding="utf-8") as out, redirect_stderr(out):
                    try:
                        code = _child(task | {"seen": seen})
                    except BaseException:
                        import traceback

                        traceback.print_exc()
                    out.flush()
            finally:
                os._exit(code)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        count, last = json.loads(os.pread(seen, 1000, 0) or b"[0, \"\"]")
        words = os.pread(said, 1 << 20, 0).decode(errors="replace")
        os.close(seen)
        os.close(said)
        print(json.dumps([status, count, last, words]), flush=True)
    os._exit(0)  # some libraries complain of what they themselves have left


@contextmanager
def server() -> Iterator[Callable[..., Outcome]]:
    """Start it; gives a function that does some work in a child with a `deed` `at` a change, or a `limit` in bytes."""
    command = [sys.executable, str(Path(__file__))]
    # In few large pages the memory of the server is handed on to a child in a third of the time.
    large = {"PYTHONMALLOC": "malloc", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
    environment = os.environ | large | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True) as one:
        def run(*work: str, deed: str = "", at: int = 0, limit: int = 0) -> Outcome:
            assert one.stdin and one.stdout
            one.stdin.write(json.dumps({"work": work, "deed": deed, "at": at, "limit": limit}) + "\n")
            one.stdin.flush()
            return Outcome(*json.loads(one.stdout.readline()))

        yield run
        assert one.stdin
        one.stdin.close()


if __name__ == "__main__":
    _serve()
