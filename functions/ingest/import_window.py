"""Import windows: the times whose events and minutes are accepted although they are too old. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from functions.common.limits import IMPORT_MAX_AGE


@dataclass(frozen=True, slots=True)
class ImportWindow:
    """A window of a camera that a superadmin has opened.

    Attributes:
        start: data from this time on is accepted.
        end: data before this time is accepted.
        expires_at: until when the window is open.
    """

    start: datetime
    end: datetime
    expires_at: datetime


def is_importable(at: datetime, windows: Iterable[ImportWindow], now: datetime) -> bool:
    """Return whether an open window contains the time. Data older than `IMPORT_MAX_AGE` is never importable.

    Args:
        at: time of the event or minute, aware.
        windows: the windows of its camera.
        now: current time, aware.
    """
    return at >= now - IMPORT_MAX_AGE and any(
        window.start <= at < window.end and now < window.expires_at for window in windows
    )
