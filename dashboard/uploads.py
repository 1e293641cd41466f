"""What a reader gives to be read: files and pasted texts, checked, named harmlessly and written into a folder."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from extract.model import Failure, InputError
from extract.reading import READERS
from extract.reading.listing import ARCHIVE, UNREADABLE
from extract.reading.sidecar import NAMES
from extract.reading.stated_date import edtf_of

ENDINGS = (*READERS, ARCHIVE)
MEGABYTE = 2**20  # as Streamlit counts them
FILES_AT_MOST = 200
PASTED_AT_MOST = 200_000
"""Characters of a pasted text: a long report."""
UNPACKED_AT_MOST = 5
"""An archive may hold so many times of what a file may have."""
_NAME_AT_MOST = 80
_FORBIDDEN = '<>:"|?*#\\/'


@dataclass(frozen=True, slots=True)
class Upload:
    """A file by the name that it came with, and what is stated of it (columns of a list of documents)."""

    name: str
    data: bytes
    stated: Mapping[str, str] = field(default_factory=dict)


def pasted(text: str, title: str, date: str, publisher: str) -> Upload:
    """Return a pasted text as a file. Raises InputError with the reason when it is empty or too long, or the date is
    none."""
    if not text.strip():
        raise InputError("Paste a text first.")
    if len(text) > PASTED_AT_MOST:
        raise InputError(f"The text has {len(text):,} characters; at most {PASTED_AT_MOST:,} can be pasted. Give it as "
                         "a file.")
    stated = {"title": title, "date": date, "publisher": publisher}
    stated = {key: _line(value) for key, value in stated.items() if _line(value)}
    if "date" in stated:
        try:
            edtf_of(stated["date"])
        except InputError as error:
            raise InputError(f"The date {error}.") from error
    data = text.encode("utf-8", "replace")
    name = f"{PurePosixPath(safe_name(stated.get('title', '')[:60] + '.txt')).stem} {_digest(data)[:6]}.txt"
    return Upload(name, data, stated)


def refusal(name: str, size: int, limit: int) -> str:
    """Return why a file of `size` bytes is not taken, where at most `limit` megabytes are; empty where it is."""
    ending = PurePosixPath(safe_name(name)).suffix.lower()
    if size > limit * MEGABYTE:
        return f"has {size / MEGABYTE:,.1f} MB; at most {limit} MB are taken of a file"
    if not size:
        return "is empty"
    if ending in UNREADABLE - set(ENDINGS) or (ending not in ENDINGS and safe_name(name) not in NAMES):
        return f"is of a type that is not read ({ending or 'no ending'}); read are {', '.join(ENDINGS)}"
    return ""


def bomb(upload: Upload, limit: int) -> str:
    """Return why an archive is not taken, empty where it is or where the file is none."""
    if PurePosixPath(safe_name(upload.name)).suffix.lower() != ARCHIVE:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(upload.data)) as opened:
            whole = sum(one.file_size for one in opened.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""  # its reader says what is wrong with it
    most = limit * UNPACKED_AT_MOST
    return f"holds {whole / MEGABYTE:,.0f} MB when unpacked; at most {most} MB are" if whole > most * MEGABYTE else ""


def checked(uploads: Sequence[Upload], limit: int, taken: Collection[str]) -> tuple[list[Upload], list[Failure]]:
    """Part what is read from what is not, with the reasons.

    The names of what is read are harmless, and none of them is `taken`.
    """
    good: list[Upload] = []
    refused: list[Failure] = []
    names = set(taken)
    for number, one in enumerate(uploads):
        shown = _line(one.name)[:200] or "a file without a name"
        if number >= FILES_AT_MOST:
            refused.append(Failure(shown, f"at most {FILES_AT_MOST} files are taken at once"))
        elif reason := refusal(one.name, len(one.data), limit) or bomb(one, limit):
            refused.append(Failure(shown, reason))
        else:
            name = safe_name(one.name, names if safe_name(one.name) not in NAMES else ())
            names.add(name)
            good.append(Upload(name, one.data, one.stated))
    return good, refused


def safe_name(name: str, taken: Collection[str] = ()) -> str:
    """Return a name of a file that leads nowhere else, hides nothing and is not `taken`, with the ending of `name`."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    clean = "".join("_" if char in _FORBIDDEN else char if char.isprintable() else " " for char in last)
    stem, dot, ending = " ".join(clean.encode("utf-8", "replace").decode().split()).rpartition(".")
    if not dot or not 0 < len(ending) <= 10:
        stem, dot, ending = f"{stem}{dot}{ending}", "", ""
    stem = stem.lstrip(". ")[:_NAME_AT_MOST]
    while len(stem.encode()) > 2 * _NAME_AT_MOST:
        stem = stem[:-1]
    stem, ending = stem.strip(". ") or "document", dot + ending
    found, number = f"{stem}{ending}", 2
    while found in taken:
        found, number = f"{stem} ({number}){ending}", number + 1
    return found


def write(uploads: Sequence[Upload], folder: Path) -> None:
    """Write files of harmless names into a new folder, with what is stated of them. Raises OSError when it cannot."""
    folder.mkdir(mode=0o700, parents=True)
    for one in uploads:
        (folder / one.name).write_bytes(one.data)
    if rows := [{"file": one.name, **one.stated} for one in uploads if one.stated]:
        with (folder / NAMES[0]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["file", "date", "publisher", "title"])
            writer.writeheader()
            writer.writerows(rows)


def root_of(document: str) -> str:
    """Return the name of the file in which a document lies: in an archive or a table it is but a part of it."""
    return document.partition("#")[0].partition("/")[0]


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
