"""Domestic politics: a statement in which no other state or organisation has any part is none of diplomacy."""

from __future__ import annotations

from collections.abc import Mapping

from extract.events.annotated import AnnotatedArticle, within
from extract.events.coreference import Cluster, cluster_countries

_SPOKEN = ("remarks", "speech", "press_conference", "interview", "article")
_LEAD = 4


def is_domestic(one: Cluster, articles: Mapping[int, AnnotatedArticle]) -> bool:
    """Tell whether a statement is domestic: neither its passages nor its article's opening name another state or body.

    "The French minister said that taxes would rise", in a report that opens with nobody abroad.
    """
    if one.best.kind != "statement" or one.best.subtype not in _SPOKEN:
        return False
    own = cluster_countries(one)
    if len(own) > 1:
        return False
    for told in one.told:
        ann = articles[told.mention.article]
        opening = ann.article.paragraphs[:_LEAD][-1].end
        spans = ((told.mention.start, told.mention.end), (ann.article.start, opening))
        if any(_names_others(ann, start, end, own) for start, end in spans):
            return False
    return True


def _names_others(ann: AnnotatedArticle, start: int, end: int, own: frozenset[str]) -> bool:
    if within(ann.organizations, start, end):
        return True
    return any(country.code not in own for country in within(ann.countries, start, end))
