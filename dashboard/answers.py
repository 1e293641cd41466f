"""Answers that all sessions share: each is found once, kept while there is room, and given out as a copy."""

from __future__ import annotations

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

# Together the answers that are kept take no more than this.
BYTES_AT_MOST = 96 * 2**20
Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Keeps what was found under a key: those that were asked for last, as many as there is room for. May be shared by
    threads; who asks for what is being found waits for it."""

    def __init__(self, most: int, size: Callable[[Value], int] = lambda _: 1) -> None:
        """Keep no more than so much together, of which each takes its `size`; but the last one always."""
        self._most, self._size, self._held = most, size, 0
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._finding: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, find: Callable[[], Value]) -> Value:
        """Return what is kept under a key, or else what `find` returns: as it is, so that nobody may change it. Errors
        are raised and not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            own = self._finding.setdefault(key, threading.Lock())
        with own:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                found = find()
                with self._lock:
                    self._keep(key, found)
                return found
            finally:
                with self._lock:
                    if self._finding.get(key) is own:
                        del self._finding[key]

    def _keep(self, key: Hashable, found: Value) -> None:
        self._held += self._size(found) - (self._size(self._kept.pop(key)) if key in self._kept else 0)
        self._kept[key] = found
        while self._held > self._most and len(self._kept) > 1:
            self._held -= self._size(self._kept.popitem(last=False)[1])

    @property
    def size(self) -> int:
        """How much is kept."""
        return self._held


class Answers:
    """Keeps what was found under a key, and gives out copies, which may be changed. May be shared by threads.

    Streamlit's own cache of data reads every key again, down to its last field, which takes longer than to look it up.
    """

    def __init__(self, bytes_at_most: int = BYTES_AT_MOST) -> None:
        """Keep no more than so many bytes: those that were asked for last."""
        self._kept: Kept[bytes] = Kept(bytes_at_most, len)

    def get(self, key: Hashable, find: Callable[[], Any]) -> Any:
        """Return what is kept under a key, or else what `find` returns. Errors are raised and not kept."""
        return pickle.loads(self._kept.get(key, lambda: pickle.dumps(find(), pickle.HIGHEST_PROTOCOL)))

    @property
    def size(self) -> int:
        """The bytes that are kept."""
        return self._kept.size
