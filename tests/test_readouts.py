"""What releases and digests tell by the way: letters of many states, visits after visits, plans that others back."""

import pytest
from told import document, events

from extract.dating.resolve import resolve
from extract.mentions.timex import find_timexes
from extract.pipeline import annotate

HEAD = "OSLO, June 4, 2019 (NTB) -- "
"""A dated report: 4 June 2019 was a Tuesday."""


def _found(text: str, kind: str) -> list[str]:
    """Return "DATE COUNTRIES status" of each event of a kind in an agency report, sorted."""
    return sorted(f"{e.date} {','.join(e.countries)} {e.status}" for e in events(HEAD + text, kind))


LETTERS = [
    ("a list that the parse hangs on a city", "The letter was signed on Tuesday by the ambassadors to the UN in Geneva from Kenya, Chad and the Gambia and a number of other countries.", "statement", ["2019-06-04 GMB,KEN,TCD occurred"]),
    ("no agreement", "The letter was signed on Tuesday by ambassadors from Kenya, Chad, and Peru.", "agreement", []),
    ("a letter of intent", "Peru and Chile signed a letter of intent on Tuesday.", "agreement", ["2019-06-04 CHL,PER occurred"]),
    ("a letter of intent is no message", "Peru and Chile signed a letter of intent on Tuesday.", "statement", []),
    ("one that nobody abroad signed", "The letter was signed on Tuesday by the mayors of Bergen, Oslo and Drammen.", "statement", []),
    ("members at the UN", "The UN ambassadors said on Tuesday that the dam must stay.", "statement", []),
    ("one of the UN", "The UN envoy said on Tuesday that the dam in Chad must stay.", "statement", ["2019-06-04  occurred"]),
    ("an article of each", "Zambian President Edgar Lungu and Fijian President Jioji Konrote respectively published signed articles on Tuesday.", "statement", ["2019-06-04 FJI occurred", "2019-06-04 ZMB occurred"]),
    ("an article and a paper", "Zambian President Edgar Lungu published a signed article in Lusaka.\n\nZambia recently released a position paper on copper and Chile.", "statement", ["2019 ZMB occurred", "2019-06-04 ZMB occurred"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "found"), [row[1:] for row in LETTERS], ids=[row[0] for row in LETTERS])
def test_those_who_sign_send(text: str, kind: str, found: list[str]) -> None:
    assert _found(text, kind) == found


SPEECHES = [
    ("a speech at home", "Malawian Foreign Minister Ann Banda, who is a lawyer, delivered a speech at a symposium on foreign relations.", ["MWI"]),
    ("an article at home", "An article by Malawian Foreign Minister Ann Banda was published.", ["MWI"]),
    ("remarks at home", "Malawian Foreign Minister Ann Banda said that taxes would rise.", []),
    ("a speech of another minister", "Malawian Labour Minister Ann Banda delivered a speech at a symposium.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "states"), [row[1:] for row in SPEECHES], ids=[row[0] for row in SPEECHES])
def test_what_a_foreign_minister_says_at_length_counts_at_home(text: str, states: list[str]) -> None:
    found = events(f"LILONGWE, June 4, 2019 (MNA) -- {text}", "statement")
    assert [code for event in found for code in event.countries] == states


def test_what_i_will_say_below_is_no_plan() -> None:
    text = "Foreign Minister Ann Banda of Malawi\n\nRemarks on Chad\n\nI thank Chad for this day. {} I thank my friends."
    assert not [e for e in events(text.format("Here I will say a few more words on Chad."), "statement") if e.status == "planned"]


VISIT = "The Ghanaian Foreign Minister’s Oslo visit in May was {} that of Peruvian Foreign Minister Elmer Schialer, who jointly held the third Norway-Peru Strategic Dialogue with Foreign Minister Ine Soreide. He also met with Norwegian Prime Minister Erna Solberg."


def test_a_visit_is_told_by_that_of_another() -> None:
    assert _found(VISIT.format("immediately followed by"), "visit") == [
        "2019-05 GHA,NOR occurred", "2019-05 NOR,PER occurred",
    ]  # fmt: skip
    apart = "The trip to Oslo by Zambian President Edgar Lungu on May 3 came a week after that of Fijian President Jioji Konrote."
    assert _found(apart, "visit") == ["2019-05-03 NOR,ZMB occurred", "XXXX FJI,NOR occurred"]


def test_acts_are_of_the_visit_that_their_sentence_tells() -> None:
    text = VISIT.format("immediately followed by") + " Prime Minister Erna Solberg of Norway visited Peru in March."
    assert _found(text, "meeting") == ["2019-05 NOR,PER occurred"] * 2


def test_he_is_of_whom_a_relative_clause_tells() -> None:
    text = (
        "Chilean Foreign Minister Ann Rojas sings. The Rojas era was ended by Peruvian Foreign Minister Elmer Schialer, "
        "who opened a school. He met with Norwegian Prime Minister Erna Solberg on Tuesday."
    )
    assert _found(text, "meeting") == ["2019-06-04 NOR,PER occurred"]


DURING = [
    ("opens the sentence", "During the visit, the king gave a speech at the University of Oslo.", "2019-05-01/2019-05-03"),
    ("on the occasion", "On the occasion of his state visit, the king published an article in Oslo.", "2019-05-01/2019-05-03"),
    ("without it", "The king gave a speech at the University of Oslo.", "2019-06-04"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "date"), [row[1:] for row in DURING], ids=[row[0] for row in DURING])
def test_a_word_during_a_visit_is_of_its_days(text: str, date: str) -> None:
    found = events(f"{HEAD}King Mswati III of Eswatini visited Norway from 1 to 3 May. {text}", "statement")
    assert [event.date for event in found] == [date]


BACKED = [
    ("with a time", "Kenyan Foreign Minister Monica Juma said Kenya supports Zambia in hosting the African Union summit this year.", ["2019 ZMB planned"]),
    ("without a time", "Kenyan Foreign Minister Monica Juma said Kenya supports Zambia in hosting the African Union summit.", []),
    ("in what is no gathering", "Kenya supports Zambia in joining the African Union summit this year.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), [row[1:] for row in BACKED], ids=[row[0] for row in BACKED])
def test_what_others_back_is_planned_where_it_has_a_time(text: str, found: list[str]) -> None:
    assert _found(text, "meeting") == found


RECALLED = [
    ("since a year", "Since the establishment of diplomatic relations in 1964, Kenya and Fiji have stood together.", ["1964 FJI,KEN occurred"]),
    ("a year put in brackets", "Since the establishment of diplomatic relations more than 50 years ago [in 1964], Kenya and Fiji have stood together.", ["1964 FJI,KEN occurred"]),
    ("round years", "Since the establishment of diplomatic relations more than half a century ago, Kenya and Fiji have stood together.", []),
    ("a family of states", "In May 2019 Malawi rejoined the family of the African Union.", ["2019-05 MWI occurred"]),
    ("a family of none", "In May 2019 Malawi rejoined the family of nations.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), [row[1:] for row in RECALLED], ids=[row[0] for row in RECALLED])
def test_relations_recalled_count_with_their_year(text: str, found: list[str]) -> None:
    assert _found(text, "agreement") == found


def test_what_is_recalled_dates_none_of_the_news() -> None:
    text = (
        "Kenyan President Uhuru Kenyatta met Fijian President Jioji Konrote on Monday. Since the establishment of "
        "diplomatic relations in 1964, Kenya and Fiji have stood together. Kenyan Foreign Minister Monica Juma met "
        "Fijian Foreign Minister Inia Seruiratu."
    )
    assert {event.date for event in events(HEAD + text, "meeting")} == {"2019-06-03"}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("more than half a century ago", "XXXX"),
        ("half a year ago", "2023-11"),
        ("half a decade ago", "2019"),
        ("nearly 30 years ago", "XXXX"),
        ("over two years ago", "2022"),
        ("30 years ago", "1994"),
        ("half a mile ago", None),
    ],
)
def test_round_years_name_no_year(words: str, value: str | None) -> None:
    found = [resolve(timex, "2024-05-03").value for timex in find_timexes(words, 0, len(words))]
    assert found == ([] if value is None else [value])


def test_brackets_say_exactly_what_stands_before_them() -> None:
    text = HEAD + "Kenya and Ghana will hold talks next Friday (14 June)."
    assert [event.date for event in events(text, "meeting")] == ["2019-06-14"]


def test_a_forum_of_the_year_is_not_the_one_of_a_day() -> None:
    one = "Ghana to attend forum\n\nACCRA, June 3, 2019 (GNA) -- Ghanaian President Nana Akufo-Addo attended the Sahel Climate Forum on Monday.\n\n"
    other = "Ghana looks ahead\n\nACCRA, June 4, 2019 (GNA) -- Ghana will attend the Forum on Africa-Europe Trade to be held this year.\n"
    assert len(annotate(document(one + other))) == 2
    assert [(e.date, e.status) for e in events(one + other, "meeting")] == [("2019", "planned"), ("2019-06-03", "occurred")]


def test_an_exchange_of_greetings_is_told_once() -> None:
    text = (
        "The top party leaders of Cuba and Laos have exchanged greetings with the approach of the New Year.\n\n"
        "In his message to Bounnhang Vorachith, President of Laos, Cuban President Miguel Diaz-Canel spoke of rice.\n"
    )
    assert len(events(HEAD + text, "statement")) == 1


STOPS = [
    ("a stop of the delegation", "The delegation visited the Museum of the War on June 3 and expressed its condolences.", "2019-06-02/2019-06-03"),
    ("an undated stop", "The delegation visited the Museum of the War and expressed its condolences.", "2019-06-02"),
    ("a stop of others", "Tourists visited the Museum of the War on June 3.", "2019-06-02"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "date"), [row[1:] for row in STOPS], ids=[row[0] for row in STOPS])
def test_a_stop_is_a_day_of_the_visit(text: str, date: str) -> None:
    head = "A delegation of Fiji led by Foreign Minister Inia Seruiratu arrived in Norway on Sunday. "
    assert [event.date for event in events(HEAD + head + text, "visit")] == [date]


TOGETHER = [
    ("announced with a partner", "President Edgar Lungu of Zambia announced with President Jioji Konrote of Fiji the decision to build a partnership.", "agreement", ["2019-06-04 FJI,ZMB occurred"]),
    ("no statement besides", "President Edgar Lungu of Zambia announced with President Jioji Konrote of Fiji the decision to build a partnership.", "statement", []),
    ("announced alone", "President Edgar Lungu of Zambia announced the decision to build a bridge to Namibia.", "agreement", []),
    ("the meeting of a body", "Kenya will host a meeting of the standing committee of the forum in July in Mombasa.", "meeting", ["2019-07 KEN planned"]),
    ("attendance", "Nigerian President Muhammadu Buhari welcomed Kenyan President Uhuru Kenyatta's visit and his attendance at the celebration on July 3.", "meeting", ["2019-07-03 KEN,NGA planned"]),
    ("a visit is welcomed, not a guest", "Nigerian President Muhammadu Buhari welcomed Kenyan President Uhuru Kenyatta's proposal.", "meeting", []),
    ("a guest", "Nigerian President Muhammadu Buhari welcomed Kenyan President Uhuru Kenyatta's envoy on Tuesday.", "meeting", ["2019-06-04 KEN,NGA occurred"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "found"), [row[1:] for row in TOGETHER], ids=[row[0] for row in TOGETHER])
def test_what_is_announced_held_and_welcomed(text: str, kind: str, found: list[str]) -> None:
    assert _found(text, kind) == found


PLANS = [
    ("taking place", "next week. The visit will take place on June 12.", "planned", "2019-06-12"),
    ("slated", "next week. Suva had no worries about the visit, which is slated to take place next Tuesday.", "planned", "2019-06-11"),
    ("days", "this month. The visit is scheduled for June 12-14, the ministry said.", "planned", "2019-06-12/2019-06-14"),
    ("first day and length", "this month. The three-day trip begins on June 12.", "planned", "2019-06-12/2019-06-14"),
    ("a date of something else", "this month. On Monday critics said the visit would cost much.", "planned", "2019-06"),
    ("a week alone", "next week.", "planned", "2019-06-10/2019-06-16"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status", "date"), [row[1:] for row in PLANS], ids=[row[0] for row in PLANS])
def test_the_visit_told_before_takes_the_date_told_of_it(text: str, status: str, date: str) -> None:
    found = events(f"{HEAD}Fijian President Jioji Konrote will visit Kenya {text}", "visit")
    assert [(event.status, event.date) for event in found] == [(status, date)]


def test_an_end_alone_is_not_the_visit() -> None:
    text = "Fijian President Jioji Konrote visited Kenya last month. The visit ended on May 12."
    assert [event.date for event in events(HEAD + text, "visit")] == ["2019-05"]


@pytest.mark.parametrize(("words", "value"), [("six weeks ago", "2024-03"), ("two weeks ago", "2024-04-15/2024-04-21")])
def test_many_weeks_count_to_a_month(words: str, value: str) -> None:
    assert [resolve(timex, "2024-05-03").value for timex in find_timexes(words, 0, len(words))] == [value]


STATUSES = [
    ("likely", "Fijian President Jioji Konrote is likely to meet Sultan Qaboos of Oman on July 3.", "meeting", ["2019-07-03 FJI,OMN planned"]),
    ("unlikely", "Fijian President Jioji Konrote is unlikely to meet Sultan Qaboos of Oman on July 3.", "meeting", []),
    ("not prevented", "The storm will not prevent Fijian President Jioji Konrote from visiting Oman on Sunday.", "visit", ["2019-06-09 FJI,OMN planned"]),
    ("prevented", "The storm prevented Fijian President Jioji Konrote from visiting Oman on July 3.", "visit", ["2019-07-03 FJI,OMN cancelled"]),
    ("set out long ago", "In April 2018, Fijian President Jioji Konrote travelled to Oman to meet Sultan Qaboos.", "meeting", ["2018-04 FJI,OMN occurred"]),
    ("set out now", "Fijian President Jioji Konrote left for Oman on Monday to meet Sultan Qaboos.", "meeting", ["2019-06-03 FJI,OMN planned"]),
    ("sets out", "Fijian President Jioji Konrote will travel to Oman on July 3 to meet Sultan Qaboos.", "meeting", ["2019-07-03 FJI,OMN planned"]),
    ("plans for it", "The envoys spoke of plans for a meeting of ministers of Fiji and Oman in July.", "meeting", ["2019-07 FJI,OMN planned"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "found"), [row[1:] for row in STATUSES], ids=[row[0] for row in STATUSES])
def test_what_is_likely_hindered_or_set_out_for(text: str, kind: str, found: list[str]) -> None:
    assert _found(text, kind) == found


@pytest.mark.parametrize(
    ("partner", "more", "count"),
    [
        ("Norway", "She will also meet Norwegian Prime Minister Erna Solberg in Oslo.", 2),
        ("Norwegian Foreign Minister Ine Soreide", "She will meet Foreign Minister Ine Soreide in Oslo.", 1),
    ],
    ids=["another", "the same persons"],
)
def test_a_dialogue_is_not_the_meeting_with_another(partner: str, more: str, count: int) -> None:
    text = "Kenyan Foreign Minister Monica Juma will hold a strategic dialogue with {} in Oslo next week. "
    assert len(events(HEAD + text.format(partner) + more, "meeting")) == count
