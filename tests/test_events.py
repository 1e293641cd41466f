"""Events from made-up texts: who, when, what, and once. Examples beside counter-examples, with states of every region."""

import time

import pytest
from told import document, events

from extract.pipeline import extract_events

HEAD = "LIMA, Oct. 8, 2015 (EFE) -- "


def _one(text: str, kind: str) -> tuple[str, str, str, str]:
    """Return (countries, date, status, subtype) of the only event of a kind in a text."""
    (event,) = events(text, kind)
    return ",".join(event.countries), event.date, event.status, event.subtype


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        # who
        ("Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on Wednesday.", "meeting", ("CHL,PER", "2015-10-07", "occurred", "talks")),
        ("Foreign Minister of Kenya Amina Mohamed held talks with her Ethiopian counterpart Tedros Adhanom on Tuesday.", "meeting", ("ETH,KEN", "2015-10-06", "occurred", "talks")),
        ("Kenya and Ethiopia held talks on Somalia on Tuesday.", "meeting", ("ETH,KEN", "2015-10-06", "occurred", "talks")),
        ("Bolivian President Evo Morales spoke by phone with Uruguayan President Tabare Vazquez on Wednesday.", "meeting", ("BOL,URY", "2015-10-07", "occurred", "call")),
        ("Norway's Foreign Minister Borge Brende visited Colombia on Monday.", "visit", ("COL,NOR", "2015-10-05", "occurred", "visit")),
        ("King Felipe VI of Spain paid a state visit to Mexico from 29 June to 1 July 2015.", "visit", ("ESP,MEX", "2015-06-29/2015-07-01", "occurred", "state_visit")),
        # when
        ("Peru and Chile signed an agreement on mining last November.", "agreement", ("CHL,PER", "2014-11", "occurred", "signing")),
        ("Ghana and Togo held talks on 3 May 2013.", "meeting", ("GHA,TGO", "2013-05-03", "occurred", "talks")),
        ("Ghanaian President John Mahama said on Wednesday that Togo was a friend.", "statement", ("GHA", "2015-10-07", "occurred", "remarks")),
        # what
        ("Nepal and Bhutan will hold talks in Thimphu on October 20.", "meeting", ("BTN,NPL", "2015-10-20", "planned", "talks")),
        ("Laos postponed talks with Cambodia that were scheduled for Friday.", "meeting", ("KHM,LAO", "2015-10-09", "cancelled", "talks")),
        ("Cuba and the United States restored diplomatic relations on July 20, 2015.", "agreement", ("CUB,USA", "2015-07-20", "occurred", "relations")),
        ("Japan pledged 20 million dollars in aid to Tuvalu on Wednesday.", "agreement", ("JPN,TUV", "2015-10-07", "occurred", "pledge")),
        ("Greek Prime Minister Alexis Tsipras told reporters on Wednesday that Turkey should wait.", "statement", ("GRC", "2015-10-07", "occurred", "press_conference")),
    ],
)  # fmt: skip
def test_construction(text: str, kind: str, expected: tuple[str, str, str, str]) -> None:
    assert _one(HEAD + text, kind) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Peru could meet Chile in the final on Sunday.",
        "Zambia hopes to hold talks with Angola.",
        "Zambia urged Angola to hold talks with Congo.",
        "The two ministers did not meet on Friday.",
        "Tourists from Norway visited Greece on Monday.",
        "The Peruvian company signed a contract with a bank on Monday.",
        "Trade between Peru and Chile rose by 4 percent last year.",
        "Kenyan coffee reached Japan on Monday.",
        "Argentina met Brazil in the semi-final on Tuesday, and the striker scored twice.",
    ],
)
def test_no_event(text: str) -> None:
    assert [e.title for e in events(HEAD + text) if e.kind != "statement"] == []


def test_a_topic_and_a_venue_take_no_part() -> None:
    (event,) = events(HEAD + "Egypt and Ethiopia held talks on Sudan in Oman on Tuesday.", "meeting")
    assert event.countries == ("EGY", "ETH")
    assert event.place == "Oman"


def test_a_summary_and_its_report_tell_one_act() -> None:
    text = (
        "Fijian leader meets Tongan king\n\nSUVA, March 3, 2014 (AFP) -- Fijian Prime Minister Voreqe Bainimarama held talks "
        "with King Tupou VI of Tonga in Suva on Monday.\n\nDuring the meeting, the two leaders spoke about fishing."
    )
    (event,) = events(text, "meeting")
    assert (event.date, event.countries) == ("2014-03-03", ("FJI", "TON"))
    assert len(event.sources) >= 2


def test_two_hosts_on_one_day_are_two_meetings() -> None:
    text = (
        "HARARE, March 3, 2014 (AFP) -- Swedish Foreign Minister Carl Bildt met Zimbabwean President Robert Mugabe on Monday.\n\n"
        "Bildt also met Zimbabwean Finance Minister Patrick Chinamasa on Monday."
    )
    assert len(events(text, "meeting")) == 2


def test_each_country_visited_is_a_visit() -> None:
    found = events(HEAD + "Italian Foreign Minister Paolo Gentiloni will travel to Tunisia and Egypt next week.", "visit")
    assert sorted(e.countries for e in found) == [("EGY", "ITA"), ("ITA", "TUN")]


