"""Plain text: UTF-8 with universal newlines, as every offset in the record presupposes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract.model import Document, InputError


def read_text(path: Path) -> Document:
    """Read a UTF-8 text file; newlines become `\\n`.

    Raises InputError naming the file, the byte and the reason when the file is unreadable, empty or not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start}: not UTF-8 text ({error.reason})") from error
    if "\0" in text:
        raise InputError(f"{path}: character {text.index(chr(0))}: holds NUL characters; not a text file")
    if not text.strip():
        raise InputError(f"{path}: the file is empty")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Document(name=path.name, text=text, sha256=hashlib.sha256(data).hexdigest())
