"""What counts as an act: kinds, subtypes and statuses, each construction with an example and beside it a counter-example."""

import pytest
from told import events

HEAD = "GENEVA, May 12, 2011 (AFP) -- "


def _found(text: str) -> list[str]:
    """Return "kind COUNTRIES status" of each event, sorted."""
    return sorted(f"{e.kind} {','.join(e.countries)} {e.status}" for e in events(text))


def _subtypes(text: str, kind: str) -> list[str]:
    return [e.subtype for e in events(HEAD + text, kind)]


MEETINGS = {
    "received": ("Argentine Foreign Minister Hector Timerman on Wednesday received Uruguayan counterpart Luis Almagro.", "ARG,URY"),
    "was received by": ("Lebanese President Michel Suleiman was received by Syrian President Bashar al-Assad in Damascus.", "LBN,SYR"),
    "office of two states": ("The foreign ministers of Belgium and Rwanda met in Kigali on Wednesday.", "BEL,RWA"),
    "officials of two states": ("Pakistani and Afghan officials held talks in Islamabad on Wednesday.", "AFG,PAK"),
    "took place": ("A meeting between the presidents of Panama and Costa Rica took place on Wednesday.", "CRI,PAN"),
    "views": ("Brazilian Foreign Minister Antonio Patriota and Turkish Foreign Minister Ahmet Davutoglu exchanged views on Iran.", "BRA,TUR"),
    "sat down": ("Iran's foreign minister, Ali Akbar Salehi, sat down with his Turkish counterpart on Wednesday.", "IRN,TUR"),
    "summoned": ("The Syrian ambassador was summoned to the Foreign Office in London on Wednesday.", "GBR,SYR"),
    "two states in one word": ("The envoy opened the U.S.-Laos dialogue in Vientiane on Wednesday.", "LAO,USA"),
    "partner apart": ("Finland's Foreign Minister Alexander Stubb had a meeting at his office with Estonian President Toomas Hendrik Ilves.", "EST,FIN"),
    "by phone": ("Kenyan Foreign Minister Moses Wetangula spoke by phone with Ugandan Foreign Minister Sam Kutesa.", "KEN,UGA"),
    "briefed": ("Palestinian President Mahmud Abbas briefed King Abdullah II of Jordan in Amman on Wednesday.", "JOR,PSE"),
    "told a guest": ("Trade must grow, President Yoweri Museveni told visiting Kenyan President Mwai Kibaki on Wednesday.", "KEN,UGA"),
    "led by the UN": ("UN Secretary-General Ban Ki-moon held talks with Egyptian Foreign Minister Nabil Elaraby.", "EGY"),
    "received by the EU": ("European Commission President Jose Manuel Barroso received Ukrainian President Viktor Yanukovych in Brussels.", "UKR"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "countries"), MEETINGS.values(), ids=MEETINGS)
def test_a_meeting(text: str, countries: str) -> None:
    assert [",".join(e.countries) for e in events(HEAD + text, "meeting")] == [countries]


VISITS = {
    "made": ("Singapore's President Tony Tan made a state visit to Myanmar.", "MMR,SGP"),
    "delegation": ("A Nigerian delegation led by Foreign Minister Odein Ajumogobia arrived in Yaounde on Wednesday.", "CMR,NGA"),
    "is on": ("Maldivian President Mohamed Nasheed is on a visit to Sri Lanka.", "LKA,MDV"),
    "is in": ("Guinean President Alpha Conde is in Paris on an official visit.", "FRA,GIN"),
    "landed": ("Haitian President Michel Martelly landed in Havana on Wednesday.", "CUB,HTI"),
    "wound up": ("French Prime Minister Francois Fillon wound up a visit to Gabon on Wednesday.", "FRA,GAB"),
    "returned from travel": ("Danish Foreign Minister Lene Espersen returned from a visit to Jordan on Wednesday.", "DNK,JOR"),
    "first to": ("Danish Foreign Minister Lene Espersen became the first minister to visit Libya since the war.", "DNK,LBY"),
    "subject that the parse loses": ("At the invitation of President Berdimuhamedov, Belarusian President Alexander Lukashenko paid a visit to Turkmenistan.", "BLR,TKM"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "countries"), VISITS.values(), ids=VISITS)
