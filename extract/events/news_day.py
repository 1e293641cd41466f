"""The day of the news: the date of an act that a dated report tells as its news without a date of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from extract import edtf
from extract.dating.dct import CreationTime
from extract.events.coreference import Cluster, cluster_date
from extract.events.mention import EventMention

Dated = tuple[str, str, str]
"""A date, what it rests on in words for the reader, and the rule's name."""
_LEAD = 4
_JUST_BEFORE = 3
_FROM_LEAD = "lead "


def news_of_the_day(one: Cluster, others: Sequence[Cluster], created: CreationTime) -> Dated | None:
    """An act in the lead of a dated report, told without a date as its news: the report's own date.

    What officials say is the news of the day wherever it stands. Where the lead dates its news to a day just before
    ("on Thursday" in a report of Friday), that is the day, but not of what a text says itself ("Peru condemns").
    """
    best = one.best
    if best.status != "occurred" or best.date_rule == "looking back":
        return None
    if best.salience != "main" and best.kind != "statement":
        return None
    if best.kind == "visit" and best.sentence >= _LEAD:
        return None
    day = _one_date(created.value)
    if day == edtf.UNKNOWN:
        return None
    # A dateline gives the day of filing, a page that of its publication, which may trail the news.
    own_day = created.basis == "dateline" or (best.kind == "statement" and best.tense == "present")
    days = _gathering_of_lead(best, others, created)
    if days is not None:
        return days, f"said at the gathering of {days} that the lead tells", "gathering of the lead"
    told = None if own_day else created.news_day or _day_of_lead(best, others, created.value)
    if told is not None:
        return told, f"told as news beside the acts of {told} in the lead", "news of the lead's day"
    basis = f"told as news, with no date of its own, in an article of {created.value} ({created.explanation})"
    return day, basis, "news of the article"


def _gathering_of_lead(best: EventMention, others: Sequence[Cluster], created: CreationTime) -> str | None:
    """Return the days of the conference in the lead, for what is said there: "took place from 3 to 5 May in Accra".

    Only of a text that has no day of its own beside them: the last of these days was taken for it.
    """
    if best.kind != "statement" or not created.explanation.startswith(_FROM_LEAD):
        return None
    for other in others:
        leads = [t.mention for t in other.told if t.mention.article == best.article and t.mention.sentence < _LEAD]
        held = any(m.subtype == "conference" and m.status == "occurred" for m in leads)
        date = cluster_date(other)[0]
        if held and edtf.precision(date) == "range" and date.endswith(f"/{created.value}"):
            return date
    return None


def _day_of_lead(best: EventMention, others: Sequence[Cluster], created: str) -> str | None:
    """Return the one day shortly before the article's on which its lead's acts took place; None where they differ."""
    if edtf.precision(created) != "day":
        return None
    leads = [
        told.mention
        for other in others
        for told in other.told
        if told.mention.article == best.article and told.mention.sentence < _LEAD and told.mention.dated
    ]
    news = [mention for mention in leads if mention.status == "occurred" and mention.salience == "main"]
    days = {mention.date for mention in news if edtf.precision(mention.date) == "day"}
    if len(days) != 1:
        return None
    day = days.pop()
    back = (dt.date.fromisoformat(created) - dt.date.fromisoformat(day)).days
    return day if 0 < back <= _JUST_BEFORE else None


def _one_date(value: str) -> str:
    """Return a date as it is; of a range, in which an article was written on one unknown day, the month or the year."""
    first, _, last = value.partition("/")
    if not last:
        return first
    if first[:7] == last[:7]:
        return first[:7]
    return first[:4] if first[:4] == last[:4] else edtf.UNKNOWN
