"""Who may correct the record: anybody at the machine itself; in a deployment who has signed in and is listed.

What the deployment allows those who give documents of their own to be read is kept for each run and its callbacks.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from dashboard.corpus import Corpus
from dashboard.settings import Settings

# How the names begin of what a proxy adds when it hands on the request of somebody else. Browsers open the connection
# of a page without any header of such a name, and no script can add one.
_FORWARDED = ("x-", "forwarded", "via", "cf-", "true-client-ip", "fly-", "fastly-", "tailscale-")
# What the server is told where it is not, or not only, meant for the machine that it runs on; with each the value that
# says nothing of the kind.
_DEPLOYED: Mapping[str, Any] = {
    "server.baseUrlPath": "", "server.corsAllowedOrigins": [], "server.enableCORS": True,
    "server.enableXsrfProtection": True, "server.trustedUserHeaders": {},
}
_ANYWHERE = ("0.0.0.0", "::")
_CONNECTIONS = tuple(Path("/proc/net") / name for name in ("tcp", "tcp6"))
_TERMS = "reading_terms"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the deployment allows: the most megabytes of a file, 0 where nothing is read, and the corpus that editors
    may add to, or None."""

    megabytes: int
    corpus: Corpus | None


def allow(megabytes: int, corpus: Corpus | None) -> None:
    """Set what the deployment allows, for this run and its callbacks."""
    st.session_state[_TERMS] = Terms(megabytes, corpus)


def terms() -> Terms:
    """Return what the deployment allows."""
    found: Terms = st.session_state[_TERMS]
    return found


def editor(settings: Settings) -> str | None:
    """Return the name of the reader where they may correct the record, empty where it is not known; else None."""
    if settings.editing == "local" and _for_this_machine() and at_this_machine(
            st.context.ip_address, st.context.headers):
        return ""
    if settings.editing == "login":
        address = signed_in(st.user.to_dict())
        return address if address.casefold() in {one.strip().casefold() for one in settings.editors} - {""} else None
    return None


def signed_in(user: Mapping[str, Any]) -> str:
    """Return the e-mail address of a user who has signed in, or an empty string.

    An address of which the provider says that it is not verified may be anybody's; some say so in words.
    """
    if user.get("is_logged_in") is not True or str(user.get("email_verified", True)).casefold() == "false":
        return ""
    return str(user.get("email") or "").strip()


def at_this_machine(address: str | None, headers: Mapping[str, str]) -> bool:
    """Tell whether a request comes from a browser on the machine that runs the dashboard, and through no proxy.

    `address` is that of the browser, None where it is the machine's own. A proxy on the same machine shows in what it
    adds, or in the name under which the browser knows the dashboard; a page of another server on the machine, or of a
    name that was made to lead to it, in the origin.
    """
    known = {key.lower(): value for key, value in headers.items()}
    host = known.get("host", "")
    try:
        asked, named = urlsplit(f"//{host}"), urlsplit(known.get("origin", f"//{host}"))
    except ValueError:
        return False
    through_proxy = any(key.startswith(_FORWARDED) for key in known)
    return not through_proxy and asked.netloc == named.netloc and all(
        map(_is_loopback, (address or "localhost", asked.hostname)))


def _for_this_machine() -> bool:
    """Tell whether the server is set up as for its own machine, and nobody else's program is connected to it."""
    names = [st.get_option("server.address") or "::", st.get_option("browser.serverAddress")]
    if any(st.get_option(name) != usual for name, usual in _DEPLOYED.items()):
        return False
    if not all(name in _ANYWHERE or _is_loopback(name) for name in names):
        return False
    tables = []
    for path in _CONNECTIONS:
        with suppress(OSError):
            tables.append(path.read_text(encoding="ascii"))
    return not strangers(tables, int(st.get_option("server.port")))


def strangers(tables: Iterable[str], port: int) -> set[int]:
    """Return the users, but for oneself and the system's own, whose programs are connected to a port of this machine.

    `tables` are those of the connections as Linux has them; elsewhere there are none. A proxy that hands on what comes
    as it comes can be told by nothing else: it runs as a user of its own.
    """
    users = set()
    for table in tables:
        for row in table.splitlines()[1:]:
            _, _, remote, _, _, _, _, user, *_ = row.split()
            if int(remote.rpartition(":")[2], 16) == port:
                users.add(int(user))
    return users - {0, os.getuid()} if users else users


def _is_loopback(name: str | None) -> bool:
    if name == "localhost":
        return True
    try:
        found = ipaddress.ip_address(name or "")
    except ValueError:
        return False
    # A server that listens to both versions is told of 127.0.0.1 in this form.
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback
