"""Archives: the members of a `.zip` as files, read in memory and never unpacked to the disk."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path, PurePosixPath

from extract.model import Failure, InputError
from extract.places import opened
from extract.places import state as state_of
from extract.reading.file import MEGABYTE, MOST_TAGS, File, readable

State = tuple[float, int] | str
MOST_MEMBERS = 100_000
LARGEST_CONTENT = 2_000 * MEGABYTE
_HARMLESS = 10 * MEGABYTE
_TIGHTEST = 200
"""Text is packed into a tenth, tables into a fiftieth of their size; what is packed tighter and large is a bomb."""
_TOO_TIGHT = f"is packed more than {_TIGHTEST} to 1, as files are that are made to fill the memory"
_UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_DRIVE = re.compile(r"[A-Za-z]:")


def members(archive: File, path: Path | str) -> Iterator[File | Failure]:
    """Yield the files in the archive at `path`, and a failure for each member that is not to be touched.

    `path` may be an address. Their names are those of the archive, `/`, and their own. Raises InputError with the
    reason when the file is no archive or holds too much.
    """
    state = _state(path)
    everything = _archive(path, state).infolist()
    infos = [info for info in everything if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise InputError(f"holds {len(infos):,} files; at most {MOST_MEMBERS:,} are read of one archive")
    if sum(info.file_size for info in infos) > LARGEST_CONTENT:
        raise InputError(f"holds more than {LARGEST_CONTENT // MEGABYTE:,} MB when unpacked")
    seen: set[str] = set()
    for number, info in enumerate(everything):
        if info.is_dir():
            continue
        inner = _storable(info.filename)
        parts = PurePosixPath(inner).parts
        name = f"{archive.name}/{inner}"
        hidden = any(part.startswith(".") for part in parts) or "__MACOSX" in parts
        if hidden and not _leads_out(inner):
            continue
        if reason := _fault(info, inner, seen):
            yield Failure(name, reason)
        else:
            load = partial(_load, path, state, number)
            yield File(name, f"{archive.place}/{inner}", archive.above, load, info.file_size)
        seen.add(inner)


def may_hold(path: Path | str, inner: str) -> bool:
    """Tell whether the archive at `path` has a file of that name, or cannot be looked into."""
    try:
        return inner in _names(path, _state(path))
    except InputError:
        return True


@lru_cache(maxsize=4)
def _names(path: Path | str, state: State) -> frozenset[str]:
    return frozenset(_storable(info.filename) for info in _archive(path, state).infolist() if not info.is_dir())


def _storable(name: str) -> str:
    return readable(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _fault(info: zipfile.ZipInfo, inner: str, seen: set[str]) -> str | None:
    """Return why a member is not read, or None."""
    if _leads_out(inner):
        return "its path leads out of the archive"
    if inner in seen:
        return "another file of the archive has the same name"
    if info.flag_bits & 1:
        return "is encrypted"
    if too_tight(info):
        return _TOO_TIGHT
    return None


def _leads_out(inner: str) -> bool:
    return inner.startswith(("/", "\\")) or _DRIVE.match(inner) is not None or ".." in re.split(r"[/\\]", inner)


def too_tight(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member of an archive would grow as no honest file does."""
    return info.file_size > _HARMLESS and info.file_size > _TIGHTEST * max(info.compress_size, 1)


def refuse_bomb(data: bytes, largest: int) -> None:
    """Look into a file that is an archive inside (DOCX) before another library unpacks it.

    Raises InputError with the reason when it is no archive, or would grow beyond `largest` bytes.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            infos = opened.infolist()
            if any(map(too_tight, infos)):
                raise InputError(_TOO_TIGHT)
            if sum(info.file_size for info in infos) > largest:
                raise InputError(f"holds more than {largest // MEGABYTE} MB when unpacked")
    except (zipfile.BadZipFile, ValueError) as error:
        raise InputError(f"is damaged or of another type ({error})") from error


def refuse_tags(data: bytes) -> None:
    """Count the tags of the XML in a file that is an archive inside (DOCX), each of which takes hundreds of bytes.

    Raises InputError with the reason when they are too many or cannot be unpacked.
    """
    tags = 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            for info in opened.infolist():
                with opened.open(info) as member:
                    while info.filename.endswith((".xml", ".rels")) and (part := member.read(MEGABYTE)):
                        tags += part.count(b"<")
                        if tags > MOST_TAGS:
                            raise InputError(f"has more than {MOST_TAGS:,} tags, the most that are read of one file")
    except _UNREADABLE as error:
        raise InputError(f"cannot be unpacked: {error}") from error


def _load(path: Path | str, state: State, number: int, most: int) -> bytes:
    archive = _archive(path, state)
    try:
        with archive.open(archive.infolist()[number]) as member:
            return member.read(most)
    except _UNREADABLE as error:
        raise InputError(f"cannot be unpacked: {error}") from error


@lru_cache(maxsize=4)
def _archive(path: Path | str, state: State) -> zipfile.ZipFile:
    """Open an archive, once as long as its `state` is the same: its directory is read as a whole."""
    try:
        return zipfile.ZipFile(opened(path) if isinstance(path, str) else path)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(f"cannot be opened as a zip archive: {error}") from error


def _state(path: Path | str) -> State:
    """Return what changes when a file does."""
    if isinstance(path, str):
        return state_of(path)
    try:
        known = path.stat()
    except OSError as error:
        raise InputError(f"cannot be opened as a zip archive: {error}") from error
    return known.st_mtime, known.st_size
