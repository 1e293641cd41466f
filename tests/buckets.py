"""Documents of several kinds, and a bucket of a service like S3 that holds them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fsspec
import pytest
import requests
from moto.server import ThreadedMotoServer

from extract.places import system

SECRET = "hush-hush-hush"
PLACES = ("Peru", "Chile", "Kenya", "Norway", "Ghana", "Malta", "Fiji", "Tonga")
TOLD = ("{1}, Oct. {2}, 2015 -- {0} President Ana Ejemplo met {1} Prime Minister Ola Nordmann on Wednesday.\n\n"
        "The two states signed an agreement on fisheries. Ejemplo will visit {1} from May 10 to 12, 2016.\n")


def documents(folder: Path) -> Path:
    """Files of several kinds: texts, some of which tell one act, a table, one that cannot be read, a sidecar."""
    (folder / "old").mkdir(parents=True)
    for number in range(12):
        first, second = PLACES[number % 8], PLACES[(number // 2 + 3) % 8]
        text = "\n".join(TOLD.format(first, second, day) for day in range(1 + number % 4, 9, 3))
        (folder / ("old" if number % 3 else "") / f"{number:02}.txt").write_text(text)
    rows = "".join(f'{number},"{TOLD.format("Peru", "Chile", number).replace(chr(10), " ")}"\n' for number in range(1, 8))
    (folder / "news.csv").write_text(f"id,text\n{rows}")
    (folder / "bad.pdf").write_bytes(b"none")
    (folder / "documents.csv").write_text("file,date\nnews.csv#3,2015-11-02\nold/01.txt,2015-10-08\n")
    return folder


def bytes_of(store: Path | str) -> dict[str, bytes]:
    if isinstance(store, Path):
        return {file.name: file.read_bytes() for file in store.iterdir()}
    files, path = system(store)
    return {name.rpartition("/")[2]: files.cat_file(name) for name in files.ls(path, detail=False)}


@contextmanager
def bucket_of(folder: Path) -> Iterator[str]:
    """Give the address of a bucket of a service like S3, on loopback, which holds a folder as `docs`.

    The key to it is in the environment.
    """
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "example")
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        files = fsspec.filesystem("s3", skip_instance_cache=True)
        files.mkdir("bucket")
        files.put(str(folder), "bucket/docs", recursive=True)
        # As a console makes folders.
        files.touch("bucket/docs/"), files.touch("bucket/docs/old/")
        yield "s3://bucket"
        # What is in its memory, and what knows the way to it, belongs to the process.
        requests.post(f"http://{host}:{port}/moto-api/reset", timeout=10)
        type(files).clear_instance_cache()
    server.stop()
