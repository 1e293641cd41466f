"""Lists that are shown a part at a time: the number of the part is in the address, and below the list are links to the
others."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import markup, panel
from dashboard.markup import Node, link, node

# So many parts before and after the one at hand can be chosen, besides the first and the last.
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a list that is shown: its `number` of `pages`, from 1; of `total` entries at most `size` stand on it,
    and `parameter` of the address says which it is."""

    parameter: str
    number: int
    pages: int
    total: int
    size: int

    @property
    def before(self) -> int:
        """How many entries come before this part."""
        return (self.number - 1) * self.size

    @property
    def last(self) -> int:
        """The number of its last entry, counted from 1."""
        return min(self.number * self.size, self.total)


def page(parameter: str, total: int, size: int) -> Page:
    """Return the part of a list of `total` entries that the address asks for; the nearest where there is no such."""
    pages, asked = max(-(-total // size), 1), panel.parameter(parameter)
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 9 else 1
    return Page(parameter, number, pages, total, size)


def links(at: Page) -> None:
    """Draw the way to the other parts of a list, where there are any."""
    if at.pages < 2:
        return

    def to(number: int, shown: str, label: str) -> Node:
        params = panel.here(**{at.parameter: str(number) if number > 1 else ""})
        here = number == at.number
        return link(panel.view(), params, shown, style="page here" if here else "page") | {
            "label": label, **({"current": True} if here else {})}

    shown = sorted({1, at.pages, *range(max(at.number - _BESIDE, 1), min(at.number + _BESIDE, at.pages) + 1)})
    entries: list[Node] = [to(at.number - 1, "‹", "The page before")] if at.number > 1 else []
    for before, number in zip([0, *shown], shown, strict=False):
        entries += [node("span", "…", style="faint")] if number > before + 1 else []
        entries.append(to(number, f"{number:,}", f"Page {number:,} of {at.pages:,}"))
    entries += [to(at.number + 1, "›", "The page after")] if at.number < at.pages else []
    markup.show(node("nav", *entries, style="pages") | {"label": "Pages of this list"}, f"pagination_{at.parameter}",
                panel.go)
