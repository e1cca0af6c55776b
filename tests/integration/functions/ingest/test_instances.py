"""Two edge workers for one camera: the second is turned away, takes over later, or is a copy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from functions.common.limits import INSTANCE_GRACE
from tests.integration.functions.ingest.box import Box, Reply, heartbeat
from tests.integration.functions.ingest.cameras import FIRST, SECOND, camera

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]


def beat_as(box: Box, instance_id: str | None) -> Reply:
    headers = {} if instance_id is None else {"X-Instance-Id": instance_id}
    return box.ask("POST", f"/cameras/{box.camera_id}/heartbeat", heartbeat(), headers=headers)


def send_as(box: Box, instance_id: str) -> Reply:
    return box.send(box.event(), headers={"X-Instance-Id": instance_id})


def test_the_second_living_instance_of_a_camera_is_turned_away_and_noted(box: Box, connection: Connection) -> None:
    assert beat_as(box, FIRST).status == 200
    assert send_as(box, FIRST).body["inserted"] == 1
    for reply in (beat_as(box, SECOND), send_as(box, SECOND)):
        assert (reply.status, reply.body["type"]) == (409, "other_instance")
    stored = connection.execute("SELECT count(*) FROM events WHERE camera_id = %s", [box.camera_id]).fetchone()
    assert stored == (1,)
    assert camera(connection, box.camera_id, "instance_id", "rejected_instance_id") == (UUID(FIRST), UUID(SECOND))
    (rejected_at,) = camera(connection, box.camera_id, "rejected_instance_at")
    assert abs(datetime.now(UTC) - rejected_at) < timedelta(seconds=60)
    assert beat_as(box, FIRST).status == 200


def test_late_crossings_of_the_second_instance_are_turned_away_too(box: Box, connection: Connection) -> None:
    assert beat_as(box, FIRST).status == 200
    late = box.event(ts=(datetime.now(UTC) - timedelta(hours=2)).isoformat())
    assert box.send(late, headers={"X-Instance-Id": SECOND}).status == 409
    for table in ("events", "late_ranges"):
        stored = connection.execute(f"SELECT count(*) FROM {table} WHERE store_id = %s".encode(), [box.store_id])
        assert stored.fetchone() == (0,)


def test_the_instance_in_the_body_counts_when_a_proxy_drops_the_header(box: Box) -> None:
    assert box.beat(instance_id=FIRST).status == 200
    assert box.beat(instance_id=SECOND).status == 409


def test_another_instance_takes_over_after_the_grace_period(box: Box, connection: Connection) -> None:
    beat_as(box, FIRST)
    beat_as(box, SECOND)
    connection.execute(
        "UPDATE cameras SET instance_seen_at = now() - %s WHERE id = %s", [INSTANCE_GRACE, box.camera_id]
    )
    assert send_as(box, SECOND).status == 200
    assert beat_as(box, SECOND).status == 200
    assert camera(connection, box.camera_id, "instance_id", "rejected_instance_id") == (UUID(SECOND), None)
    assert beat_as(box, FIRST).status == 409


def test_an_older_worker_without_an_instance_is_accepted_and_takes_nothing_over(
    box: Box, connection: Connection
) -> None:
    assert beat_as(box, FIRST).status == 200
    assert beat_as(box, None).status == 200
    assert camera(connection, box.camera_id, "instance_id", "rejected_instance_id") == (UUID(FIRST), None)


def test_an_instance_id_that_is_no_uuid_is_a_bad_request(box: Box) -> None:
    reply = beat_as(box, "box-7")
    assert (reply.status, reply.body["type"]) == (400, "bad_instance_id")


def is_copied(box: Box, connection: Connection, *runs: int) -> bool:
    for run in runs:
        box.beat(instance_id=FIRST, run_id=str(UUID(int=run)))
    row = connection.execute(
        "SELECT copy_seen_at IS NOT NULL FROM worker_instances WHERE camera_id = %s", [box.camera_id]
    ).fetchone()
    return row is not None and bool(row[0])


def test_restarts_of_a_worker_are_not_two_boxes(box: Box, connection: Connection) -> None:
    assert not is_copied(box, connection, 1, 1, 2, 2, 3, *range(4, 20))


@pytest.mark.parametrize("runs", [(1, 2, 1), (1, 1, 2, 2, 3, 1), (1, 2, 3, 1)])
def test_a_run_that_reports_again_after_another_one_is_a_copy_of_the_outbox(
    box: Box, connection: Connection, runs: tuple[int, ...]
) -> None:
    assert is_copied(box, connection, *runs)
