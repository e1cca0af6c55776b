"""What time it is, also on a box whose clock is wrong.

A mini PC without a battery starts in the past until NTP has corrected it; a shop's firewall may block NTP for ever. The
backend's answers carry its time, which is compared with ours: a clock that is clearly wrong is reported, and crossings
are stamped in the backend's time from then on. What has been stamped already never changes.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

log = logging.getLogger(__name__)

WRONG_BEYOND_S = 30.0
"""Smaller differences are left alone: the answer's way, a second's resolution of ``Date``, ordinary drift."""
STEP_BEYOND_S = 2.0
"""The system clock jumped (NTP, a person) when it moved so differently from the monotonic clock."""


def system_utc() -> datetime:
    return datetime.now(UTC)


class TrustedClock:
    """The system clock, corrected by the backend's when the two differ by more than `WRONG_BEYOND_S`.

    Args:
        now: the system's idea of the time, aware.
        elapsed: seconds of a clock that never jumps.
    """

    def __init__(self, now: Callable[[], datetime] = system_utc, elapsed: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._elapsed = elapsed
        self._mutex = threading.Lock()
        self._correction = timedelta()
        self._difference_s: float | None = None
        self._last = (now(), elapsed())

    def utc(self) -> datetime:
        """The best idea of the time there is."""
        with self._mutex:
            return self._system() + self._correction

    def corrected(self, moment: datetime) -> datetime:
        """A recent reading of the system clock, such as a frame's capture time, as `utc` would have given it."""
        with self._mutex:
            self._system()  # notices that the clock was set since
            return moment + self._correction

    def difference_s(self) -> float | None:
        """How many seconds the system clock is ahead of the backend's; None when that is not known."""
        with self._mutex:
            self._system()
            return self._difference_s

    def is_wrong(self) -> bool:
        difference = self.difference_s()
        return difference is not None and abs(difference) > WRONG_BEYOND_S

    def observe(self, server_time: datetime, round_trip_s: float) -> None:
        """Compares with the backend's time in an answer that took ``round_trip_s``."""
        with self._mutex:
            at_arrival = server_time + timedelta(seconds=min(round_trip_s, 60.0) / 2)
            difference = self._system() - at_arrival
            self._difference_s = difference.total_seconds()
            was_corrected = bool(self._correction)
            wrong = abs(self._difference_s) > WRONG_BEYOND_S + round_trip_s / 2
            self._correction = -difference if wrong else timedelta()
        if wrong and not was_corrected:
            log.error(
                "the clock here is %.0f s %s: set it (timedatectl set-ntp true); crossings now get the backend's time",
                abs(difference.total_seconds()),
                "ahead" if difference > timedelta() else "behind",
            )
        elif was_corrected and not wrong:
            log.info("the clock of this box is right again")

    def _system(self) -> datetime:
        """The system's time; notices that it jumped, after which nothing is known about its difference."""
        now, elapsed = self._now(), self._elapsed()
        then, elapsed_then = self._last
        step = (now - then).total_seconds() - (elapsed - elapsed_then)
        self._last = (now, elapsed)
        if abs(step) > STEP_BEYOND_S:
            log.warning("the system clock jumped by %+.1f s", step)
            if self._difference_s is not None:
                # The backend's time did not jump: what was known about the difference shifts by the step.
                self._difference_s += step
                wrong = abs(self._difference_s) > WRONG_BEYOND_S
                self._correction = timedelta(seconds=-self._difference_s) if wrong else timedelta()
        return now
