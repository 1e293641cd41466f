"""The extraction on a cluster gives the bytes of a plain run, whatever becomes of its workers."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import fsspec
import psutil
import pytest
from buckets import bytes_of
from distributed import Client, LocalCluster

from extract import cluster, partition
from extract.cli import main
from extract.model import InputError
from extract.partition import partitions, read_part
from extract.pipeline import run, write
from extract.places import exists, publish, refuse_strangers, system
from extract.reading import ListedFiles, list_files, read_all
from extract.reading.file import File
from extract.reading.sidecar import Statements
from extract.readings import code_version
from extract.store import write_store


@pytest.fixture(scope="module")
def workers(bucket: str) -> Iterator[LocalCluster]:
    """A scheduler with two worker processes on loopback; a worker that ends is started again."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None) as found:
        yield found


def test_a_worker_that_is_killed_at_work_changes_nothing(
    place: Path, bucket: str, workers: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "MOST", 1_000)
    monkeypatch.setattr(cluster.write_on_cluster, "__kwdefaults__", cluster.write_on_cluster.__kwdefaults__ | {"most": 1_000})
    command = ["extract", f"{bucket}/docs", "-o", f"{bucket}/far", "--by-rules", "--quiet"]
    ended: list[int] = []
    running = threading.Thread(target=lambda: ended.append(main([*command, "--dask", workers.scheduler_address])))
    with Client(workers.scheduler_address, set_as_default=False) as client:
        pids = client.run(os.getpid)
        running.start()
        victim = _at_work(client, pids)
        os.kill(victim, signal.SIGKILL)
        assert ended == [], "it was at work"
        running.join(120)
        assert ended == [1], "a file cannot be read, as in the plain run"
        assert not psutil.pid_exists(victim) and victim not in client.run(os.getpid).values()
    assert bytes_of(f"{bucket}/far") == bytes_of(place / "plain")
    assert not exists(f"{bucket}/.far.parts")


def test_a_cluster_writes_folders_of_this_machine_too(place: Path, workers: LocalCluster) -> None:
    command = ["extract", str(place / "docs"), "-o", str(place / "far"), "--by-rules", "--quiet"]
    assert main([*command, "--dask", workers.scheduler_address]) == 1
    assert bytes_of(place / "far") == bytes_of(place / "plain")
    assert not (place / ".far.parts").exists()


def _at_work(client: Client, pids: dict[str, int]) -> int:
    """Wait until a worker has begun a task, and return its process."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for address, calls in client.call_stack().items():
            if calls:
                return pids[address]
        time.sleep(0.05)
    raise AssertionError("no worker was given anything to do")


def test_the_same_from_and_to_another_file_system(place: Path) -> None:
    """`memory://` is one that fsspec brings; tasks are done here, twice, in another order."""
    files = fsspec.filesystem("memory")
    files.put(str(place / "docs"), "/bucket/docs", recursive=True)
    listed = list_files(["memory://bucket/docs"])
    assert [file.name for file in listed.files] == [file.name for file in list_files([place / "docs"]).files]
    assert read_all(["memory://bucket/docs"]) == read_all([place / "docs"])
    parts = list(partitions(listed, [], most=1_000))
    assert len(parts) > 8 and any(part.shares > 1 for part in parts)
    first = [partition.extract(part, "memory://bucket/.parts", code_version(), True) for part in parts]
    made = {name: files.cat_file(name) for name in files.ls("/bucket/.parts", detail=False)}
    again = [partition.extract(part, "memory://bucket/.parts", code_version(), True) for part in reversed(parts)]
    assert sorted(again, key=lambda done: done.number) == first
    assert {name: files.cat_file(name) for name in files.ls("/bucket/.parts", detail=False)} == made
    assert len(made) == len(parts), "one file a task, and nothing beside"
    names = [document.name for done in first for document, _, _ in read_part(done.file)]
    assert sorted(names) == [document.name for document in read_all([place / "docs"]).documents]


def test_a_store_at_an_address_has_the_bytes_of_one_on_the_disk(place: Path) -> None:
    files = fsspec.filesystem("memory")
    for _ in range(2):
        written = write("memory://bucket/store", [place / "docs"], by_rules=True, failures=[])
        assert written.kept == 0
        found = {name.rpartition("/")[2]: files.cat_file(name) for name in files.ls("/bucket/store", detail=False)}
        assert found == bytes_of(place / "plain")
    files.pipe_file("/bucket/strange/a.txt", b"")
    with pytest.raises(InputError, match="memory://bucket/strange: holds files that are not a store"):
        write("memory://bucket/strange", [place / "docs"], by_rules=True)


class _Killed(BaseException):
    """What no handler of errors takes."""


def test_killed_while_a_store_goes_to_an_address_the_next_run_puts_it_there(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each change: who reads finds the old store, none or the new one, and never what is of both."""
    files, folder = fsspec.filesystem("memory"), "/bucket/killed"
    mark, old, new = "store.json", {"store.json": b"old", "gone.parquet": b"1", "a.parquet": b"2"}, bytes_of(place / "plain")
    changes = [0, 0]

    def counted(name: str) -> None:
        plain = getattr(files, name)

        def change(*given: object, **more: object) -> object:
            changes[0] += 1
            if changes[0] == changes[1]:
                raise _Killed
            return plain(*given, **more)

        monkeypatch.setattr(files, name, change)

    for name in ("pipe_file", "put_file", "rm_file", "rm"):
        counted(name)
    for at in range(1, 40):
        changes[:] = [0, 0]
        if files.exists(folder):
            files.rm(folder, recursive=True)
        for name, data in old.items():
            files.pipe_file(f"{folder}/{name}", data)
        changes[:] = [0, at]
        try:
            publish(place / "plain", "memory://bucket/killed", mark)
            break
        except _Killed:
            found = {name.rpartition("/")[2]: files.cat_file(name) for name in files.ls(folder, detail=False)}
            assert mark not in found or {one: found[one] for one in old if one in found} == old or found.items() >= new.items()
            changes[1] = 0
            refuse_strangers("memory://bucket/killed", mark)
            publish(place / "plain", "memory://bucket/killed", mark)
        found = {name.rpartition("/")[2]: files.cat_file(name) for name in files.ls(folder, detail=False)}
        assert found == new
    assert 10 < at < 39


