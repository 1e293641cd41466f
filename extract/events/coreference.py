"""Event mentions -> events: which mentions tell the same act, within an article and a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract import edtf
from extract.events.candidates import Candidates, Group
from extract.events.mention import EventMention
from extract.events.same_act import Told, is_dated, same_act
from extract.events.same_name import same_name
from extract.events.visit import ITINERARY
from extract.record import Actor

_RETURNING = ":return"
_RELATIONS = ("counterpart", "counterparts", "colleague", "colleagues", "guest", "host")
_OPENING = ("arrive", "leave", "depart", "fly", "head")
_COMPARED = 4
_FAR = 1_000_000_000
_NO_DAY = 2
_WEEK = 7
_DAYS_LONG = len("2024-02-27/2024-03-02")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The mentions of one act, best first: dated before undated, founding before anaphoric, then in text order.

    Of those that are dated as well, a row of a curated table comes first.
    """

    told: tuple[Told, ...]

    @property
    def best(self) -> EventMention:
        """The mention that tells the act best."""
        return self.told[0].mention


def cluster(told: Sequence[Told]) -> tuple[list[Cluster], list[Told]]:
    """Group the mentions of one document by act; anaphoric mentions that belong to none are returned apart.

    Mentions are taken in order of how much they say, so that a vague one joins the fullest act it fits.
    """
    groups = Candidates()
    loose: list[Told] = []
    for one in sorted(told, key=rank):
        home = _home(one, groups)
        if home is not None:
            home.append(one)
        elif one.mention.anaphoric and not one.mention.dated:
            loose.append(one)
        else:
            groups.add([one])
    return [Cluster(tuple(group)) for group in groups.groups], loose


def _home(one: Told, groups: Candidates) -> Group | None:
    """Return the group whose act a mention tells, or None: the fullest one that fits.

    "During his visit": what has no date and only refers back belongs to the nearest act told before it.
    """
    fitting = (group for group in groups.of(one) if all(same_act(one, other) for other in group[:_COMPARED]))
    if not one.mention.anaphoric or is_dated(one.mention):
        return next(fitting, None)
    return min(fitting, key=lambda group: _distance(one.mention, group), default=None)


def _distance(mention: EventMention, group: Sequence[Told]) -> int:
    """Return how many characters before a mention its act was last told in the same article; far where it was not."""
    apart = [
        mention.trigger_start - told.mention.trigger_start for told in group if told.mention.article == mention.article
    ]
    return min((distance for distance in apart if distance >= 0), default=_FAR)


def rank(one: Told) -> tuple[Any, ...]:
    """Return what the mentions of one act are put in order by: what says most comes first."""
    m = one.mention
    return (
        m.anaphoric,
        not is_dated(m),
        _vagueness(m.date),
        not m.is_row,
        m.in_title,
        -len(m.countries),
        -len(m.actors),
        m.article,
        m.start,
        m.trigger_start,
    )


def _vagueness(date: str) -> int:
    return ("day", "range", "month", "year", "unknown").index(edtf.precision(date))


def joined(a: Cluster, b: Cluster) -> Cluster:
    """Return one cluster of the mentions of two, the fullest first."""
    return Cluster(tuple(sorted(a.told + b.told, key=rank)))


def cluster_countries(one: Cluster) -> frozenset[str]:
    """Return the states that take part in an act: those of its fullest reliable mention.

    Mentions that are certain (not a headline, not anaphoric) come first; a wider one of them adds what it names.
    """
    firm = [t.mention for t in one.told if not t.mention.anaphoric and not t.mention.in_title] or [one.best]
    firm = [mention for mention in firm if not mention.is_trained] or firm
    return frozenset().union(*(m.countries for m in firm)) if len(firm) <= 6 else firm[0].countries


def cluster_actors(one: Cluster, countries: Sequence[str]) -> tuple[Actor, ...]:
    """Return the persons of all mentions, each once under the fullest form of the name, in order of appearance."""
    found: list[Actor] = []
    for told in one.told:
        for actor in told.mention.actors:
            if actor.country is not None and actor.country not in countries:
                continue
            same = (n for n, known in enumerate(found) if _is_same_person(known, actor))
            index = next(same, None)
            if index is None:
                found.append(replace(actor, role=_office(actor)))
                continue
            known = found[index]
            fullest = max(known, actor, key=lambda one: len(one.name))
            role = _office(fullest) or known.role or _office(actor)
            found[index] = replace(fullest, role=role, country=known.country or actor.country)
    return tuple(found)


def _office(actor: Actor) -> str | None:
    """Return a person's role where it is one: "her Kenyan counterpart" only says that he is met."""
    role = actor.role or ""
    return None if role.lower() in _RELATIONS else role or None


def _is_same_person(one: Actor, other: Actor) -> bool:
    if one.country and other.country and one.country != other.country:
        return False
    return one.name == other.name or same_name(one.name, other.name)


def cluster_date(one: Cluster) -> tuple[str, str, str]:
    """Return (EDTF, basis, rule) of an act: a range that a mention states, else days told apart, else the best date."""
    dated = [t.mention for t in one.told if is_dated(t.mention)] or [t.mention for t in one.told if t.mention.dated]
    if not dated:
        return edtf.UNKNOWN, one.best.date_basis, one.best.date_rule
    # "travels to A, B and C from May 1 to 9" dates the whole journey; "in B from May 3 to 5" dates the visit to B.
    # A year or a month in passing ("in B, its partner for 2024") says less than the days of the whole journey.
    stops = [m for m in dated if not m.rule.endswith(ITINERARY)]
    if any(_vagueness(m.date) < _NO_DAY for m in stops) or all(_vagueness(m.date) >= _NO_DAY for m in dated):
        dated = stops or dated
    ranges = [m for m in dated if "/" in m.date and len(m.date) == _DAYS_LONG]
    best = min(dated, key=lambda m: _vagueness(m.date))
    if one.best.kind == "visit":
        days_known = any(edtf.precision(m.date) == "day" for m in dated)
        ranges = [m for m in ranges if not _is_week(m.date)] or ([] if days_known else ranges)
        if ranges:
            return ranges[0].date, ranges[0].date_basis, ranges[0].date_rule
        days = sorted({m.date for m in dated if edtf.precision(m.date) == "day"})
        if len(days) > 1:
            return f"{days[0]}/{days[-1]}", "from the first to the last day that the text dates", "days told apart"
        length = next((t.mention.days for t in one.told if t.mention.days), None)
        opens = any(m.rule.split(":")[-1] in _OPENING or m.status == "planned" for m in dated)
        if days and length and opens and not days[0].startswith("X"):
            basis = f"{best.date_basis}; the visit lasts {length} days"
            return edtf.lasting(days[0], length), basis, "first day and length"
        if days and length and not days[0].startswith("X") and all(m.rule.endswith(_RETURNING) for m in dated):
            basis = f"{best.date_basis}; the visit lasted {length} days"
            return edtf.until(days[0], length), basis, "last day and length"
    return best.date, best.date_basis, best.date_rule


def _is_week(date: str) -> bool:
    """Tell whether a range is a whole calendar week, "next week", which says less than a day."""
    bounds = edtf.bounds(date)
    return bounds is not None and bounds[0].weekday() == 0 and (bounds[1] - bounds[0]).days == _WEEK - 1


def redate(one: Cluster, date: str, basis: str, rule: str) -> Cluster:
    """Return the cluster with a date put on its best mention, with what it rests on."""
    first = one.told[0]
    mention = replace(first.mention, date=date, date_basis=basis, date_rule=rule, dated=True)
    return Cluster((replace(first, mention=mention), *one.told[1:]))
