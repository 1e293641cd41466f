"""Value types of the whole package. Imports nothing of ours, so that every layer may use it."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("meeting", "visit", "statement", "agreement")
SUBTYPES: dict[str, tuple[str, ...]] = {
    "meeting": ("talks", "call", "conference"),
    "visit": ("state_visit", "official_visit", "working_visit", "visit"),
    "statement": ("speech", "remarks", "press_conference", "interview", "letter", "message", "article", "vote"),
    "agreement": ("signing", "joint_statement", "relations", "pledge"),
}
STATUSES = ("occurred", "planned", "cancelled")
SALIENCES = ("main", "background")
TAKES_PART = "participant"
"""The part of a state of which the text does not tell another."""
PARTS: dict[str, tuple[str, ...]] = {
    "meeting": ("host", "guest", TAKES_PART),
    "visit": ("host", "visitor", TAKES_PART),
    "statement": ("speaker", "addressee", TAKES_PART),
    "agreement": ("signatory", "donor", "recipient", TAKES_PART),
}


class InputError(ValueError):
    """A file, setting or record that cannot be used; the message names the file, the place and the reason."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets into a document's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One document as plain text.

    `name` is what it is known by: the file's path below the folder that was given, with `/` between its parts, and for
    a row of a table or an entry of a feed `#` and its id. `text` is what the reader made of the file, and what every
    offset points into. `sha256` is a hex digest of all that determines its reading: the file's bytes where the text is
    these bytes, else the text with the facts. `title`, `published` (EDTF), `publisher`, `url` and `language` (ISO 639
    code) hold what is known from outside its text, or None; `stated` names those of them that the user states beside
    the document. `reader` says in words what read it, `encoding` how its bytes were taken, or None where that is no
    question; `notes` are sentences on what the reader changed or finds odd.
    """

    name: str
    text: str
    sha256: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    reader: str = "Plain text"
    encoding: str | None = None
    stated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """A file, row or entry that could not be read: the name that the document would have, and the reason."""

    document: str
    reason: str

    def __str__(self) -> str:
        """Write it as one sentence: the name, then the reason."""
        return f"{self.document}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a news item: "BEIJING, Feb. 28 (Xinhua) —". `place` is the text of the place, as written."""

    start: int
    end: int
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One news item within a document.

    `start` and `end` are offsets into `document.text`; `paragraphs` are the spans of its paragraphs in order, the
    headline included as the first one when `title` is set. Header lines (a bare date, a byline) are paragraphs too.
    """

    document: Document
    index: int
    start: int
    end: int
    paragraphs: tuple[Span, ...]
    title: Span | None = None
    dateline: Dateline | None = None

    @property
    def text(self) -> str:
        """The article's own text; offsets into it are relative to `start`."""
        return self.document.text[self.start : self.end]
