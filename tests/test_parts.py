"""How each state takes part in an act: what the words tell, what the place tells, and what stays untold."""

import pytest
from told import document, events

from extract.edtf import is_valid
from extract.model import PARTS
from extract.pipeline import combine, read_events
from extract.record import Event, Part


def _parts(event: Event) -> str:
    return " ".join(f"{p.country}:{p.part}" for p in event.parts)


def _told(text: str, kind: str) -> list[str]:
    return [_parts(event) for event in events(text, kind)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Kenyan President William Ruto visited Ghana on 3 May 2023.", "GHA:host KEN:visitor"),
        ("Kenyan President William Ruto's visit to Ghana on 3 May 2023 was a success.", "GHA:host KEN:visitor"),
        ("Kenyan President William Ruto returned from Ghana on 3 May 2023.", "GHA:host KEN:visitor"),
        ("UN Secretary-General Antonio Guterres visited Ghana on 3 May 2023.", "GHA:host"),
    ],
)
def test_who_hosts_and_who_visits(text: str, parts: str) -> None:
    assert _told(text, "visit") == [parts]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("King Felipe VI of Spain received Peruvian President Ollanta Humala on 7 July 2015.", "ESP:host PER:guest"),
        ("Peruvian President Ollanta Humala was received by King Felipe VI of Spain on 7 July 2015.", "ESP:host PER:guest"),
        ("Spain summoned the Peruvian ambassador on 7 July 2015.", "ESP:host PER:guest"),
        ("Malaysian Prime Minister Mahathir Mohamad told visiting Fijian Prime Minister Laisenia Qarase on 3 May 2002 that trade would grow.", "FJI:guest MYS:host"),
        ("Chilean President Gabriel Boric met Peruvian President Dina Boluarte in Lima on 3 May 2023.", "CHL:guest PER:host"),
        ("Chilean President Gabriel Boric met senior officials in Lima on 3 May 2023.", "CHL:guest PER:host"),
        # nothing tells where
        ("Chilean President Gabriel Boric met Peruvian President Dina Boluarte on 3 May 2023.", "CHL:participant PER:participant"),
        # neither is at home
        ("Chilean President Gabriel Boric met Peruvian President Dina Boluarte in Oslo on 3 May 2023.", "CHL:participant PER:participant"),
        ("Chilean President Gabriel Boric received Peruvian President Dina Boluarte in Oslo on 3 May 2023.", "CHL:participant PER:participant"),
        # the seat of organisations, where their members are no guests of the state
        ("US Secretary of State Antony Blinken met Peruvian President Dina Boluarte in New York on 3 May 2023.", "PER:participant USA:participant"),
        # nobody hosts a call
        ("Chilean President Gabriel Boric spoke by telephone with Peruvian President Dina Boluarte on 3 May 2023.", "CHL:participant PER:participant"),
    ],
)
def test_who_hosts_talks(text: str, parts: str) -> None:
    assert _told(text, "meeting") == [parts]


def test_who_hosts_the_visit_hosts_the_talks_within_it() -> None:
    visit = "LIMA, Oct. 8, 2015 (EFE) -- Kenyan President Uhuru Kenyatta visited Ghana from 3 to 6 May 2015. "
    within = visit + "He met Ghanaian President John Mahama on 4 May 2015."
    assert _told(within, "meeting") == ["GHA:host KEN:guest"]
    later = visit + "He met Ghanaian President John Mahama on 4 July 2015."
    assert _told(later, "meeting") == ["GHA:participant KEN:participant"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The conference on fisheries was hosted by Norway. Malta will host the Ocean Summit on 3 May 2023.", "MLT:host"),
        ("Norwegian Prime Minister Erna Solberg attended the Ocean Summit in Valletta on 3 May 2019.", "MLT:host NOR:participant"),
    ],
)
def test_who_hosts_a_conference(text: str, parts: str) -> None:
    assert parts in _told(text, "meeting")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Kenya's foreign ministry condemned the attack on Sudan's embassy on 3 May 2023.", "KEN:speaker"),
        ("Zambian President Levy Mwanawasa congratulated Congolese President Joseph Kabila on 27 November 2006.", "COD:addressee ZMB:speaker"),
        ("Indian Prime Minister Narendra Modi wrote to Australian Prime Minister Julia Gillard on 3 May 2012.", "AUS:addressee IND:speaker"),
        ("Spain's King Felipe VI sent a message of condolence to King Mohammed VI of Morocco on 9 September 2023.", "ESP:speaker MAR:addressee"),
        # both write
        ("Lao President Thongloun Sisoulith exchanged greetings with Vietnamese President To Lam on 3 May 2024.", "LAO:speaker VNM:speaker"),
    ],
)
def test_who_speaks_to_whom(text: str, parts: str) -> None:
    assert _told(text, "statement") == [parts]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Peru and Chile signed an agreement on fisheries on 3 May 2023.", "CHL:signatory PER:signatory"),
        ("Japan pledged 20 million dollars in aid to Tuvalu on 3 May 2023.", "JPN:donor TUV:recipient"),
        ("Peru established diplomatic relations with Tuvalu on 3 May 2023.", "PER:signatory TUV:signatory"),
        ("Peru broke off diplomatic relations with Tuvalu on 3 May 2023.", "PER:participant TUV:participant"),
    ],
)
def test_what_the_sides_of_an_agreement_do(text: str, parts: str) -> None:
    assert _told(text, "agreement") == [parts]


