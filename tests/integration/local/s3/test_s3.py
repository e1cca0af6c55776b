"""The local S3 as boto3 sees it; its objects survive a restart."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from local.stack.service import NotReady, http_check

BUCKET = "snapshots"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


class LocalS3:
    """The server as a process that can be killed and restarted on the same folder."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port: int = listener.getsockname()[1]
        self._folder = folder
        self.start()

    @property
    def client(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id="local",
            aws_secret_access_key="local",
            region_name="eu-central-1",
        )

    def start(self) -> None:
        arguments = ["--folder", str(self._folder), "--port", str(self.port), "--bucket", BUCKET]
        self._process = subprocess.Popen([sys.executable, "-m", "local.s3", *arguments, "--region", "eu-central-1"])
        check = http_check(f"http://127.0.0.1:{self.port}/moto-api/data.json")
        while True:
            try:
                check()
            except NotReady:
                assert self._process.poll() is None
                time.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalS3]:
    server = LocalS3(tmp_path_factory.mktemp("s3"))
    yield server
    server.kill()


def test_the_bucket_exists_from_the_start(s3: LocalS3) -> None:
    assert BUCKET in {bucket["Name"] for bucket in s3.client.list_buckets()["Buckets"]}


def test_an_acknowledged_object_survives_a_kill_with_its_type_and_metadata(s3: LocalS3) -> None:
    s3.client.put_object(
        Bucket=BUCKET, Key="snapshots/a b/ü.jpg", Body=JPEG, ContentType="image/jpeg", Metadata={"camera": "7"}
    )
    s3.kill()
    s3.start()
    found = s3.client.get_object(Bucket=BUCKET, Key="snapshots/a b/ü.jpg")
    assert found["Body"].read() == JPEG
    assert found["ContentType"] == "image/jpeg"
    assert found["Metadata"] == {"camera": "7"}


def test_the_newest_of_two_versions_survives(s3: LocalS3) -> None:
    for body in (b"old", b"new"):
        s3.client.put_object(Bucket=BUCKET, Key="twice", Body=body)
    s3.kill()
    s3.start()
    assert s3.client.get_object(Bucket=BUCKET, Key="twice")["Body"].read() == b"new"


def test_deleted_objects_stay_deleted_one_by_one_and_many_at_once(s3: LocalS3) -> None:
    for key in ("one", "two", "three"):
        s3.client.put_object(Bucket=BUCKET, Key=key, Body=b"x")
    s3.client.delete_object(Bucket=BUCKET, Key="one")
    s3.client.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "two"}, {"Key": "three"}]})
    s3.kill()
    s3.start()
    for key in ("one", "two", "three"):
        with pytest.raises(ClientError, match="NoSuchKey"):
            s3.client.get_object(Bucket=BUCKET, Key=key)


def test_a_signed_link_opens_without_credentials(s3: LocalS3) -> None:
    s3.client.put_object(Bucket=BUCKET, Key="signed", Body=JPEG, ContentType="image/jpeg")
    url = s3.client.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "signed"}, ExpiresIn=60)
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 it is ours
        assert answer.read() == JPEG
        assert answer.headers["Content-Type"] == "image/jpeg"