def test_a_visit(text: str, countries: str) -> None:
    assert [",".join(e.countries) for e in events(HEAD + text, "visit")] == [countries]


STATEMENTS = {
    "spokesman": ("A spokesman for the Argentine foreign ministry said on Wednesday that Britain must leave the islands.", "ARG"),
    "ministry": ("Montenegro's foreign ministry issued a statement condemning the attack in Morocco.", "MNE"),
    "council": ("Kenya's ambassador to the United Nations, Macharia Kamau, told the Security Council that Somalia needed troops.", "KEN"),
    "assembly": ("Speaking in the General Assembly, the representative of New Zealand said the Council must be reformed.", "NZL"),
    "interview": ("In an interview with the daily Politiken, Danish Foreign Minister Lene Espersen said Libya must change.", "DNK"),
    "blog": ("Swedish Foreign Minister Carl Bildt wrote on his blog that Belarus was moving backwards.", "SWE"),
    "letter": ("Nepali Prime Minister Jhala Nath Khanal has written to his Indian counterpart Manmohan Singh asking for help.", "IND,NPL"),
    "message": ("Ugandan President Yoweri Museveni sent a congratulatory message to his Rwandan counterpart Paul Kagame.", "RWA,UGA"),
    "his message": ("After the election of President Kagame of Rwanda, Ugandan President Yoweri Museveni sent his message to Rwanda.", "RWA,UGA"),
    "veto": ("Russia vetoed a draft resolution on Zimbabwe on Wednesday.", "RUS"),
    "abstention": ("Brazil and South Africa abstained from the vote on Libya.", "BRA,ZAF"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "countries"), STATEMENTS.values(), ids=STATEMENTS)
def test_a_statement(text: str, countries: str) -> None:
    assert [",".join(e.countries) for e in events(HEAD + text, "statement")] == [countries]


AGREEMENTS = {
    "signed by": ("A memorandum of understanding on mining was signed by Mongolia and Kazakhstan on Wednesday.", "KAZ,MNG", "signing"),
    "the ministers signed": ("The foreign ministers of Belgium and Rwanda signed an agreement on development.", "BEL,RWA", "signing"),
    "was reached": ("An agreement was reached between Oman and Qatar on the border on Wednesday.", "OMN,QAT", "signing"),
    "agreed on": ("Thailand and Cambodia agreed on a ceasefire on Wednesday.", "KHM,THA", "signing"),
    "in a joint statement": ("Peru and Bolivia called for calm in a joint statement on Wednesday.", "BOL,PER", "joint_statement"),
    "broke off": ("Bolivia broke off diplomatic relations with Israel on Wednesday.", "BOL,ISR", "relations"),
    "agreed to restore": ("Saudi Arabia and Qatar agreed to restore diplomatic relations on Wednesday.", "QAT,SAU", "relations"),
    "grant approved": ("Norway has approved a 12-million-dollar grant for Mali.", "MLI,NOR", "pledge"),
    "will provide": ("New Zealand will provide 5 million dollars to Tonga for schools.", "NZL,TON", "pledge"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "countries", "subtype"), AGREEMENTS.values(), ids=AGREEMENTS)
def test_an_agreement(text: str, countries: str, subtype: str) -> None:
    found = events(HEAD + text, "agreement")
    assert [(",".join(e.countries), e.subtype, e.status) for e in found] == [(countries, subtype, "occurred")]


CONFERENCES = {
    "opened": ("The African Union summit opened in Kampala on Wednesday.", "UGA", "occurred"),
    "to be held": ("The African Union summit will be held in Kampala in July.", "UGA", "planned"),
    "organised by": ("Ministers attended a two-day summit organised by Malta on Wednesday.", "MLT", "occurred"),
    "there will be": ("There will also be an ASEAN-Japan summit on Friday.", "JPN", "planned"),
    "members of a body": ("ASEAN foreign ministers met in Bali on Wednesday.", "", "occurred"),
    "leaders of several": ("The leaders of Slovakia, Poland and Hungary gathered in Bratislava for a summit.", "HUN,POL,SVK", "occurred"),
    "took part": ("Swedish Foreign Minister Carl Bildt took part in the Munich Security Conference in February 2011.", "SWE", "occurred"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "countries", "status"), CONFERENCES.values(), ids=CONFERENCES)
