"""What an attempt to deliver a notification ended with, and when the next one is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MAX_ATTEMPTS = 10
"""After so many attempts a notification has failed: about a day after the first."""

FIRST_DELAY, MAX_DELAY = timedelta(minutes=1), timedelta(hours=6)
_FACTOR = 3
MAX_DETAIL = 200
"""Characters of the text that is stored about an outcome."""


class OutcomeKind(StrEnum):
    """What is known after an attempt.

    DELIVERED: the receiver has it.
    TEMPORARY: the receiver does not have it, and may take it later.
    UNKNOWN: the receiver may have it; the attempt ended before its response.
    PERMANENT: the receiver does not have it and will not take it.
    GONE: the same, and it wants no other notification either.
    """

    DELIVERED = "delivered"
    TEMPORARY = "temporary"
    UNKNOWN = "unknown"
    PERMANENT = "permanent"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an attempt.

    Attributes:
        kind: what is known.
        detail: a sentence for a person, without anything that the receiver sent.
        retry_after: how long the receiver asks to wait.
    """

    kind: OutcomeKind
    detail: str
    retry_after: timedelta | None = None

    @property
    def may_repeat(self) -> bool:
        """Whether another attempt makes sense."""
        return self.kind in {OutcomeKind.TEMPORARY, OutcomeKind.UNKNOWN}


def next_attempt(outcome: Outcome, attempts: int, now: datetime, spread: float) -> datetime | None:
    """Return when to try again; None when the outcome is final.

    The delay triples with each attempt, from a minute to six hours. Half of it is at random, so that the notifications
    of a receiver that was down do not all arrive at once.

    Args:
        outcome: the outcome of the last attempt.
        attempts: how many attempts there were.
        now: current time, aware.
        spread: a random number, 0 to 1.
    """
    if not outcome.may_repeat or attempts >= MAX_ATTEMPTS:
        return None
    tripled: int = _FACTOR ** (attempts - 1)
    delay = min(FIRST_DELAY * tripled, MAX_DELAY) * (0.5 + spread / 2)
    return now + max(delay, min(outcome.retry_after or timedelta(0), MAX_DELAY))
