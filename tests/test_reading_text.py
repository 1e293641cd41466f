"""Plain text: what encoding it is taken for, what is mended in it, and what stays as it is to the byte."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import InputError
from extract.reading import read_all, read_document
from extract.reading.encoding import decode
from extract.reading.text import mend, unwrapped, without_entities

SEEDS = Path(__file__).parents[1] / "seeds"
PROSE = (
    "LIMA, 14 May – Peru’s foreign minister met his Chilean counterpart on Tuesday. “We have agreed,” he said — the talks "
    "in São Paulo and Yaoundé cost €5 million.\n"
)


def test_the_seeds_are_read_byte_for_byte() -> None:
    documents = read_all([SEEDS]).documents
    assert len(documents) == 5
    for document in documents:
        data = (SEEDS / document.name).read_bytes()
        assert document.text.encode() == data
        assert document.sha256 == hashlib.sha256(data).hexdigest()
        assert (document.encoding, document.notes, document.reader) == ("UTF-8", (), "Plain text")


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 (byte order mark)"), ("utf-16", "UTF-16 (byte order mark)"),
        ("utf-32", "UTF-32 (byte order mark)"), ("utf-16-le", "UTF-16 (guessed)"), ("utf-16-be", "UTF-16 (guessed)"),
        ("cp1252", "windows-1252 (guessed)"), ("mac_roman", "Mac Roman (guessed)"),
    ],
)
def test_an_encoding_is_told_or_guessed_and_kept(codec: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(PROSE.encode(codec))
    document = read_document(tmp_path / "a.txt")
    assert (document.text, document.encoding) == (PROSE, name)


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        ("Polish President Lech Wałęsa met Czech President Václav Havel in Kraków; Šefčovič came too. " * 3, "cp1250", "windows-1250"),
        ("Президент Казахстана встретился с президентом Узбекистана в Астане во вторник. " * 5, "cp1251", "cp1251"),
        ("肯尼亚总统与坦桑尼亚总统星期二在内罗毕举行会谈，双方就边境贸易交换了意见。" * 5, "gb18030", "gb18030"),
    ],
)
def test_other_scripts_are_guessed_where_they_fit(text: str, codec: str, name: str) -> None:
    assert decode(text.encode(codec)) == (text, f"{name} (guessed)")


@pytest.mark.parametrize("data", [b"\xff", b"caf\xe9", bytes(range(128, 256)) * 4, b"\x81\x8d\x8f\x90\x9d" * 9])
def test_what_cannot_be_told_is_refused_with_its_byte(data: bytes) -> None:
    with pytest.raises(InputError, match=r"byte \d+: not UTF-8 text .* cannot be told"):
        decode(data)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=200),
       st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_comes_back_as_it_was(text: str, codec: str) -> None:
    assert decode(text.encode(codec))[0] == text


_TELLING = "the minister’s “talks” – in São Tomé, Côte d’Ivoire and Curaçao … cost €5 at the café; Müller, Peña agreed"
_WORDS = st.lists(st.sampled_from(_TELLING.split()), min_size=5, max_size=80)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(_WORDS)
def test_english_from_windows_comes_back_as_it_was(words: list[str]) -> None:
    text = f"The foreign ministers met in the capital and spoke of trade and of the border. {' '.join(words)}"
    assert decode(text.encode("cp1252"))[0] == text


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("with&nbsp;President Chakwera", "with President Chakwera"),
        ("Malawi&rsquo;s &ldquo;friends&#8221; &#x2013; S&amp;T", "Malawi’s “friends” – S&T"),
        ("R&D; a & b; &unknownthing; &#0; &QC;", "R&D; a & b; &unknownthing; &#0; &QC;"),
    ],
)
def test_codes_of_web_pages(written: str, plain: str) -> None:
    assert without_entities(written) == plain


def _wrapped(text: str, width: int) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


PARAGRAPH = (
    "The foreign ministers of Malawi and Zambia met in Lilongwe on Tuesday, and agreed that their officials would go on "
    "with the talks about the railway to the coast. Both sides were content with what was reached, a spokesman said. "
    "The president of Malawi will visit Lusaka in the second week of June, at the invitation of his counterpart there."
)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_lines_broken_at_one_width_are_joined_and_nothing_moves(width: int) -> None:
    text = "\n\n".join(["Ministers meet in Lilongwe", _wrapped(PARAGRAPH, width), _wrapped(PARAGRAPH, width)])
    assert unwrapped(text) == "\n\n".join(["Ministers meet in Lilongwe", PARAGRAPH, PARAGRAPH])
    assert len(unwrapped(text)) == len(text)
    assert mend(text)[1] == ("Lines that were broken at one width were joined.",)


def test_lines_that_a_writer_broke_stay() -> None:
    listed = "\n".join(f"{day} May 2019: talks with the minister of {what} of Zambia" for day, what in
                       enumerate(("trade", "agriculture and fisheries", "health", "defence", "the interior", "water", "roads"), 1))
    for text in (listed, "Dear Minister,\nthank you.\nYours,\nA. Banda\nLilongwe\nMalawi\nAfrica", f"{PARAGRAPH}\n" * 9):
        assert mend(text) == (text, ())


def test_a_list_in_a_wrapped_text_keeps_its_items() -> None:
    items = "\n".join(f"- {_wrapped(PARAGRAPH[:100], 68)}" for _ in range(2))
    assert unwrapped(f"{_wrapped(PARAGRAPH * 2, 70)}\n\n{items}").count("\n- ") == 2


def test_what_was_mended_is_kept_with_the_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Malawi&rsquo;s president met&nbsp;Zambia&rsquo;s.")
    document = read_document(tmp_path / "a.txt")
    assert document.text == "Malawi’s president met Zambia’s."
    assert document.notes == ("Codes of web pages (such as “&nbsp;”) were replaced by their characters.",)


def test_another_language_is_noted(tmp_path: Path) -> None:
    text = "Le président du Sénégal a reçu son homologue de la Mauritanie à Dakar pour des entretiens sur la pêche. " * 8
    (tmp_path / "a.txt").write_text(text)
    assert read_document(tmp_path / "a.txt").notes == ("It does not read like English; events are found in English alone.",)
