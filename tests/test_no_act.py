"""What sounds like an act and is none, or is another: each construction beside one of the same words that is an act."""

import pytest
from told import document, events

from extract.events import speakers
from extract.events.scene import Scene
from extract.pipeline import annotate

HEAD = "GENEVA, May 12, 2011 (AFP) -- "


def _found(text: str) -> list[str]:
    """Return "kind COUNTRIES status" of each event of an agency report, sorted."""
    return sorted(f"{e.kind} {','.join(e.countries)} {e.status}" for e in events(HEAD + text))


# No act in the first sentence, one in the second.
SUPPOSED = {
    "a question": (
        "Will Paraguayan President Fernando Lugo visit Bolivia?",
        "Paraguayan President Fernando Lugo will visit Bolivia.",
        ["visit BOL,PRY planned"],
    ),
    "yet to": (
        "Cameroon has yet to reach an agreement with Gabon.",
        "Cameroon has reached an agreement with Gabon.",
        ["agreement CMR,GAB occurred"],
    ),
    "a habit": (
        "When Ecuador meets Colombia, ministers stay up late.",
        "Ecuadorean Foreign Minister Ricardo Patino met Colombian Foreign Minister Maria Holguin.",
        ["meeting COL,ECU occurred"],
    ),
    "without a time": (
        "Mongolian President Tsakhiagiin Elbegdorj will visit Finland at a convenient time.",
        "Mongolian President Tsakhiagiin Elbegdorj will visit Finland at the end of May.",
        ["visit FIN,MNG planned"],
    ),
}


@pytest.mark.parametrize(("none", "act", "found"), SUPPOSED.values(), ids=SUPPOSED)
def test_what_is_only_supposed(none: str, act: str, found: list[str]) -> None:
    assert _found(none) == []
    assert _found(act) == found


CANCELLED = {
    "deferred": "Estonia on Thursday deferred talks with Latvia.",
    "is off": "The talks between Estonia and Latvia are off.",
    "put back": "The talks between Estonian Foreign Minister Urmas Paet and Latvia were put back.",
}


@pytest.mark.parametrize("text", CANCELLED.values(), ids=CANCELLED)
def test_called_off_in_other_words(text: str) -> None:
    assert [e.status for e in events(HEAD + text)] == ["cancelled"]


def test_what_cannot_be_ruled_out_was_not_called_off() -> None:
    text = "A meeting between the presidents of Estonia and Latvia cannot be ruled out."
    assert _found(text) == []
    assert _found(text.replace("cannot be", "was")) == ["meeting EST,LVA cancelled"]


PRIVATE = {
    "sport": "Peru met Paraguay in the evening; the coach praised his players after the match, which drew a full stadium.",
    "firms": "Norwegian companies held talks with Greek hoteliers on Thursday.",
}


@pytest.mark.parametrize("text", PRIVATE.values(), ids=PRIVATE)
def test_what_private_people_do(text: str) -> None:
    assert events(HEAD + text, "meeting") == []


def test_officials_may_talk_of_firms() -> None:
    text = "Norwegian officials and ministers held talks with the Greek government on airlines on Thursday."
    assert _found(text) == ["meeting GRC,NOR occurred"]


