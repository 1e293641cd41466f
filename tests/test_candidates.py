"""Mentions are compared only with those that may tell the same act, and no such one is missed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.events.candidates import Candidates
from extract.events.coreference import cluster
from extract.events.mention import EventMention
from extract.events.same_act import Told, same_act
from extract.model import SUBTYPES

DATES = (
    "XXXX", "XXXX-05-03", "2019", "2019-05", "2019-05-03", "2019-05-04", "2019-05-31/2019-06-02", "2019-04-30", "2018-12-31",
    "2019-01-02", "2018/2020", "1950/2020", "2019-01-01/2019-06-30", "0001-01-01", "9999-12-31",
)


@st.composite
def tellings(draw) -> Told:
    kind = draw(st.sampled_from(sorted(SUBTYPES)))
    start = draw(st.integers(0, 2000))
    mention = EventMention(
        kind, draw(st.sampled_from(SUBTYPES[kind])), draw(st.sampled_from(("occurred", "planned"))), f"{kind}:meet:met",
        start, start + 9, start, start + 3, draw(st.integers(0, 5)), draw(st.integers(0, 9)),
        draw(st.frozensets(st.sampled_from(("FJI", "KEN", "PER")), max_size=3)),
        organizations=draw(st.frozensets(st.sampled_from(("KEN", "UN")), max_size=2)),
        date=draw(st.sampled_from(DATES)), dated=draw(st.booleans()), anaphoric=draw(st.booleans()),
        date_rule=draw(st.sampled_from(("vague", "day"))), in_title=draw(st.booleans()),
    )
    return Told("a.txt", draw(st.sampled_from(("2019-05-04", "XXXX"))), mention)


@settings(max_examples=400)
@given(st.lists(tellings(), min_size=2, max_size=8))
def test_whoever_may_tell_the_same_act_is_a_candidate(told):
    candidates = Candidates()
    for one in told:
        candidates.add([one])
    for one in told:
        found = [group[0] for group in candidates.of(one)]
        assert [other for other in told if same_act(one, other)] == [other for other in found if same_act(one, other)]


def test_a_mention_is_compared_with_few_others_however_long_the_document(monkeypatch):
    asked = []
    monkeypatch.setattr("extract.events.coreference.same_act", lambda a, b: asked.append(1) or same_act(a, b))

    def comparisons(size: int) -> int:
        told = [
            Told("a.txt", "XXXX", EventMention(
                "meeting", "talks", "occurred", "meeting:meet:met", i, i + 9, i, i + 3, i // 10, i,
                frozenset({"FJI", "KEN" if i % 2 else "PER"}), date=f"{1900 + i // 12 % 100}-{1 + i % 12:02}-03", dated=i % 3 > 0,
                date_rule="day",
            ))
            for i in range(size)
        ]  # fmt: skip
        asked.clear()
        groups, loose = cluster(told)
        assert len(groups) + len(loose) > size / 3
        return len(asked)

    assert comparisons(1200) < 2.2 * comparisons(600)
