"""Readers: files become documents. One module a format; `read_all` is the way in.

A file that cannot be read costs that file, a row that cannot be read that row: each becomes a Failure with its reason.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from extract.model import Document, Failure, InputError
from extract.reading.file import LARGEST_TABLE, File
from extract.reading.listing import find_files
from extract.reading.made import Made, document_of, universal
from extract.reading.sidecar import Statements, read_sidecars, refuse, sidecars
from extract.reading.tabular import TABLES
from extract.reading.text import read_text

Reader = Callable[[File], Iterator[Made | Failure]]


def _loaded_late(name: str) -> Reader:
    """Return the reader of `extract.reading.<name>`, whose libraries take time to load: with the first such file."""

    def read(file: File) -> Iterator[Made | Failure]:
        reader: Reader = getattr(import_module(f"extract.reading.{name}"), f"read_{name}")
        return reader(file)

    return read


_HTML, _FEED = _loaded_late("html"), _loaded_late("feed")
READERS: dict[str, Reader] = {
    ".txt": read_text, ".text": read_text, ".md": read_text,
    ".html": _HTML, ".htm": _HTML, ".xhtml": _HTML,
    ".pdf": _loaded_late("pdf"), ".docx": _loaded_late("docx"),
    **TABLES,
    ".rss": _FEED, ".atom": _FEED, ".xml": _FEED,
}
DIVISIBLE = frozenset([*TABLES, ".rss", ".atom", ".xml"])
"""Endings of files that hold many documents, of which some may be read here and others there."""
TWICE = "another document has the same name"
for _noisy in ("trafilatura", "htmldate", "pypdf", "courlan", "justext"):
    # What they would say of a page goes to a screen that is ours, with the page's own words in it.
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Listing:
    """What paths gave: the documents, in order of their names, and what could not be read, with the reasons."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class ListedFiles:
    """What paths name: files, what is known already not to be readable, and what sidecars state of the documents."""

    files: tuple[File, ...]
    failures: tuple[Failure, ...]
    statements: Statements


def read_all(paths: Iterable[Path | str]) -> Listing:
    """Read everything that `paths` name: files, folders with all below them, patterns, archives.

    Raises InputError when a path leads to nothing, a folder holds no document, or a sidecar is faulty.
    """
    documents, failures = list[Document](), list[Failure]()
    for one in read_each(paths):
        if isinstance(one, Failure):
            failures.append(one)
        else:
            documents.append(one)
    return Listing(tuple(sorted(documents, key=lambda document: document.name)), tuple(sorted(failures)))


def read_each(paths: Iterable[Path | str]) -> Iterator[Document | Failure]:
    """Yield everything that `paths` name, a file after the other. Raises InputError as `read_all` does, at the end."""
    listed = list_files(paths)
    yield from listed.failures
    names: set[str] = set()
    for file in listed.files:
        for one in read_file(file, listed.statements):
            if isinstance(one, Document) and one.name in names:
                yield Failure(one.name, TWICE)
                continue
            if isinstance(one, Document):
                names.add(one.name)
            yield one
    refuse(listed.statements.faults())


def list_files(paths: Iterable[Path | str]) -> ListedFiles:
    """Return the files that `paths` name, in order of their names, without reading them.

    Raises InputError when a path leads to nothing, a folder holds no document, or a sidecar cannot be read.
    """
    found = find_files(paths, READERS)
    files, beside = sidecars(found.files)
    return ListedFiles(tuple(files), found.failures, read_sidecars(beside))


def read_file(file: File, statements: Statements) -> Iterator[Document | Failure]:
    """Yield the documents of one file, with what is stated of them; whatever goes wrong costs no other file."""
    for one in _read(file, statements):
        # Names of columns and rows, and what libraries say, are as they stand in the file.
        yield Failure(universal(one.document), universal(one.reason)) if isinstance(one, Failure) else one


def _read(file: File, statements: Statements) -> Iterator[Document | Failure]:
    reader = READERS.get(file.suffix)
    statements.failed(file.place)
    try:
        if reader is None:
            raise InputError(f"no reader for files of type {file.suffix or '(none)'}")
        for made in reader(file):
            place = file.place + made_name.removeprefix(file.name) if (made_name := _name(made)) else file.place
            if isinstance(made, Failure):
                statements.failed(place)
                yield made
                continue
            try:
                yield statements.applied(document_of(made), place)
            except InputError as error:
                yield Failure(made.name, str(error))
    except InputError as error:
        yield Failure(file.name, str(error))
    except Exception as error:  # a fault of a library on one file must not cost the others
        yield Failure(file.name, f"cannot be read ({type(error).__name__}: {error})"[:300])


def _name(made: Made | Failure) -> str:
    return made.document if isinstance(made, Failure) else made.name


def read_document(path: Path | str) -> Document:
    """Read one document: a file, or one in an archive or a table ("letters.zip/may.txt", "news.csv#17").

    Raises InputError naming the document and the reason when it cannot be read, or when the file holds several.
    """
    file, inside = _split(Path(path))
    listing = read_all([file])
    wanted = file.name + inside
    for failure in listing.failures:
        if failure.document == wanted or not listing.documents:
            raise InputError(f"{path}: {failure.reason}")
    documents = [document for document in listing.documents if not inside or document.name == wanted]
    if len(documents) != 1:
        some = ", ".join(document.name for document in listing.documents[:3])
        raise InputError(f"{path}: name one of its {len(listing.documents)} documents, such as {some}")
    return documents[0]


def _split(path: Path) -> tuple[Path, str]:
    """Part a path into the file on the disk and the way on inside it."""
    if path.is_file():
        return path, ""
    for above in path.parents:
        if above.is_file():
            return above, f"/{path.relative_to(above).as_posix()}"
    file, mark, row = str(path).partition("#")
    if mark and Path(file).is_file():
        return Path(file), mark + row
    raise InputError(f"{path}: cannot be read: no such file")


def digest(paths: Iterable[Path | str]) -> str:
    """Return a digest of the bytes and names of all that `read_all` would read, without reading it as documents."""
    whole = hashlib.sha256()
    found = find_files(paths, READERS)
    files, beside = sidecars(found.files)
    for file in (*files, *beside):
        whole.update(file.name.encode() + b"\0")
        try:
            whole.update(hashlib.sha256(file.data(LARGEST_TABLE)).digest())
        except InputError as error:
            whole.update(str(error).encode())
    for failure in found.failures:
        whole.update(str(failure).encode())
    return whole.hexdigest()