def test_a_conference(text: str, countries: str, status: str) -> None:
    found = [(",".join(e.countries), e.subtype, e.status) for e in events(HEAD + text, "meeting")]
    assert found == [(countries, "conference", status)]


STATUSES = {
    "is to": ("Austrian Chancellor Werner Faymann is to meet Hungarian Prime Minister Viktor Orban on Friday.", "meeting AUT,HUN planned"),
    "due": ("Australian Immigration Minister Chris Bowen is due to travel to Nauru on Friday.", "visit AUS,NRU planned"),
    "postponed": ("A meeting between the presidents of Panama and Costa Rica has been postponed until June.", "meeting CRI,PAN cancelled"),
    "put off": ("Turkish Foreign Minister Ahmet Davutoglu has put off a visit to Egypt.", "visit EGY,TUR cancelled"),
    "called off": ("North Korea called off talks with South Korea on Wednesday.", "meeting KOR,PRK cancelled"),
    "planned and called off": ("A planned visit by Albanian Prime Minister Sali Berisha to Kosovo was called off.", "visit ALB,XKX cancelled"),
    "pulled out": ("Eritrean President Isaias Afewerki pulled out of talks with Djibouti.", "meeting DJI,ERI cancelled"),
    "refused": ("Eritrea refused to hold talks with Ethiopia.", "meeting ERI,ETH cancelled"),
    "scheduled for": ("A meeting of the Presidents of Cyprus and Greece is scheduled for Friday in Nicosia.", "meeting CYP,GRC planned"),
    "to be held": ("Envoys spoke of a meeting of the presidents of Senegal and Gambia to be held in June.", "meeting GMB,SEN planned"),
    "had been scheduled": ("Talks between Bhutan and Nepal had been scheduled for April.", "meeting BTN,NPL cancelled"),
    "plans to": ("Togolese President Faure Gnassingbe has plans to visit Ghana in June.", "visit GHA,TGO planned"),
    "accepted": ("Togolese President Faure Gnassingbe accepted an invitation to visit Ghana.", "visit GHA,TGO planned"),
    "had been due": ("Togolese President Faure Gnassingbe had been due to visit Ghana on Friday.", "visit GHA,TGO cancelled"),
    "for talks": ("Jordanian Foreign Minister Nasser Judeh left for talks with Egyptian Foreign Minister Nabil Elaraby.", "meeting EGY,JOR planned"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STATUSES.values(), ids=STATUSES)
def test_a_status(text: str, expected: str) -> None:
    assert _found(HEAD + text) == [expected]


def test_an_organisation_that_held_talks() -> None:
    text = HEAD + "United Nations Secretary-General Ban Ki-moon held talks with Zambian President Michael Sata on Wednesday."
    assert [e.countries for e in events(text, "meeting")] == [("ZMB",)]


def test_what_is_denied_is_cancelled() -> None:
    found = events(HEAD + "Chile denied that President Sebastian Pinera would visit Bolivia.", "visit")
    assert [e.status for e in found] == ["cancelled"]


def test_what_is_denied_to_have_taken_place_is_no_event() -> None:
    text = "Greek Prime Minister George Papandreou denied that he had met Turkish Prime Minister Recep Tayyip Erdogan."
    assert events(HEAD + text, "meeting") == []


NO_EVENT = {
    "through talks": "Kenya and Uganda settled the border of the lake through friendly consultation.",
    "ready": "Eritrea is ready to hold talks with Ethiopia if Ethiopia withdraws.",
    "if": "If Georgia met Russia at the table, the war could end.",
    "had they": "Had Greece met Turkey, the crisis would be over.",
    "would like": "Mauritius would like to hold talks with Britain on the islands.",
    "no talks": "There will be no talks between Armenia and Azerbaijan.",
    "no plans": "Greek President Karolos Papoulias has no plans to visit Albania.",
    "right to": "Togo has the right to hold talks with Ghana.",
    "failed": "Mali failed to hold talks with Niger.",
    "should": "Armenia and Azerbaijan should hold talks, experts say.",
    "possible": "A possible meeting between the leaders of Japan and North Korea is being discussed.",
    "wish for relations": "Mozambique should establish diplomatic relations with Kosovo.",
    "an aim": "The aim is to hold talks with Sudan.",
    "teams": "Bayern Munich met Real Madrid in Lisbon on Wednesday.",
    "national teams": "Norway meet Portugal in Oslo on Saturday, with striker John Carew injured.",
    "friends": "Old friends from Chile and Peru met in Lima for a reunion.",
    "tourists": "More than 20,000 tourists visited Iceland last month.",
    "students": "Students from Ghana visited the museum in London.",
    "band": "The Brazilian band visited Portugal on its tour.",
    "web site": "Visit our website to read more about Iceland.",
    "fans": "Fans visited the site www.greece.example to buy tickets.",
    "companies": "Norwegian oil company Statoil signed a contract with Brazil's Petrobras on Wednesday.",
    "executives": "Samsung executives from South Korea visited a plant in Slovakia.",
    "unions": "The Swedish company held talks with unions in Belgium.",
    "museum": "The museum in Peru held a meeting of historians from Chile.",
    "reporter": "Our reporter visited Yemen to see the hospitals.",
    "coach": "The Peruvian coach said his team would beat Chile.",
    "relations as such": "Relations between Kenya and Somalia have a long history.",
    "letters lost": "The letter fell on the floor of the embassy in Chad.",
}  # fmt: skip


@pytest.mark.parametrize("text", NO_EVENT.values(), ids=NO_EVENT)
def test_no_event(text: str) -> None:
    assert _found(HEAD + text) == []


TALKS = "Kenyan President Mwai Kibaki met Ugandan President Yoweri Museveni in Nairobi on Wednesday.\n\n"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Kibaki said Kenya wanted more trade. Museveni said the border was safe.", 0),
        ("They reaffirmed their support for Somalia.", 0),
        ("The two leaders said that Somalia needed troops.", 0),
        ("Kibaki told reporters after the talks that Kenya wanted more trade with Uganda.", 1),
        ("Museveni, speaking at a press conference, said Somalia was safe.", 1),
    ],
    ids=["inside", "they", "the two leaders", "to reporters", "press conference"],
)
def test_inside_talks_against_to_the_press(text: str, number: int) -> None:
    assert len(events(HEAD + TALKS + text, "statement")) == number


