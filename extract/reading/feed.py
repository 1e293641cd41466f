"""RSS and Atom files, saved from the web: each entry is a document. Read by feedparser; nothing is fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser

from extract.model import Failure, InputError
from extract.reading.file import MOST_TAGS, File
from extract.reading.fragments import is_markup, text_of_fragment
from extract.reading.made import Facts, Made, under_title
from extract.reading.stated_date import edtf_of

_ENTITY = re.compile(rb"<!ENTITY|<\x00!\x00E\x00N\x00T|\x00<\x00!\x00E\x00N\x00T", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_LONGEST_ID = 200


def read_feed(file: File) -> Iterator[Made | Failure]:
    """Yield the entries of a feed under their titles.

    Raises InputError with the reason when the file is no feed, declares entities (of which XML bombs are made), or
    holds no entry.
    """
    data = file.data()
    if _ENTITY.search(data):
        raise InputError("declares entities of its own, as files do that are made to fill the memory; it is not read")
    if data.count(b"<") > MOST_TAGS:
        raise InputError(f"has more than {MOST_TAGS:,} tags, the most that are read of one file")
    if not _ROOT.search(data[:20_000].replace(b"\0", b"")):
        raise InputError("is neither RSS nor Atom; of XML files only feeds are read")
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        reason = feed.get("bozo_exception")
        raise InputError(f"cannot be read as a feed ({reason})" if reason else "is a feed without entries")
    kind = "Atom" if str(feed.get("version", "")).startswith("atom") else "RSS"
    seen: set[str] = set()
    ids = {_own(entry) for entry in feed.entries}
    for number, entry in enumerate(feed.entries, 1):
        own = _own(entry) or (f"entry {number}" if str(number) in ids else str(number))
        name = f"{file.name}#{own}"
        if own in seen:
            yield Failure(f"{name} (entry {number})", "an earlier entry has the same id")
            continue
        seen.add(own)
        try:
            yield _made(name, entry, feed.feed, kind, str(feed.get("encoding") or ""))
        except InputError as error:
            yield Failure(name, str(error))


def _own(entry: Mapping[str, Any]) -> str:
    return " ".join(str(entry.get("id") or entry.get("link") or "").split())[:_LONGEST_ID]


def _made(name: str, entry: Mapping[str, Any], feed: Mapping[str, Any], kind: str, encoding: str) -> Made:
    written = entry.get("published") or entry.get("updated") or entry.get("created")
    try:
        published = edtf_of(written)
    except InputError as error:
        raise InputError(f"date: {error}") from error
    title = _plain(str(entry.get("title") or ""))
    content = max((str(part.get("value", "")) for part in entry.get("content") or []), key=len, default="")
    body = _plain(max(content, str(entry.get("summary") or ""), key=len))
    source = entry.get("source") or {}
    publisher = source.get("title") or entry.get("publisher") or feed.get("title")
    link = str(entry.get("link") or "")
    address = link if link.startswith(("https://", "http://")) else None
    facts = Facts(title, published, publisher, address, entry.get("language") or feed.get("language"))
    return Made(name, under_title(title, body), f"{kind}, one entry", encoding.upper() or None, facts)


def _plain(markup: str) -> str:
    return text_of_fragment(markup) if is_markup(markup) or "&" in markup else markup.strip()
