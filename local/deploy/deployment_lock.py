"""One deployment of the pages of a stage at a time: an object of a bucket that only one process can create.

S3 writes an object with `If-None-Match: *` only if there is none, and replaces or deletes one with `If-Match` only if
it is still the same. So of several processes one gets the lock, whichever machines they run on.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self
from uuid import uuid4

from local.deploy.bucket import PagesBucket
from local.errors import DeploymentError
from local.stack.signals import StopSignals

if TYPE_CHECKING:
    from boto3.session import Session

LOCK: Final = "deployment.json"
_ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class Holder:
    """Who deploys.

    Attributes:
        by: The identity at AWS, and the machine.
        since: When the deployment began, in UTC.
    """

    by: str
    since: datetime

    @classmethod
    def of(cls, session: Session) -> Self:
        """Return this process as a holder."""
        identity = session.client("sts").get_caller_identity()["Arn"]
        return cls(f"{identity} on {socket.gethostname()}", datetime.now(UTC))

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Read what `to_json` wrote.

        Raises:
            DeploymentError: It is something else.
        """
        try:
            fields = json.loads(text)
            return cls(str(fields["by"]), datetime.fromisoformat(fields["since"]))
        except (ValueError, TypeError, KeyError) as error:
            raise DeploymentError(f"{LOCK} of the bucket cannot be read, delete it: {error}") from error

    def to_json(self) -> bytes:
        """Return the holder as JSON. No two results are equal, so that no two locks have the same ETag."""
        return json.dumps({"by": self.by, "since": self.since.isoformat(), "id": str(uuid4())}).encode()

    def __str__(self) -> str:
        return f"{self.by}, since {self.since:%Y-%m-%d %H:%M:%S} UTC"


class DeploymentLock:
    """The lock of a process that deploys. `hold_lock` makes it.

    Args:
        bucket: The bucket with the lock.
        etag: The ETag of the object that this process wrote.
    """

    def __init__(self, bucket: PagesBucket, etag: str) -> None:
        self._bucket = bucket
        self._etag = etag

    def require(self) -> None:
        """Check that no other process has taken the lock over.

        Raises:
            DeploymentError: Another one has.
        """
        found = self._bucket.read(LOCK)
        if found is None or found.etag != self._etag:
            other = f"by {Holder.from_json(found.content)}" if found else "it has ended"
            raise DeploymentError(
                f"another deployment of these pages took over ({other}); this one stops: check what is in service "
                "with --list"
            )

    def release(self) -> None:
        """Delete the lock, unless another process has taken it over."""
        self._bucket.delete_unchanged(LOCK, self._etag)


@contextmanager
def hold_lock(session: Session, bucket: PagesBucket, *, take_over: bool) -> Iterator[DeploymentLock]:
    """Hold the lock of a bucket. SIGTERM, as a CI service sends it, interrupts the block, and the lock is released.

    A signal that arrives while the lock is requested interrupts the block at its begin: S3 may have created the object
    already. One that arrives while it is released changes nothing.

    Args:
        session: Credentials and region.
        bucket: The bucket.
        take_over: Whether to take the lock of another process, which was killed.

    Raises:
        DeploymentError: Another process has the lock. The message says who and since when.
        KeyboardInterrupt: A signal asked to stop.
    """
    content = Holder.of(session).to_json()
    stop = _StopRequest()
    signals = StopSignals(stop.make)
    signals.install()
    try:
        lock = DeploymentLock(bucket, _acquire(bucket, content, take_over=take_over))
        try:
            with stop.interrupts_block():
                yield lock
        finally:
            lock.release()
    finally:
        signals.restore()


class _StopRequest:
    """Interrupts a block when a signal asks to stop, and nothing outside of it."""

    def __init__(self) -> None:
        self._is_made = False
        self._is_in_block = False

    def make(self) -> None:
        """Ask to stop.

        Raises:
            KeyboardInterrupt: The block runs, and was not interrupted before.
        """
        self._is_made = True
        if self._is_in_block:
            self._is_in_block = False
            raise KeyboardInterrupt

    @contextmanager
    def interrupts_block(self) -> Iterator[None]:
        """Let requests interrupt the block; one that was made before interrupts it at once."""
        self._is_in_block = True
        try:
            if self._is_made:
                raise KeyboardInterrupt
            yield
        finally:
            self._is_in_block = False


def _acquire(bucket: PagesBucket, content: bytes, *, take_over: bool) -> str:
    for _ in range(_ATTEMPTS):
        etag = bucket.create(LOCK, content)
        if etag is None and (found := bucket.read(LOCK)) is not None:
            if not take_over:
                raise DeploymentError(
                    f"another deployment of these pages runs: by {Holder.from_json(found.content)}. Wait until it has "
                    "ended. If it was killed, use --take-over"
                )
            etag = bucket.replace(LOCK, content, found.etag)
        if etag is not None:
            return etag
    raise DeploymentError("other deployments of these pages begin and end all the time: try again")
