"""Places beyond the folders of this machine: whatever fsspec reaches by an address such as `s3://bucket/folder`.

Settings and credentials are those that fsspec and its packages find by themselves, in the environment or in its
configuration. A folder of this machine is a place too.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from extract.model import InputError

_MARK = "://"


def is_address(place: object) -> bool:
    """Tell whether a place is an address such as `s3://bucket/folder`, and no path of this machine."""
    text = str(place)
    return _MARK in text and not text.startswith(f"file{_MARK}")


def local(place: Path | str) -> Path:
    """Return a place of this machine as a path; it may be written `file:///folder`."""
    return Path(str(place).removeprefix(f"file{_MARK}"))


def system(place: Path | str) -> tuple[Any, str]:
    """Return the file system of a place, as fsspec has it, and the path there.

    Raises InputError naming the place when there is no such file system or a package is missing.
    """
    try:
        from fsspec.core import url_to_fs

        text = str(place) if is_address(place) else str(local(place).absolute())
        found, path = url_to_fs(text)
    except ImportError as error:
        raise InputError(f"{place}: needs a package more: pip install -e '.[cluster]' ({error})") from error
    except Exception as error:  # each file system has errors of its own
        raise InputError(f"{place}: cannot be reached: {error}") from error
    return found, str(path)


@contextmanager
def told(place: object, what: str) -> Iterator[None]:
    """Turn every error of a file system into an InputError that names the place."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:  # each file system has errors of its own
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise InputError(f"{place}: {what}: {reason}") from error


def write_whole(place: str, data: bytes) -> None:
    """Write a file under another name first, so that nobody ever finds half of it. Raises InputError."""
    with told(place, "cannot be written"):
        files, path = system(place)
        folder, _, name = path.rpartition("/")
        files.makedirs(folder, exist_ok=True)
        fresh = f"{folder}/.{name}.{uuid.uuid4().hex}"
        files.pipe_file(fresh, data)
        files.mv(fresh, path)


def opened(place: str) -> IO[bytes]:
    """Open a file to be read. Raises InputError when it cannot be."""
    with told(place, "cannot be read"):
        files, path = system(place)
        found: IO[bytes] = files.open(path, "rb")
        return found


def exists(place: str) -> bool:
    """Tell whether there is a file or folder at a place. Raises InputError when that cannot be known."""
    with told(place, "cannot be read"):
        files, path = system(place)
        # What a long-lived worker once listed may be gone by now.
        files.invalidate_cache()
        return bool(files.exists(path))


def remove(place: str) -> None:
    """Remove a folder with all that it holds, if it is there. Raises InputError when it cannot be."""
    with told(place, "cannot be removed"):
        files, path = system(place)
        if files.exists(path):
            files.rm(path, recursive=True)


def publish(folder: Path, place: str, last: str) -> None:
    """Put the files of a folder in the place of those that lie at an address; `last` is what tells that it is whole.

    Where renaming a folder is not to be had, readers find none in between: `last` goes first and comes last. Raises
    InputError when that fails.
    """
    with told(place, "cannot be written"):
        files, path = system(place)
        files.makedirs(path, exist_ok=True)
        if files.exists(f"{path}/{last}"):
            files.rm_file(f"{path}/{last}")
        ours = {one.name for one in folder.iterdir()}
        for one in files.ls(path, detail=False):
            if one.rpartition("/")[2] not in ours:
                files.rm(one, recursive=True)
        for name in sorted(ours, key=lambda one: (one == last, one)):
            files.put_file(str(folder / name), f"{path}/{name}")


def refuse_strangers(place: str, mark: str) -> None:
    """Raise InputError when an address holds files, but none called `mark`."""
    with told(place, "cannot be read"):
        files, path = system(place)
        if files.isfile(path):
            raise InputError(f"{place}: is a file; a store is a folder")
        there = files.ls(path, detail=False) if files.isdir(path) else ()
        names = {one.rstrip("/").rpartition("/")[2] for one in there}
        if names and mark not in names:
            raise InputError(f"{place}: holds files that are not a store; choose an empty or a new folder")


def replace_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file of this machine as a whole: beside it first, then in its place, so that a fault leaves the old one.

    What is no regular file (a pipe, a device) is written to and stays what it is. Raises InputError.
    """
    path = path.resolve()
    fresh = path.with_name(f".{path.name}.partial")
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as out:
                out.writelines(pieces)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as out:
            out.writelines(pieces)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
