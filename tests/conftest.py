"""Fixtures of all tests: small stores of made-up events, a running dashboard, a browser that tells on itself."""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from databases import REQUIRED, Server, postgresql, programs

from extract.model import Document
from extract.record import Actor, Event, Part, Source
from extract.store import ArticleRow, Store, write_store

ROOT = Path(__file__).resolve().parent.parent
# Plotly draws the label under the mouse, and readies a chart for the wheel, a moment late; it complains when its chart
# has left the page by then.
LATE = ("reading 'typesetMath'", "reading '_scrollZoom'")
# How long a page may take, in milliseconds: two cores may be busy with other work.
PATIENCE = 60_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run --process-per-site"
)
# A page finds the browser's storage empty, as in a browser that was never here.
UNTOUCHED = """try { if (!sessionStorage.getItem("met")) { localStorage.clear(); sessionStorage.setItem("met", "1"); } }
catch { /* a blank page has no storage */ }"""
HOSTILE = "<img src=x onerror=alert(1)> [a](http://evil.example/x) ![i](http://evil.example/i.png) **b** :red[c] $x^2$"
LETTER = f"""The harbour letter

Valletta, 3 March 2021. President Jane Example of Malta met Prime Minister Ola Nordmann of Norway in Valletta on
Wednesday. They spoke of harbours. “Fjords & harbours” 🚢 was the motto.

Mr Nordmann will visit Malta again in May 2021. {HOSTILE}
"""
NOTE = """A note on Wakanda

In 2019 Norway and Sweden signed an agreement on reindeer. Kosovo sent greetings to the Holy See on 30 December.
From 1 to 4 June 2020 the foreign minister of Chile paid a visit to Peru; the trip to Bolivia was called off.
"""


def _source(document: str, text: str, quote: str, article: int = 0) -> Source:
    start = text.index(quote)
    return Source(document, start, start + len(quote), quote, article, "made up")


def made_up_store() -> Store:
    """Eight events in two documents: each kind, status, precision of dates; small states; text that tries to be markup."""
    letter, note = ("letter.txt", LETTER), ("note <b>1</b>.txt", NOTE)

    def event(
        number: int, kind: str, subtype: str, date: str, countries: str, title: str, source: tuple[tuple[str, str], str],
        **more: Any,
    ) -> Event:
        (document, text), quote = source
        values: dict[str, Any] = {
            "status": "occurred", "salience": "main", "date_basis": "stated", "organizations": (), "actors": (),
            "place": None, "confidence": None,
        } | more
        return Event(
            id=f"ev{number}", kind=kind, subtype=subtype, date=date, countries=tuple(sorted(countries.split())),
            title=title, sources=(_source(document, text, quote), *values.pop("others", ())), **values,
        )

    jane, ola = Actor("Jane Example", "MLT", "President"), Actor("Ola <i>Nordmann</i>", "NOR", "Prime Minister")
    events = (
        event(1, "meeting", "talks", "2021-03-03", "MLT NOR", "Jane Example meets Ola Nordmann in Valletta",
              (letter, "President Jane Example of Malta met Prime Minister Ola Nordmann of Norway in Valletta on\nWednesday"),
              actors=(jane, ola), place="Valletta", place_country="MLT", confidence=0.91,
              parts=(Part("MLT", "host"), Part("NOR", "guest")), organizations=("Harbour Union",),
              others=(_source(*letter, "They spoke of harbours"),)),
        event(2, "visit", "visit", "2021-05", "MLT NOR", HOSTILE, (letter, "Mr Nordmann will visit Malta again in May 2021"),
              status="planned", actors=(ola,), place=HOSTILE),
        event(3, "agreement", "signing", "2019", "NOR SWE", "Norway and Sweden sign an agreement on reindeer",
              (note, "Norway and Sweden signed an agreement on reindeer"), salience="background"),
        event(4, "statement", "message", "XXXX-12-30", "XKX VAT", "Kosovo sends greetings to the Holy See",
              (note, "Kosovo sent greetings to the Holy See on 30 December")),
        event(5, "visit", "official_visit", "2020-06-01/2020-06-04", "CHL PER", "Chile's foreign minister visits Peru",
              (note, "From 1 to 4 June 2020 the foreign minister of Chile paid a visit to Peru"),
              parts=(Part("CHL", "visitor"), Part("PER", "host"))),
        event(6, "visit", "visit", "2020-06", "BOL CHL", "Chile's foreign minister's visit to Bolivia is called off",
              (note, "the trip to Bolivia was called off"), status="cancelled"),
        event(7, "statement", "remarks", "2021-03-03", "NOR", "Ola Nordmann speaks of fjords",
              (letter, "“Fjords & harbours” 🚢 was the motto"), actors=(ola,)),
        event(8, "statement", "speech", "XXXX", "", "A speech without a state", (letter, "They spoke of harbours")),
    )
    documents = tuple(
        Document(name, text, hashlib.sha256(text.encode()).hexdigest(), title, publisher="The Example")
        for (name, text), title in ((letter, "The harbour letter"), (note, None))
    )
    articles = tuple(
        ArticleRow(d.name, 0, 0, len(d.text), d.text.splitlines()[0], "2021-03-03", "header") for d in documents
    )
    return Store(documents, articles, events, "made up")


