"""What an act without a date of its own takes its date from: the visit it belongs to, the talks, the day's news."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from extract import edtf
from extract.dating.dct import CreationTime
from extract.events.coreference import Cluster, cluster_countries, cluster_date, redate
from extract.events.mention import EventMention

Dated = tuple[str, str, str]
_NEXT = 3
_LONGEST_VISIT = 10
_BOUND_TO_VISIT = ("meeting", "agreement")


def within_visit(one: Cluster, others: Sequence[Cluster], created: CreationTime) -> Dated | None:
    """ "During the visit the two ministers met": talks and agreements of a dated visit take its days.

    The same holds for a plan: "She will travel to Lima on May 3. She will meet President Boluarte."
    """
    if one.best.kind not in _BOUND_TO_VISIT or (one.best.salience != "main" and one.best.status == "occurred"):
        return None
    parties = cluster_countries(one)
    for other in others:
        visit = other.best
        if visit.kind == "visit" and visit.article == one.best.article and visit.status == one.best.status:
            date = cluster_date(other)[0]
            shared = cluster_countries(other) & parties
            alone = len(parties) == 1 and one.best.place_country in cluster_countries(other)
            exact = date != edtf.UNKNOWN and edtf.precision(date) != "year"
            if exact and (len(shared) >= 2 or (shared and alone)):
                return date, "the visit during which it took place", "within a dated visit"
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
    done = told.dated and told.status == "occurred" and told.article == best.article
    return done and 0 <= best.sentence - told.sentence <= _NEXT


def news_of_the_day(one: Cluster, others: Sequence[Cluster], created: CreationTime) -> Dated | None:
    """An act in the lead of a dated report, told without a date as its news: the report's own date.

    What officials say is the news of the day wherever it stands.
    """
    if one.best.status != "occurred" or (one.best.salience != "main" and one.best.kind != "statement"):
        return None
    day = _one_date(created.value)
    if day == edtf.UNKNOWN:
        return None
    basis = f"told as news, with no date of its own, in an article of {created.value} ({created.explanation})"
    return day, basis, "news of the article"


def _one_date(value: str) -> str:
    """Return a date as it is; of a range, in which an article was written on one unknown day, the month or the year."""
    first, _, last = value.partition("/")
    if not last:
        return first
    if first[:7] == last[:7]:
        return first[:7]
    return first[:4] if first[:4] == last[:4] else edtf.UNKNOWN


RULES: tuple[Callable[[Cluster, Sequence[Cluster], CreationTime], Dated | None], ...] = (
    within_visit,
    days_of_its_meetings,
    with_talks,
    told_right_after,
    news_of_the_day,
)


def inherit_dates(clusters: Sequence[Cluster], created: Mapping[int, CreationTime]) -> list[Cluster]:
    """Date the acts of one document that have no date of their own by the first rule that applies.

    `created` holds the creation time of each article by its index.
    """
    settled = list(clusters)
    for index, one in enumerate(settled):
        date, _, basis = cluster_date(one)
        vague = basis == "vague"
        if date != edtf.UNKNOWN and not vague:
            continue
        for rule in RULES[:-1] if vague else RULES:
            dated = rule(one, [c for c in settled if c is not one], created[one.best.article])
            if dated is not None:
                settled[index] = redate(one, *dated)
                break
    return settled
