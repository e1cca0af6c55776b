"""The bucket of an application: `site/` is served, `releases/` and `releases.json` are what can be served again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from local.deploy.page_files import PageFile, StoredFile
from local.deploy.releases import Releases
from local.errors import DeploymentError

if TYPE_CHECKING:
    from boto3.session import Session

SITE: Final = "site/"
_RELEASES: Final = "releases.json"
_AT_ONCE: Final = 8
_KEYS_PER_REQUEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Listed:
    """An object of a bucket.

    Attributes:
        md5: Its ETag, which is the MD5 of what was put in one piece.
        modified_at: When it was written, in UTC.
    """

    md5: str
    modified_at: datetime


class PagesBucket:
    """Reads and writes the objects of a bucket.

    Args:
        session: Credentials and region.
        name: The name of the bucket.
    """

    def __init__(self, session: Session, name: str) -> None:
        from botocore.config import Config

        self._name = name
        self._client: Any = session.client("s3", config=Config(max_pool_connections=_AT_ONCE))

    def releases(self) -> Releases:
        """Return the releases that the bucket keeps."""
        from botocore.exceptions import ClientError

        try:
            answer = self._client.get_object(Bucket=self._name, Key=_RELEASES)
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            return Releases()
        return Releases.from_json(answer["Body"].read().decode())

    def write_releases(self, releases: Releases) -> None:
        """Write which releases the bucket keeps."""
        self._client.put_object(
            Bucket=self._name, Key=_RELEASES, Body=releases.to_json().encode(), ContentType="application/json"
        )

    def objects(self, prefix: str) -> dict[str, Listed]:
        """Return the objects below a prefix by their paths, without the prefix."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._name, Prefix=prefix)
        return {
            one["Key"].removeprefix(prefix): Listed(one["ETag"].strip('"'), one["LastModified"])
            for page in pages
            for one in page.get("Contents", [])
        }

    def upload(self, prefix: str, files: Mapping[str, PageFile]) -> None:
        """Write files below a prefix, several at once."""

        def put(item: tuple[str, PageFile]) -> None:
            path, file = item
            self._client.put_object(
                Bucket=self._name,
                Key=prefix + path,
                Body=file.content,
                ContentType=file.stored.content_type,
                CacheControl=file.stored.cache_control,
            )

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(put, files.items()))

    def copy(self, source: str, target: str, path: str, stored: StoredFile) -> None:
        """Copy a file from below one prefix to below another one."""
        self._client.copy_object(
            Bucket=self._name,
            CopySource={"Bucket": self._name, "Key": source + path},
            Key=target + path,
            MetadataDirective="REPLACE",
            ContentType=stored.content_type,
            CacheControl=stored.cache_control,
        )

    def delete(self, keys: Iterable[str]) -> None:
        """Delete objects. The bucket keeps their versions for 30 days."""
        names = sorted(keys)
        for start in range(0, len(names), _KEYS_PER_REQUEST):
            some = [{"Key": key} for key in names[start : start + _KEYS_PER_REQUEST]]
            answer = self._client.delete_objects(Bucket=self._name, Delete={"Objects": some, "Quiet": True})
            if answer.get("Errors"):
                first = answer["Errors"][0]
                raise DeploymentError(f"{first['Key']} in {self._name} cannot be deleted: {first['Message']}")
