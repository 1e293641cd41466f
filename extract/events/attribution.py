"""Attributions: who told a report's act is no act beside it ("… will visit Peru, a spokesman said")."""

from __future__ import annotations

from collections.abc import Sequence

from extract.events.inside_talks import has_medium
from extract.events.mention import Dropped, EventMention

_FRAMES = ("say", "say-more")


def without_attributions(text: str, mentions: Sequence[EventMention]) -> tuple[list[EventMention], list[Dropped]]:
    """Drop statements of nameless speakers whose sentence tells another act: the act counts, not its being told.

    "The two met on Monday, the Chilean foreign ministry said"; not "… told reporters", "… said in a statement".
    """
    acts = {(m.article, m.sentence) for m in mentions if m.kind != "statement" and not m.anaphoric}
    kept, dropped = [], []
    for mention in mentions:
        if (mention.article, mention.sentence) in acts and _is_attribution(text, mention):
            dropped.append(mention.dropped("tells who reported another act of the sentence"))
        else:
            kept.append(mention)
    return kept, dropped


def _is_attribution(text: str, mention: EventMention) -> bool:
    if mention.kind != "statement" or mention.subtype != "remarks" or mention.actors:
        return False
    says = mention.is_trained or mention.rule.split(":")[1] in _FRAMES
    return says and not has_medium(text, mention)
