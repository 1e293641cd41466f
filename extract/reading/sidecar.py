"""What the user knows and the texts do not say: `documents.csv` or `documents.toml` beside the files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extract.model import Document, InputError
from extract.places import exists
from extract.reading.archive import may_hold
from extract.reading.delimited import rows_of
from extract.reading.encoding import decode
from extract.reading.english import code_of
from extract.reading.file import File, file_on_disk
from extract.reading.made import signed
from extract.reading.remote import address_of, is_remote, remote_file
from extract.reading.stated_date import edtf_of
from extract.toml import from_toml

NAMES = ("documents.csv", "documents.toml")
FIELDS = {"date": "published", "publisher": "publisher", "url": "url", "title": "title", "language": "language"}
"""The columns of a sidecar besides `file`, and the fields of a document that they give."""
_LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class Stated:
    """What one line states: the place of the document that it is about, the fields, and where it says so."""

    place: str
    fields: dict[str, str]
    where: str


def sidecars(files: Iterable[File]) -> tuple[list[File], list[File]]:
    """Part the files into documents and sidecars; those beside single files, and above files of folders, are found too.

    A `documents.csv` that has a column of texts is a table like others.
    """
    documents, found = [], {}
    looked: set[Path] = set()
    for file in files:
        if posixpath.basename(file.place) in NAMES and _is_sidecar(file):
            found[file.place] = file
            continue
        documents.append(file)
        for folder in _folders(file):
            for name in NAMES:
                path = folder / name
                if path not in looked:
                    looked.add(path)
                    beside = _beside(path)
                    if beside and _is_sidecar(beside):
                        found[beside.place] = beside
    return documents, [found[place] for place in sorted(found)]


def _beside(path: Path) -> File | None:
    try:
        return _at(path)
    except OSError:  # what lies beside it cannot be read either, which is told of that
        return None


def _at(path: Path) -> File | None:
    """Return the file at a path on the disk or at an address, or None where there is none."""
    if is_remote(path):
        return remote_file(path, path.parent) if exists(address_of(path)) else None
    return file_on_disk(path, path.parent) if path.is_file() else None


def _folders(file: File) -> list[Path]:
    """Return the folders from that to which a file's name is relative down to its own."""
    root, place = Path(*file.above), Path(file.place)
    return [folder for folder in place.parents if folder == root or folder.is_relative_to(root)]


def _is_sidecar(file: File) -> bool:
    if file.suffix == ".toml":
        return True
    try:
        head = decode(file.data())[0].partition("\n")[0].lower()
    except InputError:  # as a table it will be listed with the reason
        return False
    names = {name.strip().strip('"').strip() for name in re.split("[,;\t]", head)}
    return "file" in names and "text" not in names


class Statements:
    """All that sidecars state. Made by `read_sidecars`, which reports their faults at once."""

    def __init__(self, stated: Iterable[Stated]) -> None:
        """Take the lines; no two are about the same document."""
        self._by_place = {one.place: one for one in stated}
        self._used: set[str] = set()

    def applied(self, document: Document, place: str) -> Document:
        """Return a document, which lies at `place`, with what is stated of it."""
        self._used.add(place)
        one = self._by_place.get(place)
        if one is None:
            return document
        fields: dict[str, Any] = dict(one.fields)
        return signed(replace(document, stated=tuple(sorted(fields)), **fields))

    def about(self, files: Iterable[File]) -> Statements:
        """Return those lines that are about documents of some files."""
        places = {_base(file.place) for file in files}
        return Statements(one for place, one in self._by_place.items() if _base(place) in places)

    @property
    def used(self) -> frozenset[str]:
        """The places that were come by, as far as lines may be about them."""
        known = {_base(place) for place in self._by_place}
        return frozenset(place for place in self._used if _base(place) in known)

    def use(self, places: Iterable[str]) -> None:
        """Note what another process came by."""
        self._used.update(places)

    def failed(self, place: str) -> None:
        """Note that a file was there, though it could not be read: what is stated of it is no fault."""
        self._used.add(place)

    def faults(self) -> Iterator[str]:
        """Yield a sentence for each line whose file is nowhere."""
        for place, one in self._by_place.items():
            base = place.partition("#")[0]
            if place in self._used or any(used.startswith(f"{place}#") for used in self._used):
                continue
            if base != place and any(used.partition("#")[0] == base for used in self._used):
                yield f"{one.where}: {posixpath.basename(base)} has no row {place.partition('#')[2]!r}"
            elif not _lies_at(base):
                yield f"{one.where}: there is no file {place!r}"


