"""Keeps the objects of moto's S3, which lives in memory, as files: one per object, replaced in one step."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PARTITION = "aws"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object as it lies on the shelf; `headers` are those that S3 keeps, `Content-Type` among them."""

    bucket: str
    key: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Shelf:
    """Files under `folder`: a line of JSON that names the object, then its bytes."""

    folder: Path

    def put(self, stored: StoredObject) -> None:
        """Write the object completely or not at all."""
        path = self._path(stored.bucket, stored.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.draft")
        head = json.dumps({"bucket": stored.bucket, "key": stored.key, "headers": stored.headers})
        with draft.open("wb") as file:
            file.write(head.encode() + b"\n" + stored.body)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    def remove(self, bucket: str, key: str) -> None:
        """Forget the object, if it is there."""
        self._path(bucket, key).unlink(missing_ok=True)

    def objects(self) -> Iterator[StoredObject]:
        """Every object that was written completely."""
        for path in sorted(self.folder.glob("*/*.object")):
            head, _, body = path.read_bytes().partition(b"\n")
            named = json.loads(head)
            yield StoredObject(named["bucket"], named["key"], named["headers"], body)

    def _path(self, bucket: str, key: str) -> Path:
        return self.folder / hashlib.sha256(bucket.encode()).hexdigest()[:16] / _file_name(key)


def _file_name(key: str) -> str:
    return f"{hashlib.sha256(key.encode()).hexdigest()}.object"


def restore(shelf: Shelf, bucket: str, region: str) -> int:
    """Make the bucket and put back what lies on the shelf; returns how many objects those are."""
    backend = s3_backends[DEFAULT_ACCOUNT_ID][_PARTITION]
    backend.create_bucket(bucket, region)
    count = 0
    for stored in shelf.objects():
        if stored.bucket not in backend.buckets:
            backend.create_bucket(stored.bucket, region)
        backend.put_object(stored.bucket, stored.key, stored.body).set_metadata(stored.headers)
        count += 1
    return count


class ShelvedApplication:
    """A WSGI application around moto's: what a request changed is on the shelf before the request is answered."""

    def __init__(self, application: WSGIApplication, shelf: Shelf) -> None:
        self._application = application
        self._shelf = shelf
        self._one_at_a_time = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._application(environ, start_response)
        if environ["REQUEST_METHOD"] in {"PUT", "POST", "DELETE"}:
            # WSGI hands over the bytes of a path as Latin-1 (PEP 3333).
            path = environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace")
            bucket, _, key = path.lstrip("/").partition("/")
            with self._one_at_a_time:
                self._mirror(bucket, key)
        return answer

    def _mirror(self, bucket: str, key: str) -> None:
        known = s3_backends[DEFAULT_ACCOUNT_ID][_PARTITION].buckets.get(bucket)
        if known is None:
            return
        # A request to the bucket itself (DeleteObjects, a form's upload) names its keys in the body: compare them all.
        for name in {key} if key else self._shelved_keys(bucket) | set(known.keys):
            if name in known.keys:
                stored = known.keys[name]
                self._shelf.put(StoredObject(bucket, name, dict(stored.metadata), stored.value))
            else:
                self._shelf.remove(bucket, name)

    def _shelved_keys(self, bucket: str) -> set[str]:
        return {stored.key for stored in self._shelf.objects() if stored.bucket == bucket}
