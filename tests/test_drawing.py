"""Figures as plain data are those that Plotly would make, and what it does not know is found."""

from __future__ import annotations

import json

import plotly.io
import pytest
from plotly import tools
from plotly.subplots import make_subplots

from dashboard.drawing import Drawing, Finished

SHORT = {"line": {"width": 1}, "opacity": 0.5}


def test_plots_in_rows_stand_where_plotly_puts_them() -> None:
    drawn, other = Drawing.in_rows(3, 0.1), make_subplots(rows=3, cols=1, shared_xaxes=True, vertical_spacing=0.1)
    for row in (1, 2, 3):
        drawn.add("bar", row=row, x=["2020-01-01"], y=[row])
        other.add_bar(row=row, col=1, x=["2020-01-01"], y=[row])
        drawn.annotate(row, text="in it", x=0, y=1)
    drawn.upright("2020-01-02", **SHORT)
    other.add_vline(x="2020-01-02", **SHORT)
    drawn.band(("2020-01-02", "2020-01-03"), **SHORT)
    other.add_vrect(x0="2020-01-02", x1="2020-01-03", **SHORT)
    found, wanted = json.loads(drawn.checked().to_json()), json.loads(other.to_json())
    assert found["data"] == wanted["data"] and found["layout"]["shapes"] == wanted["layout"]["shapes"]
    for axis in ("xaxis", "xaxis2", "xaxis3", "yaxis", "yaxis2", "yaxis3"):
        ends, wanted_ends = (one["layout"][axis].pop("domain") for one in (found, wanted))
        assert ends == pytest.approx(wanted_ends) and found["layout"][axis] == wanted["layout"][axis], axis
    assert {note["yref"] for note in found["layout"]["annotations"]} == {"y domain", "y2 domain", "y3 domain"}


def test_parts_of_the_layout_that_are_not_named_stay() -> None:
    margin = {"l": 1, "r": 2}
    drawn = Drawing()
    drawn.update(margin=margin, height=None, geo={"lataxis": {"range": [0, 1]}})
    drawn.update(margin={"r": 3}, geo={"lonaxis": {"range": [0, 1]}})
    assert drawn.layout == {"margin": {"l": 1, "r": 3},
                            "geo": {"lataxis": {"range": [0, 1]}, "lonaxis": {"range": [0, 1]}}}
    assert margin == {"l": 1, "r": 2}, "what is given is not changed"
    assert drawn.having(height=9).layout["height"] == 9 and "height" not in drawn.layout


@pytest.mark.parametrize(("kind", "trace"), [("bar", {"colour": "red"}), ("bar", {"marker": {"color": "no colour"}}),
                                             ("pillar", {})])
def test_what_plotly_does_not_know_is_found(kind: str, trace: dict[str, object]) -> None:
    drawn = Drawing()
    drawn.add(kind, x=[1], y=[1], **trace)
    with pytest.raises(ValueError, match="Invalid"):
        drawn.checked()


def test_streamlit_gets_the_same_as_of_a_figure_of_plotly() -> None:
    drawn = Drawing()
    drawn.add("scatter", x=[None, 1], y=["2020-01-01", "<b>"], mode="markers", marker={"size": [1, 2.5]})
    drawn.update(height=120, xaxis={"range": [0, 1]})
    given, wanted = (
        json.loads(plotly.io.to_json(tools.return_figure_from_figure_or_data(one, validate_figure=True), validate=False))
        for one in (Finished(drawn), drawn.checked())
    )
    assert given == wanted
