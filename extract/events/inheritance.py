"""What an act without a date of its own takes its date from: the visit it belongs to, the talks, the day's news."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from extract import edtf
from extract.dating.dct import CreationTime
from extract.events.coreference import Cluster, cluster_countries, cluster_date, redate
from extract.events.elsewhere import DURING_VISIT
from extract.events.mention import EventMention
from extract.events.news_day import Dated, news_of_the_day
from extract.events.same_act import same_sort
from extract.events.visit import SOON_AFTER

_NEXT = 3
_LEAD = 4
_PAIR = 2
_IN_PERSON = ("meeting", "visit")
_VAGUE = "vague"
_LONGEST_VISIT = 10
_DAYS_TOLD = "days told apart"
_BOUND_TO_VISIT = ("meeting", "agreement")


def within_visit(one: Cluster, others: Sequence[Cluster], created: CreationTime) -> Dated | None:
    """ "During the visit the two ministers met": talks and agreements of a dated visit take its days.

    The same holds for a plan: "She will travel to Lima on May 3. She will meet President Boluarte", and for what is
    still to come of a visit that has begun. What a report of its second day tells as done is the news of that day.
    """
    best = one.best
    bound = best.kind in _BOUND_TO_VISIT or best.date_rule == DURING_VISIT.rule
    if not bound or (best.salience != "main" and best.status == "occurred"):
        return None
    if cluster_date(one)[2] == _VAGUE:
        return None
    visits = []
    for other in others:
        visit = other.best
        begun = visit.status == "occurred" and best.status == "planned"
        if visit.kind == "visit" and visit.article == best.article and (visit.status == best.status or begun):
            date = cluster_date(other)[0]
            if date != edtf.UNKNOWN and edtf.precision(date) != "year" and _belongs(one, other):
                visits.append(other)
    if not visits:
        return None
    date, _, rule = cluster_date(min(visits, key=lambda visit: _is_loose(best, visit)))
    days = _so_far(date, created.value, rule) if best.status == "occurred" else date
    basis = "the visit during which it took place"
    if days != date:
        basis = f"the report's day, which falls within {basis}"
    return days, basis, "within a dated visit"


def _is_loose(act: EventMention, visit: Cluster) -> tuple[bool, bool]:
    """Tell whether an act is neither told in one sentence with a visit, nor of a person who is named for it.

    Second, whether the visit is told only behind the act.
    """
    near = [t.mention.sentence for t in visit.told if t.mention.article == act.article]
    shared = {a.name for a in act.actors} & {a.name for t in visit.told for a in t.mention.actors}
    return act.sentence not in near and not shared, all(sentence > act.sentence for sentence in near)


def _belongs(one: Cluster, visit: Cluster) -> bool:
    """Tell whether an act may be part of a visit: between its states, or the visitor's alone, there or nowhere told."""
    parties, states = cluster_countries(one), cluster_countries(visit)
    shared = states & parties
    if len(shared) >= _PAIR or (shared and one.best.date_rule == DURING_VISIT.rule):
        return True
    of_many = one.best.subtype == "conference" or bool(one.best.organizations)
    there = one.best.place_country in states or (one.best.place_country is None and of_many)
    return bool(shared) and len(parties) == 1 and there


def _so_far(visit: str, created: str, rule: str) -> str:
    """Return the day of the report where the visit goes on, for that is its news; else the days of the visit.

    A visit whose days are only put together from those that the report tells may be going on.
    """
    here, there = edtf.bounds(created), edtf.bounds(visit)
    if "/" not in visit or here is None or there is None or here[0] != here[1]:
        return visit
    goes_on = there[0] <= here[0] < there[1] or (rule == _DAYS_TOLD and here[0] == there[1])
    return created if goes_on else visit


