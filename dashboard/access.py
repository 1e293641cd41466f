"""Who may correct the record: anybody at the machine itself; in a deployment who has signed in and is listed."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st

from dashboard.settings import Settings

# What a proxy adds when it hands on the request of somebody else.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def editor(settings: Settings) -> str | None:
    """Return the name of the reader where they may correct the record, empty where it is not known; else None."""
    if settings.editing == "local" and at_this_machine(st.context.ip_address, st.context.headers):
        return ""
    if settings.editing == "login" and st.user.get("is_logged_in"):
        # An address of which the provider says that it is not verified may be anybody's.
        address = str(st.user.get("email") or "") if st.user.get("email_verified") is not False else ""
        return address if address.casefold() in {one.casefold() for one in settings.editors} else None
    return None


def at_this_machine(address: str | None, headers: Mapping[str, str]) -> bool:
    """Tell whether a request comes from a browser on the machine that runs the dashboard, and through no proxy.

    `address` is that of the browser, None where it is the machine's own. A proxy on the same machine shows in what it
    adds, or in the name under which the browser knows the dashboard.
    """
    known = {key.lower(): value for key, value in headers.items()}
    names = [urlsplit(f"//{known.get('host', '')}").hostname]
    if "origin" in known:
        names.append(urlsplit(known["origin"]).hostname)
    return not known.keys() & set(_FORWARDED) and all(map(_is_loopback, [address or "localhost", *names]))


def _is_loopback(name: str | None) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name or "").is_loopback
    except ValueError:
        return False
