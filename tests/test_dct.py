"""Creation times: which clues date an article, and how the articles of one document date one another."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import edtf
from extract.dating.dct import CreationTime, date_articles
from extract.dating.observances import anniversary_date, load_foundings, load_relations, load_sessions, session_years
from extract.dating.weights import clue_weights, year_weights
from extract.mentions.observance_days import load_observances
from extract.model import Article, Document
from extract.segment import find_dateline, split_paragraphs

BODY = (
    "The foreign ministers of Peru and Norway discussed trade, fisheries and the protection of the forests, and agreed "
    "that their officials would go on with the talks about a new treaty. Both sides were content with what was reached."
)


def articles(*texts: str, published: str | None = None, stated: tuple[str, ...] = ()) -> list[Article]:
    whole = "\n\n".join(texts)
    document = Document("x.txt", whole, hashlib.sha256(whole.encode()).hexdigest(), published=published, stated=stated)
    made, at = [], 0
    for index, text in enumerate(texts):
        end = at + len(text)
        paragraphs = tuple(p for p in split_paragraphs(whole) if at <= p.start < end)
        dateline = next((d for p in paragraphs[:4] if (d := find_dateline(whole, p))), None)
        made.append(Article(document, index, at, end, paragraphs, paragraphs[0], dateline))
        at = end + 2
    return made


def dated(text: str, published: str | None = None) -> CreationTime:
    (time,) = date_articles(articles(text, published=published))
    return time


HEADERS = [
    ("Ministers meet\n\n12 March 2019\n\n", "header"),
    ("Ministers meet\n\nTue, 12 Mar 2019 16:15:00 +0000\n\nOffice of the Spokesperson\n\n", "header"),
    ("---\ntitle: Ministers meet\ndate: '2019-03-12'\nmodified_time: 2019-03-20 10:00:00-04:00\n---\n\n", "header"),
    ("Ministers meet\n\nPosted on: March 12, 2019\n\n", "header"),
    ("REU20190312.0393\n NEWS STORY\n 03/12/2019 10:36:00\n\nMinisters meet\n\n", "header"),
    ("Ministers meet\n\nLIMA, March 12, 2019 (EFE) -- ", "dateline"),
    ("Ministers meet\nLIMA, March 12 , 2019 (EFE)\n\n", "dateline"),
    ("Ministers meet\n\nOn March 12, 2019, the ministers met. ", "explicit date"),
    ("Ministers meet\n\nLIMA, March 12, 2019. /EFE/. ", "dateline"),
    ("Letter of the minister to the parliament - LIMA, 12 MARCH 2019\n\nOn 3 March the ministers met. ", "header"),
    ("Notes of the cabinet of Peru for the press, 12 March 2019, first part\n\nOn 3 March they met. ", "explicit date"),
]


@pytest.mark.parametrize(("header", "basis"), HEADERS)
def test_full_dates_in_the_frame(header: str, basis: str) -> None:
    time = dated(header + BODY)
    assert (time.value, time.basis) == ("2019-03-12", basis)


def test_a_signature_at_the_end() -> None:
    time = dated(f"Ministers meet in Lima\n\n{BODY}\n\nMINISTRY OF FOREIGN AFFAIRS\n\nLima, 12 March 2019")
    assert (time.value, time.basis) == ("2019-03-12", "footer")


def test_a_later_change_counts_less_than_a_posting() -> None:
    time = dated(f"Ministers meet\n\n12 Mar 2019 Posted in Press releases\n\n{BODY}\n\nLast updated on 26 Nov 2021")
    assert time.value == "2019-03-12"


def test_an_hour_after_midnight_in_greenwich_is_the_day_before_in_washington() -> None:
    header = "Meeting with Peru\n\nWed, 13 Mar 2019 01:27:00 +0000\n\n{}\n\n"
    assert dated(header.format("Office of the Spokesperson") + BODY).value == "2019-03-12"
    assert dated(header.format("Ministry of Finance, Dublin") + BODY).value == "2019-03-13"


def test_a_dateline_without_year_takes_it_from_weekday_and_latest_year() -> None:
    # 28 February was a Wednesday in 2018 and 2024.
    text = "LIMA, Feb. 28 (EFE) -- Peru's foreign minister said on Wednesday that relations have grown since {}. " + BODY
    time = dated(text.format("2024"))
    assert (time.value, time.basis) == ("2024-02-28", "weekday with day and month")
    assert dated(text.format("2018")).value == "2018-02-28"


def test_a_recent_full_day_settles_the_year_of_a_dateline() -> None:
    text = f"LIMA, April 10 (EFE) -- The treaty that was signed in Oslo on March 28, 2019 entered into force. {BODY}"
    assert dated(text).value == "2019-04-10"


def test_a_year_that_nothing_settles_stays_unknown() -> None:
    time = dated(f"Ministers meet\n\nThe foreign minister of Peru underscored on Dec 30 the need for trade. {BODY}")
    assert time.value == "XXXX-12-30"
    assert dated(f"Ministers meet\n\n{BODY}") == CreationTime(
        "XXXX", "unknown", None, "nothing in the document tells when it was written"
    )


def test_a_day_that_is_not_the_texts_own_does_not_date_it() -> None:
    for opening in ("The minister, whose term expires on June 30, spoke. ", "After the June 30 attacks, they spoke. "):
        assert dated(f"Ministers meet\n\n{opening}{BODY}").value == "XXXX"


def test_an_encyclopaedia_is_not_dated_by_its_history() -> None:
    text = f"Relations were established on 9 July 1975. In 1998 and again in 2014 presidents met. {BODY}"
    assert dated(f"Peru–Norway relations\n\n{text}").value == "XXXX"


def test_weekday_and_attended_commemoration() -> None:
    """8 May 2025 was the Thursday before the victory's 80th anniversary, which Moscow marked on Friday 9 May."""
    text = (
        "MOSCOW\n\nRelations will go on, the president of Peru said here Thursday in talks with his host. " + BODY
        + " His host welcomed his attendance at the celebrations marking the 80th anniversary of the victory in the "
        "Great Patriotic War."
    )
    time = dated(text)
    assert (time.value, time.basis) == ("2025-05-08", "anniversary")
    assert time.evidence is not None
    assert "2025-05-09" in time.explanation