def pytest_sessionfinish() -> None:
    """Let go of the archives that the pages' caches hold, while their library can still close them."""
    for thread in threading.enumerate():
        if thread.name == "cities":  # it holds the archive whose words it reads
            thread.join(PATIENCE / 1000)
    st.cache_resource.clear()
    gc.unfreeze()
    gc.collect()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the store of made-up events."""
    folder = tmp_path_factory.mktemp("data") / "store"
    write_store(folder, made_up_store())
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL that runs; tests that need one are skipped with the reason where none is installed."""
    found = programs()
    if found is None:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail("no PostgreSQL found")
        pytest.skip("no PostgreSQL found")
    with postgresql(found) as started:
        yield started


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store without documents and events."""
    folder = tmp_path_factory.mktemp("data") / "empty"
    write_store(folder, Store((), (), (), "empty"))
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents of several kinds, `docs`, and the store of a plain run over them, `plain`."""
    from buckets import documents

    from extract.cli import main

    folder = tmp_path_factory.mktemp("cluster")
    documents(folder / "docs")
    assert main(["extract", str(folder / "docs"), "-o", str(folder / "plain"), "--by-rules", "--quiet"]) == 1
    return folder


@pytest.fixture(scope="module")
def bucket(place: Path) -> Iterator[str]:
    """The address of a bucket of a service like S3 that holds the documents of `place`."""
    from buckets import bucket_of

    with bucket_of(place / "docs") as found:
        yield found


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def dashboard(
    root: Path = ROOT, store: Path | None = None, port: int | None = None, options: Sequence[str] = (), path: str = "",
    **settings: str,
) -> Iterator[str]:
    """Start the dashboard as the README does, in the folder `root`; gives its address and ends it afterwards.

    `options` are further ones of the command, `path` that below which it is served, `settings` stand in the environment.
    """
    port = port or free_port()
    environment = {key: value for key, value in os.environ.items() if key != "READOUT_STORE"}
    environment["PYTHONPATH"] = str(root)
    if store:
        environment["READOUT_STORE"] = str(store)
    environment |= settings
    command = [
        str(Path(sys.executable).with_name("streamlit")), "run", "dashboard/app.py", "--server.address", "127.0.0.1",
        "--server.port", str(port), "--server.headless", "true", "--server.fileWatcherType", "none",
        *options, *(["--server.baseUrlPath", path] if path else []),
    ]
    log = Path(store or root).parent / f"dashboard-{port}.log"
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}/{path}{'/' if path else ''}"
        _wait_for(f"{address}_stcore/health", process, log)
        yield address
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()
        log.unlink(missing_ok=True)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    pytest.fail(f"the dashboard did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def address(store: Path) -> Iterator[str]:
    """The address of a dashboard that shows the made-up events."""
    with dashboard(store=store) as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium; tests that need one are skipped with the reason where none is found."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = f"no browser found (looked for {', '.join(BROWSERS)})"
        if os.environ.get("READOUT_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def window(chromium: Any) -> Iterator[Any]:
    """The one context of all pages, in which a page stays open.

    While one of its pages is there, the others share its process, which has read and compiled the scripts: most of the
    work of a page that is opened in a process of its own is that, or drawing what moves while it waits.
    """
    context = chromium.new_context(reduced_motion="reduce")
    context.add_init_script(UNTOUCHED)
    blank = context.new_page()
    blank.route("**/*", lambda route: route.fulfill(body=""))
    blank.goto("http://127.0.0.1/")
    yield context
    context.close()


@pytest.fixture
def open_page(window: Any) -> Iterator[Callable[..., Any]]:
    """Open pages; when the test ends, no console error and no request to another host may have happened.

    They share cookies within a test, and nothing with other tests. Another page may be given `permissions`, and told
    that the reader prefers a `color_scheme`.
    """
    faults: list[str] = []
    pages = []

    def opened(
        address: str, width: int = 1280, height: int = 900, color_scheme: str = "light", permissions: Sequence[str] = ()
    ) -> Any:
        if permissions:
            window.grant_permissions(list(permissions))
        page = window.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme, reduced_motion="reduce")
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: faults.append(f"console: {message.text}") if message.type == "error" else None)
        page.on("pageerror", lambda error: None if any(late in str(error) for late in LATE) else faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: None if _is_ours(request.url) else faults.append(f"request: {request.url}"))
        page.goto(address)
        return page

    yield opened
    for page in pages:
        page.close()
    window.clear_cookies()
    window.clear_permissions()
    assert not faults


def _is_ours(address: str) -> bool:
    return address.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))
