"""Texts written for training, with the events in them marked, and their unpacking into documents with gold.

A file of texts holds several, each under a line `=== NAME ===`:

    === 001 ===
    [[1: Ghana's president was in Lome for two days]]. [[1,2: He met his host]] ...
    --- events ---
    1 visit/visit occurred main 2019-03-05/2019-03-06 GHA,TGO | Lome | Nana Akufo-Addo GHA | Akufo-Addo visits Togo

A passage that tells events stands between `[[numbers:` and `]]`. A line of an event holds its number, kind/subtype,
status, salience, date (`~` between dates that are as good), states (`-` for none), then `+XXX` for a state that may
take part and `optional`; after bars the place, the persons with their states (`;` between them), and the title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from extract import edtf
from extract.mentions.countries import is_country
from extract.model import KINDS, STATUSES, InputError

_HEAD = re.compile(r"^=== (\S+) ===\n", re.MULTILINE)
_EVENTS = "\n--- events ---"
_MARK = re.compile(r"\[\[(?P<numbers>[\d,]+): ?(?P<passage>(?:[^\n\[\]]|\](?!\])|\[(?!\[))*+)\]\]")
_FIELDS = 4
_WORDS = 6
_SALIENCE = ("main", "background")


def shipped_texts() -> Path:
    """Return the folder of the texts that come with the project."""
    return Path(str(resources.files("extract"))) / "training" / "texts"


def unpack(texts: Path, output: Path) -> tuple[Path, Path]:
    """Write each text of the files `*.md` in the folder `texts` as a document, and its events as gold.

    Returns the folders of the documents and of the gold, in `output`. Raises InputError naming the file, the text and
    the line that breaks the format.
    """
    documents, gold = output / "documents", output / "gold"
    for folder in (documents, gold):
        folder.mkdir(parents=True)
    for file in sorted(texts.glob("*.md")):
        for name, content in texts_of(file):
            text, records = read_marked(content, f"{file}: text {name}")
            (documents / f"{file.stem}_{name}.txt").write_text(text, encoding="utf-8")
            lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
            (gold / f"{file.stem}_{name}.jsonl").write_text(lines, encoding="utf-8")
    return documents, gold


def texts_of(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, marked text) of the texts in a file. Raises InputError where the file does not open with one."""
    parts = _HEAD.split(file.read_text(encoding="utf-8"))
    if parts[0].strip():
        raise InputError(f"{file}: text before the first line `=== NAME ===`")
    yield from zip(parts[1::2], parts[2::2], strict=True)


def read_marked(content: str, where: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the bare text of a marked one and its events as gold records; `where` names it in errors (InputError)."""
    if _EVENTS not in content:
        raise InputError(f"{where}: no line `--- events ---`")
    marked, _, lines = content.partition(_EVENTS)
    passages: dict[int, list[str]] = {}
    for match in _MARK.finditer(marked):
        for number in match["numbers"].split(","):
            passages.setdefault(int(number), []).append(match["passage"])
    text = _MARK.sub(lambda match: match["passage"], marked).strip("\n") + "\n"
    if "[[" in text or "]]" in text:
        raise InputError(f"{where}: a passage that is not closed on its line, or stands within another")
    records = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        try:
            record = _record(line, passages)
        except ValueError as error:
            raise InputError(f"{where}: {line!r}: {error}") from error
        records.append(record)
    told = {int(record["id"]) for record in records}
    if passages.keys() - told:
        raise InputError(f"{where}: passages of events that are not listed: {sorted(passages.keys() - told)}")
    return text, records


def _record(line: str, passages: dict[int, list[str]]) -> dict[str, Any]:
    cells = [cell.strip() for cell in line.split("|")]
    words = cells[0].split()
    if len(cells) != _FIELDS or len(words) < _WORDS:
        raise ValueError("not `number kind/subtype status salience date states | place | persons | title`")
    number, sort, status, salience, date, states, *more = words
    kind, _, subtype = sort.partition("/")
    for value, known in ((kind, KINDS), (status, STATUSES), (salience, _SALIENCE)):
        if value not in known:
            raise ValueError(f"{value!r} is not one of {', '.join(known)}")
    dates = date.split("~")
    wrong = [one for one in dates if not edtf.is_valid(one)]
    if wrong:
        raise ValueError(f"no EDTF date: {', '.join(wrong)}")
    countries = [] if states == "-" else states.split(",")
    either = [word[1:] for word in more if word.startswith("+")]
    unknown = [code for code in (*countries, *either) if not is_country(code)]
    if unknown:
        raise ValueError(f"no state: {', '.join(unknown)}")
    if int(number) not in passages:
        raise ValueError("no passage of the text tells it")
    return {
        "id": number, "kind": kind, "subtype": subtype, "status": status, "salience": salience,
        "optional": "optional" in more, "date": dates[0], "date_alt": dates[1:], "countries": countries,
        "countries_optional": either, "organizations": [], "actors": list(_persons(cells[2])),
        "place": cells[1] or None, "title": cells[3], "mentions": list(dict.fromkeys(passages[int(number)])),
    }  # fmt: skip


def _persons(cell: str) -> Iterator[dict[str, str | None]]:
    for person in filter(None, map(str.strip, cell.split(";"))):
        name, _, state = person.rpartition(" ")
        yield {"name": name, "country": None if state == "-" else state}
