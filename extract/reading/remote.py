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

from extract.model import InputError
from extract.places import is_address, opened, system, told
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
    return File(name, whole.as_posix(), above.parts, partial(_load, address_of(place)), size)


def _load(address: str, most: int) -> bytes:
    with opened(address) as file, told(address, "cannot be read"):
        return file.read(most)


def expand(given: str, endings: Collection[str], walk: Walk) -> Iterator[File]:
    """Yield the files that an address names: a file, a folder with all below it, or a pattern.

    `walk` is the rule for what of a folder is read (see `listing`). Raises InputError when the address leads to
    nothing, or to a folder that holds no document.
    """
    scheme = given.partition("://")[0]
    with told(given, "cannot be read"):
        files, path = system(given)
        sizes: dict[str, int]
        if files.isfile(path):
            base, sizes = posixpath.dirname(path), {path: files.size(path)}
        elif files.isdir(path):
            base, sizes = path, {}
            for _, below, inside in files.walk(path, detail=True):
                names = list(below)
                sizes |= {inside[name]["name"]: inside[name]["size"] for name in walk(names, sorted(inside))}
                for gone in below.keys() - set(names):
                    del below[gone]
            if not sizes:
                raise InputError(f"{given}: the folder holds no document ({', '.join(sorted(endings))})")
        else:
            base = re.split(r"[*?\[]", path)[0].rpartition("/")[0]
            matches = files.glob(path, detail=True) if glob.has_magic(path) else {}
            sizes = {name: one["size"] for name, one in matches.items()
                     if one["type"] == "file" and "/." not in name.removeprefix(base)}
            if not sizes:
                raise InputError(f"{given}: no file fits the pattern" if glob.has_magic(path) else
                                 f"{given}: no such file or folder")
    for name in sorted(sizes):
        yield remote_file(_place(scheme, name), _place(scheme, base), int(sizes[name] or 0))


def _place(scheme: str, path: str) -> str:
    return f"{scheme}:/{path.lstrip('/')}"
