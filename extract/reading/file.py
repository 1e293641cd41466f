"""A file that is to be read, wherever its bytes lie: on the disk or in an archive."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from extract.model import InputError

MEGABYTE = 1_000_000
LARGEST_FILE = 50 * MEGABYTE
LARGEST_TABLE = 500 * MEGABYTE
LONGEST_TEXT = 5_000_000
"""Characters of one document: some twenty books."""
MOST_TAGS = 500_000
"""Signs that open a tag in one page, feed or Word file: each takes some hundred bytes of memory."""


@dataclass(frozen=True, slots=True)
class File:
    """A file by the name that its document gets.

    `place` is its full path, unique, with `/` between its parts; that of an archive's member goes on with the path in
    the archive. `above` are the names of the folders above that to which `name` is relative. `load` returns at most so
    many of its bytes, and raises InputError with the reason where it cannot. `size` is that of the file where it is
    known, else 0. A file can be sent to another process.
    """

    name: str
    place: str
    above: tuple[str, ...]
    load: Callable[[int], bytes]
    size: int = 0

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot; empty where there is none."""
        return PurePosixPath(self.place).suffix.lower()

    def data(self, largest: int = LARGEST_FILE) -> bytes:
        """Return the bytes. Raises InputError with the reason when they cannot be read or are too many."""
        data = self.load(largest + 1)
        if len(data) > largest:
            raise InputError(f"is larger than {largest // MEGABYTE} MB, the most that is read of such a file")
        return data


def file_on_disk(path: Path, root: Path) -> File:
    """Return the file at `path`, named by its way down from the folder `root`."""
    whole = path.absolute()
    name = readable(whole.relative_to(root.absolute()).as_posix())
    above = tuple(map(readable, root.absolute().parts))
    return File(name, readable(whole.as_posix()), above, partial(_load, whole), _size(path))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def readable(name: str) -> str:
    """Return a file's name as text that can be stored: bytes that are no UTF-8 become question marks in diamonds."""
    return os.fsencode(name).decode("utf-8", "replace")


def _load(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from error
