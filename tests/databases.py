"""A real PostgreSQL for the tests, started from the system's packages in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REQUIRED = "READOUT_REQUIRE_POSTGRESQL"


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, or None where none is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    if found:
        return found[-1].parent
    at = shutil.which("initdb")
    return Path(at).parent if at else None


@contextmanager
def postgresql(bin_: Path) -> Iterator[str]:
    """Start a server on a free port of 127.0.0.1; gives the address of its database and ends it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="readout-pg-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if os.getuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
    data, options = folder / "data", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        _as_user([str(bin_ / "initdb"), "-D", str(data), "-U", "readout", "-A", "trust", "-N"])
        _as_user([str(bin_ / "pg_ctl"), "-D", str(data), "-l", str(folder / "log"), "-w", "-o", options, "start"])
        yield f"postgresql://readout:secret@127.0.0.1:{port}/postgres"
    finally:
        _as_user([str(bin_ / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _as_user(command: list[str], check: bool = True) -> None:
    prefix = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*prefix, *command], check=check, stdout=subprocess.DEVNULL, cwd="/")