def test_contradicting_mentions_leave_a_part_open() -> None:
    text = (
        "Kenyan President Uhuru Kenyatta wrote to Ghanaian President John Mahama on 4 May 2015.\n\n"
        "On 4 May 2015 Ghanaian President John Mahama wrote to Kenyan President Uhuru Kenyatta."
    )
    assert _told(text, "statement") == ["GHA:participant KEN:participant"]


def test_every_state_has_one_part_of_its_kind() -> None:
    text = (
        "Kenyan President Uhuru Kenyatta visited Ghana on 4 May 2015 and met President John Mahama. "
        "Kenya and Ghana signed a treaty. Ghana's foreign ministry welcomed the visit."
    )
    found = events(text)
    assert len({event.kind for event in found}) > 2
    for event in found:
        assert tuple(p.country for p in event.parts) == event.countries
        assert {p.part for p in event.parts} <= set(PARTS[event.kind])


def test_the_state_of_the_place() -> None:
    (visit,) = events("Kenyan President William Ruto visited Accra on 3 May 2023.", "visit")
    assert (visit.place, visit.place_country) == ("Accra", "GHA")
    (meeting,) = events("Kenya and Ghana held talks on 3 May 2023.", "meeting")
    assert (meeting.place, meeting.place_country) == (None, None)
    assert meeting.parts == (Part("GHA", "participant"), Part("KEN", "participant"))


HEAD = "LIMA, Oct. 8, 2015 (EFE) -- "


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        (HEAD + "Kenya and Ghana held talks on Monday.", "Monday", "2015-10-05"),
        (HEAD + "Kenya and Ghana will hold talks on Monday.", "Monday", "2015-10-12"),
        (HEAD + "Maize was sown on Monday.", "Monday", "2015-10-05"),
        (HEAD + "Kenyan President Uhuru Kenyatta has postponed a visit to Ghana that had been scheduled for Sunday.", "Sunday", "2015-10-11"),
        (HEAD + "The law dates from the 1970s.", "1970s", "1970/1979"),
        ("A dry year. On 30 December it rained.", "30 December", "XXXX-12-30"),
        ("A dry year. On Monday it rained.", "Monday", None),
        ("A dry year. In December it rained.", "December", None),
    ],
)
def test_what_a_date_in_the_text_resolves_to(text: str, words: str, value: str | None) -> None:
    found = {text[t.start : t.end]: t.value for t in read_events(document(text)).timexes}
    assert found.get(words) == value
    assert all(is_valid(v) for v in found.values())


def test_the_store_holds_the_dates_of_all_documents_in_order() -> None:
    texts = {name: f"Peru met Chile on {day} May 2013. It rained in 2014." for name, day in (("b.txt", 4), ("a.txt", 3))}
    store = combine([read_events(document(text, name)) for name, text in texts.items()])
    assert [(t.document, t.article, t.value) for t in store.timexes] == [
        ("a.txt", 0, "2013-05-03"), ("a.txt", 0, "2014"), ("b.txt", 0, "2013-05-04"), ("b.txt", 0, "2014"),
    ]
