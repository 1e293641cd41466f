"""What the event rules find in a text made up for a test."""

import hashlib

from extract.events.finding import find_mentions
from extract.events.mention import EventMention
from extract.model import Document
from extract.pipeline import annotate, combine, read_events
from extract.record import Event


def document(text: str, name: str = "made-up.txt") -> Document:
    return Document(name, text, hashlib.sha256(text.encode()).hexdigest())


def told(text: str) -> list[EventMention]:
    """Return all mentions in a text, in order."""
    return [mention for ann in annotate(document(text)) for mention in find_mentions(ann)[0]]


def events(text: str, kind: str | None = None) -> list[Event]:
    """Return the events that the rules find in a text, of one kind if it is given."""
    return [event for event in combine([read_events(document(text))]).events if kind in (None, event.kind)]


