"""Files that are broken or made to harm: each costs itself, with a reason, and no time or memory to speak of."""

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.cli import main
from extract.reading import READERS, read_all
from extract.reading.file import LONGEST_TEXT
from extract.store import read_store

FILES = Path(__file__).parent / "files"
TEXT = "The foreign minister of Malawi met her Zambian counterpart in Lilongwe on Tuesday."
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(12))
DOCTYPE = f"<!DOCTYPE x [{LAUGHS}]>"


def _reason(folder: Path, name: str, content: bytes) -> str:
    """Return why a file cannot be read; a good one beside it must be read all the same."""
    (folder / name).write_bytes(content)
    (folder / "good.txt").write_text(TEXT)
    begun = time.monotonic()
    listing = read_all([folder])
    assert time.monotonic() - begun < 20
    assert [document.name for document in listing.documents] == ["good.txt"]
    (failure,) = listing.failures
    assert failure.document == name
    return failure.reason


def _zip(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def _docx(document: str) -> bytes:
    with zipfile.ZipFile(FILES / "letter.docx") as good:
        return _zip(*((name, document.encode() if name == "word/document.xml" else good.read(name)) for name in good.namelist()))


def _empty_pdf() -> bytes:
    data, writer = io.BytesIO(), pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(data)
    return data.getvalue()


BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("a.pdf", lambda: (FILES / "letter.pdf").read_bytes()[:3000], "cannot be read as PDF"),
    ("a.pdf", (FILES / "locked.pdf").read_bytes, "is locked with a password"),
    ("a.pdf", lambda: b"not a PDF", "is no PDF, though its name says so"),
    ("a.pdf", lambda: b"%PDF-1.7\n" + b"\0\xff" * 500, "cannot be read as PDF"),
    ("a.pdf", _empty_pdf, "holds no text, perhaps only pictures"),
    ("a.docx", lambda: b"not a zip", "is damaged or of another type"),
    ("a.docx", lambda: (FILES / "letter.docx").read_bytes()[:4000], "is damaged or of another type"),
    ("a.docx", lambda: _zip(("a.txt", b"x")), "cannot be read as DOCX"),
    ("a.docx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is encrypted, or an old Word file"),
    ("a.docx", lambda: _zip(("word/document.xml", b" " * 30_000_000)), "is packed more than 200 to 1"),
    ("a.docx", lambda: _docx(f"<?xml version='1.0'?>{DOCTYPE}<x>&l11;</x>"), "cannot be read as DOCX"),
    ("a.html", lambda: b"<html><script>document.write('Malawi')</script></html>", "the page holds no text"),
    ("a.html", lambda: b" ", "the file is empty"),
    ("a.rss", lambda: b"<?xml version='1.0'?>" + DOCTYPE.encode() + b"<rss><title>&l11;</title></rss>", "declares entities"),
    ("a.rss", lambda: (DOCTYPE + "<rss>&l11;</rss>").encode("utf-16"), "declares entities"),
    ("a.rss", lambda: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss>&e;</rss>', "declares entities"),
    ("a.atom", lambda: b"<feed></feed>", "without entries"),
    ("a.parquet", lambda: b"PAR1" + b"\xff" * 100, "cannot be read as Parquet"),
    ("a.jsonl", lambda: b"", "has no column with texts"),
    ("a.csv", lambda: b'text\n"' + b"x" * 25_000_000 + b'"\n', "line 2: cannot be read as a table"),
    ("a.txt", lambda: b"x" * 51_000_000, "is larger than 50 MB"),
    ("a.txt", lambda: b"x\n" * (LONGEST_TEXT // 2 + 1), "its text has 5,000,002 characters; at most 5,000,000"),
    ("a.zip", lambda: b"PK\x03\x04 broken", "cannot be opened as a zip archive"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD, ids=[f"{name} {reason[:28]}" for name, _, reason in BAD])
def test_a_bad_file_costs_itself(name: str, content: Callable[[], bytes], reason: str, tmp_path: Path) -> None:
    assert reason in _reason(tmp_path, name, content())


def test_a_cell_that_is_too_long_costs_its_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'id,text\n1,{TEXT}\n2,"{"x " * 5_000_000}"\n3,{TEXT}\n')
    listing = read_all([tmp_path])
    assert [document.name for document in listing.documents] == ["a.csv#1", "a.csv#3"]
    assert [str(f) for f in listing.failures] == [
        "a.csv#2: its text has 10,000,000 characters; at most 5,000,000 are read of one document"
    ]


def test_archives_made_to_harm(tmp_path: Path) -> None:
    members = [("ok.txt", TEXT.encode()), ("../evil.txt", b"x"), ("/etc/evil.txt", b"x"), ("a/../../evil.txt", b"x"),
               ("..\\evil.txt", b"x"), ("C:/evil.txt", b"x"), ("bomb.txt", b" " * 30_000_000), ("inner.zip", _zip(("a.txt", b"x")))]
    (tmp_path / "z.zip").write_bytes(_zip(*members))
    listing = read_all([tmp_path])
    assert [document.name for document in listing.documents] == ["z.zip/ok.txt"]
    reasons = {failure.document.removeprefix("z.zip/"): failure.reason for failure in listing.failures}
    assert reasons.pop("bomb.txt").startswith("is packed more than 200 to 1")
    assert reasons.pop("inner.zip") == "no reader for files of type .zip"
    assert len(reasons) == 5 and set(reasons.values()) == {"its path leads out of the archive"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["z.zip"], "nothing was unpacked to the disk"


def test_members_that_are_locked_or_twice_there(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = bytearray(_zip(("a.txt", TEXT.encode()), ("a.txt", b"again"), ("b.txt", b"secret")))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag in the directory that says: encrypted
    (tmp_path / "z.zip").write_bytes(bytes(data))
    assert [str(failure) for failure in read_all([tmp_path]).failures] == [
        "z.zip/a.txt: another file of the archive has the same name", "z.zip/b.txt: is encrypted",
    ]


def test_nothing_in_a_page_is_run_fetched_or_shown_as_markup(tmp_path: Path) -> None:
    page = (f"<html><head><base href='http://evil.example/'><link rel=stylesheet href='x.css'><title>T</title></head><body>"
            f"<iframe src='http://evil.example'></iframe><img src=x onerror=alert(1)><p>{TEXT * 3}</p><p>{TEXT}</p>"
            "<script>document.write('The king of Tonga met the emperor of Japan.')</script><style>p{}</style></body></html>")
    (tmp_path / "a.html").write_text(page)
    (document,) = read_all([tmp_path]).documents
    assert TEXT in document.text
    assert not any(word in document.text for word in ("Tonga", "alert", "evil", "<", "p{}"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(READERS)), st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_survived(tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes) -> None:
    file = tmp_path_factory.mktemp("any") / f"a{suffix}"
    file.write_bytes(data)
    listing = read_all([file])
    for document in listing.documents:
        assert document.text.strip() and "\0" not in document.text
        document.text.encode()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["letter.docx", "letter.pdf", "page.html"]), st.integers(0, 30_000), st.binary(min_size=1, max_size=40))
def test_damaged_files_are_survived(tmp_path_factory: pytest.TempPathFactory, name: str, at: int, noise: bytes) -> None:
    data = (FILES / name).read_bytes()
    at %= len(data)
    file = tmp_path_factory.mktemp("any") / name
    file.write_bytes(data[:at] + noise + data[at + len(noise) :])
    read_all([file])


def test_failures_reach_the_command_line_and_the_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "good.txt").write_text(TEXT)
    (tmp_path / "docs" / "bad.pdf").write_bytes(b"no")
    (tmp_path / "docs" / "rows.jsonl").write_text(json.dumps({"text": TEXT, "id": 1}) + "\n" + json.dumps({"text": "", "id": "\x1b[2J"}))
    assert main(["extract", str(tmp_path / "docs"), "-o", str(tmp_path / "store"), "--by-rules", "--quiet"]) == 1
    said = capsys.readouterr().err
    assert "bad.pdf: is no PDF, though its name says so" in said and "rows.jsonl# [2J: holds no text" in said
    assert "\x1b" not in said
    assert [failure.document for failure in read_store(tmp_path / "store").failures] == ["bad.pdf", "rows.jsonl#\x1b[2J"]
