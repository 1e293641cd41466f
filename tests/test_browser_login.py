"""Signing in with a real provider of OpenID Connect on this machine: who is listed corrects, everybody else reads."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import oidc_provider_mock
import pytest
from conftest import dashboard, free_port
from oidc_provider_mock import User
from steps import heading, params, settled
from werkzeug.serving import make_server

pytestmark = pytest.mark.browser
ADA, BOB, EVE, IDLE = "ada@example.org", "bob@example.org", "eve@example.org", "no-address"
SECRETS = """[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "only for tests, and as long as a secret should be"
client_id = "readout"
client_secret = "only for tests"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of the provider. It knows four users; of Eve it says that her address, an editor's, is not verified."""
    app = oidc_provider_mock.app(require_nonce=True, user_claims=[
        User(sub=ADA, claims={"email": "Ada@Example.org", "email_verified": True}),
        User(sub=BOB, claims={"email": BOB, "email_verified": True}),
        User(sub=EVE, claims={"email": ADA, "email_verified": False}), User(sub=IDLE, claims={}),
    ])

    @app.after_request
    def without_style(answer: Any) -> Any:
        """Its pages take their style from another host, which a test may not ask."""
        if answer.mimetype == "text/html":
            answer.set_data(answer.get_data().replace(b'rel="stylesheet"', b""))
        return answer

    app.add_url_rule("/favicon.ico", view_func=lambda: ("", 204))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(5)


@pytest.fixture(scope="module")
def deployed(store: Path, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard in which Ada may correct."""
    folder, port = tmp_path_factory.mktemp("login"), free_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(port=port, provider=provider), encoding="utf-8")
    shutil.copytree(store, folder / "store")
    with dashboard(
        store=folder / "store", port=port, options=("--secrets.files", str(secrets)), READOUT_EDITING="login",
        READOUT_EDITORS=f"{ADA}, somebody@example.org", AUTHLIB_INSECURE_TRANSPORT="1",
    ) as found:
        yield found


def _sign_in(page: Any, user: str) -> None:
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name=user, exact=True).click()
    page.wait_for_url("**/?*view=event*")
    settled(page)


def _shown(address: str) -> re.Pattern[str]:
    """How a page writes an address: with something invisible before its sign, so that it becomes no link."""
    return re.compile(address.replace("@", ".?@"))


def _review(page: Any) -> Any:
    return page.get_by_role("heading", name="Review", exact=True)


def test_an_editor_signs_in_corrects_and_signs_out(deployed: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{deployed}?view=event&event=ev3&countries=NOR")
    settled(page)
    heading(page, "Norway and Sweden sign an agreement on reindeer")
    assert not _review(page).count()
    _sign_in(page, ADA)
    assert params(page) == {"view": "event", "event": "ev3", "countries": "NOR"}
    heading(page, "Norway and Sweden sign an agreement on reindeer")
    page.get_by_text(_shown("You correct as Ada@Example.org")).wait_for()
    page.get_by_role("radio", name="Confirm").or_(page.get_by_role("button", name="Confirm", exact=True)).first.click()
    settled(page)
    page.get_by_label("Why").fill("as the note has it")
    page.get_by_role("button", name="Confirm this event").click()
    page.get_by_text("The event is confirmed.").wait_for()
    settled(page)
    page.get_by_role("link", name="History", exact=True).click()
    heading(page, "History")
    page.get_by_text("1. Confirmed by Ada@Example.org,").wait_for()
    page.get_by_role("button", name="Undo number 1").wait_for()
    settled(page)
    page.get_by_role("button", name=_shown("Ada@Example.org")).click()
    page.get_by_text("You may correct the record").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.locator("form[action*=end_session] [type=submit]").first.click()
    page.get_by_role("button", name="Sign in", exact=True).wait_for()
    settled(page)
    heading(page, "History")
    assert not page.get_by_role("button", name="Undo number 1").count()


@pytest.mark.parametrize(("user", "shown", "words"), [
    (BOB, BOB, "this address is not among the editors"), (EVE, "Signed in", "the provider tells no address"),
    (IDLE, "Signed in", "the provider tells no address"),
])
def test_who_is_not_listed_reads(deployed: str, open_page: Callable[..., Any], user: str, shown: str, words: str) -> None:
    page = open_page(f"{deployed}?view=event&event=ev1")
    settled(page)
    _sign_in(page, user)
    heading(page, "Jane Example meets Ola Nordmann in Valletta")
    assert not page.get_by_text("You correct as").count() and not page.get_by_role("button", name="Confirm").count()
    page.get_by_role("button", name=_shown(shown)).click()
    page.get_by_text(words).wait_for()
    page.goto(f"{deployed}?view=add&document=letter.txt&start=0&end=18")
    page.get_by_text("Only editors can add events here").wait_for()


def test_nothing_can_be_written_without_signing_in(deployed: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{deployed}?view=add&document=letter.txt&start=0&end=18")
    page.get_by_text("Only editors can add events here").wait_for()
    settled(page)
    assert not page.get_by_role("button", name="Add this event").count()
    page.goto(f"{deployed}?view=document&document=letter.txt")
    settled(page)
    assert not page.get_by_role("button", name="Add an event from this passage").count()
    page.goto(f"{deployed}?view=history")
    settled(page)
    assert not page.get_by_role("button", name="Undo").count()
