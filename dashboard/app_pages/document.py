"""The documents: their list, and the reader with the passages that prove events."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dashboard import fields, header, leads, markup, paging, panel, provenance, reader, tables, widgets, wording
from dashboard.escaping import plain
from dashboard.filters import Filters, told_in
from dashboard.markup import Node, link, node
from dashboard.query import documents as library
from dashboard.query import events
from dashboard.query.conditions import words
from dashboard.reader import View

ROWS = 50
SORT, TITLE, DATES = "sort", "title", "dates"
HEADINGS = {
    "title": "Title or first headline", "name": "name", "written": "Written", "words": "Words", "articles": "Articles",
    "events": "Events", "dates": "Dates of events",
}
NUMBERS = ("words", "articles", "events")
# What a phone has no room for.
_SPARE = ("words", "articles", "dates")


def draw() -> None:
    """Draw the page."""
    name = panel.parameter("document")
    if not name:
        _list()
        return
    document = panel.ask(library.document, name)
    if document is None:
        st.title("Documents")
        st.warning(plain(f"The store has no document “{name}”."))
        _all_documents()
        return
    _reader(document)


def _all_documents() -> None:
    markup.show(link("document", panel.link_params(), "All documents", style="link"), "all_documents", panel.go)


def _list() -> None:
    """List the documents with their sizes and their events that fit the filters."""
    chosen = panel.current()
    st.title("Documents")
    everything = panel.ask(library.how_many, Filters())
    markup.show(link("read", panel.link_params(), "Read your own files or text", style="link"), "to_read", panel.go)
    _failures()
    if not everything:
        st.info("The store holds no documents.", icon=":material/inbox:")
        return
    title = _title_search()
    sort, descending = _order()
    first = panel.ask(library.documents, chosen, title, sort, descending, ROWS, 0)
    total = int(first["everything"].iloc[0]) if len(first) else 0
    if not total:
        _none(everything, title)
        return
    of = f" of {everything:,}" if total < everything else ""
    which = " with events that fit the filters" if chosen.any else ""
    noun = "document" if total == 1 and not of else "documents"
    st.caption(f"{total:,}{of} {noun}{which}. Choose a heading to sort, a title to read.")
    at = paging.page(panel.PAGE, total, ROWS)
    rows = panel.ask(library.documents, chosen, title, sort, descending, ROWS, at.before)
    which = "name" if sort == "name" else "title"
    both = node("span", _heading("title", sort, descending), ", ", _heading("name", sort, descending))
    head = [tables.Column(both if key == which else _heading(key, sort, descending), key in NUMBERS,
                          ("descending" if descending else "ascending") if key == sort else "",
                          "wide" if key == which else "spare" if key in _SPARE else "")
            for key in (which, *list(HEADINGS)[2:])]
    body = [_row(row, chosen) for row in rows.to_dict("records")]
    label = f"{wording.count(total, 'document')} with their sizes"
    markup.show(tables.table(head, body, label), "documents_table", panel.go)
    paging.links(at)


def _failures() -> None:
    """Tell what could not be read, if anything, with the reasons."""
    if rows := panel.ask(library.failures, provenance.MOST_FAILURES):
        markup.show(provenance.failures(rows, int(rows[0]["everything"])), "failures")


def _none(everything: int, title: str) -> None:
    """Say why no document is listed, and offer the way out."""
    said = [f"has “{title}” in a title"] * bool(title)
    said += ["tells an event that fits the filters"] * panel.current().any
    st.info(plain(f"None of the {wording.count(everything, 'document')} {' and '.join(said)}."),
            icon=":material/filter_alt:")
    if panel.current().any:
        widgets.ways_out(panel.current(), lambda opened: int(panel.ask(library.how_many, opened, title)), "document")


def _title_search() -> str:
    """Draw the search by title; its words are in the address."""
    key, wanted = "title_search", panel.parameter(TITLE).strip()

    def asked(words: str) -> None:
        panel.set_parameter(panel.PAGE, "")
        panel.set_parameter(TITLE, words.strip())

    taken = fields.held(key, wanted, asked)
    st.text_input("Search titles and names of documents", key=key, on_change=taken, type="search", max_chars=200,
                  placeholder="Search titles and names of documents", width=420, label_visibility="collapsed",
                  icon=":material/search:")
    return wanted


def _order() -> tuple[str, bool]:
    asked = panel.parameter(SORT)
    name = asked.removeprefix("-")
    return (name, asked.startswith("-")) if name in HEADINGS else ("name", False)


def _heading(name: str, sort: str, descending: bool) -> Node:
    down = not descending if name == sort else name in (*NUMBERS, "written", "dates")
    arrow = (" ↓" if descending else " ↑") if name == sort else ""
    asked = f"-{name}" if down else name
    params = panel.here(**{SORT: "" if asked == "name" else asked, panel.PAGE: ""})
    return link("document", params, HEADINGS[name] + arrow)


def _row(row: dict[str, Any], chosen: Filters) -> list[tables.Cell]:
    known = {key: value for key, value in row.items() if isinstance(value, str)}
    number = f"{row['events']:,}"
    written = _span(known.get("written_first"), known.get("written_last"))
    # Where the articles have dates, that of publication stands in the reader, with whoever told it.
    about = ("publisher",) if written else ("publisher", "published")
    published = ", ".join(known[key] for key in about if key in known)
    under: list[tables.Cell] = [" ", node("span", published, style="faint below")] if published else []
    return [
        node("span", link("document", panel.link_params(document=row["document"]), known.get("title", row["document"])),
             *([node("div", row["document"], style="faint")] if "title" in known else [])),
        node("span", written or "not known", *under), f"{row['words']:,}",
        f"{row['articles']:,}", panel.to_events(number, told_in(chosen, row["document"])) if row["events"] else number,
        _span(known.get("date_first"), known.get("date_last")) or "–",
    ]


def _span(first: str | None, last: str | None) -> Node | None:
    """Write from one date to another, broken between them only."""
    words = [f"{part} –" for part in wording.span(first, last).split(" – ")]
    return node("span", *_lines([*words[:-1], words[-1].removesuffix(" –")])) if first and last else None


def _lines(words: list[str]) -> list[Node | str]:
    return [part for one in words for part in (node("span", one, style="nowrap"), " ")][:-1]


def _reader(document: dict[str, Any]) -> None:
    """Draw a document, or the part of it in view, with its events and dates beside it."""
    view, cut = view_of(document)
    _all_documents()
    only = view.articles[0] if len(view.articles) == 1 else {"title": None, "date": None, "date_basis": None}
    title = document["title"] or only["title"] or document["document"]
    st.title(plain(title))
    about = [document["document"] if title != document["document"] else "", document["publisher"],
             wording.count(int(document["words"]), "word"),
             wording.count(len(view.articles), "article") if len(view.articles) != 1 else "",
             wording.created(only["date"] or "", only["date_basis"] or "") if len(view.articles) == 1 else ""]
    told = panel.to_events(wording.count(len({row["id"] for row in view.passages}), "event"),
                           Filters(documents=(view.document,)), style="link")
    leads.said("about", " · ".join(filter(None, about)), " · ", told)
    markup.show(provenance.provenance(document), "provenance")
    beside(view, cut)


def beside(view: View, cut: Sequence[tuple[int, int]]) -> None:
    """Draw the text of a document, or the part of it in view, and its events and dates beside it."""
    if len(view.articles) > 1:
        markup.show(reader.contents(view), "contents", panel.go)
    _date_switch()
    if len(cut) > 1:
        markup.show(reader.ways(view, cut), "parts", panel.go)
    text_column, list_column = st.columns([3, 2], gap="medium")
    with text_column:
        markup.show(reader.reader(view), "reader", panel.go)
        if len(cut) > 1:
            markup.show(reader.ways(view, cut), "parts_below", panel.go)
        st.caption("Marked: what proves an event. Dotted lines: dates. Choose one, with the mouse or with Tab and "
                   "Enter, to find it in the list; an entry of the list leads back to the text.")
        if view.is_of_store and panel.desk().editor is not None:
            markup.show(node("p", node("span", "Select a passage to add an event that was missed, or "), link(
                "add", panel.link_params(document=view.document), "paste its sentence", style="link")), "add", panel.go)
    with list_column:
        markup.show(reader.margin(view), "passages", panel.go)


def view_of(
    document: dict[str, Any], ask: Callable[..., Any] = panel.ask, page: str = reader.OF_STORE
) -> tuple[View, list[tuple[int, int]]]:
    """Return what of a document the address asks for, and the parts into which it is cut.

    `ask` puts a question to the archive that holds it; `page` is the one that shows it.
    """
    name, text = document["document"], document["text"]
    articles = ask(library.articles, name)
    passages = ask(library.passages, name).to_dict("records")
    asked_event, rank = panel.parameter("event"), panel.parameter("passage")
    event = ask(events.known_as, asked_event) if asked_event else ""
    own = [row for row in passages if row["id"] == event]
    at = next((row["start"] for row in own if str(row["rank"]) == rank), own[0]["start"] if own else 0)
    found, hit = reader.hits(text, words(panel.parameter(header.FIND)))
    at = hit if hit >= 0 and not own else at
    cut = reader.parts(text, articles)
    number = reader.part_at(cut, at)
    article, piece = panel.parameter("article"), panel.parameter("piece")
    asked_for = next((row for row in articles if str(row["article"] + 1) == article), None)
    if not own and asked_for:
        number = reader.part_at(cut, asked_for["start"])
    elif not own and (piece or hit < 0):
        number = paging.page("piece", len(cut), 1).before if piece else 0
    first, last = cut[number]
    asked = "" if own else article
    dates = ask(library.dates, name) if panel.parameter(DATES) != "off" else []
    others = ask(library.elsewhere, name)
    return View(name, text, articles, passages, dates, others, first, last, event, rank, asked, found, hit, page), cut


def _date_switch() -> None:
    """Offer to leave out the marks of dates; the choice is in the address."""
    key, shown = "mark_dates", panel.parameter(DATES) != "off"
    turned = fields.held(key, shown, lambda wanted: panel.set_parameter(DATES, "" if wanted else "off"))
    st.toggle("Mark dates", key=key, on_change=turned)
