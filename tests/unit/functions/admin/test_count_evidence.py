"""Which count checks are about the present line, and when the next one is due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from functions.admin.count_evidence import (
    CheckedCamera,
    CountCheckDue,
    CountCheckReason,
    find_count_check_due,
    find_counts_from,
    find_uses,
)

SET = datetime(2026, 11, 1, 10, tzinfo=UTC)
USED_FROM = SET + timedelta(seconds=35)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    window_start: datetime
    window_end: datetime
    complete: bool | None = True


def window(day: int, minutes: int = 60, complete: bool | None = True) -> Window:
    start = SET + day * DAY
    return Window(start, start + timedelta(minutes=minutes), complete)


CAMERA = CheckedCamera(
    origin="camera",
    is_counting_line=True,
    last_seen_at=SET + 40 * DAY,
    line_set_at=SET,
    view_accepted_at=None,
    last_check_start=None,
    last_check_end=None,
)


def checked(at: datetime) -> CheckedCamera:
    return replace(CAMERA, last_check_start=at, last_check_end=at + timedelta(hours=1))


def test_a_line_counts_from_the_next_heartbeat_on_and_an_accepted_view_from_then_on() -> None:
    assert find_counts_from(SET, None) == USED_FROM
    assert find_counts_from(SET, SET - DAY) == USED_FROM
    assert find_counts_from(SET, SET + DAY) == SET + DAY


def test_checks_of_an_earlier_line_incomplete_ones_and_overlapping_ones_are_not_used() -> None:
    half = timedelta(minutes=30)
    newest = window(3)
    overlapping = Window(newest.window_start - half, newest.window_end - half)
    before = Window(overlapping.window_start - half, newest.window_start)
    checks = [newest, overlapping, before, window(2, complete=False), window(1, complete=None), window(-1)]
    assert find_uses(checks, USED_FROM) == [
        "used",
        "overlapping",
        "used",
        "incomplete",
        "incomplete",
        "earlier_line",
    ]


def test_windows_that_touch_do_not_overlap() -> None:
    second = window(1)
    first = Window(second.window_start - timedelta(hours=1), second.window_start)
    assert find_uses([second, first], USED_FROM) == ["used", "used"]


@pytest.mark.parametrize(
    ("camera", "due"),
    [
        (CAMERA, CountCheckDue(USED_FROM + 7 * DAY, CountCheckReason.NEVER)),
        (
            checked(SET + 2 * DAY),
            CountCheckDue(SET + 92 * DAY + timedelta(hours=1), CountCheckReason.OLD),
        ),
        (checked(SET - DAY), CountCheckDue(USED_FROM + 7 * DAY, CountCheckReason.LINE_CHANGED)),
        (
            replace(checked(SET + 2 * DAY), view_accepted_at=SET + 3 * DAY),
            CountCheckDue(SET + 10 * DAY, CountCheckReason.VIEW_CHANGED),
        ),
        (
            replace(checked(SET - DAY), view_accepted_at=SET - 2 * DAY),
            CountCheckDue(USED_FROM + 7 * DAY, CountCheckReason.LINE_CHANGED),
        ),
        (replace(CAMERA, last_seen_at=None), None),
        (replace(CAMERA, is_counting_line=False), None),
        (replace(CAMERA, origin="generated"), None),
        (replace(CAMERA, origin="simulated"), None),
    ],
)
def test_a_check_is_due_90_days_after_the_last_one_or_7_after_a_change(
    camera: CheckedCamera, due: CountCheckDue | None
) -> None:
    assert find_count_check_due(camera) == due
