"""The one place where text of documents reaches the page as elements: a tree of nodes, built in the browser with
`textContent` alone. There is no way through it for HTML, Markdown, scripts, styles or addresses of other hosts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

TAGS = frozenset(
    ("article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "footer", "h1", "h2", "h3", "li",
     "mark", "nav", "ol", "p", "section", "span", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul")
)
Node = dict[str, Any]
_HERE = Path(__file__).parent
_STYLES = {name: (_HERE / f"{name}.css").read_text(encoding="utf-8") for name in ("markup", "page")}
# A component's code is sent with each of its elements. One element brings it, always the same, so that it is sent once;
# all others ask that one.
_CODE = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("policy.js", "markup.js"))
_bringer = st.components.v2.component("readout_code", js=_CODE)
_component = st.components.v2.component("readout_markup", js="""
export default function (mounted) {
  if (window.readout) return window.readout(mounted);
  window.addEventListener("readout", () => window.readout(mounted), { once: true });
}
""")


def node(tag: str, *children: Node | str, style: str = "", **extra: Any) -> Node:
    """Return an element for `show`. `style` names a class of markup.css; strings become text, whatever they contain.

    Raises ValueError for a tag that is not among `TAGS`.
    """
    if tag not in TAGS:
        raise ValueError(f"not a tag of this tree: {tag!r}")
    return {"tag": tag, "style": style, "children": list(children)} | extra


def link(view: str, params: Mapping[str, str | list[str]], *children: Node | str, style: str = "") -> Node:
    """Return a link to another page of the dashboard; `view` is its name, `params` what its address carries.

    A click switches the page without a reload; the address, which the browser makes of both, can be copied and opened
    as any link can.
    """
    return {"tag": "a", "style": style, "children": list(children), "open": {"view": view, "params": dict(params)}}


def href(view: str, params: Mapping[str, str | list[str]]) -> str:
    """Return the address of a page of the dashboard, as it stands after that of the dashboard itself."""
    return f"?{urlencode({'view': view} | dict(params), doseq=True)}"


def leading(element: Node, desk: str, entry: str) -> Node:
    """Return the element so that it also leads to what carries `entry` in the tree of the name `desk`: that one is
    scrolled to and focused."""
    return element | {"pick": {"desk": desk, "entry": entry}}


def copier(label: str, text: str, view: str, params: Mapping[str, str | list[str]]) -> Node:
    """Return a button that copies `text` and after it the whole address of a page of the dashboard."""
    return {"tag": "copy", "style": "", "children": [label], "text": text, "href": href(view, params)}


def address(view: str, params: Mapping[str, str | list[str]]) -> Node:
    """Return the whole address of a page of the dashboard as text, as the browser at hand knows it."""
    return {"tag": "address", "style": "address", "children": [], "href": href(view, params)}


def fold(label: str, *children: Node | str, opened: bool = False) -> Node:
    """Return a part that shows its label alone until it is opened."""
    return node("details", node("summary", label), *children, style="fold") | ({"opened": True} if opened else {})


def near(to: Mapping[str, str | list[str]], *children: Node | str, style: str = "") -> Node:
    """Return a link to another place of the page that the tree's `base` names; `to` are the parameters that differ.

    Of many such links each says no more than what is its own.
    """
    return {"tag": "a", "style": style, "children": list(children), "to": dict(to)}


def base(tree: Node, view: str, params: Mapping[str, str | list[str]]) -> Node:
    """Return the tree with the page to which its near links belong."""
    return tree | {"base": {"view": view, "params": dict(params)}}


def words(tree: Node | str) -> str:
    """Return the text of a tree, as a reader without the page would get it."""
    if isinstance(tree, str):
        return tree
    return " ".join(filter(None, (words(child) for child in tree["children"])))


def bring(tree: Node, key: str) -> None:
    """Draw a tree that never changes, and bring the code that draws all others; once on each page."""
    _bringer(key=key, data={"styles": _STYLES, "tree": tree})


def dress() -> None:
    """Give the styles of the page to one that has no head, such as what stands there before there is a store."""
    bring(node("div"), "dress")


def show(tree: Node, key: str, on_open: Callable[[str, dict[str, Any]], None] | None = None) -> None:
    """Draw the tree. A click on one of its links calls `on_open` with the page's name and parameters."""

    def opened() -> None:
        target = st.session_state[key].open
        if target and on_open:
            on_open(str(target["view"]), dict(target["params"]))

    _component(key=key, data=tree, on_open_change=opened)