def test_who_tells_of_his_talks_speaks_outside_of_them() -> None:
    text = "Kenyan President Mwai Kibaki said on Wednesday that he had held fruitful talks with Ugandan President Yoweri Museveni."
    assert _found(HEAD + text) == ["meeting KEN,UGA occurred", "statement KEN occurred"]


def test_two_presidents_at_one_press_conference_make_one_statement() -> None:
    text = "Kenyan President Mwai Kibaki and Ugandan President Yoweri Museveni gave a press conference on Wednesday."
    assert _found(HEAD + text) == ["statement KEN,UGA occurred"]


def test_articles_of_two_presidents_are_two() -> None:
    text = "Togolese President Faure Gnassingbe and Ghanaian President John Atta Mills published articles on the border on Wednesday."
    assert sorted(e.countries for e in events(HEAD + text, "statement")) == [("GHA",), ("TGO",)]


def test_an_exchange_of_greetings_and_one_of_its_messages_are_one() -> None:
    text = "The party leaders of Laos and Mongolia have exchanged greetings. In his message to Mongolian President Tsakhia Elbegdorj, Laotian President Choummaly Sayasone praised the friendship."  # fmt: skip
    assert [e.countries for e in events(HEAD + text, "statement")] == [("LAO", "MNG")]


def test_greetings_during_a_call_are_part_of_it() -> None:
    text = "French President Nicolas Sarkozy spoke with Ivorian President Alassane Ouattara on Wednesday to offer his congratulations."
    assert _found(HEAD + text) == ["meeting CIV,FRA occurred"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("Cyprus denies this.", 0), ("Cyprus had rejected the charge.", 0), ("Cyprus rejected the charge on Tuesday.", 1)],
)
def test_a_standing_position_is_no_statement(text: str, number: int) -> None:
    rest = "The ship sank.\n\nDivers came.\n\nThe crew lived.\n\nNobody knew why.\n\n"
    found = events(HEAD + "Turkish officials and Greek officials held talks on Monday.\n\n" + rest + text, "statement")
    assert len([e for e in found if "CYP" in e.countries]) == number


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("US Secretary of State Hillary Clinton met separately with the leaders of Kenya and Tanzania.", ["KEN,USA", "TZA,USA"]),
        (
            "Philippine President Benigno Aquino held bilateral meetings with Indonesian President Susilo Bambang Yudhoyono"
            " and Thai Prime Minister Abhisit Vejjajiva.",
            ["IDN,PHL", "PHL,THA"],
        ),
        ("The presidents of Chad and Niger met with the president of Mali in Bamako.", ["MLI,NER,TCD"]),
    ],
    ids=["separately", "bilateral meetings", "together"],
)  # fmt: skip
def test_a_list_of_meetings(text: str, pairs: list[str]) -> None:
    assert sorted(",".join(e.countries) for e in events(HEAD + text, "meeting")) == pairs


