"""Which files the given paths name: files, folders with all below them, patterns, and what archives hold."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, by name, and what is known already not to be readable."""

    files: tuple[File, ...]
    failures: tuple[Failure, ...]


def find_files(paths: Iterable[Path | str], readable_endings: Collection[str]) -> Found:
    """Return the files that `paths` name, each once, in order of their names; archives are opened.

    A file is named by its way from the folder that was given; where two would have the same name, by that of the
    folder above too. Raises InputError when a path or a pattern leads to nothing, or a folder holds no document.
    """
    endings = {*readable_endings, ARCHIVE}
    given_files: dict[Path | str, tuple[Path | str, File]] = {}
    for given in paths:
        if is_address(given):
            for file in expand(str(given), endings, partial(_read_of, endings=endings)):
                given_files.setdefault(file.place, (address_of(file.place), file))
            continue
        for on_disk, root in _expand(local(given), endings):
            given_files.setdefault(on_disk.resolve(), (on_disk, file_on_disk(on_disk, root)))
    files: list[File] = []
    failures: list[Failure] = []
    named = _told_apart([file for _, file in given_files.values()])
    for (path, _), file in zip(given_files.values(), named, strict=True):
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


def _expand(given: Path | str, endings: Collection[str]) -> Iterator[tuple[Path, Path]]:
    """Yield the files of one given path, each with the folder to which its name is relative."""
    path = Path(given)
    if path.is_dir():
        yield from _walk(path, path, endings)
    elif path.is_file():
        yield path, path.parent
    elif glob.has_magic(str(given)):
        base = Path(*(part for part, _ in zip(path.parts, _plain_parts(path), strict=False)))
        matches = sorted(base.glob(path.relative_to(base).as_posix()))
        if not matches:
            raise InputError(f"{given}: no file fits the pattern")
        for match in matches:
            if any(part.startswith(".") for part in match.relative_to(base).parts):
                continue
            if match.is_file():
                yield match, base
            elif "**" not in str(given):
                yield from _walk(match, base, endings, may_be_empty=True)
    else:
        raise InputError(f"{given}: no such file or folder")


def _plain_parts(path: Path) -> Iterator[str]:
    for part in path.parts[:-1]:
        if glob.has_magic(part):
            return
        yield part


def _walk(
    folder: Path, root: Path, endings: Collection[str], *, may_be_empty: bool = False
) -> Iterator[tuple[Path, Path]]:
    """Yield what a folder and those below it hold, but nothing hidden, no store, and no parts of a saved page."""
    found = False
    for place, below, names in os.walk(folder):
        for name in _read_of(below, names, endings):
            path = Path(place) / name
            if path.is_file() or path.is_symlink():
                found = True
                yield path, root
    if not found and not may_be_empty:
        raise InputError(f"{folder}: the folder holds no document ({', '.join(sorted(endings))})")


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
