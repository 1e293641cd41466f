"""Document -> articles: paragraphs, headlines, datelines, and the boundaries between the items of a digest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.feed_items import feed_items, is_stamp, is_stamped
from extract.model import Article, Dateline, Document, Span

_TERMINAL = (".", "!", "?", ":", ";", '"', "”", "’", ")", "…", "—")
_KEY_VALUE = re.compile(r"[\w-]{2,20}: ")
_LIST_ITEM = re.compile(r"(?:--?|[*•>#]{1,3}|\d{1,3}[.)])\s")
_SMALL_WORD = re.compile(r"\b(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|with)\Z|,\Z", re.IGNORECASE)
_ELEMENT = re.compile(r"</?[\w-]+(?:\s[^<>]*)?>")
_CELL_MARKS = 2
_LINE = re.compile(r"[^\n]+")

_MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH})(?:\s?,?\s\d{{4}})?"
_PLACE = r"[A-Z][\w.'’ -]{1,40}(?:,\s[A-Z][\w.'’ -]{1,30}){0,2}"
_DASH = r"(?:--|[-–—])"
_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACE}?),?\s)?(?:\w{{3,9}}day,\s)?{_DAY}\s?\((?P<agency>[^()\n]{{2,40}})\)\s?{_DASH}{{0,2}}"
    rf"|(?P<place2>{_PLACE}?),\s{_DAY}\s?(?:\([^()\n]{{2,40}}\)\s?)?{_DASH}{{1,2}}"
    rf"|(?P<place3>[A-Z][A-Z.'’ -]{{2,40}}(?:,\s[A-Z][\w.'’ ]{{1,30}})?)\s\([A-Z][\w ,.]{{1,30}}\)\s?{_DASH}{{1,2}}"
)
_REPRINT = re.compile(
    r"(?:The|This) (?:following|below|original)?\s?(?:article|articles|text|report|piece|is the|speech)s?\b"
    r".{0,60}\b(?:published|appeared|reprinted|carried|posted|released)\b",
    re.IGNORECASE,
)
_END_MARK = re.compile(r"(?:Continue reading|Read more|Read the full|Share this|Advertisements?\Z|Like this)\b", re.I)
_FEED_HEADING = re.compile(r"##\s")
_RULER = re.compile(r"(?:[-=_*~]{3,}|\* \* \*)\Z")
_LONGEST_HEADLINE = 200
_MIN_DIGEST_CLUES = 2


def segment(document: Document) -> tuple[Article, ...]:
    """Split a document into its articles, in order; together they hold every paragraph of the text.

    A document that shows no sign of being a digest is one article.
    """
    text = document.text
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        return ()
    headed = any(_FEED_HEADING.match(text, paragraph.start, paragraph.end) for paragraph in paragraphs)
    starts = [] if headed else feed_items(text, paragraphs)
    if not starts and _is_digest(text, paragraphs):
        starts = _boundaries(text, paragraphs)
    starts = sorted({0, *starts})
    articles = []
    for index, first in enumerate(starts):
        last = starts[index + 1] if index + 1 < len(starts) else len(paragraphs)
        articles.append(_article(document, index, paragraphs[first:last]))
    return tuple(articles)


def _article(document: Document, index: int, paragraphs: Sequence[Span]) -> Article:
    text = document.text
    title = paragraphs[0] if len(paragraphs) > 1 and is_headline(text, paragraphs[0]) else None
    dateline = next((d for p in paragraphs[:6] if (d := find_dateline(text, p)) is not None), None)
    return Article(
        document=document,
        index=index,
        start=paragraphs[0].start,
        end=paragraphs[-1].end,
        paragraphs=tuple(paragraphs),
        title=title,
        dateline=dateline,
    )


def split_paragraphs(text: str) -> list[Span]:
    """Return the spans of the paragraphs of `text`, without surrounding white space.

    Blank lines end a paragraph; a single newline does so too unless the text is merely wrapped there.
    """
    paragraphs: list[Span] = []
    previous_end = -1
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        end = start + len(stripped)
        # A blank line in between means more than one newline between the ends of the two lines' text.
        adjacent = paragraphs and text.count("\n", previous_end, start) == 1
        if adjacent and _is_wrapped(text[_line_start(text, previous_end) : previous_end].strip(), stripped):
            paragraphs[-1] = Span(paragraphs[-1].start, end)
        else:
            paragraphs.append(Span(start, end))
        previous_end = end
    return paragraphs


def _line_start(text: str, end: int) -> int:
    return text.rfind("\n", 0, end) + 1


def _is_wrapped(line: str, following: str) -> bool:
    """Tell whether a line break is only a wrapped line.

    "…said while" / "holding talks with …" is; "MOSCOW, Russia" / "In face of …" and "country: Iceland" are not.
    """
    if _KEY_VALUE.match(line) or _KEY_VALUE.match(following) or _LIST_ITEM.match(following) or _LIST_ITEM.match(line):
        return False
    if _DATELINE.match(following) or _is_row(line) or _is_row(following) or is_stamp(following) or is_stamped(line):
        return False
    if line.endswith(_TERMINAL):
        # A wrapped paragraph may break after a full stop: the line is then as long as its neighbours.
        return len(line) >= 55 and following[0].islower()
    if following[0].islower() or _SMALL_WORD.search(line):
        return True
    return 40 <= len(line) <= 120 and not is_title_like(line)


def _is_row(line: str) -> bool:
    """Tell whether a line is a row of a table or an element of its own: "1999 | Kuwait | talks", "<trip>"."""
    return line.count(" | ") >= _CELL_MARKS or line.count("\t") >= _CELL_MARKS or _ELEMENT.match(line) is not None


def is_headline(text: str, paragraph: Span) -> bool:
    """Tell whether a paragraph reads like a headline: short, on one line, no full stop, with a capital."""
    line = text[paragraph.start : paragraph.end]
    if not 8 <= len(line) <= _LONGEST_HEADLINE or _KEY_VALUE.match(line) or (_LIST_ITEM.match(line) and line[0] != "#"):
        return False
    if line.rstrip("”\"’')").endswith((".", ";", ",", "!", "--")) or re.search(r"[.!?]\s\(", line):
        return False
    if find_dateline(text, paragraph) is not None or line.endswith(":"):
        return False
    words = line.split()
    return len(words) >= 3 and any(char.isupper() for char in line) and not line.startswith(("“", '"', "‘"))


def is_title_like(line: str) -> bool:
    """Tell whether most longer words of a line begin with a capital, as in a headline in title case."""
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def find_dateline(text: str, paragraph: Span) -> Dateline | None:
    """Return the dateline that opens a paragraph ("NAIROBI, Aug. 4 (Reuters) —"), or None."""
    match = _DATELINE.match(text, paragraph.start, min(paragraph.end, paragraph.start + 160))
    if match is None:
        return None
    place = match.group("place") or match.group("place2") or match.group("place3")
    return Dateline(match.start(), match.end(), place)


def _is_digest(text: str, paragraphs: Sequence[Span]) -> bool:
    """Tell whether a document holds several articles: at least two signs of an article's beginning or end."""
    clues = 0
    for paragraph in paragraphs[1:]:
        line = text[paragraph.start : min(paragraph.end, paragraph.start + 250)]
        clues += bool(
            _END_MARK.match(line)
            or _REPRINT.search(line)
            or _FEED_HEADING.match(line)
            or find_dateline(text, paragraph)
        )
        if clues >= _MIN_DIGEST_CLUES:
            return True
    return False


