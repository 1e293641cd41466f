"""A long day on one dashboard, without its pauses: `python tests/long_day.py STORE [MINUTES [PEOPLE]]`.

Sessions come, go from view to view and filter to filter as in `crowd`, and go. After each round stands what the server's
process holds. Somebody who chooses something every 20 seconds makes 1,440 choices in eight hours.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from conftest import dashboard
from crowd import crowd

STEPS = 10


@dataclass(frozen=True)
class Round:
    """What stands after a round: seconds since the start, choices answered so far, what went wrong in it, and how many
    bytes of memory the server holds."""

    seconds: float
    answers: int
    faults: list[str]
    held: int


def server(port: str) -> int:
    """Return the number of the process that serves a port. Raises LookupError where there is none."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if b"--server.port" in words and words[words.index(b"--server.port") + 1] == port.encode():
                return int(folder.name)
    raise LookupError(f"no dashboard at port {port}")


def held(process: int) -> int:
    """Return the bytes of memory that a process holds (proc(5), statm: resident pages)."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def day(address: str, people: int, steps: int = STEPS) -> Iterator[Round]:
    """Yield rounds without end: in each so many new sessions make so many choices each, and none waits."""
    process, began, answers, first = server(address.rstrip("/").rpartition(":")[2]), time.monotonic(), 0, 0
    while True:
        waits = crowd(address, people, steps, 0.0, first=first)
        first += people
        answers += len(waits.seconds)
        yield Round(time.monotonic() - began, answers, waits.faults, held(process))


def main(store: str, minutes: str = "10", people: str = "4") -> None:
    """Measure on a dashboard of its own; print about one round a minute and the last."""
    rounds: list[Round] = []
    with dashboard(store=Path(store)) as address:
        for one in day(address, int(people)):
            rounds.append(one)
            last = one.seconds >= 60 * float(minutes)
            if last or len(rounds) == 1 or int(one.seconds // 60) > int(rounds[-2].seconds // 60):
                print(f"{one.seconds / 60:5.1f} min {one.answers:6,} answers {one.held / 2**20:6.0f} MiB", flush=True)
            if last:
                break
    faults = [fault for one in rounds for fault in one.faults]
    print(f"{len(faults)} faults{': ' if faults else ''}{'; '.join(faults[:3])}")


if __name__ == "__main__":
    main(*sys.argv[1:])
