"""What a reader made of a file becomes a Document, checked in one place."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace

from extract.model import Document, InputError
from extract.reading.english import code_of, name_of, reads_english
from extract.reading.file import LONGEST_TEXT

FACTS = ("title", "published", "publisher", "url", "language")
_LONGEST_FACT = 1_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document from outside its text; None where it is not. `published` is EDTF."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What a reader made of a file: text, the reader in words, the encoding, facts and notes on what it changed.

    `original` holds the bytes of the file where the text is these bytes and nothing else.
    """

    name: str
    text: str
    reader: str
    encoding: str | None = None
    facts: Facts = field(default_factory=Facts)
    notes: tuple[str, ...] = ()
    original: bytes | None = None


def document_of(made: Made) -> Document:
    """Check what was made, and return it as a document.

    Raises InputError with the reason when it holds no text or too much of it, or is said to be in another language
    than English and reads so.
    """
    text = universal(made.text)
    if not text.strip():
        raise InputError("the file is empty" if made.original is not None else "holds no text")
    if len(text) > LONGEST_TEXT:
        raise InputError(f"its text has {len(text):,} characters; at most {LONGEST_TEXT:,} are read of one document")
    facts = _tidy(made.facts)
    notes = (*made.notes, *_language_note(facts.language, text))
    document = Document(
        universal(made.name), text, "", facts.title, facts.published, facts.publisher, facts.url, facts.language,
        made.reader, made.encoding, (), notes,
    )
    if made.original is not None and facts == Facts():
        return replace(document, sha256=hashlib.sha256(made.original).hexdigest())
    return signed(document)


def signed(document: Document) -> Document:
    """Return the document with the digest of its text and of all that is known of it."""
    known = [document.text, *(getattr(document, name) for name in FACTS), *sorted(document.stated)]
    whole = json.dumps(known, ensure_ascii=True).encode()
    return replace(document, sha256=hashlib.sha256(whole).hexdigest())


def under_title(title: str | None, text: str) -> str:
    """Return a text under its title, unless it begins with it already."""
    words = " ".join((title or "").split())
    opening = " ".join(text[: len(words) * 2 + 200].split())
    return f"{words}\n\n{text}" if words and not opening.casefold().startswith(words.casefold()) else text


def universal(text: str) -> str:
    """Return a text with `\\n` at its ends of lines and without what cannot be stored: zeros, halves of characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8")


def _tidy(facts: Facts) -> Facts:
    """Return facts on one line each, none of them empty or endless."""
    values = {name: getattr(facts, name) for name in FACTS}
    lines = {name: " ".join(universal(value).split())[:_LONGEST_FACT] for name, value in values.items() if value}
    return Facts(**{**lines, "language": code_of(lines.get("language"))})


def _language_note(language: str | None, text: str) -> tuple[str, ...]:
    english = reads_english(text)
    if language not in (None, "en"):
        said = f"says that it is in {name_of(str(language))}"
        if english is False:
            raise InputError(f"{said}, and reads so; events are found in English alone")
        return (f"It {said}, but reads like English." if english else f"It {said}; events are found in English alone.",)
    return ("It does not read like English; events are found in English alone.",) if english is False else ()