def test_a_summit_and_the_talks_beside_it() -> None:
    text = (
        "Kenyan President Mwai Kibaki attended the IGAD summit in Addis Ababa on Wednesday.\n\n"
        "On the sidelines of the summit, Kibaki met Djiboutian President Ismail Omar Guelleh."
    )
    found = {(e.subtype, e.countries) for e in events(HEAD + text, "meeting")}
    assert ("talks", ("DJI", "KEN")) in found
    assert "conference" in {subtype for subtype, _ in found}


@pytest.mark.parametrize(
    "text",
    [
        "2003-01-12: President Kufuor of Ghana meets President Eyadema of Togo in Accra.\n\n2003-02-03: President Konare of Mali visits Chad.",
        "start-date: 2003-01-12\nevent: President Kufuor of Ghana meets President Eyadema of Togo\n\nstart-date: 2003-02-03\nevent: President Konare of Mali visits Chad",
        "12 January 2003\n\nPresident Kufuor of Ghana meets President Eyadema of Togo.\n\n3 February 2003\n\nPresident Konare of Mali visits Chad.",
    ],
    ids=["one line an entry", "blocks", "dates alone"],
)  # fmt: skip
def test_a_log(text: str) -> None:
    assert _found(text) == ["meeting GHA,TGO occurred", "visit MLI,TCD occurred"]


@pytest.mark.parametrize(
    ("text", "salience"),
    [
        ("Peru and Chile held talks in Lima on Tuesday.", "main"),
        ("Peru and Chile had held talks in Lima in March 2008.", "background"),
        ("Peru and Chile will hold talks in Lima on Friday.", "main"),
    ],
)
def test_news_against_background(text: str, salience: str) -> None:
    assert [e.salience for e in events(HEAD + text, "meeting")] == [salience]


def test_subtypes_of_talks_and_visits() -> None:
    assert _subtypes(
        "Canadian Foreign Minister John Baird spoke on the telephone with Chilean Foreign Minister Alfredo Moreno.",
        "meeting",
    ) == ["call"]
    assert _subtypes("Queen Elizabeth II began a four-day state visit to Ireland on Tuesday.", "visit") == [
        "state_visit"
    ]
    assert _subtypes("The President of Latvia will pay an official visit to Uzbekistan in June.", "visit") == [
        "official_visit"
    ]
    assert _subtypes("The President of Latvia is on a working visit to Uzbekistan.", "visit") == ["working_visit"]
