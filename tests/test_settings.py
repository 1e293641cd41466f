"""Settings from the environment and a file, and who may correct the record."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
import streamlit as st
from conftest import made_up_store
from streamlit.testing.v1 import AppTest

from dashboard import sign_in
from dashboard.access import at_this_machine, editor, signed_in, strangers
from dashboard.settings import Settings, corrections_of, load
from extract.corrections import Journal
from extract.model import InputError

README = Path(__file__).parent.parent / "README.md"
CONNECTIONS = """  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:2135 00000000:0000 0A 00000000:00000000 00:00000000 00000000 {0}        0 911022 1 000000004e011a14 100 0 0 10 0
   1: 0100007F:AA13 0100007F:2135 01 00000000:00000000 00:00000000 00000000 {0}        0 904300 1 000000001d3caf98 20 4 30 10 -1
   2: 0100007F:AA14 0100007F:2135 06 00000000:00000000 00:00000000 00000000 {1}        0 0 3 000000001d3caf98
   3: 0100007F:AA15 0100007F:2135 01 00000000:00000000 00:00000000 00000000 {2}        0 904301 1 000000001d3caf99 20 4 30 10 -1
   4: 0100007F:AA16 0100007F:1F90 01 00000000:00000000 00:00000000 00000000 {3}        0 904302 1 000000001d3caf9a 20 4 30 10 -1
