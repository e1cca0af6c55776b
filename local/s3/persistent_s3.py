"""Keep the objects of moto's in-memory S3 in files: one per object, written atomically."""

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
    """One object; `headers` are those that S3 keeps, `Content-Type` among them."""

    bucket: str
    key: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class ObjectFolder:
    """Objects as files under `folder`: one line of JSON with bucket, key and headers, then the body."""

    folder: Path

    def put(self, stored: StoredObject) -> None:
        """Write the object to disk completely or not at all."""
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
        """Delete the object if it exists."""
        self._path(bucket, key).unlink(missing_ok=True)

    def objects(self) -> Iterator[StoredObject]:
        """Yield every object that was written completely."""
        for path in sorted(self.folder.glob("*/*.object")):
            head, _, body = path.read_bytes().partition(b"\n")
            fields = json.loads(head)
            yield StoredObject(fields["bucket"], fields["key"], fields["headers"], body)

    def _path(self, bucket: str, key: str) -> Path:
        bucket_folder = hashlib.sha256(bucket.encode()).hexdigest()[:16]
        return self.folder / bucket_folder / f"{hashlib.sha256(key.encode()).hexdigest()}.object"


def restore(objects: ObjectFolder, bucket: str, region: str) -> int:
    """Create the bucket in moto, load the objects from disk, and return their number."""
    backend = s3_backends[DEFAULT_ACCOUNT_ID][_PARTITION]
    backend.create_bucket(bucket, region)
    count = 0
    for stored in objects.objects():
        if stored.bucket not in backend.buckets:
            backend.create_bucket(stored.bucket, region)
        backend.put_object(stored.bucket, stored.key, stored.body).set_metadata(stored.headers)
        count += 1
    return count


class PersistentS3:
    """WSGI middleware around moto: a change is on disk before its request is answered."""

    def __init__(self, application: WSGIApplication, objects: ObjectFolder) -> None:
        self._application = application
        self._objects = objects
        self._mutex = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        response = self._application(environ, start_response)
        if environ["REQUEST_METHOD"] in {"PUT", "POST", "DELETE"}:
            # WSGI passes the bytes of a path as Latin-1 (PEP 3333).
            path = environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace")
            bucket, _, key = path.lstrip("/").partition("/")
            with self._mutex:
                self._write_changes(bucket, key)
        return response

    def _write_changes(self, bucket: str, key: str) -> None:
        backend = s3_backends[DEFAULT_ACCOUNT_ID][_PARTITION].buckets.get(bucket)
        if backend is None:
            return
        # A request to the bucket itself (DeleteObjects, a form upload) has its keys in the body: compare all keys.
        for name in {key} if key else self._keys_on_disk(bucket) | set(backend.keys):
            if name in backend.keys:
                stored = backend.keys[name]
                self._objects.put(StoredObject(bucket, name, dict(stored.metadata), stored.value))
            else:
                self._objects.remove(bucket, name)

    def _keys_on_disk(self, bucket: str) -> set[str]:
        return {stored.key for stored in self._objects.objects() if stored.bucket == bucket}
