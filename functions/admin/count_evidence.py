"""Which count checks are about the present line of a camera, and when the next one is due. Pure, without a clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from functions.admin.schemas.count_checks import CountCheckUse
from functions.common.cameras import Origin
from functions.common.limits import HEARTBEAT_INTERVAL

LINE_IN_USE_WITHIN = HEARTBEAT_INTERVAL + timedelta(seconds=5)
"""An edge box that is online fetches a new line after its next heartbeat. Until then it counts with the line before."""
CHECK_EVERY = timedelta(days=90)
"""A check is due this long after the last one."""
CHECK_WITHIN = timedelta(days=7)
"""The first check of a line or a view is due this long after it began."""


class CountCheckReason(StrEnum):
    """Why a count check is due."""

    NEVER = "never"
    LINE_CHANGED = "line_changed"
    VIEW_CHANGED = "view_changed"
    OLD = "old"


class ComparedWindow(Protocol):
    """The window of a count check, and whether all of its crossings had arrived."""

    @property
    def window_start(self) -> datetime: ...  # noqa: D102
    @property
    def window_end(self) -> datetime: ...  # noqa: D102
    @property
    def complete(self) -> bool | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class CountCheckDue:
    """When the next count check of a camera is due, and why."""

    at: datetime
    reason: CountCheckReason


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCamera:
    """What decides when the next count check of a camera is due.

    Attributes:
        origin: of the camera; only real cameras are checked.
        is_counting_line: whether the camera counts for its store.
        last_seen_at: of its edge box; None before the first heartbeat.
        line_set_at: when the present version of the line was set.
        view_accepted_at: when a superadmin last accepted its view.
        last_check_start: start of the newest window of a complete count check; None without one.
        last_check_end: end of that window.
    """

    origin: str
    is_counting_line: bool
    last_seen_at: datetime | None
    line_set_at: datetime
    view_accepted_at: datetime | None
    last_check_start: datetime | None
    last_check_end: datetime | None


def find_counts_from(line_set_at: datetime, view_accepted_at: datetime | None) -> datetime:
    """Return from when on counts are about the present line and view."""
    line_used_from = line_set_at + LINE_IN_USE_WITHIN
    return line_used_from if view_accepted_at is None else max(line_used_from, view_accepted_at)


def find_uses(checks: Sequence[ComparedWindow], counts_from: datetime) -> list[CountCheckUse]:
    """Return for each count check whether it says something about the present line, or why not.

    Args:
        checks: newest window first.
        counts_from: from when on counts are about the present line and view.
    """
    uses: list[CountCheckUse] = []
    used_from: datetime | None = None
    for check in checks:
        if check.window_start < counts_from:
            use = CountCheckUse.EARLIER_LINE
        elif not check.complete:
            use = CountCheckUse.INCOMPLETE
        elif used_from is not None and check.window_end > used_from:
            use = CountCheckUse.OVERLAPPING
        else:
            use, used_from = CountCheckUse.USED, check.window_start
        uses.append(use)
    return uses


def find_count_check_due(camera: CheckedCamera) -> CountCheckDue | None:
    """Return when the next count check of a camera is due; None for a camera that is not checked.

    A camera that has not been connected, that does not count for its store, or whose crossings are generated is not
    checked.
    """
    if camera.origin != Origin.CAMERA or not camera.is_counting_line or camera.last_seen_at is None:
        return None
    began = find_counts_from(camera.line_set_at, camera.view_accepted_at)
    start, end = camera.last_check_start, camera.last_check_end
    if start is not None and end is not None and start >= began:
        return CountCheckDue(end + CHECK_EVERY, CountCheckReason.OLD)
    if start is None:
        reason = CountCheckReason.NEVER
    elif began == camera.view_accepted_at:
        reason = CountCheckReason.VIEW_CHANGED
    else:
        reason = CountCheckReason.LINE_CHANGED
    return CountCheckDue(began + CHECK_WITHIN, reason)
