"""Files that are made of a store so that questions of it are answered fast: where they lie, and their making.

They lie beside the store, in a folder for each of its versions; what is there is whole. Whoever finds one broken throws
it away and makes it anew: they hold nothing that the store does not.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from extract.manifest import MANIFEST
from extract.model import InputError

ENDING = ".derived"
_LOCK = "making.lock"
Connection = TypeVar("Connection")
_LOG = logging.getLogger(__name__)


class Replaced(Exception):
    """The store in a folder is another by now."""


class NoPlace(InputError):
    """There is nowhere to write a derived file."""


def make(store: Path, name: str, build: Callable[[Path], None], wanted: str = "") -> Path:
    """Return the path of the file `name` that is derived from the store in a folder; it is made where there is none.

    `build` writes it to the path that it is given; what that raises is raised. `name` should change whenever `build`
    does. Other processes that want the same file wait for this one. Raises NoPlace when there is none for it, and
    Replaced when the store is not, or not any more, that of the version `wanted` (by default the one at the beginning):
    what was read is then of two stores, perhaps.
    """
    wanted = wanted or version(store)
    found = _beside(store) / wanted / name
    if found.exists():  # also where nothing can be written, but somebody has made it before
        return found
    path = _above(store) / wanted / name
    try:
        if wanted != version(store):
            raise Replaced
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.with_name(_LOCK)):
            if not path.exists():
                _build(path, build, lambda: wanted == version(store))
                _clean(path.parent)
    except OSError as error:
        raise NoPlace(f"{path}: cannot be derived from the store: {error.strerror or error}") from error
    return path


def opened(
    store: Path, name: str, build: Callable[[Path], None], connect: Callable[[Path], Connection],
    faults: type[Exception] | tuple[type[Exception], ...], wanted: str = "",
) -> Connection:
    """Return what `connect` returns for the path of the file that `make` returns.

    Where it raises one of the `faults`, the file is broken: it is made anew, once. Raises what `make` does, and what
    `connect` raises for a file that was just made.
    """
    path = make(store, name, build, wanted)
    try:
        return connect(path)
    except faults:
        discard(path)
    return connect(make(store, name, build, wanted))


def is_made(store: Path, name: str) -> bool:
    """Tell whether `make` would find the file there."""
    return any((above / name).exists() for above in (_beside(store) / version(store), folder(store)))


def _build(path: Path, build: Callable[[Path], None], holds: Callable[[], bool]) -> None:
    """Build beside the path under another name and put it there when it is whole, of a store that holds."""
    beside = Path(tempfile.mkdtemp(prefix=".making-", dir=path.parent))
    try:
        try:
            build(beside / path.name)
        finally:
            if not holds():
                raise Replaced
        (beside / path.name).replace(path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def discard(path: Path) -> None:
    """Throw away a derived file that turned out to be broken, so that the next `make` makes it anew."""
    _LOG.warning("the derived file %s is broken and is made anew", path)
    with suppress(OSError):
        path.unlink()


def folder(store: Path) -> Path:
    """Return the folder of the files that are derived from a store as it stands; it need not be there yet.

    It lies beside the store, or among the temporary files where nothing can be written there.
    """
    return _above(store) / version(store)


def _above(store: Path) -> Path:
    beside = _beside(store)
    return beside if os.access(beside if beside.exists() else beside.parent, os.W_OK) else _temporary(store)


def _beside(store: Path) -> Path:
    return store.absolute().with_name(f"{store.absolute().name}{ENDING}")


def version(store: Path) -> str:
    """Return what changes whenever one of the files of a store does."""
    parts = []
    for path in sorted([store / MANIFEST, *store.glob("*.parquet")]):
        with suppress(OSError):
            found = path.stat()
            parts.append(f"{path.name} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _temporary(store: Path) -> Path:
    """Return a folder among the temporary files that is this user's alone, since others may write beside it."""
    key = hashlib.sha256(str(store.absolute()).encode()).hexdigest()[:16]
    user = os.getuid() if hasattr(os, "getuid") else None
    own = Path(tempfile.gettempdir()) / f"readout-{user}"
    with suppress(OSError):
        own.mkdir(mode=0o700, exist_ok=True)
        found = own.lstat()
        private = user is None or (found.st_uid == user and not found.st_mode & 0o077)
        if stat.S_ISDIR(found.st_mode) and private:
            return own / f"{key}{ENDING}"
    raise NoPlace(f"{own}: is not a folder of this user alone; no files can be derived from the store")


def _clean(kept: Path) -> None:
    """Remove what was derived from earlier versions of the store, and what a making that was cut short has left.

    Called with the lock held: nothing else is being made in the folder that is kept.
    """
    for other in kept.parent.iterdir():
        if other != kept:
            shutil.rmtree(other, ignore_errors=True)
    for left in kept.glob(".making-*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that other processes see; the system lets go of it when the process ends."""
    with path.open("a+b") as file:
        try:
            import fcntl
        except ImportError:  # Windows
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
            yield
            return
        with suppress(OSError):  # a disk of the network may have no locks: then both make the file, and both are whole
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
