"""What pages say of an event or a text in parts: entries of lists, and texts cut where marks begin and end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

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
        _when(row),
        node(
            "span",
            node("span", kind_mark(row["kind"]), row["title"], style="title"),
            node("span", " · ".join(filter(None, facts)), style="meta"),
            node("span", wording.excerpt(row["quote"]), style="quote"),
        ),
        style="row",
    ))


def event_line(row: Mapping[str, Any], place: Node, here: bool) -> Node:
    """Return date and title of an event within `place`, a link; the one at hand is marked."""
    title = node("span", node("span", kind_mark(row["kind"]), row["title"], style="title"))
    return place | {"children": [_when(row), title], "style": "row here" if here else "row"} | (
        {"anchor": True, "current": True} if here else {}
    )


def _when(row: Mapping[str, Any]) -> Node:
    return node("span", wording.short_date(row["date"]), style="when")


def when(date: object) -> Node:
    """Return the date of a cell in brief, broken after its dash only; a dash where no year is known."""
    if not isinstance(date, str):
        return node("span", "–", label="year not known", tip=True)
    first, dash, last = wording.short_date(date).partition(" – ")
    if not dash:
        return node("span", first, style="moment")
    return node("span", node("span", f"{first} –", style="moment"), " ", node("span", last, style="moment"))


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
