"""One act, one event: its tellings join, with all their sources; acts that only look alike stay apart."""

import pytest
from told import document, events

from extract.events.amounts import amounts
from extract.events.same_name import alike, same_name
from extract.events.voice import voice_of
from extract.pipeline import extract_events
from extract.record import Event

HEAD = "LIMA, Oct. 8, 2015 (EFE) -- "
GREEK, KENYAN = "Greek Foreign Minister Nikos Kotzias", "Kenyan President Uhuru Kenyatta"

# (what it is about, text, kind, number of sources of the one event)
ONE = [
    ("headline and lead", "Fijian leader meets Tongan king\n\nSUVA, March 3, 2014 (AFP) -- Fijian Prime Minister Voreqe Bainimarama met King Tupou VI of Tonga on Monday.\n", "meeting", 2),
    ("headline and lead of a plan", "Norwegian PM to visit Chile\n\nOSLO, March 3, 2014 (AFP) -- Norwegian Prime Minister Erna Solberg will travel to Chile next week, her office said on Monday.", "visit", 2),
    ("lead and recap", HEAD + "Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on Wednesday.\n\nDuring the meeting, the two leaders spoke of copper.", "meeting", 2),
    ("summary and reprint", "Kenya, Uganda hold talks\n\nNAIROBI, May 3, 2004 (KNA) -- Kenyan President Mwai Kibaki held talks with Ugandan President Yoweri Museveni on Monday.\n\nThe two leaders discussed trade.\n\nKibaki, Museveni meet in Nairobi\n\nNAIROBI, May 4, 2004 (KNA) -- Kenyan President Mwai Kibaki held talks with Ugandan President Yoweri Museveni in Nairobi on Monday.\n", "meeting", 5),
    ("a day and its month", HEAD + "Peruvian President Ollanta Humala met Chilean President Michelle Bachelet in Paracas on July 3, 2015. Humala and Bachelet met in July 2015.", "meeting", 2),
    ("spelling of a surname", HEAD + "Belarusian Foreign Minister Vladimir Makei met Latvian Foreign Minister Edgars Rinkevics in Riga on Wednesday. Makey held talks with Rinkevics for two hours on Wednesday.", "meeting", 2),
    ("spelling from another script", HEAD + "Qatari Emir Tamim bin Hamad Al Thani received Turkmen President Gurbanguly Berdimuhamedov in Doha on Wednesday.\n\nSheikh Tamim al-Thani and Gurbanguly Berdymukhamedov discussed gas on Wednesday.", "meeting", 2),
    ("spelling of a whole name", HEAD + "Libyan leader Moammar Gadhafi said on Wednesday that oil was cheap.\n\nMuammar Qaddafi said on Wednesday that Libya would sell more.", "statement", 2),
    ("accents", HEAD + "Mexican President Andrés Manuel López Obrador met Guatemalan President Alejandro Giammattei on Wednesday.\n\nMexico's Lopez Obrador held talks with Giammattei on Wednesday.", "meeting", 2),
    ("a plan and its noun", HEAD + GREEK + " will visit Kenya next week, the ministry said on Wednesday. Kotzias' visit to Kenya comes ahead of elections in Greece. During his visit to Kenya, Kotzias is expected to meet President Uhuru Kenyatta.", "visit", 3),
    ("a pledge and its sum", HEAD + "Japan pledged 20 million dollars to Kenya on Wednesday. Japan granted Kenya the 20-million-dollar loan for water.", "agreement", 2),
    ("one speaker by name, office and state", HEAD + "Ecuadorian President Rafael Correa said on Wednesday that the wall was illegal. The president said it would fall. Ecuador warned that it would act.", "statement", 3),
    ("a ministry and its spokesman", HEAD + "Ecuador's foreign ministry said that the wall was illegal. Foreign Ministry Spokesman Luis Vera of Ecuador said that it would fall.", "statement", 2),
    ("said and told reporters", HEAD + "Chilean President Michelle Bachelet told reporters on Wednesday that the border was open. Bachelet said on Wednesday that copper was cheap.", "statement", 2),
    ("an upgrade and the signing", HEAD + "Peru and Chile agreed on Wednesday to upgrade their relations to a strategic partnership. The talks were long. They dealt with copper. The mood was warm. Peru and Chile signed the statement on Wednesday.", "agreement", 2),
    ("a call dated by its article alone", "Kenya, Ghana presidents talk\n\nNAIROBI, May 3, 2004 (KNA) -- Kenyan President Mwai Kibaki spoke by phone with Ghanaian President John Kufuor on Monday.\n\nCocoa exports grow\n\nACCRA, May 3, 2004 (GNA) -- Cocoa exports grew.\n\nTea exports grow\n\nNAIROBI, May 3, 2004 (KNA) -- Tea exports grew.\n\nCoffee exports grow\n\nNAIROBI, May 3, 2004 (KNA) -- Coffee exports grew.\n\nPresidents agree on trade\n\nNAIROBI, May 3, 2004 (KNA) -- In a telephone call, Kenyan President Mwai Kibaki and Ghanaian President John Kufuor spoke of trade.\n", "meeting", 2),
    ("a call in one sentence with talks", HEAD + "Peruvian President Ollanta Humala held talks with Chilean President Michelle Bachelet by phone on Wednesday. Humala and Bachelet spoke of copper.", "meeting", 1),
]  # fmt: skip

