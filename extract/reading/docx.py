"""DOCX: paragraphs, lists and tables in their order, by python-docx; what is struck out is left out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx

from extract.model import InputError
from extract.reading.archive import refuse_bomb, refuse_tags
from extract.reading.file import LARGEST_FILE, LARGEST_TABLE, File
from extract.reading.made import Facts, Made

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": "\t"}
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def read_docx(file: File) -> Iterator[Made]:
    """Yield the text of a file. Raises InputError with the reason when it is damaged, encrypted or of another type."""
    data = file.data(LARGEST_FILE)
    if data.startswith(_OLD_WORD):
        raise InputError("is encrypted, or an old Word file with a new ending; save it as DOCX without a password")
    refuse_bomb(data, LARGEST_TABLE)
    refuse_tags(data)
    try:
        opened = docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx raises whatever a broken file leads it to
        raise InputError(f"cannot be read as DOCX ({type(error).__name__}: {error})"[:300]) from error
    blocks = list(_blocks(opened.element.body))
    title = next((p.text for p in opened.paragraphs[:5] if p.style is not None and p.style.name == "Title"), None)
    facts = Facts(title=title or opened.core_properties.title or None)
    yield Made(file.name, "\n\n".join(blocks), "DOCX, by python-docx", None, facts)


def _blocks(parent: Any) -> Iterator[str]:
    """Yield the paragraphs and the rows of tables below an element, each as a block of its own."""
    for child in parent:
        if child.tag == f"{_W}p":
            if text := _text(child).strip():
                yield f"- {text}" if _is_listed(child) else text
        elif child.tag == f"{_W}tbl":
            rows = [_cells(row) for row in _outermost(child, f"{_W}tr")]
            if table := "\n".join(row for row in rows if row.strip(" |")):
                yield table
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _blocks(child)


def _is_listed(paragraph: Any) -> bool:
    """Tell whether a paragraph is an item of a list; numbered headings are none."""
    number, style = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId"), paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = str(style.get(f"{_W}val")) if style is not None else ""
    numbered = number is not None and number.get(f"{_W}val") != "0"
    return name.startswith("List") or (numbered and not name.startswith("Heading"))


def _cells(row: Any) -> str:
    cells = [_outermost(cell, f"{_W}p") for cell in _outermost(row, f"{_W}tc")]
    return " | ".join(" ".join(" ".join(_text(paragraph).split()) for paragraph in cell) for cell in cells)


def _outermost(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the elements of a sort below another, but none within one of its sort: of tables in tables, each once."""
    walk = [iter(parent)]
    while walk:
        child = next(walk[-1], None)
        if child is None:
            walk.pop()
        elif child.tag == tag:
            yield child
        else:
            walk.append(iter(child))


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph, insertions included; deletions and codes of fields are of other tags."""
    parts, walk = [], [iter(paragraph)]
    while walk:
        child = next(walk[-1], None)
        if child is None:
            walk.pop()
        elif child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag not in (_FALLBACK, f"{_W}pPr", f"{_W}rPr", f"{_W}del", f"{_W}moveFrom"):
            walk.append(iter(child))
    return "".join(parts)
