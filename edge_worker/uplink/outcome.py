"""What an answer of ``POST /events`` means for the batch: pure, from status, headers and body."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

LONGEST_S = 86_400
"""A day: a larger number of seconds to wait is nonsense, and may be too large for a float."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The backend has the batch, except the events it refuses for good.

    Attributes:
        rejected: (index in the batch, reason).
    """

    inserted: int
    duplicates: int
    rejected: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class TooLarge:
    """413: send less at once."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """400, 422: the backend cannot read the envelope; alone, an event that causes it is refused for good."""

    reason: str


@dataclass(frozen=True, slots=True)
class KeyRefused:
    """401, 403: nothing is wrong with the events; somebody must see to the key."""

    problem: str


@dataclass(frozen=True, slots=True)
class Later:
    """Anything else: keep everything, try again.

    Attributes:
        problem: what happened, a sentence.
        retry_after_s: what the backend asked for.
        unreachable: nobody answered at all.
    """

    problem: str
    retry_after_s: float | None = None
    unreachable: bool = False


Outcome = Taken | TooLarge | Unreadable | KeyRefused | Later


def outcome_of(status: int, headers: Mapping[str, str], body: bytes, sent: int, now: datetime) -> Outcome:
    """What to do with a batch of ``sent`` events that was answered like this.

    Only an answer that accounts for every event of the batch counts as one of Metrica's: a captive portal or a proxy
    also says 200, or 400.
    """
    if 200 <= status < 300:
        return _taken(body, sent) or Later("the backend's answer is not one of Metrica's; is the --api address right?")
    if status == 413:
        return TooLarge()
    slug = _slug(body)
    if status in {400, 422} and slug:
        return Unreadable(slug)
    if status in {401, 403}:
        return KeyRefused("the backend refuses the worker key: make a new one in the admin, and set METRICA_WORKER_KEY")
    if status == 404:
        return Later("the backend has no POST /events (404): is the --api address right?")
    return Later(f"the backend answered {status}", retry_after_s(headers.get("retry-after"), now))


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """Seconds of a ``Retry-After`` header, which may be a number or a date; None when there is none to be read."""
    if value is None:
        return None
    try:
        return float(min(max(int(value), 0), LONGEST_S))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - now).total_seconds(), 0.0)


def _taken(body: bytes, sent: int) -> Taken | None:
    try:
        answer = json.loads(body)
        rejected = tuple((_index(one, sent), str(one["reason"])) for one in answer["rejected"])
        taken = Taken(int(answer["inserted"]), int(answer["duplicates"]), rejected)
    except (ValueError, TypeError, KeyError):
        return None
    distinct = len({index for index, _ in rejected})
    if min(taken.inserted, taken.duplicates) < 0 or taken.inserted + taken.duplicates + distinct != sent:
        return None
    return taken


def _index(rejection: Mapping[str, Any], sent: int) -> int:
    index = rejection["index"]
    if not isinstance(index, int) or not 0 <= index < sent:
        raise ValueError(f"index {index!r} is not one of the batch")
    return index


def _slug(body: bytes) -> str | None:
    """The last part of the problem's ``type``."""
    try:
        problem = json.loads(body)
    except ValueError:
        return None
    kind = problem.get("type") if isinstance(problem, dict) else None
    return kind.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1][:100] if isinstance(kind, str) and kind else None
