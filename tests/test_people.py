"""Persons and offices: one-line examples of every construction, counter-examples, and what holds for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.gazetteer import read_table
from extract.mentions.countries import find_countries
from extract.mentions.name_words import name_parts, word_sorts, words_of
from extract.mentions.office_holders import name_customs, office_holders, office_of, surnames
from extract.mentions.people import BASES, PeopleMemory, PersonMention, find_people
from extract.mentions.title_words import lexicon
from extract.model import Document, InputError
from extract.segment import segment


def people(text: str, year: int | None = None) -> list[PersonMention]:
    found: list[PersonMention] = []
    known = PeopleMemory()
    for article in segment(Document("made_up.txt", text, "0")):
        mentions = find_people(article, find_countries(text, article.start, article.end), year, known)
        known = known.with_mentions(mentions)
        found += mentions
    return found


def pairs(text: str, year: int | None = None) -> list[tuple[str, str | None]]:
    return [(mention.name, mention.country) for mention in people(text, year)]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        # title before the name, its state as an adjective, a genitive, with "of", in brackets
        ("Norwegian Foreign Minister Ola Haugen arrived.", "Ola Haugen", "NOR"),
        ("U.S. Secretary of State Ann Carver arrived.", "Ann Carver", "USA"),
        ("Britain's Foreign Secretary Jack Hale spoke.", "Jack Hale", "GBR"),
        ("President of the Republic of Sierra Leone Momo Kanu spoke.", "Momo Kanu", "SLE"),
        ("He met Prime Minister Dr Tesfa Girma of Ethiopia on Monday.", "Tesfa Girma", "ETH"),
        ("They heard Mr. Okeke (Nigeria) and others.", "Okeke", "NGA"),
        ("Kenya's Cabinet Secretary for Trade Lee Maina spoke.", "Lee Maina", "KEN"),
        ("Peruvian Deputy Prime Minister and Minister for Trade Luz Ramos Vega spoke.", "Luz Ramos Vega", "PER"),
        ("The Taoiseach (Irish prime minister) Brian Moore spoke.", "Brian Moore", "IRL"),
        ("Danish Minister of Foreign Affairs Per Holm condemned it.", "Per Holm", "DNK"),
        ("Benin's Minister of Justice and Probation Luc Adjovi came.", "Luc Adjovi", "BEN"),
        ("the Minister of Trade of Malaysia, the Honorable Dato' Sri Razif Bakri, was there", "Razif Bakri", "MYS"),
        ("Jordan's King Talal III arrived.", "Talal III", "JOR"),
        ("Saudi Crown Prince Bandar bin Turki called.", "Bandar bin Turki", "SAU"),
        ("Pope Linus II spoke.", "Linus II", "VAT"),
        ("Pakistani Lt. Gen. Omar Raza arrived.", "Omar Raza", "PAK"),
        ("Chile's newly elected president, Rosa \"Chita\" Moya, spoke.", 'Rosa "Chita" Moya', "CHL"),
        ("Sudanese Minister of State al-Wasil al-Tayeb spoke.", "al-Wasil al-Tayeb", "SDN"),
        ("Malian President Jean- Pierre Keita spoke.", "Jean- Pierre Keita", "MLI"),
        ("the Kenyan foreign minister, Moses Wanjala, said so", "Moses Wanjala", "KEN"),
        ("GHANAIAN PRESIDENT KOFI MENSAH ARRIVES", "KOFI MENSAH", "GHA"),
        ("The Kremlin's Syria envoy Pavel Orlin spoke.", "Pavel Orlin", "RUS"),
        # title behind the name
        ("Lu Hong, vice chairman of the National People's Congress Standing Committee, spoke.", "Lu Hong", "CHN"),
        ("Ivan Kolin, Kazakhstan's ambassador to the UN, said so.", "Ivan Kolin", "KAZ"),
        ("Takis Petrou, General Secretary of the AKEL, came.", "Takis Petrou", "CYP"),
        ("Momo Kanu, President of the west African state of Sierra Leone, came.", "Momo Kanu", "SLE"),
        ("Ngozi Eze, who is Nigeria's finance minister, came.", "Ngozi Eze", "NGA"),
        ("Hassan Didi (president of the Maldives) came.", "Hassan Didi", "MDV"),
        ("The Hon. Kevin Ross MP, Minister for Foreign Affairs of Australia, spoke.", "Kevin Ross", "AUS"),
        ("Natasha Stone, AM, Australia's Ambassador for Women and Girls, came.", "Natasha Stone", "AUS"),
        ("Ann Lind, Swedish Prime Minister Olof Berg's adviser, came.", "Ann Lind", "SWE"),
        ("Ann Carver, Secretary of State", "Ann Carver", "USA"),
        # spokespersons
        ("State Department spokeswoman Ann Reese spoke.", "Ann Reese", "USA"),
        ("Indian Foreign Ministry spokesman Arun Bagchi spoke.", "Arun Bagchi", "IND"),
        # a counterpart
        ("He met his Russian counterpart Igor Malin.", "Igor Malin", "RUS"),
        ("She met her Turkish counterpart, Ahmet Demirel, in Oslo.", "Ahmet Demirel", "TUR"),
        ("He met his Russian counterpart (Igor Malin) in Oslo.", "Igor Malin", "RUS"),
    ],
)
def test_title_and_name_give_a_person_of_a_state(text: str, name: str, country: str) -> None:
    assert (name, country) in pairs(text)


@pytest.mark.parametrize(
    ("text", "country", "role"),
    [
        ("the Malaysian prime minister left", "MYS", "prime minister"),
        ("the Saudi foreign minister left", "SAU", "foreign minister"),
        ("a senior Iranian official said so", "IRN", "official"),
        ("Israeli officials said so", "ISR", "officials"),
        ("a Kremlin spokesman said so", "RUS", "spokesman"),
        ("with his Kenyan counterpart", "KEN", "counterpart"),
    ],
)
def test_office_without_a_name(text: str, country: str, role: str) -> None:
    mentions = [mention for mention in people(text) if mention.country]
    assert [(m.name, m.country) for m in mentions] == [("", country)]
    assert (mentions[0].role or "").endswith(role)
    assert mentions[0].basis == "office only"


def test_envoy_is_of_the_state_that_sends_and_accredited_to_the_other() -> None:
    [envoy] = people("China's ambassador to Fiji said so.")
    assert (envoy.name, envoy.country, envoy.accredited_to) == ("", "CHN", "FJI")
    [named] = people("Norwegian Ambassador to Peru Kari Vik said so.")
    assert (named.name, named.country, named.accredited_to) == ("Kari Vik", "NOR", "PER")


def test_several_holders_of_one_office() -> None:
    text = "Presidents Jorge Melo of Portugal, Pedro Dias of Cape Verde and Jose Lopo of Angola met."
    assert pairs(text) == [("Jorge Melo", "PRT"), ("Pedro Dias", "CPV"), ("Jose Lopo", "AGO")]
    assert pairs("the foreign ministers of Kenya and Norway met") == [("", "KEN"), ("", "NOR")]


@pytest.mark.parametrize(
    "text",
    [
        "Chinese company boss Li Weiming spoke.",
        "Argentine striker Juan Peralta scored.",
        "Kenyan author Jane Wairimu wrote it.",
        "By John Carmody",
        "Siemens President Karl Ritter spoke.",
        "Nairobi, Kenya. Microsoft chairman Ben Halloway spoke.",
        "At 3 pm John Carmody left Kenya.",
        "representatives of Kenyan farmers came",
        "NATO Secretary General Lars Holm spoke.",
        "Director General of the IAEA Hans Kofler spoke.",
    ],
)
def test_bylines_athletes_firms_and_organisations_have_no_state(text: str) -> None:
    assert all(mention.country is None for mention in people(text))


def test_official_of_an_organisation_carries_it() -> None:
    [mention] = people("UN Secretary-General Hans Kofler spoke.")
    assert (mention.name, mention.country, mention.organization) == ("Hans Kofler", None, "United Nations")
    [mention] = people("Dr Fadi el-Amin, a spokesperson for the ICC, spoke.")
    assert (mention.name, mention.country) == ("Fadi el-Amin", None)
    assert mention.organization == "International Criminal Court"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Chilean President Tomas Ferrada left. Mr Ferrada said so.", "Tomas Ferrada", "CHL"),
        ("Korean Foreign Minister Baek Jin-woo left. Baek said so.", "Baek Jin-woo", "KOR"),
        ("Vietnamese Foreign Minister Tran Van Lan left. Lan said so.", "Tran Van Lan", "VNM"),
        ("Mexican President Luis Prado Vela left. Prado said so.", "Luis Prado Vela", "MEX"),
        ("Kuwaiti Emir Nawaf al-Rashidi left. Al-Rashidi said so.", "Nawaf al-Rashidi", "KWT"),
        ("Jordan's King Talal left. King Talal said so.", "Talal", "JOR"),
        ("Ethiopian Prime Minister Tesfa Girma left. Prime Minister Tesfa said so.", "Tesfa Girma", "ETH"),
        ("Chilean President Tomas Ferrada left.\n\nFERRADA: Thank you all.", "Tomas Ferrada", "CHL"),
        ("Ferrada Visits Oslo Again\n\nChilean President Tomas Ferrada came on Monday.", "Tomas Ferrada", "CHL"),
    ],
)
def test_a_part_of_the_name_means_who_was_introduced(text: str, name: str, country: str) -> None:
    assert pairs(text).count((name, country)) == 2


def test_an_office_means_who_was_introduced_in_it() -> None:
    assert pairs("Chilean President Tomas Ferrada left. The president said so.")[1] == ("Tomas Ferrada", "CHL")
    two = "Chilean President Tomas Ferrada met Peruvian President Luz Ramos. The president said so."
    assert len(pairs(two)) == 2
    assert pairs(two + " The Peruvian president left.")[2] == ("Luz Ramos", "PER")


def test_earlier_articles_of_the_document_introduce_people() -> None:
    text = "Chilean President Tomas Ferrada left."
    [article] = segment(Document("a.txt", text, "0"))
    known = PeopleMemory().with_mentions(find_people(article, find_countries(text)))
    [later] = segment(Document("b.txt", "President Ferrada said so.", "0"))
    [mention] = find_people(later, (), None, known)
    assert (mention.name, mention.country, mention.basis) == ("Tomas Ferrada", "CHL", "earlier mention")


def test_a_namesake_with_a_name_of_his_own_is_somebody_else() -> None:
    text = "Chilean President Tomas Ferrada left. The singer Bruno Ferrada stayed."
    assert ("Tomas Ferrada", "CHL") in pairs(text)
    assert pairs(text).count(("Tomas Ferrada", "CHL")) == 1


@pytest.mark.parametrize(
    ("text", "year", "name", "country"),
    [
        ("President Xi Jinping spoke.", 2023, "Xi Jinping", "CHN"),
        ("President Xi spoke.", 2023, "Xi", "CHN"),
        ("Foreign Minister Lavrov spoke.", 2015, "Lavrov", "RUS"),
        ("Putin and Trump spoke by phone on Friday.", 2018, "Putin", "RUS"),
        ("Putin and Trump spoke by phone on Friday.", 2018, "Trump", "USA"),
        ("Ms Merkel said so.", 2012, "Merkel", "DEU"),
        ("Tony Blair said so.", None, "Tony Blair", "GBR"),
        ("Angela Merkel said so.", None, "Angela Merkel", "DEU"),
        ("merkel hails talks. angela merkel has hailed the talks.", 2012, "angela merkel", "DEU"),
    ],
)
def test_the_lists_of_office_holders_decide_where_nothing_else_does(
    text: str, year: int | None, name: str, country: str
) -> None:
    assert (name, country) in pairs(text, year)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("President Putin spoke.", 1975),
        ("Merkel said so.", 1975),
        ("Mr Brown said so.", 1970),
        ("The White Paper was read.", 2010),
        ("He read a page in May.", 2018),
        ("The field of rice was brown.", 2008),
    ],
)
def test_the_lists_are_silent_in_other_years_and_on_common_words(text: str, year: int) -> None:
    assert all(mention.country is None for mention in people(text, year))


@pytest.mark.parametrize(
    ("text", "name", "country", "basis"),
    [
        ("Chilean President Tomas Ferrada and Trade Minister Eva Soto came.", "Eva Soto", "CHL", "beside"),
        ("The Kenyan delegation, led by Finance Minister Joe Wafula, came.", "Joe Wafula", "KEN", "beside"),
        ("Olof Berg's spokesman Nils Ek came. Swedish Prime Minister Olof Berg left.", "Nils Ek", "SWE", "beside"),
        ("She will travel to Lima, Peru, to meet with President Luz Ramos.", "Luz Ramos", "PER", "setting"),
        ("Kenyan leaders, including Trade Minister Joe Wafula, came.", "Joe Wafula", "KEN", "setting"),
        ("NAIROBI, 3 May 2011\n\nTrade Minister Joe Wafula said that Kenya agrees.", "Joe Wafula", "KEN", "setting"),
        ("url: https://www.dfat.gov.au/news\n\nTrade Minister Joe Waters spoke.", "Joe Waters", "AUS", "setting"),
    ],
)
def test_the_surroundings_tell_the_state(text: str, name: str, country: str, basis: str) -> None:
    [mention] = [mention for mention in people(text) if mention.name == name]
    assert (mention.country, mention.basis) == (country, basis)


@pytest.mark.parametrize(
    "text",
    [
        "Chilean President Tomas Ferrada and King Olaf Karlsen came.",
        "They spoke of the war in Yemen with Trade Minister Joe Wafula.",
        "BRUSSELS, 3 May 2011\n\nTrade Minister Joe Wafula said that NATO agrees.",
        "She will travel to Lima, Peru, to meet with Siemens President Karl Ritter.",
    ],
)
def test_the_surroundings_are_not_asked_too_much(text: str) -> None:
    assert pairs(text)[-1][1] is None


def test_the_lists_contradict_the_surroundings() -> None:
    text = "Published on https://www.state.gov/news\n\nPresident Joe Wafula spoke."
    assert pairs(text, None)[-1] == ("Joe Wafula", "USA")
    assert pairs(text, 2010)[-1] == ("Joe Wafula", None)


def test_phrase_holds_title_state_and_name() -> None:
    text = "On Monday Norwegian Foreign Minister Ola Haugen, 51, arrived."
    [mention] = people(text)
    assert text[mention.start : mention.end] == "Ola Haugen"
    assert text[mention.phrase_start : mention.phrase_end] == "Norwegian Foreign Minister Ola Haugen"
    assert (mention.role, mention.kind, mention.rule) == ("Foreign Minister", "state", "title before name")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Nawaf al-Sabah", ("nawaf", "sabah")),
        ("Ban Ki-moon", ("ban", "ki", "moon")),
        ("George W. Bush, Jr.", ("george", "bush")),
        ("Škėlė", ("skele",)),
        ("Abdullah II", ("abdullah",)),
    ],
)
def test_parts_of_names(name: str, parts: tuple[str, ...]) -> None:
    assert name_parts(name) == parts


@pytest.mark.parametrize(
    ("name", "country", "called"),
    [
        ("Xi Jinping", "CHN", {"xi"}),
        ("Tran Van Lan", "VNM", {"tran", "lan"}),
        ("Luis Prado Vela", "MEX", {"prado", "vela"}),
        ("Ola Haugen", "NOR", {"haugen"}),
        ("Lee Boon Keng", "SGP", {"lee"}),
    ],
)
def test_surnames(name: str, country: str, called: set[str]) -> None:
    assert surnames(name_parts(name), country) >= called


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("Minister for Foreign Affairs", "foreign minister"),
        ("Secretary of State", "foreign minister"),
        ("Secretary of State for Transport", ""),
        ("Vice-President", "deputy"),
        ("President of the Republic", "president"),
        ("Chancellor of the Exchequer", "finance minister"),
        ("Secretary-General", "secretary general"),
        ("farmer", ""),
    ],
)
def test_classes_of_office(role: str, office: str) -> None:
    assert office_of(role) == office


def test_tables_load_without_faults() -> None:
    assert office_holders().named(name_parts("Angela Merkel"), 2012) is not None
    assert lexicon().heads
    assert set(name_customs()) == {"family_first", "either_end", "mixed", "two_surnames", "surname_suffices"}
    assert all(word_sorts().values())


def test_organisations_bear_the_names_of_the_table_of_organisations() -> None:
    named = {row["name"] for row in read_table("organizations.tsv", ("name", "aliases", "sessions", "session_base"))}
    assert {value for phrases in lexicon().organizations.values() for _, (_, value) in phrases} <= named


def test_faulty_rows_are_named_all_at_once() -> None:
    from extract.mentions.office_holders import COLUMNS, check_term

    text = "\t".join(COLUMNS) + "\nAnn Lee\t\tZZZ\t\tpresident\t2010\t2005\n\t\tNOR\tNATO\t\t20x0\t\n"
    with pytest.raises(InputError) as fault:
        read_table("people_made_up.tsv", COLUMNS, check_term, text)
    for reason in ("people_made_up.tsv:2", "'ZZZ'", "2010 is after 2005", "people_made_up.tsv:3", "role: is empty"):
        assert reason in str(fault.value)


_PIECES = """Kenyan President the of and , . ( ) ' 's " Minister Foreign for Mr Dr Tomas Ferrada al-Sabah van II MP Jr. Norway's
PRESIDENT XI UN spokesman ambassador to Fiji - \n \n\n met Putin Secretary General U.S. his counterpart é ﬁ İ \\ _ merkel"""
_WORDS = st.sampled_from(_PIECES.split(" "))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=40).map(" ".join)), st.sampled_from((None, 1995, 2020)))
def test_offsets_are_true_and_nothing_raises(text: str, year: int | None) -> None:
    if "\0" in text or not text.strip():
        return
    last = 0
    for mention in people(text, year):
        assert 0 <= mention.phrase_start <= mention.start < mention.end <= mention.phrase_end <= len(text)
        assert mention.start >= last or mention.country
        assert text[mention.start : mention.end].strip()
        assert mention.basis in BASES
        assert mention.country is None or len(mention.country) == 3
        last = mention.start


@pytest.mark.parametrize(
    "piece", ["president of the ", "President John Moa met Mr Toa. ", "Kenya and Norway, ", "al-al-al- ", '"Jo" ', "A"]
)
def test_time_is_linear(piece: str) -> None:
    def seconds(times: int) -> float:
        start = time.perf_counter()
        people(piece * times, 2020)
        return time.perf_counter() - start

    seconds(50)
    assert min(seconds(4000) for _ in range(2)) < 40 * max(seconds(400), 0.01)


@settings(max_examples=60)
@given(st.from_regex(r"([A-Z][a-z]{0,5} ){0,3}(Al|Jr|Ii|Van|Ban|Xi|O|de|El|[A-Z][a-z]{1,6})", fullmatch=True))
def test_a_plain_name_has_the_parts_that_its_words_have(name: str) -> None:
    assert name_parts(name) == name_parts(words_of(name, 0, len(name)))
