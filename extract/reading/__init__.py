"""Readers: a file becomes a Document. One module a format; plain text is the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from extract.model import Document, InputError
from extract.reading.text import read_text

_READERS: dict[str, Callable[[Path], Document]] = {".txt": read_text}


def list_files(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files that `paths` (files or folders) name, sorted by name, folders searched one level deep.

    Raises InputError when a path does not exist, when a folder holds no document, or when two files share a name,
    since a document is known by its file name.
    """
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.is_file() and p.suffix.lower() in _READERS)
            if not inside:
                raise InputError(f"{path}: the folder holds no document ({', '.join(_READERS)})")
            files += inside
        elif path.is_file():
            files.append(path)
        else:
            raise InputError(f"{path}: no such file or folder")
    unique = {path.resolve(): path for path in files}
    by_name: dict[str, Path] = {}
    for path in unique.values():
        if path.name in by_name:
            raise InputError(f"{path}: another document has the same file name: {by_name[path.name]}")
        by_name[path.name] = path
    return [by_name[name] for name in sorted(by_name)]


def read_document(path: Path | str) -> Document:
    """Read one file. Raises InputError naming the file and the reason when it cannot be read as a document."""
    file = Path(path)
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise InputError(f"{file}: no reader for files of type {file.suffix or '(none)'}")
    return reader(file)
