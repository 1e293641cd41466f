"""What does not fit the memory: values kept in temporary files, found by their place or in order of their keys."""

from __future__ import annotations

import heapq
import io
import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

from extract.model import InputError

IN_MEMORY = 32 << 20
"""Bytes that each of them holds in memory, unless another number is given."""
_ROW = 200
"""Bytes that a row takes in memory beside its value."""

Key = tuple[Any, ...]
Value = TypeVar("Value")


class _Pickler(pickle.Pickler):
    """Writes frozen dataclasses with slots by their values; by themselves they ask for the names of their fields anew
    with every instance, and take a good part of the time of merging for it."""

    def reducer_override(self, one: Any) -> Any:
        of: Any = type(one)
        names = _names(of)
        return (_made, (of, *attrgetter(*names)(one))) if names else NotImplemented


@cache
def _names(of: Any) -> tuple[str, ...]:
    """Return the names of the fields of a dataclass with slots that has two or more, else none."""
    names = tuple(one.name for one in fields(of)) if is_dataclass(of) and "__slots__" in vars(of) else ()
    return names if len(names) > 1 else ()


def _made(of: type, *values: Any) -> Any:
    made: Any = object.__new__(of)
    for name, value in zip(_names(of), values, strict=True):
        object.__setattr__(made, name, value)
    return made


def _dumped(value: object) -> bytes:
    out = io.BytesIO()
    _Pickler(out, pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()


class Spool(Generic[Value]):
    """Values in the order in which they were added, each found again by its place; in memory while they are few."""

    def __init__(self, folder: Path | None, most: int | None = None) -> None:
        """Begin; beyond `most` bytes (None: IN_MEMORY) they lie in a nameless file in `folder`.

        Where that is None, it lies where the system has such files.
        """
        place, most = str(folder) if folder else None, most or IN_MEMORY
        self._folder = folder
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(most, dir=place)  # noqa: SIM115 - lasts as long as this
        self._end = 0

    def add(self, value: Value) -> int:
        """Add a value and return its place. Raises InputError when the disk is full."""
        place = self._end
        try:
            self._file.seek(place)
            _Pickler(self._file, pickle.HIGHEST_PROTOCOL).dump(value)
        except OSError as error:
            raise _refusal(self._folder, error) from error
        self._end = self._file.tell()
        return place

    def at(self, place: int) -> Value:
        """Return the value that was added at a place. Raises InputError as `add` does: what was added may wait to be
        written."""
        try:
            self._file.seek(place)
        except OSError as error:
            raise _refusal(self._folder, error) from error
        found: Value = pickle.load(self._file)
        return found

    def __iter__(self) -> Iterator[Value]:
        """Yield the values in order; none is added meanwhile. Raises InputError as `at` does."""
        place = 0
        while place < self._end:
            yield self.at(place)
            place = self._file.tell()


class Sorter(Generic[Value]):
    """Values by their keys: sorted runs of them lie on the disk, and are merged when they are asked for."""

    def __init__(self, folder: Path | None, most: int | None = None) -> None:
        """Begin; about `most` bytes are held in memory, the rest in nameless files in `folder`, as in a Spool."""
        self._folder, self._most = folder, most or IN_MEMORY
        self._rows: list[tuple[Key, bytes]] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []

    def add(self, key: Key, value: Value) -> None:
        """Add a value. Raises InputError when the disk is full."""
        data = _dumped(value)
        self._rows.append((key, data))
        self._size += len(data) + _ROW
        if self._size > self._most:
            self._spill()

    def __iter__(self) -> Iterator[tuple[Key, Value]]:
        """Yield the keys in order with their values; of equal keys the one that was added first."""
        self._rows.sort(key=itemgetter(0))
        runs = (*map(_read, self._runs), iter(self._rows))
        for key, data in heapq.merge(*runs, key=itemgetter(0)):
            yield key, pickle.loads(data)

    def _spill(self) -> None:
        self._rows.sort(key=itemgetter(0))
        try:
            run: IO[bytes] = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - lasts as long as this
            for row in self._rows:
                pickle.dump(row, run, pickle.HIGHEST_PROTOCOL)
            run.flush()
        except OSError as error:
            raise _refusal(self._folder, error) from error
        self._runs.append(run)
        self._rows, self._size = [], 0


def _refusal(folder: Path | None, error: OSError) -> InputError:
    return InputError(f"{folder or tempfile.gettempdir()}: temporary files cannot be written here: {error.strerror}")


def _read(run: IO[bytes]) -> Iterator[tuple[Key, bytes]]:
    run.seek(0)
    while True:
        try:
            yield pickle.load(run)
        except EOFError:
            return
