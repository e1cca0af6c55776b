"""UTC time on a machine whose clock may be wrong, and timestamps as text.

A mini PC without a battery starts with a time in the past until NTP has corrected it, and a store's firewall may block
NTP permanently. The answers of the backend carry its time. When the system clock differs clearly, this is logged and
new crossings get the backend's time. Timestamps that are already assigned never change.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

log = logging.getLogger(__name__)

TOLERANCE_S = 30.0
"""Smaller offsets are ignored: network latency, the resolution of ``Date`` (one second), ordinary drift."""
JUMP_S = 2.0
"""The system clock was set (by NTP or a person) when it moved this differently from the monotonic clock."""


def system_utc() -> datetime:
    """Return the time of the system clock in UTC."""
    return datetime.now(UTC)


def format_utc(time: datetime) -> str:
    """Return an aware datetime as ``2026-11-22T09:15:02.123456Z``: UTC, RFC 3339, always six decimals.

    Because of the fixed width the texts sort like the times, so SQLite can compare them.

    Raises:
        ValueError: The datetime has no time zone.
    """
    if time.tzinfo is None:
        raise ValueError(f"{time.isoformat()} has no time zone")
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_utc(text: str) -> datetime:
    """Return the time of an RFC 3339 text with a time zone, in UTC.

    Raises:
        ValueError: The text is not a date and time, or it has no time zone.
    """
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return time.astimezone(UTC)


class TrustedClock:
    """The system clock, corrected by the backend's clock when the two differ by more than `TOLERANCE_S`.

    Safe for use by several threads.

    Args:
        now: The system clock, aware.
        elapsed: A monotonic clock, in seconds.
    """

    def __init__(self, now: Callable[[], datetime] = system_utc, elapsed: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._elapsed = elapsed
        self._mutex = threading.Lock()
        self._correction = timedelta()
        self._offset_s: float | None = None
        self._last_reading = (now(), elapsed())

    def utc(self) -> datetime:
        """Return the corrected time."""
        with self._mutex:
            return self._read_system() + self._correction

    def corrected(self, system_time: datetime) -> datetime:
        """Return a recent reading of the system clock, such as a frame's capture time, with the current correction."""
        with self._mutex:
            self._read_system()  # detects a jump since the reading
            return system_time + self._correction

    def offset_s(self) -> float | None:
        """Return how many seconds the system clock is ahead of the backend's; None when that is unknown."""
        with self._mutex:
            self._read_system()
            return self._offset_s

    def is_wrong(self) -> bool:
        """Return whether the system clock is known to differ from the backend's by more than `TOLERANCE_S`."""
        offset_s = self.offset_s()
        return offset_s is not None and abs(offset_s) > TOLERANCE_S

    def observe(self, server_time: datetime, round_trip_s: float) -> None:
        """Compare with the backend's time.

        Args:
            server_time: The time in an answer of the backend, aware.
            round_trip_s: How long that request took, in seconds.
        """
        with self._mutex:
            at_arrival = server_time + timedelta(seconds=min(round_trip_s, 60.0) / 2)
            offset = self._read_system() - at_arrival
            self._offset_s = offset.total_seconds()
            was_corrected = bool(self._correction)
            is_wrong = abs(self._offset_s) > TOLERANCE_S + round_trip_s / 2
            self._correction = -offset if is_wrong else timedelta()
        if is_wrong and not was_corrected:
            log.error(
                "the system clock is %.0f s %s: set it (timedatectl set-ntp true); "
                "until then crossings get the backend's time",
                abs(offset.total_seconds()),
                "ahead" if offset > timedelta() else "behind",
            )
        elif was_corrected and not is_wrong:
            log.info("the system clock is correct again")

    def _read_system(self) -> datetime:
        """Read the system clock and shift the known offset by the jump when the clock was set."""
        now, elapsed = self._now(), self._elapsed()
        last_now, last_elapsed = self._last_reading
        jump_s = (now - last_now).total_seconds() - (elapsed - last_elapsed)
        self._last_reading = (now, elapsed)
        if abs(jump_s) > JUMP_S:
            log.warning("the system clock jumped by %+.1f s", jump_s)
            if self._offset_s is not None:
                # The backend's clock did not jump, so the offset changes by the jump.
                self._offset_s += jump_s
                is_wrong = abs(self._offset_s) > TOLERANCE_S
                self._correction = timedelta(seconds=-self._offset_s) if is_wrong else timedelta()
        return now
