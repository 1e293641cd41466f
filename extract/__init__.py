"""Readout's extraction: documents in, dated events with their evidence out.

In pipeline order: `read_documents`, `extract_events`, `Event`, `write_store`. They are loaded when first used, so that
importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.pipeline import extract_events, read_documents
    from extract.record import Event
    from extract.store import write_store

__all__ = ["Event", "extract_events", "read_documents", "write_store"]

_HOMES = {
    "read_documents": "extract.pipeline",
    "extract_events": "extract.pipeline",
    "Event": "extract.record",
    "write_store": "extract.store",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
