"""States in text: examples and counter-examples, the completeness of the tables, and properties of the offsets."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.mentions import countries
from extract.mentions.countries import (
    FORMS,
    capital_of,
    country_codes,
    country_name,
    country_of_capital,
    find_countries,
)
from extract.mentions.places import country_of_place, find_places

NOT_UN_MEMBERS = (
    "HKG MAC TWN PSE XKX VAT PRI GRL FRO ABW CUW SXM BMU CYM VGB VIR GUM ASM MNP PYF NCL ESH GIB FLK IMN JEY GGY MSR AIA "
    "TCA SHN ALA TKL WLF GUF GLP MTQ REU MYT COK NIU"
)


def seen(text: str) -> str:
    """Return the mentions as "CODE/form", a weak one with a question mark."""
    return " ".join(f"{m.code}/{m.form}{'' if m.strong else '?'}" for m in find_countries(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway's prime minister met two Peruvians", "NOR/name PER/demonym"),
        ("The Sierra-Leonean envoy and the Soviet\nUnion", "SLE/demonym RUS/name"),
        ("Türkiye, Turkiye and Turkey", "TUR/name TUR/name TUR/name"),
        ("the Republic of the Congo and the Democratic Republic of the Congo", "COG/name COD/name"),
        ("Guinea, Guinea-Bissau, Equatorial Guinea, Papua New Guinea", "GIN/name GNB/name GNQ/name PNG/name"),
        ("North Korean, South Sudanese and Nigerien envoys", "PRK/demonym SSD/demonym NER/demonym"),
        ("the ROK, the DPRK, the PRC, the ROC, the DRC", "KOR/name PRK/name CHN/name TWN/name COD/name"),
        ("U.S., US, USA, U.S.A., the UK and the U.A.E.", "USA/name USA/name USA/name USA/name GBR/name ARE/name"),
        ("Burma, Zaire, Swaziland, Czechoslovakia", "MMR/name COD/name SWZ/name CZE/name"),
        ("KENYA AND BEIJING IN CAPITALS", "KEN/name CHN/capital"),
        ("Mexico City, Kuwait City and Panama City", "MEX/capital KWT/capital PAN/capital"),
        ("Kiev, Kyiv, Nur-Sultan, Rangoon", "UKR/capital UKR/capital KAZ/capital MMR/capital"),
        ("The Élysée, the Elysee, Planalto and the Kremlin", "FRA/seat FRA/seat BRA/seat RUS/seat"),
        ("the Riksdag and the Knesset", "SWE/body ISR/body"),
        ("Hamas, SWAPO and the Workers’ Party of Korea", "PSE/party NAM/party PRK/party"),
        ("Hezbollah said", "LBN/party?"),
        ("Kenya-Japan talks", "KEN/compound JPN/compound"),
        ("Sino-British, Franco–German", "CHN/compound GBR/compound FRA/compound DEU/compound"),
        ("General Franco and the franco", ""),
        ("US$5 million and 3 US dollars", ""),
        ("write to @Japan or #Kenya", ""),
        ("Scotland, Wales and Northern Ireland", "GBR/name GBR/name GBR/name"),
        ("a Georgia peach", "GEO/name?"),
        ("the Prime Minister of Georgia", "GEO/name"),
        ("Chad's President", "TCD/name"),
        ("Egypt, Jordan and Lebanon", "EGY/name JOR/name LBN/name"),
        ("a visit to Jordan", "JOR/name"),
        ("Congress and Georgia", "USA/body? GEO/name?"),
        ("Jordan ... in Amman", "JOR/name JOR/capital"),
        ("japan and turkey agreed with us in the congress", "JPN/name TUR/name"),
    ],
)
def test_examples(text: str, expected: str) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "South China Sea", "Persian Gulf", "the Indian Ocean", "Washington Post", "The New York Times", "China Daily",
        "Bank of China", "American Airlines", "Air France", "Georgia Tech", "Michael Jordan", "Chinese New Year",
        "French fries", "New Delhi Television", "Times of India", "Paris Saint-Germain", "Moscow Zoo", "Paris Agreement",
        "Paris climate accord", "Minsk agreements", "Geneva Conventions", "Taiwan Strait", "Vienna Convention",
        "Panama Canal", "Latin America", "Indo-Pacific", "Korean Peninsula", "the united front", "he told us", "Turkmenbashi",
    ],
)
def test_not_a_state(text: str) -> None:
    assert seen(text) == ""


def test_every_member_of_the_united_nations_is_known() -> None:
    members = [code for code in country_codes() if code not in NOT_UN_MEMBERS]
    assert len(members) == 193
    named = {(code, form) for _, code, form, _, _ in countries.names_in_tables()}
    assert not [code for code in members if (code, "name") not in named]
    no_demonym = {code for code in members if (code, "demonym") not in named}
    assert no_demonym == {"DMA"}, "Dominica has none that is not the Dominican Republic's"
    same_as_the_state = {"MCO", "SGP", "SMR", "STP"}
    assert {code for code in members if capital_of(code) is None} == same_as_the_state


def test_no_name_is_two_states() -> None:
    seen_at: dict[str, set[str]] = {}
    for phrase, code, _, strong, _ in countries.names_in_tables():
        if strong:
            seen_at.setdefault(phrase, set()).add(code)
    assert not {phrase: codes for phrase, codes in seen_at.items() if len(codes) > 1}


def test_helpers() -> None:
    assert (country_name("GEO"), country_name("ZZZ")) == ("Georgia", "ZZZ")
    assert (capital_of("NOR"), country_of_capital("Kiev"), country_of_capital("Bergen")) == ("Oslo", "UKR", None)
    assert countries.demonym_forms("Norwegian") == ("Norwegian", "Norwegians")
    assert countries.demonym_forms("Dutch") == ("Dutch",)


@given(st.text(max_size=80) | st.text(alphabet="Sino-British Congo (DRC) US.$'\n Kenya,Jordan", max_size=80))
def test_offsets_are_true_in_any_text(text: str) -> None:
    last = 0
    for mention in find_countries(text):
        assert last <= mention.start < mention.end <= len(text) and mention.form in FORMS and len(mention.code) == 3
        last = mention.end


@given(
    st.lists(st.sampled_from(["Kenya", "Sino-British", "Jordan's King", "\n", "US$", "Chad", "met", "Guinea-", "U.S."])),
    st.sampled_from(["", " ", "\n\n", "— ", "Then. "]),
)
def test_a_prefix_shifts_the_spans(words: list[str], prefix: str) -> None:
    text = " ".join(words)
    shifted = [(m.start - len(prefix), m.code, m.form) for m in find_countries(prefix + text, lower=False)]
    assert shifted == [(m.start, m.code, m.form) for m in find_countries(text, lower=False)]


def test_speed() -> None:
    """Two million characters a second is the aim; a fifth of it is asked, so that a busy machine does not fail."""
    text = "The Kenyan minister met Peru's ambassador in Oslo on Friday to discuss fishing and other matters.\n" * 4000
    find_countries("Kenya")
    begin = time.perf_counter()
    assert len(find_countries(text)) == 12_000
    assert len(text) / (time.perf_counter() - begin) > 400_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Sharm el-Sheikh and Xi’an", [("Sharm el-Sheikh", "EGY", True), ("Xi'an", "CHN", True)]),
        ("St Petersburg, DAVOS, Camp David",
         [("Saint Petersburg", "RUS", True), ("Davos", "CHE", True), ("Camp David", "USA", True)]),
        ("Cambridge wins", [("Cambridge", "GBR", False)]),
        ("Brest, France", [("Brest", "FRA", True)]),
        ("he flew to Houston on Friday", [("Houston", "USA", True)]),
        ("he spoke to Houston Smith", [("Houston", "USA", False)]),
        ("the Paris Agreement and Papua New Guinea", []),
        ("Mexico City", [("Mexico City", "MEX", True)]),
    ],
)
def test_places(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [(m.name, m.country, m.strong) for m in find_places(text)] == expected


def test_country_of_place() -> None:
    assert (country_of_place("Boao"), country_of_place("Cambridge"), country_of_place("Atlantis")) == ("CHN", None, None)
