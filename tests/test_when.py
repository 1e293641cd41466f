"""When an act took place: each construction with examples and counter-examples, and what each date says it rests on."""

import pytest
from told import document, events, told

from extract import edtf
from extract.pipeline import annotate

HEAD = "LIMA, Oct. 8, 2015 (EFE) -- "
"""A dated report: 8 October 2015 was a Thursday."""
UNDATED = "The ministry keeps a record of its guests and of its journeys.\n\n"


def _dates(text: str, kind: str, country: str | None = None) -> list[str]:
    """Return the dates of a text's events of a kind, of those only in which a country takes part if it is given."""
    return [event.date for event in events(text, kind) if country in (None, *event.countries)]


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        # relative to the report's day
        ("Kenya and Ghana held talks today.", "meeting", "2015-10-08"),
        ("Kenya and Ghana held talks yesterday.", "meeting", "2015-10-07"),
        ("Kenya and Ghana held talks on Monday.", "meeting", "2015-10-05"),
        ("Kenya and Ghana held talks last Friday.", "meeting", "2015-10-02"),
        ("Kenya and Ghana held talks last November.", "meeting", "2014-11"),
        ("Kenya and Ghana held talks in August.", "meeting", "2015-08"),
        ("Kenya and Ghana held talks earlier this week.", "meeting", "2015-10-05/2015-10-08"),
        ("Kenya and Ghana held talks last week.", "meeting", "2015-09-28/2015-10-04"),
        ("Kenya and Ghana held talks two days ago.", "meeting", "2015-10-06"),
        ("Kenya and Ghana held talks last year.", "meeting", "2014"),
        # a month and day without a year
        ("Kenya and Ghana held talks on September 30.", "meeting", "2015-09-30"),
        ("Kenya and Ghana held talks on December 30.", "meeting", "2014-12-30"),
        # plans
        ("Kenya and Ghana will hold talks on December 30.", "meeting", "2015-12-30"),
        ("Kenya and Ghana will hold talks on Monday.", "meeting", "2015-10-12"),
        ("Kenya and Ghana will hold talks next month.", "meeting", "2015-11"),
        ("Kenya and Ghana will hold talks on Saturday and Sunday.", "meeting", "2015-10-10/2015-10-11"),
        # ranges
        ("Kenyan President Uhuru Kenyatta visited Ghana from September 29 to October 2.", "visit", "2015-09-29/2015-10-02"),
        ("Kenyan President Uhuru Kenyatta visited Ghana on Sept. 29-30, 2014.", "visit", "2014-09-29/2014-09-30"),
        ("Kenyan President Uhuru Kenyatta arrived in Ghana on Tuesday for a three-day visit.", "visit", "2015-10-06/2015-10-08"),
        # the last day and the length give the range
        ("Kenyan President Uhuru Kenyatta wound up a three-day visit to Ghana on Wednesday.", "visit", "2015-10-05/2015-10-07"),
        ("Kenyan President Uhuru Kenyatta left Accra on Wednesday, ending a three-day official visit to Ghana.", "visit", "2015-10-05/2015-10-07"),
        ("Kenyan President Uhuru Kenyatta concluded a four-day visit to Ghana on 2 May 2013.", "visit", "2013-04-29/2013-05-02"),
        ("Kenyan President Uhuru Kenyatta ended his visit to Ghana on Wednesday.", "visit", "2015-10-07"),
        # the present with a weekday looks ahead; the day before, and under a picture, it tells what was
        ("Kenyan President Uhuru Kenyatta flies to Ghana on Sunday.", "visit", "2015-10-11"),
        ("Kenyan President Uhuru Kenyatta leaves for Ghana on Tuesday.", "visit", "2015-10-13"),
        ("Photo: Kenyan President Uhuru Kenyatta visits Ghana on Sunday.", "visit", "2015-10-04"),
        ("Kenyan President Uhuru Kenyatta begins a visit to Ghana on Wednesday.", "visit", "2015-10-07"),
        ("Kenyan President Uhuru Kenyatta flew to Ghana on Sunday.", "visit", "2015-10-04"),
        # full dates of long ago, beside the news
        ("Kenya and Ghana established diplomatic relations on 12 May 1964.", "agreement", "1964-05-12"),
        # a feast
        ("Kenya and Ghana held talks on Christmas Day.", "meeting", "2014-12-25"),
    ],
)  # fmt: skip
def test_date_of_a_sentence(text: str, kind: str, date: str) -> None:
    assert _dates(HEAD + text, kind) == [date]


