"""Moments as they are written in the outbox and on the wire: UTC, RFC 3339, always six decimals.

The fixed width makes the text sort as the moments do, so SQLite can compare them as they are.
"""

from __future__ import annotations

from datetime import UTC, datetime


def format_utc(moment: datetime) -> str:
    """``2026-11-22T09:15:02.123456Z`` for an aware datetime.

    Raises:
        ValueError: the datetime has no time zone, so nobody knows which moment it is.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_utc(text: str) -> datetime:
    """The moment of an RFC 3339 text with a time zone.

    Raises:
        ValueError: not a date and time, or one without a time zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return moment.astimezone(UTC)
