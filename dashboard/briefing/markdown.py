"""A briefing as Markdown, with footnotes as GitHub and Pandoc read them."""

from __future__ import annotations

import re
from urllib.parse import quote

from dashboard.briefing.entries import Briefing, Entry
from dashboard.escaping import without_addresses

_OF_ADDRESSES = "%:/?#[]@!$&'()*+,;=~"
# What begins markup within a line; no line begins with text of a document.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$^&]|:(?=[\w+-]+:))")


def to_markdown(briefing: Briefing) -> bytes:
    """Return the briefing as Markdown in UTF-8; text of documents is escaped, and no address in it becomes a link."""
    lines = [f"# {_escaped(briefing.title)}", ""]
    for said in briefing.about:
        lines += [f"*{_escaped(said)}*", ""]
    if briefing.view:
        lines += [f"*These events in Readout:* <{quote(briefing.view, safe=_OF_ADDRESSES)}>", ""]
    for heading, entries in briefing.sections:
        lines += [f"## {heading}", ""]
        for entry in entries:
            lines += _entry(entry)
    lines += [f"[^{number}]: {_escaped(note)}" for number, note in enumerate(briefing.notes, 1)]
    return ("\n".join(lines) + "\n").encode()


def _entry(entry: Entry) -> list[str]:
    more = f"[^{entry.more}]" if entry.more else ""
    title = _escaped(entry.title) or "(no title)"
    lines = [f"**{_escaped(entry.date)}. {title}**{more}", "", f"({_escaped(entry.facts)})", ""]
    for cited in entry.quotes:
        lines += [f"> “{_escaped(cited.text)}”[^{cited.note}]", ""]
    return lines


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", without_addresses(text))
