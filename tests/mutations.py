"""Files made to harm, each from a number alone: mutations of the seeds, written in all formats, broken and disguised.

`python -c "from mutations import file; print(file(1, 17))"` in this folder shows the 17th of the first series.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
DATES = (
    "31 February 2023", "February 30, 2024", "29 February 2023", "June 31", "32 March 2019", "0 May 2020", "99 June",
    "1 January year 99999", "5 May 99999", "0000-00-00", "2019-13-45", "12/31/99999", "31.02.2021", "1 January 0001",
    "9999-12-31", "29 Feb. 1900", "Monday, 99 Nov.", "the 10000000000th anniversary", "9" * 400 + " days ago",
    "in 99999999999999 years", "two million years later", "March 0, 0000", "2019-02-29T25:61:61Z", "April 31 to June 31",
    "from 5 to 3 March 2019", "31-30 September 2020", "²⁰ March ²⁰¹⁹", "٣١ March ٢٠١٩", "１２ March ２０１９", "next Monday last week",
    "the 0th of May", "1 March 2019 2 March 2018 3 March", "year 0", "year -5", "Sept 31st, 20000", "1" * 5000,
    "the 366th day of 2023", "24:00 on 31 December 9999", "15 March -2019", "last 29 February", "every 31st of June",
)
SCRIPTS = ("عقد الرئيس محادثات في القاهرة يوم الاثنين", "פגישה בירושלים ביום שני", "习近平主席会见了来访的总统。", "सोमवार को नई दिल्ली में बैठक हुई",
           "Президент встретился с министром в Москве", "การประชุมเมื่อวันจันทร์", "회담이 서울에서 열렸다", "Συνάντηση στην Αθήνα", "🇳🇴🤝🇲🇼👩‍👩‍👧‍👦")
ODD = ("\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u0301", "\u0301" * 50, "\u2028",
       "\u2029", "\u0085", "\x0b", "\x0c", "\x1b[31m", "\x07", "\x08", "\x1c", "\x7f", "\u00a0", "\u3000", "\ufffd", "\ufffe", "\U000e0041",
       "\U0010ffff", "İ", "ß", "ŉ", "ﬃ", "ǅ", "\u0130", "\u0345", "ſ", "K")
MARKS = ("(", ")", "[", "]", "“", "”", '"', "'", "’", "«", "--", "—", "…", "...", ".", "?!", ";", ":", "|", "\t", "*", "#", "##", "> ", "- ",
         "1. ", "&amp;", "&#0;", "&#x110000;", "&#55296;", "&lt;b&gt;", "<b>", "</p>", "<!--", "{{", "$x^2$", "http://", "www.", "@", "%s", "\\")
PIECES = ("LILONGWE, March 4, 2019 (Reuters) - ", "President of the President of the ", "Mr ", "H.E. ", "met with ", "will visit ", "signed an agreement with ",
          "on behalf of ", "and ", ", ", "the the the ", "date: ", "start_date: 2019-02-31\n", "country: \n", "## ", "* * *\n", "Continue reading\n",
          "The following article was published ", "Georgia ", "Jordan ", "Chad ", "Congo ", "Ivory Coast ", "U.S. ", "he ", "between ", "cancelled ", "not ")


@cache
def seeds() -> tuple[str, ...]:
    """Return the texts that are mutated: the seeds, and a few lines of the sorts that they have not."""
    texts = [path.read_text() for path in sorted((ROOT / "seeds").glob("*.txt"))]
    log = "".join(f"trip: {n}\nstart_date: 2019-0{n}-04\nend_date: 2019-0{n}-06\nname: Banda, Jane\nlocation: Oslo, Norway\n\n" for n in range(1, 9))
    table = "".join(f"2019-0{n}-04 | Kenya | Oslo | talks with the prime minister of Norway\n" for n in range(1, 9))
    feed = "".join(f"Malawi and Zambia sign treaty no. {n} - {n} March 2019 - Example Times\n" for n in range(1, 20))
    return (*texts, log * 3, table * 4, feed * 2)


def _piece(random: Random) -> str:
    text = random.choice(seeds())
    size = random.choice((0, 1, 40, 300, 800, 1500, 3000, 6000))
    start = random.randrange(len(text))
    return text[start : start + size]


def _at_places(text: str, random: Random, things: tuple[str, ...], most: int = 12) -> str:
    for _ in range(random.randrange(1, most)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(things) * random.choice((1, 1, 1, 2, 30)) + text[at:]
    return text


def _dated(text: str, random: Random) -> str:
    words = text.split(" ")
    for _ in range(random.randrange(1, 10)):
        words.insert(random.randrange(len(words) + 1), random.choice(("on ", "", "since ", "from ", "(", "\n")) + random.choice(DATES))
    return " ".join(words)


def _shuffled(text: str, random: Random) -> str:
    mark = random.choice((" ", "\n", ". ", ""))
    parts = text.split(mark) if mark else list(text)
    random.shuffle(parts)
    return mark.join(parts)


def _respelt(text: str, random: Random) -> str:
    shift = random.choice((0xFEE0, 0x1D400 - 0x41, 0x0410 - 0x41, 0x03B1 - 0x61, 0xE0000))
    return "".join(chr(ord(char) + shift) if char.isascii() and char.isalnum() and random.random() < 0.5 else char for char in text)


def _repeated(text: str, random: Random) -> str:
    start = random.randrange(len(text) + 1)
    unit = text[start : start + random.choice((1, 3, 10, 60))] or random.choice(PIECES)
    return text + unit * (random.choice((50, 400, 4000)) // len(unit) + 1)


TEXTS: tuple[Callable[[str, Random], str], ...] = (
    lambda text, random: text[random.randrange(len(text) + 1) :], lambda text, random: text[: random.randrange(len(text) + 1)],
    lambda text, random: text + text, lambda text, random: text + random.choice((" ", "\n\n", "")) + _piece(random), _shuffled, _dated, _dated,
    _respelt, _repeated, lambda text, random: _at_places(text, random, ODD, 40), lambda text, random: _at_places(text, random, MARKS, 40),
    lambda text, random: _at_places(text, random, PIECES), lambda text, random: _at_places(text, random, SCRIPTS),
    lambda text, random: _at_places(text, random, ("\0",), 3), lambda text, random: _at_places(text, random, ("\ud800", "\udfff"), 3),
    lambda text, _: " ".join(text.split()), lambda text, _: text.replace(" ", "\n"), lambda text, _: text.replace(" ", ""), lambda text, _: text.upper(),
    lambda text, _: text.lower(), lambda text, _: text.title(), lambda text, _: text.swapcase(), lambda text, _: text[::-1],
    lambda text, random: text.replace(".", random.choice(("", "?!", " ", "\n", "。"))), lambda text, random: text.replace(",", random.choice(("", ";", " and ", "\t|"))),
    lambda text, random: text.replace("\n", random.choice(("", "\r\n", "\r", "\n\n\n", "\u2028", "\n- ", "\n| "))),
    lambda text, _: "".join(char if char.isalpha() or char.isspace() else "9" for char in text),
    lambda text, random: "".join(char for char in text if random.random() < 0.9),
)


def text(random: Random) -> str:
    """Return a piece of a seed after up to four mutations."""
    found = _piece(random)
    for _ in range(random.randrange(5)):
        found = random.choice(TEXTS)(found, random)[:30_000]
    return found


# Formats


def packed(*members: tuple[str, bytes]) -> bytes:
    """Return a zip archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def page(content: str, random: Random) -> str:
    """Return a web page around a text, more or less well formed."""
    body = "".join(f"<p>{escape(line) if random.random() < 0.8 else line}</p>" for line in content.split("\n"))
    depth = random.choice((0, 0, 0, 3, 60, 300, 3000))
    around = random.choice(("div", "table><tr><td", "ul><li", "blockquote", "b", "span class=date", "article", "font"))
    date = random.choice((*DATES, "2019-03-04", "2019-03-04T10:00:00Z"))
    head = random.choice((
        "", f"<title>{content[:80]}</title>", f'<meta property="article:published_time" content="{date}">', "<base href='//x'>",
        f'<script type="application/ld+json">{{"datePublished": "{date}", "@graph": {"[" * 50}</script>', "<style>p{}</style>", '<meta charset="utf-7">',
    ))
    language = random.choice(("", "en", "en-GB", "fr", "x" * 300, "en" + "_" * 90, "en-" * 90))
    return (f"<!DOCTYPE html><html lang='{language}'><head>{head}</head><body><time>{date}</time>{f'<{around}>' * depth}{body}"
            f"{f'</{around.split(chr(62))[0]}>' * random.choice((0, depth))}</body></html>")


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str) -> bytes:
    """Return a Word file with this body, in its XML."""
    with zipfile.ZipFile(ROOT / "tests" / "files" / "letter.docx") as good:
        document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_W}><w:body>{body}</w:body></w:document>'.encode("utf-8", "replace")
        return packed(*((name, document if name == "word/document.xml" else good.read(name)) for name in good.namelist()))


