"""Which files the given paths name: files, folders with all below them, patterns, and what archives hold."""

from __future__ import annotations

import errno
import glob
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from extract.model import Failure, InputError
from extract.places import is_address, local
from extract.reading.archive import members
from extract.reading.file import File, file_on_disk
from extract.reading.remote import address_of, expand

ARCHIVE = ".zip"
STORE = "store.json"
"""What tells the folder of a store: its tables are no documents."""
UNREADABLE = frozenset(re.findall(r"\.\w+", """
    .doc .rtf .odt .ott .epub .mobi .pages .wpd .xls .xlsx .ods .ppt .pptx .odp .eml .msg .mbox .mht .mhtml .djvu .ps
    .7z .rar .tar .tgz .gz .bz2 .xz .json .xml
"""))
"""Endings of files that hold documents which no reader reads: in a folder they are listed as such, not passed by."""

_NO_PATH = ("", "file://")
_NO_FOLDER = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
Named = tuple[Path, Path, str]
"""A file, the folder to which its name is relative, and nothing; or a folder and why it cannot be looked into."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, by name, and what is known already not to be readable."""

    files: tuple[File, ...]
    failures: tuple[Failure, ...]


def find_files(paths: Iterable[Path | str], readable_endings: Collection[str]) -> Found:
    """Return the files that `paths` name, each once, in order of their names; archives are opened.

    A file is named by its way from the folder that was given; where two would have the same name, by that of the
    folder above too. A folder that cannot be looked into is a failure, like a file that cannot be read. Raises
    InputError when a path is none or leads to nothing, a pattern is none, or a folder that is given holds no document
    or cannot be looked into.
    """
    endings = {*readable_endings, ARCHIVE}
    given_files: dict[Path | str, tuple[Path | str, File, str]] = {}
    for given in paths:
        if is_address(given):
            for file in expand(str(given), endings, partial(_read_of, endings=endings)):
                given_files.setdefault(file.place, (address_of(file.place), file, ""))
            continue
        if str(given) in _NO_PATH:
            # As the shell gives it for a variable that is not set; as a path it would be the current folder.
            raise InputError(f"“{given}” is no path")
        try:
            for on_disk, root, fault in _expand(local(given), endings):
                # Unlike `Path.resolve`, this goes on where a link leads to itself: it costs that file alone.
                known = os.path.realpath(on_disk)
                given_files.setdefault(known, (on_disk, file_on_disk(on_disk, root), fault))
        except OSError as error:
            raise InputError(f"{given}: {_why(error)}") from error
    files: list[File] = []
    failures: list[Failure] = []
    named = _told_apart([file for _, file, _ in given_files.values()])
    for (path, _, fault), file in zip(given_files.values(), named, strict=True):
        if fault:
            failures.append(Failure(file.name, fault))
            continue
        if file.suffix != ARCHIVE:
            files.append(file)
            continue
        try:
            for member in members(file, path):
                if isinstance(member, Failure):
                    failures.append(member)
                else:
                    files.append(member)
        except InputError as error:
            failures.append(Failure(file.name, str(error)))
    return Found(tuple(sorted(files, key=lambda file: file.name)), tuple(sorted(failures)))


def _expand(given: Path | str, endings: Collection[str]) -> Iterator[Named]:
    """Yield what one given path names."""
    path = Path(given)
    if path.is_dir():
        yield from _walk(path, path, endings)
    elif path.is_file():
        yield path, path.parent, ""
    elif glob.has_magic(str(given)):
        yield from _fitting(path, endings)
    else:
        raise InputError(f"{given}: no such file or folder")


def _fitting(given: Path, endings: Collection[str]) -> Iterator[Named]:
    """Yield what fits a pattern."""
    base = Path(*(part for part, _ in zip(given.parts, _plain_parts(given), strict=False)))
    pattern = given.relative_to(base)
    try:
        matches = sorted(base.glob(pattern.as_posix()))
    except (ValueError, NotImplementedError, RecursionError) as error:
        raise InputError(f"{given}: cannot be used as a pattern: {error}") from error
    closed = list(_closed(base, pattern.parts))
    if not matches:
        reasons = [f"{folder}: {why}" for folder, why in closed] or [f"{given}: no file fits the pattern"]
        raise InputError("\n".join(reasons))
    yield from ((folder, base, why) for folder, why in closed)
    for match in matches:
        if _is_hidden(match, base):
            continue
        if _may_be_file(match):
            yield match, base, ""
        elif "**" not in str(given):
            yield from _walk(match, base, endings, may_be_empty=True)


def _closed(base: Path, pattern: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    """Yield the folders that a pattern leads to and that cannot be looked into, which `glob` passes by in silence."""
    for at, part in enumerate(pattern):
        if not glob.has_magic(part):
            continue
        for folder in base.glob("/".join(pattern[:at])) if at else [base]:
            try:
                os.scandir(folder).close()
            except OSError as error:
                if error.errno not in _NO_FOLDER and not _is_hidden(folder, base):
                    yield folder, _why(error)


def _is_hidden(path: Path, base: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(base).parts)


def _plain_parts(path: Path) -> Iterator[str]:
    for part in path.parts[:-1]:
        if glob.has_magic(part):
            return
        yield part


def _walk(folder: Path, root: Path, endings: Collection[str], *, may_be_empty: bool = False) -> Iterator[Named]:
    """Yield what a folder and those below it hold, but nothing hidden, no store, and no parts of a saved page.

    Not by `os.walk`, which passes folders by that cannot be looked into, and breaks off in very deep ones.
    """
    found = False
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                inside = list(entries)
        except OSError as error:
            if place == folder and not may_be_empty:
                raise
            found = True
            yield place, root, _why(error)
            continue
        links = {entry.name for entry in inside if entry.is_symlink()}
        folders = {entry.name for entry in inside if _is_folder(entry)}
        below = list(folders)
        for name in _read_of(below, [entry.name for entry in inside if entry.name not in folders], endings):
            path = place / name
            if name in links or _may_be_file(path):
                found = True
                yield path, root, ""
        waiting += [place / name for name in reversed(below) if name not in links]
    if not found and not may_be_empty:
        raise InputError(f"{folder}: the folder holds no document ({', '.join(sorted(endings))})")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _may_be_file(path: Path) -> bool:
    """Tell whether a path is that of a file; where it may not be asked, it is taken for one, which fails when read."""
    try:
        return path.is_file()
    except OSError:
        return True


def _why(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"


def _read_of(below: list[str], names: list[str], endings: Collection[str]) -> list[str]:
    """Return the names of a folder's files that are to be read; of the folders in it, leave those to look into."""
    if STORE in names:
        below.clear()
        return []
    pages = {Path(name).stem for name in names if name.lower().endswith((".html", ".htm"))}
    below[:] = sorted(
        name for name in below
        if not name.startswith((".", "__MACOSX")) and name.removesuffix("_files") not in pages - {name}
    )
    wanted = {*endings, *UNREADABLE}
    return [name for name in sorted(names)
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in wanted]


def _told_apart(files: list[File]) -> list[File]:
    """Put the names of the folders above before the names that two files share, as many as it takes."""
    names = [file.name for file in files]
    depth = [0] * len(files)
    while True:
        shared = {name for name, times in Counter(names).items() if times > 1}
        longer = [at for at, name in enumerate(names) if name in shared and depth[at] < len(files[at].above)]
        if not longer:
            return [replace(file, name=name) for file, name in zip(files, names, strict=True)]
        for at in longer:
            depth[at] += 1
            names[at] = "/".join([*files[at].above[-depth[at] :], files[at].name]).replace("//", "/")
