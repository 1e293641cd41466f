"""What the store knows of where a document comes from: how its file was read, and what was stated beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard import markup, tables, wording
from dashboard.markup import Node, node
from extract import edtf

MOST_FAILURES = 200
_FACTS = {
    "title": "Title", "published": "Published", "publisher": "Publisher", "url": "Address", "language": "Language",
}
_STATED = "stated in the list of documents"
_READ = "told by the file"


def provenance(document: dict[str, Any]) -> Node:
    """Return what read a document, what it told beside its text, and what the user stated of it, folded.

    It lies open where the user stated something or the reader left a note, so that neither is overlooked.
    """
    rows = [*_row("Read as", document["reader"]), *_row("Encoding", document["encoding"])]
    stated = set(document["stated"] or ())
    for field, name in _FACTS.items():
        if value := document[field]:
            by = _STATED if field in stated else _READ
            rows += [node("dt", name), node("dd", _shown(field, value), " ", node("span", f"({by})", style="faint"))]
    notes = [node("p", note) for note in document["notes"] or ()]
    return markup.fold("How this text was read", node("dl", *rows, style="facts"), *notes,
                       opened=bool(stated or notes))


def _shown(field: str, value: str) -> str:
    if field == "language":
        return wording.language(value)
    return wording.date(value) if field == "published" and edtf.is_valid(value) else value


def _row(name: str, value: str | None) -> list[Node]:
    return [node("dt", name), node("dd", value)] if value else []


def failures(rows: Sequence[dict[str, Any]], total: int) -> Node:
    """Return the list of what could not be read, each with its reason, folded; `total` counts them all."""
    said = f"{wording.count(total, 'file')} could not be read"
    table = tables.table(["File", "Reason"], [[row["document"], row["reason"]] for row in rows], said)
    more = [node("p", f"and {total - len(rows):,} more", style="faint")] if total > len(rows) else []
    return markup.fold(said, table, *more)