# (what it is about, text, kind, dates of the events)
APART = [
    ("two hosts", HEAD + "Norwegian Foreign Minister Borge Brende met Peruvian President Ollanta Humala on Wednesday. Brende also met Peruvian Foreign Minister Ana Maria Sanchez on Wednesday.", "meeting", ["2015-10-07"] * 2),
    ("a call and a meeting of one day", HEAD + "Kenyan President Uhuru Kenyatta spoke by phone with Ghanaian President John Mahama on Wednesday. Kenyatta met Mahama in Accra on Wednesday.", "meeting", ["2015-10-07"] * 2),
    ("a visit there and the visit back", HEAD + "Kenyan President Uhuru Kenyatta visited Uganda in May 2015. Ugandan President Yoweri Museveni visited Kenya in May 2015.", "visit", ["2015-05"] * 2),
    ("two visits", HEAD + KENYAN + " visited Uganda in May 2015. Kenyatta visited Uganda in August 2015.", "visit", ["2015-05", "2015-08"]),
    ("news and an earlier meeting", HEAD + "Irish Prime Minister Enda Kenny met Greek Prime Minister Alexis Tsipras in Athens on Wednesday. The two leaders last met in June.", "meeting", ["2015-06", "2015-10-07"]),
    ("same weekday, another week", "Kenya, Uganda discuss trade\n\nNAIROBI, May 3, 2004 (KNA) -- Kenyan President Mwai Kibaki held talks with Ugandan President Yoweri Museveni on Monday.\n\nKenya, Uganda discuss trade again\n\nNAIROBI, May 10, 2004 (KNA) -- Kenyan President Mwai Kibaki held talks with Ugandan President Yoweri Museveni on Monday.\n", "meeting", ["2004-05-03", "2004-05-10"]),
    ("a call and a meeting", HEAD + "Peruvian President Ollanta Humala spoke by phone with Chilean President Michelle Bachelet on Wednesday. Humala met Bachelet in Lima on Wednesday.", "meeting", ["2015-10-07"] * 2),
    ("two venues", HEAD + "Peruvian President Ollanta Humala met Chilean President Michelle Bachelet in Quito in May 2015. Humala met Bachelet in Panama City in May 2015.", "meeting", ["2015-05"] * 2),
    ("two sums", HEAD + "Japan pledged 20 million dollars to Kenya for refugees on Wednesday. Japan pledged 3 million dollars to Kenya for water on Wednesday.", "agreement", ["2015-10-07"] * 2),
    ("two offices", HEAD + "The Ecuadorian ambassador called the vote a turning point. Ecuador's defense ministry described it as a mistake.", "statement", ["2015-10-08"] * 2),
    ("a president and a ministry", HEAD + "Ecuadorian President Rafael Correa said on Wednesday that the wall was illegal. Ecuador's foreign ministry said that it would fall.", "statement", ["2015-10-07", "2015-10-08"]),
    ("a press conference and an interview", HEAD + "Chilean President Michelle Bachelet told reporters on Wednesday that the border was open. In an interview with El Pais on Wednesday Bachelet said that copper was cheap.", "statement", ["2015-10-07"] * 2),
    ("the news and last month's word", HEAD + "The Chilean government says Bolivian envoys are welcome. The Chilean government said last month that the border would open.", "statement", ["2015-09", "2015-10-08"]),
    ("undated news and an earlier meeting", "He spoke after meeting the Irish prime minister, Enda Kenny, in Athens.\n\nGreek Prime Minister Alexis Tsipras met Irish Prime Minister Enda Kenny at the airport. The two leaders last met in June 2015.", "meeting", ["2015-06", "XXXX"]),
    ("brothers", HEAD + "Polish President Lech Kaczynski met Maltese President George Abela on Wednesday. Polish opposition leader Jaroslaw Kaczynski met Maltese President George Abela on Wednesday.", "meeting", ["2015-10-07"] * 2),
    ("a plan and an earlier visit", HEAD + GREEK + " will visit Kenya next week, the ministry said on Wednesday. Kotzias visited Kenya in May 2014.", "visit", ["2014-05", "2015-10-12/2015-10-18"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "sources"), [case[1:] for case in ONE], ids=[case[0] for case in ONE])
def test_one_act_is_one_event_with_all_its_sources(text: str, kind: str, sources: int) -> None:
    found = events(text, kind)
    assert [event.title for event in found] == [found[0].title]
    assert len(found[0].sources) == sources


@pytest.mark.parametrize(("text", "kind", "dates"), [case[1:] for case in APART], ids=[case[0] for case in APART])
def test_acts_that_look_alike_stay_apart(text: str, kind: str, dates: list[str]) -> None:
    assert sorted(event.date for event in events(text, kind)) == dates


def test_what_refers_back_belongs_to_the_nearest_act() -> None:
    text = (
        HEAD + "Kenyan President Uhuru Kenyatta visited Uganda from May 3 to 5, 2015. During the visit he opened a bridge.\n\n"
        "In August 2015 Kenyatta paid a second visit to Uganda. During the visit he planted a tree."
    )  # fmt: skip
    spring, summer = sorted(events(text, "visit"), key=lambda event: event.date)
    assert (spring.date, summer.date) == ("2015-05-03/2015-05-05", "2015-08")
    assert any("bridge" in source.quote for source in spring.sources)
    assert any("tree" in source.quote for source in summer.sources)
    assert not any("tree" in source.quote for source in spring.sources)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("The two presidents last met in June.", ["2015-06", "2015-10-07"]),
        ("At their previous meeting in June, Humala and Bachelet spoke of copper.", ["2015-06", "2015-10-07"]),
        ("Humala had previously met Bachelet.", ["2015-10-07"]),
        ("Humala will first meet Bolivian President Evo Morales.", ["2015-10-07", "XXXX"]),
    ],
    ids=["last met", "previous meeting", "undated", "will first meet"],
)
def test_what_is_set_off_as_earlier_is_not_the_news(text: str, dates: list[str]) -> None:
    news = HEAD + "Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on Wednesday. "
    found = events(news + text, "meeting")
    assert sorted(event.date for event in found) == dates


