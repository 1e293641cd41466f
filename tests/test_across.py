"""Acts of several documents: what joins, and that what cannot be one act is never compared."""

import random

import pytest

from extract.events import across_documents
from extract.events.across_documents import across, block_of, days
from extract.events.coreference import Cluster, cluster_countries, joined
from extract.events.mention import EventMention
from extract.events.same_act import Told, same_act
from extract.record import Actor

PAIRS = [(f"A{a}{b}", f"B{a}{c}") for a in "ABCDE" for b in "ABCDE" for c in "ABCDE"]


def cluster(document: str, date: str, states: tuple[str, ...], kind: str = "meeting", *, name: str = "", start: int = 0) -> Cluster:
    """An act as one mention of a document tells it, with an actor of the first state where one is named."""
    subtype = {"meeting": "talks", "visit": "visit"}[kind]
    actors = (Actor(name, states[0]),) if name else ()
    mention = EventMention(kind, subtype, "occurred", f"{kind}:meet:met", start, start + 9, start, start + 3, 0, start, frozenset(states),
                           actors, date=date, dated=True, date_rule="day")
    return Cluster((Told(document, "2021-03-04", mention),))


def random_clusters(seed: int, many: int) -> list[Cluster]:
    """Acts of few states, days and names, so that many of them are one."""
    chosen = random.Random(seed)
    found = []
    for at in range(many):
        first = chosen.randint(1, 9)
        date = f"2021-03-{first:02}" if chosen.random() < 0.7 else f"2021-03-{first:02}/2021-03-{first + chosen.randint(1, 4):02}"
        found.append(cluster(f"{at // 2:04}.txt", date, chosen.choice(PAIRS[:3]), chosen.choice(["meeting", "visit"]),
                             name=chosen.choice(["", "Ana Ejemplo", "Ola Nordmann"]), start=at % 2 * 50))
    return found


def plainly(clusters: list[Cluster]) -> list[tuple[int, Cluster]]:
    """The rule as it reads: each joins, of the acts of its first day, the one longest known of; it looks at all."""
    found: list[tuple[int, Cluster]] = []
    known: list[dict[str, int]] = []
    for number, one in enumerate(clusters):
        homes = sorted((day, known[at][day], at) for day in days(one) for at in range(len(found)) if day in known[at])
        home = next((at for *_, at in homes if _is_one(found[at][1], one)), None)
        if home is None:
            home = len(found)
            found.append((number, one))
            known.append({})
        else:
            found[home] = (found[home][0], joined(found[home][1], one))
        known[home] = dict.fromkeys(days(one), number) | known[home]
    return found


def _is_one(a: Cluster, b: Cluster) -> bool:
    apart = not {told.document for told in a.told} & {told.document for told in b.told}
    same = a.best.kind == b.best.kind and cluster_countries(a) == cluster_countries(b)
    return apart and same and a.best.subtype == b.best.subtype and same_act(a.told[0], b.told[0])


@pytest.mark.parametrize("seed", range(3))
def test_blocks_join_what_looking_at_all_of_them_joins(seed: int) -> None:
    clusters = random_clusters(seed, 200)
    found = across(clusters)
    assert found == plainly(clusters)
    assert 20 < len(found) < 170, "some join, and some do not"


def test_a_block_by_itself_gives_what_it_gives_among_others() -> None:
    clusters = random_clusters(7, 200)
    alone = []
    for block in {block_of(one) for one in clusters}:
        members = [number for number, one in enumerate(clusters) if block_of(one) == block]
        alone += [(members[number], act) for number, act in across(clusters[number] for number in members)]
    assert sorted(alone, key=lambda pair: pair[0]) == across(clusters)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Told, Told]]:
    """The pairs that are compared, filled as they are."""
    pairs: list[tuple[Told, Told]] = []

    def noted(one: Told, other: Told) -> bool:
        pairs.append((one, other))
        return same_act(one, other)

    monkeypatch.setattr(across_documents, "same_act", noted)
    return pairs


def test_what_different_states_do_on_one_day_is_never_compared(compared: list[tuple[Told, Told]]) -> None:
    assert len(across(cluster(f"{at}.txt", "2021-03-04", pair) for at, pair in enumerate(PAIRS))) == len(PAIRS)
    assert not compared


@pytest.mark.parametrize("many", [1_000, 2_000])
def test_an_act_is_compared_once_however_many_documents_tell_it(many: int, compared: list[tuple[Told, Told]]) -> None:
    found = across(cluster(f"{at}.txt", "2021-03-04", PAIRS[at % 4]) for at in range(many))
    assert len(compared) == many - 4
    assert [number for number, _ in found] == [0, 1, 2, 3]
    assert {len(act.told) for _, act in found} == {many // 4}
