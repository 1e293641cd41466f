"""What counts as an event, how it is found, how good that is, what is weak, and how to cite it."""

from importlib.metadata import version

import streamlit as st

from dashboard import geography, markup, panel, tables, wording
from dashboard.filters import Filters
from dashboard.markup import link, node
from dashboard.query import documents, events
from dashboard.tables import Column

_SCORES = ("F1", "Strict F1", "Precision", "Recall", "Dates exact", "Countries exact")


def draw() -> None:
    """Draw the page."""
    st.title("Method")
    st.markdown(_text("method.md"))
    _scores()
    st.markdown(_text("weaknesses.md"))
    _decisions()
    _cite()


def _decisions() -> None:
    st.header("What people have decided")
    number = panel.desk().journal.count()
    said = f"{wording.count(number, 'decision')} of analysts " + ("is" if number == 1 else "are") + " laid over it. " \
        if number else "Nobody has corrected it yet. "
    markup.show(node("p", node("span", f"The record is extracted by machine. {said}"),
                     link("history", panel.link_params(), "History", style="link")), "decisions", panel.go)


def _text(file: str) -> str:
    return (geography.DATA / file).read_text(encoding="utf-8")


def _scores() -> None:
    st.header("How good it is")
    rows: list[list[tables.Cell]] = [
        [node("span", node("div", name), node("div", about, style="faint")), *figures]
        for name, about, *figures in geography.rows("scores.tsv")
    ]
    head: list[Column | str] = ["Documents", *(Column(name, numeric=True, style="upright") for name in _SCORES)]
    markup.show(tables.table(head, rows, "Scores on events marked by hand"), "scores")
    st.caption(
        "Measured against events that people marked by hand. Precision: the share of the events shown that are right. "
        "Recall: the share of the events in the text that were found. F1: their harmonic mean; strict: with date, "
        "countries, status and kind all right. The last row tells most about documents of your own. Of the events with "
        "a confidence of 90% or more, 221 of 229 were right on documents that the encoder was not trained on."
    )


def _cite() -> None:
    st.header("How to cite")
    held, total = panel.ask(documents.corpus), panel.ask(events.totals, Filters())["events"]
    line = (
        f"Readout {version('readout')}: record of {wording.count(total, 'diplomatic event')} from "
        f"{wording.count(held['documents'], 'document')}, data version {panel.data_version()}."
    )
    st.text(line)
    st.caption("Add the address that “Copy link” gives, and the day on which you opened it. Cite single events with "
               "their permalink and their source document.")
