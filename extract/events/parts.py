"""How each state takes part in an act: as its host, its guest, its speaker. As the text tells it, and never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract import edtf
from extract.events import arguments
from extract.events.coreference import Cluster, cluster_countries, cluster_date
from extract.events.mention import Participant
from extract.events.scene import SEATS, Scene
from extract.model import PARTS, TAKES_PART
from extract.record import Part

_VISITING = re.compile(r"\bvisiting (?!the\b|his\b|her\b)", re.IGNORECASE)
_BEFORE = 12
_LONGEST_VISIT = 15
_IN_PERSON = ("meeting", "visit")
_MEETINGS = ("talks", "conference")


def parts_told(kind: str, participants: Iterable[Participant]) -> tuple[Part, ...]:
    """Return the parts that a passage tells: one a state, the first told of it; others are left out."""
    told: dict[str, str] = {}
    for participant in participants:
        if participant.country and participant.part in PARTS[kind]:
            told.setdefault(participant.country, participant.part)
    return tuple(Part(country, part) for country, part in told.items())


def with_guests(scene: Scene, people: Sequence[Participant]) -> list[Participant]:
    """ "President Hu told visiting Kenyan President Kibaki": Kenya is the guest, the other of two states its host."""
    guests = {p.country for p in people if p.country and p.token >= 0 and _is_visiting(scene, p)}
    if not guests:
        return list(people)
    others = arguments.states(people) - guests
    host = others if len(others) == len(guests) == 1 else frozenset()
    parts = {**dict.fromkeys(guests, "guest"), **dict.fromkeys(host, "host")}
    return [replace(p, part=parts.get(p.country or "", p.part)) for p in people]


def _is_visiting(scene: Scene, participant: Participant) -> bool:
    token, sentence = scene.sentence.span.doc[participant.token], scene.sentence
    person = arguments.person_titled(scene.ann, sentence.offset_of(token))
    if person is not None:
        start = max(sentence.start, person.phrase_start - _BEFORE)
        return _VISITING.search(scene.ann.text, start, person.end) is not None
    return any(t.lower_ == "visiting" for t in (*token.children, *token.head.children))


def parts(
    one: Cluster, countries: Sequence[str], subtype: str, place: tuple[str | None, str | None]
) -> tuple[Part, ...]:
    """Return how each state takes part in an act, by the most of its mentions that tell; a draw leaves it open.

    `place` is where the act took place, and its state: there a meeting or a visit has its host.
    """
    votes: dict[str, Counter[str]] = {}
    for told in [told for told in one.told if told.mention.is_row] or one.told:
        for said in told.mention.parts:
            votes.setdefault(said.country, Counter())[said.part] += 1
    found = {country: _most(votes.get(country, Counter())) for country in countries}
    if one.best.kind in _IN_PERSON:
        found = _at(place, found, subtype)
    then = {said.country: said.name for told in one.told for said in told.mention.parts if said.name}
    return tuple(Part(country, found.get(country, TAKES_PART), then.get(country)) for country in countries)


def _most(votes: Counter[str]) -> str:
    """Return the part with the most votes; that of any state where none has more than the others."""
    ranked = votes.most_common(2)
    clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if clear else TAKES_PART


def _at(place: tuple[str | None, str | None], told: dict[str, str], subtype: str) -> dict[str, str]:
    """Return the parts in an act in person, in agreement with the place: nobody is host elsewhere, nor on the phone.

    "met in Lima": Peru, if it takes part, is the host, and the one that it meets its guest. A visit of several states
    without a host is read wrongly.
    """
    where, there = place
    hosts = {country for country, part in told.items() if part == "host"}
    elsewhere = (len(hosts) > 1 and subtype != "conference") or (hosts and there is not None and there not in hosts)
    visitors = [country for country, part in told.items() if part == "visitor"]
    if subtype == "call" or elsewhere or (len(visitors) > 1 and not hosts):
        return {}
    if hosts or there is None or told.get(there) != TAKES_PART or where in SEATS or subtype not in _MEETINGS:
        return told
    guest = "guest" if subtype == "talks" else TAKES_PART
    return {country: "host" if country == there else guest for country in told}


def with_hosts_of_visits(clusters: Sequence[Cluster]) -> list[Cluster]:
    """ "Kibaki arrived in Oslo on 3 May. The two leaders met on 4 May": who hosts the visit hosts its talks.

    Each is an act of one document; what only the encoder finds is left as it is.
    """
    visits = [one for one in clusters if one.best.kind == "visit"]
    return [_hosted(one, visits) if _is_of_two(one) else one for one in clusters]


def _is_of_two(one: Cluster) -> bool:
    best = one.best
    told = any(t.mention.parts or t.mention.place_country or t.mention.subtype == "call" for t in one.told)
    found_by_rule = any(not t.mention.is_trained for t in one.told)
    return best.kind == "meeting" and len(cluster_countries(one)) == 2 and found_by_rule and not told


def _hosted(one: Cluster, visits: Sequence[Cluster]) -> Cluster:
    states = cluster_countries(one)
    found = {
        frozenset(visit.best.parts)
        for visit in visits
        if visit.best.article == one.best.article and cluster_countries(visit) == states and _is_within(one, visit)
    }
    if len(found) != 1:
        return one
    told = tuple(Part(p.country, "guest" if p.part == "visitor" else p.part) for p in sorted(found.pop()))
    if sorted(p.part for p in told) != ["guest", "host"]:
        return one
    first = one.told[0]
    return Cluster((replace(first, mention=replace(first.mention, parts=told)), *one.told[1:]))


def _is_within(talks: Cluster, visit: Cluster) -> bool:
    """Tell whether talks took place on the days of a visit; a visit told by its month alone has none."""
    if talks.best.status != visit.best.status:
        return False
    inner, outer = edtf.bounds(cluster_date(talks)[0]), edtf.bounds(cluster_date(visit)[0])
    if inner is None or outer is None or (outer[1] - outer[0]).days > _LONGEST_VISIT:
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1]
