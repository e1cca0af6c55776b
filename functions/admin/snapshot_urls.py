"""Signed URLs of snapshots."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from functions.common.limits import SNAPSHOT_LINK_LIFETIME

if TYPE_CHECKING:
    from botocore.client import BaseClient


def presign_snapshot(bucket: str, key: str, now: datetime | None = None) -> tuple[str, datetime]:
    """Return a URL that a browser can fetch for five minutes, and when it expires. Sends no request."""
    expires_at = (now or datetime.now(UTC)) + SNAPSHOT_LINK_LIFETIME
    url: str = _client().generate_presigned_url(
        "get_object",
        Params={"Bucket": bucket, "Key": key, "ResponseContentType": "image/jpeg"},
        ExpiresIn=int(SNAPSHOT_LINK_LIFETIME.total_seconds()),
    )
    return url, expires_at


@cache
def _client() -> BaseClient:
    import boto3
    from botocore.config import Config

    return boto3.client("s3", config=Config(signature_version="s3v4", s3={"addressing_style": "auto"}))