@pytest.mark.parametrize(
    ("text", "kind", "country", "date"),
    [
        # the expression belongs to the noun whose taking place it tells
        ("President Alan Garcia of Peru left for Quito on Friday to attend the summit of Andean states to be held there from November 12 to 13.", "meeting", "PER", "2015-11-12/2015-11-13"),
        ("The two-day talks between Kenya and Ghana will begin on Monday.", "meeting", "KEN", "2015-10-12/2015-10-13"),
        ("The visit of Kenyan President Uhuru Kenyatta to Ghana precedes October 21 talks between Kenya and Togo.", "meeting", "TGO", "2015-10-21"),
        # counted from another act of the sentence
        ("Chilean President Michelle Bachelet met Peruvian leaders on Tuesday, a day ahead of her visit to Ghana.", "visit", "GHA", "2015-10-07"),
        ("Peru and Chile signed an accord on Wednesday, two days after President Michelle Bachelet travelled to Ghana.", "visit", "GHA", "2015-10-05"),
        ("The remarks came days after Kenyan President Uhuru Kenyatta visited Ghana.", "visit", "GHA", "2015-09/2015-10"),
        # "said in a statement on Wednesday" is one act; its day is not that of the noun alone
        ("Ghanaian Foreign Minister Hanna Tetteh said in a statement on Wednesday that Togo was a friend.", "statement", "GHA", "2015-10-07"),
        # a forum within the name of a summit
        ("Kenyan President Uhuru Kenyatta began his visit to Ghana on October 1 and attended the Accra Summit of the Volta Forum held from October 4 to 5.", "meeting", "KEN", "2015-10-04/2015-10-05"),
        # a time that dates nothing gives way to the next
        ("Kenyan President Uhuru Kenyatta will go on October 21 to Ghana following the phone calls of a few months ago.", "visit", "GHA", "2015-10-21"),
        # the finer of two expressions
        ("One month later, from August 10 to 13, 2015, Kenyan President Uhuru Kenyatta paid a state visit to Ghana.", "visit", "GHA", "2015-08-10/2015-08-13"),
        # what is spoken of is not when it was said
        ("Ghanaian President John Mahama said on Wednesday that Togo had built a port in 2011.", "statement", "GHA", "2015-10-07"),
        ("The envoy of Togo, who came to Accra in 2004, met Ghanaian President John Mahama on Tuesday.", "meeting", "GHA", "2015-10-06"),
    ],
)  # fmt: skip
def test_which_act_a_date_belongs_to(text: str, kind: str, country: str, date: str) -> None:
    assert _dates(HEAD + text, kind, country) == [date]


def test_two_dates_and_two_acts() -> None:
    text = HEAD + "Kenyan President Uhuru Kenyatta met Ghanaian President John Mahama on Monday and visited Togo on Tuesday."
    assert _dates(text, "meeting") == ["2015-10-05"]
    assert _dates(text, "visit", "TGO") == ["2015-10-06"]


@pytest.mark.parametrize(
    ("text", "kind", "wrong"),
    [
        ("Chilean President Michelle Bachelet paid a visit to Peru following her re-election last year.", "visit", "2014"),
        ("Peru and Chile held talks, the first since relations were broken off in 2011.", "meeting", "2011"),
        ("Ghanaian President John Mahama said trade with Togo grew last year.", "statement", "2014"),
        ("Kenya and Ghana signed an agreement that runs until 2030.", "agreement", "2030"),
        ("Kenya and Ghana held talks on the Vision 2030 plan.", "meeting", "2030"),
        ("Kenya and Ghana will hold talks on Monday.", "meeting", "2015-10-05"),
    ],
)  # fmt: skip
def test_not_the_date_of_something_else(text: str, kind: str, wrong: str) -> None:
    assert wrong not in _dates(HEAD + text, kind)


@pytest.mark.parametrize(
    ("text", "kind", "country", "date"),
    [
        # the following day, the same day: counted from the act told before
        ("Kenya and Ghana held talks on 3 May 2013. The following day, Kenya and Togo signed an agreement.", "agreement", "TGO", "2013-05-04"),
        ("Kenya and Ghana held talks on 3 May 2013. On the same day, Kenya and Togo signed an agreement.", "agreement", "TGO", "2013-05-03"),
        ("Kenya and Ghana held talks on 3 May 2013. Two weeks later, Kenya and Togo signed an agreement.", "agreement", "TGO", "2013-05-13/2013-05-19"),
    ],
)  # fmt: skip
def test_counted_from_the_act_before(text: str, kind: str, country: str, date: str) -> None:
    assert _dates(UNDATED + text, kind, country) == [date]


@pytest.mark.parametrize(
    ("text", "kind", "country", "date"),
    [
        # soon after the arrival that was told before
        ("Kenyan President Uhuru Kenyatta arrived in Ghana on Tuesday for a three-day visit. He held talks with Ghanaian President John Mahama soon after his arrival.", "meeting", "GHA", "2015-10-06"),
        # talks of a dated visit; while it goes on, what is told as done is the news of the report's day
        ("Kenyan President Uhuru Kenyatta paid a visit to Ghana from September 20 to 23. During the visit, Kenyatta met Ghanaian President John Mahama.", "meeting", "GHA", "2015-09-20/2015-09-23"),
        ("Kenyan President Uhuru Kenyatta met Ghanaian President John Mahama in Accra. Kenyatta arrived in Ghana on Wednesday for a four-day visit.", "meeting", "GHA", "2015-10-08"),
        # what is still to come of a visit that has begun
        ("Kenyan President Uhuru Kenyatta arrived in Ghana on Wednesday. Kenyatta is due to meet Ghanaian President John Mahama.", "meeting", "GHA", "2015-10-07"),
        # a visit of which only meetings are dated
        ("Kenyan President Uhuru Kenyatta held talks with Ghanaian President John Mahama in Accra on Monday. This was his first visit to Ghana.", "visit", "GHA", "2015-10-05"),
        # the only day to come, the stage of a journey
        ("Kenyan Foreign Minister Amina Mohamed will attend a forum in Geneva from October 20 to 22. She will meet Ghanaian Foreign Minister Hanna Tetteh.", "meeting", "GHA", "2015-10-20/2015-10-22"),
        ("Kenyan Foreign Minister Amina Mohamed will travel to Togo on October 20. Mohamed will then travel to Ghana. On October 23, Mohamed will travel to Benin.", "visit", "GHA", "2015-10-20/2015-10-23"),
        # a gathering that another sentence dates
        ("Kenyan President Uhuru Kenyatta is in Lima for the mountain summit held on October 5 and 6. Leaders of Ghana, Togo and Benin attended the summit.", "meeting", "TGO", "2015-10-05/2015-10-06"),
        # news without a date of its own, told in the past: the day of the dateline
        ("Kenya and Ghana signed a treaty on fishing. Ghanaian Foreign Minister Hanna Tetteh said trade would grow.", "statement", "GHA", "2015-10-08"),
    ],
)  # fmt: skip
def test_date_told_elsewhere(text: str, kind: str, country: str, date: str) -> None:
    assert _dates(HEAD + text, kind, country) == [date]


