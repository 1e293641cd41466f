"""PDF: its lines by pypdf, in their order; see `pdf_layout` for how they become paragraphs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdf

from extract.model import InputError
from extract.reading.file import LONGEST_TEXT, File
from extract.reading.made import Made
from extract.reading.pdf_layout import Line, paragraphs, without_repeated

MOST_PAGES = 3_000
MOST_STEPS = 10_000_000
MOST_FORMS = 10_000
"""Steps of drawing in one file: a page of text, each word of it placed by itself, has some 2,000.
Forms within forms can show a thing more often than there are atoms."""
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def read_pdf(file: File) -> Iterator[Made]:
    """Yield the text of a file.

    Raises InputError with the reason when it is damaged, locked, too long, or holds pictures of text alone.
    """
    data = file.data()
    if b"%PDF-" not in data[:1024]:
        raise InputError("is no PDF, though its name says so")
    try:
        opened = pypdf.PdfReader(io.BytesIO(data))
        if opened.is_encrypted and not opened.decrypt(""):
            raise InputError("is locked with a password")
        if len(opened.pages) > MOST_PAGES:
            raise InputError(f"has {len(opened.pages):,} pages; at most {MOST_PAGES:,} are read")
        pages = list(_pages(opened))
    except InputError:
        raise
    except Exception as error:  # pypdf raises whatever a broken file leads it to
        raise InputError(f"cannot be read as PDF ({type(error).__name__}: {error})"[:300]) from error
    kept, repeated = without_repeated(pages)
    text = paragraphs(kept)
    if not text.strip():
        raise InputError("holds no text, perhaps only pictures of pages; it needs text recognition (OCR) first")
    notes = [f"Headers and footers of its pages were left out, such as “{repeated[0][:80]}”."] if repeated else []
    yield Made(file.name, text, "PDF, by pypdf", notes=tuple(notes))


def _pages(opened: pypdf.PdfReader) -> Iterator[list[Line]]:
    drawing = _Drawing()
    for page in opened.pages:
        lines = _lines(page, drawing)
        drawing.refuse_excess()  # what is raised within a form that a page repeats, pypdf does not hand on
        yield lines


@dataclass
class _Drawing:
    """How much a file draws: pages, and forms in pages, may repeat what they share without end."""

    steps: int = 0
    forms: int = 0
    characters: int = 0

    def step(self, operator: bytes, *_: object) -> None:
        """Count a step of drawing. Raises InputError when there are too many."""
        self.steps += 1
        self.forms += operator == b"Do"
        if self.steps > MOST_STEPS or self.forms > MOST_FORMS:
            self.refuse_excess()

    def refuse_excess(self) -> None:
        """Raise InputError when too much was drawn or written."""
        if self.forms > MOST_FORMS:
            raise InputError(f"shows more than {MOST_FORMS:,} pictures and forms, the most that is read of one file")
        if self.steps > MOST_STEPS:
            raise InputError(f"draws more than {MOST_STEPS:,} times, the most that is read of one file")
        if self.characters > LONGEST_TEXT:
            raise InputError(f"its text has more than {LONGEST_TEXT:,} characters, the most that is read of one file")


def _lines(page: Any, drawing: _Drawing) -> list[Line]:
    """Return the lines of a page with the places of their first characters. Raises InputError where there is no end."""
    lines: list[Line] = []
    pieces: list[str] = []
    place: tuple[float, float, float] | None = None

    def end() -> None:
        nonlocal place
        text = " ".join("".join(pieces).translate(_LIGATURES).split())
        if text and place is not None:
            lines.append(Line(text, *place))
        pieces.clear()
        place = None

    def visit(text: str, user: list[float], matrix: list[float], font: Any, size: float) -> None:
        nonlocal place
        drawing.characters += len(text)
        drawing.refuse_excess()
        for at, piece in enumerate(text.split("\n")):
            if at:
                end()
            if piece.strip() and place is None:
                place = _place(user, matrix, size)
            pieces.append(piece)

    page.extract_text(visitor_operand_before=drawing.step, visitor_text=visit)
    end()
    return lines


def _place(user: list[float], matrix: list[float], size: float) -> tuple[float, float, float]:
    """Return how far right and up a piece of text starts, and how large its letters are, on the page itself."""
    right = matrix[4] * user[0] + matrix[5] * user[2] + user[4]
    up = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
    return right, up, size * (abs(matrix[3]) or 1.0) * (abs(user[3]) or 1.0)
