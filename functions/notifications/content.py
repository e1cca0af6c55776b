"""The content of a notification: the JSON that a webhook receives, and from which a mail is written. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import UUID

from functions.common.incidents import INCIDENT_TITLES, severity_of
from functions.common.notification_types import NotificationType
from functions.notifications.batching import Change

Content: TypeAlias = dict[str, Any]

VERSION = 1
"""Of the members of `data`. It rises when a member changes its meaning or goes away."""


def incidents_content(changes: Sequence[Change], now: datetime) -> Content:
    """Return the content of a message about incidents that opened or closed."""
    return {
        "type": NotificationType.INCIDENTS_CHANGED.value,
        "version": VERSION,
        "timestamp": _utc(now),
        "data": {"incidents": [_incident(change) for change in changes]},
    }


def _incident(change: Change) -> Content:
    return {
        "event": change.event,
        "incident_id": str(change.incident_id),
        "type": change.type.value,
        "title": INCIDENT_TITLES[change.type],
        "severity": severity_of(change.type).value,
        "store_id": _text(change.store_id),
        "store_name": change.store_name,
        "camera_id": _text(change.camera_id),
        "camera_name": change.camera_name,
        "detail": change.detail,
        "remedy": change.remedy,
        "started_at": change.started_at.astimezone(change.zone).isoformat(),
        "opened_at": change.opened_at.astimezone(change.zone).isoformat(),
        "closed_at": None if change.closed_at is None else change.closed_at.astimezone(change.zone).isoformat(),
    }


def _text(identifier: UUID | None) -> str | None:
    return None if identifier is None else str(identifier)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
