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


class Server:
    """A server that can be stopped and started again, at the same address, with what it holds."""

    def __init__(self, bin_: Path) -> None:
        """Make it, in a folder of its own; it is not started yet."""
        self._folder, self._bin = Path(tempfile.mkdtemp(prefix="readout-pg-")), bin_
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.address = f"postgresql://readout:secret@127.0.0.1:{self._port}/postgres"
        if os.getuid() == 0:  # the server refuses to run as root
            shutil.chown(self._folder, "postgres", "postgres")
        _as_user([str(bin_ / "initdb"), "-D", str(self._folder / "data"), "-U", "readout", "-A", "trust", "-N"])

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._control("-l", str(self._folder / "log"), "-w", "-o", options, "start")

    def stop(self, check: bool = True) -> None:
        """Stop it as a crash does."""
        self._control("-m", "immediate", "stop", check=check)

    def end(self) -> None:
        """Stop it for good, and remove what it holds."""
        self.stop(check=False)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _control(self, *what: str, check: bool = True) -> None:
        _as_user([str(self._bin / "pg_ctl"), "-D", str(self._folder / "data"), *what], check)


@contextmanager
def postgresql(bin_: Path) -> Iterator[Server]:
    """Start a server on a free port of 127.0.0.1 and end it afterwards."""
    server = Server(bin_)
    try:
        server.start()
        yield server
    finally:
        server.end()


def _as_user(command: list[str], check: bool = True) -> None:
    prefix = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*prefix, *command], check=check, stdout=subprocess.DEVNULL, cwd="/")