def test_a_task_that_ends_in_the_middle_leaves_nothing(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = next(partitions(list_files([place / "docs"]), []))
    with monkeypatch.context() as patch:
        patch.setattr(partition, "reader", lambda by_rules: lambda work: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            partition.extract(part, str(tmp_path / "parts"), code_version(), True)
    assert not (tmp_path / "parts").exists()
    done = partition.extract(part, str(tmp_path / "parts"), code_version(), True)
    monkeypatch.setattr(partition, "reader", lambda by_rules: lambda work: 1 / 0)
    assert partition.extract(part, str(tmp_path / "parts"), code_version(), True) == done, "what is there is not made again"


@pytest.mark.parametrize("where", ["disk", "bucket"])
def test_a_task_that_ends_while_it_writes_is_done_anew(
    where: str, place: Path, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "parts") if where == "disk" else f"{bucket}/parts"
    part = next(partitions(list_files([place / "docs"]), []))
    files, _ = system(folder)

    def half(path: str, data: bytes) -> None:
        data = data[: len(data) // 2]
        if where == "disk":
            Path(path).write_bytes(data)
        else:
            it = {"Bucket": "bucket", "Key": path.removeprefix("bucket/")}
            it["UploadId"] = files.call_s3("create_multipart_upload", **it)["UploadId"]
            files.call_s3("upload_part", **it, PartNumber=1, Body=data)
        raise OSError("the worker has no power")

    with monkeypatch.context() as patch:
        patch.setattr(files, "pipe_file", half)
        with pytest.raises(InputError, match="cannot be written: the worker has no power"):
            partition.extract(part, folder, code_version(), True)
    done = partition.extract(part, folder, code_version(), True)
    assert [one.name for one, *_ in read_part(done.file)] == [one.name for one in read_all([place / "docs"]).documents]
    whole = partition.extract(part, str(tmp_path / "whole"), code_version(), True).file
    assert bytes_of(tmp_path / "whole")[Path(whole).name] == bytes_of(tmp_path / "parts" if where == "disk" else folder)[Path(whole).name]


def test_partitions_hang_on_the_files_alone(place: Path) -> None:
    listed = list_files([place / "docs"])
    for most in (500, 2_000, 1_000_000):
        found = list(partitions(listed, [], most))
        assert [part.number for part in found] == list(range(len(found)))
        assert [file for part in found if part.share == 0 for file in part.files] == list(listed.files)
        assert all(len(part.files) == 1 or sum(file.size for file in part.files) <= most for part in found)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--dask", "tcp://127.0.0.1:1", "-o", "out"], "tcp://127.0.0.1:1: no Dask cluster answers here"),
        (["--dask", "nonsense://x", "-o", "out"], "nonsense://x: no Dask cluster answers here"),
        (["--dask", "tcp://127.0.0.1:1", "--jsonl", "out"], "say where the store goes that a cluster makes"),
        (["--dask", "tcp://127.0.0.1:1", "-o", "out", "--workers", "2"], "choose one of them"),
        (["-o", "strange://bucket/store"], "strange://bucket/store: cannot be reached"),
    ],
)
def test_errors_name_the_place(
    arguments: list[str], reason: str, place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    monkeypatch.chdir(place)
    assert main(["extract", "docs", "--by-rules", "--quiet", *arguments]) == 2
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "reason"),
    [("memory://nowhere", "memory://nowhere: no such file or folder"), ("memory://nowhere/*.txt", "no file fits the pattern"),
     ("strange://x", "strange://x: cannot be reached"), ("s3:/x", "s3:/x: no such file or folder")],
)
def test_an_address_that_leads_to_nothing_is_named(address: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason.replace("*", r"\*")):
        list_files([address])


def test_a_file_that_is_twice_as_large_is_not_read_twice_as_often() -> None:
    """Each task reads the whole of it: of a file of any size there are so many tasks at most."""
    sizes = (1_000_000, 2_000_000, 250_000_000, 500_000_000)
    shares = [len(list(partitions(ListedFiles((File("a.csv", "/a.csv", (), bytes, size),), (), Statements(())), []))) for size in sizes]
    assert shares == [1, 2, 32, 32]


def test_another_version_on_a_worker_is_refused(place: Path, tmp_path: Path) -> None:
    part = next(partitions(list_files([place / "docs"]), []))
    with pytest.raises(InputError, match="another version of Readout"):
        partition.extract(part, str(tmp_path), "of old", True)


def test_the_plain_run_is_that_of_the_interface(place: Path, tmp_path: Path) -> None:
    write_store(tmp_path / "store", run([place / "docs"], by_rules=True, failures=[]))
    assert bytes_of(tmp_path / "store") == bytes_of(place / "plain")
