"""How each state takes part in an act: as its host, its guest, its speaker; told by the words, and never guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from extract.events.coreference import Cluster
from extract.events.mention import Participant
from extract.model import PARTS, TAKES_PART
from extract.record import Part


def parts_told(kind: str, participants: Iterable[Participant]) -> tuple[Part, ...]:
    """Return the parts that a passage tells: one a state, the first told of it; others are left out."""
    told: dict[str, str] = {}
    for participant in participants:
        if participant.country and participant.part in PARTS[kind]:
            told.setdefault(participant.country, participant.part)
    return tuple(Part(country, part) for country, part in told.items())


def parts(one: Cluster, countries: Sequence[str]) -> tuple[Part, ...]:
    """Return how each state takes part in an act, by the most of its mentions that tell; a draw leaves it open."""
    votes: dict[str, Counter[str]] = {}
    for told in one.told:
        for said in told.mention.parts:
            votes.setdefault(said.country, Counter())[said.part] += 1
    return tuple(Part(country, _most(votes.get(country, Counter()))) for country in countries)


def _most(votes: Counter[str]) -> str:
    """Return the part with the most votes; that of any state where none has more than the others."""
    ranked = votes.most_common(2)
    clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if clear else TAKES_PART