def _boundaries(text: str, paragraphs: Sequence[Span]) -> list[int]:
    """Return the indices of the paragraphs that begin an article of a digest."""
    starts: list[int] = []
    for index in range(1, len(paragraphs)):
        line = text[paragraphs[index].start : paragraphs[index].end]
        before = text[paragraphs[index - 1].start : paragraphs[index - 1].end]
        head = before if len(before) <= 250 else ""
        if (
            _FEED_HEADING.match(line)
            or _END_MARK.match(head)
            or _RULER.match(head)
            or _REPRINT.search(head)
            or _opens_article(text, paragraphs, index)
        ) or (find_dateline(text, paragraphs[index]) and not _is_headed(text, paragraphs, index, starts)):
            starts.append(index)
    return starts


def _is_headed(text: str, paragraphs: Sequence[Span], index: int, starts: Sequence[int]) -> bool:
    """Tell whether the paragraph before is the headline of this one: it begins an item and has no dateline itself."""
    opening = index == 1 or index - 1 in starts
    return opening and find_dateline(text, paragraphs[index - 1]) is None


def _opens_article(text: str, paragraphs: Sequence[Span], index: int) -> bool:
    """Tell whether the paragraph is a headline over running text, and not a subheading in capitals or a numbered one.

    A headline stands over a paragraph of some length, after one that is complete.
    """
    if not is_headline(text, paragraphs[index]) or index + 1 >= len(paragraphs):
        return False
    line = text[paragraphs[index].start : paragraphs[index].end]
    if line.isupper() or re.match(r"(?:[IVX]{1,4}|\d{1,2})[.)]\s", line) or line.endswith("?"):
        return False
    following = paragraphs[index + 1]
    before = text[paragraphs[index - 1].start : paragraphs[index - 1].end]
    return following.end - following.start >= 150 and (
        before.endswith(_TERMINAL) or _END_MARK.match(before) is not None
    )
