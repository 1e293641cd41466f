"""Runs of the script take turns at computing, the first come the first served.

Python lets one thread compute at a time, and has those that all want to change every few milliseconds: each then waits
for all others at every step, and the answers take far longer together than one after the other.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

# While one waits for the database, which does without Python's lock, the other computes.
AT_ONCE = 2
# Who has had a turn for so many seconds lets the next one go on beside it. So nobody waits for longer for one who waits
# in turn for something else: a file that is being made, another server, or what the one behind it holds.
LONGEST = 1.0


class Turns:
    """A queue of threads, of which a few go on at once. A turn is lent for a time: who has had it for longer keeps
    going, and no longer counts."""

    def __init__(self, at_once: int = AT_ONCE, longest: float = LONGEST) -> None:
        """Let so many go on at once, each for so many seconds before others do too."""
        self._at_once, self._longest = at_once, longest
        self._changed = threading.Condition()
        self._queue: deque[object] = deque()
        self._ends: dict[object, float] = {}

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a turn and have it until the end of the block."""
        own = object()
        with self._changed:
            self._queue.append(own)
            try:
                while not self._may_go(own):
                    self._changed.wait(max(0.0, min(self._ends.values()) - time.monotonic()) if self._ends else None)
            finally:
                self._queue.remove(own)
                self._changed.notify_all()
            self._ends[own] = time.monotonic() + self._longest
        try:
            yield
        finally:
            with self._changed:
                self._ends.pop(own, None)
                self._changed.notify_all()

    @property
    def waiting(self) -> tuple[object, ...]:
        """Those that wait, the next one first."""
        with self._changed:
            return tuple(self._queue)

    def _may_go(self, own: object) -> bool:
        now = time.monotonic()
        for over in [one for one, end in self._ends.items() if end <= now]:
            del self._ends[over]
        return self._queue[0] is own and len(self._ends) < self._at_once
