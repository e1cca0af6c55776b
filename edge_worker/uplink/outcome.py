"""The outcome of ``POST /events`` for a batch: pure, from the status, headers and body of the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

MAX_RETRY_AFTER_S = 86_400
"""A day. A larger ``Retry-After`` is an error, and may be too large for a float."""


OTHER_INSTANCE = "other_instance"
OTHER_INSTANCE_COUNTS = (
    "another worker counts this camera: stop one of them, or let this one take the camera over in the admin; "
    "without the other one it takes over by itself after five minutes"
)
UNREADABLE = frozenset({400, 415, 422})
"""What a backend answers to a body that it cannot read."""
KEY_REFUSED = "the backend refuses the worker key: create a new one in the admin and set METRICA_WORKER_KEY"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The backend has stored the batch, except the events that it refuses permanently.

    Attributes:
        inserted: Events that were new.
        duplicates: Events that the backend had already.
        rejected: (index in the batch, reason) of the refused events.
    """

    inserted: int
    duplicates: int
    rejected: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class PayloadTooLarge:
    """413: send fewer events at once."""


@dataclass(frozen=True, slots=True)
class InvalidBatch:
    """400, 415, 422: the backend cannot read the request, or something in between has changed it. The events wait.

    Attributes:
        reason: The slug of the problem type.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class WorkerRefused:
    """401, 403, 409: the events are fine, but the backend does not take them from this worker.

    Attributes:
        problem: What happened, one sentence.
    """

    problem: str


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Any other answer, or none: keep the events and try again.

    Attributes:
        problem: What happened, one sentence.
        retry_after_s: The ``Retry-After`` of the answer, in seconds.
        unreachable: There was no answer.
    """

    problem: str
    retry_after_s: float | None = None
    unreachable: bool = False


Outcome = Accepted | PayloadTooLarge | InvalidBatch | WorkerRefused | RetryLater


def outcome_of(status: int, headers: Mapping[str, str], body: bytes, sent: int, now: datetime) -> Outcome:
    """Return the outcome of a batch.

    An answer is taken as one of Metrica's only if it accounts for every event of the batch: a captive portal or a
    proxy may answer 200 or 400 as well.

    Args:
        status: The HTTP status.
        headers: The headers, with lower-case names.
        body: The body.
        sent: The number of events in the batch.
        now: The current time, for a ``Retry-After`` with a date.
    """
    if 200 <= status < 300:
        return _accepted(body, sent) or RetryLater("the answer is not one of a Metrica backend; check --api")
    if status == 413:
        return PayloadTooLarge()
    slug = _slug(body)
    if status in UNREADABLE and slug:
        return InvalidBatch(slug)
    if status in {401, 403} or (status == 409 and slug == OTHER_INSTANCE):
        return WorkerRefused(OTHER_INSTANCE_COUNTS if status == 409 else KEY_REFUSED)
    if status == 404:
        return RetryLater("the backend has no POST /events (404); check --api")
    return RetryLater(f"the backend answered {status}", retry_after_s(headers.get("retry-after"), now))


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """Return the seconds of a ``Retry-After`` header, a number or a date; None if it is missing or invalid."""
    if value is None:
        return None
    try:
        return float(min(max(int(value), 0), MAX_RETRY_AFTER_S))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - now).total_seconds(), 0.0)


def _accepted(body: bytes, sent: int) -> Accepted | None:
    try:
        answer = json.loads(body)
        rejected = tuple((_index(one, sent), str(one["reason"])) for one in answer["rejected"])
        accepted = Accepted(int(answer["inserted"]), int(answer["duplicates"]), rejected)
    except (ValueError, TypeError, KeyError):
        return None
    distinct = len({index for index, _ in rejected})
    if min(accepted.inserted, accepted.duplicates) < 0 or accepted.inserted + accepted.duplicates + distinct != sent:
        return None
    return accepted


def _index(rejection: Mapping[str, Any], sent: int) -> int:
    index = rejection["index"]
    if not isinstance(index, int) or not 0 <= index < sent:
        raise ValueError(f"index {index!r} is not in the batch")
    return index


def _slug(body: bytes) -> str | None:
    """Return the last part of the problem's ``type``; None if the body is not a problem."""
    try:
        problem = json.loads(body)
    except ValueError:
        return None
    kind = problem.get("type") if isinstance(problem, dict) else None
    return kind.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1][:100] if isinstance(kind, str) and kind else None
