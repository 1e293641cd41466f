"""People as rows of tables: their names with state and capacity, and how often two of them met."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard import geography, panel, records, tables, widgets
from dashboard.filters import Filters
from dashboard.markup import Node, link, node
from dashboard.query import people
from dashboard.query.person import UNSTATED
from dashboard.tables import Cell, Column

SAME = "same"
ROLES_SHOWN = 2
NUMBERS = {"met": "Met", "meeting": "Meetings", "visit": "Visits", "other": "Planned, off"}


def person(name: str, roles: Any, under: str = "") -> Node:
    """Return a person's name, leading to their page, over the capacities as written."""
    said = list({str(role).casefold(): str(role) for role in reversed(listed(roles))}.values())[::-1]
    more = f" and {len(said) - ROLES_SHOWN} more" if len(said) > ROLES_SHOWN else ""
    capacity = "; ".join(said[:ROLES_SHOWN]) + more or under or "no capacity stated"
    return node("span", widgets.person_link(name), node("span", capacity, style="faint below"))


def states(codes: Any, acts: Any = None, unstated: int = 0, name: str = "") -> Node:
    """Return the codes of the states for which the person `name` acts, one a line; with how often, where there are
    several.

    How often leads to the events in which the person acts for that state.
    """

    def often(number: int, code: str, label: str) -> Node:
        return link("person", panel.link_params(**{"name": name, "for": code}), f"{number:,}", style="count") | {
            "label": label, "tip": True}

    found = listed(codes)
    counts = listed(acts) if len(found) + bool(unstated) > 1 else []
    if not found:
        return node("span", "–", label="no country stated", tip=True)
    shown: list[Cell] = []
    for number, code in enumerate(found):
        times: list[Cell] = []
        if counts:
            times = [" ", often(int(counts[number]), str(code), f"events for {geography.name(str(code))}")]
        shown += [" "] * bool(shown) + [node("span", widgets.country_code(str(code)), *times, style="below nowrap")]
    if counts and unstated:
        label = f"{unstated:,} of the events do not tell for which country"
        shown += [" ", node("span", "no country ", often(unstated, UNSTATED, label), style="faint below")]
    return node("span", *shown)


def listed(values: Any) -> list[Any]:
    """Return what a cell of a frame holds as a list; nothing for what is missing."""
    return list(values) if isinstance(values, Sequence) or hasattr(values, "tolist") else []


def whole(number: Any) -> int:
    """Return the number of a cell; what is missing counts as none."""
    return 0 if number is None or (isinstance(number, float) and math.isnan(number)) else int(number)


def met(row: Mapping[str, Any], most: int, chosen: Filters) -> list[Cell]:
    """Return the cells on how often two people met: in all, at meetings, on visits, and what did not come about.

    `chosen` fits all the events of both.
    """
    label = f"{row['a']} and {row['b']}"
    targets = {
        "met": people.meeting(chosen), "meeting": people.meeting(chosen, "meeting"),
        "visit": people.meeting(chosen, "visit"), "other": people.unmet(chosen),
    }
    cells: list[Cell] = []
    for name, target in targets.items():
        number = whole(row[name])
        shown: Cell = "–"
        if number and target:
            shown = panel.to_events(f"{number:,}", target, f"{label}: {number:,}, {NUMBERS[name].lower()}")
        cells.append(tables.bar(shown, number / max(most, 1)) if name == "met" else shown)
    return [*cells, records.when(row["last"])]


def met_columns(heading: Callable[[str, str, bool], Column]) -> list[Column]:
    """Return the columns of `met`; `heading` makes one of its name in the query, its words, and whether it counts."""
    numbers = [heading(name, words, True) for name, words in NUMBERS.items()]
    # On a phone the sum and the last time are enough.
    return [numbers[0], *(replace(one, style="spare") for one in numbers[1:]), heading("last", "Last met", False)]


def compatriots() -> bool:
    """Tell whether the address asks for pairs of people of one state too."""
    return panel.parameter(SAME) == "1"


def compatriots_link() -> Node:
    """Return the sentence on pairs of one state, with the way to the other choice."""
    if compatriots():
        said, change, words = "Pairs that act for one state are counted too.", "", "Leave them out"
    else:
        said, change, words = "Pairs that always act for one and the same state are left out.", "1", "Show them too"
    return node("p", node("span", f"{said} "), link(panel.view(), panel.here(**{SAME: change}), words, style="link"),
                style="faint")

