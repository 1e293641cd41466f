"""What the record says of one event, as a tree: its facts, how to cite it, and what stands before and after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import geography, panel, records, wording
from dashboard.filters import EMPTY, PRECISIONS, Filters
from dashboard.markup import Node, address, copier, link, node
from extract.model import TAKES_PART

_TITLE_AT_MOST = 90


def facts(event: Mapping[str, Any], decided: str = "") -> Node:
    """Return all that the record says of an event, but for its sources. `decided` says what an analyst made of it."""
    name = [event["place"], geography.name(event["place_country"]) if event["place_country"] else ""]
    place = list(dict.fromkeys(filter(None, name)))
    known: list[tuple[str, list[Node | str]]] = [
        ("Date", _date(event)),
        ("Countries", [*map(_country, _by_part(event["parts"]))] or ["none takes part"]),
        ("People", [_person(actor) for actor in event["actors"]] or ["none named"]),
        ("Organisations", [
            node("div", panel.to_events(body, Filters(organizations=(body,)), style="link"))
            for body in event["organizations"]
        ]),
        ("Place", [", ".join(place) or "not stated"]),
        ("Confidence", _confidence(event["confidence"])),
    ]
    rows = [part for name, values in known if values for part in (node("dt", name), node("dd", *values))]
    return node("section", node("h1", event["title"]), _badges(event, decided), node("dl", *rows, style="facts"))


def _badges(event: Mapping[str, Any], decided: str) -> Node:
    form = wording.subtype(event["kind"], event["subtype"])
    kind = node("span", records.kind_mark(event["kind"]), form, style="badge")
    status = node("span", wording.STATUSES[event["status"]].capitalize(),
                  style="badge" if event["status"] == "occurred" else "badge warn")
    salience = node("span", wording.SALIENCES[event["salience"]].capitalize(), style="badge")
    said = "From a table made by hand" if event.get("by_hand") else "Extracted by machine"
    machine = link("method", panel.link_params(), said, style="badge method")
    if decided:
        machine = link("history", panel.link_params(of=event["id"]), decided, style="badge method")
    return node("div", kind, status, salience, machine, style="badges")


def _date(event: Mapping[str, Any]) -> list[Node | str]:
    """Say the date in words and in EDTF, how well it is known, and what it rests on."""
    basis = f"; it rests on this: {event['date_basis']}." if event["date_basis"] else "."
    return [wording.date(event["date"]), node("span", event["date"], style="code") | {"title": "EDTF"},
            node("div", f"{wording.KNOWN[event['date_precision']]}{basis}", style="faint")]


def _by_part(parts: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(parts, key=lambda one: (one["part"] == TAKES_PART, one["part"], geography.name(one["country"])))


def _country(one: Mapping[str, Any]) -> Node:
    code, part = one["country"], one["part"]
    then = f"as {one['called']}" if one.get("called") else ""
    said = ", ".join(filter(None, ("" if part == TAKES_PART else part, then)))
    return node("div", link("country", panel.link_params(country=code), geography.name(code), style="link"),
                node("span", code, style="code"), *([node("span", said, style="part")] if said else []))


def _person(actor: Mapping[str, Any]) -> Node:
    said = [actor["role"] or "", geography.name(actor["country"]) if actor["country"] else ""]
    return node("div", link("person", panel.link_params(name=actor["name"]), actor["name"], style="link"),
                node("span", ", ".join(filter(None, said)), style="faint aside"))


def _confidence(value: float | None) -> list[Node | str]:
    method = link("method", panel.link_params(), "How it is measured", style="link")
    if value is None:
        return ["not measured", node("div", node("span", "It was found by rules alone.", style="faint"), " ", method)]
    high, meaning = wording.confidence(value)
    return [high, node("div", node("span", meaning, style="faint"), " ", method)]


def citation(event: Mapping[str, Any], sources: Sequence[Mapping[str, Any]]) -> Node:
    """Return how to cite an event, its identifier and its permanent address, each to copy."""
    params: panel.Params = {"event": event["id"]}
    said = cited(event, sources)
    return node(
        "div", node("p", said, " ", address("event", params), style="cited"),
        node("div", copier("Copy citation", f"{said} ", "event", params), copier("Copy permalink", "", "event", params),
             node("span", "Identifier ", node("span", event["id"], style="code"), style="faint"), style="row-of"),
        style="citation",
    )


def cited(event: Mapping[str, Any], sources: Sequence[Mapping[str, Any]]) -> str:
    """Return the line that cites an event, without its address."""
    said = [f"“{event['title']}”, {wording.date(event['date'])} [{event['date']}]."]
    if sources:
        first = sources[0]
        title = " ".join((first["article_title"] or first["document_title"] or "").split())
        cut = title if len(title) <= _TITLE_AT_MOST else f"{title[:_TITLE_AT_MOST].rpartition(' ')[0]} …"
        others = len({source["document"] for source in sources}) - 1
        document = [f"“{cut}”" if title else "", first["publisher"], first["document"],
                    f"characters {first['start']}–{first['end']}"]
        more = f" and {wording.count(others, 'other document')}" if others else ""
        said.append(f"Source: {', '.join(filter(None, document))}{more}.")
    said.append(f"Extracted by machine with Readout, event {event['id']}.")
    return " ".join(said)


def surroundings(around: pd.DataFrame, identifier: str, chosen: Filters) -> Node:
    """Return the events before and after one, it among them, with the way to all that `chosen` fits."""
    entries = [
        node("li", records.event_line(row, link("event", panel.link_params(event=row["id"])), row["id"] == identifier))
        for row in around.to_dict("records")
    ]
    total = int(around["everything"].iloc[0])
    dated = replace(chosen, precisions=tuple(one for one in PRECISIONS if one != "unknown"))
    more = panel.to_events(f"All {total:,} dated events {common(chosen)}", dated, style="link")
    both = [link("pair", panel.params_of(EMPTY, a=chosen.countries[0], b=chosen.countries[1]), "The pair’s page",
                 style="link")] if len(chosen.countries) == 2 else []
    return node("div", node("ol", *entries, style="events short"), node("div", more, *both, style="row-of more"))


def common(chosen: Filters) -> str:
    """Say which countries the events around one have in common: "of Malta", "of both Malta and Norway"."""
    names = [geography.name(code) for code in chosen.countries]
    return f"of {wording.listed(names, 'and')}" if len(names) < 2 else f"common to {wording.listed(names, 'and')}"
