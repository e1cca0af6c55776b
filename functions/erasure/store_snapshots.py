"""The snapshots of one store, in the bucket or in the folder."""

from __future__ import annotations

from uuid import UUID

from functions.common.snapshot_folder import PREFIX, SnapshotFolder


class SnapshotsUnavailableError(Exception):
    """The bucket cannot be reached or refuses; the message says which."""


def delete_store_snapshots(bucket: str, store_id: UUID, *, execute: bool) -> int:
    """Delete every snapshot of a store, old ones too, and return their number.

    Args:
        bucket: the setting SNAPSHOT_BUCKET.
        store_id: the store.
        execute: whether to delete; otherwise they are only counted.

    Raises:
        SnapshotsUnavailableError: the bucket or the folder cannot be read or changed.
    """
    prefix = f"{PREFIX}{store_id}/"
    folder = SnapshotFolder.of(bucket)
    if folder is not None:
        try:
            keys = list(folder.of_store(store_id))
            for key in keys if execute else ():
                folder.delete(key)
        except OSError as error:
            raise SnapshotsUnavailableError(f"The folder {bucket} cannot be changed: {error.strerror}.") from error
        return len(keys)
    import boto3
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    count = 0
    try:
        client = boto3.client("s3")
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            objects = [{"Key": item["Key"]} for item in page.get("Contents", [])]
            if objects and execute:
                client.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})
            count += len(objects)
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise SnapshotsUnavailableError(f"The bucket {bucket} refused: {error}") from error
    return count
