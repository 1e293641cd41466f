"""Signing in, where editors have to: the button in the head of each page, who is signed in, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import streamlit as st

from dashboard import access
from dashboard.escaping import plain
from dashboard.settings import Settings

_SHARED = ("redirect_uri", "cookie_secret")
_EACH = ("client_id", "client_secret", "server_metadata_url")
DEFAULT = "default"


def draw(settings: Settings) -> None:
    """Draw the button, where signing in serves a purpose."""
    if settings.editing == "login":
        with st.container(key="account", width="content"):
            _account(settings)


def _account(settings: Settings) -> None:
    user = st.user.to_dict()
    if user.get("is_logged_in"):
        _who(access.signed_in(user), access.editor(settings) is not None)
        return
    found = _secrets()
    if lacking := missing(found):
        with st.popover("Sign in", icon=":material/login:", width="content"):
            st.markdown(f"Nobody can sign in here yet: {lacking}. Until then the record can only be read.")
        return
    first, *others = providers(found)
    if not others:
        _button("Sign in", first)
        return
    with st.popover("Sign in", icon=":material/login:", width="content"):
        for name in (first, *others):
            _button(f"Sign in with {plain(name)}", name)


def providers(found: Mapping[str, Any]) -> list[str]:
    """Return the names of the providers that the section `[auth]` of the secrets tells of, as `st.login` has them."""
    named = sorted(name for name, one in found.items() if isinstance(one, Mapping) and name != "client_kwargs")
    return [*([DEFAULT] if any(key in found for key in _EACH) else []), *named]


def missing(found: Mapping[str, Any]) -> str:
    """Return in words what signing in still needs, given the section `[auth]` of the secrets; empty where nothing."""
    if find_spec("authlib") is None:
        return 'the package Authlib is not installed (`pip install -e ".[login]"`)'
    if not found:
        return "Streamlit’s secrets have no section `[auth]`"
    lacking = [key for key in _SHARED if not found.get(key)]
    known = providers(found) or [DEFAULT]
    for name in known:
        own: Mapping[str, Any] = found if name == DEFAULT else found[name]
        lacking += [key if name == DEFAULT else f"{name}.{key}" for key in _EACH if not own.get(key)]
    return f"the section `[auth]` of Streamlit’s secrets lacks {plain(', '.join(lacking))}" if lacking else ""


def _secrets() -> Mapping[str, Any]:
    """Return the section `[auth]` of the secrets, empty where there is none or none can be read."""
    try:
        found = st.secrets.get("auth") if st.secrets.load_if_toml_exists() else None
    except (OSError, ValueError):
        return {}
    return found.to_dict() if found is not None and hasattr(found, "to_dict") else {}


def _button(label: str, provider: str) -> None:
    st.button(label, key=f"sign_in_{provider}", on_click=st.login, args=() if provider == DEFAULT else (provider,),
              icon=":material/login:", width="content")


def _who(address: str, may: bool) -> None:
    with st.popover(plain(address) or "Signed in", icon=":material/account_circle:", width="content"):
        if may:
            st.markdown("You may correct the record. The history shows your address with what you decide.")
        elif address:
            st.markdown("You may read only: this address is not among the editors.")
        else:
            st.markdown("You may read only: the provider tells no address of yours that it has verified.")
        st.button("Sign out", key="sign_out", on_click=st.logout, icon=":material/logout:")
