"""Lines of pages to paragraphs: without headers and footers, joined where a paragraph goes on, hyphens undone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_BULLET = re.compile(r"(?:[•▪●■◦‣\uf0b7\uf0a7\u2023–*-]|\(?(?:\d{1,3}|[a-z])[.)])\s")
_SIGNS_OF_LISTS = re.compile(r"^[•▪●■◦‣\uf0b7\uf0a7]\s*")
_ENDS = (".", "!", "?", ":", ".”", ".\"", ".’", "!”", "?”", ".)")
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_KEEP_HYPHEN = frozenset(re.findall(r"\w+", """
    north south east west well self long short high low vice ex half cross non all state one two three four five six
    seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety
"""))
_PRINTED = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}, \d{1,2}:\d\d.*|(?:https?|file)://\S+(?: \d+/\d+)?")
"""What a browser prints above and below a page: day and hour of printing, the address."""
_EDGE = 3
_LONGEST_WORD = 100
_LOOSE = 1.35
_SHORT = 0.75
_INDENT = 6.0
_SAME_SIZE = 0.08


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, how far right and up it starts, in points, and the size of its letters."""

    text: str
    right: float
    up: float
    size: float


def without_repeated(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[str]]:
    """Return the pages without what stands above and below the text of most of them, and these lines, once each.

    Numbers are of no matter: "Page 3" and "Page 4" are the same line. A line is such a header or footer where it stands
    at the same height on half of the pages, or a gap parts it from the text.
    """
    steps = [step for page in pages for step in _steps(_heights(page))]
    usual = median(steps) if steps else 0.0
    edges, parted = [_edges(page) for page in pages], [_parted(page, usual) for page in pages]
    heights = Counter(key for edge in edges for key in {_key(line) for line in edge})
    texts = Counter(text for part in parted for text in {_numberless(line.text) for line in part})
    needed = max(2, len(pages) / 2)
    kept, left = [], []
    for page, edge, part in zip(pages, edges, parted, strict=True):
        out = {
            id(line) for line in edge
            if heights[_key(line)] >= needed or _PRINTED.fullmatch(line.text)
        } | {
            id(line) for line in part
            if texts[_numberless(line.text)] >= needed or _PAGE_NUMBER.fullmatch(line.text)
        }
        kept.append([line for line in page if id(line) not in out])
        left += [line.text for line in page if id(line) in out]
    return kept, list(dict.fromkeys(left))


def _heights(page: Sequence[Line]) -> list[int]:
    return sorted({round(line.up) for line in page})


def _steps(heights: Sequence[int]) -> list[int]:
    return [above - below for below, above in pairwise(heights)]


def _edges(page: Sequence[Line]) -> list[Line]:
    """Return the lines at the three greatest and the three lowest heights, wherever they come in the page's order."""
    heights = _heights(page)
    return [line for line in page if round(line.up) in (*heights[:_EDGE], *heights[-_EDGE:])]


def _parted(page: Sequence[Line], usual: float) -> list[Line]:
    """Return the lines at the top and at the bottom of a page that a gap parts from the rest."""
    heights = _heights(page)
    steps = _steps(heights)
    most = min(_EDGE, max(1, len(heights) // 3))
    low = next((at for at, step in enumerate(steps[:most]) if step > _LOOSE * usual), None)
    high = next((at for at, step in enumerate(steps[: -most - 1 : -1]) if step > _LOOSE * usual), None)
    bottom = heights[: low + 1] if low is not None else heights[:0]
    top = heights[-high - 1 :] if high is not None else heights[:0]
    return [line for line in page if round(line.up) in (*bottom, *top)]


def _key(line: Line) -> tuple[str, int]:
    return _numberless(line.text), round(line.up)


def _numberless(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def paragraphs(pages: Iterable[Sequence[Line]]) -> str:
    """Return the text of pages: paragraphs, with an empty line between them."""
    lines = [(number, line) for number, page in enumerate(pages) for line in page]
    known = Counter(word.lower() for _, line in lines for word in _WORD.findall(line.text[:-1] + " "))
    gaps = [
        a.up - b.up for (page, a), (following, b) in pairwise(lines)
        if page == following and 0 < a.up - b.up < 4 * max(a.size, 1.0)
    ]
    leading = median(gaps) if gaps else 0.0
    longest = sorted(len(line.text) for _, line in lines)[-max(1, len(lines) // 10) :][0] if lines else 0
    size = median(line.size for _, line in lines) if lines else 1.0
    blocks: list[list[str]] = []
    before: tuple[int, Line] | None = None
    for page, line in lines:
        # Large letters, as in headings, have wider steps and fewer letters to a line.
        scale = max(1.0, line.size / (size or 1.0))
        if before is None or not _goes_on(before[1], line, before[0] == page, leading * scale, longest / scale):
            blocks.append([_SIGNS_OF_LISTS.sub("- ", line.text)])
        else:
            _go_on(blocks[-1], line.text, known)
        before = (page, line)
    return "\n\n".join(map("".join, blocks)).replace("\u00ad", "")


def _goes_on(before: Line, line: Line, same_page: bool, leading: float, longest: float) -> bool:
    """Tell whether a line goes on with the paragraph of the line before."""
    if _BULLET.match(line.text) or abs(before.size - line.size) > _SAME_SIZE * max(before.size, line.size):
        return False
    down = before.up - line.up
    if not same_page or down <= 0:
        # The top of a page or of a column: a sentence goes on, a new one most often begins a paragraph.
        return not before.text.endswith(_ENDS)
    if down > _LOOSE * leading:
        return False
    ended = before.text.endswith(_ENDS)
    if ended and (len(before.text) < _SHORT * longest or line.right - before.right > _INDENT):
        return False
    return not (len(before.text) < longest / 2 and not line.text[:1].islower())


def _go_on(block: list[str], line: str, known: Counter[str]) -> None:
    """Put a line after the parts of a block; a word that was divided at the end of a line becomes whole.

    "govern-" and "ments" are one word; "north-" and "eastern", "Franco-" and "German" keep their hyphen, and so does
    what the document writes with one elsewhere.
    """
    if block[-1].endswith("\u00ad"):
        block[-1] = block[-1].rstrip("\u00ad") + "-"
    # Of a long paragraph only the end is looked at, or its lines would take time in their square.
    broken, following = _BROKEN.search("".join(block[-3:])[-_LONGEST_WORD:]), _WORD.match(line)
    if broken is None or following is None:
        block += (" ", line)
        return
    first, rest = broken.group(1), following.group()
    whole, compound = known[(first + rest).lower()], known[f"{first}-{rest}".lower()]
    if rest[0].islower() and compound <= whole and (whole or first.lower() not in _KEEP_HYPHEN):
        block[-1] = block[-1][:-1]
    block.append(line)
