"""Events and documents as trees of nodes: entries of lists, the facts of an event, its quotes, the reader's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard import geography, panel, wording
from dashboard.markup import Node, link, node

FIXED_WIDTH = 110


def kind_mark(kind: str) -> Node:
    """Return the sign of a kind in its colour."""
    return node("span", wording.GLYPHS[kind], style=kind, colour=list(wording.KINDS).index(kind))


def event_row(row: Mapping[str, Any]) -> Node:
    """Return the entry of a list for an event: date, title, facts and first quote, all one link."""
    facts = [
        wording.subtype(row["kind"], row["subtype"]),
        ", ".join(geography.name(code) for code in row["countries"]),
        row["place"] if isinstance(row["place"], str) else "",
        wording.STATUSES[row["status"]] if row["status"] != "occurred" else "",
        wording.SALIENCES[row["salience"]] if row["salience"] != "main" else "",
        wording.count(int(row["sources"]), "passage") if row["sources"] > 1 else "",
    ]
    return node("li", link(
        "event", panel.link_params(event=row["id"]),
        node("span", wording.short_date(row["date"]), style="when"),
        node(
            "span",
            node("span", kind_mark(row["kind"]), row["title"], style="title"),
            node("span", " · ".join(filter(None, facts)), style="meta"),
            node("span", _flat(row["quote"]), style="quote"),
        ),
        style="row",
    ))


def _flat(text: str) -> str:
    return " ".join(text.split())


def event_facts(event: Mapping[str, Any]) -> Node:
    """Return all that the record says of an event, but for its sources."""
    badges = [
        node("span", kind_mark(event["kind"]), wording.subtype(event["kind"], event["subtype"]), style="badge"),
        node("span", wording.STATUSES[event["status"]].capitalize(),
             style="badge" if event["status"] == "occurred" else "badge warn"),
        node("span", wording.SALIENCES[event["salience"]].capitalize(), style="badge"),
    ]
    people = [
        node("div", actor["name"], node("span", _role(actor), style="faint aside")) for actor in event["actors"]
    ]
    countries = [
        link("country", panel.link_params(country=code), geography.name(code), style="link aside")
        for code in event["countries"]
    ]
    precision = wording.PRECISIONS[event["date_precision"]]
    basis = f" — {event['date_basis']}" if event["date_basis"] else ""
    code = f"{event['date']}, {precision}{basis}"
    facts: list[tuple[str, list[Node | str]]] = [
        ("Date", [wording.date(event["date"]), node("span", code, style="faint aside")]),
        ("Countries", [*countries] or ["none takes part"]),
        ("People", [*people] or ["none named"]),
        ("Organisations", [", ".join(event["organizations"])] if event["organizations"] else []),
        ("Place", [event["place"] or "not stated"]),
        ("Confidence", [f"{event['confidence']:.0%}"] if event["confidence"] is not None else ["not measured"]),
    ]
    rows = [part for name, values in facts if values for part in (node("dt", name), node("dd", *values))]
    return node("section", node("h1", event["title"]), node("div", *badges, style="badges"),
                node("dl", *rows, style="facts"))


def _role(actor: Mapping[str, Any]) -> str:
    known = [actor["role"] or "", geography.name(actor["country"]) if actor["country"] else ""]
    said = ", ".join(filter(None, known))
    return said


def evidence(identifier: str, sources: Sequence[Mapping[str, Any]]) -> Node:
    """Return the sources of an event: each quote marked within what stands around it, with the way to its document."""
    return node("section", *(_source(identifier, source) for source in sources))


def _source(identifier: str, source: Mapping[str, Any]) -> Node:
    before, after = source["before"] or "", source["after"] or ""
    if not source["at_start"]:
        before = "… " + before.partition(" ")[2] if " " in before else "…"
    if not source["at_end"]:
        after = after.rpartition(" ")[0] + " …" if " " in after else "…"
    about = [source["article_title"] or source["document_title"], source["publisher"], source["published"]]
    params = panel.link_params(document=source["document"], event=identifier, passage=str(source["rank"]))
    return node(
        "article",
        node("blockquote", node("span", before, style="context"), node("mark", source["quote"]),
             node("span", after, style="context")),
        node(
            "footer", node("span", " · ".join(filter(None, [*about, source["document"]])), style="faint"), " ",
            link("document", params, "Read in the document", style="link"),
        ),
        style="source",
    )


def segments(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, tuple[int, ...]]]:
    """Cut a text where passages begin and end: each piece with the numbers of the passages that cover it.

    The pieces in order are the text. Spans may overlap; what lies outside the text is cut off.
    """
    inside = [(max(start, 0), min(end, len(text))) for start, end in spans]
    cuts = sorted({0, len(text), *(edge for span in inside if span[0] < span[1] for edge in span)})
    opened: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(inside):
        if start < end:
            opened.setdefault(start, []).append(number)
    active: list[int] = []
    pieces: list[tuple[str, tuple[int, ...]]] = []
    for start, end in pairwise(cuts):
        active = [number for number in active if inside[number][1] > start] + opened.get(start, [])
        pieces.append((text[start:end], tuple(active)))
    return pieces


def passage_list(passages: pd.DataFrame, document: str, event: str) -> Node:
    """Return the events of a document in the order of their passages; the one in view is marked, and leads to its page.

    The others lead to their first passage in the reader.
    """
    entries = []
    for row in passages.drop_duplicates("id").to_dict("records"):
        here = row["id"] == event
        own = panel.link_params(event=row["id"])
        inside = panel.link_params(document=document, event=row["id"], passage=str(row["rank"]))
        entries.append(node(
            "li",
            link(
                "document", inside, node("span", wording.short_date(row["date"]), style="when"),
                node("span", node("span", kind_mark(row["kind"]), row["title"], style="title")),
                style="row here" if here else "row",
            ) | ({"anchor": True} if here else {}),
            *([node("div", link("event", own, "Open this event", style="link"), style="under")] if here else []),
        ))
    return node("div", node("ol", *entries, style="events"), style="reader narrow") if entries else node(
        "p", "No event was found in this document.", style="faint")


def unwrap(text: str) -> str:
    """Return a text of the same length in which the line breaks of a fixed width are spaces, for reading only.

    A line ends by its width when the next word would not have fitted into the document's longest line; a break before
    a small letter is never a new paragraph.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    pieces = []
    for line, following in pairwise([*lines, ""]):
        first = following.partition(" ")[0]
        full = width <= FIXED_WIDTH and len(line) + 1 + len(first) > width
        pieces.append(line + (" " if line.strip() and first and (full or first[0].islower()) else "\n"))
    return "".join(pieces)[: len(text)]


def reader(document: Mapping[str, Any], passages: pd.DataFrame, event: str, rank: str) -> Node:
    """Return a document's text with the passages that prove events; those of `event` stand out, the one of `rank` is
    scrolled to."""
    rows = passages.to_dict("records")
    pieces: list[Node | str] = []
    anchored = False
    for text, numbers in segments(unwrap(document["text"]), [(row["start"], row["end"]) for row in rows]):
        own = [rows[number] for number in numbers if rows[number]["id"] == event]
        if own:
            here = not anchored and (not rank or any(str(row["rank"]) == rank for row in own))
            anchored |= here
            pieces.append(node("mark", text, anchor=here))
        elif numbers:
            row = rows[numbers[0]]
            params = panel.link_params(document=document["document"], event=row["id"], passage=str(row["rank"]))
            pieces.append(link("document", params, text, style="passage") | {"label": row["title"]})
        else:
            pieces.append(text)
    return node("div", *pieces, style="reader")
