"""The neutral headlines of events: who does what, in the present tense."""

import pytest

from extract.record import Actor, Part
from extract.titles import headline

SANDU, KAIS = Actor("Maia Sandu", "MDA", "President"), Actor("Kais Saied", "TUN", "President")
HOST, VISITOR = Part("TUN", "host"), Part("MDA", "visitor")


@pytest.mark.parametrize(
    ("told", "actors", "parts", "title"),
    [
        (("visit", "visit", "occurred"), (SANDU,), (VISITOR, HOST), "Maia Sandu visits Tunisia"),
        (("visit", "state_visit", "occurred"), (SANDU, Actor("Mihai Popsoi", "MDA")), (VISITOR, HOST),
         "Maia Sandu and Mihai Popsoi pay a state visit to Tunisia"),
        (("visit", "visit", "planned"), (SANDU, KAIS), (VISITOR, HOST), "Maia Sandu to visit Tunisia"),
        (("visit", "visit", "cancelled"), (), (VISITOR, HOST), "Moldova delegation calls off a visit to Tunisia"),
        (("meeting", "talks", "occurred"), (SANDU, KAIS), (), "Maia Sandu holds talks with Kais Saied"),
        (("statement", "letter", "occurred"), (SANDU, KAIS), (Part("MDA", "addressee"), Part("TUN", "speaker")),
         "Kais Saied sends a letter to Maia Sandu"),
        (("agreement", "joint_statement", "occurred"), (SANDU,), (), "Moldova and Tunisia issue a joint statement"),
        (("agreement", "signing", "planned"), (SANDU, KAIS), (), "Maia Sandu and Kais Saied to sign an agreement"),
    ],
)
def test_headlines(told: tuple[str, str, str], actors: tuple[Actor, ...], parts: tuple[Part, ...], title: str) -> None:
    assert headline(*told, ("MDA", "TUN"), actors, (), None, parts) == title
