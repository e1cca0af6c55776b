"""Upload of snapshots, to S3 or into a folder. boto3 is imported at the first one: most processes never receive any."""

from __future__ import annotations

import os
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from functions.common.problems import Unavailable
from functions.common.snapshot_folder import SnapshotFolder

if TYPE_CHECKING:
    from botocore.client import BaseClient


class StorageUnavailable(Unavailable):
    """The bucket cannot be reached or refused the upload, or the folder cannot be written."""

    type = "storage_unavailable"
    default_detail = "The snapshot cannot be stored at the moment; try again later."


def snapshot_key(store_id: UUID, camera_id: UUID, at: datetime) -> str:
    """Return the object key of a snapshot. It contains 8 random bytes, so it cannot be guessed."""
    return f"snapshots/{store_id}/{camera_id}/{at:%Y%m%dT%H%M%SZ}-{os.urandom(8).hex()}.jpg"


def put_snapshot(bucket: str, key: str, jpeg: bytes) -> None:
    """Store a snapshot. Raises StorageUnavailable."""
    folder = SnapshotFolder.of(bucket)
    if folder is not None:
        try:
            folder.write(key, jpeg)
        except OSError as error:
            raise StorageUnavailable(retry_after_s=30) from error
        return
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        _client().put_object(Bucket=bucket, Key=key, Body=jpeg, ContentType="image/jpeg", CacheControl="private")
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise StorageUnavailable(retry_after_s=30) from error


@cache
def _client() -> BaseClient:
    import boto3
    from botocore.config import Config

    config = Config(connect_timeout=3, read_timeout=5, retries={"max_attempts": 2})
    return boto3.client("s3", config=config)
