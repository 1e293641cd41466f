"""Which column of a table holds what: recognised by the usual names, refused where none of them is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from extract.model import InputError
from extract.reading.made import Facts
from extract.reading.stated_date import edtf_of

COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "fulltext", "articletext", "maintext", "bodytext", "story"),
    "published": ("date", "published", "publisheddate", "publicationdate", "datepublished", "publishdate", "pubdate",
                  "publishedat", "publishedon", "articledate"),
    "title": ("title", "headline", "heading"),
    "publisher": ("publisher", "source", "sourcename", "site", "sitename", "outlet", "publication", "newspaper",
                  "agency"),
    "url": ("url", "link", "href", "permalink", "sourceurl", "weburl", "articleurl"),
    "language": ("language", "lang"),
    "id": ("id", "guid", "uuid", "docid", "documentid", "articleid", "key"),
}
"""The names of columns that are understood, in lower case without spaces, `_` and `-`; the first of them counts."""
_SHOWN = 20


def recognised(names: Sequence[str]) -> dict[str, str]:
    """Return the column of a table for each field that it has. Raises InputError when there is none for the text."""
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(re.sub(r"[\s_-]", "", name.lower()), name)
    found = {
        field: next(plain[known] for known in usual if known in plain)
        for field, usual in COLUMNS.items() if any(known in plain for known in usual)
    }
    if "text" not in found:
        shown = ", ".join(name[:40] for name in names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
        usual = ", ".join(COLUMNS["text"][:4])
        raise InputError(f"has no column with texts ({usual}, …); its columns: {shown or 'none'}")
    return found


def text_of(row: Mapping[str, Any], found: Mapping[str, str]) -> str:
    """Return the text of a row. Raises InputError when it has none, or something else in its place."""
    value = _cell(row, found["text"])
    if value is None or (isinstance(value, str) and not value.strip()):
        raise InputError("holds no text")
    if not isinstance(value, str):
        raise InputError(f"column {found['text']}: is no text")
    return value


def facts_of(row: Mapping[str, Any], found: Mapping[str, str]) -> Facts:
    """Return what a row tells besides its text. Raises InputError when its date is none, or a value is unreadable."""
    def word(field: str) -> str | None:
        value = _cell(row, found[field]) if field in found else None
        return str(value) if isinstance(value, str | int) else None

    written = _cell(row, found["published"]) if "published" in found else None
    try:
        published = edtf_of(written)
    except InputError as error:
        raise InputError(f"column {found['published']}: {error}") from error
    return Facts(word("title"), published, word("publisher"), word("url"), word("language"))


def _cell(row: Mapping[str, Any], column: str) -> Any:
    value = row.get(column)
    if isinstance(value, InputError):
        raise InputError(f"column {column}: {value}")
    return value


def own_name(row: Mapping[str, Any], found: Mapping[str, str]) -> str:
    """Return the id that a row has, empty where it has none."""
    value = row.get(found["id"]) if "id" in found else None
    word = " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return word[:200]
