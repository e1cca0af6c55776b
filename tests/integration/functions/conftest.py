"""What the tests of the Lambdas share: an account of AWS, logins of the database, and an issuer of tokens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import cv2
import numpy as np
import pytest

from functions.admin import snapshot_urls
from functions.common.database import Database
from functions.common.settings import INCIDENTS_SETTINGS, load_settings
from functions.ingest import snapshots
from tests.integration.functions.database_logins import database_logins
from tests.integration.functions.deployment import STAGES, make_service, template_of
from tests.integration.local.auth.running import LocalAuth, running_local_auth
from tests.moto_account import moto_account
from tests.signing import Issuer

BUCKET = "metrica-snapshots"


@pytest.fixture(scope="session")
def aws_account() -> Iterator[dict[str, str]]:
    """The environment variables of an account of AWS on this machine, with its region."""
    with moto_account() as account:
        yield {**account, "AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-central-1"}


@pytest.fixture
def storage(aws_account: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The bucket's name; boto3 in this process finds the server by itself, as the Lambdas do."""
    for name, value in aws_account.items():
        monkeypatch.setenv(name, value)
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


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The database of `database_url`, as jobs use it."""
    made = Database(
        load_settings(INCIDENTS_SETTINGS, {"METRICA_ENV": "test", "DATABASE_URL": database_url}).database_url
    )
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def logins(database_url: str) -> Iterator[dict[str, str]]:
    """The DATABASE_URL of a login in each group role."""
    with database_logins(database_url) as made:
        yield made
