"""Whether two mentions tell the same act: their kind, status, time and parties, and how near they stand."""

from __future__ import annotations

from dataclasses import dataclass

from extract import edtf
from extract.events.mention import EventMention

_ASIDE = frozenset(["jr", "sr", "ii", "iii", "iv", "al", "el", "bin", "de", "van", "von"])
_SPOKEN = frozenset(["remarks", "press_conference", "speech", "interview"])
_NEAR_ARTICLES = 2
_NEAR_DAYS = 7
_NEAR_SENTENCES = 2
_APART = 3
_FULL = 2


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with the document that tells it and the creation time of its article (EDTF)."""

    document: str
    created: str
    mention: EventMention


def same_act(one: Told, other: Told) -> bool:
    """Tell whether two mentions may tell the same act."""
    a, b = one.mention, other.mention
    if a.kind != b.kind or not _same_sort(a, b) or not _same_status(a, b):
        return False
    return _same_time(one, other) and _same_parties(one, other)


def is_dated(mention: EventMention) -> bool:
    """Tell whether the passage dates the act itself; "recently" does not."""
    return mention.dated and mention.date_rule != "vague"


def _same_sort(a: EventMention, b: EventMention) -> bool:
    if a.kind == "meeting":
        return "conference" not in (a.subtype, b.subtype) or a.subtype == b.subtype
    if a.kind == "statement":
        return a.subtype == b.subtype or {a.subtype, b.subtype} <= _SPOKEN
    if a.kind == "visit":
        # A visit there is not the visit back.
        return not (a.place_country and b.place_country) or a.place_country == b.place_country
    if a.kind == "agreement":
        # A pledge is an act of its own; so are relations, unless told in one breath with what was signed.
        if "pledge" in (a.subtype, b.subtype):
            return a.subtype == b.subtype
        close = a.article == b.article and abs(a.sentence - b.sentence) <= _NEAR_SENTENCES
        return (a.subtype == "relations") == (b.subtype == "relations") or close
    return True


def _same_status(a: EventMention, b: EventMention) -> bool:
    if a.status == b.status or a.is_open or b.is_open:
        return True
    planned = {a.status, b.status} == {"occurred", "planned"} and a.article != b.article
    return planned or a.in_title or b.in_title


def _near(one: Told, other: Told) -> bool:
    """Tell whether two mentions stand in the same article, or in neighbouring ones of about the same day."""
    if one.document != other.document:
        return False
    if one.mention.article == other.mention.article:
        return True
    if abs(one.mention.article - other.mention.article) > _NEAR_ARTICLES:
        return False
    a, b = edtf.bounds(one.created), edtf.bounds(other.created)
    return a is None or b is None or max((b[0] - a[1]).days, (a[0] - b[1]).days) <= _NEAR_DAYS


def _same_time(one: Told, other: Told) -> bool:
    """Two dates must agree; a mention without one belongs to the news of its own article, or to what it follows."""
    a, b = one.mention, other.mention
    if is_dated(a) and is_dated(b):
        return edtf.compatible(a.date, b.date) or (a.kind == "visit" and _adjoining(a.date, b.date))
    if not _near(one, other):
        return False
    follows = a.article == b.article and abs(a.sentence - b.sentence) <= _NEAR_SENTENCES
    return a.salience == b.salience or (follows and (a.anaphoric or b.anaphoric))


def _adjoining(one: str, other: str) -> bool:
    """Days of one visit may be told apart: "arrived on Monday" and "left on Wednesday"."""
    a, b = edtf.bounds(one), edtf.bounds(other)
    if a is None or b is None or "day" not in (edtf.precision(one), edtf.precision(other)):
        return False
    return max((b[0] - a[1]).days, (a[0] - b[1]).days) <= _APART


def _same_parties(one: Told, other: Told) -> bool:
    a, b = one.mention, other.mention
    if not a.countries or not b.countries:
        return bool(a.organizations & b.organizations)
    if _names_conflict(a, b):
        return False
    if a.kind == "statement":
        return _same_speaker(one, other)
    small, large = sorted((a.countries, b.countries), key=len)
    if small == large:
        return True
    if a.organizations | b.organizations and len(small) == 1 and a.kind == "meeting":
        return bool(a.organizations & b.organizations)
    if small <= large:
        vague = a.anaphoric or b.anaphoric or a.in_title or b.in_title
        return len(small) >= 2 or vague or _share_name(a, b)
    return len(small & large) / len(small | large) >= 0.5


def _same_speaker(one: Told, other: Told) -> bool:
    """The same person, or the same state where neither names one; to another addressee it is another word."""
    a, b = one.mention, other.mention
    if a.subtype == b.subtype == "vote":
        return a.article == b.article
    if not (a.countries <= b.countries or b.countries <= a.countries):
        return False
    if _names(a) and _names(b):
        return _share_name(a, b)
    if _names(a) or _names(b):
        return (a.in_title or b.in_title or a.article == b.article) and _near(one, other)
    return a.countries == b.countries and _near(one, other)


def _names(mention: EventMention) -> dict[str, list[tuple[str, ...]]]:
    """Return the words of each actor's name, in lower case and in order, by state."""
    names: dict[str, list[tuple[str, ...]]] = {}
    for actor in mention.actors:
        if actor.country and actor.name:
            words = [word.strip(".,").lower() for word in actor.name.replace("-", " ").split()]
            names.setdefault(actor.country, []).append(tuple(word for word in words if word not in _ASIDE))
    return names


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names may be one person's: Antony J. Blinken and Blinken, not Wang Yi and Wang Huning."""
    shared = set(one) & set(other)
    if min(len(one), len(other)) < _FULL:
        return bool(shared)
    return len(shared) >= _FULL or one[-1] == other[-1]


def _names_conflict(a: EventMention, b: EventMention) -> bool:
    """Two mentions that name different people for the same state tell different acts."""
    ours, theirs = _names(a), _names(b)
    return any(code in theirs and not _any_same(names, theirs[code]) for code, names in ours.items())


def _share_name(a: EventMention, b: EventMention) -> bool:
    ours, theirs = _names(a), _names(b)
    return any(_any_same(names, theirs.get(code, [])) for code, names in ours.items())


def _any_same(ours: list[tuple[str, ...]], theirs: list[tuple[str, ...]]) -> bool:
    return any(_same_name(one, other) for one in ours for other in theirs)
