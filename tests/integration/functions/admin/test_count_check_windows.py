"""The window of a count check: what stands beside it, and which windows are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.factories import Event, insert_events
from tests.integration.functions.admin.conftest import Admin, error_locations


@pytest.mark.clock
def test_a_manual_count_stands_beside_ours(admin: Admin, connection: psycopg.Connection[Any]) -> None:
    store = admin.store()
    camera = admin.camera(store)
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
    crossings = [Event(start + timedelta(minutes=m), "IN" if m % 2 else "OUT") for m in range(20)]
    outside = [Event(start - timedelta(seconds=1)), Event(start + timedelta(hours=1))]
    insert_events(connection, UUID(store[-36:]), UUID(camera[-36:]), [*crossings, *outside])
    window = {"window_start": start.isoformat(), "window_end": (start + timedelta(hours=1)).isoformat()}
    check = admin.post(f"{camera}/count-checks", {**window, "manual_in": 10, "manual_out": 11, "note": "by hand"})
    assert (check["counted_in"], check["counted_out"]) == (10, 10)
    assert check["accuracy"] == pytest.approx(20 / 21)
    assert admin.get(f"{camera}/count-checks")["count_checks"] == [check]


@pytest.mark.clock
@pytest.mark.parametrize(
    ("start", "hours", "status"), [(-1, 2, 409), (-3, 0, 422), (-3, -1, 422), (-30, 25, 422), (-(10**5) * 9, 1, 422)]
)
def test_a_window_must_be_over_and_a_day_at_most(admin: Admin, start: int, hours: int, status: int) -> None:
    camera = admin.camera(admin.store())
    begin = datetime.now(UTC) + timedelta(hours=start)
    window = {"window_start": begin.isoformat(), "window_end": (begin + timedelta(hours=hours)).isoformat()}
    admin.post(f"{camera}/count-checks", {**window, "manual_in": 1, "manual_out": 1}, status)


@pytest.mark.parametrize("moment", ["2026-11-22T09:00:00", 1763800000, "9999-12-31T23:59:59Z", "soon", None])
def test_a_window_has_moments_with_an_offset(admin: Admin, moment: object) -> None:
    camera = admin.camera(admin.store())
    body = {"window_start": moment, "window_end": "2026-11-20T10:00:00Z", "manual_in": 1, "manual_out": 1}
    assert ["body", "window_start"] in error_locations(admin.post(f"{camera}/count-checks", body, 422))
