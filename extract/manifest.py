"""The manifest of a store, `store.json`: its format, what it was made of, and whether its tables are whole."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from extract.kept import FILE
from extract.model import InputError
from extract.replacing import recover
from extract.store_tables import SCHEMAS

FORMAT = 4
MANIFEST = "store.json"
ANEW = "write it anew with `readout extract PATH… -o DIR`"
"""How a broken store is mended: it holds nothing that the documents do not tell."""


def read_manifest(directory: Path | str) -> dict[str, Any] | None:
    """Return the manifest of the store in `directory`, or None when there is none.

    Raises InputError when the manifest is broken or of another format.
    """
    path = Path(directory) / MANIFEST
    recover(path.parent)
    try:
        manifest: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: the manifest of the store cannot be read: {reason}; {ANEW}") from error
    made = manifest.get("format") if isinstance(manifest, dict) else None
    if not isinstance(manifest, dict) or made != FORMAT:
        which = f"; it is of format {made}, made by another version" if isinstance(made, int) else ""
        raise InputError(f"{path}: not a store of format {FORMAT}{which}; {ANEW}")
    return manifest


def verify(directory: Path | str) -> dict[str, Any]:
    """Return the manifest of a store whose tables are all there, each as it was written.

    A store of an earlier version does not tell: its tables are only looked for. Raises InputError naming the file at
    fault, and how to mend it.
    """
    folder = Path(directory)
    manifest = read_manifest(folder)
    if manifest is None:
        raise InputError(f"{folder}: there is no store here ({MANIFEST} is missing)")
    written = manifest.get("tables")
    for name in SCHEMAS:
        file = folder / f"{name}.parquet"
        try:
            found = digest(file)
        except OSError as error:
            raise InputError(f"{file}: the store is broken, for this file cannot be read: {error.strerror}; {ANEW}"
                             ) from error
        if isinstance(written, dict) and written.get(name) != found:
            raise InputError(f"{file}: the store is broken, for this file cannot be read as it was written; {ANEW}")
    return manifest


def digest(file: Path) -> str:
    """Return what tells one content of a file from another. Raises OSError when it cannot be read."""
    with file.open("rb") as data:
        found: str = hashlib.file_digest(data, "blake2b").hexdigest()
    return found[:32]


def refuse_strangers(target: Path) -> None:
    """Raise InputError when `target` is a file, or a folder that holds something other than a store.

    A store that has lost its manifest, and holds nothing else, is one.
    """
    if target.exists() and not target.is_dir():
        raise InputError(f"{target}: is a file; a store is a folder")
    names = {one.name for one in target.iterdir()} if target.is_dir() else set()
    ours = {f"{name}.parquet" for name in SCHEMAS}
    if names and MANIFEST not in names and not (names <= ours | {FILE} and len(names & ours) > len(ours) // 2):
        raise InputError(f"{target}: holds files that are not a store; choose an empty or a new folder")
