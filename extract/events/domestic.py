"""Domestic politics: a statement in which no other state or organisation has any part is none of diplomacy."""

from __future__ import annotations

from collections.abc import Mapping

from extract.events.annotated import AnnotatedArticle, within
from extract.events.coreference import Cluster, cluster_countries
from extract.events.lexicon import lexicon
from extract.record import Actor

_SPOKEN = ("remarks", "speech", "press_conference", "interview", "article")
_LEAD = 4
_AT_HOME = lexicon("domestic.roles")
_AT_LENGTH = ("speech", "article")
_ABROAD = frozenset(["foreign", "external"])


def is_domestic(one: Cluster, articles: Mapping[int, AnnotatedArticle]) -> bool:
    """Tell whether a statement is domestic: neither its passages nor its article's opening name another state or body.

    "The French minister said that taxes would rise", in a report that opens with nobody abroad.
    """
    if one.best.kind != "statement" or one.best.subtype not in _SPOKEN:
        return False
    own = cluster_countries(one)
    if len(own) > 1:
        return False
    if _is_on_foreign_policy(one):
        return False
    if _is_inward(one, articles, own):
        return True
    for told in one.told:
        ann = articles[told.mention.article]
        opening = ann.article.paragraphs[:_LEAD][-1].end
        spans = ((told.mention.start, told.mention.end), (ann.article.start, opening))
        if any(_names_others(ann, start, end, own) for start, end in spans):
            return False
    return True


def _is_on_foreign_policy(one: Cluster) -> bool:
    """ "Foreign Minister Nyamitwe gave a speech at a symposium": the word on the world of whoever speaks for a state.

    It counts though nobody abroad is named; "the foreign minister said on Monday that taxes would rise" does not.
    """
    roles = [(actor.role or "").lower().split() for told in one.told for actor in told.mention.actors]
    return one.best.subtype in _AT_LENGTH and any(_ABROAD & set(role) for role in roles)


def _is_inward(one: Cluster, articles: Mapping[int, AnnotatedArticle], own: frozenset[str]) -> bool:
    """ "Opposition leader X said on Monday …", "Labour Minister Y told …": no office abroad, nobody abroad named.

    Whatever states the rest of the article names.
    """
    for told in one.told:
        mention = told.mention
        ann = articles[mention.article]
        if not _is_at_home(mention.actors) or _names_others(ann, mention.start, mention.end, own):
            return False
    return True


def _is_at_home(actors: tuple[Actor, ...]) -> bool:
    roles = [(actor.role or "").lower().split() for actor in actors]
    return bool(roles) and all(_AT_HOME & set(role) for role in roles)


def _names_others(ann: AnnotatedArticle, start: int, end: int, own: frozenset[str]) -> bool:
    if within(ann.organizations, start, end):
        return True
    return any(country.code not in own for country in within(ann.countries, start, end))
