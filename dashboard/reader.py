"""The reader: a document's text with its articles, dates and events marked, and the list of them beside it.

A mark in the text and its entry in the list lead to each other: both carry the same name, an event its identifier, a
date "t" and where it begins, an article "a" and its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from unicodedata import normalize

from dashboard import panel, wording
from dashboard.evidence import resolved
from dashboard.markup import Node, base, fold, leading, link, near, node
from dashboard.records import event_line, segments, unwrap

# What is drawn at once; a longer document is shown in parts, cut between articles or else between lines.
PART_AT_MOST = 60_000
TEXT, LIST = "text", "list"
OF_STORE = "document"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """What of a document is in view: its text, what is marked in it, the part from `first` to `last`, the event and
    passage that stand out, or the number of the article `asked` for. `elsewhere` are the documents that tell an event
    of this one too, `hits` the words looked for, that at `hit` the first to be seen. `page` is the one that shows it:
    on another than that of the store's documents nothing leads to the pages of its events.
    """

    document: str
    text: str
    articles: Sequence[Row]
    passages: Sequence[Row]
    dates: Sequence[Row]
    elsewhere: Sequence[Row]
    first: int
    last: int
    event: str = ""
    rank: str = ""
    asked: str = ""
    hits: Sequence[Row] = ()
    hit: int = -1
    page: str = OF_STORE

    @property
    def is_of_store(self) -> bool:
        """Tell whether the document is one of the store."""
        return self.page == OF_STORE

    def inside(self, rows: Sequence[Row]) -> list[Row]:
        """Return those of the rows that have something in the part in view."""
        return [row for row in rows if row["start"] < self.last and row["end"] > self.first]

    def params(self, **extra: str) -> panel.Params:
        """Return the parameters of a link to another place of this document."""
        kept = {key: panel.parameter(key) for key in ("dates", "find")} | {"document": self.document}
        return panel.link_params(**(kept | extra))


def parts(text: str, articles: Sequence[Row], most: int = PART_AT_MOST) -> list[tuple[int, int]]:
    """Cut a text into parts of at most `most` characters: between articles where that can be, else between lines."""
    starts = [row["start"] for row in articles[1:]]
    cuts = [0]
    while len(text) - cuts[-1] > most:
        begin, limit = cuts[-1], cuts[-1] + most
        between = max((start for start in starts if begin < start <= limit), default=0)
        line = text.rfind("\n", begin + 1, limit) + 1
        cuts.append(between or line or limit)
    return list(pairwise([*cuts, len(text)])) or [(0, len(text))]


def part_at(cut: Sequence[tuple[int, int]], offset: int) -> int:
    """Return the number (from 0) of the part in which a character lies."""
    return next((number for number, (_, end) in enumerate(cut) if offset < end), len(cut) - 1)


def hits(text: str, words: Sequence[str]) -> tuple[list[Row], int]:
    """Find words in a text, case and accents aside: rows of `start` and `end` in order, and the `start` of the shortest
    stretch that has them all (-1 where one is missing).
    """
    folded, rows = _folded(text), []
    wanted = {_folded(word) for word in words if word}
    for word in wanted:
        at = folded.find(word)
        while at >= 0:
            rows.append((at, at + len(word), word))
            at = folded.find(word, at + len(word))
    rows.sort()
    last: dict[str, int] = {}
    best, shortest = -1, len(text) + 1
    for start, end, word in rows:
        last[word] = start
        if len(last) == len(wanted) and end - min(last.values()) < shortest:
            best, shortest = min(last.values()), end - min(last.values())
    return [{"start": start, "end": end, "word": word} for start, end, word in rows], best


def _folded(text: str) -> str:
    """Return a text of the same length in small letters without accents."""
    if text.isascii():
        return text.lower()
    return "".join(normalize("NFD", one)[0].lower()[0] for one in text)


def reader(view: View) -> Node:
    """Return the text in view with its marks; the passages of the chosen event stand out, and are scrolled to."""
    text = unwrap(view.text)
    articles = view.inside(view.articles) if len(view.articles) > 1 else []
    edges = sorted({view.first, view.last, *(row["start"] for row in articles if row["start"] > view.first)})
    heads = {row["start"]: row for row in articles}
    pieces: list[Node | str] = []
    marks = _Marks(view)
    for start, end in pairwise(edges):
        if start in heads:
            pieces.append(boundary(heads[start], view.asked == _name(heads[start])))
        pieces += marks.pieces(text, start, end)
    tree = node("div", *pieces, style="reader") | {"label": "Text of the document", "focus": True}
    if view.is_of_store and panel.desk().editor is not None:
        tree |= {"select": {"view": "add", "params": panel.link_params(document=view.document), "from": view.first,
                            "words": "Add an event from this passage"}}
    return base(tree, view.page, view.params()) | {"desk": TEXT, "keep": f"{view.document}|{view.first}"}


def _name(article: Row) -> str:
    return str(article["article"] + 1)


def boundary(article: Row, anchor: bool = False) -> Node:
    """Return the line above an article: its number, and when it was written with what tells it."""
    said = wording.created(article["date"] or "", article["date_basis"] or "")
    line = node("div", node("span", f"Article {_name(article)}", style="number-of"), node("span", said, style="faint"),
                style="boundary", entry=f"a{_name(article)}")
    return leading(line, LIST, f"a{_name(article)}") | {"anchor": anchor}


class _Marks:
    """Builds the pieces of a text: passages that prove events, and time expressions."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.passages, self.dates = view.inside(view.passages), view.inside(view.dates)
        self.hits = view.inside(view.hits)
        self.anchored = False

    def pieces(self, text: str, start: int, end: int) -> list[Node | str]:
        marks = [row for row in (*self.passages, *self.dates, *self.hits) if row["start"] < end and row["end"] > start]
        spans = [(row["start"] - start, row["end"] - start) for row in marks]
        return [
            self._piece(piece, [marks[number] for number in numbers]) if numbers else piece
            for piece, numbers in segments(text[start:end], spans)
        ]

    def _piece(self, text: str, marks: Sequence[Row]) -> Node:
        passages, dates = [row for row in marks if "id" in row], [row for row in marks if "value" in row]
        words = [row for row in marks if "word" in row]
        own = [row for row in passages if row["id"] == self.view.event]
        names = " ".join(dict.fromkeys(name for row in marks for name in _names(row)))
        if own:
            found = self._own(text, own)
        elif passages:
            found = self._other(text, passages[0], bool(dates))
        else:
            found = node("span", text)
        if dates:
            found = leading(found, LIST, f"t{dates[0]['start']}")
            found |= {"style": f"{found['style']} date".strip(), "title": resolved(dates[0]["value"])}
        if words:
            found |= {"style": f"{found['style']} hit".strip()}
            if words[0]["start"] == self.view.hit and not self.anchored:
                self.anchored, found["anchor"] = True, True
        return found | ({"entry": names} if names else {})

    def _own(self, text: str, own: Sequence[Row]) -> Node:
        rank = self.view.rank
        here = not self.anchored and (not rank or any(str(row["rank"]) == rank for row in own))
        self.anchored |= here
        return leading(node("mark", text, anchor=here), LIST, self.view.event)

    def _other(self, text: str, row: Row, is_date: bool) -> Node:
        if is_date:
            return node("span", text, style="passage")
        mark = near({"event": row["id"], "passage": str(row["rank"])}, text, style="passage")
        return leading(mark, LIST, row["id"]) | {"title": row["title"]}


