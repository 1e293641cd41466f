"""Many people at once on one dashboard, by Streamlit's own protocol: `python tests/crowd.py STORE [PEOPLE [STEPS [THINK]]]`.

Each opens a session, and then goes from view to view and filter to filter as the address has them, with time to read in
between: half of `THINK` to one and a half times as long, in seconds. First one does it alone, then all of them; the
last line compares how long they wait.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import websockets
from conftest import dashboard
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# Who reads a page looks at it for some seconds before choosing anything else.
THINK = 7.0
PATIENCE = 120.0
_MATCH = re.compile(rb"([\d,]+) of [\d,]+ events? match")
_VIEWS = ("", "", "timeline", "timeline", "map", "table", "table", "country", "people", "network", "document", "search")
_COUNTRIES = ("CHN", "USA", "RUS", "FRA", "DEU", "NOR", "PER", "CHL", "KEN", "IND", "BRA", "MLT")
_WORDS = ("trade", "talks", "visit", "ports", "fisheries", "lithium", "harbours")


@dataclass
class Waits:
    """How long the answers took, in seconds, what went wrong, and how many events each query was told to match."""

    seconds: list[float] = field(default_factory=list)
    told: list[tuple[str, int]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def share(self, part: float) -> float:
        """Return the time within which this part of the answers came."""
        return sorted(self.seconds)[min(int(part * len(self.seconds)), len(self.seconds) - 1)]

    def __str__(self) -> str:
        """The figures in one line."""
        return (f"{len(self.seconds)} answers, half within {self.share(0.5):.2f} s, 95 % within {self.share(0.95):.2f} s, "
                f"{len(self.faults)} faults{': ' if self.faults else ''}{'; '.join(self.faults[:3])}")


def query(chance: random.Random) -> str:
    """Return the query of an address: a view, and mostly one or two filters."""
    asked: dict[str, str] = {}
    if view := chance.choice(_VIEWS):
        asked["view"] = view
    if view == "search":
        return urlencode(asked | {"find": chance.choice(_WORDS)})
    for key, value in (
        ("kinds", chance.choice(("meeting", "visit", "statement", "agreement"))), ("countries", chance.choice(_COUNTRIES)),
        ("from", f"{chance.randint(1995, 2020)}-01-01"), ("q", chance.choice(_WORDS)),
    ):
        if chance.random() < (0.15 if key == "q" else 0.35):
            asked[key] = value
    return urlencode(asked)


async def person(address: str, number: int, steps: int, think: float, waits: Waits) -> None:
    """Do so many steps in a session of one's own, and write down how long each took and what went wrong."""
    chance = random.Random(number)
    await asyncio.sleep(chance.random() * think)
    try:
        async with websockets.connect(
            f"{address.replace('http', 'ws', 1)}_stcore/stream", subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None, open_timeout=PATIENCE, origin=websockets.Origin(address.rstrip("/")), compression=None,
        ) as socket:
            for _ in range(steps):
                asked = query(chance)
                began = time.perf_counter()
                try:
                    matched = await asyncio.wait_for(_answer(socket, asked), PATIENCE)
                    waits.told.append((asked, matched))
                except ValueError as error:
                    waits.faults.append(f"?{asked}: {error}")
                waits.seconds.append(time.perf_counter() - began)
                await asyncio.sleep(think * (0.5 + chance.random()))
    except (OSError, TimeoutError, websockets.WebSocketException) as error:
        waits.faults.append(f"{type(error).__name__}: {error}")


async def _answer(socket: websockets.ClientConnection, asked: str) -> int:
    """Ask for a view and take its messages until the run has ended; returns how many events it says that match.

    Raises ValueError when it says none, or shows an error.
    """
    message = BackMsg()
    message.rerun_script.query_string = asked
    await socket.send(message.SerializeToString())
    matched, fault = -1, "no number of events"
    while True:
        received = await socket.recv(decode=False)
        told = ForwardMsg.FromString(received)
        kind = told.WhichOneof("type")
        if kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
            matched, fault = -2, told.delta.new_element.exception.message
        if kind == "delta" and matched == -1 and (found := _MATCH.search(received)):
            matched = int(found[1].replace(b",", b""))
        if kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            if matched < 0:
                raise ValueError(fault)
            return matched


def crowd(address: str, people: int, steps: int, think: float, first: int = 0) -> Waits:
    """Have so many people use the dashboard at once; their choices hang on their numbers, from `first` on."""
    waits = Waits()

    async def all_of_them() -> None:
        await asyncio.gather(*(person(address, first + one, steps, think, waits) for one in range(people)))

    # In a thread of its own: Playwright, where it runs, has the loop of this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, all_of_them()).result()
    return waits


def main(store: str, people: str = "50", steps: str = "6", think: str = str(THINK)) -> None:
    """Measure on a dashboard of its own."""
    with dashboard(store=Path(store)) as address:
        crowd(address, 1, 3, 0.0, first=10_000)
        alone = crowd(address, 1, 3 * int(steps), 0.0, first=20_000)
        print(f"one alone: {alone}")
        many = crowd(address, int(people), int(steps), float(think))
        print(f"{people} at once, {float(think):g} s to read: {many}")
        print(f"95 % of the answers: {many.share(0.95) / alone.share(0.95):.1f} times as long")


if __name__ == "__main__":
    main(*sys.argv[1:])
