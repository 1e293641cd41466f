"""Settings from the environment and a file, and who may correct the record."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.access import at_this_machine
from dashboard.settings import Settings, corrections_of, load
from extract.model import InputError

README = Path(__file__).parent.parent / "README.md"
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


@pytest.mark.parametrize(("address", "headers", "expected"), [
    (None, HERE, True), ("127.0.0.1", HERE, True), ("::1", {"host": "[::1]:8501"}, True), (None, {"Host": "127.0.0.1:8501"}, True),
    ("10.0.0.7", HERE, False), (None, {"Host": "readout.example.org"}, False), (None, {}, False),
    (None, HERE | {"Origin": "https://readout.example.org"}, False), (None, HERE | {"X-Forwarded-For": "10.0.0.7"}, False),
    (None, HERE | {"Forwarded": "for=10.0.0.7"}, False), (None, HERE | {"Origin": "null"}, False),
    (None, {"Host": "localhost.example.org"}, False), (None, {"Host": "127.0.0.1.example.org"}, False),
])
def test_only_the_machine_itself_is_local(address: str | None, headers: dict[str, str], expected: bool) -> None:
    assert at_this_machine(address, headers) is expected


def test_the_readme_has_a_row_for_each_setting() -> None:
    rows = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("| `READOUT_")]
    assert rows == [
        f"| `READOUT_{name.upper()}` | {f'`{field.default}`' if field.default else ''} | {field.description} |".replace("|  |", "| |")
        for name, field in Settings.model_fields.items()
    ]
