"""Web pages: main text, title, site, language and the date that the page states, by trafilatura and htmldate."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import datetime

import htmldate
import trafilatura
from lxml import etree, html

from extract.model import InputError
from extract.reading.encoding import decode
from extract.reading.file import MOST_TAGS, File
from extract.reading.fragments import text_of_fragment
from extract.reading.made import Facts, Made, under_title

_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=[\s\"']{0,9}([\w:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}[\"']([\w:.-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_DATED = re.compile(r"(?:^|[\s_-])(?:date|dateline|time|timestamp|published?|pub-?date|posted|byline)(?:$|[\s_-])|"
                    r"datepublished|publishdate|articledate|postdate|newsdate|pubtime|releasetime", re.IGNORECASE)
_CHANGED = re.compile(r"modif|updat|access|retriev|print", re.IGNORECASE)
_OF_THE_FILE = ("created", "changed", "changedby")
"""What office programs write into a page: when its file was made, not when it was published."""
_ASIDE = ("nav", "aside", "footer", "form")
_SHORT = 120
_EARLIEST, _LATEST = datetime(1800, 1, 1), datetime(2999, 12, 31)
"""Bounds for htmldate, whose own end today: the same page must give the same date on any day."""
_EMPTY = "the page holds no text of its own (its text may be loaded by a script)"
_POOR = 200
_NEARLY_ALL = 3
"""A short page has little besides its text; a long one of which little is left is all menus."""


def read_html(file: File) -> Iterator[Made]:
    """Yield the main text of a page under its title. Raises InputError with the reason when it holds none."""
    data = file.data()
    declared = next((match[1].decode("ascii") for form in (_META, _XML)
                     if (match := form.search(data[:_DECLARED_WITHIN]))), None)
    markup, encoding = decode(data, declared)
    if markup.count("<") > MOST_TAGS:
        raise InputError(f"has more than {MOST_TAGS:,} tags, the most that are read of one file")
    if not markup.strip():
        raise InputError("the file is empty")
    try:
        tree = html.document_fromstring(_undeclared(markup))
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"cannot be read as HTML ({error})") from error
    if tree.find("body") is None:
        raise InputError(_EMPTY)
    date = stated_date(tree)
    page = trafilatura.bare_extraction(
        copy.deepcopy(tree), with_metadata=True, include_comments=False, include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2999-12-31"},
    )
    found = (page.text or "") if page is not None and not isinstance(page, dict) else ""
    text, reader = _paragraphs(found), "HTML, main text by trafilatura"
    if len(text) < _POOR and (whole := _whole(tree)) and (not text or len(whole) < _NEARLY_ALL * len(text)):
        text, reader = whole, "HTML, whole text of the page"
    if not text:
        raise InputError(_EMPTY)
    title, site, address = (getattr(page, name, None) for name in ("title", "sitename", "url"))
    facts = Facts(title, date, site, address, _language(tree))
    yield Made(file.name, under_title(title, text), reader, encoding, facts)


def _undeclared(markup: str) -> str:
    """Remove the declaration of an encoding, which lxml refuses in text that is decoded already."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", markup.replace("\0", ""))


def _paragraphs(text: str) -> str:
    """Return trafilatura's lines as paragraphs; the items of a list and the rows of a table stay together."""
    lines = [line.strip() for line in text.replace("\u00a0", " ").split("\n") if line.strip()]
    parts = []
    for before, line in zip(["", *lines], lines, strict=False):
        together = (line.startswith("- ") and before.startswith("- ")) or ("|" in line and "|" in before)
        parts.append(("\n" if together else "\n\n") + line)
    return "".join(parts).strip()


def _whole(tree: html.HtmlElement) -> str:
    """Return all the text of a page, or of the part that it marks as its own, without its menus."""
    own = tree.find(".//article")
    body = copy.deepcopy(own if own is not None else tree)
    body.tail = None
    etree.strip_elements(body, *_ASIDE, with_tail=False)
    return text_of_fragment(html.tostring(body, encoding="unicode"))


def _language(tree: html.HtmlElement) -> str | None:
    said = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    return said if said and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,8}", said.strip()) else None


def stated_date(tree: html.HtmlElement) -> str | None:
    """Return the day of publication that a page states: in its head, in its data for search engines, or in an element
    made for it ("time", class "date").

    htmldate is shown these alone, for from a whole page it would also take days of which the text speaks.
    """
    shown = html.document_fromstring("<html><head></head><body></body></html>")
    head, body = shown.find("head"), shown.find("body")
    for element in tree.iter("meta", "script"):
        if element.tag == "meta" and (element.get("name") or "").lower() in _OF_THE_FILE:
            continue
        if element.tag == "meta" or "ld+json" in (element.get("type") or ""):
            head.append(copy.deepcopy(element))
    for element in tree.iter("time", "abbr", "span", "p", "div", "li", "em", "small", "td", "h4", "h5", "h6"):
        if _is_dated(element):
            copied = copy.deepcopy(element)
            copied.tail = None
            body.append(copied)
    return htmldate.find_date(
        shown, extensive_search=False, original_date=True, min_date=_EARLIEST, max_date=_LATEST
    )


def _is_long(element: html.HtmlElement) -> bool:
    """Tell whether an element holds more than a date; no more of it is looked at than tells."""
    length = 0
    for number, one in enumerate(element.iter()):
        length += len(one.text or "") + (len(one.tail or "") if number else 0) + 1
        if length > _SHORT:
            return True
    return False


def _is_dated(element: html.HtmlElement) -> bool:
    marks = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "property"))
    if element.tag not in ("time", "abbr") and not _DATED.search(marks):
        return False
    if _CHANGED.search(marks) or _is_long(element):
        return False
    above = list(element.iterancestors())
    return not any(one.tag in _ASIDE or _CHANGED.search(one.get("class") or "") for one in above)