@pytest.mark.parametrize(
    ("text", "kind", "country"),
    [
        # two days to come: neither is known to be the talks' own
        ("Kenyan Foreign Minister Amina Mohamed will travel to Togo on October 20. She will open a school on November 3. Mohamed will meet Ghanaian Foreign Minister Hanna Tetteh.", "meeting", "GHA"),
        # a plan never takes the day of its report
        ("Kenyan Foreign Minister Amina Mohamed will meet Ghanaian Foreign Minister Hanna Tetteh.", "meeting", "GHA"),
        # acts of before
        ("Ghana has repeatedly called on Togo to open the border.", "statement", "GHA"),
    ],
)  # fmt: skip
def test_never_the_articles_date_by_default(text: str, kind: str, country: str) -> None:
    assert _dates(HEAD + text, kind, country) == ["XXXX"]


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("Kenya and Ghana held talks on fishing.", "meeting", "XXXX"),
        ("Kenya and Ghana held talks on Tuesday.", "meeting", "XXXX"),
        ("Kenya and Ghana held talks recently.", "meeting", "XXXX"),
        ("Kenya and Ghana held talks on 30 December.", "meeting", "XXXX-12-30"),
        ("Kenya and Ghana held talks from 30 December to 2 January.", "meeting", "XXXX-12-30/XXXX-01-02"),
        ("Kenya and Ghana held talks in 2011.", "meeting", "2011"),
        ("Kenya and Ghana held talks in March 2011.", "meeting", "2011-03"),
    ],
)
def test_what_cannot_be_known_stays_unknown(text: str, kind: str, date: str) -> None:
    assert _dates(UNDATED + text, kind) == [date]


@pytest.mark.parametrize(
    ("text", "created"),
    [
        ("Date: Thu, 08 Oct 2015 14:20:00 -0500\n\nKenya and Ghana held talks in Accra on Wednesday, the ministry said in a statement.", "2015-10-08"),
        ("published: 2015-10-08T14:20:00Z\n\nKenya and Ghana held talks in Accra on Wednesday, the ministry said in a statement.", "2015-10-08"),
        ("ACCRA, Oct. 8 (GNA) -- Kenya and Ghana held talks on Thursday to mark the 70th anniversary of the end of World War II in Europe.", "2015-10-08"),
        ("ACCRA, Oct. 8 (GNA) -- Kenya and Ghana held talks on fishing.", "XXXX-10-08"),
        ("Kenya and Ghana held talks on fishing, said a press note of the ministry in Accra.", "XXXX"),
    ],
)  # fmt: skip
def test_date_of_an_article(text: str, created: str) -> None:
    (article,) = annotate(document(text))
    assert article.created.value == created


def test_year_of_a_digest_comes_from_its_neighbours() -> None:
    text = (
        "ACCRA, Oct. 6, 2015 (GNA) -- Kenya and Ghana held talks on fishing in the capital, and agreed to go on.\n\n"
        "LOME, Oct. 7 (ATOP) -- Togo and Benin signed an agreement on roads on Wednesday, the ministry of works said.\n\n"
        "NAIROBI, Oct. 8, 2015 (KNA) -- Kenya and Uganda held talks on water at the lake, and agreed to go on.\n"
    )
    assert _dates(text, "agreement", "TGO") == ["2015-10-07"]


def test_an_introduction_takes_the_date_of_its_reprint() -> None:
    body = "The two sides spoke of fishing, roads and schools, and of the many students who cross the border every year. "
    text = (
        "Ghana and Togo agree on fishing\n\n"
        f"The foreign ministers of Ghana and Togo held talks on the border. {body * 2}\n\n"
        "The following article was first published by the Ghana News Agency.\n\n"
        f"ACCRA, Oct. 8, 2015 (GNA) -- The foreign ministers of Ghana and Togo held talks on Thursday. {body * 2}\n\n"
        "Continue reading Ghana and Togo agree on fishing\n\n"
        "Benin opens a port\n\n"
        f"Benin has opened its new port. {body * 3}\n"
    )
    assert annotate(document(text))[0].created.value == "2015-10-08"


