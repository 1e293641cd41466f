"""Documents are read from a bucket of a service like S3, and stores written to it, as in folders of this machine."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
import requests
from buckets import SECRET, bytes_of

from extract.cli import main
from extract.model import InputError
from extract.places import system
from extract.reading import list_files, read_all


def test_a_bucket_is_read_as_a_folder(place: Path, bucket: str) -> None:
    assert read_all([f"{bucket}/docs"]) == read_all([f"{bucket}/docs/"]) == read_all([place / "docs"])
    assert read_all([f"{bucket}/docs/*.txt"]) == read_all([f"{place}/docs/*.txt"])
    assert read_all([f"{bucket}/docs/old/01.txt"]) == read_all([place / "docs" / "old" / "01.txt"])
    files, _ = system(bucket)
    for text in ("A first text.", "Another one."):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("a.txt", text)
        files.pipe_file("bucket/letters.zip", held.getvalue())
        assert [one.text for one in read_all([f"{bucket}/letters.zip"]).documents] == [text], "it is opened anew"


def test_a_store_in_a_bucket_has_the_bytes_of_one_on_the_disk(place: Path, bucket: str, tmp_path: Path) -> None:
    command = ["extract", str(place / "docs"), "--by-rules", "--quiet"]
    for store in (f"{bucket}/new/store", f"{bucket}/new/store"):
        assert main([*command, "-o", store, "--jsonl", f"{bucket}/new/records.jsonl"]) == 1
        assert bytes_of(store) == bytes_of(place / "plain")
    assert main([*command, "--jsonl", str(tmp_path / "records.jsonl")]) == 1
    files, _ = system(bucket)
    assert files.cat_file("bucket/new/records.jsonl") == (tmp_path / "records.jsonl").read_bytes()
    assert files.ls("bucket/new", detail=False) == ["bucket/new/records.jsonl", "bucket/new/store"]


def test_a_folder_that_may_not_be_listed_is_not_passed_by(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    files, _ = system(bucket)
    listed = type(files)._lsdir

    async def refusing(self: object, path: str, *given: object, **named: object) -> object:
        if path.endswith("/old"):
            raise PermissionError("Access Denied")
        return await listed(self, path, *given, **named)

    monkeypatch.setattr(type(files), "_lsdir", refusing)
    with pytest.raises(InputError, match="s3://bucket/docs: cannot be read: Access Denied"):
        list_files([f"{bucket}/docs"])


@pytest.mark.parametrize(
    ("arguments", "reason", "change"),
    [
        (["s3://nowhere/docs", "-o", "out"], "s3://nowhere/docs: The specified bucket does not exist", {}),
        (["s3://nowhere/*.txt", "-o", "out"], "s3://nowhere/*.txt: The specified bucket does not exist", {}),
        (["s3://bucket/none", "-o", "out"], "s3://bucket/none: no such file or folder", {}),
        (["docs", "-o", "s3://nowhere/out"], "s3://nowhere/out: nothing can be written here: The specified bucket does not", {}),
        (["docs", "-o", "s3://bucket/docs"], "s3://bucket/docs: holds files that are not a store", {}),
        (["s3://bucket/docs", "-o", "out"], "s3://bucket/docs: cannot be read: Forbidden", {"denied": "0"}),
        (["docs", "-o", "s3://bucket/out"], "s3://bucket/out: cannot be read: The AWS Access Key Id you provided does not",
         {"denied": "0"}),
        (["s3://bucket/docs", "-o", "out"], "s3://bucket/docs: cannot be read: Unable to locate credentials",
         {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}),
        (["s3://bucket/docs", "-o", "out"], "s3://bucket/docs: cannot be read: ",
         {"AWS_ENDPOINT_URL": f"http://a:{SECRET}@127.0.0.1:1", "AWS_MAX_ATTEMPTS": "1"}),
        ([f"ftp://ana:{SECRET}@127.0.0.1:1/docs", "-o", "out"], "ftp://…@127.0.0.1:1/docs: a password does not belong", {}),
        (["docs", "-o", f"sftp://ana:{SECRET}@127.0.0.1/out"], "sftp://…@127.0.0.1/out: a password does not belong", {}),
        (["docs", "-o", f"strange://host/out?signature={SECRET}"], "strange://host/out?…: cannot be reached", {}),
    ],
)
def test_what_a_bucket_refuses_is_told_without_secrets(
    arguments: list[str], reason: str, change: dict[str, str], place: Path, bucket: str,
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files, _ = system(bucket)
    service = f"{os.environ['AWS_ENDPOINT_URL']}/moto-api/reset-auth"
    monkeypatch.chdir(place)
    for name, value in change.items():
        monkeypatch.setenv(name, value)
    type(files).clear_instance_cache()
    try:
        requests.post(service, data=change.get("denied", "inf"), timeout=10)
        assert main(["extract", "--by-rules", "--quiet", *arguments]) == 2
    finally:
        requests.post(service, data="inf", timeout=10)
        type(files).clear_instance_cache()
    said = capfd.readouterr()
    assert reason in said.err and len(said.err.splitlines()) == 1 and not said.out
    assert SECRET not in said.err and not (place / "out").exists()
    assert not system(bucket)[0].exists("nowhere"), "a bucket with a mistyped name is not made"