# A statement in the second sentence of each pair, none in the first.
SAID = {
    "called home": (
        "Chile called its ambassador home from Lima on Thursday.",
        "Chile called the attack in Lima an outrage on Thursday.",
    ),
    "called off": (
        "Chile called off a tour of Peru on Thursday.",
        "Chile called on Peru on Thursday to open the border.",
    ),
    "to a guest": (
        "Fijian Prime Minister Frank Bainimarama told his guest that the ports would stay open.",
        "Fijian Prime Minister Frank Bainimarama told reporters that the ports would stay open to Tonga.",
    ),
    "a pledge": (
        "Chile announced 3 million dollars in aid to Haiti on Thursday.",
        "Chile announced elections in Haiti on Thursday.",
    ),
    "unsaid": (
        "The Fijian foreign minister would not comment on Tonga on Thursday.",
        "The Fijian foreign minister commented on Tonga on Thursday.",
    ),
    "attribution": (
        "Fijian Prime Minister Frank Bainimarama met Tongan King George in Suva on Thursday, the foreign ministry of Fiji said.",
        "The foreign ministry of Fiji said on Thursday that Tonga had broken the law.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("none", "statement"), SAID.values(), ids=SAID)
def test_no_statement(none: str, statement: str) -> None:
    assert events(HEAD + none, "statement") == []
    assert len(events(HEAD + statement, "statement")) == 1


def test_a_minister_at_home() -> None:
    text = "{} told the chamber that the roads of the north would be mended."
    rest = "\n\nPeru and Bolivia have opened a bridge over the river of the border."
    assert events(HEAD + text.format("Chilean Transport Minister Pedro Errazuriz") + rest, "statement") == []
    assert events(HEAD + text.format("Chilean Foreign Minister Alfredo Moreno") + rest, "statement")


HEADINGS = {
    "a topic": ("STATEMENT ON THE LUSAKA SUMMIT OF ZAMBIA", 0),
    "part of a name": ("Pacific summit secretariat of Fiji", 0),
    "held": ("Fiji hosts Pacific summit", 1),
}


@pytest.mark.parametrize(("title", "number"), HEADINGS.values(), ids=HEADINGS)
def test_a_heading_that_only_names_a_gathering(title: str, number: int) -> None:
    text = f"{title}\n\n{HEAD}Rain fell all night, and the roads to the north were closed for a week.\n"
    assert len(events(text, "meeting")) == number


VISITORS = {
    "tourists": ("About 9,000 Norwegians visited Jordan last year.", 0),
    "a team": ("Norway's visit to Amman ended without a goal; the coach blamed the striker and the referee.", 0),
    "officials": ("Norwegian officials visited Jordan last year.", 1),
}


@pytest.mark.parametrize(("text", "number"), VISITORS.values(), ids=VISITORS)
def test_who_visits(text: str, number: int) -> None:
    assert len(events(HEAD + text, "visit")) == number


def test_a_letter_of_thanks_is_one_letter() -> None:
    text = "The Tongan ambassador wrote a letter of condolence to the Fijian foreign ministry on Thursday."
    assert len(events(HEAD + text, "statement")) == 1


def _scene(text: str) -> Scene:
    ann = annotate(document(text))[0]
    return Scene(ann, ann.parsed.sentences[0], 0, (), [])


SPEAKERS = {
    "a lawyer": ("The mine in Mali will close, his lawyer told reporters.", True),
    "a columnist": ('"Mali is tired," wrote a columnist of the city.', True),
    "an unnamed official": ("Mali will send troops, an officer said.", True),
    "its ministry": ("Troops will be sent, the Malian foreign ministry said.", False),
    "the minister": ("Mali will send troops, the minister said.", False),
    "he": ("Mali will send troops, he said.", False),
}


@pytest.mark.parametrize(("text", "another"), SPEAKERS.values(), ids=SPEAKERS)
def test_who_speaks(text: str, another: bool) -> None:
    assert speakers.is_of_another(_scene(HEAD + text), frozenset({"MLI"})) is another


TOPICS = {
    "after a preposition": ("Statement on the Elections in Mali and Niger", True),
    "before it": ("Mali's Statement on the Elections in Niger", False),
    "without one": ("Mali and Niger: Statement", False),
}


@pytest.mark.parametrize(("title", "topic"), TOPICS.values(), ids=TOPICS)
def test_states_that_a_heading_is_about(title: str, topic: bool) -> None:
    scene = _scene(f"{title}\n\n{HEAD}Rain fell all night, and the roads were closed for a week.\n")
    assert speakers.is_only_topic(scene, frozenset({"MLI", "NER"})) is topic