def test_an_introduction_that_tells_of_a_later_day_is_not_of_the_day_of_its_reprint() -> None:
    text = (
        "Ghana and Togo agree on fishing\n\n"
        "The foreign ministers of Ghana and Togo held talks on the border. On October 20, they signed a treaty there, which "
        "both parliaments have still to adopt; fishing is to begin when both have done so, and not before that.\n\n"
        "The following article was first published by the Ghana News Agency.\n\n"
        "ACCRA, Oct. 8, 2015 (GNA) -- The foreign ministers of Ghana and Togo held talks on Thursday.\n\n"
        "Continue reading Ghana and Togo agree on fishing\n\nBenin opens a port\n\nBenin has opened its new port.\n"
    )
    assert annotate(document(text))[0].created.value != "2015-10-08"


def test_the_act_of_the_lead_dates_the_news_of_a_page() -> None:
    told_then = "Kenyan President Uhuru Kenyatta visited Ghana on Wednesday. Ghanaian Foreign Minister Hanna Tetteh said it was good."
    assert _dates("8 Oct 2015\n\n" + told_then, "statement", "GHA") == ["2015-10-07"]


def test_then_is_no_word_of_looking_back() -> None:
    text = HEAD + "Kenya and Ghana then signed a treaty on fishing."
    assert set(_dates(text, "agreement")) == {"2015-10-08"}


def test_the_opening_tells_the_day_of_the_news() -> None:
    text = (
        "8 Oct 2015\n\nThe fishing treaty of the two states was adopted in the parliament of Ghana on Wednesday after a long "
        "debate, and will soon be law.\n\nTogolese Foreign Minister Robert Dussey said the treaty was fair.\n"
    )
    assert _dates(text, "statement", "TGO") == ["2015-10-07"]


def test_a_picture_does_not_date_its_article_to_the_day() -> None:
    text = "This picture taken on October 8, 2015 shows the harbour of Accra. Kenya and Ghana held talks on fishing there."
    assert annotate(document(text))[0].created.value == "2015-10"


def test_congratulations_are_sent_on_the_day_that_is_marked() -> None:
    text = (
        "Jordanian King Abdullah II and Israeli President Isaac Herzog exchanged congratulations on the 30th anniversary of "
        "the peace treaty between Israel and Jordan."
    )
    assert set(_dates(text, "statement")) == {"2024-10-26"}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya and Ghana held talks on Monday.",
        "Kenya and Ghana held talks last week. They agreed on fishing.",
        "Kenya and Ghana signed a treaty on fishing.",
        "Kenya and Ghana will hold talks next month.",
        "Kenya and Ghana held talks, it is said.",
    ],
)
def test_each_date_says_what_it_rests_on(text: str) -> None:
    for event in events(HEAD + text):
        assert edtf.is_valid(event.date)
        assert len(event.date_basis.split()) >= 3
        assert event.date_basis.isascii() or "“" in event.date_basis


def test_the_tense_of_the_verb_turns_the_weekday() -> None:
    past = told(HEAD + "Kenya and Ghana held talks on Tuesday.")
    ahead = told(HEAD + "Kenya and Ghana will hold talks on Tuesday.")
    assert {mention.date for mention in past} == {"2015-10-06"}
    assert {mention.date for mention in ahead} == {"2015-10-13"}


@pytest.mark.parametrize(
    ("header", "days", "date"),
    [
        ("10 March 2024", "27-29 February", "2024-02-27/2024-02-29"),
        ("12 March 2005", "27-29 February", "2004-02-27/2004-02-29"),
        ("10 March 2024", "25-31 February", "2024-02"),
    ],
    ids=["of a leap year", "of the leap year before", "days that no year has"],
)
def test_days_that_few_years_have(header: str, days: str, date: str) -> None:
    text = f"{header}\n\nPresident Konare of Mali met President Deby of Chad in Lome on {days}."
    assert [event.date for event in events(text)] == [date]


CALENDAR = "{heading}\n\n2 October. Kenyan Foreign Minister Amina Mohamed meets Ghanaian Foreign Minister Hanna Tetteh in Accra.\n\n6 October. Togo and Benin sign an agreement on rivers.\n\n9 October. Malian President Ibrahim Boubacar Keita visits Niger.\n"


