"""What all pages share: the address as the one truth about the view, the filters in it, and the way between pages.

What the address says is read at the start of each run and written back by callbacks, so that a copied link, the back
button and a page switch all show the same.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import filters as codec
from dashboard import geography, markup
from dashboard.answers import Answers
from dashboard.escaping import plain
from dashboard.filters import Filters
from dashboard.query import Archive
from dashboard.query.archive import MEMORY_MB
from dashboard.query.countries import codes
from dashboard.query.facets import Counts, facets
from dashboard.query.people import unknown_names
from extract import exports
from extract.corrections import Correction, Journal, OutOfReach
from extract.model import InputError

_LOG = logging.getLogger(__name__)
Params = dict[str, str | list[str]]
VIEW = "view"
HOME = "overview"
READ = "read"
PAGE = "page"
OPEN = "open"
LANGUAGE = "lang"
# The store of this run, with its version; callbacks, which come before it is opened, find it in the session.
_opened: ContextVar[tuple[str, Archive] | None] = ContextVar("opened", default=None)
# A link that was cut or pasted together may hold any amount of nonsense; its beginning says enough.
FAULTS_AT_MOST = 600
_MINUTE = 60
_SILENT = "The database of the corrections does not answer"
_PREPARING = "Preparing the store for questions: once for each version of it. A million events take minutes."


@st.cache_resource(max_entries=2, show_spinner=False)
def _archive(version: str, folder: str, head: int, memory_mb: int, _entries: Sequence[Correction]) -> Archive:
    return Archive(Path(folder), [one for one in _entries if one.number <= head], memory_mb)


def open_archive(folder: str, version: str, journal: Journal, editor: str | None, memory_mb: int = MEMORY_MB) -> None:
    """Open the store for this run of the script, with the corrections that there are by now.

    One archive is shared by all sessions until the store or the corrections change. `editor` is the name of the reader
    where they may correct the record, else None. The first opening of a large store takes minutes, which the page says.
    Where the corrections cannot be read, those that were known before count; the desk says so. Raises InputError when
    the store cannot be opened.
    """
    fault = ""
    try:
        head = journal.head()
        if head != journal.last:
            journal.entries()
    except InputError as error:
        _LOG.warning("%s", error)
        head, fault = journal.last, _SILENT if isinstance(error, OutOfReach) else str(error)
    known = journal.known
    whole = f"{version}#{head}" if head else version
    waiting = nullcontext() if Archive.is_prepared(Path(folder)) else st.spinner(_PREPARING, show_time=True)
    with waiting:
        st.session_state["archive"] = (whole, _archive(whole, folder, head, memory_mb, known))
    st.session_state["review"] = Desk(journal, head, editor, fault)
    _opened.set(st.session_state["archive"])


def forget_archives() -> None:
    """Have the stores opened anew that sessions share."""
    _archive.clear()


def reopen() -> bool:
    """Have the store opened anew when what is derived from it broke in use; tells whether there is hope in that.

    What breaks again within a minute is left: the disk itself may be at fault.
    """
    if not (is_open() and archive().is_broken):
        return False
    forget_archives()
    before, st.session_state["reopened"] = st.session_state.get("reopened", -_MINUTE), time.monotonic()
    return bool(st.session_state["reopened"] - before >= _MINUTE)


@dataclass(frozen=True, slots=True)
class Desk:
    """What it takes to correct the record: the journal, the number of its last entry that this run knows, and the name
    of the reader where they may correct, else None; and as long as the journal cannot be read, its `fault`."""

    journal: Journal
    head: int
    editor: str | None
    fault: str = ""


def without_store() -> None:
    """Prepare a run in which no store is open: no filters, and nothing to correct."""
    for key in ("archive", "review"):
        st.session_state.pop(key, None)
    _opened.set(None)
    st.session_state["filters"] = Filters()
    st.session_state["language_taken"] = geography.speak(parameter(LANGUAGE) or geography.ENGLISH)


def is_open() -> bool:
    """Tell whether this run has a store."""
    return "archive" in st.session_state


def desk() -> Desk:
    """Return where corrections are written in this run."""
    found: Desk = st.session_state["review"]
    return found


def archive() -> Archive:
    """Return the archive of this run."""
    found: Archive = (_opened.get() or st.session_state["archive"])[1]
    return found


def version() -> str:
    """Return what identifies the store that this run reads, and the language in which it names countries."""
    return f"{st.session_state['archive'][0]}|{geography.language()}"


def data_version() -> str:
    """Return a short name of the store's contents, to be cited: it changes with documents, extraction, corrections."""
    parts = str(st.session_state["archive"][0]).split("|")
    named = parts[1] + "".join(parts[-1].partition("#")[1:])
    return exports.data_version(named)


def ask(question: Callable[..., Any], *arguments: Any) -> Any:
    """Return the answer of the archive to a question of `dashboard.query`, kept for as long as the store stays."""
    version, archive = _opened.get() or st.session_state["archive"]
    return _answers().get((version, _name(question), arguments), lambda: question(archive, *arguments))


