"""The sources of an event as a tree: each quote within its document, by document where several tell the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import panel, wording
from dashboard.markup import Node, fold, link, node
from dashboard.records import segments, unwrap

_OPEN, _OPEN_EACH = 4, 2
Sources = Sequence[Mapping[str, Any]]


def evidence(identifier: str, sources: Sources) -> Node:
    """Return the quotes of an event by document; what several documents tell stands side by side."""
    by_document: dict[str, list[Mapping[str, Any]]] = {}
    for source in sources:
        by_document.setdefault(source["document"], []).append(source)
    opened = _OPEN if len(by_document) < 2 else _OPEN_EACH
    return node("section", *(_column(identifier, told, opened) for told in by_document.values()), style="columns")


def _column(identifier: str, sources: Sources, opened: int) -> Node:
    first = sources[0]
    params = panel.link_params(document=first["document"], event=identifier)
    title = first["document_title"] or first["article_title"] or first["document"]
    about = [first["publisher"], first["document"] if title != first["document"] else "",
             wording.count(len(sources), "passage")]
    return node(
        "section", node("h3", link("document", params, title, style="link")),
        node("p", " · ".join(filter(None, about)), style="faint"), *_some(identifier, sources, opened, title),
        style="column",
    )


def _some(identifier: str, sources: Sources, opened: int, heading: str) -> list[Node]:
    """Return the first sources and the others folded; one alone is not worth a fold."""
    shown = len(sources) if len(sources) <= opened + 1 else opened
    drawn = [_source(identifier, source, heading) for source in sources]
    rest = [fold(f"{wording.count(len(drawn) - shown, 'more passage')}", *drawn[shown:])] if shown < len(drawn) else []
    return [*drawn[:shown], *rest]


def _source(identifier: str, source: Mapping[str, Any], heading: str) -> Node:
    """Return a quote with the way to its document, its article, when that was written, and what found the quote."""
    params = panel.link_params(document=source["document"], event=identifier, passage=str(source["rank"]))
    title = source["article_title"] or ""
    created = wording.created(source["article_date"] or "", source["article_basis"] or "")
    found = wording.finder(source["rule"] or "")
    return node(
        "article", _quote(source),
        node(
            "footer", link("document", params, "Read in the document", style="link"),
            *([node("span", title, style="from")] if title and title != heading else []),
            node("span", created, style="from"),
            *([node("span", f"Found {found}", style="from") | {"title": source["rule"]}] if found else []),
        ),
        style="source",
    )


def _quote(source: Mapping[str, Any]) -> Node:
    """Return the quote, marked, within what stands around it; dates carry what they were resolved to."""
    before, after = _context(source)
    text = unwrap(before + source["quote"] + after)
    first = source["start"] - len(before)
    dates = source["dates"]
    quote = (len(before), len(before) + len(source["quote"]))
    spans = [quote, *((one["start"] - first, one["end"] - first) for one in dates)]
    parts: dict[str, list[Node | str]] = {"before": [], "quote": [], "after": []}
    at = 0
    for piece, numbers in segments(text, spans):
        told = [dates[number - 1] for number in numbers if number]
        side = "quote" if 0 in numbers else "before" if at < quote[0] else "after"
        parts[side].append(dated(piece, told[0]["value"]) if told else piece)
        at += len(piece)
    opening = [] if source["at_start"] else ["… "]
    closing = [] if source["at_end"] else [" …"]
    return node("blockquote", node("span", *opening, *parts["before"], style="context"),
                node("mark", *parts["quote"]), node("span", *parts["after"], *closing, style="context"))


def _context(source: Mapping[str, Any]) -> tuple[str, str]:
    """Return what stands before and after a quote, cut between words."""
    before, after = source["before"] or "", source["after"] or ""
    if not source["at_start"]:
        before = before.partition(" ")[2] if " " in before else before
    if not source["at_end"]:
        after = after.rpartition(" ")[0] if " " in after else after
    return before, after


def dated(text: str, value: str) -> Node:
    """Return a time expression with what it was resolved to."""
    return node("span", text, style="date") | {"title": resolved(value)}


def resolved(value: str) -> str:
    """Say what a time expression was resolved to."""
    return f"Read as {wording.date(value)} ({value})"
