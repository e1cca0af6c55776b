"""What the tests of the Lambdas share: an S3 that speaks the protocol, and an issuer of tokens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import cv2
import numpy as np
import pytest
from moto.server import ThreadedMotoServer

from functions.admin import snapshot_urls
from functions.ingest import snapshots
from tests.integration.functions.deployment import STAGES, make_service, template_of
from tests.integration.local.auth.running import LocalAuth, running_local_auth
from tests.signing import Issuer

BUCKET = "metrica-snapshots"


@pytest.fixture(scope="session")
def storage_url() -> Iterator[str]:
    """Where an S3 with our bucket answers."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def storage(storage_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The bucket's name; boto3 in this process finds the server by itself, as the Lambdas do."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", storage_url)
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    snapshots._client.cache_clear()
    snapshot_urls._client.cache_clear()
    boto3.client("s3").create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    ) if not _exists() else None
    yield BUCKET
    snapshots._client.cache_clear()
    snapshot_urls._client.cache_clear()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The service, to be packaged."""
    return make_service(tmp_path_factory.mktemp("service"))


@pytest.fixture(scope="session", params=STAGES)
def template(request: pytest.FixtureRequest, service: Path) -> tuple[str, Path]:
    """A stage, and the file with its template."""
    return request.param, template_of(service, request.param, ALARM_EMAIL="ops@example.com")


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()


def _exists() -> bool:
    return any(bucket["Name"] == BUCKET for bucket in boto3.client("s3").list_buckets()["Buckets"])


@pytest.fixture(scope="session")
def picture() -> bytes:
    """A JPEG of 64 × 48 pixels."""
    ok, data = cv2.imencode(".jpg", np.full((48, 64, 3), 127, np.uint8))
    assert ok
    return bytes(data)


@pytest.fixture(scope="session")
def local_auth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAuth]:
    """The local auth, serving on a thread."""
    with running_local_auth(tmp_path_factory.mktemp("auth")) as auth:
        yield auth
