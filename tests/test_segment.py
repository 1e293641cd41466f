"""Segmentation: paragraphs, headlines, datelines, and the items of a digest."""

import hashlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Document, Span
from extract.segment import find_dateline, is_headline, segment, split_paragraphs


def _document(text: str) -> Document:
    return Document("a.txt", text, hashlib.sha256(text.encode()).hexdigest())


def _paragraphs(text: str) -> list[str]:
    return [text[p.start : p.end] for p in split_paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        (
            "The envoy spoke while\nvisiting Lima. He left\non Monday.",
            ["The envoy spoke while\nvisiting Lima. He left\non Monday."],
        ),
        ("LIMA, Peru\nThe envoy of Chile came on Monday.", ["LIMA, Peru", "The envoy of Chile came on Monday."]),
        (
            "name: A. Diplomat\nstart-date: 2001-02-03\ncountry: Malta",
            ["name: A. Diplomat", "start-date: 2001-02-03", "country: Malta"],
        ),
        ("Talks:\n- with Peru\n- with Chile", ["Talks:", "- with Peru", "- with Chile"]),
        ("  \n \n", []),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert _paragraphs(text) == expected


@given(st.text(alphabet="aB .,:\n-\t“”é", max_size=300))
def test_paragraphs_cover_all_visible_text(text: str) -> None:
    spans = split_paragraphs(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    outside = list(text)
    for span in spans:
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        outside[span.start : span.end] = [""] * (span.end - span.start)
    assert not "".join(outside).strip()


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("NAIROBI, Aug. 4 (Reuters) — Kenya said", "NAIROBI"),
        ("ACCRA, Ghana, March 3 (AP) -- The", "ACCRA, Ghana"),
        ("July 12 (Xinhua) — Ambassadors of", None),
        ("Lisbon, February 27th—The minister", "Lisbon"),
        ("TOKYO (Kyodo) -- Japan", "TOKYO"),
    ],
)
def test_dateline(line: str, place: str | None) -> None:
    dateline = find_dateline(line, Span(0, len(line)))
    assert dateline is not None
    assert dateline.place == place


@pytest.mark.parametrize(
    "line", ["Nairobi is a city.", "On Aug. 4 the two met (again) in Nairobi", "In March 2003 (a Monday) it rained"]
)
def test_no_dateline(line: str) -> None:
    assert find_dateline(line, Span(0, len(line))) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Chile and Peru to hold border talks", True),
        ("The minister left on Monday.", False),
        ("“We will see” is all he said", False),
        ("subject: talks in Lima today", False),
        ("Talks", False),
    ],
)
def test_headline(line: str, expected: bool) -> None:
    assert is_headline(line, Span(0, len(line))) is expected


def test_a_report_is_one_article() -> None:
    text = "Chile and Peru hold talks\n\n" + "\n\n".join(
        f"The ministers spoke about point {n} at length." for n in range(9)
    )
    (article,) = segment(_document(text))
    assert article.title == Span(0, 25)
    assert len(article.paragraphs) == 10


def test_a_digest_is_cut_at_its_datelines_and_headlines() -> None:
    body = (
        "The two ministers spoke for an hour about the border, about trade and about fishing rights in the north, " * 2
        + "and left."
    )
    text = (
        f"Chile and Peru hold talks\n\nLIMA, May 3 (EFE) -- {body}\n\n"
        f"Ghana and Togo open a bridge\n\nLOME, May 4 (EFE) -- {body}\n\n"
        f"Oman, May 5 (EFE) -- {body}\n"
    )
    articles = segment(_document(text))
    assert [a.dateline.place for a in articles if a.dateline] == ["LIMA", "LOME", "Oman"]
    assert articles[1].title is not None
    assert text[articles[1].title.start : articles[1].title.end] == "Ghana and Togo open a bridge"
    assert [a.index for a in articles] == [0, 1, 2]


def test_articles_hold_every_paragraph() -> None:
    text = "Head one here\n\nMay 3 (EFE) -- Body one.\n\nContinue reading Head one here\n\nHead two here now\n\nMay 4 (EFE) -- Body."
    articles = segment(_document(text))
    assert [p for a in articles for p in a.paragraphs] == split_paragraphs(text)
    assert len(articles) == 2
