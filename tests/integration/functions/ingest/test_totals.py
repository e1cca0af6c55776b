"""The totals of an edge worker against what is stored, refused and waits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest

from functions.common.limits import INSTANCE_GRACE
from tests.factories import make_camera
from tests.integration.functions.ingest.box import Box
from tests.integration.functions.ingest.cameras import FIRST, SECOND

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]


def totals(connection: Connection, camera_id: UUID, instance_id: str = FIRST) -> tuple[Any, ...]:
    """Stored, counted before, difference, and whether they differ."""
    row = connection.execute(
        "SELECT stored, counted_before, totals_difference, totals_differ_since IS NOT NULL FROM worker_instances"
        " WHERE camera_id = %s AND instance_id = %s",
        [camera_id, instance_id],
    ).fetchone()
    assert row is not None
    return tuple(row)


def report(box: Box, total: int, *, refused: int = 0, backlog: int = 0, instance_id: str = FIRST) -> None:
    waiting: dict[str, Any] = {"backlog": backlog, "oldest_unsent_s": 1.0} if backlog else {}
    reply = box.beat(totals={"in": total, "out": 0}, refused=refused, instance_id=instance_id, **waiting)
    assert reply.status == 200


def test_totals_agree_with_what_is_stored_refused_and_waits(box: Box, connection: Connection) -> None:
    events = [box.event() for _ in range(5)]
    report(box, 0)
    box.send(*events[:3], headers={"X-Instance-Id": FIRST})
    box.send(*events, headers={"X-Instance-Id": FIRST})  # three of them arrive twice
    report(box, 5)
    assert totals(connection, box.camera_id) == (5, 0, 0, False)
    report(box, 7, refused=2)
    report(box, 9, refused=2, backlog=2)
    assert totals(connection, box.camera_id) == (5, 0, 0, False)


def test_a_crossing_that_is_missing_makes_totals_disagree_until_it_arrives(box: Box, connection: Connection) -> None:
    report(box, 0)
    first, second = box.event(), box.event()
    box.send(first, headers={"X-Instance-Id": FIRST})
    report(box, 2)
    assert totals(connection, box.camera_id) == (1, 0, 1, True)
    report(box, 3, backlog=1)  # nothing new is known
    assert totals(connection, box.camera_id) == (1, 0, 1, True)
    box.send(second, headers={"X-Instance-Id": FIRST})
    report(box, 2)
    assert totals(connection, box.camera_id) == (2, 0, 0, False)


def test_what_a_box_had_delivered_before_is_not_missing(box: Box, connection: Connection) -> None:
    box.send(box.event(), headers={"X-Instance-Id": FIRST})
    report(box, 1001, backlog=3)
    assert totals(connection, box.camera_id) == (1, None, None, False)
    report(box, 1001)
    box.send(box.event(), headers={"X-Instance-Id": FIRST})
    report(box, 1002)
    assert totals(connection, box.camera_id) == (2, 1000, 0, False)


def test_each_instance_of_a_camera_has_totals_of_its_own(box: Box, connection: Connection) -> None:
    report(box, 0)
    box.send(box.event(), headers={"X-Instance-Id": FIRST})
    connection.execute(
        "UPDATE cameras SET instance_seen_at = now() - %s WHERE id = %s", [INSTANCE_GRACE, box.camera_id]
    )
    box.send(box.event(), box.event(), headers={"X-Instance-Id": SECOND})
    report(box, 2, instance_id=SECOND)
    assert totals(connection, box.camera_id) == (1, 0, 0, False)
    assert totals(connection, box.camera_id, SECOND) == (2, 0, 0, False)


def test_crossings_without_the_header_count_for_the_instance_of_the_camera(box: Box, connection: Connection) -> None:
    report(box, 0)
    box.send(box.event())
    report(box, 1)
    assert totals(connection, box.camera_id) == (1, 0, 0, False)


def test_a_batch_of_two_cameras_counts_for_each(box: Box, connection: Connection) -> None:
    other = make_camera(connection, box.store_id)
    events = [box.event(), box.event(camera_id=str(other)), box.event(), box.event(camera_id="nonsense")]
    reply = box.send(*events, headers={"X-Instance-Id": FIRST})
    assert (reply.body["inserted"], reply.body["duplicates"]) == (3, 0)
    assert [row["index"] for row in reply.body["rejected"]] == [3]
    assert (totals(connection, box.camera_id)[0], totals(connection, other)[0]) == (2, 1)