@pytest.mark.parametrize(
    ("heading", "dates"),
    [
        ("THE MONTH ABROAD\nOctober 2013", ["2013-10-02", "2013-10-06", "2013-10-09"]),
        ("Calendar of our foreign relations, 2013 (extract)", ["2013-10-02", "2013-10-06", "2013-10-09"]),
        ("Bulletin No. 14/2013", ["2013-10-02", "2013-10-06", "2013-10-09"]),
        ("The year 2013 in foreign affairs", ["2013-10-02", "2013-10-06", "2013-10-09"]),
    ],
)
def test_the_heading_of_a_calendar_gives_its_year(heading: str, dates: list[str]) -> None:
    assert sorted(_dates(CALENDAR.format(heading=heading), kind)[0] for kind in ("meeting", "agreement", "visit")) == dates


@pytest.mark.parametrize("heading", ["Towards Vision 2030", "Relations of the two states, 1999-2013"])
def test_not_every_year_of_a_heading_is_that_of_its_calendar(heading: str) -> None:
    dates = [date for kind in ("meeting", "agreement", "visit") for date in _dates(CALENDAR.format(heading=heading), kind)]
    assert len(dates) == 3
    assert all(date.startswith(edtf.UNKNOWN) for date in dates)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("In 2009 the quarrel over the river began anew. On 3 May Kenya and Ghana held talks in Lome.", "2009-05-03"),
        ("In June 2009 the quarrel began anew. On 3 May Kenya and Ghana held talks in Lome.", "XXXX-05-03"),
        ("In 2009 the quarrel began anew.\n\nOn 3 May Kenya and Ghana held talks in Lome.", "XXXX-05-03"),
        ("It was quiet last week. In 2009 the quarrel began. On 3 May Kenya and Ghana held talks in Lome.", "XXXX-05-03"),
    ],
    ids=["later in the year", "earlier in the year", "another paragraph", "news"],
)
def test_in_a_text_without_a_date_the_year_runs_on(text: str, date: str) -> None:
    assert _dates(UNDATED + text, "meeting") == [date]


@pytest.mark.parametrize(("verb", "date"), [("condemns", "2015-10-09"), ("condemned", "2015-10-08")])
def test_what_a_text_says_itself_is_said_on_its_own_day(verb: str, date: str) -> None:
    page = f"Published: 9 October 2015\n\nKenya and Ghana held talks in Accra on Thursday about the borders of the two states and the trade in cattle across them, officials of both sides said after the meeting.\n\nTogo {verb} the attack on the embassy of Benin."
    assert _dates(page, "statement", "TGO") == [date]


@pytest.mark.parametrize(
    ("session", "date"),
    [
        ("the 74th session of the United Nations General Assembly", "2019-09-24"),
        ("the 42nd session of the Human Rights Council", "2019-09-24"),
        ("the 74th session of the Lima city council", "XXXX-09-24"),
        ("the third session of the workshop", "XXXX-09-24"),
    ],
    ids=["assembly", "council", "a city's", "a workshop's"],
)
def test_a_numbered_session_gives_the_year(session: str, date: str) -> None:
    text = f"Kenya at {session}\n\nKenyan President Uhuru Kenyatta met Togolese President Faure Gnassingbe on 24 September."
    assert _dates(text, "meeting", "TGO") == [date]


@pytest.mark.parametrize(
    ("verb", "status", "dates"),
    [
        ("met", "occurred", ("2015-05-03", "2015-10-06", "2015-03")),
        ("had met", "occurred", ("2015-05-03", "2015-10-06", "2015-03")),
        ("will meet", "planned", ("2016-05-03", "2015-10-13", "2016-03")),
        ("is to meet", "planned", ("2016-05-03", "2015-10-13", "2016-03")),
    ],
)
def test_the_authors_tense_turns_days_weekdays_and_months(verb: str, status: str, dates: tuple[str, ...]) -> None:
    for when, date in zip(("on 3 May", "on Tuesday", "in March"), dates, strict=True):
        (event,) = events(HEAD + f"Kenyan President Uhuru Kenyatta {verb} Togolese President Faure Gnassingbe {when}.")
        assert (event.status, event.date) == (status, date)