def share(make: Callable[..., Any], *arguments: Any) -> Any:
    """Return what `make` returns for these arguments, kept as answers are: for all readers who name countries in the
    same language. It may `ask`, and must hang on nothing else of the session."""
    return _answers().get((version(), _name(make), arguments), lambda: make(*arguments))


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def afterwards(work: Callable[..., bytes], *arguments: Any) -> Callable[[], bytes]:
    """Return a function that does `work` after this run, as a download does when it is chosen.

    There is no session by then: the store of this run and the language of its reader are taken along.
    """
    context = copy_context()
    return lambda: context.copy().run(work, *arguments)


@st.cache_resource(show_spinner=False)
def _answers() -> Answers:
    return Answers()


def address() -> dict[str, list[str]]:
    """Return the parameters of the address, each with all its values."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def parameter(key: str) -> str:
    """Return one parameter of the address, or an empty string."""
    return st.query_params.get(key, "")


def listed(key: str) -> list[str]:
    """Return the values of a parameter that holds several, with commas between."""
    return list(dict.fromkeys(filter(None, parameter(key).split(","))))


def read() -> tuple[Filters, list[str]]:
    """Return the filters of the address, and what in it could not be understood, one sentence each."""
    found, faults = codec.decode(address(), is_country)
    for key, field in codec.NAMES.items():
        names = getattr(found, field)
        if names and (unknown := ask(unknown_names, field, names)):
            faults.append(f"“{key}” knows no {', '.join(unknown)}; it was ignored.")
            found = codec.without_names(found, field, unknown)
    spoken = parameter(LANGUAGE)
    taken = st.session_state["language_taken"] = geography.speak(spoken or geography.ENGLISH)
    if taken != spoken and spoken:
        faults.append(f"“{LANGUAGE}” knows no {spoken}; countries are named in English.")
    st.session_state["filters"] = found
    return found, faults


def is_country(code: str) -> bool:
    """Tell whether a code is one of ISO 3166-1, or else one that the store has."""
    return geography.is_code(code) or code in ask(codes)


def complain(faults: Sequence[str]) -> None:
    """Say what in the address was ignored."""
    said = " ".join(faults)
    if said:
        st.warning(plain(said if len(said) <= FAULTS_AT_MOST else f"{said[:FAULTS_AT_MOST]} …"),
                   icon=":material/link_off:")


def current() -> Filters:
    """Return the filters of this run."""
    chosen: Filters = st.session_state["filters"]
    return chosen


def counts() -> dict[str, Counts]:
    """Return the live counts of the filters' values."""
    found: dict[str, Counts] = ask(facets, current())
    return found


def params_of(chosen: Filters, **extra: str) -> Params:
    """Return the parameters of a link with these filters; `extra` are those of the page it leads to."""
    # Callbacks run before the script, which has not yet said in which language to name countries.
    language = st.session_state.get("language_taken", geography.ENGLISH)
    kept = {LANGUAGE: language} if language != geography.ENGLISH else {}
    return {key: value for key, value in extra.items() if value} | codec.encode(chosen) | kept


def link_params(**extra: str) -> Params:
    """Return the parameters of a link that keeps the filters; `extra` are those of the page it leads to."""
    return params_of(current(), **extra)


def to_events(shown: markup.Node | str, chosen: Filters, label: str = "", style: str = "count") -> markup.Node:
    """Return a link from a number to the events that it counts: those that `chosen` fits, on the page of the table."""
    found = markup.link("table", params_of(chosen), shown, style=style)
    return found | {"label": label} if label else found


def here(**changed: str) -> Params:
    """Return the parameters of the address at hand with some changed; an empty value removes one."""
    kept: dict[str, Any] = {key: values for key, values in address().items() if key != VIEW}
    return {key: value for key, value in (kept | changed).items() if value}


def view() -> str:
    """Return the name of the page at hand."""
    return parameter(VIEW) or HOME


def go(view: str, params: Mapping[str, Any]) -> None:
    """Write another page and its parameters into the address, from a callback; the run that follows draws it."""
    st.query_params.from_dict(({VIEW: view} if view != HOME else {}) | dict(params))


def open_event(identifier: str) -> None:
    """Open an event, from a callback."""
    go("event", link_params(event=identifier))


def change(**values: Any) -> None:
    """Write other filters into the address, from a callback; what else stands there stays, but for the page number."""
    write(replace(current(), **values))


def clear() -> None:
    """Take all filters out of the address, from a callback."""
    write(Filters())


def with_filters(chosen: Filters) -> Params:
    """Return the parameters of the page at hand with other filters."""
    gone = [key for key in address() if key in codec.KEYS or key.startswith(PAGE) or key == VIEW]
    kept: Params = {key: values for key, values in address().items() if key not in gone}
    return kept | codec.encode(chosen)


def write(chosen: Filters) -> None:
    """Write filters into the address, from a callback."""
    go(view(), with_filters(chosen))


def set_parameter(key: str, value: str) -> None:
    """Write one parameter of the page into the address, from a callback; an empty value removes it."""
    if value:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]
