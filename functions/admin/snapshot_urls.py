"""Signed URLs of snapshots."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from functions.common.limits import SNAPSHOT_LINK_LIFETIME
from functions.common.settings import Settings
from functions.common.snapshot_folder import SnapshotFolder, sign

if TYPE_CHECKING:
    from botocore.client import BaseClient


def presign_snapshot(settings: Settings, key: str, now: datetime | None = None) -> tuple[str, datetime]:
    """Return a URL that a browser can fetch for five minutes, and when it expires. Sends no request."""
    bucket = settings.snapshot_bucket
    expires_at = (now or datetime.now(UTC)) + SNAPSHOT_LINK_LIFETIME
    if SnapshotFolder.of(bucket) is not None:
        expires = int(expires_at.timestamp())
        signature = sign(settings.snapshot_key, key, expires)
        return f"{settings.snapshot_url}/{key}?expires={expires}&signature={signature}", expires_at
    url: str = _client().generate_presigned_url(
        "get_object",
        Params={"Bucket": bucket, "Key": key, "ResponseContentType": "image/jpeg"},
        ExpiresIn=int(SNAPSHOT_LINK_LIFETIME.total_seconds()),
    )
    return url, expires_at


@cache
def _client() -> BaseClient:
    """Return a client whose URLs name the endpoint of the region.

    The global endpoint redirects, and the redirected request does not match the signature. A server in place
    of S3 (``AWS_ENDPOINT_URL_S3``, ``AWS_ENDPOINT_URL``) has no host name for each bucket: the bucket is in the path.
    """
    import boto3
    from botocore.config import Config

    has_own_endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    style = "path" if has_own_endpoint else "virtual"
    s3 = {"addressing_style": style, "us_east_1_regional_endpoint": "regional"}
    return boto3.client("s3", config=Config(signature_version="s3v4", s3=s3))
