"""Tables and feeds: which columns are understood, how rows are named, and what one faulty row costs."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import Document, InputError
from extract.reading import Listing, read_all, read_document
from extract.reading.columns import recognised
from extract.reading.stated_date import edtf_of

TEXT = "The foreign minister of Malawi met her Zambian counterpart in Lilongwe on Tuesday."


def _read(folder: Path, name: str, content: str | bytes) -> Listing:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_all([folder / name])


def _facts(document: Document) -> tuple[Any, ...]:
    return document.title, document.published, document.publisher, document.url, document.language


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_of_texts(separator: str, tmp_path: Path) -> None:
    rows = [["Doc ID", "Headline", "Body", "Pub_Date", "Source", "Link", "Lang"],
            ["m-7", "Ministers meet", f'"{TEXT}"', "14 May 2019", "MFA Malawi", "https://mfa.example/7", "en-GB"]]
    listing = _read(tmp_path, "news.csv", "\r\n".join(separator.join(row) for row in rows) + "\r\n")
    (document,) = listing.documents
    assert document.name == "news.csv#m-7"
    assert document.text == f"Ministers meet\n\n{TEXT}"
    assert _facts(document) == ("Ministers meet", "2019-05-14", "MFA Malawi", "https://mfa.example/7", "en")
    assert (document.reader, document.encoding, document.stated) == ("CSV, column Body", "UTF-8", ())
    assert read_document(tmp_path / "news.csv#m-7") == document


def test_a_faulty_row_costs_that_row(tmp_path: Path) -> None:
    content = f"id,text,date\n1,{TEXT},2019\n2,,2019\n3,{TEXT},03/04/2019\n1,again,2019\n5,{TEXT},n/a\n6,{TEXT},soon\n"
    listing = _read(tmp_path, "a.csv", content)
    assert [(d.name, d.published) for d in listing.documents] == [("a.csv#1", "2019"), ("a.csv#5", None)]
    assert [str(failure) for failure in listing.failures] == [
        "a.csv#1 (row 4): an earlier row has the same id",
        "a.csv#2: holds no text",
        "a.csv#3: column date: “03/04/2019” could be two days: write 2019-04-03 or 2019-03-04",
        "a.csv#6: column date: “soon” is no date; write it as 2019-03-12 (or 2019-03, or 2019)",
    ]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_row_without_an_id_does_not_take_that_of_another(suffix: str, tmp_path: Path) -> None:
    rows = [{"id": one, "text": TEXT} for one in ("1", "", "", "2", "07")]
    if suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    else:
        lines = map(json.dumps, rows) if suffix == ".jsonl" else ["id,text", *(f"{row['id']},{TEXT}" for row in rows)]
        (tmp_path / f"a{suffix}").write_text("\n".join(lines))
    listing = read_all([tmp_path])
    assert [d.name.partition("#")[2] for d in listing.documents] == ["07", "1", "2", "3", "row 2"]
    assert not listing.failures


def test_quotes_that_are_wrong_in_one_line_cost_that_row(tmp_path: Path) -> None:
    listing = _read(tmp_path, "a.csv", f'id,text\n1,"{TEXT}\nTwo ""lines""."\n\n2,"{TEXT}" he said\n3,{TEXT}\n4,"{TEXT}')
    assert [(d.name, d.text[-13:]) for d in listing.documents] == [("a.csv#1", 'Two "lines".'[-13:].rjust(13, "\n")), ("a.csv#3", TEXT[-13:])]
    assert [str(failure) for failure in listing.failures] == [
        "a.csv#2: line 5: cannot be read as a table (',' expected after '\"')",
        "a.csv#4: line 7: cannot be read as a table (a quote is opened there that nothing closes)",
    ]


@pytest.mark.parametrize(("rest", "reason"), [
    (f"3,{TEXT}\n", "a quote is opened there that nothing closes"), (f'3,"{TEXT}"\n', "',' expected after '\"', line 4"),
])
def test_a_quote_that_runs_on_ends_the_table(rest: str, reason: str, tmp_path: Path) -> None:
    listing = _read(tmp_path, "a.csv", f'id,text\n1,{TEXT}\n2,"{TEXT}\n{rest}')
    assert [d.name for d in listing.documents] == ["a.csv#1"]
    assert [str(failure) for failure in listing.failures] == [f"a.csv: line 3: cannot be read as a table ({reason})"]


def test_json_lines(tmp_path: Path) -> None:
    lines = [json.dumps({"content": TEXT, "published_at": "2019-05-14T08:00:00Z", "source": "MFA"}), "", "{broken",
             "[1]", json.dumps({"content": 5}), json.dumps({"content": "half a character: \ud800"})]
    listing = _read(tmp_path, "a.jsonl", "\n".join(lines))
    assert [d.name for d in listing.documents] == ["a.jsonl#1", "a.jsonl#6"]
    assert (listing.documents[0].published, listing.documents[0].publisher) == ("2019-05-14", "MFA")
    assert listing.documents[1].text == "half a character: ?"
    assert [str(f)[:28] for f in listing.failures] == [
        "a.jsonl#3: line 3: is not JS", "a.jsonl#4: line 4: is not a ", "a.jsonl#5: column content: i",
    ]


def test_parquet(tmp_path: Path) -> None:
    table = pa.table({"text": [TEXT, None], "date": [dt.date(2019, 5, 14), None], "id": [70, 71], "junk": [b"x", b"y"]})
    pq.write_table(table, tmp_path / "a.parquet")
    listing = read_all([tmp_path])
    assert [(d.name, d.published, d.reader) for d in listing.documents] == [("a.parquet#70", "2019-05-14", "Parquet, column text")]
    assert [str(failure) for failure in listing.failures] == ["a.parquet#71: holds no text"]


def test_a_value_of_parquet_that_python_cannot_hold_costs_its_row(tmp_path: Path) -> None:
    days = pa.array([18_000, 2**31 - 1, None], pa.int32()).view(pa.date32())
    pq.write_table(pa.table({"text": [TEXT] * 3, "id": ["x", "y", "z"], "date": days}), tmp_path / "a.parquet")
    listing = read_all([tmp_path])
    assert [(d.name, d.published) for d in listing.documents] == [("a.parquet#x", "2019-04-14"), ("a.parquet#z", None)]
    (failure,) = listing.failures
    assert str(failure).startswith("a.parquet#y: column date: holds a value that cannot be read (")


def test_a_time_zone_that_nobody_knows_is_told_once(tmp_path: Path) -> None:
    times = pa.array([0, 1], pa.timestamp("us", tz="Nowhere/Land"))
    pq.write_table(pa.table({"text": [TEXT] * 2, "date": times}), tmp_path / "a.parquet")
    assert [str(failure) for failure in read_all([tmp_path]).failures] == [
        "a.parquet: column date: knows no time zone 'Nowhere/Land'"
    ]


def test_a_table_without_texts_is_refused_with_its_columns(tmp_path: Path) -> None:
    for name, content in (("a.csv", "when,who\n1,2\n"), ("a.jsonl", '{"when": 1, "who": 2}\n')):
        (failure,) = _read(tmp_path, name, content).failures
        assert str(failure) == f"{name}: has no column with texts (text, body, content, article, …); its columns: when, who"


def test_the_first_usual_name_counts() -> None:
    assert recognised(["Content", "text", "TITLE", "full text"]) == {"text": "text", "title": "TITLE"}


def test_markup_in_a_table_is_taken_away_and_told(tmp_path: Path) -> None:
    (document,) = _read(tmp_path, "a.csv", f'text\n"<p>{TEXT}</p><script>alert(1)</script><p>Twice&nbsp;so.</p>"\n').documents
    assert document.text == f"{TEXT}\n\nTwice so."
    assert document.notes == ("The HTML in the text was taken away.",)


def test_a_row_in_another_language_is_refused_unless_it_reads_like_english(tmp_path: Path) -> None:
    french = "Le président du Sénégal a reçu son homologue de la Mauritanie à Dakar pour des entretiens sur la pêche. " * 5
    content = f'text,language\n"{french}",fr\n"{(TEXT + " ") * 9}",French\n"{TEXT}",sw\n'
    listing = _read(tmp_path, "a.csv", content)
    assert [str(f) for f in listing.failures] == ["a.csv#1: says that it is in French, and reads so; events are found in English alone"]
    assert [(d.language, d.notes) for d in listing.documents] == [
        ("fr", ("It says that it is in French, but reads like English.",)),
        ("sw", ("It says that it is in Swahili; events are found in English alone.",)),
    ]


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2019-05-14", "2019-05-14"), ("2019-05", "2019-05"), ("2019", "2019"), ("20190514", "2019-05-14"),
        ("2019/05/14", "2019-05-14"), ("2019-05-14T23:59:59-05:00", "2019-05-14"), ("2019-05-14 23:59", "2019-05-14"),
        ("14 May 2019", "2019-05-14"), ("May 14, 2019", "2019-05-14"), ("Tuesday, 14th May 2019, 10:30", "2019-05-14"),
        ("Sept. 3, 2019", "2019-09-03"), ("Tue, 14 May 2019 23:30:00 -0500", "2019-05-14"), ("14.05.2019", "2019-05-14"),
        ("14/05/2019", "2019-05-14"), ("05/14/2019", "2019-05-14"), ("05/05/2019", "2019-05-05"), ("May 2019", "2019-05"),
        (dt.datetime(2019, 5, 14, 23), "2019-05-14"), ("", None), ("N/A", None), (None, None),
    ],
)
def test_dates_as_people_write_them(written: object, edtf: str | None) -> None:
    assert edtf_of(written) == edtf


@pytest.mark.parametrize("written", ["03/04/2019", "31/02/2019", "2019-13-01", "yesterday", "14 May", "12", "0000-01-01", "99999"])
def test_what_is_no_date_or_two_is_refused(written: str) -> None:
    with pytest.raises(InputError):
        edtf_of(written)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dates(min_value=dt.date(1000, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%b %d, %Y", "%Y%m%d", "%d.%m.%Y"]))
def test_any_day_comes_back(day: dt.date, form: str) -> None:
    assert edtf_of(day.strftime(form)) == day.isoformat()


RSS = """<?xml version="1.0" encoding="{0}"?><rss version="2.0"><channel><title>MFA Malawi – News</title><language>en-gb</language>
<item><title>Ministers meet &amp;amp; talk</title><link>https://mfa.example/1</link><guid>g1</guid>
<pubDate>Tue, 14 May 2019 23:30:00 -0500</pubDate><description>&lt;p&gt;{1}&lt;/p&gt;&lt;p&gt;Twice.&lt;/p&gt;</description></item>
<item><title>No date</title><guid>g2</guid><description>{1}</description></item>
<item><title>Bad</title><guid>g3</guid><pubDate>soon</pubDate><description>{1}</description></item>
<item><guid>g1</guid><description>again</description></item></channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>MFA</title><entry>
<id>tag:mfa.example,2019:1</id><title>Ministers meet</title><link href="https://mfa.example/1"/><published>2019-05-14T23:30:00-05:00</published>
<updated>2020-01-01T00:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content>
</entry></feed>"""


@pytest.mark.parametrize("codec", ["utf-8", "windows-1252"])
def test_an_rss_file(codec: str, tmp_path: Path) -> None:
    listing = _read(tmp_path, "feed.xml", RSS.format(codec, TEXT).encode(codec))
    first, second = listing.documents
    assert (first.name, second.name) == ("feed.xml#g1", "feed.xml#g2")
    assert first.text == f"Ministers meet & talk\n\n{TEXT}\n\nTwice."
    assert _facts(first) == ("Ministers meet & talk", "2019-05-14", "MFA Malawi – News", "https://mfa.example/1", "en")
    assert (first.reader, second.published) == ("RSS, one entry", None)
    assert [failure.document for failure in listing.failures] == ["feed.xml#g1 (entry 4)", "feed.xml#g3"]


def test_an_entry_without_an_id_does_not_take_that_of_another(tmp_path: Path) -> None:
    items = f"<item><description>{TEXT}</description></item>" * 2 + f"<item><guid>2</guid><description>{TEXT}</description></item>"
    listing = _read(tmp_path, "feed.rss", f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>')
    assert [d.name for d in listing.documents] == ["feed.rss#1", "feed.rss#2", "feed.rss#entry 2"]


def test_an_atom_file(tmp_path: Path) -> None:
    (entry,) = _read(tmp_path, "feed.atom", ATOM).documents
    assert (entry.name, entry.reader) == ("feed.atom#tag:mfa.example,2019:1", "Atom, one entry")
    assert entry.text == f"Ministers meet\n\n{TEXT}"
    assert _facts(entry) == ("Ministers meet", "2019-05-14", "MFA", "https://mfa.example/1", None)


def test_other_xml_is_no_feed(tmp_path: Path) -> None:
    (failure,) = _read(tmp_path, "a.xml", "<article><p>Malawi</p></article>").failures
    assert failure.reason == "is neither RSS nor Atom; of XML files only feeds are read"


def test_the_digest_of_a_row_follows_all_that_is_known_of_it(tmp_path: Path) -> None:
    def digest(row: str) -> str:
        return _read(tmp_path, "a.csv", f"id,text,date,note\n{row}\n").documents[0].sha256

    one = digest(f"1,{TEXT},2019-05-14,x")
    assert digest(f"1,{TEXT},2019-05-14,y") == one, "a column that is not read is of no matter"
    assert len({one, digest(f"1,{TEXT},2019-05-15,x"), digest(f"1,{TEXT} So.,2019-05-14,x")}) == 3