def test_an_anniversary_gives_the_year() -> None:
    text = f"Ministers meet\n\nThis year marks the 50th anniversary of diplomatic relations between China and Japan. {BODY}"
    assert dated(text).value == "2022"


def test_the_day_of_publication_dates_a_document_without_header() -> None:
    assert dated(f"Ministers meet\n\n{BODY}", published="2019-03-12").basis == "publication date"
    assert dated(f"Ministers meet\n\n11 March 2019\n\n{BODY}", published="2019-03-12").value == "2019-03-11"


@pytest.mark.parametrize(
    ("text", "stated", "value", "basis"),
    [
        ("", "2019-03-12", "2019-03-12", "list of documents"),
        # The header's own day, shortly before that of publication, is the day of writing.
        ("11 March 2019\n\n", "2019-03-12", "2019-03-11", "header"),
        ("LIMA, March 10 (EFE) -- ", "2019-03-12", "2019-03-10", "dateline"),
        # Any other day of the header was misread, or is that of another text: whoever states the date can see it.
        ("4 June 2017\n\n", "2019-03-12", "2019-03-12", "list of documents"),
        ("13 March 2019\n\n", "2019-03-12", "2019-03-12", "list of documents"),
        ("On March 11, 2019, the ministers met. ", "2019-03-12", "2019-03-12", "list of documents"),
        # A month or a year that is stated leaves room for the day that the text tells.
        ("11 March 2019\n\n", "2019-03", "2019-03-11", "header"),
        ("11 March 2019\n\n", "2018", "2018", "list of documents"),
        ("", "2019-03", "2019-03", "list of documents"),
        ("", "٢٠١٩", "2019", "list of documents"),
    ],
)
def test_a_date_in_the_list_of_documents(text: str, stated: str, value: str, basis: str) -> None:
    (time,) = date_articles(articles(f"Ministers meet\n\n{text}{BODY}", published=stated, stated=("published",)))
    assert (time.value, time.basis) == (value, basis)
    assert "list of documents" in time.explanation


def test_a_date_in_the_list_of_documents_settles_only_the_year_of_a_digest() -> None:
    texts = [f"Envoy in Lima for talks\n\nLIMA, March 10 (EFE) -- {BODY}", f"A summary of other talks\n\n{BODY}"]
    first, second = date_articles(articles(*texts, published="2019-03-12", stated=("published",)))
    assert first.value == "2019-03-10"
    assert second.basis != "list of documents"