"""
HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


def test_settings_come_from_the_file_and_the_environment(tmp_path: Path) -> None:
    assert load({}) == Settings() and load({}).editing == "local"
    file = tmp_path / "readout.toml"
    file.write_text('store = "/data/store"\nediting = "login"\neditors = ["ada@example.org"]\n')
    found = load({"READOUT_SETTINGS": str(file), "READOUT_EDITING": "off", "READOUT_STORE": ""})
    assert (found.store, found.editing, found.editors) == (Path("/data/store"), "off", ("ada@example.org",))
    assert load({"READOUT_EDITORS": "ada@example.org, bob@example.org,"}).editors == ("ada@example.org", "bob@example.org")
    assert corrections_of(found, Path("/data/store")) == "sqlite:////data/store.corrections.sqlite"
    assert corrections_of(load({"READOUT_CORRECTIONS": "postgresql://x/y"}), Path("s")) == "postgresql://x/y"


@pytest.mark.parametrize("name", ["store", "50%20 off?", "a+b & c#d", "%", "?mode=memory"])
def test_corrections_lie_beside_the_store_whatever_its_name(tmp_path: Path, name: str) -> None:
    store = tmp_path / name
    for _ in range(2):  # the first makes the file, the second finds it
        journal = Journal(corrections_of(Settings(), store))
        event = made_up_store().events[0]
        journal.write("confirm", [event], [event], author="Ada", seen=journal.head())
    assert [one.name for one in tmp_path.iterdir()] == [f"{name}.corrections.sqlite"]
    assert len(Journal(corrections_of(Settings(), store)).entries()) == 2


@pytest.mark.parametrize(("written", "environment", "reason"), [
    ('editing = "everybody"', {}, "readout.toml: editing: .*local"), ("edit = 1", {}, "readout.toml: edit: .*not permitted"),
    ("editing", {}, "readout.toml: the settings cannot be read"), ("", {"READOUT_EDITING": "yes"}, "READOUT_EDITING: "),
])
def test_settings_that_are_wrong_are_named(tmp_path: Path, written: str, environment: dict[str, str], reason: str) -> None:
    file = tmp_path / "readout.toml"
    file.write_text(written)
    with pytest.raises(InputError, match=reason):
        load({"READOUT_SETTINGS": str(file)} | environment)
    with pytest.raises(InputError, match=r"none\.toml"):
        load({"READOUT_SETTINGS": str(tmp_path / "none.toml")})


LONG, NO_TEXT = "x" * 5000, os.fsdecode(b"/stores/\xff")


@pytest.mark.parametrize(("name", "value", "reason"), [
    ("STORE", "/", "a folder with a name"), ("STORE", "/..", "a folder with a name"), ("STORE", f"/{LONG}", "400 bytes"),
    ("STORE", "é" * 101, "of the folder 200"), ("STORE", NO_TEXT, "not UTF-8"),
    ("CORRECTIONS", "postgresql://u:hidden@h:abc/x", "no address"), ("CORRECTIONS", "postgresql://u:hidden@[::1/x", "no address"),
    ("CORRECTIONS", "hidden", "no address"), ("CORRECTIONS", "mysql://u:hidden@h/x", "no address"),
    ("CORRECTIONS", "postgresql+none://u:hidden@h/x", "no address"), ("CORRECTIONS", "sqlite://", "in memory"),
    ("CORRECTIONS", "sqlite:///:memory:", "in memory"), ("CORRECTIONS", "sqlite:///", "in memory"),
    ("CORRECTIONS", "sqlite:///file:x?mode=memory&uri=true", "in memory"), ("CORRECTIONS", "sqlite://data/x", "four slashes"),
    ("CORRECTIONS", f"sqlite:////{LONG}", "480 bytes"), ("CORRECTIONS", f"sqlite://{NO_TEXT}", "not UTF-8"),
    ("MEMORY_MB", "9" * 23, "less than or equal to"), ("MEMORY_MB", "9" * 5000, ""), ("UPLOAD_MB", "true", "integer"),
    ("EDTING", "off", "is no setting; there are READOUT_STORE, .*READOUT_EDITING.*READOUT_SETTINGS"), ("PASSPORT", "1", "is no setting"),
])
def test_a_value_that_cannot_be_is_refused_with_the_reason(name: str, value: str, reason: str) -> None:
    with pytest.raises(InputError, match=f"^READOUT_{name}: .*{reason}") as caught:
        load({f"READOUT_{name}": value})
    assert "hidden" not in str(caught.value) and str(caught.value).isprintable() and len(str(caught.value)) < 2100
    assert "hidden" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(("written", "reason"), [
    ("upload_mb = true", "upload_mb: true and false"), ("memory_mb = false", "memory_mb: true and false"), ("store = 5", "store: "),
    (f"memory_mb = {'9' * 5000}", "cannot be read"), (f"memory_mb = 0x{'f' * 5000}", "memory_mb: .*less than"),
    (f"store = {'[' * 5000}", "lie too deep in each other"), ("memory_mb = inf", "memory_mb: .*finite"), ('store = "a\\u0000b"', "no path has"),
])
def test_a_file_of_settings_that_cannot_be_is_refused(tmp_path: Path, written: str, reason: str) -> None:
    file = tmp_path / "readout.toml"
    file.write_text(written)
    with pytest.raises(InputError, match=rf"readout\.toml: .*{reason}"):
        load({"READOUT_SETTINGS": str(file)})


def test_settings_are_read_from_regular_files_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/null")):
        with pytest.raises(InputError, match="not a regular file"):
            load({"READOUT_SETTINGS": str(path)})
    for name in (NO_TEXT, LONG):
        with pytest.raises(InputError, match="cannot be read") as caught:
            load({"READOUT_SETTINGS": name})
        assert str(caught.value).isprintable() and len(str(caught.value)) < 2100


def test_a_store_may_be_the_folder_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    found = [load({"READOUT_STORE": name}).store for name in (".", "..", "../in/..", "in", "/data/store/")]
    assert found == [tmp_path / "in", tmp_path, tmp_path, Path("in"), Path("/data/store")]
    (tmp_path / "readout.toml").write_text('store = ""')
    assert load({"READOUT_SETTINGS": str(tmp_path / "readout.toml")}) == Settings()


def test_variables_of_others_are_left_alone() -> None:
    others = ("SEED", "HOSTILE", "ALL_FAULTS", "REQUIRE_BROWSER", "REQUIRE_POSTGRESQL", "SERVICE_HOST", "SERVICE_PORT_HTTP", "PORT",
              "PORT_8501_TCP_ADDR", "WEB_SERVICE_HOST")
    assert load({f"READOUT_{name}": "1" for name in others} | {"READOUT_EDTING": "", "READ": "1"}) == Settings()


def test_a_file_of_corrections_is_known_without_the_library_of_databases() -> None:
    told = "import sys; from dashboard.settings import load; load(); print('sqlalchemy' in sys.modules)"
    for address in ("", "sqlite:////data/corrections.sqlite"):
        ran = subprocess.run([sys.executable, "-c", told], env=os.environ | {"READOUT_CORRECTIONS": address, "PYTHONPATH": str(README.parent)},
                             capture_output=True, text=True, check=True)
        assert ran.stdout == "False\n"


def test_a_start_with_wrong_settings_ends_with_the_reason_and_so_does_a_page(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "readout.toml"
    file.write_text('editing = "everybody"\nmemory_mb = 1\n')
    [command] = [json.loads(line.removeprefix("CMD ")) for line in (README.parent / "Dockerfile").read_text().splitlines()
                 if line.startswith("CMD ")]
    # What is started is a program that only says so.
    (tmp_path / "streamlit").write_text("#!/bin/sh\necho started $*\n")
    (tmp_path / "streamlit").chmod(0o755)
    path = f"{tmp_path}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "READOUT_STORE": str(store)}
    wrong, right = (subprocess.run(command, cwd=README.parent, env=environment | more, capture_output=True, text=True, check=False)
                    for more in ({"READOUT_SETTINGS": str(file)}, {}))
    assert wrong.returncode and not wrong.stdout and "readout.toml: editing: " in wrong.stderr and "memory_mb: " in wrong.stderr
    assert not right.returncode and right.stdout.startswith("started run dashboard/app.py --server.address=0.0.0.0")
    monkeypatch.setenv("READOUT_SETTINGS", str(file))
    app = AppTest.from_file(str(README.parent / "dashboard" / "app.py"), default_timeout=30).run()
    assert [one.value for one in app.title] == ["The settings are wrong"] and len(app.main) == 2
    said = app.error[0].value.replace("\\", "")
    assert "readout.toml: editing: " in said and "readout.toml: memory_mb: " in said and str(tmp_path) not in said


@pytest.mark.parametrize(("address", "headers", "expected"), [
    (None, HERE, True), ("127.0.0.1", HERE, True), ("::1", {"host": "[::1]:8501"}, True), (None, {"Host": "127.0.0.1:8501"}, True),
    ("10.0.0.7", HERE, False), (None, {"Host": "readout.example.org"}, False), (None, {}, False),
    (None, HERE | {"X-Real-Ip": "127.0.0.1"}, False), (None, HERE | {"x-forwarded-proto": "https"}, False),
    (None, HERE | {"CF-Connecting-IP": "10.0.0.7"}, False), (None, HERE | {"Via": "1.1 proxy"}, False),
    (None, HERE | {"Origin": "http://localhost:3000"}, False), (None, {"Host": "["}, False), (None, HERE | {"Origin": "http://["}, False),
    ("::ffff:127.0.0.1", HERE, True), ("::ffff:10.0.0.7", HERE, False), ("nobody", HERE, False), (None, {"Host": "evil.example:8501", "Origin": "http://evil.example:8501"}, False),
    (None, HERE | {"Origin": "https://readout.example.org"}, False), (None, HERE | {"X-Forwarded-For": "10.0.0.7"}, False),
    (None, HERE | {"Forwarded": "for=10.0.0.7"}, False), (None, HERE | {"Origin": "null"}, False),
    (None, {"Host": "localhost.example.org"}, False), (None, {"Host": "127.0.0.1.example.org"}, False),
])
def test_only_the_machine_itself_is_local(address: str | None, headers: dict[str, str], expected: bool) -> None:
    assert at_this_machine(address, headers) is expected


@pytest.mark.parametrize(("option", "value", "may"), [
    ("server.headless", True, True), ("server.address", "127.0.0.1", True), ("server.address", "::1", True),
    ("server.address", "0.0.0.0", True), ("server.address", "192.0.2.1", False), ("server.address", "unix:/run/readout", False),
    ("server.baseUrlPath", "readout", False), ("browser.serverAddress", "readout.example.org", False),
    ("server.corsAllowedOrigins", ["https://readout.example.org"], False), ("server.enableCORS", False, False),
    ("server.enableXsrfProtection", False, False), ("server.trustedUserHeaders", {"X-User": "email"}, False),
])
def test_a_server_set_up_for_others_is_not_local(monkeypatch: pytest.MonkeyPatch, option: str, value: object, may: bool) -> None:
    monkeypatch.setattr("dashboard.access.at_this_machine", lambda address, headers: True)
    usual = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: value if name == option else usual(name))
    assert editor(Settings(editing="local")) == ("" if may else None)
    assert editor(Settings(editing="off")) is None and editor(Settings(editing="login", editors=("",))) is None


def test_another_users_program_that_is_connected_is_told() -> None:
    mine = os.getuid()
    table = CONNECTIONS.format(*(f"{user:5}" for user in (mine, 0, mine + 33, mine + 34)))
    assert strangers([table], 8501) == {mine + 33}
    assert strangers([table.replace("2135", "2136")], 8501) == set() == strangers([], 8501)


@pytest.mark.parametrize(("user", "address"), [
    ({"is_logged_in": True, "email": "ada@example.org"}, "ada@example.org"), ({"email": "ada@example.org"}, ""),
    ({"is_logged_in": True, "email": "ada@example.org", "email_verified": True}, "ada@example.org"),
    ({"is_logged_in": True, "email": "ada@example.org", "email_verified": False}, ""),
    ({"is_logged_in": True, "email": "ada@example.org", "email_verified": "false"}, ""),
    ({"is_logged_in": True}, ""), ({"is_logged_in": True, "email": None}, ""), ({}, ""),
])
def test_an_address_counts_once_it_is_signed_in_and_not_denied(user: dict[str, object], address: str) -> None:
    assert signed_in(user) == address


AUTH = {"redirect_uri": "https://readout.example.org/oauth2callback", "cookie_secret": "…"}
CLIENT = {"client_id": "readout", "client_secret": "…", "server_metadata_url": "https://id.example.org/"}


@pytest.mark.parametrize(("found", "words", "names"), [
    (AUTH | CLIENT, "", ["default"]), (AUTH | {"work": CLIENT, "club": CLIENT}, "", ["club", "work"]),
    (AUTH | CLIENT | {"client_kwargs": {"prompt": "login"}}, "", ["default"]), ({}, "have no section", []),
    (AUTH, "client", []), (CLIENT, "redirect", ["default"]), (AUTH | {"work": {"client_id": "x"}}, r"work\\\.client\\\_secret", ["work"]),
])
def test_what_signing_in_lacks_is_named(found: dict[str, object], words: str, names: list[str]) -> None:
    assert sign_in.providers(found) == names
    assert re.search(words, sign_in.missing(found)) if words else not sign_in.missing(found)


@pytest.mark.parametrize(("editing", "said"), [("login", True), ("off", False), ("local", False)])
def test_a_page_says_why_nobody_can_sign_in(store: Path, monkeypatch: pytest.MonkeyPatch, editing: str, said: bool) -> None:
    monkeypatch.setenv("READOUT_STORE", str(store))
    monkeypatch.setenv("READOUT_EDITING", editing)
    app = AppTest.from_file(str(README.parent / "dashboard" / "app.py"), default_timeout=30)
    app.query_params["view"] = "method"
    app.run()
    assert not app.exception
    assert any("Nobody can sign in here yet: Streamlit’s secrets have no section" in one.value for one in app.markdown) is said


def test_the_readme_has_a_row_for_each_setting() -> None:
    rows = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("| `READOUT_")]
    assert rows == [
        f"| `READOUT_{name.upper()}` | {f'`{field.default}`' if field.default else ''} | {field.description} |".replace("|  |", "| |")
        for name, field in Settings.model_fields.items()
    ]
