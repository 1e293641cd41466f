"""Places beyond the folders of this machine: whatever fsspec reaches by an address such as `s3://bucket/folder`.

Settings and credentials are those that fsspec and its packages find by themselves, in the environment or in its
configuration. An address holds none, for it is told in errors and logs. A folder of this machine is a place too.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from extract.model import InputError
from extract.replacing import settle

_MARK = "://"
_PASSWORD = re.compile(r"(?<=://)[^/\s@]*:(?!\d+(?:[/\s]|$))\S*@")
_QUERY = re.compile(r"\?[^\s?=]+=[^\s\"']+")
_SECRET = re.compile("SECRET|PASSWORD|PASSWD|TOKEN|KEY|CREDENTIAL|CONNECTION", re.IGNORECASE)
_NOTHING = "no such file or folder"
_LEAST = 6
"""What is shorter than so many characters is no secret that could be told from a word."""
_BEGUN = ".unfinished"


def is_address(place: object) -> bool:
    """Tell whether a place is an address such as `s3://bucket/folder`, and no path of this machine."""
    text = str(place)
    return _MARK in text and not text.startswith(f"file{_MARK}")


def local(place: Path | str) -> Path:
    """Return a place of this machine as a path; it may be written `file:///folder`."""
    return Path(str(place).removeprefix(f"file{_MARK}"))


def system(place: Path | str) -> tuple[Any, str]:
    """Return the file system of a place, as fsspec has it, and the path there; what was listed before is forgotten.

    Raises InputError naming the place when there is no such file system, a package is missing, or there is a password
    in the address.
    """
    if is_address(place) and _PASSWORD.search(str(place)):
        raise InputError(f"{harmless(place)}: a password does not belong into an address; fsspec takes it from the "
                         "environment or from its configuration")
    try:
        from fsspec.core import url_to_fs

        text = str(place) if is_address(place) else str(local(place).absolute())
        found, path = url_to_fs(text)
    except ImportError as error:
        raise InputError(f"{harmless(place)}: needs a package more: pip install -e '.[cluster]' ({error})") from error
    except Exception as error:  # each file system has errors of its own
        raise InputError(f"{harmless(place)}: cannot be reached: {_reason(error)}") from error
    found.invalidate_cache()
    return found, str(path)


def harmless(told_of: object) -> str:
    """Return a place or a message without passwords, signed queries, and the secrets that are in the environment."""
    text = _QUERY.sub("?…", _PASSWORD.sub("…@", str(told_of)))
    config = sys.modules.get("fsspec.config")
    for secret in sorted({*_secrets(os.environ), *_secrets(getattr(config, "conf", {}))}, key=len, reverse=True):
        text = text.replace(secret, "…")
    return text


def _secrets(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _secrets(value)
        elif _SECRET.search(name) and isinstance(value, str) and len(value) >= _LEAST:
            yield value


@contextmanager
def told(place: object, what: str) -> Iterator[None]:
    """Turn every error of a file system into an InputError that names the place, and no secret."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:  # each file system has errors of its own
        raise InputError(f"{harmless(place)}: {what}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    reason = str(getattr(error, "strerror", None) or str(error) or type(error).__name__)
    # Many a file system says of what is not there its path alone.
    is_path = isinstance(error, FileNotFoundError) and "/" in reason and " " not in reason
    return _NOTHING if is_path else harmless(reason)


def info_of(files: Any, path: str) -> dict[str, Any] | None:
    """Return what a file system knows of a path, its type and size; None where there is nothing."""
    try:
        found: dict[str, Any] = files.info(path)
    except FileNotFoundError:
        return None
    return found


def why_missing(files: Any, path: str) -> str | None:
    """Return why there is nothing at a path of a file system, such as a bucket that is not there, where it tells."""
    try:
        files.ls(path, detail=False)
    except FileNotFoundError as error:
        reason = _reason(error)
        return None if reason == _NOTHING else reason
    return None


def _has_folders(files: Any, path: str) -> bool:
    """Tell whether a file system has folders that are made; else a path begins with a bucket, which nobody makes here.

    There a file is found only when it is whole, and "making a folder" would make a bucket of a mistyped name.
    """
    return path.startswith("/") or "file" in files.protocol


def write_whole(place: str, data: bytes) -> None:
    """Write a file so that nobody ever finds half of it: where need be under another name first. Raises InputError."""
    with told(place, "cannot be written"):
        files, path = system(place)
        _put(files, path, lambda at: files.pipe_file(at, data))


def _put(files: Any, path: str, put: Callable[[str], object]) -> None:
    if not _has_folders(files, path):
        put(path)
        return
    folder, _, name = path.rpartition("/")
    files.makedirs(folder, exist_ok=True)
    fresh = f"{folder}/.{name}.{uuid.uuid4().hex}"
    put(fresh)
    files.mv(fresh, path)


def opened(place: str) -> IO[bytes]:
    """Open a file to be read. Raises InputError when it cannot be."""
    with told(place, "cannot be read"):
        files, path = system(place)
        found: IO[bytes] = files.open(path, "rb")
        return found


def content(place: str, size: int, most: int) -> bytes:
    """Return at most so many bytes of a file, whose `size` is known, or 0. Raises InputError when it cannot be read."""
    with told(place, "cannot be read"):
        files, path = system(place)
        if 0 < size <= most:
            # One question to a file system far away, not two.
            whole: bytes = files.cat_file(path)
            return whole[:most]
        with files.open(path, "rb") as file:
            read: bytes = file.read(most)
            return read


def exists(place: str) -> bool:
    """Tell whether there is a file or folder at a place. Raises InputError when that cannot be known."""
    with told(place, "cannot be read"):
        files, path = system(place)
        return bool(files.exists(path))


def state(place: str) -> str:
    """Return what changes when a file at a place does. Raises InputError when it cannot be known."""
    with told(place, "cannot be read"):
        files, path = system(place)
        return str(files.ukey(path))


def remove(place: str) -> None:
    """Remove a folder with all that it holds, if it is there. Raises InputError when it cannot be."""
    with told(place, "cannot be removed"):
        files, path = system(place)
        if files.exists(path):
            files.rm(path, recursive=True)


def publish(folder: Path, place: str, last: str) -> None:
    """Put the files of a folder in the place of those that lie at an address; `last` is what tells that it is whole.

    Where renaming a folder is not to be had, readers find none in between: `last` goes first and comes last. A mark
    stands there meanwhile, so that the next run knows what one that was killed has left. Raises InputError when that
    fails.
    """
    with told(place, "cannot be written"):
        files, path = system(place)
        if _has_folders(files, path):
            files.makedirs(path, exist_ok=True)
        files.pipe_file(f"{path}/{_BEGUN}", b"")
        there = _listed(files, path)
        ours = {one.name for one in folder.iterdir()}
        if last in there:
            files.rm_file(there[last])
        for name in there.keys() - ours - {_BEGUN}:
            files.rm(there[name], recursive=True)
        for name in sorted(ours, key=lambda one: (one == last, one)):
            files.put_file(str(folder / name), f"{path}/{name}")
        files.rm_file(f"{path}/{_BEGUN}")


def refuse_strangers(place: str, mark: str) -> None:
    """Raise InputError when an address holds files, but none called `mark`, or when nothing can be written there."""
    with told(place, "cannot be read"):
        files, path = system(place)
        there = _listed(files, path)
        if there.get(path.rpartition("/")[2]) == path:
            raise InputError(f"{place}: is a file; a store is a folder")
        if not {mark, _BEGUN} & there.keys() and any(not name.startswith(".") for name in there):
            raise InputError(f"{place}: holds files that are not a store; choose an empty or a new folder")
    with told(place, "nothing can be written here"):
        trial = f"{path}/.{uuid.uuid4().hex}"
        _put(files, trial, lambda at: files.pipe_file(at, b""))
        files.rm_file(trial)


def _listed(files: Any, path: str) -> dict[str, str]:
    """Return the paths of what a folder holds, by their names; nothing where there is none."""
    try:
        # Where there are no folders, a file `folder/` of no bytes may stand for one.
        listed = (one for one in files.ls(path, detail=False) if one != f"{path}/")
        return {one.rstrip("/").rpartition("/")[2]: one for one in listed}
    except FileNotFoundError:
        return {}


def replace_file(place: Path | str, pieces: Iterable[bytes]) -> None:
    """Write a file as a whole: beside it first, then in its place, so that a fault leaves the old one.

    What is no regular file (a pipe, a device) is written to and stays what it is. Raises InputError.
    """
    if is_address(place):
        with told(place, "cannot be written"), tempfile.NamedTemporaryFile() as made:
            made.writelines(pieces)
            made.flush()
            files, path = system(place)
            _put(files, path, lambda at: files.put_file(made.name, at))
        return
    file = local(place).resolve()
    fresh = file.with_name(f".{file.name}.partial")
    try:
        if file.exists() and not file.is_file():
            with file.open("wb") as out:
                out.writelines(pieces)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as out:
            out.writelines(pieces)
        settle(fresh)
        fresh.replace(file)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise InputError(f"{file}: cannot be written: {error.strerror}") from error
