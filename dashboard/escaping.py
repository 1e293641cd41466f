"""Text that comes from a document or a link, made harmless for widgets that would read it as markup."""

from __future__ import annotations

import re
import textwrap

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$^&=\"'@/])")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|mailto|www)(?=[:.])|(?=@)")
_FILE = re.compile(r"\bsqlite.*", re.DOTALL)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.]{0,40}://\S*?(?=[.,;:]?(?:\s|$))")
_PATH = re.compile(r"(?<![\w.…/\\])(?:[A-Za-z]:)?[/\\](?:[^\s/\\:][^/\\:\n]*[/\\]+)*(?P<last>[^\s/\\:,;'\"]+)")
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """Return `text` so that a widget which reads Markdown (label, caption, heading, message) shows it as it is.

    Every character with a meaning in Markdown gets a backslash, line breaks become spaces, and addresses are broken up
    by an invisible character, since Markdown turns them into links even when they are escaped.
    """
    flat = " ".join(text.split())
    return _MARKUP.sub(r"\\\1", without_addresses(flat))


def without_addresses(text: str) -> str:
    """Return `text` with its addresses broken up by an invisible character, so that none of them becomes a link."""
    return _AUTOLINK.sub(lambda match: match.group() + _WORD_JOINER, text)


def reason(message: str) -> str:
    """Return the message of an error as `plain` text, without places."""
    return plain(without_places(message))


def without_places(text: str) -> str:
    """Return a message without the addresses and folders of the machine: of a path its last name is left.

    Visitors need not know where things lie; the log tells those who run the dashboard.
    """
    lines = "\n".join(map(_without_files, text.split("\n")))
    return _PATH.sub(lambda match: match["last"], _ADDRESS.sub("the database", lines))


def _without_files(line: str) -> str:
    """Return a line without the addresses of databases in files: their names may hold blanks, and end at a colon."""
    *parts, last = line.split(": ")
    return ": ".join([*(_FILE.sub("the database", part) for part in parts), last])


def hover(text: str, width: int = 56, lines: int = 4) -> str:
    """Return `text` for Plotly, which reads a small part of HTML: escaped, wrapped, cut after `lines` lines."""
    flat = " ".join(text.split())
    rows = textwrap.wrap(flat, width, max_lines=lines, placeholder=" …") or [""]
    return "<br>".join(row.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for row in rows)
