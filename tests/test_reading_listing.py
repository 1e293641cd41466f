"""Which files paths name, what their documents are called, and what `documents.csv` says of them."""

import errno
import os
import zipfile
from pathlib import Path

import pytest

from extract.dating.dct import date_articles
from extract.model import Document, InputError
from extract.pipeline import digest_of, run
from extract.reading import digest, read_all, read_document
from extract.segment import segment
from extract.store import write_store

TEXT = "The foreign minister of Malawi met her Zambian counterpart in Lilongwe on Tuesday."


def _write(folder: Path, *names: str, text: str = TEXT) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def _names(*paths: Path | str) -> list[str]:
    return [document.name for document in read_all(paths).documents]


def test_a_document_is_named_by_its_way_below_the_folder(tmp_path: Path) -> None:
    _write(tmp_path / "docs", "a.txt", "b/a.txt", "b/c/d.md", ".hidden.txt", ".git/x.txt", "picture.png", "~$a.docx")
    assert _names(tmp_path / "docs") == ["a.txt", "b/a.txt", "b/c/d.md"]
    assert _names(tmp_path / "docs" / "b") == ["a.txt", "c/d.md"]
    assert _names(tmp_path / "docs" / "b" / "a.txt") == ["a.txt"]
    assert _names(tmp_path / "docs", tmp_path / "docs" / "a.txt") == ["a.txt", "b/a.txt", "b/c/d.md"], "each file once"


def test_names_that_would_be_the_same_are_lengthened_and_no_others(tmp_path: Path) -> None:
    _write(tmp_path, "2023/may/a.txt", "2024/may/a.txt", "2024/may/b.txt")
    assert _names(tmp_path / "2023" / "may", tmp_path / "2024" / "may") == ["2023/may/a.txt", "2024/may/a.txt", "b.txt"]
    assert _names(tmp_path / "2024" / "may", tmp_path / "2023" / "may") == ["2023/may/a.txt", "2024/may/a.txt", "b.txt"]


def test_patterns(tmp_path: Path) -> None:
    _write(tmp_path, "x/may/a.txt", "x/june/b.txt", "x/june/c.html", "x/.old/d.txt", "x/e.txt")
    assert _names(str(tmp_path / "x" / "*" / "*.txt")) == ["june/b.txt", "may/a.txt"]
    assert _names(str(tmp_path / "x" / "**" / "*.txt")) == ["e.txt", "june/b.txt", "may/a.txt"]
    assert _names(str(tmp_path / "x" / "ju*")) == ["june/b.txt", "june/c.html"]
    with pytest.raises(InputError, match="no file fits the pattern"):
        read_all([str(tmp_path / "*.pdf")])