def _lies_at(place: str) -> bool:
    """Tell whether a file is at a place, or may be there, in a folder that cannot be looked into."""
    try:
        there = _at(Path(place)) is not None
    except PermissionError:
        return True
    except OSError:  # such as a name that is too long
        return False
    return there or _in_archive(place)


def _base(place: str) -> str:
    """Return the place of the file; names of rows follow a sign."""
    return place.partition("#")[0]


def _in_archive(place: str) -> bool:
    """Tell whether a place lies in an archive, be it one of this run or not, that holds it or cannot be looked into."""
    for above in Path(place).parents:
        if above.suffix.lower() == ".zip" and _at(above) is not None:
            archive = address_of(above) if is_remote(above) else above
            return may_hold(archive, Path(place).relative_to(above).as_posix())
    return False


def read_sidecars(files: Iterable[File]) -> Statements:
    """Read sidecars. Raises InputError that names every faulty line: no such column, a bad date, a file named twice."""
    stated: dict[str, Stated] = {}
    faults: list[str] = []
    for file in files:
        try:
            lines = list(_toml(file) if file.suffix == ".toml" else _csv(file))
        except InputError as error:
            raise InputError(f"{file.place}: {error}") from error
        for where, fields in lines:
            try:
                one = _stated(file, where, fields)
            except InputError as error:
                faults.append(f"{where}: {error}")
                continue
            if one.place in stated:
                faults.append(f"{where}: {fields['file']} is named already ({stated[one.place].where})")
            stated.setdefault(one.place, one)
    refuse(faults)
    return Statements(stated.values())


def refuse(faults: Iterable[str]) -> None:
    """Raise InputError with all faults of sidecars, one a line, where there are any."""
    if all_of_them := list(faults):
        raise InputError("\n".join(all_of_them))


def _csv(file: File) -> Iterator[tuple[str, Mapping[str, Any]]]:
    text, _ = decode(file.data())
    names: list[str] | None = None
    for line, row in rows_of(text, ",;\t", _LONGEST_CELL):
        if isinstance(row, InputError):
            raise row
        if names is None:
            try:
                names = _columns(row)
            except InputError as error:
                raise InputError(f"line {line}: {error}") from error
            continue
        if len(row) > len(names):
            raise InputError(f"line {line}: has more fields than the heading")
        yield f"{file.place}, line {line}", {name: cell for name, cell in zip(names, row, strict=False) if cell.strip()}


def _toml(file: File) -> Iterator[tuple[str, Mapping[str, Any]]]:
    text, _ = decode(file.data())
    lines = text.split("\n")
    for name, fields in from_toml(text).items():
        number = next((at for at, line in enumerate(lines, 1) if line.strip().startswith("[") and name in line), 1)
        where = f"{file.place}, line {number}"
        if not isinstance(fields, dict):
            raise InputError(f"line {number}: write a table for each file: [\"{name}\"]")
        try:
            columns = _columns(["file", *fields])
        except InputError as error:
            raise InputError(f"line {number}: {error}") from error
        yield where, dict(zip(columns, [name, *fields.values()], strict=True))


def _columns(names: Iterable[str]) -> list[str]:
    """Return names of columns as we write them. Raises InputError for one that is not known, or is there twice."""
    found = [name.strip().lower() for name in names]
    if strange := [name for name in found if name != "file" and name not in FIELDS]:
        raise InputError(f"knows no column {strange[0]!r}; the columns are file, {', '.join(FIELDS)}")
    if twice := [name for name in found if found.count(name) > 1]:
        raise InputError(f"has two columns {twice[0]!r}")
    return found


def _stated(file: File, where: str, fields: Mapping[str, Any]) -> Stated:
    name = str(fields.get("file") or "").strip().replace("\\", "/")
    if not name:
        raise InputError("names no file")
    folder = posixpath.dirname(file.place)
    path, mark, row = name.partition("#")
    place = posixpath.normpath(posixpath.join(folder, path))
    if not place.startswith(f"{folder.rstrip('/')}/"):
        raise InputError(f"{name!r} does not lie beside it or below")
    known = {field: value for column, field in FIELDS.items() if (value := _value(column, fields.get(column)))}
    return Stated(place + mark + row, known, where)


def _value(column: str, value: Any) -> str | None:
    if value is None:
        return None
    # A number with a point is no date, though as `nan` it stands for none in tables.
    if isinstance(value, list | dict | bool) or (column == "date" and isinstance(value, float)):
        raise InputError(f"column {column}: “{str(value)[:60]}” is no {'date' if column == 'date' else 'text'}")
    if column == "date":
        return edtf_of(value)
    line = " ".join(str(value).split())
    return code_of(line) if column == "language" else line or None
