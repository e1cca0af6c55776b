"""Signed URLs of snapshots name the endpoint of the bucket's region."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.admin import snapshot_urls
from functions.admin.snapshot_urls import presign_snapshot
from functions.common.settings import load_settings

BUCKET = "metrica-snapshots"
SETTINGS = load_settings([], {"SNAPSHOT_BUCKET": BUCKET})


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment of a Lambda, without an endpoint of its own."""
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    snapshot_urls._client.cache_clear()
    yield
    snapshot_urls._client.cache_clear()


@pytest.mark.parametrize("region", ["eu-central-1", "us-east-1", "ap-southeast-4"])
def test_in_production_the_host_is_the_bucket_at_the_endpoint_of_its_region(
    monkeypatch: pytest.MonkeyPatch, region: str
) -> None:
    monkeypatch.setenv("AWS_REGION", region)
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    url = urlsplit(presign_snapshot(SETTINGS, "snapshots/a.jpg")[0])
    assert (url.scheme, url.netloc, url.path) == (
        "https",
        f"{BUCKET}.s3.{region}.amazonaws.com",
        "/snapshots/a.jpg",
    )
    query = parse_qs(url.query)
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert query["X-Amz-Credential"][0].split("/")[2:] == [region, "s3", "aws4_request"]
    assert query["X-Amz-Expires"] == ["300"]


@pytest.mark.parametrize("setting", ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"])
def test_with_an_endpoint_of_its_own_the_bucket_is_in_the_path(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv(setting, "http://127.0.0.1:9000")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    url = urlsplit(presign_snapshot(SETTINGS, "snapshots/a.jpg")[0])
    assert (url.netloc, url.path) == ("127.0.0.1:9000", f"/{BUCKET}/snapshots/a.jpg")
