"""One act that two articles of a document tell, each in a way that its date is known only after all others are."""

from __future__ import annotations

from collections.abc import Iterable

from extract import edtf
from extract.events.coreference import Cluster, cluster_actors, cluster_countries, cluster_date, joined
from extract.events.same_act import same_sort
from extract.events.same_name import same_name

_FACE_TO_FACE = ("talks", "call")
_PAIR = 2


def once(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Join the talks and calls of one document that the same persons held on the same day.

    "President Mirziyoyev spoke by phone with President Petro on 8 May" in a chronicle, and in the article beside it,
    undated but of that day: "In the call the two presidents agreed …". Two who met twice on a day, in different places
    or once in person and once by phone, stay two. What is announced for that day and what took place on it are one.
    """
    found: list[Cluster] = []
    days: dict[tuple[str, frozenset[str]], list[int]] = {}
    for one in clusters:
        date = cluster_date(one)[0]
        if one.best.subtype not in _FACE_TO_FACE or edtf.precision(date) != "day":
            found.append(one)
            continue
        same = days.setdefault((date, cluster_countries(one)), [])
        home = next((number for number in same if _one_act(found[number], one)), None)
        if home is None:
            same.append(len(found))
            found.append(one)
        else:
            found[home] = joined(found[home], one)
    return found


def _one_act(a: Cluster, b: Cluster) -> bool:
    pairs = [(x.mention, y.mention) for x in a.told for y in b.told]
    called_off = "cancelled" in (a.best.status, b.best.status) and a.best.status != b.best.status
    if called_off or not all(same_sort(x, y) for x, y in pairs):
        return False
    states = sorted(cluster_countries(a))
    ours, theirs = cluster_actors(a, states), cluster_actors(b, states)
    shared = {one.country for one in ours for other in theirs
              if one.country == other.country and same_name(one.name, other.name)}
    return len(shared - {None}) >= _PAIR