def _word(content: str, random: Random) -> bytes:
    def plain(line: str) -> str:
        return escape("".join(char if char >= " " else " " for char in line))

    body = "".join(f"<w:p><w:r><w:t>{plain(line)}</w:t></w:r></w:p>" for line in content.split("\n"))
    depth = random.choice((0, 0, 5, 40, 120))
    opening, closing = random.choice((("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"), ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
                                      ("<w:ins>", "</w:ins>"), ("<w:p><w:r>", "</w:r></w:p>")))
    return word(opening * depth + body + closing * depth)


def pdf(*contents: bytes, extra: bytes = b"", packing: bool = False) -> bytes:
    """Return a PDF whose pages have these contents."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>",
               b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(contents)))),
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    for number, content in enumerate(contents):
        data = zlib.compress(content) if packing else content
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>%s>>>>" % (5 + 2 * number, extra))
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), b"/Filter/FlateDecode" if packing else b"", data))
    whole = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, b"".join(b"%010d 00000 n \n" % place for place in places))
    return whole + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(whole))


def _pdf(content: str, random: Random) -> bytes:
    shown = []
    for number, line in enumerate(content.split("\n")[:200]):
        plain = line.encode("latin-1", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        shown.append(b"BT /F 11 Tf %d %d Td (%s) Tj ET" % (random.choice((72, 72, 72, 300, -5000)), 780 - 13 * (number % 58), plain))
    return pdf(b"\n".join(shown), b"\n".join(shown[:3]), packing=random.random() < 0.5)


def _table(content: str, random: Random) -> bytes:
    rows = [{"id": str(number), "text": part, "date": random.choice((*DATES, "2019-03-04", "")), "title": part[:30], "language": random.choice(("", "en", "fr"))}
            for number, part in enumerate(content.split("\n\n")[:6])]
    if random.random() < 0.5:
        lines = [json.dumps(row) for row in rows] + random.choice(([], ["{"], ["[" * 3000], ["null"], ['{"text": 5}'], ['{"text": "\\ud800 x"}']))
        return "\n".join(lines).encode("utf-8", "replace")
    mark = random.choice(",;\t|")
    return "\n".join([mark.join(rows[0]) if rows else "text"] + [mark.join('"' + value.replace('"', '""') + '"' for value in row.values()) for row in rows]).encode(
        "utf-8", "replace")


def _feed(content: str, random: Random) -> bytes:
    def item(part: str) -> str:
        return f"<item><title>{escape(part[:40])}</title><description>{escape(part)}</description><pubDate>{random.choice(DATES)}</pubDate></item>"

    return ("<?xml version='1.0'?><rss version='2.0'><channel><title>T</title>" + "".join(item(part) for part in content.split("\n\n")[:5])
            + "</channel></rss>").encode("utf-8", "replace")


def _encoded(content: str, random: Random) -> bytes:
    codec = random.choice(("utf-8",) * 12 + ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1251", "gb18030", "shift_jis", "utf-7", "cp037"))
    return content.encode(codec, random.choice(("replace", "ignore", "surrogatepass")) if codec.startswith("utf-") and codec != "utf-7" else "replace")


def _zipped(content: str, random: Random) -> bytes:
    names = ["a.txt", "b/c.txt", "../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/../../evil.txt", "\x1b[2J.txt", "é\u202etxt.exe", "d.html", "e.zip", "f.docx",
             "x" * 300 + ".txt", "a.txt/", "documents.csv", "nul.txt", "."]
    members = [(name, content[:3000].encode("utf-8", "replace")) for name in random.sample(names, random.randrange(1, 6))]
    if random.random() < 0.1:
        members.append(("bomb.txt", b"\0" * 12_000_000))
    data = packed(*members)
    if random.random() < 0.2:
        at = data.rindex(b"PK\x01\x02") + random.choice((6, 8, 10, 16, 20, 24, 28, 42))
        data = data[:at] + bytes([data[at] ^ random.choice((1, 255))]) + data[at + 1 :]
    return data


FORMATS: tuple[tuple[str, Callable[[str, Random], bytes]], ...] = (
    *(((".txt", _encoded),) * 14), (".md", _encoded), *(((".html", lambda text, random: _encoded(page(text, random), random)),) * 3), (".docx", _word), (".docx", _word),
    (".pdf", _pdf), (".csv", _table), (".jsonl", _table), (".rss", _feed), (".zip", _zipped), (".zip", _zipped),
)
FILES = ("letter.docx", "letter.pdf", "locked.pdf", "columns.pdf", "page-1252.html", "page-utf16.html")
SUFFIXES = (".txt", ".html", ".pdf", ".docx", ".csv", ".tsv", ".jsonl", ".parquet", ".rss", ".atom", ".xml", ".zip", ".doc", ".json", ".TXT", ".xhtml", ".md")
NAMES = ("a", "\x1b[31mred", "a\nb", "é\u0301\u202e", "<script>alert(1)</script>", "=1+1", "a b#c", "x" * 200, "..", "-rf", "'; DROP", "$HOME", "ＣＯＮ", "%2e%2e")


def _damaged(data: bytes, random: Random) -> bytes:
    for _ in range(random.randrange(1, 4)):
        at = random.randrange(len(data) + 1)
        data = random.choice((data[:at], data[:at] + random.randbytes(random.randrange(1, 40)) + data[at + 8 :], data[:at] + data[at + random.randrange(500) :],
                              data + data[:at]))
    return data


def file(series: int, number: int) -> tuple[str, bytes]:
    """Return the name and the bytes of one file; the same for the same series and number."""
    random = Random(f"{series} {number}")
    suffix, make = random.choice(FORMATS)
    if random.random() < 0.06:
        name = random.choice(FILES)
        suffix, data = Path(name).suffix, _damaged((ROOT / "tests" / "files" / name).read_bytes(), random)
    elif random.random() < 0.03:
        data = random.randbytes(random.choice((0, 1, 3, 100, 3000)))
    else:
        data = make(text(random), random)
        if random.random() < 0.08:
            data = _damaged(data, random)
    if random.random() < 0.06:
        suffix = random.choice(SUFFIXES)
    name = random.choice(NAMES) if random.random() < 0.05 else "file"
    return f"{number}{name}".replace("/", "_")[:200] + suffix, data
