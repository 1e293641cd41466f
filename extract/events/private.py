"""Sport, business and the arts: what clubs, firms, unions, artists and tourists do is no act of their states."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.events.annotated import AnnotatedArticle
from extract.events.lexicon import lexicon
from extract.events.mention import Participant
from extract.events.scene import Scene

_SPORT = lexicon("meeting.sport")
_PRIVATE = lexicon("private.parties")
_OFFICIAL = lexicon("private.officials")
_PLAYED = re.compile(
    r"\b(?:match(?:es)?|goals?|goalless|goalkeepers?|striker|midfielder|coach|semi-?finals?|quarter-?finals?|qualifiers?"
    r"|half-time|kick-off|penalty|tournament|championships?|football|cricket|rugby|handball|basketball|volleyball|tennis"
    r"|hockey|wickets?|innings|friendl(?:y|ies)|fixtures?|players|squad)\b",
    re.I,
)
_SPORTING = 3
_OPENING = 1500


def is_sport(scene: Scene) -> bool:
    """ "Argentina met Brazil in the semi-final": teams, not states; or the article opens as a report of sport."""
    return any(token.lemma_.lower() in _SPORT for token in scene.sentence.span) or is_sports_report(scene.ann)


def is_sports_report(ann: AnnotatedArticle) -> bool:
    """Tell whether an article is about a game: three different words of sport in its opening."""
    end = min(ann.article.end, ann.article.start + _OPENING)
    words = {found[0].lower() for found in _PLAYED.finditer(ann.text, ann.article.start, end)}
    return len(words) >= _SPORTING


def is_private(scene: Scene, sides: Iterable[Participant]) -> bool:
    """ "Norwegian hoteliers held talks with Greek tour operators": a word for private people, none for officials.

    Nobody in office takes part.
    """
    if any(p.in_office for p in sides):
        return False
    words = {token.lemma_.lower() for token in scene.sentence.span}
    return bool(words & _PRIVATE) and not words & _OFFICIAL