def _names(row: Row) -> list[str]:
    """Return the names by which the list finds a mark."""
    if "word" in row:
        return []
    return [row["id"], f"{row['id']}.{row['rank']}"] if "id" in row else [f"t{row['start']}"]


def margin(view: View) -> Node:
    """Return the events and dates of the part in view in the order of the text, by article."""
    by_event: dict[str, list[Row]] = {}
    for row in view.inside(view.passages):
        by_event.setdefault(row["id"], []).append(row)
    entries = [(rows[0]["start"], 0, _event(view, rows)) for rows in by_event.values()]
    entries += [(row["start"], 1, _date(view, row)) for row in view.inside(view.dates)]
    entries.sort(key=lambda entry: entry[:2])
    if not entries:
        return node("p", "No event was found here." if view.passages else "No event was found in this document.",
                    style="faint") | {"desk": LIST}
    groups = []
    for article in view.inside(view.articles):
        end = min(article["end"], view.last)
        own = [entry for start, _, entry in entries if max(article["start"], view.first) <= start < end]
        if own:
            head = [_head(article, view.asked == _name(article))] if len(view.articles) > 1 else []
            groups += [*head, node("ol", *own, style="events")]
    label = "Events and dates in the text" if view.dates else "Events in the text"
    tree = node("div", *groups, style="reader narrow") | {"label": label, "focus": True}
    return base(tree, view.page, view.params()) | {"desk": LIST, "keep": f"{view.document}|{view.first}"}