def soon_after_another(one: Cluster, others: Sequence[Cluster], created: CreationTime) -> Dated | None:
    """ "The premier's visit in May was soon followed by that of Foreign Minister Sosa": in the month of the first."""
    if one.best.kind != "visit" or not one.best.rule.endswith(SOON_AFTER):
        return None
    for other in others:
        here = any((t.mention.article, t.mention.sentence) == (one.best.article, one.best.sentence) for t in other.told)
        if other.best.kind == "visit" and here:
            first = edtf.bounds(cluster_date(other)[0])
            if first is not None and first[0].month == first[1].month:
                return first[1].isoformat()[:7], "the visit soon before it, of the same month", "soon after another"
    return None


def days_of_its_meetings(one: Cluster, others: Sequence[Cluster], created: CreationTime) -> Dated | None:
    """A visit of which only meetings are dated runs from the first to the last of these days."""
    told = one.best.kind == "visit" and one.best.status == "occurred" and one.best.salience == "main"
    if not told or len(cluster_countries(one)) < 2:
        return None
    days = set()
    for other in others:
        talks, date = other.best, cluster_date(other)[0]
        done = talks.kind == "meeting" and talks.status == "occurred" and talks.salience == "main"
        apart = abs(talks.article - one.best.article) <= _NEXT
        if done and apart and edtf.precision(date) == "day" and cluster_countries(one) == cluster_countries(other):
            days.add(date)
    if not days or edtf.UNKNOWN in min(days):
        return None
    first, last = min(days), max(days)
    date = first if first == last else f"{first}/{last}"
    if len(days) > 1 and (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days > _LONGEST_VISIT:
        return None
    return date, "from the first to the last of its meetings that the text dates", "days of its meetings"


def with_talks(one: Cluster, others: Sequence[Cluster], created: CreationTime) -> Dated | None:
    """ "After the talks the two signed a treaty", "… during his visit": the day of talks between the same states."""
    if one.best.kind == "meeting":
        return None
    if one.best.kind == "statement" and one.best.subtype != "press_conference":
        return None
    for other in others:
        talks = other.best
        same = talks.article == one.best.article and talks.status == one.best.status
        same = same and (talks.salience == "main" or abs(talks.sentence - one.best.sentence) <= _NEXT)
        if talks.kind == "meeting" and same:
            date = cluster_date(other)[0]
            # Of talks that last for days, the press is met on one of them.
            exact = ("day",) if one.best.kind == "statement" else ("day", "range")
            close = edtf.precision(date) in exact and len(cluster_countries(other)) >= 2
            if close and cluster_countries(one) <= cluster_countries(other):
                return date, "the day of the talks that the same article reports", "with dated talks"
    return None


def told_right_after(one: Cluster, others: Sequence[Cluster], created: CreationTime) -> Dated | None:
    """ "He arrived on Monday. The two presidents held talks soon after": the day of the act told just before."""
    best = one.best
    if best.status != "occurred" or best.tense == "pluperfect" or best.kind == "statement":
        return None
    parties = cluster_countries(one)
    before = [
        (told.mention.sentence, told.mention)
        for other in others
        for told in other.told
        if _is_just_before(told.mention, best) and len(told.mention.countries & parties) >= 2
    ]
    if not before:
        return None
    nearest = max(before, key=lambda pair: pair[0])[1]
    return nearest.date, "the act between the same states told just before it", "told right after"


def _is_just_before(told: EventMention, best: EventMention) -> bool:
    done = told.dated and told.status == "occurred" and told.article == best.article and not _is_long_ago(told, best)
    return done and 0 <= best.sentence - told.sentence <= _NEXT


def _is_long_ago(told: EventMention, best: EventMention) -> bool:
    """ "Since ties were established in 1964, the two have …": what is recalled dates none of the news."""
    recalled = told.kind == "agreement" and told.salience == "background" and best.salience == "main"
    return recalled and edtf.precision(told.date) == "year"


def headline_of_lead(one: Cluster, others: Sequence[Cluster], created: CreationTime) -> Dated | None:
    """ "Peruvian premier to attend talks in Quito" over "… will leave on Friday": a headline tells its lead."""
    if not all(told.mention.in_title for told in one.told):
        return None
    parties = cluster_countries(one)
    for same_kind in (True, False):
        for other in others:
            for told in other.told:
                lead = told.mention
                fits = lead.article == one.best.article and lead.dated and lead.sentence < _LEAD
                fits = fits and lead.status == one.best.status and bool(lead.countries & parties)
                if fits and (lead.kind == one.best.kind) is same_kind and lead.kind != "statement":
                    return lead.date, "the lead of the report that it heads", "headline of a dated lead"
    return None


RULES: tuple[Callable[[Cluster, Sequence[Cluster], CreationTime], Dated | None], ...] = (
    within_visit,
    soon_after_another,
    days_of_its_meetings,
    with_talks,
    told_right_after,
    headline_of_lead,
    news_of_the_day,
)


def inherit_dates(clusters: Sequence[Cluster], created: Mapping[int, CreationTime]) -> list[Cluster]:
    """Date the acts of one document that have no date of their own by the first rule that applies.

    `created` holds the creation time of each article by its index.
    """
    settled = list(clusters)
    told_in: dict[int, list[int]] = {}
    for index, one in enumerate(settled):
        for article in {told.mention.article for told in one.told}:
            told_in.setdefault(article, []).append(index)
    for rules in (RULES[:-1], RULES):
        # Twice, so that what one act inherits can be passed on before the day's news is taken for the date.
        for index in sorted(range(len(settled)), key=lambda i: settled[i].best.kind != "visit"):
            one = settled[index]
            date, _, basis = cluster_date(one)
            vague = basis == _VAGUE
            if date != edtf.UNKNOWN and not vague:
                continue
            # No rule looks further: with all acts of a long document the work would grow with its square.
            around = range(one.best.article - _NEXT, one.best.article + _NEXT + 1)
            near = sorted({other for article in around for other in told_in.get(article, ())} - {index})
            others = [settled[other] for other in near]
            for rule in RULES[:-1] if vague else rules:
                dated = rule(one, others, created[one.best.article])
                if dated is not None:
                    settled[index] = redate(one, *dated)
                    break
    return _with_undated(settled)


def _with_undated(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Join what stays without a date to the only dated act of its kind between the same people that the text tells.

    "The king visited Fiji in May. […] In his message he said that he had visited Fiji as promised."
    """
    joined: list[Cluster | None] = list(clusters)
    alike: dict[tuple[str, frozenset[str]], list[int]] = {}
    for index, one in enumerate(clusters):
        alike.setdefault((one.best.kind, cluster_countries(one)), []).append(index)
    for index, one in enumerate(clusters):
        if one.best.kind in _IN_PERSON and cluster_date(one)[0] == edtf.UNKNOWN:
            others = ((n, joined[n]) for n in alike[one.best.kind, cluster_countries(one)] if n != index)
            same = [(n, other) for n, other in others if other is not None and _is_dated_twin(one, other)]
            if len(same) == 1:
                number, twin = same[0]
                joined[number], joined[index] = Cluster((*twin.told, *one.told)), None
    return [one for one in joined if one is not None]


def _is_dated_twin(one: Cluster, other: Cluster) -> bool:
    a, b = one.best, other.best
    alike = (a.kind, a.subtype == "conference", a.status) == (b.kind, b.subtype == "conference", b.status)
    places = {m.place_country for m in (a, b) if m.place_country}
    # "The two met at the airport. They last met in June": the news is not the act of before.
    apart = a.salience == "main" and a.tense == "past" and all(told.mention.salience != "main" for told in other.told)
    other_sort = a.kind == "meeting" and not same_sort(a, b)
    if not alike or apart or other_sort or len(places) > 1 or cluster_date(other)[0] == edtf.UNKNOWN:
        return False
    parties = cluster_countries(one)
    people = [{(actor.name, actor.country) for told in c.told for actor in told.mention.actors} for c in (one, other)]
    return len(parties) >= _PAIR and parties == cluster_countries(other) and bool(people[0] & people[1])
