"""A store in which every text tries to be something else: markup, a link, a formula, a script; and dates at the edges."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

from extract.corrections import Journal
from extract.model import KINDS, STATUSES, SUBTYPES, Document, InputError
from extract.pipeline import run
from extract.record import Actor, Event, Part, Source
from extract.store import ArticleRow, Store, TimexRow, write_store

LONG = "unbreakable" * 900
TEXTS = (
    "<script>alert(1)</script><img src=http://evil.example/a.png onerror=alert(2)>",
    "<iframe srcdoc='<script>parent.alert(3)</script>'></iframe><style>*{display:none}</style>",
    "![i](http://evil.example/b.png) [link](javascript:alert(4)) <http://evil.example> www.evil.example",
    ":material/home: :red[red] :red-background[x] :rocket: :streamlit: :small[s] :red-badge[b] $x^2$ $$\\frac{1}{2}$$",
    "**b** _i_ `c` ~~s~~ # head\n\n- list\n1. one\n> quote\n| a | b |\n|---|---|\n---\n```\ncode",
    "=HYPERLINK(\"http://evil.example\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\n=1+1", "＝1+1",
    "<b>bold</b><br><a href='http://evil.example/'>a</a><span style='font-size:99px'>big</span>",
    "$\\href{http://evil.example}{x}$ %{x} %{customdata[0]} {x} %s %(a)s \\N{BULLET}",
    "right \u202eto left\u202c \u2066isolated\u2069 \u200bzero\u200dwidth\ufeff \u0627\u0644\u0639\u0631\u0628\u064a\u0629 e\u0301",
    "a&b=c#d+e%20f?g;h,i|j'k\"l\\m/n%zz", "'; DROP TABLE events; --", "null\x00byte \x1b[31m bell\x07", "🚢" * 40, " ", "-",
    "None", "nan", "<!--", "&lt;b&gt; &amp; &#60;", "{{constructor.constructor('alert(5)')()}}", LONG, "x" * 300,
)
IDS = ("a b", "a\"b'c", "<b>", "../x", "é&=#+%", "e|f,g", "__proto__", "constructor", "0", "-1", "x" * 300)
DATES = ("0001", "0001-01-01", "9999", "9999-12-31", "0001/9999", "XXXX", "XXXX-02-29", "2020-02-29", "2019-12/2020-01",
         "1500-01-01", "2199-12-31", "2021")
COUNTRIES = ("NOR", "MLT", "ZZZ", "CHN", "VAT")
# What a name of a file cannot hold.
_NO_NAME = {ord("/"): "\N{DIVISION SLASH}", 0: "0"}


def hostile_store() -> Store:
    """Each of `TEXTS` stands once in each field of text; the identifiers and the dates go round."""
    ids, dates = cycle(IDS), cycle(DATES)
    text = "\n".join(f"Passage {number} says {one} and no more." for number, one in enumerate(TEXTS))
    names = [f"{number} {one}" if number % 2 else one for number, one in enumerate(TEXTS)]
    documents = tuple(
        Document(name, text, hashlib.sha256(name.encode()).hexdigest(), one, one, one, "javascript:alert(6)")
        for name, one in zip(names, TEXTS, strict=True)
    )
    articles = tuple(
        ArticleRow(document.name, number, number * 100, number * 100 + 100, TEXTS[number], next(dates), TEXTS[-number])
        for document in documents for number in range(3)
    )
    events = []
    for number, one in enumerate(TEXTS):
        kind = KINDS[number % 4]
        a, b = COUNTRIES[number % 5], COUNTRIES[(number + 1) % 5]
        start = text.index(f"Passage {number} ")
        quote = text[start:start + len(f"Passage {number} says {one}")]
        values: dict[str, Any] = {"confidence": (None, 0.0, 1.0, 0.5)[number % 4], "salience": "main"}
        events.append(Event(
            id=f"{next(ids)}{number if number >= len(IDS) else ''}", kind=kind,
            subtype=SUBTYPES[kind][number % len(SUBTYPES[kind])], status=STATUSES[number % 3], date=next(dates),
            date_basis=one, countries=tuple(sorted({a, b})), organizations=(one,),
            actors=(Actor(one, a, one), Actor(TEXTS[number - 1], b, TEXTS[number - 2])), place=one, title=one,
            sources=tuple(Source(name, start, start + len(quote), quote, 0, one) for name in names[number:number + 3]),
            parts=(Part(a, "participant"),), **values,
        ))
    timexes = tuple(TimexRow(name, 0, 3 * number, 3 * number + 2, date)
                    for name in names for number, date in enumerate(DATES))
    return Store(documents, articles, tuple(events), "hostile", timexes)


def hostile_files(folder: Path) -> Path:
    """Write documents whose names, texts and sidecar want to be something else; each tells one meeting, in which its
    text is quoted."""
    folder.mkdir(parents=True)
    rows = io.StringIO()
    table = csv.writer(rows)
    table.writerow(["file", "title", "publisher", "url"])
    for number, one in enumerate(TEXTS):
        name = f"{one.translate(_NO_NAME)[:60]} {number}.txt"
        told = " ".join(one.split())[:300]
        (folder / name).write_text(
            f"Valletta, {number + 1} March 2021. President Jane Example of Malta met Prime Minister Ola Nordmann of Norway in "
            f"Valletta today and said “{told}”.\n\n{one}\n", encoding="utf-8")
        if name == name.strip().replace("\\", "/"):  # a sidecar reads names so
            table.writerow([name, one.replace("\x00", ""), one.replace("\x00", ""), f"javascript:alert({number})"])
    (folder / "documents.csv").write_text(rows.getvalue(), encoding="utf-8", newline="")
    return folder


def hostile_corrections(journal: Journal, events: Sequence[Event]) -> None:
    """Correct each of the events in a way of its own, with a text in all that an analyst writes."""
    for number, (event, one) in enumerate(zip(events, cycle(TEXTS), strict=False)):
        told = " ".join(one.replace("\x00", "").split())
        wrong = replace(event, title=told, place=told, organizations=(told,), actors=(Actor(told, "NOR", told),))
        if number % 4 == 0:
            action, before, after = "edit", [event], [wrong]
        elif number % 4 == 1:
            action, before, after = "add", [], [replace(wrong, id=f"{event.id}+", sources=event.sources[:1])]
        else:
            action, before, after = ("confirm", "reject")[number % 2], [event], [event][: 1 - number % 2]
        journal.write(action, before, after, author=told or "-", reason=one.replace("\x00", ""), seen=journal.head())


def whole_hostile_store(folder: Path) -> Store:
    """Write and correct a store of `hostile_store` with what the extraction finds in `hostile_files`; returns it."""
    refused: list[InputError] = []
    made, read = hostile_store(), run([hostile_files(folder.with_name("files"))], failures=refused, by_rules=True)
    assert len(refused) == 1 and "NUL" in str(refused[0])
    store = Store(made.documents + read.documents, made.articles + read.articles, made.events + read.events, "hostile",
                  made.timexes + read.timexes)
    write_store(folder, store)
    hostile_corrections(Journal(f"sqlite:///{folder}.corrections.sqlite"), [*made.events[:8], *read.events])
    return store
