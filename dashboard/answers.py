"""Answers that all sessions share: each is found once, kept while there is room, and given out as a copy."""

from __future__ import annotations

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

# Together the answers that are kept take no more than this.
BYTES_AT_MOST = 96 * 2**20


class Answers:
    """Keeps what was found under a key. May be shared by threads: who asks for what is being found waits for it.

    Streamlit's own cache of data reads every key again, down to its last field, which takes longer than to look it up.
    """

    def __init__(self, bytes_at_most: int = BYTES_AT_MOST) -> None:
        """Keep no more than so many bytes: those that were asked for last."""
        self._most, self._held = bytes_at_most, 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._finding: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, find: Callable[[], Any]) -> Any:
        """Return what is kept under a key, or else what `find` returns, a copy that may be changed. Errors are raised
        and not kept."""
        if (kept := self._of(key)) is None:
            with self._lock:
                own = self._finding.setdefault(key, threading.Lock())
            with own:
                if (kept := self._of(key)) is None:
                    kept = self._keep(key, find, own)
        return pickle.loads(kept)

    def _of(self, key: Hashable) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Hashable, find: Callable[[], Any], own: threading.Lock) -> bytes:
        try:
            found = pickle.dumps(find(), pickle.HIGHEST_PROTOCOL)
            with self._lock:
                self._kept[key] = found
                self._held += len(found)
                while self._held > self._most and len(self._kept) > 1:
                    self._held -= len(self._kept.popitem(last=False)[1])
            return found
        finally:
            with self._lock:
                if self._finding.get(key) is own:
                    del self._finding[key]

    @property
    def size(self) -> int:
        """The bytes that are kept."""
        return self._held