def test_a_plan_stays_a_plan_until_a_verb_says_that_it_took_place() -> None:
    text = HEAD + GREEK + " will visit Kenya next week, the ministry said on Wednesday. Kotzias' visit to Kenya "
    assert [event.status for event in events(text + "comes ahead of elections.", "visit")] == ["planned"]
    assert "occurred" in [event.status for event in events(HEAD + GREEK + " arrived in Kenya on Wednesday.", "visit")]


def test_a_person_stands_once_among_the_actors() -> None:
    (event,) = events(HEAD + "Libyan leader Moammar Gadhafi said on Wednesday that oil was cheap.\n\nMuammar Qaddafi said on Wednesday that Libya would sell.", "statement")
    assert [actor.country for actor in event.actors] == ["LBY"]


def _of_two(first: str, second: str, kind: str) -> list[Event]:
    documents = [document(first, "first.txt"), document(second, "second.txt")]
    found = [event for event in extract_events(documents) if event.kind == kind]
    assert found == [event for event in extract_events(documents[::-1]) if event.kind == kind]
    return found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kenyan President Mwai Kibaki held talks with Ugandan President Yoweri Museveni on Monday.", "President Yoweri Museveni of Uganda met Kenya's Mwai Kibaki on Monday."),
        ("Qatari Emir Tamim bin Hamad Al Thani met Turkmen President Gurbanguly Berdimuhamedov on Monday.", "Qatari Emir Tamim al-Thani met Turkmen President Gurbanguly Berdymukhamedov on Monday."),
        ("Kenya and Uganda held talks on Monday.", "Kenya and Uganda held talks in Nairobi on May 3, 2004."),
    ],
    ids=["other words", "other spelling", "states alone"],
)  # fmt: skip
def test_two_documents_tell_one_act(first: str, second: str) -> None:
    (event,) = _of_two("NAIROBI, May 3, 2004 (KNA) -- " + first, "KAMPALA, May 4, 2004 (UNS) -- " + second, "meeting")
    assert {source.document for source in event.sources} == {"first.txt", "second.txt"}
    assert event.date == "2004-05-03"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kenyan President Mwai Kibaki held talks with Ugandan President Yoweri Museveni on Monday.", "Kenyan Foreign Minister Kalonzo Musyoka held talks with Ugandan Foreign Minister Sam Kutesa on Monday."),
        ("Kenyan President Mwai Kibaki held talks with Ugandan President Yoweri Museveni on Monday.", "Kenyan President Mwai Kibaki held talks with Ugandan President Yoweri Museveni on Tuesday."),
        ("Kenyan President Mwai Kibaki held talks with Ugandan President Yoweri Museveni on Monday.", "Kenyan President Mwai Kibaki held talks with Rwandan President Paul Kagame on Monday."),
        ("Kenyan President Mwai Kibaki held talks with Ugandan President Yoweri Museveni in May 2003.", "Kenyan President Mwai Kibaki held talks with Ugandan President Yoweri Museveni in May 2003."),
    ],
    ids=["other persons", "another day", "another state", "only the month is told"],
)  # fmt: skip
def test_two_documents_tell_two_acts(first: str, second: str) -> None:
    head = "NAIROBI, May 4, 2004 (KNA) -- "
    assert len(_of_two(head + first, head + second, "meeting")) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Antony J. Blinken", "Blinken"), ("Moammar Gadhafi", "Muammar Qaddafi"), ("Bill Clinton", "William Clinton"),
        ("Volodymyr Zelensky", "Zelenskyy"), ("Ismail Haniya", "Haniyeh"), ("Tamim bin Hamad Al Thani", "Tamim al-Thani"),
        ("Recep Tayyip Erdoğan", "Erdogan"), ("Juan Manuel Santos Calderon", "Juan Manuel Santos"), ("Nguyen Phu Trong", "Trong"),
        ("Nursultan Nazarbaev", "Nursultan Nazarbayev"), ("Park Geun-hye", "Park Geun Hye"), ("Muhammad Khatami", "Mohammad Khatami"),
        ("Alex Stubb", "Alexander Stubb"), ("Andrés Manuel López Obrador", "Lopez Obrador"),
    ],
)  # fmt: skip
def test_names_of_one_person(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wang Yi", "Wang Huning"), ("Raul Castro", "Fidel Castro"), ("Kim Jong Il", "Kim Jong Un"), ("Mahinda Rajapaksa", "Gotabaya Rajapaksa"),
        ("Erna Solberg", "Jens Stoltenberg"), ("Joko Widodo", "Joko Santoso"), ("Ban", "Bun"), ("Lee Hsien Loong", "Lee Kuan Yew"),
        ("Hillary Clinton", "Bill Clinton"), ("", "Bachelet"),
    ],
)  # fmt: skip
def test_names_of_two_persons(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert not same_name(other, one)


def test_short_words_have_one_spelling() -> None:
    assert alike("kaczynski", "kaczinski")
    assert not alike("lee", "leh")
    assert not alike("haniya", "honey")


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("will give $500,000, as well as skills", {"500000"}),
        ("the 20-million-dollar loan", {"20000000"}),
        ("1.5bn euros and 300 million Norwegian kroner in 2015", {"1500000000", "300000000"}),
        ("NZ$4 million", {"4000000"}),
        ("sent 300 troops and 12 doctors in 2015", set()),
        ("won 20 seats", set()),
    ],
)
def test_sums_of_money(text: str, sums: set[str]) -> None:
    assert amounts(text) == sums


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("Ecuador's defense ministry", "defence minister"), ("the Kenyan Ministry of Foreign Affairs", "foreign minister"),
        ("Foreign Ministry Spokesman", "foreign minister"), ("the Chilean embassy in Lima", "ambassador"),
        ("Malta's prime minister", "head of government"), ("the Interior Ministry", "interior minister"),
        ("Norway", ""), ("the Chilean government", ""), ("the Egyptian ministry", ""), ("a senior official", ""),
    ],
)  # fmt: skip
def test_the_voice_of_an_office(words: str, office: str) -> None:
    assert voice_of(words) == office


def test_to_call_on_somebody_is_no_call() -> None:
    text = HEAD + "Chilean President Michelle Bachelet and Peruvian President Ollanta Humala called on Bolivia to join."
    assert [event.subtype for event in events(text, "meeting") if event.subtype == "call"] == []