def test_what_leads_to_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere: no such file or folder"):
        read_all([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="the folder holds no document"):
        read_all([tmp_path])


@pytest.mark.parametrize(("path", "reason"), [
    ("", "“” is no path"), ("file://", "“file://” is no path"), ("**foo/*.txt", r"\*\*foo/\*\.txt: cannot be used as a pattern"),
    ("**x", r"\*\*x: cannot be used as a pattern"), ("x" * 300, "File name too long"),
])
def test_what_is_no_path_and_no_pattern_is_refused(
    path: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, "a.txt")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=reason):
        read_all([path])


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that cannot be looked into, not even by who may look into all."""
    _write(tmp_path, "docs/a.txt", "docs/may/closed/b.txt")
    folder, scandir = tmp_path / "docs" / "may" / "closed", os.scandir

    def refusing(path: Path | str) -> object:
        if Path(path) == folder:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    return folder


@pytest.mark.parametrize("pattern", ["", "*", "**/*.txt"])
def test_a_folder_that_cannot_be_looked_into_is_listed(pattern: str, closed: Path) -> None:
    listing = read_all([str(closed.parents[1] / pattern)])
    assert [document.name for document in listing.documents] == ["a.txt"]
    assert [str(failure) for failure in listing.failures] == ["may/closed: cannot be read: Permission denied"]


@pytest.mark.parametrize("pattern", ["", "*.txt"])
def test_of_a_folder_that_is_given_it_is_an_error(pattern: str, closed: Path) -> None:
    with pytest.raises(InputError, match="closed: cannot be read: Permission denied"):
        read_all([str(closed / pattern)])


def test_a_folder_that_lies_too_deep_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, "a.txt")
    monkeypatch.chdir(tmp_path)
    for _ in range(20):
        Path("d" * 250).mkdir()
        os.chdir("d" * 250)
    (failure,) = read_all([tmp_path]).failures
    assert failure.document.startswith("ddd") and failure.reason == "cannot be read: File name too long"


def test_a_link_to_itself_costs_itself(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt")
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "folder.txt").symlink_to(tmp_path)
    listing = read_all([tmp_path])
    assert [document.name for document in listing.documents] == ["a.txt"]
    assert [str(failure) for failure in listing.failures] == ["self.txt: cannot be read: Too many levels of symbolic links"]


def test_documents_that_no_reader_reads_are_listed_and_not_passed_by(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "old.doc", "mail.eml", "style.css")
    assert [str(failure) for failure in read_all([tmp_path]).failures] == [
        "mail.eml: no reader for files of type .eml", "old.doc: no reader for files of type .doc",
    ]


def test_a_store_and_the_parts_of_a_saved_page_are_no_documents(tmp_path: Path) -> None:
    _write(tmp_path, "page.html", "page_files/frame.html", "other_files/a.txt")
    write_store(tmp_path / "store", run([tmp_path / "other_files"]))
    assert _names(tmp_path) == ["other_files/a.txt", "page.html"]


def test_a_name_that_is_no_utf8_can_be_stored(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(TEXT)
    store = run([tmp_path])
    assert [d.name for d in store.documents] == ["caf\ufffd.txt"]
    write_store(tmp_path / "store", store)


def test_archives(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in/a.txt", TEXT)
        archive.writestr("table.csv", f"id,text\nx,{TEXT}\n")
        archive.writestr("__MACOSX/in/a.txt", "junk")
        archive.writestr("old.doc", "junk")
        archive.writestr("documents.csv", "file,date\nin/a.txt,2019-05-14\ntable.csv#x,2019-05-15\n")
    listing = read_all([tmp_path])
    assert [(d.name, d.published) for d in listing.documents] == [
        ("z.zip/in/a.txt", "2019-05-14"), ("z.zip/table.csv#x", "2019-05-15"),
    ]
    assert [str(f) for f in listing.failures] == ["z.zip/old.doc: no reader for files of type .doc"]
    assert read_document(tmp_path / "z.zip" / "in" / "a.txt").text == TEXT
    with pytest.raises(InputError, match="name one of its 2 documents"):
        read_document(tmp_path / "z.zip")


@pytest.mark.parametrize("lists", ["z.zip", "."])
def test_a_line_about_a_file_that_is_not_in_the_archive_is_an_error(lists: str, tmp_path: Path) -> None:
    line = "gone.txt,2019\n"
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr(".hidden.txt", TEXT)
        if lists == "z.zip":
            archive.writestr("documents.csv", f"file,date\n.hidden.txt,2019\n{line}")
    if lists != "z.zip":
        (tmp_path / "documents.csv").write_text(f"file,date\nz.zip/.hidden.txt,2019\nz.zip/{line}")
    with pytest.raises(InputError, match=r"documents\.csv, line 3: there is no file .*z\.zip/gone\.txt") as error:
        read_all([tmp_path])
    assert "hidden" not in str(error.value)
    (tmp_path / "z.zip").write_bytes(b"broken")
    assert [failure.document for failure in read_all([tmp_path]).failures] == ["z.zip"]


def _dated(document: Document) -> tuple[str, str]:
    (time,) = date_articles(segment(document))
    return time.value, time.explanation


@pytest.mark.parametrize("sidecar", [
    ("documents.csv", "file,date,publisher,title,url\na.txt,14 May 2019,MFA Malawi,Ministers meet,https://mfa.example/1\nb/c.txt,2019-05,,,\n"),
    ("documents.csv", "file;publisher;date;title;url\r\n\"a.txt\";MFA Malawi;2019-05-14;Ministers meet;https://mfa.example/1\r\nb/c.txt;;2019-05;;\r\n"),
    ("documents.csv", 'FILE,"Date ", Publisher,Title,URL\na.txt,14 May 2019,MFA Malawi,Ministers meet,https://mfa.example/1\nb/c.txt,2019-05,,,\n'),
    ("documents.toml", '["a.txt"]\ndate = 2019-05-14\nPublisher = "MFA Malawi"\ntitle = "Ministers meet"\nurl = "https://mfa.example/1"\n\n'
                       '["b/c.txt"]\ndate = "2019-05"\n'),
])
def test_a_list_of_documents_beside_them(sidecar: tuple[str, str], tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "b/c.txt", "d.txt")
    before = read_document(tmp_path / "a.txt")
    (tmp_path / sidecar[0]).write_text(sidecar[1])
    first, second, third = read_all([tmp_path]).documents
    assert (first.text, first.title, first.publisher, first.url) == (TEXT, "Ministers meet", "MFA Malawi", "https://mfa.example/1")
    assert first.stated == ("published", "publisher", "title", "url")
    assert (second.published, second.stated, third.stated) == ("2019-05", ("published",), ())
    assert _dated(first) == ("2019-05-14", "2019-05-14 is told by: list of documents")
    assert read_document(tmp_path / "a.txt") == first, "a file alone is known as well as in its folder"
    assert first.sha256 != before.sha256


def test_the_list_wins_over_what_a_table_tells(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"id,text,date,publisher\n7,{TEXT},2018-01-01,Other\n")
    (tmp_path / "documents.csv").write_text("file,date\nt.csv#7,2019-05-14\n")
    (document,) = read_all([tmp_path]).documents
    assert (document.published, document.publisher, document.stated) == ("2019-05-14", "Other", ("published",))


def test_every_fault_of_a_list_is_named_with_its_line(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "b.txt")
    lines = ["file,date", "a.txt,2019-05-14", "a.txt,2019-05-15", "b.txt,03/04/2019", ",2019", "../c.txt,2019"]
    (tmp_path / "documents.csv").write_text("\n".join(lines))
    with pytest.raises(InputError) as error:
        read_all([tmp_path])
    said = [line.removeprefix(f"{tmp_path}/") for line in str(error.value).split("\n")]
    assert [line.partition(", ")[2][:40] for line in said] == [
        "line 3: a.txt is named already (" + str(tmp_path)[:8], "line 4: “03/04/2019” could be two days: ",
        "line 5: names no file", "line 6: '../c.txt' does not lie beside i",
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("documents.csv", "file,date\ngone.txt,2019\n", r"documents\.csv, line 2: there is no file .*gone\.txt"),
        ("documents.csv", "file,date\nt.csv#9,2019\n", r"documents\.csv, line 2: t\.csv has no row '9'"),
        ("documents.csv", "file,when\na.txt,2019\n", "knows no column 'when'; the columns are file, date, publisher"),
        ("documents.csv", "file,date\na.txt,2019,more\n", "line 2: has more fields than the heading"),
        ("documents.csv", 'file,title,date\na.txt,"Two\nlines",2019\n\na.txt,"a quote,2018\nb.txt,x,2018\n', r"documents\.csv: line 5: .*a quote is opened there that nothing closes"),
        ("documents.csv", 'file,title\na.txt,"a" b\n', r"documents\.csv: line 2: cannot be read as a table"),
        ("documents.csv", f"file,title\na.txt,{'x' * 200_000}\n", r"documents\.csv: line 2: .*field limit"),
        ("documents.csv", "file,date,Date\na.txt,2019,2018\n", r"documents\.csv: line 1: has two columns 'date'"),
        ("documents.toml", '["a.txt"]\ndate = 2019\nDate = 2018\n', "line 1: has two columns 'date'"),
        ("documents.toml", '["a.txt"]\ndate = nan\n', "line 1: column date: “nan” is no date"),
        ("documents.toml", '["a.txt"]\ntitle = ["x"]\n', r"line 1: column title: “\['x'\]” is no text"),
        ("documents.toml", '["a.txt"]\ndat = 2019\n', "line 1: knows no column 'dat'"),
        ("documents.toml", '["a.txt"]\ndate = 2019\n["a.txt"]\n', "is not TOML: .*line 3"),
        ("documents.toml", '["a.txt"]\ndate = 2019-01-01\n\n["gone.txt"]\n', "line 4: there is no file"),
        ("documents.toml", f'["a.txt"]\ndate = {"[" * 5000}', r"documents\.toml: is not TOML: .* too deep .*line 2"),
        ("documents.toml", f'["a.txt"]\ndate = {"9" * 5000}', r"documents\.toml: is not TOML: a number .*line 2"),
    ],
)
def test_a_fault_of_a_list_is_an_error(name: str, content: str, reason: str, tmp_path: Path) -> None:
    _write(tmp_path, "a.txt")
    (tmp_path / "t.csv").write_text(f"id,text\n7,{TEXT}\n")
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=reason):
        read_all([tmp_path])


def test_two_lists_about_one_file_are_a_fault(tmp_path: Path) -> None:
    _write(tmp_path, "b/a.txt")
    (tmp_path / "documents.csv").write_text("file,date\nb/a.txt,2019\n")
    (tmp_path / "b" / "documents.csv").write_text("file,date\na.txt,2019\n")
    with pytest.raises(InputError, match="is named already"):
        read_all([tmp_path])


def test_a_line_about_a_file_that_cannot_be_read_or_is_not_asked_for_is_no_fault(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "old.doc", "b.txt")
    (tmp_path / "documents.csv").write_text("file,date\nold.doc,2019\nb.txt,2018\n")
    assert len(read_all([tmp_path]).failures) == 1
    assert read_document(tmp_path / "a.txt").stated == ()


def test_a_table_of_texts_may_be_called_documents(tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_text(f"text,date\n{TEXT},2019\n")
    assert _names(tmp_path) == ["documents.csv#1"]


def test_the_digest_follows_files_names_and_lists(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "b/c.txt")
    seen = [digest_of([tmp_path])]
    for change in (lambda: (tmp_path / "a.txt").write_text("Zambia"), lambda: (tmp_path / "documents.csv").write_text("file,date\n"),
                   lambda: (tmp_path / "documents.csv").write_text("file,date\na.txt,2019\n"), lambda: (tmp_path / "a.txt").rename(tmp_path / "e.txt")):
        change()
        seen.append(digest_of([tmp_path]))
    assert len(set(seen)) == 5
    assert digest([tmp_path]) == digest([tmp_path])