def _head(article: Row, anchor: bool) -> Node:
    title = " ".join((article["title"] or article["opening"]).split())
    head = node("div", node("span", f"Article {_name(article)}", style="number-of"), node("span", title),
                style="article-head", entry=f"a{_name(article)}")
    return leading(head, TEXT, f"a{_name(article)}") | {"anchor": anchor}


def _event(view: View, rows: Sequence[Row]) -> Node:
    """Return the entry of an event: the way to its first passage, and of the one in view, to its page and passages."""
    row = rows[0]
    here = row["id"] == view.event
    wanted = next((one for one in rows if here and str(one["rank"]) == view.rank), row)
    place = near({"event": row["id"], "passage": str(wanted["rank"])})
    line = leading(event_line(row, place, here), TEXT, f"{row['id']}.{wanted['rank']}")
    also = [
        link(view.page, panel.link_params(document=one["document"], event=row["id"], passage=str(one["rank"])),
             one["document"], style="link")
        for one in view.elsewhere if one["event"] == row["id"]
    ]
    under: list[Node | str] = []
    if here and view.is_of_store:
        under.append(node("div", link("event", panel.link_params(event=row["id"]), "Open this event", style="link")))
    if len(rows) > 1:
        under.append(node("div", "Passages here: ", *_spaced([_passage(one, at) for at, one in enumerate(rows)])))
    if also:
        under.append(node("div", "Also in ", *_spaced(also)))
    style = "under here" if here else "under"
    return node("li", line | {"entry": row["id"]}, *([node("div", *under, style=style)] if under else []))


def _passage(row: Row, number: int) -> Node:
    found = near({"event": row["id"], "passage": str(row["rank"])}, str(number + 1), style="link")
    found |= {"label": f"Passage {number + 1}"}
    return leading(found, TEXT, f"{row['id']}.{row['rank']}")


def _spaced(parts: Sequence[Node]) -> list[Node | str]:
    spaced: list[Node | str] = []
    for one in parts:
        spaced += [" ", one] if spaced else [one]
    return spaced


def _date(view: View, row: Row) -> Node:
    words = " ".join(view.text[row["start"]:row["end"]].split())
    said = node("span", node("span", f"“{words}”"), node("span", wording.date(row["value"]), style="means"),
                node("span", row["value"], style="code"), style="dateline", entry=f"t{row['start']}")
    return node("li", leading(said, TEXT, f"t{row['start']}"))


def contents(view: View) -> Node:
    """Return the articles of a digest with links; those in view are marked."""
    entries = []
    for row in view.articles:
        title = " ".join((row["title"] or f"{row['opening']} …").split())
        said = [wording.short_date(row["date"]) if row["date"] else "", wording.count(int(row["events"]), "event")]
        about = node("span", " · ".join(filter(None, said)), style="meta")
        entries.append(node("li", link(
            view.page, panel.link_params(document=view.document, article=_name(row), dates=panel.parameter("dates")),
            node("span", f"{_name(row)}.", style="when"),
            node("span", node("span", title, style="title"), about),
            style="row" if row["start"] < view.last and row["end"] > view.first else "row away",
        )))
    label = f"Contents: {wording.count(len(view.articles), 'article')}"
    return fold(label, node("ol", *entries, style="events tall index"))


def ways(view: View, cut: Sequence[tuple[int, int]]) -> Node:
    """Say which part of a long document is in view, and lead to the others."""
    at = cut.index((view.first, view.last))
    numbers = [row["article"] + 1 for row in view.inside(view.articles)]
    several = len(view.articles) > 1 and numbers
    which = f"articles {numbers[0]} to {numbers[-1]} of {len(view.articles)}, " if several else ""
    said = (f"Part {at + 1} of {len(cut)}: {which}characters {view.first + 1:,} to {view.last:,} of "
            f"{len(view.text):,}. The list beside it covers this part.")
    links = [
        link(view.page, view.params(piece=str(number + 1)), label, style="link")
        for number, label in ((at - 1, "Earlier part"), (at + 1, "Later part")) if 0 <= number < len(cut)
    ]
    return node("div", node("span", said, style="faint"), *links, style="row-of")
