"""Pieces of HTML in feeds and tables: to plain paragraphs, with lxml; nothing in them is run or fetched."""

from __future__ import annotations

import re

from lxml import etree, html

from extract.model import InputError

_TAGS = re.compile(r"</?(?:p|br|div|a|span|ul|ol|li|em|strong|b|i|h[1-6]|table|blockquote|figure|img)\b[^<>]*>", re.I)
_FEW_TAGS = 2
_SILENT = ("script", "style", "template", "noscript", "iframe", "object", "svg", "head", "title", "form", "button")
_BLOCKS = frozenset(re.findall(r"\w+", """
    p div ul ol table tr h1 h2 h3 h4 h5 h6 blockquote figure figcaption section article header footer pre hr dl dt dd
"""))


def is_markup(text: str) -> bool:
    """Tell whether a text has at least two tags of HTML."""
    return "<" in text and len(_TAGS.findall(text[:20_000])) >= _FEW_TAGS


def text_of_fragment(markup: str) -> str:
    """Return the text of a piece of HTML: its blocks as paragraphs, list items with dashes.

    Raises InputError with the reason when it cannot be read.
    """
    if not markup.strip():
        return ""
    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise InputError(f"its HTML cannot be read ({error})") from error
    etree.strip_elements(root, *_SILENT, with_tail=False)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag).lower()
        starts = event == "start"
        if tag in _BLOCKS:
            parts.append("\f")
        elif tag == "br":
            parts.append("\v" if starts else "")
        elif tag == "li":
            parts.append("\v- " if starts else "\v")
        elif tag in ("td", "th") and not starts:
            parts.append(" ")
        parts.append((element.text if starts else element.tail) or "")
    return _laid_out("".join(parts))


def _laid_out(marked: str) -> str:
    """Return text whose blocks end in form feeds and whose lines in vertical tabs, without other breaks."""
    flat = re.sub(r"[^\S\f\v]+", " ", marked.replace("\u00a0", " "))
    blocks = ["\n".join(line.strip() for line in block.split("\v") if line.strip()) for block in flat.split("\f")]
    return "\n\n".join(block for block in blocks if block)
