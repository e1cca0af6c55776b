"""Which changes of incidents become a message now: ten minutes together, and none in quiet hours. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from functions.common.incidents import IncidentType

BATCH_TIME = timedelta(minutes=10)
"""Changes within this time become one message."""

MAX_CHANGES = 200
"""Changes in one message. Others go into the next one."""

Event = Literal["opened", "closed"]


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours in which a channel gets nothing, by the clock of the store. They may span midnight."""

    start: time
    end: time

    def contain(self, at: time) -> bool:
        """Return whether a time of the clock is within them."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class Change:
    """An incident that opened or closed, and waits to be told to a channel.

    Attributes:
        channel_id: the channel.
        quiet_hours: those of the channel.
        event: what happened.
        found_at: when the job found it.
        incident_id: the incident.
        type: its type.
        store_id: its store; None for a job of the database.
        store_name: the name of the store.
        timezone: the zone of the store.
        camera_id: its camera, if it has one.
        camera_name: the name of the camera.
        detail: what is wrong.
        remedy: what to do.
        started_at: when the fault began.
        opened_at: when it became an incident.
        closed_at: when it ended or was closed.
    """

    channel_id: UUID
    quiet_hours: QuietHours | None
    event: Event
    found_at: datetime
    incident_id: UUID
    type: IncidentType
    store_id: UUID | None
    store_name: str | None
    timezone: str | None
    camera_id: UUID | None
    camera_name: str | None
    detail: str
    remedy: str
    started_at: datetime
    opened_at: datetime
    closed_at: datetime | None

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the store; UTC where there is none or it is unknown."""
        try:
            return ZoneInfo(self.timezone or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")


def select_due_changes(waiting: Sequence[Change], now: datetime) -> list[Change]:
    """Return the changes of a channel that become a message now, oldest incident first; none before they are due.

    A message is due ten minutes after the oldest of its changes. Changes in quiet hours wait for their end.

    Args:
        waiting: the changes that wait, all of one channel.
        now: current time, aware.
    """
    loud = [change for change in waiting if not _is_quiet(change, now)]
    if not loud or now - min(change.found_at for change in loud) < BATCH_TIME:
        return []
    in_order = sorted(loud, key=lambda change: (change.opened_at, change.incident_id, change.event == "closed"))
    return in_order[:MAX_CHANGES]


def _is_quiet(change: Change, now: datetime) -> bool:
    local = now.astimezone(UTC).astimezone(change.zone)
    return change.quiet_hours is not None and change.quiet_hours.contain(local.time())
