"""Acts that several documents tell: the clusters of single documents become one where they tell one act.

Clusters meet only in blocks, of one kind and the same states, and there only on the days that they share: what many
states do on one day is never compared with one another. Blocks know nothing of each other, so that they may be taken
one at a time (see `extract.merging`).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable

from extract import edtf
from extract.events.coreference import Cluster, cluster_countries, cluster_date, rank
from extract.events.same_act import same_act

Block = tuple[str, tuple[str, ...]]
_LONGEST = 31


class _Act:
    """An act as it grows. Each telling goes to its place, so that an act of many tellings is not put in order anew."""

    __slots__ = ("_documents", "_ranks", "_told", "by_hand", "tables")

    def __init__(self, one: Cluster) -> None:
        self._told = list(one.told)
        self._ranks: list[tuple[object, ...]] = []
        self._documents = {told.document for told in one.told}
        self.tables = _tables(one)
        self.by_hand = bool(self.tables)

    def joins(self, one: Cluster) -> bool:
        """Tell whether the cluster of another document tells this act; the block and a day are the same."""
        if any(told.document in self._documents for told in one.told):
            return False
        tables = _tables(one)
        if self.tables & tables or not self._same_subtype(one, self.by_hand or bool(tables)):
            return False
        return same_act(self._told[0], one.told[0])

    def _same_subtype(self, one: Cluster, by_hand: bool) -> bool:
        """Two of one subtype; a visit in a curated table may be of a sort that the text does not tell, or reverse."""
        ours, theirs = self._told[0].mention.subtype, one.best.subtype
        return ours == theirs or (by_hand and one.best.kind == "visit" and "visit" in (ours, theirs))

    def add(self, one: Cluster) -> None:
        """Take the mentions of a cluster that tells this act, each to its place among the others."""
        if not self._ranks:
            self._told.sort(key=rank)
            self._ranks = [rank(told) for told in self._told]
        for told in one.told:
            its = rank(told)
            at = bisect_right(self._ranks, its)
            self._ranks.insert(at, its)
            self._told.insert(at, told)
            self._documents.add(told.document)
        self.tables |= _tables(one)
        self.by_hand = bool(self.tables)

    def cluster(self) -> Cluster:
        """Return the act with all its mentions."""
        return Cluster(tuple(self._told))


def across(clusters: Iterable[Cluster]) -> list[tuple[int, Cluster]]:
    """Join the clusters of different documents that tell one act: same kind and parties, on the same days.

    Only acts dated to the day join, so that two documents never make one act of two. The order of the clusters
    decides where one could join several. Returns each act with the number of its first cluster, in their order.
    """
    found: list[tuple[int, _Act]] = []
    index: dict[tuple[Block, str], dict[int, None]] = {}
    for number, one in enumerate(clusters):
        block = block_of(one)
        keys = [(block, day) for day in days(one)]
        home = next((at for key in keys for at in index.get(key, ()) if found[at][1].joins(one)), None)
        if home is None:
            home = len(found)
            found.append((number, _Act(one)))
        else:
            found[home][1].add(one)
        for key in keys:
            index.setdefault(key, {})[home] = None
    return [(number, act.cluster()) for number, act in found]


def block_of(one: Cluster) -> Block:
    """Return what clusters must have in common to be one act: the kind and the states, as the document tells them."""
    return one.best.kind, tuple(sorted(cluster_countries(one)))


def days(one: Cluster) -> list[str]:
    """Return the days of an act by which it is known again; none where it is not dated to days, or lasts too long."""
    date = cluster_date(one)[0]
    bounds = edtf.bounds(date) if edtf.precision(date) in ("day", "range") else None
    if bounds is None or (bounds[1] - bounds[0]).days > _LONGEST:
        return []
    return [(bounds[0] + dt.timedelta(days=n)).isoformat() for n in range((bounds[1] - bounds[0]).days + 1)]


def _tables(one: Cluster) -> set[str]:
    """Return the curated tables of which a row is this act: two rows of one table are two acts."""
    return {told.mention.anchor.partition("#")[0] for told in one.told if told.mention.is_row}
