"""Whose release it is: the state that an article comes from, told by letterhead, addresses, delegation or its pairs.

"The Minister met with his counterpart from Peru" never says whose minister. Each rule gives the states that it finds;
the first one that finds a single state decides, and one that finds two decides nothing.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import pycountry

from extract.gazetteer import Row, read_table
from extract.mentions.countries import CountryMention, is_country
from extract.mentions.name_words import fold, word_sorts
from extract.model import Article

_ADDRESS = re.compile(
    r"(?:[@/]|\bwww\.)[\w.-]{0,250}?(?<![\w-])(?:gov|gob|gouv|govt|go|mfa|gc)\.(?P<code>[a-z]{2})(?!\.{0,9}\w)"
    r"|(?:[@/]|\bwww\.)[\w-]{1,63}(?:\.[\w-]{1,63}){0,9}\.(?P<us>gov|mil)(?!\.{0,9}\w)"
)
_HEADER = 2000
_FOOTER = 1200
_HEAD_LINES = 12
_HEAD = 900
_LONGEST_LINE = 110
_PIECES = re.compile(r"\s{0,20}(?:[|:/\[\]()>•]|\s[-–—]{1,20}\s|--|—|^[-–—]|[-–—]$)\s*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OTHERS = frozenset(("ministry", "nations"))
_LEADING = frozenset(("embassy", "commission", "mission", "consulate", "delegation"))
_SENT = re.compile(r"['’]s?\s+(?:[Hh]ead of [Dd]elegation|representative)\b")
_AS = re.compile(r"\bas (?:the )?$")
_BETWEEN = re.compile(r"\b(?:[Bb]etween)\s+(?:the\s+)?$")
_AND = re.compile(r"\s+and\s+(?:the\s+)?|\s*[-–—/]\s*")
_PAIRS = 3
_TELLING = ("name", "demonym", "seat", "capital", "body")  # "Department of Trade, Dublin" is of Dublin

Rule = Callable[[Article, Sequence[CountryMention]], set[str]]


def home_of(article: Article, countries: Sequence[CountryMention]) -> str | None:
    """Return the state whose release an article is, whose states are `countries`, or None where that is not told."""
    here = countries[bisect_left(countries, article.start, key=lambda m: m.start) :]
    for rule in RULES:
        found = rule(article, here)
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def by_header_address(article: Article, countries: Sequence[CountryMention]) -> set[str]:
    """The addresses in the header are of one government: "https://www.mfa.gov.fj/news", "press@foreign.gov.fj"."""
    return _addresses(f"{article.document.url or ''} {article.document.text[article.start : _head_end(article)]}")


def by_footer_address(article: Article, countries: Sequence[CountryMention]) -> set[str]:
    """So are those at the end, where whom to ask is told: "Media contact: press@foreign.gov.fj"."""
    return _addresses(article.document.text[max(article.start, article.end - _FOOTER) : article.end])


def _head_end(article: Article) -> int:
    return min(article.end, article.start + _HEADER)


def _addresses(text: str) -> set[str]:
    found = set()
    for match in _ADDRESS.finditer(text):
        code = "gb" if match["code"] == "uk" else match["code"]
        state = None if match["us"] else pycountry.countries.get(alpha_2=code.upper())
        found.add("USA" if match["us"] else state.alpha_3 if state else "")
    return {code for code in found if is_country(code)}


def by_letterhead(article: Article, countries: Sequence[CountryMention]) -> set[str]:
    """A piece of a line at the top holds nothing but words of office and a state: "Ministry of Trade, Suva".

    Also a body by a name of its own: "Iveagh House, Dublin". Not the headline "Kenyan minister off to Suva".
    """
    found: dict[str, list[str]] = {}
    for start, end in _pieces(article):
        mention = _letterhead(article.document.text, start, end, countries)
        if mention is not None:
            found.setdefault(mention.form, []).append(mention.code)
    return next((set(found[form]) for form in _TELLING if form in found), set())


def _letterhead(text: str, start: int, end: int, countries: Sequence[CountryMention]) -> CountryMention | None:
    """Return the mention that tells whose letterhead a piece of a line is, or None where it is no letterhead."""
    mentions, words, position = [], [], start
    for mention in countries[bisect_left(countries, start, key=lambda m: m.start) :]:
        if mention.start >= end:
            break
        if mention.strong or mention.form not in ("body", "seat"):
            mentions.append(mention)
            words += _words(text[position : mention.start])
            position = mention.end
    words += _words(text[position:end])
    sorts = word_sorts()
    if not mentions or any(word not in sorts["letterhead"] for word in words):
        return None
    office = any(word in sorts["office"] for word in _words(text[start:end]))
    told = [m for m in mentions if office or (m.form in ("body", "seat") and m.strong)]
    if any(word in _LEADING for word in words):
        told = told[:1]
    best = min(told, key=lambda m: _TELLING.index(m.form) if m.form in _TELLING else len(_TELLING), default=None)
    rivals = {m.code for m in told if best is not None and m.form == best.form}
    return best if len(rivals) == 1 else None


def _words(text: str) -> list[str]:
    return [fold(match[0]).removesuffix("'s") for match in _WORD.finditer(text.replace("’", "'"))]


def by_own_phrase(article: Article, countries: Sequence[CountryMention]) -> set[str]:
    """A line at the top is one that only one government writes: "Office of the Spokesperson", "Beehive release"."""
    text, phrases = article.document.text, _phrases()
    pieces = [text[start:end] for start, end in _pieces(article)]
    if any(set(_words(piece)) & _OTHERS for piece in pieces):
        return set()
    parts = [" ".join(_words(part)) for piece in pieces for part in (piece, *piece.split(","))]
    return {phrases[part] for part in parts if part in phrases}


@cache
def _phrases() -> dict[str, str]:
    def check(row: Row) -> Iterator[str]:
        if not is_country(row["code"]):
            yield f"code: {row['code']!r} is not known"

    rows = read_table("letterheads.tsv", ("code", "phrases"), check)
    return {" ".join(_words(phrase)): row["code"] for row in rows for phrase in row.values("phrases")}


def _pieces(article: Article) -> Iterator[tuple[int, int]]:
    """Yield the pieces of the lines at the top of an article down to its prose, as document offsets."""
    text, lines = article.document.text, 0
    position = article.start
    while position < min(article.end, article.start + _HEAD) and lines < _HEAD_LINES:
        stop = text.find("\n", position, article.end)
        stop = article.end if stop < 0 else stop
        line = text[position:stop]
        if line.strip():
            lines += 1
            if len(line) > _LONGEST_LINE and line.rstrip().endswith("."):
                return
            start = 0
            for cut in _PIECES.finditer(line[:_HEAD]):
                yield position + start, position + cut.start()
                start = cut.end()
            yield position + start, stop
        position = stop + 1


def by_delegation(article: Article, countries: Sequence[CountryMention]) -> set[str]:
    """Somebody goes as its head of delegation: "Minister Lee will attend the Forum as Fiji's Head of Delegation"."""
    text = article.document.text
    sent = [m for m in countries if m.form == "name" and _SENT.match(text, m.end)]
    return {m.code for m in sent if _AS.search(text, max(0, m.start - 8), m.start)}


def by_pairs(article: Article, countries: Sequence[CountryMention]) -> set[str]:
    """The same state stands in every pair: "the treaty between Fiji and Peru", "Fiji-Kenya relations"."""
    text = article.document.text
    pairs: set[frozenset[str]] = set()
    for one, other in itertools.pairwise(countries):
        gap = text[one.end : other.start]
        told = one.form == other.form == "compound" or _BETWEEN.search(text, max(0, one.start - 14), one.start)
        if told and one.code != other.code and _AND.fullmatch(gap):
            pairs.add(frozenset((one.code, other.code)))
    if len(pairs) < _PAIRS:
        return set()
    return set(frozenset.intersection(*pairs))


RULES: tuple[Rule, ...] = (
    by_header_address, by_letterhead, by_own_phrase, by_footer_address, by_delegation, by_pairs,
)
