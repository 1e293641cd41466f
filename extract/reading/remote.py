"""Files at addresses that fsspec reaches, such as `s3://bucket/folder`: listed by the rules for folders on the disk.

In the places of such files the address is written with one stroke (`s3:/bucket/folder/a.txt`), as paths are.
"""

from __future__ import annotations

import glob
import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import PurePath
from typing import Any

from extract.model import InputError
from extract.places import content, info_of, is_address, system, told, why_missing
from extract.reading.file import File

Walk = Callable[[list[str], list[str]], list[str]]
"""Takes the names of a folder's folders and files; leaves the folders to look into, returns the files to read."""


def is_remote(place: PurePath | str) -> bool:
    """Tell whether a place in the form above, or an address, is not on this machine's disk."""
    return is_address(place) or not PurePath(place).is_absolute()


def address_of(place: PurePath | str) -> str:
    """Return the address of a place in the form above."""
    scheme, _, path = str(place).partition(":")
    return f"{scheme}://{path.removeprefix('/')}"


def remote_file(place: PurePath | str, root: PurePath | str, size: int = 0) -> File:
    """Return the file at a place in the form above, named by its way down from `root`."""
    whole, above = PurePath(place), PurePath(root)
    name = whole.relative_to(above).as_posix()
    return File(name, whole.as_posix(), above.parts, partial(content, address_of(place), size), size)


def expand(given: str, endings: Collection[str], walk: Walk) -> Iterator[File]:
    """Yield the files that an address names: a file, a folder with all below it, or a pattern.

    `walk` is the rule for what of a folder is read (see `listing`). Raises InputError when the address leads to
    nothing, or to a folder that holds no document.
    """
    with told(given, "cannot be read"):
        files, path = system(given)
        # What stands before the path, such as the host, belongs to the address of each file.
        whole = given.rstrip("/")
        before = whole.removesuffix(path) if whole.endswith(path) else f"{given.partition('://')[0]}://"
        sizes: dict[str, int]
        known = info_of(files, path)
        if known and known["type"] == "file":
            base, sizes = posixpath.dirname(path), {path: known["size"]}
        elif known:
            base, sizes = path, dict(_below(files, path, walk))
            if not sizes:
                raise InputError(f"{given}: the folder holds no document ({', '.join(sorted(endings))})")
        else:
            base = re.split(r"[*?\[]", path)[0].rpartition("/")[0]
            matches = files.glob(path, detail=True) if glob.has_magic(path) else {}
            sizes = {name: one["size"] for name, one in matches.items()
                     if one["type"] == "file" and "/." not in name.removeprefix(base)}
            if not sizes:
                magic = glob.has_magic(path)
                usual = "no file fits the pattern" if magic else "no such file or folder"
                raise InputError(f"{given}: {why_missing(files, base if magic else path) or usual}")
    for name in sorted(sizes):
        yield remote_file(_place(before, name), _place(before, base), int(sizes[name] or 0))


def _below(files: Any, folder: str, walk: Walk) -> Iterator[tuple[str, int]]:
    """Yield the paths and sizes of the files to read in a folder and those below.

    Raises whatever the file system does: the `walk` of fsspec passes by what it may not list below the first folder.
    """
    folders, inside = dict[str, Any](), dict[str, Any]()
    for one in files.ls(folder, detail=True):
        path = one["name"].rstrip("/")
        # Where there are no folders, a file `folder/` of no bytes may stand for one.
        if path != folder.rstrip("/"):
            (folders if one["type"] == "directory" else inside)[path.rpartition("/")[2]] = one
    names = list(folders)
    for name in walk(names, sorted(inside)):
        yield inside[name]["name"], inside[name]["size"]
    for name in names:
        yield from _below(files, folders[name]["name"], walk)


def _place(before: str, path: str) -> str:
    return (before + path).replace("://", ":/", 1)
