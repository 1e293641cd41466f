"""Figures as plain data, as Plotly's library in the browser reads them: quick to make, to keep and to send.

Plotly's own figures look up and check each property as it is set, which takes longer than all else that a chart needs.
Here the words of `plotly.graph_objects` are taken as they stand; `checked` has Plotly check all of them, as tests do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import plotly.graph_objects as go
import plotly.io
from plotly.basedatatypes import BaseFigure

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure: its traces, and the layout around them. What is given is kept as it is; nobody changes it later."""

    data: list[Spec] = field(default_factory=list)
    layout: Spec = field(default_factory=dict)

    @classmethod
    def in_rows(cls, rows: int, gap: float) -> Drawing:
        """Return a figure of so many plots below each other with one axis of x; `gap` is the share between two."""
        figure, high = cls(), (1.0 - gap * (rows - 1)) / rows
        for row in range(1, rows + 1):
            base = (rows - row) * (high + gap)
            x, y = figure.axis("x", row), figure.axis("y", row)
            x |= {"anchor": _ref("y", row), "domain": [0.0, 1.0]}
            x |= {"matches": _ref("x", rows), "showticklabels": False} if row < rows else {}
            y |= {"anchor": _ref("x", row), "domain": [base, min(base + high, 1.0)]}
        return figure

    def add(self, kind: str, row: int = 0, **trace: Any) -> None:
        """Add a trace of a type, such as "bar"; in the plot of a row, counted from 1."""
        where = {"xaxis": _ref("x", row), "yaxis": _ref("y", row)} if row else {}
        self.data.append({"type": kind, **trace, **where})

    def update(self, **layout: Any) -> None:
        """Set parts of the layout; what is not named in a part stays."""
        _merge(self.layout, layout)

    def axis(self, letter: str, row: int = 1) -> Spec:
        """Return the axis "x" or "y" of a row, to be set."""
        found: Spec = self.layout.setdefault(f"{letter}axis{row if row > 1 else ''}", {})
        return found

    def annotate(self, row: int = 0, **words: Any) -> None:
        """Add words at a place of the figure, or of the plot of a row."""
        where = {"xref": f"{_ref('x', row)} domain", "yref": f"{_ref('y', row)} domain"} if row else {}
        self.layout.setdefault("annotations", []).append(words | where)

    def upright(self, x: str, **look: Any) -> None:
        """Draw a line at a place on the axis of x, from bottom to top of each plot."""
        self._mark({"type": "line", "x0": x, "x1": x}, look)

    def band(self, ends: tuple[str, str], **look: Any) -> None:
        """Draw a rectangle between two places on the axis of x, from bottom to top of each plot."""
        self._mark({"type": "rect", "x0": ends[0], "x1": ends[1]}, look)

    def _mark(self, shape: Spec, look: Mapping[str, Any]) -> None:
        for row in range(1, 1 + max(1, sum(name.startswith("yaxis") for name in self.layout))):
            refs = {"xref": _ref("x", row), "yref": f"{_ref('y', row)} domain", "y0": 0, "y1": 1}
            self.layout.setdefault("shapes", []).append(shape | refs | dict(look))

    def having(self, **layout: Any) -> Drawing:
        """Return the same figure with other values of parts of the layout."""
        return Drawing(self.data, self.layout | layout)

    def checked(self) -> go.Figure:
        """Return Plotly's figure of the same. Raises ValueError where Plotly does not know a property or its value."""
        return go.Figure(data=self.data, layout=self.layout)


class Finished(BaseFigure):  # type: ignore[misc]
    """What Streamlit takes for a figure of Plotly: that one asks such a figure for nothing but its data, once."""

    def __init__(self, drawing: Drawing) -> None:
        """Stand for a drawing."""
        self._drawing = drawing

    def to_dict(self) -> Spec:
        """Return the data, with the theme that Plotly puts into each figure."""
        theme = {"template": _theme(str(plotly.io.templates.default))}
        return {"data": self._drawing.data, "layout": theme | self._drawing.layout}


@cache
def _theme(name: str) -> Spec:
    found: Spec = plotly.io.templates[name].to_plotly_json()
    return found


def _ref(letter: str, row: int) -> str:
    return f"{letter}{row if row > 1 else ''}"


def _merge(into: Spec, given: Mapping[str, Any]) -> None:
    """Set what is given; None leaves a property to Plotly."""
    for key, value in given.items():
        if isinstance(value, dict):
            into[key] = dict(into.get(key, {}))
            _merge(into[key], value)
        elif value is not None:
            into[key] = value
