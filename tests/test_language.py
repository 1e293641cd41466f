"""Sentences: where they start and do not, offsets that are true in the document, and texts of any kind."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.language import Parsed, divide, forms_of, load, parse
from extract.model import Article, Document, Span
from extract.pieces import PIECE, plain, tokenized
from extract.sentences import SORTS, abbreviations


def article(text: str, paragraphs: tuple[Span, ...] | None = None, title: Span | None = None) -> Article:
    spans = paragraphs or (Span(0, len(text)),)
    return Article(Document("made_up.txt", text, "0"), 0, 0, len(text), spans, title)


def sentences(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in parse(divide(article(text))).sentences]


@pytest.mark.parametrize(
    "text",
    [
        "U.S. President Ann Lee met Gov. Tom Ray on Feb. 28 in Lima.",
        "The U.N. Security Council met on Monday.",
        "Lt. Gen. Omar Raza met John F. Kendall in Oslo.",
        "The U.S. delegation left for Nairobi.",
        "Sen. Ann Lee and Rep. Tom Ray left.",
    ],
)
def test_no_sentence_starts_after_an_abbreviation(text: str) -> None:
    assert sentences(text) == [text]


def test_sentences_of_plain_text() -> None:
    text = "The ministers met in Lima. They signed a treaty. It was Monday."
    assert sentences(text) == ["The ministers met in Lima.", "They signed a treaty.", "It was Monday."]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            'He said: "We met." ) Then Gov. Ray left the U.S. President.\nA line\nno. 4 and No. 5. John F. Kendall',
            ["0 He", "9 Then", "17 A", "27 John"],
        ),
        ("\n He went.  It rained", ["0   ", "5 It"]),
        ("A", ["0 A"]),
        ("", []),
        ("...\n\n.", ["0 ..."]),
        ('"We agree," she said. "The aid will come." Kenya will pay.', ['0 "', '8 "', "15 Kenya"]),
        ("the talks ended. both sides left. he stayed.", ["0 the", "4 both", "8 he"]),
        ("The talks ended. both sides left.", ["0 The"]),
        ("3. Emphasizes peace. 4. Calls for aid.", ["0 3", "2 Emphasizes", "5 4", "7 Calls"]),
        ("Minister Ann Lee\nTo the press", ["0 Minister", "3 To"]),
        ("After the talks the two ministers went on board of the\nVictoria, a ship.", ["0 After"]),
        ("She holds a B.A., a J.D., and S. Korea hails Acme Corp. Directors. Plan B. It works.", ["0 She", "16 Plan", "18 It"]),
        ("They left the U.S. The U.S. Strategy for Fiji is new.", ["0 They", "4 The"]),
    ],
)
def test_where_sentences_start_is_told_by_marks_words_and_lines(text: str, first: list[str]) -> None:
    doc, starts = tokenized(load(), text)
    assert [f"{i} {doc[i].text}" for i in starts] == first
    assert [sentence.start for sentence in doc.sents] == starts


def test_the_parser_keeps_to_the_sentences() -> None:
    text = "The ministers met the U.S. President. He left; they stayed: all of them. \"We agree,\" she said. \"We do.\""
    assert sentences(text) == [
        "The ministers met the U.S. President.", "He left; they stayed: all of them.", '"We agree," she said.', '"We do."'
    ]


def test_only_what_is_wanted_is_parsed_and_all_of_it_is_there() -> None:
    text = "Fiji exports fish. The ministers don't meet in Lima. It rained\nall day. They signed a treaty."
    one = article(text)
    told = [(s.start, s.end) for s in parse(divide(one)).sentences]
    parsed = parse(divide(one), lambda start, end: "minister" in text[start:end] or "treaty" in text[start:end])
    assert [(s.start, s.end) for s in parsed.sentences] == told
    assert [s.text for s in parsed.sentences] == [s.text for s in parse(divide(one)).sentences]
    assert [any(t.pos_ for t in s.span) for s in parsed.sentences] == [False, True, False, True]
    assert [t.lemma_ for t in parsed.sentences[1].span] == ["the", "minister", "do", "not", "meet", "in", "Lima", "."]
    for sentence in parsed.sentences:
        assert [text[sentence.offset_of(t) : sentence.end_of(t)] for t in sentence.span if not t.is_space] == [
            t.text for t in sentence.span if not t.is_space
        ]


def test_the_forms_of_a_lemma_are_those_that_the_model_brings_back_to_it() -> None:
    forms = forms_of({"meet", "visit", "sign", "fly", "speech", "say"})
    words = "meet meets met meeting visit visits visited visiting signs signed signing flies flew flown speeches said says"
    assert forms >= set(words.split())
    assert forms.isdisjoint({"see", "meat", "country", "saw"})


def test_curly_quotes_dashes_and_hard_spaces_keep_their_length() -> None:
    text = "“We agree” — said the\u00a0minister’s aide…"
    assert plain(text) == '"We agree" - said the minister\'s aide…'
    assert len(plain(text)) == len(text)


def test_no_sentence_straddles_two_paragraphs() -> None:
    text = "A treaty on fish\nThe ministers met in Lima"
    parsed = parse(divide(article(text, (Span(0, 16), Span(17, len(text))), Span(0, 16))))
    assert [(s.start, s.end, s.paragraph, s.is_title) for s in parsed.sentences] == [(0, 16, 0, True), (17, 42, 1, False)]
    assert [s.start for s in parsed.of_paragraph(1)] == [17]


def test_tokens_are_found_by_offsets_of_the_document() -> None:
    text = "Nothing here.\n\n“Peru” signed it."
    parsed = parse(divide(article(text, (Span(15, len(text)),))))
    sentence = parsed.sentence_at(text.index("signed"))
    assert sentence is not None
    token = sentence.token_at(text.index("signed") + 2)
    assert token is not None
    assert text[sentence.offset_of(token) : sentence.end_of(token)] == "signed"
    assert [t.text for t in sentence.tokens_in(text.index("Peru"), text.index(" it"))] == ["Peru", '"', "signed"]
    assert parsed.sentence_at(0) is None
    assert sentence.token_at(0) is None


def _check(text: str, parsed: Parsed) -> None:
    last = 0
    for sentence in parsed.sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        assert sentence.text.lower() == plain(text[sentence.start : sentence.end]).lower()
        last = sentence.end
        for token in sentence.span:
            # A line in capitals is read in title case, of the same length.
            assert plain(text)[sentence.offset_of(token) : sentence.end_of(token)].lower() == token.text.lower()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_offsets_are_true_in_any_text(text: str) -> None:
    _check(text, parse(divide(article(text))))


def test_a_paragraph_longer_than_a_piece_is_cut_at_a_sentence() -> None:
    text = "The ministers met in Lima and signed a treaty. " * (PIECE // 40)
    parsed = parse(divide(article(text)))
    _check(text, parsed)
    assert {text[s.start : s.end] for s in parsed.sentences} == {"The ministers met in Lima and signed a treaty."}


def test_a_long_run_without_blanks_takes_no_long_time() -> None:
    parse(divide(article("a b")))
    start = time.perf_counter()
    _check("x" * 30_000, parse(divide(article("x" * 30_000))))
    assert time.perf_counter() - start < 10


def test_table_of_abbreviations_loads() -> None:
    sorts = abbreviations()
    assert set(sorts) == set(SORTS)
    assert all(words for words in sorts.values())
    assert "u.s." in sorts["state"]
