"""Records of councils and assemblies: interventions from the floor, and votes."""

import pytest
from told import events

HEAD = "The Human Rights Council met in Geneva on 4 May 2011.\n\n"
INTERVENTIONS = {
    "capitals and state": ("ANNE MUTISO (Kenya) found the text wanting.", "KEN"),
    "verbatim": ("Mr. Banda (Zambia): My delegation joined the others.", "ZMB"),
    "another language": ("Mrs. Tavares (Cape Verde) (spoke in French): Allow me a word.", "CPV"),
    "representative": ("The representative of Peru wondered who would pay.", "PER"),
    "delegate": ("The delegate of Malta wanted to know who paid.", "MLT"),
    "for others": ("Norway, on behalf of the Nordic countries, asked for more time.", "NOR"),
    "for its part": ("For its part, Gambia spoke of a debt.", "GMB"),
}


@pytest.mark.parametrize(("sentence", "state"), INTERVENTIONS.values(), ids=INTERVENTIONS.keys())
def test_who_takes_the_floor_makes_a_statement(sentence: str, state: str) -> None:
    assert [event.countries for event in events(HEAD + sentence, "statement")] == [(state,)]


SILENCE = {
    "elected": "The representative of Peru was elected rapporteur.",
    "in the chair": "Mr. Banda (Zambia), Vice-President, took the Chair.",
    "a traveller": "The delegate of Malta arrived late.",
    "several states": "Delegations from Malta wanted seats.",
    "a party": "ANNE MUTISO (Labour) found the text wanting.",
    "no speaker": "Norway found the text wanting in parts of the world that the representative knew.",
}


@pytest.mark.parametrize("sentence", SILENCE.values(), ids=SILENCE.keys())
def test_who_does_not_speak_makes_none(sentence: str) -> None:
    assert not events(HEAD + sentence, "statement")


def test_without_a_body_nobody_has_the_floor() -> None:
    assert not events("The choir met on 4 May 2011.\n\nThe representative of Peru wondered who would sing.", "statement")


VOTES = {
    "lists in brackets": (
        "The Assembly adopted the draft resolution by a vote of 120 in favour to 3 against (Palau, Nauru, Tonga), "
        "with 2 abstentions (Fiji, Kenya).",
        ("FJI", "KEN", "NRU", "PLW", "TON"),
    ),
    "without a vote": ("The Council adopted without a vote a draft resolution introduced by Chad.", ("TCD",)),
    "votes to votes": ("The Commission adopted by 22 votes to 21 a text presented by Honduras.", ("HND",)),
    "told in the next sentence": (
        "The Council rejected the draft resolution by 4 votes to 11. Kenya and Peru abstained.",
        ("KEN", "PER"),
    ),
    "abstaining": ("The draft resolution was adopted by 12 votes in favour, with Kenya and Peru abstaining.", ("KEN", "PER")),
}


@pytest.mark.parametrize(("text", "states"), VOTES.values(), ids=VOTES.keys())
def test_a_vote_is_one_act_of_those_named_for_it(text: str, states: tuple[str, ...]) -> None:
    found = events(HEAD + text, "statement")
    assert [(event.subtype, event.countries) for event in found] == [("vote", states)]


NO_VOTES = {
    "elections at home": "The council election was won by 22 votes to 21 in Chad.",
    "topics": "The Council adopted without a vote a resolution on hunger.",
    "a debate": "Members spoke of a draft resolution introduced by Chad, 4 in number.",
}


@pytest.mark.parametrize("text", NO_VOTES.values(), ids=NO_VOTES.keys())
def test_without_a_count_or_a_state_named_for_it_there_is_no_vote(text: str) -> None:
    assert not [event for event in events(HEAD + text, "statement") if event.subtype == "vote"]
