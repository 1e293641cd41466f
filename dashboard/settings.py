"""The settings of a deployment: from the environment (READOUT_…) or a TOML file, checked when the dashboard starts.

`python -m dashboard.settings && streamlit run dashboard/app.py` does not start with settings that are wrong.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from extract.model import InputError
from extract.record import printable
from extract.toml import from_toml

PREFIX = "READOUT_"
FILE = f"{PREFIX}SETTINGS"
# What the project's tests read from the environment.
_OF_TESTS = ("SEED", "HOSTILE", "ALL_FAULTS", "REQUIRE_BROWSER", "REQUIRE_POSTGRESQL")
# What lies beside a store has a longer name, and SQLite opens no path of 500 bytes.
_PATH_AT_MOST, _NAME_AT_MOST, _SQLITE_AT_MOST = 400, 200, 480
_SHOWN_AT_MOST = 2000


def _listed(value: Any) -> Any:
    """Names in the environment stand with commas between them."""
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def _number(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("true and false are no numbers")
    return value


def _folder(value: Any) -> Any:
    """A folder has a name, under which more can lie beside it: `.` is the folder that it stands for."""
    if not isinstance(value, str):
        return value
    if not value:
        return None
    _check_characters(value)
    folder = Path(value)
    try:
        if folder.name in ("", ".."):
            folder = folder.resolve()
        size = len(os.fsencode(folder.absolute()))
    except (OSError, RuntimeError) as error:
        raise ValueError("the folder that it stands for cannot be found") from error
    if not folder.name:
        raise ValueError("a store is a folder with a name, since its corrections lie beside it")
    if size > _PATH_AT_MOST or len(os.fsencode(folder.name)) > _NAME_AT_MOST:
        raise ValueError(f"a path may have {_PATH_AT_MOST} bytes, and the name of the folder {_NAME_AT_MOST}")
    return folder


def _address(value: str) -> str:
    """An address may hold a password: what the library says of one that is wrong is not repeated."""
    if not value:
        return value
    _check_characters(value)
    host, database, options = None, value.removeprefix("sqlite:///"), {}
    # The way to a file, as it is: the library, which takes long to load, may not be needed at all.
    if database == value or set("?%") & set(database):
        from sqlalchemy import make_url
        from sqlalchemy.exc import SQLAlchemyError

        try:
            address = make_url(value)
            address.get_dialect()
        except (SQLAlchemyError, ImportError, ValueError):
            address = None
        if address is None or address.get_backend_name() not in ("sqlite", "postgresql"):
            raise ValueError("is no address of a database, such as sqlite:////FOLDER/FILE or postgresql://USER@HOST/NAME")
        if address.get_backend_name() == "postgresql":
            return value
        host, database, options = address.host, address.database or "", dict(address.query)
    if host:
        raise ValueError("SQLite has no hosts: sqlite:////FOLDER/FILE has four slashes")
    if not database or ":memory:" in database or "memory" in options.values():
        raise ValueError("decisions in memory would be lost at the end: name a file, as in sqlite:////FOLDER/FILE")
    if len(os.fsencode(database)) > _SQLITE_AT_MOST:
        raise ValueError(f"the path of a file of SQLite may have {_SQLITE_AT_MOST} bytes")
    return value


def _check_characters(value: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("holds bytes that are not UTF-8") from error
    if "\0" in value:
        raise ValueError("holds a character that no path has")


class Settings(BaseModel):
    """What a deployment may choose. The descriptions are those of the table in the README."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    store: Annotated[Path | None, BeforeValidator(_folder)] = Field(
        None, description="the folder of the store to show; without it the seeds are read")
    corrections: Annotated[str, AfterValidator(_address)] = Field(
        "", description="the database of the corrections, as an SQLAlchemy address; without it a SQLite file beside "
        "the store")
    editing: Literal["local", "login", "off"] = Field(
        "local", description="who may correct: `local`, whoever sits at the machine that runs the dashboard; `login`, "
        "the editors, once signed in; `off`, nobody")
    editors: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="with `login`: the e-mail addresses of those who may correct")
    upload_mb: Annotated[int, BeforeValidator(_number)] = Field(
        20, ge=0, le=2000, description="the most megabytes of a file that is read on “Read your own”; 0 switches that "
        "page off")
    memory_mb: Annotated[int, BeforeValidator(_number)] = Field(
        1024, ge=128, le=10_000_000, description="the most megabytes of memory that questions to a store may take; "
        "beyond them the disk is used")
    adding: Literal["editors", "off"] = Field(
        "editors", description="who may add documents to the store: `editors`, those who may correct; `off`, nobody")


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; what stands in the environment goes before what stands in the file that it names.

    Raises InputError naming the file or the variable, and the reason.
    """
    given: dict[str, Any] = {}
    where = dict[str, str]()
    if path := environment.get(FILE):
        given = _of_file(path)
        where = {name: f"{path}: {name}" for name in given}
    for name in Settings.model_fields:
        variable = f"{PREFIX}{name.upper()}"
        if environment.get(variable):
            given[name], where[name] = environment[variable], variable
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields] + [FILE]
    faults = [f"{name}: is no setting; there are {', '.join(known)}" for name, value in environment.items()
              if value and name.startswith(PREFIX) and name not in known and not _of_others(name)]
    try:
        settings = Settings(**given)
    except ValidationError as error:
        faults += [f"{where.get(str(one['loc'][0]), one['loc'][0])}: {one['msg'].removeprefix('Value error, ')}"
                   for one in error.errors(include_input=False)]
    if faults:
        raise InputError(_shown("; ".join(faults)))
    return settings


def _of_file(path: str) -> dict[str, Any]:
    try:
        file = Path(path)
        # A pipe would be waited for without end.
        if stat.S_ISREG(file.stat().st_mode):
            return from_toml(file.read_text(encoding="utf-8"))
        reason = "not a regular file"
    except InputError as error:
        reason = str(error)
    except OSError as error:
        reason = error.strerror or str(error)
    except ValueError as error:
        reason = str(error)
    raise InputError(_shown(f"{path}: the settings cannot be read: {reason}"))


def _of_others(name: str) -> bool:
    """Tell whether a variable is one of the tests, or what Kubernetes says of a service that is called readout, too."""
    rest = name.removeprefix(PREFIX)
    return rest in _OF_TESTS or "PORT" in rest.split("_") or rest.endswith("SERVICE_HOST")


def _shown(message: str) -> str:
    """Return a message as one line that a terminal and a page can show, whatever is in a variable or path."""
    plain, half = printable(message), _SHOWN_AT_MOST // 2
    return plain if len(plain) <= _SHOWN_AT_MOST else f"{plain[:half]} … {plain[-half:]}"


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
