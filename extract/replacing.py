"""A folder that is replaced as a whole: whoever looks finds the old one or the new one, and never half of either.

The new one is filled beside the old one, in a hidden folder that is locked as long as its process lives. What a process
that was killed has left is known by its lock being free, and removed by the next that replaces the same folder.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

_NEW, _OLD = "new-", "old-"
_HERE, _EXCHANGE = -100, 2
"""Of Linux' renameat2: paths from the working folder on, and both names changing places."""
_NOT_HAD = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV)
"""What a file system answers that cannot exchange two folders."""


class Replacement:
    """The new folder on its way to the place of `target`, which need not be there yet. To be closed in any case."""

    def __init__(self, target: Path) -> None:
        """Remove what killed processes left, and begin. Raises OSError when nothing can be written beside `target`."""
        # Of a link that leads to the folder, that folder is replaced, and not the link.
        self.target = target = target.resolve() if target.is_symlink() else target
        self.beside = target.parent
        self.beside.mkdir(parents=True, exist_ok=True)
        with _alone(self.beside):
            _repair(target)
            self.folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.{_NEW}", dir=self.beside))
            self._lock = _lock(self.folder)

    def put(self) -> None:
        """Put the folder in its place. Raises OSError, with the old one still there, when that cannot be done."""
        self.folder.chmod(0o755)
        for one in (*self.folder.iterdir(), self.folder):
            settle(one)
        with _alone(self.beside):
            if not self.target.exists():
                self.folder.replace(self.target)
            elif not _exchanged(self.folder, self.target):
                _in_two_steps(self.folder, self.target)

    def close(self) -> None:
        """Remove what is not in its place: the new folder that was not put there, or the old one."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def hold(folder: Path) -> int | None:
    """Lock a folder for as long as this process lives, or until the lock is closed; None where there are no locks."""
    return _lock(folder)


def sweep(above: Path, prefix: str, seconds: float) -> None:
    """Remove the folders with names that begin so, that nobody holds and that are older than so many seconds.

    Those of other users are left, and nothing is raised.
    """
    for one in above.glob(f"{prefix}*"):
        with suppress(OSError):
            state = one.lstat()
            if not stat.S_ISDIR(state.st_mode) or time.time() - state.st_mtime < seconds:
                continue
            if hasattr(os, "getuid") and state.st_uid != os.getuid():
                continue
            lock = _lock(one)
            if lock is not None:
                shutil.rmtree(one, ignore_errors=True)
                os.close(lock)


def settle(place: Path) -> None:
    """Have the system write a file or folder to the disk, so that no loss of power finds names without their contents.

    Raises OSError when it cannot be written: some disks say so at this moment only.
    """
    try:
        opened = os.open(place, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders
        return
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in _NOT_HAD:
            raise
    finally:
        os.close(opened)


def recover(target: Path) -> None:
    """Put the old folder back where a process was killed that had taken it away, as long as none is at it.

    That happens only where folders cannot be exchanged in one step. Nothing is raised.
    """
    if not target.exists() and _left(target, _OLD):
        with suppress(OSError), _alone(target.parent):
            _repair(target)


def _repair(target: Path) -> None:
    """Put back an old folder whose place is empty, and remove all that is left of processes that are gone."""
    aside = _left(target, _OLD)
    if aside and not target.exists():
        aside.pop().replace(target)
    for one in (*aside, *_left(target, _NEW)):
        lock = _lock(one)
        if lock is not None:
            shutil.rmtree(one, ignore_errors=True)
            os.close(lock)


def _left(target: Path, what: str) -> list[Path]:
    """Return the hidden folders of that sort beside a folder, in the order in which they were made."""
    name = re.compile(re.escape(f".{target.name}.{what}") + "[a-z0-9_]{8}")
    found = [one for one in target.parent.iterdir() if name.fullmatch(one.name)] if target.parent.is_dir() else []
    return sorted(found, key=lambda one: (one.stat().st_mtime_ns, one.name))


def _exchanged(one: Path, other: Path) -> bool:
    """Have two folders change their names in one step; tells whether the system can."""
    rename = _renameat2()
    if rename is None:
        return False
    sys.audit("os.rename", one, other, -1, -1)  # as os.rename has it
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_HAD:
        return False
    raise OSError(number, os.strerror(number), str(other))


@cache
def _renameat2() -> Any:
    """Return the function of the system's C library; None where there is none."""
    if sys.platform != "linux":
        return None
    with suppress(OSError, AttributeError):
        found = ctypes.CDLL(None, use_errno=True).renameat2
        found.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
        return found
    return None


def _in_two_steps(fresh: Path, target: Path) -> None:
    """Put `fresh` in the place of `target`: two renames, the old one kept until the second has succeeded."""
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.{_OLD}", dir=target.parent))
    target.replace(old)
    try:
        fresh.replace(target)
    except OSError:
        old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Have no other process at what lies in a folder, where the system has locks."""
    lock = _lock(folder, wait=True)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _lock(folder: Path, *, wait: bool = False) -> int | None:
    """Return a lock on a folder, to be closed; None where another process has it, or the system has none."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    try:
        found = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(found, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(found)
        return None
    return found
