"""The dashboard's entry: `streamlit run dashboard/app.py`. Finds or makes the store, then draws the page asked for."""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import streamlit as st
from streamlit import config

from dashboard import USUAL, access, app_pages, header, markup, panel, sidebar
from dashboard.corpus import STORE_VARIABLE, Corpus, Job
from dashboard.escaping import plain, reason
from dashboard.settings import Settings, corrections_of, load
from dashboard.turns import Turns
from extract import coordinates
from extract.corrections import Journal
from extract.model import InputError

_LOG = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parent.parent
# An SVG goes into the page itself; any other image would be a file of the session, gone when a run is cut short.
ICON = Path(__file__).resolve().parent / "data" / "icon.svg"
SIDEBAR = 320
# How often the page looks whether a store that was missing or broken is there again.
SECONDS = 3
# How long the first page is left in peace, in seconds.
PAUSE = 2
TRIES = 2
# The pages share one path and differ in the address's `view`: Streamlit looks for its server beside the path of a page
# first, and the browser reports each such miss as an error. Each has its module in `app_pages`, which is read when it
# is first asked for, or else once the first page stands.
VIEWS = {
    "overview": ("overview", "Overview"), "timeline": ("timeline", "Timeline"), "map": ("world", "Map"),
    "country": ("country", "Countries"), "pair": ("pair", "Pair"), "compare": ("compare", "Compare"),
    "people": ("people", "People"), "person": ("person", "Person"), "network": ("network", "Network"),
    "document": ("document", "Documents"), "event": ("event", "Event"), "table": ("table", "Table"),
    "search": ("search", "Search"), "method": ("method", "Method"), "history": ("history", "History"),
    "add": ("add", "Add an event"), "export": ("export", "Export"), "read": ("read", "Read your own"),
}


@st.cache_resource
def find_corpus(given: str) -> Corpus:
    """Return the corpus, one for all sessions. `given` is the folder of a store, or empty."""
    return Corpus.find({STORE_VARIABLE: given}, ROOT)


@st.cache_resource
def find_journal(address: str) -> Journal:
    """Return the journal of corrections at an address, one for all sessions."""
    return Journal(address)


@st.cache_resource
def find_turns() -> Turns:
    """Return the queue in which the runs of all sessions stand."""
    return Turns()


@st.cache_resource
def make_ready() -> threading.Thread:
    """Begin to read, once a process and beside the pages, what takes a while: who wants another page, a map or words
    later has it."""
    words = panel.archive().words

    def read_all() -> None:
        # The browser fetches and draws meanwhile what the first page needs: the process has to answer it.
        time.sleep(PAUSE)
        for module, _ in VIEWS.values():
            page(module)
        coordinates.ready()
        with suppress(InputError):  # whoever searches is told
            words.ready()
        # All sessions wait while garbage is collected. To look at all that stays as long as the process, the modules
        # and lists, takes longer than to make a page: from here on it is left out.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*USUAL)

    thread = threading.Thread(target=read_all, name="cities", daemon=True)
    thread.start()
    return thread


def page(module: str) -> Callable[[], None]:
    """Return what draws a page."""
    draw: Callable[[], None] = import_module(f"{app_pages.__name__}.{module}").draw
    return draw


def wait_for(job: Job) -> None:
    """Show how far the extraction has come until it ends."""
    markup.dress()
    st.title("Reading the documents")
    st.caption("The first start extracts the events and keeps them; later starts find them at once.")
    bar = st.progress(0.0, text="Loading the language model …")
    while not job.wait(0.2):
        at = job.progress
        if at.total:
            bar.progress(at.done / at.total, text=f"{at.done} of {at.total} documents — {plain(at.document)}")


def refuse(message: str, corpus: Corpus, seen: str) -> None:
    """Say why there is nothing to show and what can be done, and end the run.

    A store that was given is written by others: the page comes by itself when it is no longer the one `seen`.
    """
    _LOG.warning("%s", message)
    markup.dress()
    panel.without_store()
    if panel.view() == panel.READ:
        markup.show(markup.link(panel.HOME, {}, "Back to the store", style="link"), "to_store", panel.go)
        page(panel.READ)()
        st.stop()
    st.title("No events to show yet")
    st.error(reason(message), icon=":material/error:")
    if corpus.seeds is None:
        st.markdown(
            f"Write a store there with `readout extract PATH… -o DIR`, or start without `{STORE_VARIABLE}` to read the "
            "documents that come with the project."
        )
    else:
        st.markdown("Mend the file named above, or take it out of the folder, and try again. A store that is broken is "
                    "then made anew.")
    st.button("Try again", on_click=corpus.retry)
    markup.show(markup.link(panel.READ, {}, "Read your own documents meanwhile", style="link"), "to_read", panel.go)
    if corpus.seeds is None:
        watch(corpus, seen)
    st.stop()


@st.fragment(run_every=SECONDS)
def watch(corpus: Corpus, seen: str) -> None:
    """Begin anew as soon as another store is there."""
    if state(corpus) != seen:
        st.rerun()


def state(corpus: Corpus) -> str:
    """Return what identifies the store that is there now, or why there is none."""
    try:
        return corpus.version()
    except InputError as error:
        return str(error)


def open_store(corpus: Corpus, settings: Settings) -> str:
    """Open the store, making it first where that is needed; returns what identifies it."""
    seen = state(corpus)
    try:
        job = corpus.prepare()
        if job is not None:
            if not job.wait(0):
                wait_for(job)
                st.rerun()
            refuse(job.error, corpus, seen)
        seen = corpus.version()
        journal = find_journal(corrections_of(settings, corpus.folder))
        panel.open_archive(str(corpus.folder), seen, journal, access.editor(settings), settings.memory_mb)
        # Another store has come while this one was opened: nothing is kept under its name. Where one comes after the
        # other, the page is drawn of one of them all the same.
        changed = state(corpus) != seen
        again = st.session_state["opened_again"] = st.session_state.get("opened_again", 0) + 1 if changed else 0
        if changed:
            panel.forget_archives()
            if again <= TRIES:
                st.rerun()
    except InputError as error:
        refuse(str(error), corpus, seen)
    return seen


def limit_uploads(megabytes: int) -> None:
    """Have the server itself refuse what is larger than a file may be."""
    if megabytes and config.get_option("server.maxUploadSize") != megabytes:
        config.set_option("server.maxUploadSize", megabytes)


def main() -> None:
    """Draw the page that the address asks for."""
    view = panel.view()
    module, title = VIEWS.get(view, VIEWS[panel.HOME])
    st.set_page_config(f"{title} · Readout", str(ICON), layout="wide", initial_sidebar_state=SIDEBAR)
    try:
        settings = load()
    except InputError as error:
        _LOG.warning("the settings are wrong: %s", error)
        st.title("The settings are wrong")
        st.error(reason(str(error)), icon=":material/error:")
        st.stop()
    corpus = find_corpus(str(settings.store or ""))
    limit_uploads(settings.upload_mb)
    access.allow(settings.upload_mb, corpus if settings.adding == "editors" else None)
    seen = open_store(corpus, settings)
    try:
        with find_turns().taken():
            _, faults = panel.read()
            if view not in VIEWS:
                faults.append(f"There is no page “{view}”; this is the overview.")
            sidebar.draw()
            header.draw(settings)
            panel.complain(faults)
            header.warn()
            page(module)()
        make_ready()
    except InputError as error:
        if panel.reopen():
            st.rerun()
        refuse(str(error), corpus, seen)


main()
