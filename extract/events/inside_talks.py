"""What officials say inside talks, or in the letters they exchange, is no statement of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract import edtf
from extract.events.mention import Dropped, EventMention

# The states of the meetings that a sentence of an article tells, by the numbers of both.
Talks = dict[tuple[int, int], list[frozenset[str]]]
_FRAMES = ("say", "say-more", "call-on", "name", "react")
_NEXT = 2
_SIDE = re.compile(
    r"\bsides?\b|\b[Tt]he (?:\w+ )?"
    r"(?i:leader|president|premier|(?:(?:deputy )?prime |foreign )?minister|diplomat|chancellor|secretary|chairman)"
    r"\b(?! of\b)"
)
_MEDIUM = re.compile(
    r"\b(?:Twitter|tweet\w*|Facebook|Telegram|social media|reporters|journalists|news agency|television|radio|newspaper"
    r"|briefing|(?:press|news) conference|wrote on|posted|told (?:the )?[A-Z]{2,}"
    r"|in (?:a|his|her|its|their) (?:\w+ )?(?:statement|interview|speech|article|post|message|letter)"
    r"|(?:after|following) (?:the|their) (?:meeting|talks))\b"
)

# "said on Monday that he had held talks with": told of the talks, after them.
_TELLS_OF = re.compile(r"(?:,? (?:on )?[A-Z][a-z]+day)?,? (?:that )?(?:he|she|they|it|both|the two)\b[^,;.\"“”]*\Z")


def without_talk(text: str, mentions: Sequence[EventMention]) -> tuple[list[EventMention], list[Dropped]]:
    """Drop the remarks of people who are in talks, or exchange messages, that the article reports as its news.

    `text` is the document's. Remarks with a medium of their own ("said on Twitter", "told reporters") or on another
    day than the talks stay; so do those of states that have no part in them.
    """
    hosts = [m for m in mentions if _is_exchange(m)]
    talks: Talks = {}
    for mention in mentions:
        if mention.kind == "meeting" and not mention.anaphoric:
            talks.setdefault((mention.article, mention.sentence), []).append(mention.countries)
    kept, dropped = [], []
    for mention in mentions:
        if _is_talk(text, mention, talks) and any(
                host is not mention and _belongs(text, mention, host) for host in hosts):
            dropped.append(mention.dropped("said inside talks or messages that are reported"))
        else:
            kept.append(mention)
    return kept, dropped


def _is_exchange(mention: EventMention) -> bool:
    if mention.salience != "main" or mention.anaphoric or mention.status != "occurred":
        return False
    if mention.kind == "meeting":
        return mention.subtype != "conference"
    return mention.kind == "statement" and mention.subtype in ("message", "letter") and len(mention.countries) >= 2


def _is_told_with_talks(mention: EventMention, talks: Talks) -> bool:
    """ "spoke today with the premier of Malta to offer his congratulations": told in one breath with the talks."""
    return any(countries & mention.countries for countries in talks.get((mention.article, mention.sentence), ()))


def _is_talk(text: str, mention: EventMention, talks: Talks) -> bool:
    if mention.kind != "statement":
        return False
    if mention.subtype == "message" and (not mention.dated or _is_told_with_talks(mention, talks)):
        # "Both leaders extended New Year greetings", "called him to congratulate him": within their talks.
        return mention.rule.endswith(":greeting") or _is_told_with_talks(mention, talks)
    if mention.subtype != "remarks":
        return False
    frame = mention.rule.split(":")[1]
    remarks = mention.rule.endswith(":remark")
    return (frame in _FRAMES or remarks) and not has_medium(text, mention)


def has_medium(text: str, mention: EventMention) -> bool:
    """Tell whether a statement's passage names where it was made: "told reporters", "in a post", "on television"."""
    return _MEDIUM.search(text, mention.start, mention.end) is not None


def _belongs(text: str, mention: EventMention, host: EventMention) -> bool:
    if mention.sentence == host.sentence and _TELLS_OF.match(text, mention.trigger_end, host.trigger_start):
        return False
    if mention.dated and host.dated and not edtf.compatible(mention.date, host.date):
        return False
    if mention.dated and not host.dated and abs(mention.sentence - host.sentence) > _NEXT:
        return False
    speakers = _surnames(mention)
    if speakers:
        return bool(speakers & _surnames(host))
    of_a_side = bool(_SIDE.search(text, mention.start, mention.end)) or mention.anaphoric
    return of_a_side and bool(mention.countries) and mention.countries <= host.countries


def _surnames(mention: EventMention) -> set[str]:
    return {_surname(actor.name.split()) for actor in mention.actors if actor.name}


def _surname(words: Iterable[str]) -> str:
    return list(words)[-1].lower()
