"""The extraction on a Dask cluster: one task a partition of the documents, merged here into the same store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extract.curated.tables import read_tables
from extract.gathering import Gathering, Progress
from extract.model import InputError
from extract.partition import MOST, Done, Partition, extract, partitions, read_part
from extract.pipeline import Written, merge, store_at
from extract.places import is_address, local, remove
from extract.reading import list_files
from extract.reading.sidecar import refuse
from extract.readings import Readings, code_version
from extract.record import Event

_PATIENCE = 20
"""Seconds within which a cluster must answer."""


def write_on_cluster(
    address: str,
    target: Path | str,
    paths: Iterable[Path | str],
    *,
    tables: Iterable[Path | str] = (),
    progress: Progress | None = None,
    failures: list[InputError] | None = None,
    by_rules: bool = False,
    afresh: bool = False,
    each: Callable[[Event], object] | None = None,
    most: int = MOST,
) -> Written:
    """Extract as `pipeline.write` does, on the Dask cluster at `address`; the store has the same bytes.

    `paths` and `target` must lead to the same files on all machines: addresses such as `s3://bucket/folder`, or folders
    that are shared. What tasks have made lies beside the store until that is whole, and is found by a later run after
    one that did not end. `progress` counts partitions, of at most `most` bytes. Raises InputError when no cluster
    answers, and where `pipeline.write` does.
    """
    with _client(address) as client, store_at(target) as writer:
        listed = list_files(paths)
        rows, unread = read_tables(tables)
        parts = list(partitions(listed, rows, most))
        folder = _beside(target)
        if afresh:
            remove(folder)
        done = _extracted(client, parts, folder, by_rules, progress)
        listed.statements.use(place for one in done for place in one.used)
        refuse(listed.statements.faults())
        gathered = Gathering(Readings(None, by_rules=by_rules), writer.beside)
        gathered.failures += [*listed.failures, *(failure for one in done for failure in one.failures)]
        for one in done:
            for document, key, reading in read_part(one.file):
                gathered.take(document, key, reading)
        gathered.failures.sort()
        gathered.failures += unread
        gathered.tell_failures(failures)
        events = 0
        if gathered.documents:
            events = merge(gathered, writer, by_rules, each)
        written = Written(gathered.documents, events, 0)
    remove(folder)
    return written


def _beside(target: Path | str) -> str:
    """Return the folder beside a store in which tasks leave what they have made."""
    whole = str(target).rstrip("/") if is_address(target) else local(target).absolute().as_posix()
    above, _, name = whole.rpartition("/")
    # Beside a bucket there is nothing to be had.
    return f"{whole}/.parts" if above.endswith("/") else f"{above}/.{name}.parts"


def _extracted(
    client: Any, parts: Sequence[Partition], folder: str, by_rules: bool, progress: Progress | None
) -> list[Done]:
    """Have the partitions extracted; return what came of them in their order. The largest are given out first.

    Raises InputError when one could not be, or when the cluster is lost.
    """
    from distributed import as_completed
    from distributed.scheduler import KilledWorker

    found: dict[int, Done] = {}
    names = {part.number: part.name for part in parts}
    if progress and parts:
        progress(0, len(parts), parts[0].name)
    first = sorted(parts, key=lambda part: -sum(file.size for file in part.files) // part.shares)
    futures = client.map(extract, first, [folder] * len(parts), [code_version()] * len(parts), [by_rules] * len(parts),
                         pure=False, retries=2)
    try:
        for future in as_completed(futures, loop=client.loop):
            done: Done = future.result()
            found[done.number] = done
            if progress:
                progress(len(found), len(parts), names[done.number])
    except KilledWorker as error:
        raise InputError(f"several workers of the cluster ended over one task, perhaps for want of memory: {error}"
                         ) from error
    except (asyncio.CancelledError, CancelledError, OSError) as error:
        raise InputError(f"the Dask cluster was lost: {error}") from error
    finally:
        client.cancel(futures)
    return [found[part.number] for part in parts]


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """Connect to a cluster. Raises InputError when there is none, or the package for it is missing."""
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError(f"--dask needs a package more: pip install -e '.[cluster]' ({error})") from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(f"{address}: no Dask cluster answers here: {error}") from error
    try:
        yield client
    finally:
        client.close(timeout=_PATIENCE)