def test_neighbours_settle_the_year_and_place_what_has_no_day() -> None:
    found = date_articles(articles(
        f"Envoy in Lima for talks\n\nOn February 27 the envoy met the minister in Lima. {BODY}",
        f"A summary of other talks\n\n{BODY}",
        f"Ministers meet in Oslo\n\n20 February 2024\n\n{BODY}",
        f"LIMA, Feb. 8 (EFE) -- They met. {BODY}",
    ))
    assert [time.value for time in found] == ["2024-02-27", "2024-02", "2024-02-20", "2024-02-08"]
    assert [time.basis for time in found] == ["neighbouring articles", "neighbouring articles", "header",
                                              "neighbouring articles"]


def test_evidence_is_a_passage_of_the_document() -> None:
    (article,) = articles(f"Ministers meet\n\n12 March 2019\n\n{BODY}")
    (time,) = date_articles([article])
    assert time.evidence is not None
    assert article.document.text[time.evidence.start : time.evidence.end] == "12 March 2019"


def test_no_articles_give_no_dates() -> None:
    assert date_articles([]) == ()


@pytest.mark.parametrize(
    ("text", "year"),
    [("the 74th session of the United Nations General Assembly", 2019), ("the 52nd session of the Human Rights Council", 2023),
     ("the 15th BRICS Summit", 2023), ("COP28", 2023), ("the 60th Munich Security Conference", 2024)],
)
def test_numbered_sessions(text: str, year: int) -> None:
    assert [found[-1] for found in session_years(text)] == [year]


@pytest.mark.parametrize("text", ["the 74th session of the Lima city council", "in the 21st century", "the 3rd meeting"])
def test_numbers_that_are_no_known_session(text: str) -> None:
    assert session_years(text) == []


def test_relations_need_exactly_one_pair_in_the_context() -> None:
    phrase = "diplomatic relations"
    assert anniversary_date(45, phrase) is None
    found = anniversary_date(45, phrase, "China and the United States mark")
    assert found is not None and found.year == 2024
    assert anniversary_date(45, phrase, "China, Japan and the United States mark") is None


def test_the_tables_load() -> None:
    assert len(load_observances()) > 30
    assert len(load_foundings()) > 60
    assert len(load_relations()) > 50
    assert load_sessions()
    assert set(clue_weights()) >= {"header line", "dateline", "lead"}
    assert {"accept", "margin"} <= set(year_weights())


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("Ministers meet (2019)", "2019"),
        ("Bulletin No. 7/2019", "2019"),
        ("Bulletin No. 7/20١9", edtf.UNKNOWN),
        ("News in brief, March 2019", "2019"),
        ("The 2019 talks on the river", edtf.UNKNOWN),
        ("How the ministers met in May 2019", edtf.UNKNOWN),
        ("Strategy for 2019", edtf.UNKNOWN),
    ],
)
def test_the_heading_gives_the_year_of_a_day_without_one(heading: str, year: str) -> None:
    expected = f"{year}-03-12"
    assert dated(f"{heading}\n\nLIMA, March 12 (EFE) -- {BODY}").value == expected


def test_items_of_one_day_share_their_year() -> None:
    first, second = f"LIMA, March 12, 2019 (EFE) -- {BODY}", f"LIMA, March 12 (EFE) -- In 2020 the port will open. {BODY}"
    assert [time.value for time in date_articles(articles(first, second))] == ["2019-03-12", "2019-03-12"]


PIECES = st.sampled_from(
    ["Lima", "LIMA, Feb. 29 (EFE) -- ", "on Thursday", "28 February 2023", "2024", "20٢4", "https://example.org/20١9/03/12", "date: 2019-02-29", "\n", "\n\n", "Posted 3 May", "03/04/2020", "the 80th anniversary of the end of the Second World War", "attended the ceremony marking", "© 2019", "They met. ", "this year", "Dec 30 to 2", "29 February", "the 74th session of the General Assembly", "February 28-29, 2023"]
)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=12).map(" ".join).filter(str.strip), min_size=1, max_size=4))
def test_every_article_gets_a_valid_date(texts: list[str]) -> None:
    made = articles(*texts)
    found = date_articles(made)
    assert len(found) == len(made)
    assert all(edtf.is_valid(time.value) and time.explanation for time in found)
    assert found == date_articles(made)
