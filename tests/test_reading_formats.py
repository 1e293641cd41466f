"""Web pages, PDF and DOCX that other programs made (see files/README.md): their text, title, date, and what is left out."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import Document
from extract.pipeline import extract_events
from extract.reading import read_document
from extract.reading.file import File
from extract.reading.fragments import is_markup, text_of_fragment
from extract.reading.html import read_html
from extract.reading.pdf_layout import Line, paragraphs, without_repeated

FILES = Path(__file__).parent / "files"
OPENING = (
    "Kenya and Tanzania agree on a joint border post\n\n"
    "NAIROBI, 14 May 2019 — The Kenyan Foreign Minister, Monica Juma, received her Tanzanian counterpart, Palamagamba "
    "Kabudi, in Nairobi on Tuesday and discussed the opening of a joint border post at Namanga with him.\n\n"
    "The two ministers signed a memorandum of understanding on the movement of livestock across the common boundary. "
    "“We have waited for this for eleven years,” said Juma. Representatives of the intergovernmental authority attended.\n\n"
    "President Uhuru Kenyatta will travel to Dar es Salaam on 5 July to meet President John Magufuli, a spokeswoman of the "
    "Kenyan presidency announced after the talks. The preparations for the visit, which both administrations described as "
    "extraordinarily comprehensive, have begun.\n\n"
    "The well-known crossing is used by some four thousand travellers a day. Transportation companies have complained about "
    "considerable waiting times, and representatives of the agricultural associations of both countries demanded simplified "
    "veterinary certificates.\n\n"
    "In a separate communication, the Tanzanian High Commissioner thanked the Kenyan government for its humanitarian "
    "assistance after the floods of April. Infrastructural improvements along the north-eastern corridor are to be financed "
    "by the two neighbouring administrations together."
)
ITEMS = "- The border post opens in the autumn.\n\n- Customs officers of both states are trained together."
HEADER = "Ministry of Foreign Affairs"


@pytest.mark.parametrize("name", ["letter.docx", "letter.pdf", "columns.pdf"])
def test_paragraphs_come_whole_without_hyphens_headers_and_footers(name: str) -> None:
    text = read_document(FILES / name).text
    assert text.startswith(f"{OPENING}\n\n{ITEMS}")
    assert HEADER not in text and "Page 1" not in text


@pytest.mark.parametrize("name", ["letter.docx", "letter.pdf", "columns.pdf", "office.html"])
def test_one_text_gives_the_same_events_from_every_format(name: str) -> None:
    told = extract_events([Document("a.txt", OPENING, "0")])
    found = extract_events([read_document(FILES / name)])
    assert {(e.kind, e.date, e.countries) for e in told} <= {(e.kind, e.date, e.countries) for e in found}
    assert ("meeting", "2019-05-14", ("KEN", "TZA")) in {(e.kind, e.date, e.countries) for e in found}
    text = read_document(FILES / name).text
    assert all(text[s.start : s.end] == s.quote for event in found for s in event.sources)


def test_what_a_reader_did_is_kept() -> None:
    docx, pdf = read_document(FILES / "letter.docx"), read_document(FILES / "letter.pdf")
    assert (docx.reader, docx.encoding, docx.notes) == ("DOCX, by python-docx", None, ())
    assert pdf.reader == "PDF, by pypdf"
    assert pdf.notes[0].startswith("Headers and footers of its pages were left out, such as “Ministry of Foreign Affairs")
    assert "3 March 2018 | Arusha | Magufuli received Kenyatta" in docx.text


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("page.html", "UTF-8"), ("page-1252.html", "windows-1252"), ("page-utf16.html", "UTF-16 (byte order mark)"),
     ("page-mac.html", "Mac Roman (guessed)")],
)
def test_a_saved_page_in_several_encodings(name: str, encoding: str) -> None:
    page = read_document(FILES / name)
    assert page.text == read_document(FILES / "page.html").text
    assert page.text.startswith("Kenya and Tanzania agree on a joint border post\n\nNAIROBI — The Kenyan")
    assert "“We have waited for this for eleven years,” said Juma." in page.text
    assert "- Customs officers of both states are trained together in Arusha." in page.text
    assert (page.encoding, page.published, page.language) == (encoding, "2019-05-14", "en")
    assert (page.title, page.publisher) == ("Kenya and Tanzania agree on a joint border post", "Ministry of Foreign Affairs of Kenya")
    for other in ("Chad", "Visa fees", "All rights reserved", "Travel", "color"):
        assert other not in page.text


def test_a_page_of_an_office_program_tells_no_date_of_publication() -> None:
    assert read_document(FILES / "office.html").published is None


def test_a_printed_page_is_without_the_browsers_lines() -> None:
    page = read_document(FILES / "printed.pdf")
    assert "file://" not in page.text and "11/22/26" not in page.text
    assert "received her Tanzanian counterpart, Palamagamba Kabudi, in Nairobi on Tuesday" in page.text


BODY = "<p>" + "The ministers of Kenya and Tanzania met in Nairobi on Tuesday and spoke of the border. " * 6 + "</p>"


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ('<meta name="date" content="1987-06-12">', "", "1987-06-12"),
        ('<meta name="DC.date.issued" content="2031-10-22">', "", "2031-10-22"),
        ('<script type="application/ld+json">{"datePublished": "2019-05-14", "dateModified": "2020-01-01"}</script>', "", "2019-05-14"),
        ("", '<p class="article-date">14 May 2019</p>', "2019-05-14"),
        ("", '<time datetime="2019-05-14T18:00">14 May</time>', "2019-05-14"),
        # None of these is a statement on the page's own day.
        ("", "<p>On 3 March 2018 they had met in Arusha.</p>", None),
        ("", '<p class="last-modified-date">14 May 2019</p>', None),
        ("", '<aside><time datetime="2019-05-14">Other news</time></aside>', None),
        ("", "<footer><p>© 2016 Ministry</p></footer>", None),
        ('<link rel="canonical" href="https://mfa.example/2019/05/15/talks">', "", None),
    ],
)
def test_a_date_is_taken_only_where_the_page_states_it(head: str, body: str, date: str | None) -> None:
    markup = f"<html><head><title>Ministers meet</title>{head}</head><body><article><h1>Ministers meet</h1>{body}{BODY}</article></body></html>"
    (made,) = read_html(File("a.html", "/a.html", (), lambda most: markup.encode()))
    assert made.facts.published == date


def test_a_short_page_is_read_whole() -> None:
    markup = "<html><body><nav>Menu</nav><p>Kenya met Tanzania.</p><script>x()</script></body></html>"
    (made,) = read_html(File("a.html", "/a.html", (), lambda most: markup.encode()))
    assert (made.text, made.reader) == ("Kenya met Tanzania.", "HTML, whole text of the page")


def test_pieces_of_markup() -> None:
    markup = "<p>Kenya&nbsp;met <b>Tanz</b>ania.<br>Twice.</p><ul><li>one<li>two</ul><script>alert(1)</script>tail<!-- x -->"
    assert is_markup(markup) and not is_markup("a < b and c > d; x <y>")
    assert text_of_fragment(markup) == "Kenya met Tanzania.\nTwice.\n\n- one\n- two\n\ntail"


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=st.sampled_from("<>/pbrdiv &;!-\"'= \nAé"), max_size=120))
def test_any_markup_is_survived(markup: str) -> None:
    assert "\f" not in text_of_fragment(markup)


def _lines(*texts: str, up: float = 500.0, step: float = 14.0) -> list[Line]:
    return [Line(text, 50.0, up - step * at, 11.0) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("the two govern-", "ments of the north-", "eastern lakes agreed"), "the two governments of the north-eastern lakes agreed"),
        (("the Franco-", "German council, a non-", "binding vote"), "the Franco-German council, a non-binding vote"),
        (("a cease-fire held; the cease-", "fire of May was long"), "a cease-fire held; the cease-fire of May was long"),
        (("• the first point of the list", "• the second point of the list"), "- the first point of the list\n\n- the second point of the list"),
    ],
)
def test_divided_words_and_lists(lines: tuple[str, ...], text: str) -> None:
    assert paragraphs([_lines(*lines)]) == text


def test_paragraphs_without_space_between_them() -> None:
    """A last line that is short, or an indented first one, parts paragraphs; a heading of two lines is one."""
    heading = [Line("Kenya and Tanzania agree on a", 50, 600, 18), Line("joint border post", 50, 574, 18)]
    body = ["The ministers of Kenya and Tanzania met in Nairobi on", "Tuesday and spoke.", "The talks went on until the evening, and there was no",
            "statement after them, for the matter was too delicate."]
    short = [Line(text, 50, 540 - 13 * at, 11) for at, text in enumerate(body)]
    indented = [Line("Neither side was content with what had been reached so", 70, 488, 11), Line("far.", 50, 475, 11)]
    assert paragraphs([[*heading, *short, *indented]]).split("\n\n") == [
        "Kenya and Tanzania agree on a joint border post", "The ministers of Kenya and Tanzania met in Nairobi on Tuesday and spoke.",
        "The talks went on until the evening, and there was no statement after them, for the matter was too delicate.",
        "Neither side was content with what had been reached so far.",
    ]


def test_a_sentence_goes_on_over_the_page_and_a_year_at_its_end_stays() -> None:
    first = [*_lines("The ministers of Kenya and Tanzania, who met", "in Nairobi, will meet again in the spring of the year"),
             Line("7", 50.0, 40.0, 9.0)]
    second = [*_lines("2020", "and then once more."), Line("8", 50.0, 40.0, 9.0)]
    kept, left = without_repeated([first, second])
    assert left == ["7", "8"]
    assert paragraphs(kept).endswith("spring of the year 2020 and then once more.")
