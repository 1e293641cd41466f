"""Who takes part: persons, bodies and places that stand for states, beside those that only look like it."""

import pytest
from told import document, events, told

from extract.pipeline import annotate

HEAD = "LUSAKA, Oct. 8, 2015 (AFP) -- "


def _sides(text: str, kind: str) -> list[str]:
    """Return the states of each event of a kind, sorted."""
    return sorted(",".join(event.countries) for event in events(HEAD + text, kind))


def _states(text: str, name: str) -> set[str | None]:
    """Return the states that the mentions of a person are given in a text."""
    return {p.country for ann in annotate(document(text)) for p in ann.people if p.name.endswith(name)}


PEOPLE = [
    ("surname after a full name", "Zambian President Edgar Lungu arrived on Monday. Lungu met Malawian President Peter Mutharika on Tuesday.", "meeting", ["MWI,ZMB"]),
    ("counterpart", "Malawian Foreign Minister George Chaponda held talks with his Zambian counterpart on Tuesday.", "meeting", ["MWI,ZMB"]),
    ("counterpart with a name", "Finnish Foreign Minister Timo Soini met his Estonian counterpart Marina Kaljurand on Tuesday.", "meeting", ["EST,FIN"]),
    ("two heads of state", "Zambian President Edgar Lungu received Malawian President Peter Mutharika in Lusaka. The two heads of state signed an agreement on power lines on Tuesday.", "agreement", ["MWI,ZMB"]),
    ("both sides", "Finnish Foreign Minister Timo Soini and Estonian Foreign Minister Marina Kaljurand met on Tuesday. Both sides signed a memorandum on ferries.", "agreement", ["EST,FIN"]),
    ("the side of a state", "The Finnish side met the Estonian side in Turku on Tuesday.", "meeting", ["EST,FIN"]),
    ("visiting president", "Zambian President Edgar Lungu held talks with visiting Namibian President Hage Geingob on Tuesday.", "meeting", ["NAM,ZMB"]),
    ("told a visiting president", "Zambia will open a consulate, President Edgar Lungu told visiting Namibian President Hage Geingob on Tuesday.", "meeting", ["NAM,ZMB"]),
    ("delegation", "A Namibian delegation held talks with Zambian officials in Lusaka on Tuesday.", "meeting", ["NAM,ZMB"]),
    ("title behind the name", "Hage Geingob, president of Namibia, met Edgar Lungu, the president of Zambia, on Tuesday.", "meeting", ["NAM,ZMB"]),
    ("title before the name", "Foreign Minister of Finland Timo Soini met Prime Minister of Estonia Taavi Roivas on Tuesday.", "meeting", ["EST,FIN"]),
    ("several holders of one title", "The foreign ministers of Finland and Estonia held talks in Turku on Tuesday.", "meeting", ["EST,FIN"]),
    ("officials of two states in one phrase", "Swedish Foreign Minister Margot Wallstrom met Finnish and Estonian officials in Turku on Tuesday.", "meeting", ["EST,FIN,SWE"]),
    ("leaders who speak together", "The leaders of Finland, Estonia and Latvia said on Tuesday that the ferry must sail.", "statement", ["EST,FIN,LVA"]),
    ("known without the state", "Angela Merkel met Portuguese Prime Minister Pedro Passos Coelho on Tuesday.", "meeting", ["DEU,PRT"]),
    ("ministers listed with brackets", "Attending the talks on Tuesday were Ministers Ann Kibet (Kenya) and Olav Berg (Norway).", "meeting", ["KEN,NOR"]),
    ("first to visit", "Geingob is the Namibian president. President Hage Geingob is the first president to visit Fiji since 2003, and he arrived on Tuesday.", "visit", ["FJI,NAM"]),
    ("the latter", "Zambian President Edgar Lungu spoke of Namibian President Hage Geingob and of the latter's visit to Zambia last week.", "visit", ["NAM,ZMB"]),
    ("sent to visit", "Zambian President Edgar Lungu sent Foreign Minister Harry Kalaba to visit Namibia on Tuesday.", "visit", ["NAM,ZMB"]),
    ("expected to visit", "Namibian President Hage Geingob is expected to visit Fiji on October 20.", "visit", ["FJI,NAM"]),
    ("quoted as saying", "Fijian Foreign Minister Inoke Kubuabola was quoted on Tuesday as saying that Tonga could count on help.", "statement", ["FJI"]),
    ("talks with a visiting minister", "Fijian Foreign Minister Inoke Kubuabola spoke at a meeting with visiting Tongan Prime Minister Akilisi Pohiva on Tuesday.", "meeting", ["FJI,TON"]),
    ("accuses a leader", "Fijian Prime Minister Voreqe Bainimarama accused Tongan Prime Minister Akilisi Pohiva of bad faith on Tuesday.", "statement", ["FJI"]),
    ("is criticised by", "Tongan Prime Minister Akilisi Pohiva was criticised by Fijian Prime Minister Voreqe Bainimarama on Tuesday.", "statement", ["FJI"]),
    ("a title that means its state", "The taoiseach said on Tuesday that Namibia could count on help.", "statement", ["IRL"]),
    ("speaker of a record", "The Council met.\n\nADA BERG (Norway), for the Nordic countries, said on Tuesday that the truce in Yemen must hold.", "statement", ["NOR"]),
    ("warships", "Two Indian warships visited Mombasa, a port city in Kenya, on Tuesday.", "visit", ["IND,KEN"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "sides"), [row[1:] for row in PEOPLE], ids=[row[0] for row in PEOPLE])
def test_people_stand_for_their_states(text: str, kind: str, sides: list[str]) -> None:
    assert _sides(text, kind) == sides


BODIES = [
    ("ministry", "Finland's Foreign Ministry said on Tuesday that the border would open.", "statement", ["FIN"]),
    ("capital that speaks", "Helsinki said on Tuesday that the border with Estonia would open.", "statement", ["FIN"]),
    ("palace", "The Elysee said on Tuesday that Namibia could count on help.", "statement", ["FRA"]),
    ("seat of the government", "Downing Street said on Tuesday that Namibia could count on help.", "statement", ["GBR"]),
    ("parliament", "The Knesset speaker Yuli Edelstein met Finnish President Sauli Niinisto on Tuesday.", "meeting", ["FIN,ISR"]),
    ("parliament by adjective", "A Finnish parliamentary delegation held talks with Estonian lawmakers on Tuesday.", "meeting", ["EST,FIN"]),
    ("embassy", "The Finnish embassy in Windhoek said on Tuesday that it would close.", "statement", ["FIN"]),
    ("spokesman of a ministry", "A spokesman for the Estonian foreign ministry said on Tuesday that the border would open.", "statement", ["EST"]),
    ("his office", "Namibian President Hage Geingob left for Angola. His office said on Tuesday that he would return.", "statement", ["NAM"]),
    ("states in one word", "Finnish Foreign Minister Timo Soini will lead the Finland-Namibia Dialogue on October 20.", "meeting", ["FIN,NAM"]),
    ("former name", "Burma and Ceylon signed a treaty on rice on Tuesday.", "agreement", ["LKA,MMR"]),
    ("other name", "Holland and Eire signed a treaty on cheese on Tuesday.", "agreement", ["IRL,NLD"]),
    ("alternative names", "Ivory Coast and Cape Verde signed a treaty on fishing on Tuesday.", "agreement", ["CIV,CPV"]),
    ("an organisation and a state", "UN Secretary-General Ban Ki-moon met Zambian President Edgar Lungu on Tuesday.", "meeting", ["ZMB"]),
    ("ambassador of a state", "Finland's ambassador to Namibia, Anna Salo, met Namibian President Hage Geingob on Tuesday.", "meeting", ["FIN,NAM"]),
    ("ambassador by a preposition", "The ambassador of Finland to Namibia said on Tuesday that the road would be built.", "statement", ["FIN"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "sides"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_bodies_and_places_stand_for_their_states(text: str, kind: str, sides: list[str]) -> None:
    assert _sides(text, kind) == sides


REFERENCES = [
    ("he is who speaks, not whom he names first", "Estonian President Toomas Ilves praised Latvia. Finnish President Sauli Niinisto told Ilves that he would visit Latvia on Friday.", "visit", ["FIN,LVA"]),
    ("his talks are the speaker's", "Namibian President Hage Geingob told King Mswati III of Swaziland about his talks with Zambian President Edgar Lungu on Tuesday.", "meeting", ["NAM,SWZ", "NAM,ZMB"]),
    ("he after a passive", "Finnish President Sauli Niinisto was met at the airport by Estonian children. He visited Estonia on Tuesday.", "visit", ["EST,FIN"]),
    ("the country named last", "Estonia's foreign ministry asked Latvia to wait until Finnish President Sauli Niinisto made his visit to the country on Friday.", "visit", ["FIN,LVA"]),
    ("the two leaders of the sentence", "Finnish President Sauli Niinisto received Estonian President Toomas Ilves, and the two leaders signed an agreement on ferries on Tuesday.", "agreement", ["EST,FIN"]),
    ("two behind the comma", "With the help of Finland, Namibia and Zambia held talks on Tuesday.", "meeting", ["NAM,ZMB"]),
    ("officials of the place", "Finnish Foreign Minister Timo Soini met with senior government officials in Windhoek on Tuesday.", "meeting", ["FIN,NAM"]),
    ("officials of the visited state", "Finnish Foreign Minister Timo Soini arrived in Namibia on Monday. He held talks with senior officials on Tuesday.", "meeting", ["FIN,NAM"]),
    ("host of a summit", "Finnish President Sauli Niinisto attended the Climate Summit in Windhoek on Tuesday.", "meeting", ["FIN,NAM"]),
    ("host of a summit that one travels to", "Finnish President Sauli Niinisto flew to the city of Walvis Bay, Namibia, on Tuesday to attend the Ocean Conference.", "meeting", ["FIN,NAM"]),
    ("summit named after its city", "Finnish President Sauli Niinisto addressed the Windhoek Summit on Tuesday.", "meeting", ["FIN,NAM"]),
    ("summit to be held somewhere", "Finnish President Sauli Niinisto will attend the World Summit on Oceans to be held in Windhoek on October 20.", "meeting", ["FIN,NAM"]),
    ("visit to a thing in a state", "Finnish President Sauli Niinisto visited a hospital in Namibia on Tuesday.", "visit", ["FIN,NAM"]),
    ("returned from travel", "Finnish Foreign Minister Timo Soini returned from travel to Namibia on Tuesday.", "visit", ["FIN,NAM"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "sides"), [row[1:] for row in REFERENCES], ids=[row[0] for row in REFERENCES])
def test_references(text: str, kind: str, sides: list[str]) -> None:
    assert _sides(text, kind) == sides


BYSTANDERS = [
    ("venue", "Finland and Estonia held talks in Namibia on Tuesday.", "meeting", ["EST,FIN"]),
    ("topic", "Finland and Estonia held talks on Namibia on Tuesday.", "meeting", ["EST,FIN"]),
    ("situation", "Finland and Estonia discussed the situation in Namibia on Tuesday.", "meeting", ["EST,FIN"]),
    ("comparison", "Finland, like Namibia, said on Tuesday that the border would open.", "statement", ["FIN"]),
    ("criticism", "Finnish Foreign Minister Timo Soini criticised Namibia on Tuesday.", "statement", ["FIN"]),
    ("praise", "Finnish Foreign Minister Timo Soini said on Tuesday that Namibia was a model.", "statement", ["FIN"]),
    ("seat of an organisation", "Finnish Foreign Minister Timo Soini attended the EU Foreign Affairs Council session in Brussels on Tuesday.", "meeting", ["FIN"]),
    ("receiving state of an ambassador", "Finland's ambassador to Namibia said on Tuesday that the road would be built.", "statement", ["FIN"]),
    ("a singer's trip", "Finnish President Sauli Niinisto was busy. Ann Lee landed in Fiji on Tuesday, a week after her trip to Tonga.", "visit", []),
    ("meeting place", "Finnish ministers left Namibia and reached their usual meeting place on Tuesday.", "meeting", []),
    ("goods of a state", "Finnish President Sauli Niinisto bought Namibian beef on Tuesday.", "meeting", []),
    ("business leaders", "Finnish Foreign Minister Timo Soini met business leaders in Windhoek on Tuesday.", "meeting", []),
    ("reporter of a state", "A Namibian reporter met a Finnish singer on Tuesday.", "meeting", []),
    ("envoy on a state", "Finland's envoy for Yemen, Anna Salo, met Namibian President Hage Geingob on Tuesday.", "meeting", ["FIN,NAM"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "sides"), [row[1:] for row in BYSTANDERS], ids=[row[0] for row in BYSTANDERS])
def test_who_is_only_named_takes_no_part(text: str, kind: str, sides: list[str]) -> None:
    assert _sides(text, kind) == sides


def test_a_state_is_that_of_the_year() -> None:
    said = "Minister Ban Ki-moon said on Tuesday that peace was near."
    assert _states(f"SEOUL, Oct. 8, 2004 (AFP) -- Foreign {said}", "Ban Ki-moon") == {"KOR"}
    assert _states("GENEVA, Oct. 8, 2010 (AFP) -- Ban Ki-moon said on Tuesday that peace was near.", "Ban Ki-moon") == {
        None
    }


RELEASE = """---
title: "Visit to Fiji by Tongan Minister for Health"
date: "2009-06-12"
---

The Hon Ann Carter MP NEW ZEALAND MINISTER FOR TRADE

12 June 2009

I will meet with the Tongan Minister for Health, Mr Sione Vea, in Auckland today. The minister arrived yesterday.
"""


def test_the_writer_of_a_release_is_the_official_on_its_own_line() -> None:
    (meeting,) = events(RELEASE, "meeting")
    assert meeting.countries == ("NZL", "TON")


def test_a_person_quoted_in_a_report_is_not_its_writer() -> None:
    text = 'Finnish Foreign Minister Timo Soini spoke on Tuesday.\n\n"I met President Hage Geingob of Namibia," a tourist said.\n'
    assert [m.countries for m in told(text) if m.kind == "meeting" and "FIN" in m.countries] == []


def test_a_minister_is_of_the_state_that_he_is_said_to_represent() -> None:
    text = "Minister for Ports Ann Carter will attend the Ocean Conference in Lima as Samoa's Head of Delegation."
    assert _states(text, "Ann Carter") == {"WSM"}
    other = "Minister for Ports Ann Carter will meet a friend. Samoa's Head of Delegation left."
    assert _states(other, "Ann Carter") == {None}
