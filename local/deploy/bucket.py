"""The bucket of an application: `site/` is served, `releases/` and `releases.json` are what can be served again.

`deployment.json` is there while a deployment runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
_ABSENT: Final = {"NoSuchKey"}
_OTHERS_WERE_FIRST: Final = {"PreconditionFailed", "ConditionalRequestConflict", *_ABSENT}
"""Codes of a conditional request whose condition does not hold, or does not any more."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An object of a bucket.

    Attributes:
        md5: Its ETag, which is the MD5 of what was put in one piece.
        modified_at: When it was written, in UTC.
    """

    md5: str
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """An object of a bucket that was read.

    Attributes:
        content: Its bytes.
        etag: Its ETag, which changes with the content.
    """

    content: bytes
    etag: str


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
        return self.stored_releases()[0]

    def stored_releases(self) -> tuple[Releases, str | None]:
        """Return the releases that the bucket keeps, and the ETag of their record; None if there is none yet."""
        stored = self.read(_RELEASES)
        return (Releases(), None) if stored is None else (Releases.from_json(stored.content.decode()), stored.etag)

    def write_releases(self, releases: Releases, etag: str | None) -> None:
        """Write which releases the bucket keeps.

        Args:
            releases: The releases.
            etag: The ETag of the record that they were made from; None if there was none.

        Raises:
            DeploymentError: Another deployment has changed the record since.
        """
        content = releases.to_json().encode()
        written = self.create(_RELEASES, content) if etag is None else self.replace(_RELEASES, content, etag)
        if written is None:
            raise DeploymentError(
                f"another deployment changed {_RELEASES} of {self._name} at the same time: deploy again, so that the "
                "record has the release that is in service"
            )

    def read(self, key: str) -> Stored | None:
        """Return a small object, or None if there is none."""
        answer = self._unless(_ABSENT, self._client.get_object, Key=key)
        return None if answer is None else Stored(answer["Body"].read(), answer["ETag"])

    def create(self, key: str, content: bytes) -> str | None:
        """Write a JSON object and return its ETag; None, and nothing is written, if there is one of that key."""
        return self._put(key, content, IfNoneMatch="*")

    def replace(self, key: str, content: bytes, etag: str) -> str | None:
        """Replace a JSON object and return the new ETag; None, and nothing is written, if it is not `etag` any more."""
        return self._put(key, content, IfMatch=etag)

    def delete_unchanged(self, key: str, etag: str) -> None:
        """Delete an object, unless it is not `etag` any more."""
        self._unless(_OTHERS_WERE_FIRST, self._client.delete_object, Key=key, IfMatch=etag)

    def _put(self, key: str, content: bytes, **condition: str) -> str | None:
        answer = self._unless(
            _OTHERS_WERE_FIRST,
            self._client.put_object,
            Key=key,
            Body=content,
            ContentType="application/json",
            **condition,
        )
        return None if answer is None else str(answer["ETag"])

    def _unless(self, codes: set[str], operation: Callable[..., dict[str, Any]], **given: object) -> Any:
        """Return the answer of an operation on the bucket, or None if it failed with one of some codes."""
        from botocore.exceptions import ClientError

        try:
            return operation(Bucket=self._name, **given)
        except ClientError as error:
            if error.response["Error"]["Code"] not in codes:
                raise
            return None

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
