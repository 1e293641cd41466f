"""The desk of the analyst: what was decided about an event, and the forms to decide on it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard import access, correcting, geography, markup, panel, wording
from dashboard.escaping import plain, reason
from dashboard.markup import Node, link, node
from dashboard.query import review as questions
from dashboard.settings import load
from extract.corrections import REASON_AT_MOST, Conflict, Correction, OutOfReach, Review, differing
from extract.exports import flat
from extract.model import KINDS, PARTS, SALIENCES, STATUSES, SUBTYPES, InputError
from extract.record import Event

_LOG = logging.getLogger(__name__)
Made = Callable[[], tuple[Sequence[Event], Sequence[Event]]]
REVIEWER, SAID = "reviewer", "review_said"
WAYS = {"confirm": "Confirm", "edit": "Edit", "reject": "Reject", "merge": "Merge", "split": "Split"}
_BUTTONS = {"confirm": "Confirm this event", "edit": "Save the edit", "reject": "Reject this event",
            "merge": "Merge the two", "split": "Split this event"}
_EXPLAINED = {
    "confirm": "The event is as the quotes tell it.",
    "reject": "The quotes tell no such event. It is taken out of all pages; the history keeps it.",
    "merge": "Another event tells of the same act. Its quotes and people come to this one.",
    "split": "The quotes tell of two acts. Those that you choose become an event of their own, to be edited then.",
}


def name() -> str:
    """Return the name of the reader who corrects, empty where it is not known yet."""
    return panel.desk().editor or flat(str(st.session_state.get(REVIEWER, "")))


def said() -> None:
    """Say what became of the last correction, once."""
    if found := st.session_state.pop(SAID, None):
        well, words = found
        (st.success if well else st.error)(reason(words), icon=":material/check:" if well else ":material/error:")


def write(action: str, make: Made, reason: str, done: str, then: Callable[[], None] | None = None) -> None:
    """Write a correction, from a callback, and say what became of it. `make` returns the events before and after."""
    desk = panel.desk()

    def written() -> None:
        before, after = make()
        desk.journal.write(action, before, after, author=name(), reason=flat(reason), seen=desk.head)

    if _done(written, done) and then:
        then()


def undo(entry: Correction) -> None:
    """Take a correction back, from a callback, and say what became of it."""
    desk, reason = panel.desk(), flat(str(st.session_state.get("undo_reason", "")))
    _done(lambda: desk.journal.undo(entry, author=name(), reason=reason, seen=desk.head),
          f"Number {entry.number} was undone.")


def _done(work: Callable[[], object], words: str) -> bool:
    """Do what changes the record and keep these words, or why it was not done, for `said`; tells whether it was."""
    if not _may_still():
        return False
    try:
        work()
    except OutOfReach as error:
        _LOG.warning("%s", error)
        st.session_state[SAID] = False, ("Nothing was changed: the database of the corrections does not take it at the "
                                         "moment. What you have entered is still here; try again in a while.")
    except InputError as error:
        st.session_state[SAID] = False, f"Nothing was changed: {str(error).removeprefix('corrections: ')}."
    except Conflict as conflict:
        st.session_state[SAID] = False, f"Nothing was changed: {told(conflict.entries)} Look at it again first."
    else:
        st.session_state[SAID] = True, words
    return bool(st.session_state[SAID][0])


def _may_still() -> bool:
    """Tell whether the reader may correct at this moment: a page that still shows a form may be older than that."""
    known = panel.desk().editor
    if known is not None and access.editor(load()) == known:
        return True
    st.session_state[SAID] = False, "Nothing was changed: you may not correct the record, or not any more."
    return False


def told(entries: Sequence[Correction]) -> str:
    """Say who has corrected what meanwhile."""
    return " ".join(
        f"{one.author} has meanwhile made a correction here ({one.action}, {moment(one.made)})." for one in entries
    ) or "somebody has corrected it meanwhile."


def moment(made: dt.datetime) -> str:
    """Write when something was decided: 2026-01-31 14:05 UTC."""
    return f"{made:%Y-%m-%d %H:%M} UTC"


def reviewer() -> None:
    """Ask for the name of who corrects, where no sign-in tells it."""
    editor = panel.desk().editor
    if editor:
        st.caption(plain(f"You correct as {editor}."))
    elif editor == "":
        # A widget's state goes with the page that it is on; the name stays for the session.
        st.session_state[REVIEWER] = st.session_state.get(REVIEWER, "")
        st.text_input("Your name, for the history", key=REVIEWER, max_chars=200)


def draw(identifier: str) -> None:
    """Draw what was decided about an event, and the forms."""
    decision = panel.ask(questions.decision, identifier)
    may = panel.desk().editor is not None
    if not (decision or may):
        return
    st.header("Review")
    said()
    if decision:
        markup.show(_decided(decision), "decided", panel.go)
    if may:
        event = panel.ask(questions.record, identifier)
        reviewer()
        way = st.segmented_control("What to do", list(WAYS), format_func=WAYS.__getitem__, key=f"way_{identifier}",
                                   label_visibility="collapsed")
        if way:
            _form(way, event)


def _decided(decision: Review) -> Node:
    """Say what was decided by whom, and what the extraction says by now where that differs."""
    entry = decision.entry
    by = f" by {entry.author}, {moment(entry.made)}{f': “{entry.reason}”' if entry.reason else ''}. "
    lines: list[Node | str] = [node(
        "p", node("span", decision.state.capitalize(), style="strong"), by,
        link("history", panel.link_params(of=next(iter(sorted(entry.events)))), "History", style="link"))]
    if decision.missing:
        lines.append(node("p", "The extraction does not find this event any more; what was decided stands.",
                          style="faint"))
    if now := decision.extracted:
        stands = entry.after[0]
        lines.append(node("p", "Since then the extraction has come to read it otherwise; what was decided stands:"))
        lines.append(changes(stands, now, "decided", "extracted now"))
    return node("div", *lines)


def changes(one: Event, other: Event, left: str, right: str) -> Node:
    """Return the fields in which two readings of an event differ, as a list."""
    rows: list[Node | str] = []
    for field in differing(one, other):
        both = [node("div", f"{words}: {field_words(event, field)}") for words, event in ((left, one), (right, other))]
        rows += [node("dt", wording.column(field)), node("dd", *both)]
    return node("dl", *rows, style="facts")


def field_words(event: Event, field: str) -> str:
    """Write a field of an event as a form shows it."""
    value = getattr(event, field)
    if field == "actors":
        return correcting.people_written(value).replace("\n", " / ") or "nobody"
    if field == "parts":
        return correcting.parts_written(value) or "none"
    return ", ".join(value) or "none" if isinstance(value, tuple) else str(value or "none")


def _form(way: str, event: Event) -> None:
    with st.form(f"correct_{way}_{event.id}", enter_to_submit=False):
        if way in _EXPLAINED:
            st.caption(_EXPLAINED[way])
        if way == "edit":
            fields(event, f"edit_{event.id}")
        elif way == "merge":
            found = panel.ask(questions.same_perhaps, event.id)
            known = {one.id: f"{wording.short_date(one.date)} · {one.title}" for one in found.itertuples()}
            st.selectbox("The other event", list(known), format_func=lambda one: known.get(one, one), index=None,
                         key=f"other_{event.id}", placeholder="Events with a common country, within a month")
        elif way == "split":
            quotes = {rank: wording.excerpt(one.quote) for rank, one in enumerate(event.sources)}
            st.multiselect("The quotes of the other act", list(quotes), format_func=lambda one: quotes.get(one, one),
                           key=f"ranks_{event.id}")
        st.text_input("Why", key=f"why_{event.id}", max_chars=REASON_AT_MOST,
                      placeholder="for the history; the reader who comes after you will want to know")
        st.form_submit_button(_BUTTONS[way], type="primary", on_click=_submitted, args=(way, event))


def _submitted(way: str, event: Event) -> None:
    key = event.id
    made: Mapping[str, Made] = {
        "confirm": lambda: ([event], [event]), "reject": lambda: ([event], []),
        "edit": lambda: ([event], [_edited(event)]), "merge": lambda: _merged(event, st.session_state[f"other_{key}"]),
        "split": lambda: ([event], correcting.split(event, st.session_state[f"ranks_{key}"])),
    }
    done = {"confirm": "The event is confirmed.", "reject": "The event is rejected; undo it in the history.",
            "edit": "The event is corrected.", "merge": "The two events are one now.",
            "split": "The event is two now; the second stands among those of the same countries."}
    write(way, made[way], str(st.session_state.get(f"why_{key}", "")), done[way],
          partial(st.session_state.pop, f"way_{key}", None))


def _edited(event: Event) -> Event:
    made = correcting.edited(event, read(event, f"edit_{event.id}"), name())
    if not differing(event, made):
        raise InputError("no field was changed")
    return made


def _merged(event: Event, other: str | None) -> tuple[Sequence[Event], Sequence[Event]]:
    found = questions.record(panel.archive(), other) if other else None
    if found is None:
        raise InputError("choose the other event")
    return [event, found], [correcting.merged(event, found)]


def fields(event: Event, key: str) -> None:
    """Draw the fields of an event to be edited; `read` returns what they say."""
    forms = [subtype for kind in KINDS for subtype in SUBTYPES[kind]]
    written, most = correcting.fields_written(event), correcting.at_most(event)
    first = st.columns(4)
    choices = (("Kind", "kind", list(KINDS)), ("Form", "subtype", forms), ("Status", "status", list(STATUSES)),
               ("Salience", "salience", list(SALIENCES)))
    for column, (label, field, options) in zip(first, choices, strict=True):
        column.selectbox(label, options, options.index(getattr(event, field)), key=f"{key}_{field}",
                         format_func=lambda value: str(value).replace("_", " ").capitalize())

    def typed(draw: Callable[..., object], label: str, field: str, told: str | None = None) -> None:
        draw(label, written[field], key=f"{key}_{field}", max_chars=most[field], help=told)

    typed(st.text_input, "Date", "date", "2024-02-28; 2024-02; 2024; 2024-02-28/2024-03-02; "
          "XXXX-02-28 where the year is not known; XXXX where nothing is")
    state = [event.place_country] if event.place_country else []
    codes = sorted({*geography.names(), *event.countries, *state}, key=geography.name)
    st.multiselect("Countries", codes, event.countries, key=f"{key}_countries",
                   format_func=geography.labelled)
    typed(st.text_input, "Their parts", "parts",
          f"NOR host, MLT guest; of a {event.kind}: {', '.join(PARTS[event.kind])}")
    typed(st.text_area, "People, one a line", "actors", "Name; code of the state; capacity")
    typed(st.text_input, "Organisations", "organizations")
    second = st.columns(2)
    typed(second[0].text_input, "Place", "place")
    second[1].selectbox("State of the place", codes, codes.index(event.place_country) if event.place_country else None,
                        key=f"{key}_place_country", format_func=geography.labelled,
                        placeholder="not stated")
    typed(st.text_input, "Title", "title", "Left as it is, or empty, it follows the other fields.")


def read(event: Event, key: str) -> dict[str, Any]:
    """Return what the fields drawn for an event say, by the names of the record.

    Raises InputError naming the field that is wrong.
    """
    names = ("kind", "subtype", "status", "salience", "countries", "place_country", *correcting.fields_written(event))
    return correcting.fields_read({name: st.session_state[f"{key}_{name}"] for name in names}, event)
