"""The history of the record: who decided what, when and why, with what stood before and after; all can be undone."""

from __future__ import annotations

import streamlit as st

from dashboard import markup, paging, panel, review, wording
from dashboard.escaping import plain
from dashboard.markup import Node, link, node
from extract.corrections import REASON_AT_MOST, Correction, active
from extract.record import Event

OF = "of"
ROWS = 20
_DONE = {"confirm": "Confirmed", "reject": "Rejected", "edit": "Edited", "merge": "Merged", "split": "Split",
         "add": "Added"}


def draw() -> None:
    """Draw the page."""
    st.title("History")
    review.said()
    desk = panel.desk()
    entries = desk.journal.known
    own = panel.parameter(OF)
    shown = [one for one in reversed(entries) if not own or own in one.events]
    if own:
        markup.show(node("p", node("span", "Only what was decided about one event. "),
                         link("history", panel.link_params(), "All decisions", style="link")), "all_history", panel.go)
    if not shown and desk.fault:
        return
    if not shown:
        what = f"Nothing was decided about an event of the id “{own}”." if own else \
            "Nobody has corrected anything yet. Open an event to confirm, correct or reject it."
        st.info(plain(what), icon=":material/history:")
        return
    st.caption(f"{wording.count(len(shown), 'decision')}, the newest first. The extraction itself is never changed: "
               "what is undone stands as it was.")
    if desk.editor is not None:
        review.reviewer()
        st.text_input("Why it is undone", key="undo_reason", max_chars=REASON_AT_MOST)
    standing = {one.number for one in active(entries)}
    at = paging.page(panel.PAGE, len(shown), ROWS)
    for entry in shown[at.before : at.last]:
        _entry(entry, entry.number in standing, desk.editor is not None)
    paging.links(at)


def _entry(entry: Correction, stands: bool, may: bool) -> None:
    with st.container(border=True, key=f"entry_{entry.number}"):
        markup.show(_told(entry, stands), f"told_{entry.number}", panel.go)
        if may and stands:
            st.button(f"Undo number {entry.number}", key=f"undo_{entry.number}", on_click=review.undo, args=(entry,),
                      icon=":material/undo:")


def _told(entry: Correction, stands: bool) -> Node:
    done = f"Undid number {entry.undoes}" if entry.undoes else _DONE[entry.action]
    head = node("p", node("span", f"{entry.number}. {done}", style="strong"),
                f" by {entry.author}, {review.moment(entry.made)}", *([] if stands else [node("span", " · undone")]))
    lines: list[Node | str] = [head]
    if entry.reason:
        lines.append(node("p", f"“{entry.reason}”", dir="auto"))
    if entry.action == "edit":
        lines += [_event(entry.after[0]), review.changes(entry.before[0], entry.after[0], "before", "after")]
    elif entry.undoes is None:
        lines += [_event(one) for one in {one.id: one for one in (*entry.before, *entry.after)}.values()]
    return node("div", *lines)


def _event(event: Event) -> Node:
    about = f" · {wording.short_date(event.date)} · {wording.count(len(event.sources), 'passage')}"
    return node("p", link("event", panel.link_params(event=event.id), event.title, style="link"),
                node("span", about, style="faint"))