def test_what_is_said_inside_talks_is_no_statement() -> None:
    text = HEAD + (
        "Peruvian President Ollanta Humala met Chilean President Michelle Bachelet in Lima on Wednesday.\n\n"
        "Humala said that the border was calm.\n\nBachelet said that trade was growing."
    )
    assert events(text, "statement") == []


def test_two_documents_that_tell_one_act_make_one_event() -> None:
    one = document(HEAD + "Peruvian President Ollanta Humala met Chilean President Michelle Bachelet in Lima on Wednesday.", "a.txt")
    other = document("SANTIAGO, Oct. 8, 2015 (AP) -- Chilean President Michelle Bachelet held talks with Peruvian President Ollanta Humala on Wednesday.", "b.txt")
    (event,) = [e for e in extract_events([one, other]) if e.kind == "meeting"]
    assert {source.document for source in event.sources} == {"a.txt", "b.txt"}


def test_a_date_that_cannot_be_known_stays_unknown() -> None:
    (event,) = events("Peru and Chile held talks on May 3.", "meeting")
    assert event.date == "XXXX-05-03"


def test_the_date_says_what_it_rests_on() -> None:
    (event,) = events(HEAD + "Kenya and Ethiopia held talks on Tuesday.", "meeting")
    assert "2015-10-08" in event.date_basis


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("French Finance Minister Bruno Le Maire said on Wednesday that taxes would rise.", 0),
        ("French Finance Minister Bruno Le Maire said on Wednesday that Italy would join.", 1),
    ],
)
def test_domestic_politics_are_no_events(text: str, number: int) -> None:
    assert len(events("PARIS, Oct. 8, 2020 (AFP) -- " + text, "statement")) == number


def test_a_visit_lasts_as_long_as_it_says() -> None:
    text = "HANOI, Oct. 8, 2020 (AFP) -- Cuban President Miguel Diaz-Canel arrived in Vietnam on Tuesday for a three-day official visit."
    (event,) = events(text, "visit")
    assert (event.date, event.subtype) == ("2020-10-06/2020-10-08", "official_visit")


def test_a_text_in_the_first_person_is_its_speakers() -> None:
    text = (
        "Statement by Foreign Minister of Norway Borge Brende\n\n3 May 2015\n\nI condemn the attack in Kenya.\n\n"
        "We stand with Kenya.\n\nMy thoughts are with all who lost somebody."
    )
    (event,) = events(text, "statement")
    assert (event.countries, event.actors[0].name) == (("NOR",), "Borge Brende")


def test_a_message_has_a_sender_and_an_addressee() -> None:
    text = HEAD + "King Felipe VI of Spain sent a message of condolences to Mexican President Enrique Pena Nieto on Tuesday."
    (event,) = events(text, "statement")
    assert (event.countries, event.subtype, event.date) == (("ESP", "MEX"), "message", "2015-10-06")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Nepali Prime Minister KP Oli will not attend the SAARC summit in Colombo on Friday.", "cancelled"),
        ("Nepali Prime Minister KP Oli attended the SAARC summit in Colombo on Tuesday.", "occurred"),
        ("Nepali Prime Minister KP Oli left for Colombo on Tuesday to attend the SAARC summit.", "planned"),
    ],
)
def test_status_of_a_conference(text: str, status: str) -> None:
    found = [e for e in events(HEAD + text, "meeting") if e.subtype == "conference"]
    assert [e.status for e in found] == [status]


def test_lines_of_a_chronology_are_dated_by_what_opens_them() -> None:
    text = (
        "India and Pakistan\n\n1966\n\n10 January: Pakistan and India sign an agreement in Tashkent.\n\n1972\n\n"
        "2 July: Pakistan and India sign an agreement in Shimla.\n\n17 December 1988: Pakistan and India sign an agreement in Islamabad."
    )
    assert [e.date for e in events(text, "agreement")] == ["1966-01-10", "1972-07-02", "1988-12-17"]


def test_a_span_counted_to_another_act_dates_neither() -> None:
    text = "QUITO, May 15, 2014 (AP) -- Ecuador and Peru held talks on Tuesday, a day after the two countries signed an agreement on water."
    assert [e.date for e in events(text, "meeting")] == ["2014-05-13"]
    assert "2014-05-14" not in [e.date for e in events(text, "agreement")]


def test_one_surname_does_not_make_two_people_one() -> None:
    text = (
        "BEIJING, May 15, 2014 (AP) -- Chinese Foreign Minister Wang Yi met Lao Foreign Minister Saleumxay Kommasith on Tuesday.\n\n"
        "Chinese Vice Premier Wang Yang met Lao Prime Minister Thongloun Sisoulith on Tuesday."
    )
    assert len(events(text, "meeting")) == 2


@pytest.mark.parametrize("words", ["met ", "he said that ", "Peru and Chile held talks and "])
def test_a_text_without_an_end_costs_time_in_proportion(words: str) -> None:
    seconds = []
    for number in (1_000, 4_000):
        start = time.perf_counter()
        events(words * number)
        seconds.append(time.perf_counter() - start)
    # Four times the text; twelve times the time would already be on the way to the square of it.
    assert seconds[1] < 12 * max(seconds[0], 0.1)
