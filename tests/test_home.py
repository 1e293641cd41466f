"""Whose release it is, and whose officials stand in it without a state."""

import pytest
from told import events

from extract.mentions.countries import find_countries
from extract.mentions.people import find_people
from extract.mentions.people_home import home_of
from extract.model import Document
from extract.segment import segment

TALK = "The Minister met with the ambassadors on Monday to speak of trade and of the roads of the region.\n"


def home(text: str) -> str | None:
    document = Document("made-up.txt", text, "0")
    [article] = segment(document)
    return home_of(article, find_countries(text, article.start, article.end))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        pytest.param(f"Source: https://www.foreign.gov.fj/news/3\n\n{TALK}", "FJI", id="address at the top"),
        pytest.param(f"From: press@trade.govt.nz\n\n{TALK}", "NZL", id="mail address"),
        pytest.param(f"Visit to Peru\n\n{TALK}\nContact: media@mfa.gov.gh", "GHA", id="address at the end"),
        pytest.param(f"Ministry of Foreign Affairs of the Republic of Zambia\n\n{TALK}", "ZMB", id="ministry of a state"),
        pytest.param(f"MINISTRY OF FOREIGN AFFAIRS, ACCRA\n\n{TALK}", "GHA", id="ministry and capital"),
        pytest.param(f"Embassy of Norway, Lusaka\nPress release\n\n{TALK}", "NOR", id="embassy abroad"),
        pytest.param(f"Department of Foreign Affairs and Trade\nIveagh House, Dublin\n\n{TALK}", "IRL", id="seat"),
        pytest.param(f"MINISTRY OF EXTERNAL AFFAIRS OF BELIZE\n\n{TALK}", "BLZ", id="a body's name and a state"),
        pytest.param(f"Call on roads\n\nOffice of the Spokesperson\n\n{TALK}", "USA", id="a line of one government"),
        pytest.param(f"Office of the Spokesperson\nMinistry of Foreign Affairs, Lima\n\n{TALK}", "PER", id="not that one"),
        pytest.param(f"{TALK}He goes as Fiji's Head of Delegation, and will see Peru's minister.", "FJI", id="delegation"),
        pytest.param(f"{TALK}Fiji's Head of Delegation left, and Peru's minister.", None, id="another's delegation"),
        pytest.param(
            f"{TALK}Pacts between Fiji and Peru, between Fiji and Chile and between Kenya and Fiji were signed.",
            "FJI", id="the state of all pairs",
        ),
        pytest.param(f"Kenyan minister meets envoys\n\n{TALK}", None, id="headline"),
        pytest.param(f"{TALK}Pacts between Fiji and Peru and between Fiji and Chile were signed.", None, id="two pairs"),
        pytest.param(f"Links: https://www.gov.fj and https://www.gov.pl\n\n{TALK}", None, id="two governments"),
        pytest.param(f"Trade in Lusaka\n\n{TALK}", None, id="a place alone"),
    ],
)
def test_home_of_a_release(text: str, state: str | None) -> None:
    assert home(text) == state


HEAD = "Ministry of Foreign Affairs of Zambia\n3 May 2012\n\n"


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        pytest.param("The Minister met with Peruvian Foreign Minister Ana Rojas in Ndola today.", "PER ZMB", id="office"),
        pytest.param("Minister Lungu met with Peruvian Foreign Minister Ana Rojas today.", "PER ZMB", id="title and name"),
        pytest.param(
            "The President spoke by phone with the President of Ghana, Kofi Anto, today.", "GHA ZMB", id="home first"
        ),
        pytest.param(
            "In Accra today, Minister Lungu held talks with Trade Minister Kofi Anto.", "GHA ZMB", id="the one met there"
        ),
        pytest.param(
            '"I met with Peruvian President Ana Rojas today," said Minister John Lungu.', "PER ZMB", id="quotation"
        ),
    ],
)
def test_officials_of_a_release(text: str, countries: str) -> None:
    assert [" ".join(event.countries) for event in events(HEAD + text, "meeting")] == [countries]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Minister met with Peruvian Foreign Minister Ana Rojas in Ndola today.", id="no letterhead"),
        pytest.param(
            "https://www.gov.fj https://www.gov.pl\n\nThe Minister met with Peruvian Foreign Minister Ana Rojas today.",
            id="two homes",
        ),
    ],
)
def test_no_state_is_guessed(text: str) -> None:
    assert not [event for event in events(text, "meeting") if len(event.countries) > 1]


def test_foreign_officials_do_not_belong_to_the_release() -> None:
    text = HEAD + "Minister Lungu will visit Ghana and Togo. He was received by Prime Minister Kofi Anto."
    [article] = segment(Document("made-up.txt", text, "0"))
    found = find_people(article, find_countries(text), 2012)
    assert [(p.name, p.country) for p in found if p.name] == [("Lungu", "ZMB"), ("Kofi Anto", None)]


def test_remarks_of_an_office_in_reported_talks_are_no_statement() -> None:
    text = "Zambian Minister John Lungu held talks with Peruvian Foreign Minister Ana Rojas on 3 May 2012. "
    assert not events(text + "The Foreign Minister said that the road was open.", "statement")
    assert events(text + "The Foreign Minister told reporters that the road was open.", "statement")


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        pytest.param(
            "Chilean President Ana Rojas wrote to her counterparts in Peru, Ecuador and Bolivia on 3 May 2012.",
            "BOL CHL ECU PER", id="counterparts in",
        ),
        pytest.param(
            "Chilean President Ana Rojas wrote to her counterpart Kofi Anto of Ghana in Togo on 3 May 2012.",
            "CHL GHA", id="not where they are",
        ),
        pytest.param(
            "Zambia's embassy sent the Kenyan foreign ministry a letter on 3 May 2012.", "KEN ZMB", id="sent whom"
        ),
    ],
)
def test_addressees_of_letters(text: str, countries: str) -> None:
    assert [" ".join(event.countries) for event in events(text, "statement")] == [countries]
