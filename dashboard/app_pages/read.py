"""A reader's own files and texts, read while they wait: their events beside the text, for the session alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard import access, markup, own, panel, provenance, uploads, wording
from dashboard.access import Terms
from dashboard.app_pages import document as library_page
from dashboard.corpus import Corpus, Job
from dashboard.escaping import plain, reason
from dashboard.filters import Filters
from dashboard.query import documents as library
from dashboard.query.archive import Archive
from dashboard.shelf import Shelf
from dashboard.uploads import Upload
from extract.model import InputError
from extract.reading.sidecar import NAMES

SHELF, ADDING, SAID, ROUND = "shelf", "adding", "reading_said", "reading_round"
PASTED = ("pasted_text", "pasted_title", "pasted_date", "pasted_publisher")
_LOOKS = 0.5


@dataclass(frozen=True, slots=True)
class _Adding:
    job: Job
    files: int
    known: tuple[str, ...]


def draw() -> None:
    """Draw the page."""
    st.title("Read your own")
    terms = access.terms()
    if not terms.megabytes:
        st.info("Reading documents of your own is switched off here. The command `readout extract` reads them.",
                icon=":material/lock:")
        return
    st.caption("Files and texts that you give are read by the machine that runs this dashboard. They are kept for this "
               "session alone: nobody else sees them, and they are gone when you close or reload the page. "
               "Filters do not narrow them.")
    shelf = _shelf()
    _said()
    if not (shelf.settle() and _settled(shelf)):
        _progress(shelf)
        return
    if shelf.error:
        st.error(reason(shelf.error), icon=":material/error:")
    with st.expander("Give files or a text", expanded=shelf.archive is None, icon=":material/upload_file:"):
        _ask(terms.megabytes)
    _unread(shelf)
    if shelf.archive is not None:
        _result(shelf, shelf.archive, terms)


def _shelf() -> Shelf:
    if SHELF not in st.session_state:
        st.session_state[SHELF] = Shelf()
    found: Shelf = st.session_state[SHELF]
    return found


def _said() -> None:
    """Say what became of the last step, once."""
    good, words = st.session_state.pop(SAID, (True, ""))
    if words:
        (st.success if good else st.error)(reason(words), icon=":material/check:" if good else ":material/error:")


def _ask(megabytes: int) -> None:
    """Ask for files, and for a text with what is known of it."""
    files, text = st.columns(2, gap="medium")
    with files:
        st.subheader("Files", anchor=False)
        key = f"files_{st.session_state.get(ROUND, 0)}"
        given = st.file_uploader(
            f"Documents, at most {megabytes} MB each", key=key, type=[*uploads.ENDINGS, ".toml"],
            accept_multiple_files=True, max_upload_size=megabytes,
        )
        st.caption("A `documents.csv` among them states what the texts do not say, such as their dates.")
        st.button("Read these files", key="read_files", type="primary", disabled=not given, on_click=_read_files,
                  args=(key,))
    with text, st.form("paste", border=False, enter_to_submit=False):
        st.subheader("Text", anchor=False)
        st.text_area("Text", key=PASTED[0], max_chars=uploads.PASTED_AT_MOST, height=150, label_visibility="collapsed",
                     placeholder="Paste a text in English")
        st.text_input("Title", key=PASTED[1], max_chars=300, placeholder="if it has one")
        left, right = st.columns(2)
        left.text_input("Date of publication", key=PASTED[2], max_chars=60, placeholder="2019-03-12")
        right.text_input("Publisher", key=PASTED[3], max_chars=200)
        st.form_submit_button("Read this text", type="primary", on_click=_read_text)


def _read_files(key: str) -> None:
    """Start to read the files of the uploader, from a callback, and let go of what it holds."""
    given = [Upload(one.name, one.getvalue()) for one in st.session_state.get(key) or ()]
    if _start(given):
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _read_text() -> None:
    """Start to read the pasted text, from a callback."""
    try:
        given = uploads.pasted(*(str(st.session_state[key]) for key in PASTED))
    except InputError as error:
        st.session_state[SAID] = False, str(error)
        return
    if _start([given]):
        st.session_state.update(dict.fromkeys(PASTED, ""))


def _start(given: list[Upload]) -> bool:
    terms = access.terms()
    shelf = _shelf()
    if not (given and terms.megabytes and shelf.settle()):
        return False
    shelf.read(given, terms.megabytes)
    panel.go(panel.READ, panel.link_params())
    return not shelf.error


@st.fragment(run_every=_LOOKS)
def _progress(shelf: Shelf) -> None:
    """Show how far the reading, or the adding, has come; the page is drawn anew when it ends."""
    adding: _Adding | None = st.session_state.get(ADDING)
    job = shelf.job or (adding.job if adding else None)
    if job is None or job.wait(0):
        st.rerun()
    at = job.progress
    if shelf.job and shelf.waiting:
        st.progress(0.0, text="Waiting until what others have given is read …")
    elif at.total:
        said = f"{at.done} of {wording.count(at.total, 'document')} — {plain(at.document)}"
        st.progress(at.done / at.total, text=said)
    else:
        st.progress(0.0, text="Loading the language model …")
    if shelf.job:
        st.button("Stop", key="stop_reading", on_click=shelf.stop)


def _unread(shelf: Shelf) -> None:
    """List what was not taken or could not be read, with the reasons."""
    rows = [{"document": one.document, "reason": one.reason} for one in shelf.refused]
    if shelf.archive is not None:
        rows += library.failures(shelf.archive, provenance.MOST_FAILURES)
    if rows:
        whole = len(shelf.refused) + int(rows[-1].get("everything", 0))
        tree = provenance.failures(rows[: provenance.MOST_FAILURES], whole)
        markup.show(tree | {"opened": True}, "unread")


def _result(shelf: Shelf, archive: Archive, terms: Terms) -> None:
    """Draw the documents, the one at hand with its events, and all events as a table."""
    rows = library.documents(archive, Filters(), limit=own.ROWS).to_dict("records")
    if rows:
        own.documents(rows)
    _steps(shelf, terms, bool(rows))
    if not rows:
        return
    asked = panel.parameter("document")
    name = asked if any(row["document"] == asked for row in rows) else rows[0]["document"]
    shown = library.document(archive, name)
    if shown is None:
        return

    def ask(question: Any, *arguments: Any) -> Any:
        return question(archive, *arguments)

    view, cut = library_page.view_of(shown, ask, panel.READ)
    headline = view.articles[0]["title"] if len(view.articles) == 1 else None
    st.header(plain(shown["title"] or headline or name), anchor=False)
    markup.show(provenance.provenance(shown), "provenance")
    library_page.beside(view, cut)
    own.events_of(archive)


def _steps(shelf: Shelf, terms: Terms, anything: bool) -> None:
    """Offer to add what was read to the store, where that is allowed, and to forget it."""
    with st.container(horizontal=True, vertical_alignment="center", key="reading_steps"):
        if anything and _corpus(terms) is not None:
            st.button("Add to the store", key="add_to_store", icon=":material/library_add:", on_click=_add,
                      help="For all who use this dashboard: the files are kept beside the store.")
        st.button("Forget all of it", key="forget", icon=":material/delete:", on_click=_forget)
    if shelf.job is None and anything and _corpus(terms) is None:
        st.caption("Documents cannot be added to the store from here; `readout extract` does it.")


def _corpus(terms: Terms) -> Corpus | None:
    """Return the corpus that this reader may add to, or None."""
    found = terms.corpus
    return found if found and panel.is_open() and panel.desk().editor is not None and found.may_grow() else None


def _add() -> None:
    """Start to add all that was read to the store, from a callback."""
    shelf, corpus = _shelf(), _corpus(access.terms())
    if corpus is None or not shelf.settle() or ADDING in st.session_state:
        return
    files = shelf.files()
    names = [file.name for batch in files for file in batch if file.name not in NAMES]
    try:
        twice = tuple(sorted(corpus.names() & set(names)))
        st.session_state[ADDING] = _Adding(corpus.grow(files), len(names) - len(twice), twice)
    except InputError as error:
        st.session_state[SAID] = False, f"Nothing was added: {error}."


def _settled(shelf: Shelf) -> bool:
    """Tell whether nothing is being added; what was, is then told, and is no longer of the session alone."""
    adding: _Adding | None = st.session_state.get(ADDING)
    if adding is None:
        return True
    if not adding.job.wait(0):
        return False
    del st.session_state[ADDING]
    if adding.job.error:
        st.error(reason(f"Nothing was added: {adding.job.error}"), icon=":material/error:")
        return True
    said = f"{wording.count(adding.files, 'file')} added to the store."
    if adding.known:
        said += f" Not added, since the store has documents of these names: {', '.join(adding.known)}."
    _forget()
    st.session_state[SAID] = True, said
    st.rerun()


def _forget() -> None:
    """Let go of all that was given, from a callback or at the end of adding."""
    _shelf().forget()
    del st.session_state[SHELF]
