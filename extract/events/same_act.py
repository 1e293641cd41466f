"""Whether two mentions tell the same act: their kind, status, time and parties, and how near they stand."""

from __future__ import annotations

from dataclasses import dataclass

from extract import edtf
from extract.events.mention import EventMention
from extract.events.same_name import same_name

_SPOKEN = frozenset(["remarks", "press_conference", "speech", "interview"])
NEAR_ARTICLES = 2
"""Articles between two mentions, beyond which one without a date is not taken for the other."""
_NEAR_DAYS = 7
_NEAR_SENTENCES = 2
APART = 3
"""Days between two parts of one visit that are told apart."""
_NEWS_DAYS = 3
_RAISING = ("upgrade", "elevate", "raise", "lift")
_IN_PERSON = ("meet", "host")


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with the document that tells it and the creation time of its article (EDTF)."""

    document: str
    created: str
    mention: EventMention


def same_act(one: Told, other: Told) -> bool:
    """Tell whether two mentions may tell the same act."""
    a, b = one.mention, other.mention
    if a.kind != b.kind or not same_sort(a, b) or not _same_status(a, b):
        return False
    return _same_time(one, other) and _same_parties(one, other)


def is_dated(mention: EventMention) -> bool:
    """Tell whether the passage dates the act itself; "recently" does not."""
    return mention.dated and mention.date_rule != "vague"


def same_sort(a: EventMention, b: EventMention) -> bool:
    """Tell whether two mentions of one kind may be of one sort: a call is no meeting in person, a vote no speech."""
    if a.kind == "meeting":
        return _same_sort_of_meeting(a, b)
    if a.kind == "statement":
        # "Said" may tell of an interview; a press conference is none.
        both = {a.subtype, b.subtype}
        return len(both) == 1 or ("remarks" in both and both <= _SPOKEN)
    if a.kind == "visit":
        # A visit there is not the visit back.
        if a.place_country and b.place_country:
            return a.place_country == b.place_country
        return not (_receives(a, b) or _receives(b, a))
    if a.kind == "agreement":
        # A pledge is an act of its own; so are relations, unless told in one breath with what was signed, or raised to
        # a higher level by what the same states signed as the news of one article.
        if "pledge" in (a.subtype, b.subtype):
            return a.subtype == b.subtype and (not a.amounts or not b.amounts or bool(a.amounts & b.amounts))
        close = a.article == b.article and abs(a.sentence - b.sentence) <= _NEAR_SENTENCES
        together = a.article == b.article and a.countries == b.countries and a.salience == b.salience == "main"
        together = together and any(m.rule.split(":")[-1] in _RAISING for m in (a, b))
        # The encoder tells agreements of all sorts alike: its headline may be of either.
        heads = any(m.is_trained and m.in_title for m in (a, b)) and a.countries == b.countries
        together = together or (heads and abs(a.article - b.article) <= 1)
        return (a.subtype == "relations") == (b.subtype == "relations") or close or together
    return True


def _receives(one: EventMention, other: EventMention) -> bool:
    """Tell whether the only travellers named in `other` are those of the state that is visited in `one`."""
    homes = {actor.country for actor in other.actors if actor.country}
    there = bool(one.place_country) and homes == {one.place_country}
    return there and other.is_trained and not other.anaphoric and bool(other.countries - homes)


def _same_sort_of_meeting(a: EventMention, b: EventMention) -> bool:
    """A conference is no talks; a call is no meeting in person; what took place in one state did not in another."""
    if "conference" in (a.subtype, b.subtype) and a.subtype != b.subtype:
        return False
    apart = (a.article, a.sentence) != (b.article, b.sentence)
    if a.subtype != b.subtype and apart and (_in_person(a) or _in_person(b)):
        return False
    if apart and (_is_round_without(a, b) or _is_round_without(b, a)):
        return False
    return not (a.place_country and b.place_country) or a.place_country == b.place_country


def _is_round_without(one: EventMention, other: EventMention) -> bool:
    """ "Will open the strategic dialogue. She will also meet Premier Rhodes": he is not named for the dialogue."""
    there, met = {actor.name for actor in one.actors}, {actor.name for actor in other.actors}
    return one.rule.endswith(":dialogue") and one.status == "planned" and _in_person(other) and not met <= there


def _in_person(mention: EventMention) -> bool:
    met = mention.rule.split(":")[1] in _IN_PERSON and mention.subtype == "talks"
    return met and not mention.in_title and not mention.anaphoric


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
    if abs(one.mention.article - other.mention.article) > NEAR_ARTICLES:
        return False
    a, b = edtf.bounds(one.created), edtf.bounds(other.created)
    return a is None or b is None or max((b[0] - a[1]).days, (a[0] - b[1]).days) <= _NEAR_DAYS


def _same_time(one: Told, other: Told) -> bool:
    """Two dates must agree; a mention without one belongs to the news of its own article, or to what it follows."""
    a, b = one.mention, other.mention
    if is_dated(a) and is_dated(b) and a.subtype == b.subtype == "conference" and _is_of_some_time(a, b):
        return False
    if is_dated(a) and is_dated(b):
        return edtf.compatible(a.date, b.date) or (a.kind == "visit" and _adjoining(a.date, b.date))
    if not _near(one, other):
        return False
    follows = a.article == b.article and abs(a.sentence - b.sentence) <= _NEAR_SENTENCES
    if a.kind == "statement" and (_is_old_word(one) or _is_old_word(other)):
        return follows and (a.anaphoric or b.anaphoric)
    return a.salience == b.salience or (follows and (a.anaphoric or b.anaphoric))


def _is_of_some_time(a: EventMention, b: EventMention) -> bool:
    """ "The forum to be held this year" in one article, a conference on 3 May in another: of one state, they are two.

    More than one state that both name, or an organisation, shows that they are the same.
    """
    vague = "year" in (edtf.precision(a.date), edtf.precision(b.date)) and a.date != b.date
    known = len(a.countries & b.countries) > 1 or bool(a.organizations & b.organizations)
    return vague and a.article != b.article and not known


def _is_old_word(one: Told) -> bool:
    """What is said without a date is news of the day; what was said "last month" is another word."""
    said, told = edtf.bounds(one.mention.date), edtf.bounds(one.created)
    if not is_dated(one.mention) or said is None or told is None:
        return False
    return (told[0] - said[1]).days > _NEWS_DAYS


def _adjoining(one: str, other: str) -> bool:
    """Days of one visit may be told apart: "arrived on Monday" and "left on Wednesday"."""
    a, b = edtf.bounds(one), edtf.bounds(other)
    if a is None or b is None or "day" not in (edtf.precision(one), edtf.precision(other)):
        return False
    return max((b[0] - a[1]).days, (a[0] - b[1]).days) <= APART


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
    """The same person, or the same office of a state; to another addressee it is another word.

    Where one names nobody, it is the same only as far as its office, if it tells one, is the same.
    """
    a, b = one.mention, other.mention
    if a.subtype == b.subtype == "vote":
        return a.article == b.article
    if not (a.countries <= b.countries or b.countries <= a.countries):
        return False
    if _names(a) and _names(b):
        return _share_name(a, b)
    # An exchange of messages between two states is told of their leaders and of their presidents alike.
    exchanged = a.subtype == b.subtype == "message" and a.countries == b.countries and len(a.countries) > 1
    if a.voice and b.voice and a.voice != b.voice and not exchanged:
        return False
    if a.subtype == b.subtype == "article" and _by_person(a) != _by_person(b):
        # An article that a minister signs is not the paper that a government releases.
        return False
    if exchanged and a.anaphoric == b.anaphoric:
        return _near(one, other)
    if _names(a) or _names(b):
        return (a.in_title or b.in_title or a.article == b.article) and _near(one, other)
    return a.countries == b.countries and _near(one, other)


def _by_person(mention: EventMention) -> bool:
    return bool(_names(mention)) and not mention.rule.startswith("statement:release")


def _names(mention: EventMention) -> dict[str, list[str]]:
    """Return the names of the actors by state."""
    names: dict[str, list[str]] = {}
    for actor in mention.actors:
        if actor.country and actor.name:
            names.setdefault(actor.country, []).append(actor.name)
    return names


def _names_conflict(a: EventMention, b: EventMention) -> bool:
    """Two mentions that name different people for the same state tell different acts."""
    ours, theirs = _names(a), _names(b)
    return any(code in theirs and not _any_same(names, theirs[code]) for code, names in ours.items())


def _share_name(a: EventMention, b: EventMention) -> bool:
    ours, theirs = _names(a), _names(b)
    return any(_any_same(names, theirs.get(code, [])) for code, names in ours.items())


def _any_same(ours: list[str], theirs: list[str]) -> bool:
    return any(same_name(one, other) for one in ours for other in theirs)
