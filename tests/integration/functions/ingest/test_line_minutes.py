"""Which minutes each version of a line was used, by the heartbeats."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.integration.functions.ingest.box import Box
from tests.integration.functions.ingest.cameras import minute, minutes

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]


def line_minutes(connection: Connection, camera_id: UUID) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT line_version, first_minute, last_minute FROM camera_line_minutes WHERE camera_id = %s"
        " ORDER BY first_minute, line_version",
        [camera_id],
    ).fetchall()


NOON = (datetime.now(UTC) - timedelta(days=2)).replace(hour=12, minute=0, second=0, microsecond=0)


def noon_plus(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2, 1, 3)])
def test_the_minutes_of_a_line_version_are_the_same_in_any_order_and_when_they_come_again(
    box: Box, connection: Connection, order: tuple[int, ...]
) -> None:
    batches = [
        [minute(noon_plus(0), line_version=1), minute(noon_plus(1), line_version=1)],
        [minute(noon_plus(7), line_version=1), minute(noon_plus(8), line_version=2)],
        [minute(noon_plus(9), line_version=2), minute(noon_plus(9), frames=1, line_version=3)],
        [minute(noon_plus(12 * 60 - 1), line_version=2), minute(noon_plus(12 * 60), line_version=2)],
    ]
    for index in order:
        assert box.beat(minutes=batches[index]).body["rejected"] == []
    assert line_minutes(connection, box.camera_id) == [
        (1, noon_plus(0), noon_plus(7)),
        (2, noon_plus(8), noon_plus(12 * 60 - 1)),
        (3, noon_plus(9), noon_plus(9)),
        (2, noon_plus(12 * 60), noon_plus(12 * 60)),
    ]


def test_a_line_of_the_command_line_has_the_version_null(box: Box, connection: Connection) -> None:
    for at in (0, 1):
        box.beat(minutes=[minute(noon_plus(at), line_version=None)])
    assert line_minutes(connection, box.camera_id) == [(None, noon_plus(0), noon_plus(1))]


def test_a_minute_without_a_line_version_is_accepted_and_tells_nothing_about_the_line(
    box: Box, connection: Connection
) -> None:
    assert box.beat(minutes=[minute(noon_plus(0))]).body["rejected"] == []
    assert len(minutes(connection, box.camera_id)) == 1
    assert line_minutes(connection, box.camera_id) == []


def test_a_minute_without_frames_tells_nothing_about_the_line(box: Box, connection: Connection) -> None:
    box.beat(minutes=[minute(noon_plus(0), frames=0, line_version=1)])
    assert line_minutes(connection, box.camera_id) == []
