"""Time grows with the size of what is read and with nothing else: lines without end, a hundred thousand datelines, names,
brackets or rows, pages and tables nested without end, words that no dictionary has.

A usual run takes small sizes, and of the whole extraction those cases that once were slow; all cases at sizes up to
2.4 million characters are tried by `READOUT_HOSTILE=1 pytest tests/test_growth.py`.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pytest
from mutations import pdf, word

from extract.acts import read_events
from extract.model import Document, Failure
from extract.reading import pdf as pdf_reading
from extract.reading import pdf_layout, read_file
from extract.reading.encoding import decode
from extract.reading.file import LONGEST_TEXT, MOST_TAGS, File
from extract.reading.sidecar import Statements

WHOLE = bool(os.environ.get("READOUT_HOSTILE"))
TIMES = 4
GROWS = 8.0
"""How many times as long four times the text may take: 4 were linear, 16 were the square."""
TEXT = "The foreign minister of Malawi met her Zambian counterpart in Lilongwe on Tuesday. "


def _seconds(task: Callable[[], object]) -> float:
    begun = time.process_time()
    task()
    return time.process_time() - begun


def grows(task: Callable[[int], object], size: int) -> float:
    """Return how many times as long a task takes of four times the size; the least of three trials, as far as needed."""
    task(1)  # what is loaded once
    least = float("inf")
    for _ in range(3):
        short = max(_seconds(lambda: task(size)), 0.002)
        least = min(least, _seconds(lambda: task(size * TIMES)) / short)
        if least < GROWS:
            break
    return least


# The extraction

SLOW_ONCE: dict[str, tuple[str, int]] = {
    "days in one sentence": ("Monday, ", 600), "brackets": ("(", 20_000), "blanks": (" ", 20_000),
}
TEXTS: dict[str, tuple[str, int]] = SLOW_ONCE | {
    "one line": ("The foreign minister of Malawi met her Zambian counterpart on Tuesday and said that all went well, ", 200),
    "one word": ("x", 100_000), "newlines": ("\n", 100_000), "tabs": ("\t", 50_000), "figures": ("1", 100_000), "numbers": ("111 ", 25_000),
    "datelines": ("LILONGWE, March 4 (Reuters) - The foreign minister of Malawi met her Zambian counterpart on Tuesday.\n\n", 100),
    "datelines alone": ("LILONGWE, March 4 (Reuters) - \n", 1_000), "dates": ("on 4 March 2019, ", 1_000), "days": ("It was on 4 March 2019. ", 500),
    "names": ("President Jane Banda, Mr John Phiri, ", 500), "states": ("Malawi, Zambia and Norway, ", 500), "quotes": ('"', 50_000),
    "opening quotes": ("“a ", 15_000), "stops": (".", 100_000), "letters": ("A. ", 20_000), "acts": ("met with ", 5_000), "lists": ("Malawi and ", 3_000),
    "items": ("- Malawi met Zambia on 4 March 2019\n", 300), "fields": ("date: 2019-03-04\ncountry: Malawi\n", 200), "cells": ("2019-03-04 | Oslo | Malawi | talks\n", 300),
    "records": ("start_date: 2019-03-04\nend_date: 2019-03-06\nlocation: Oslo\ncountry: Malawi\n\n", 200), "links": ("http://www.gov.mw/a ", 5_000),
    "feed": ("Talks of Malawi and Zambia go on - 4 March 2019\n", 200), "headlines": ("President Of Malawi Visits Zambia\n\n", 500), "codes": ("&amp;", 20_000),
    "marks of direction": ("\u202e\u200bMalawi\u0301 ", 3_000), "accents": ("\u0301", 100_000), "speeches": ("Mr Phiri (Zambia): We thank Malawi.\n", 200),
    "visits": ("The president of Malawi will visit Zambia, Norway, Kenya and Ghana from 3 to 5 March 2019. ", 100),
    "a sentence of visits": ("the president of Malawi visited Zambia and signed an agreement, ", 200), "he": ("He met him there. ", 1_000),
    "years": ("2019\n\n1. Talks of Malawi and Zambia in Oslo, 3 March.\n\n", 200), "capitals": ("MALAWI AND ZAMBIA SIGN TREATY ", 500),
    "hyphens": ("a-", 20_000), "sums": ("Ghana pledged $20 million to Malawi. ", 300), "rulers": ("* * *\n", 5_000), "pictures": ("🚢🇳🇴", 10_000),
}


@pytest.mark.parametrize("name", TEXTS if WHOLE else SLOW_ONCE)
def test_the_extraction_takes_linear_time(name: str) -> None:
    unit, times = TEXTS[name]
    assert grows(lambda n: read_events(Document("a", f"Talks of Malawi {unit * n} end", "x")), times * (6 if WHOLE else 1)) < GROWS


# The readers


def _read(name: str, data: bytes) -> list[Document | Failure]:
    return list(read_file(File(name, f"/x/{name}", ("x",), lambda most: data[:most], len(data)), Statements([])))


def _nested_forms(depth: int) -> bytes:
    """Return a PDF of forms, each of which shows the next one ten times."""
    name, mapping = pypdf.generic.NameObject, pypdf.generic.DictionaryObject
    writer = pypdf.PdfWriter(pypdf.PdfReader(io.BytesIO(pdf(b"BT /F 11 Tf 72 700 Td (Malawi met Zambia.) Tj ET /X Do"))))
    shared = writer.pages[0]["/Resources"]
    inner = mapping()
    for level in range(depth):
        form = pypdf.generic.StreamObject()
        form.set_data(b"/X Do " * 10 if level else b"q Q ")
        form.update({name("/Type"): name("/XObject"), name("/Subtype"): name("/Form"),
                     name("/Resources"): mapping({name("/Font"): shared["/Font"], name("/XObject"): inner})})
        inner = mapping({name("/X"): writer._add_object(form)})
    shared[name("/XObject")] = inner
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


READ: dict[str, tuple[str, Callable[[int], bytes], int]] = {
    "a page nested deep": ("a.html", lambda n: b"<body>" + b"<div>" * n + TEXT.encode() * 5, 2_000),
    "dates within dates": ("a.html", lambda n: b"<body>" + b"<div class=date>" * n + TEXT.encode() * n, 500),
    "paragraphs": ("a.html", lambda n: b"<body>" + f"<p>{TEXT}</p>".encode() * n, 300),
    "rows of a page": ("a.html", lambda n: b"<body><table>" + f"<tr><td>{TEXT}</td><td>x</td></tr>".encode() * n, 200),
    "links": ("a.html", lambda n: b"<body>" + b"<a href='http://x.y/z'>link</a> " * n + TEXT.encode() * 5, 500),
    "remarks": ("a.html", lambda n: b"<body>" + b"<!-- x -->" * n + TEXT.encode() * 5, 2_000),
    "a long word": ("a.txt", lambda n: b"abcdefghij" * n + b"\xe9" * n, 1_000),
    "foreign letters": ("a.txt", lambda n: bytes(range(128, 256)) * n, 300), "narrow lines": ("a.txt", lambda n: (b"x" * 40 + b" " + b"y" * 20 + b"\n") * n, 2_000),
    "rows": ("a.csv", lambda n: b"id,text\n" + b"".join(f'{i},"{TEXT}"\n'.encode() for i in range(n)), 500),
    "columns": ("a.csv", lambda n: f"text,{','.join(f'c{i}' for i in range(n))}\n{TEXT}{',' * n}".encode(), 2_000),
    "objects": ("a.jsonl", lambda n: f'{{"text": "{TEXT}"}}\n'.encode() * n, 500), "brackets": ("a.jsonl", lambda n: b'{"text": "a"}\n' + b"[" * n, 5_000),
    "entries": ("a.rss", lambda n: b"<rss><channel>" + f"<item><title>t</title><description>{TEXT}</description></item>".encode() * n, 150),
    "paragraphs of Word": ("a.docx", lambda n: word(f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>" * n), 300),
    "tables in tables": ("a.docx", lambda n: word("<w:tbl><w:tr><w:tc>" * 40 + f"<w:p><w:r><w:t>{TEXT * n}</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 40), 500),
    "lines of a PDF": ("a.pdf", lambda n: pdf(b"BT /F 11 Tf 72 700 Td 14 TL " + b"(Malawi met Zambia and) Tj T* " * n), 300),
    "pages of a PDF": ("a.pdf", lambda n: pdf(*[b"BT /F 11 Tf 72 700 Td (Malawi met Zambia.) Tj ET"] * n), 30),
}


@pytest.mark.parametrize("name", READ)
def test_readers_take_linear_time(name: str) -> None:
    file, made, size = READ[name]
    data = {n: made(n) for times in (1, TIMES) for n in (1, size * times * (10 if WHOLE else 1))}
    assert grows(lambda n: _read(file, data[n]), size * (10 if WHOLE else 1)) < GROWS


def test_a_paragraph_of_a_pdf_takes_linear_time() -> None:
    """Each line was once put after the whole paragraph before, which took an hour for a book of one paragraph."""
    line = pdf_layout.Line("and so the talks of Malawi and Zambia went on in Lilongwe", 72.0, 0.0, 11.0)
    assert grows(lambda n: pdf_layout.paragraphs([[replace(line, up=-14.0 * at) for at in range(n)]]), 5_000) < GROWS


# What is refused


def test_a_table_in_tables_is_told_once() -> None:
    """Each table once told what the tables in it tell, and each row and cell again: forty of them, 20,000 times as much."""
    (document,) = _read("a.docx", READ["tables in tables"][1](1))
    assert isinstance(document, Document) and document.text.strip() == TEXT.strip()


def _reason(name: str, data: bytes) -> str:
    (failure,) = _read(name, data)
    assert isinstance(failure, Failure) and failure.document == name
    return failure.reason


@pytest.mark.parametrize(("name", "data"), [
    ("a.html", lambda: b"<b>" * (MOST_TAGS + 1)), ("a.rss", lambda: b"<rss>" + b"<b>" * MOST_TAGS), ("a.docx", lambda: word("".join(f"<w:p a='{n * 7919:x}'/>" for n in range(MOST_TAGS)))),
])
def test_tags_that_would_fill_the_memory_are_refused(name: str, data: Callable[[], bytes]) -> None:
    assert _reason(name, data()) == "has more than 500,000 tags, the most that are read of one file"


def test_a_pdf_that_repeats_itself_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reading, "MOST_FORMS", 100)
    assert _reason("a.pdf", _nested_forms(12)) == "shows more than 100 pictures and forms, the most that is read of one file"
    monkeypatch.setattr(pdf_reading, "MOST_STEPS", 300)
    page = b"BT /F 11 Tf 72 700 Td (Malawi.) Tj ET q Q " * 20
    assert "draws more than 300 times" in _reason("a.pdf", pdf(*[page] * 3)) and isinstance(_read("a.pdf", pdf(page))[0], Document)


def test_names_and_reasons_can_be_stored() -> None:
    """A column's name, which its table's refusal repeats, once carried a zero into the store."""
    assert "\0" not in _reason("a.csv", b"a\0b,c\nd,e\n") and "its columns: ab, c" in _reason("a.csv", b"a\0b,c\nd,e\n")
    (document,) = _read("a.jsonl", b'{"id": "x\\u0000\\ud800y", "text": "Malawi met Zambia."}')
    assert isinstance(document, Document) and document.name == "a.jsonl#x?y"


def test_a_language_without_end_is_none() -> None:
    """Eighty underlines in the language of a page once took longer than the sun will shine."""
    page = f"<html lang='en{'_' * 80}!'><body><p>{TEXT * 3}</p></body></html>".encode()
    (document,) = _read("a.html", page)
    assert isinstance(document, Document) and document.language is None


def test_a_long_text_of_an_unknown_encoding_is_read() -> None:
    text = ("Der Minister sprach über Verträge in Köln. " * 40_000).encode("cp1252")
    assert decode(text)[1] == "windows-1252 (guessed)" and len(decode(text)[0]) < LONGEST_TEXT
