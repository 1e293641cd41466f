"""Event -> neutral headline in the present tense: "Xi Jinping holds talks with Julius Maada Bio in Beijing"."""

from __future__ import annotations

from collections.abc import Sequence

from extract.mentions.countries import country_name
from extract.record import Actor, Part

_MANY = 4
_TALKS = {"occurred": "holds talks", "planned": "to hold talks", "cancelled": "does not hold talks as planned"}
_CALL = {
    "occurred": "speaks by phone",
    "planned": "to speak by phone",
    "cancelled": "does not speak by phone as planned",
}
_CONFERENCE = {
    "occurred": "takes part in a conference",
    "planned": "to take part in a conference",
    "cancelled": "does not take part in a conference as planned",
}
_VISIT = {"occurred": "visits", "planned": "to visit", "cancelled": "calls off a visit to"}
_STATE_VISIT = {"occurred": "pays {} to", "planned": "to pay {} to", "cancelled": "calls off {} to"}
_PLURAL = {"visits": "visit", "pays": "pay", "calls": "call"}
_VISITS = {"state_visit": "a state visit", "official_visit": "an official visit", "working_visit": "a working visit"}
_STATEMENTS = {
    "speech": "gives a speech",
    "remarks": "makes a statement",
    "press_conference": "speaks to the press",
    "interview": "gives an interview",
    "letter": "sends a letter",
    "message": "sends a message",
    "article": "publishes an article",
    "vote": "votes",
}
_AGREEMENTS = {
    "signing": "sign an agreement",
    "joint_statement": "issue a joint statement",
    "relations": "establish or change relations",
    "pledge": "agree on assistance",
}


def headline(
    kind: str,
    subtype: str,
    status: str,
    countries: Sequence[str],
    actors: Sequence[Actor],
    organizations: Sequence[str],
    place: str | None,
    parts: Sequence[Part] = (),
) -> str:
    """Return a neutral headline for an event; `parts` are those of the states, `place` where it took place."""
    speakers = [one.country for one in parts if one.part == "speaker"]
    sides = _sides([*speakers, *countries], actors if not speakers else sorted(
        actors, key=lambda actor: actor.country not in speakers))
    if kind == "visit":
        hosts = [one.country for one in parts if one.part == "host"]
        return _visit(subtype, status, countries, actors, place, hosts)
    if kind == "meeting":
        return _meeting(subtype, status, sides, organizations, place)
    if kind == "statement":
        to = f" to {_join(sides[1:])}" if subtype in ("letter", "message") and len(sides) > 1 else ""
        return f"{sides[0] if sides else _join(organizations) or 'A state'} {_STATEMENTS[subtype]}{to}"
    if not all(code in {actor.country for actor in actors} for code in countries):
        # A person beside a state would read as if only one side had states.
        sides = [country_name(code) for code in countries]
    verb = _AGREEMENTS[subtype]
    if status != "occurred":
        verb = f"to {verb}" if status == "planned" else f"do not {verb} as planned"
    return f"{_join([*sides, *organizations])} {verb}"


def _meeting(subtype: str, status: str, sides: list[str], organizations: Sequence[str], place: str | None) -> str:
    verb = {"talks": _TALKS, "call": _CALL, "conference": _CONFERENCE}[subtype][status]
    others = [*sides[1:], *([] if len(sides) > 1 else organizations)]
    where = f" in {place}" if place and subtype != "call" else ""
    if not sides:
        return f"{_join(organizations) or 'States'} {verb}{where}"
    if subtype == "conference" and len(sides) > 1:
        return f"{_join(sides)} {verb.replace('takes', 'take').replace('does', 'do')}{where}"
    return f"{sides[0]} {verb}{' with ' + _join(others) if others else ''}{where}"


def _visit(
    subtype: str,
    status: str,
    countries: Sequence[str],
    actors: Sequence[Actor],
    place: str | None,
    hosts: Sequence[str],
) -> str:
    guests = [code for code in countries if code not in hosts]
    people = [a.name for a in actors if a.name and a.country not in hosts]
    who = _join(people) or _join([f"{country_name(code)} delegation" for code in guests]) or "A delegation"
    to = _join([country_name(code) for code in hosts]) or place or "another country"
    if len(hosts) == 1 and place and place != to and not place.startswith(to):
        to = f"{place}, {to}"
    verb = _STATE_VISIT[status].format(_VISITS[subtype]) if subtype in _VISITS else _VISIT[status]
    if len(people or guests) > 1:
        verb = _PLURAL.get(verb.partition(" ")[0], verb.partition(" ")[0]) + verb[len(verb.partition(" ")[0]):]
    return f"{who} {verb} {to}"


def _sides(countries: Sequence[str], actors: Sequence[Actor]) -> list[str]:
    """Return one name a side, in the order of the text: the person where one is named, else the state."""
    named = {actor.country: actor.name for actor in reversed(actors) if actor.name and actor.country}
    ordered = [*dict.fromkeys(a.country for a in actors if a.country in countries), *countries]
    return [named.get(code) or country_name(code) for code in dict.fromkeys(c for c in ordered if c)]


def _join(names: Sequence[str]) -> str:
    if len(names) > _MANY:
        names = [*names[: _MANY - 1], f"{len(names) - _MANY + 1} others"]
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
