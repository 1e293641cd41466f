"""Tables as trees of nodes: read by screen readers, sorted by links, with bars and small lines in the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.markup import Node, node

Cell = Node | str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, whether it holds numbers, how it is sorted, and classes of its cells.

    On a phone "spare" leaves the column out, and "upright" sets the heading upright over narrow numbers.
    """

    heading: Cell
    numeric: bool = False
    sorted: str = ""
    style: str = field(default="")


def table(columns: Sequence[Column | str], rows: Sequence[Sequence[Cell]], label: str, style: str = "") -> Node:
    """Return a table. `label` says what it holds; a row has one cell a column, the first of which heads the row."""
    known = [column if isinstance(column, Column) else Column(column) for column in columns]
    head = [
        node("th", node("span", column.heading), style=_style(column), scope="col")
        | ({"sort": column.sorted} if column.sorted else {})
        for column in known
    ]
    body = [
        node("tr", *(
            node("td" if number else "th", cell, style=_style(column)) | ({} if number else {"scope": "row"})
            for number, (column, cell) in enumerate(zip(known, row, strict=True))
        ))
        for row in rows
    ]
    return node("div", node(
        "table", node("caption", label), node("thead", node("tr", *head)), node("tbody", *body),
    ), style=f"scroll {style}".strip()) | {"label": label, "focus": True}


def _style(column: Column) -> str:
    return f"{'number' if column.numeric else ''} {column.style}".strip()


def bar(shown: Cell, share: float, colour: int | None = None) -> Node:
    """Return a number over a bar of its share (0 to 1) of the cell's width; `colour` is the kind's index."""
    extra = {} if colour is None else {"fill": colour}
    return node("span", shown, style="bar") | {"bar": max(0.0, min(1.0, share))} | extra


def stack(shown: Cell, parts: Sequence[tuple[str, int, int]], most: int) -> Node:
    """Return a number over a bar of its parts: each a name, a number and the index of its colour; `most` fills it."""
    told = ", ".join(f"{name} {number:,}" for name, number, _ in parts if number)
    return node("span", shown, style="stack") | {
        "stack": [[number / max(most, 1), colour] for _, number, colour in parts if number], "told": told,
    }


def line(values: Sequence[int], label: str) -> Node:
    """Return a small line of numbers in order of time; `label` tells the same in words."""
    return {"tag": "line", "style": "line", "children": [], "values": list(values), "label": label}
