"""The settings of a deployment: from the environment (READOUT_…) or a TOML file, checked when the dashboard starts.

`python -m dashboard.settings && streamlit run dashboard/app.py` does not start with settings that are wrong.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from extract.model import InputError

PREFIX = "READOUT_"
FILE = f"{PREFIX}SETTINGS"


def _listed(value: Any) -> Any:
    """Names in the environment stand with commas between them."""
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


class Settings(BaseModel):
    """What a deployment may choose. The descriptions are those of the table in the README."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    store: Path | None = Field(None, description="the folder of the store to show; without it the seeds are read")
    corrections: str = Field(
        "", description="the database of the corrections, as an SQLAlchemy address; without it a SQLite file beside "
        "the store")
    editing: Literal["local", "login", "off"] = Field(
        "local", description="who may correct: `local`, whoever sits at the machine that runs the dashboard; `login`, "
        "the editors, once signed in; `off`, nobody")
    editors: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="with `login`: the e-mail addresses of those who may correct")
    upload_mb: int = Field(
        20, ge=0, le=2000, description="the most megabytes of a file that is read on “Read your own”; 0 switches that "
        "page off")
    memory_mb: int = Field(
        1024, ge=128, description="the most megabytes of memory that questions to a store may take; beyond them the "
        "disk is used")
    adding: Literal["editors", "off"] = Field(
        "editors", description="who may add documents to the store: `editors`, those who may correct; `off`, nobody")


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; what stands in the environment goes before what stands in the file that it names.

    Raises InputError naming the file or the variable, and the reason.
    """
    given: dict[str, Any] = {}
    where = dict[str, str]()
    if path := environment.get(FILE):
        try:
            given = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"{path}: the settings cannot be read: {error}") from error
        where = {name: f"{path}: {name}" for name in given}
    for name in Settings.model_fields:
        variable = f"{PREFIX}{name.upper()}"
        if environment.get(variable):
            given[name], where[name] = environment[variable], variable
    try:
        return Settings(**given)
    except ValidationError as error:
        faults = [f"{where.get(str(one['loc'][0]), one['loc'][0])}: {one['msg']}" for one in error.errors()]
        raise InputError("; ".join(faults)) from error


def corrections_of(settings: Settings, store: Path) -> str:
    """Return the address of the corrections to the store in a folder."""
    beside = str(store.with_name(f"{store.name}.corrections.sqlite"))
    # In an address these two would say something else.
    return settings.corrections or f"sqlite:///{beside.replace('%', '%25').replace('?', '%3F')}"


def main() -> int:
    """Check the settings: returns 0, or says what is wrong and returns 1."""
    try:
        load()
    except InputError as error:
        print(f"the settings are wrong: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
