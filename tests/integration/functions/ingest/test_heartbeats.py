"""Heartbeats: how the box is, its minutes, and its measurements."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.integration.functions.ingest.box import Box
from tests.integration.functions.ingest.cameras import camera, minute, minutes, whole_minute

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]


def test_a_heartbeat_says_how_the_box_is(box: Box, connection: Connection) -> None:
    reply = box.beat(backlog=2, oldest_unsent_s=30.5, totals={"in": 2**40, "out": 7})
    assert reply.status == 200
    assert set(reply.body) == {"config_etag", "snapshot_requested", "server_time", "rejected", "ignored"}
    assert camera(
        connection, box.camera_id, "worker_version", "model", "backlog", "oldest_unsent_s", "total_in", "total_out"
    ) == ("0.1.0", "yolo26n", 2, 30.5, 2**40, 7)
    seen, delivered = camera(connection, box.camera_id, "last_seen_at", "delivered_until")
    assert abs(datetime.now(UTC) - seen) < timedelta(seconds=60)
    assert timedelta(seconds=30) <= seen - delivered < timedelta(seconds=60)


def test_a_backlog_of_unknown_age_leaves_what_was_known(box: Box, connection: Connection) -> None:
    box.beat()
    (before,) = camera(connection, box.camera_id, "delivered_until")
    box.beat(backlog=5, oldest_unsent_s=None)
    assert camera(connection, box.camera_id, "delivered_until") == (before,)


def test_minutes_are_stored_and_again_changes_nothing(box: Box, connection: Connection) -> None:
    first, second = whole_minute(3), whole_minute(2)
    for _ in range(2):
        assert box.beat(minutes=[minute(first), minute(second, frames=0)]).body["rejected"] == []
    assert minutes(connection, box.camera_id) == [(first, 600, 1, 10.5, 2), (second, 0, 1, 10.5, 2)]


def test_a_minute_that_comes_again_keeps_the_larger_counts(box: Box, connection: Connection) -> None:
    at = whole_minute(2)
    box.beat(minutes=[minute(at, frames=100, reconnects=3)])
    box.beat(minutes=[minute(at, frames=500, reconnects=0)])
    box.beat(minutes=[minute(at, frames=50)])
    assert [(row[1], row[4]) for row in minutes(connection, box.camera_id)] == [(500, 3)]


def test_the_parts_of_a_minute_in_one_heartbeat_are_added(box: Box, connection: Connection) -> None:
    at = whole_minute(2)
    parts = [
        minute(at, frames=200, dropped=1, fps=9.5, reconnects=1, line_version=1),
        minute(at, frames=150, dropped=2, fps=10.0, reconnects=0, line_version=2),
    ]
    box.beat(minutes=parts[:1])
    for _ in range(2):
        box.beat(minutes=parts)
    box.beat(minutes=parts[1:])
    assert minutes(connection, box.camera_id) == [(at, 350, 3, 10.0, 1)]


def test_parts_whose_sum_is_too_large_for_the_column_are_stored_as_the_largest_number(
    box: Box, connection: Connection
) -> None:
    at = whole_minute(2)
    assert box.beat(minutes=[minute(at, frames=2**31 - 1, reconnects=2**31 - 1)] * 2).status == 200
    assert [(row[1], row[4]) for row in minutes(connection, box.camera_id)] == [(2**31 - 1, 2**31 - 1)]


def test_a_bad_minute_is_rejected_and_the_beat_is_taken(box: Box, connection: Connection) -> None:
    reply = box.beat(minutes=[minute(whole_minute(1)), minute(whole_minute(60 * 24 * 31))])
    assert (reply.status, reply.body["rejected"]) == (200, [{"index": 1, "reason": "too_old"}])
    assert len(minutes(connection, box.camera_id)) == 1


def test_late_minutes_are_noted_so_that_their_buckets_are_pending(box: Box, connection: Connection) -> None:
    first, last = whole_minute(300), whole_minute(200)
    for _ in range(2):
        box.beat(minutes=[minute(first), minute(last), minute(whole_minute(1))])
    notes = connection.execute(
        "SELECT first_ts, last_ts FROM late_ranges WHERE store_id = %s ORDER BY hour", [box.store_id]
    ).fetchall()
    assert notes == [(first, first), (last, last)]


def test_a_beat_that_is_refused_stores_nothing(box: Box, connection: Connection) -> None:
    assert box.beat(backlog=-1, minutes=[minute(whole_minute(1))]).status == 422
    assert minutes(connection, box.camera_id) == []
    assert camera(connection, box.camera_id, "last_seen_at") == (None,)


MEASURED: dict[str, Any] = {
    "picture": "frozen",
    "track_fragmentation": 1.25,
    "fps_wanted": 10.0,
    "fps_reached": 7.5,
    "decode_ms": 2.5,
    "inference_ms": 31.25,
    "device": "openvino:cpu",
    "clock_offset_s": -7.5,
    "person_height": 0.25,
}


def test_crossings_that_did_not_arrive_are_stored_and_the_data_is_complete_until_the_oldest_refused_one(
    box: Box, connection: Connection
) -> None:
    box.beat(refused=3, lost=2, set_aside=1, backlog=0, oldest_unsent_s=600.0)
    assert camera(connection, box.camera_id, "refused", "lost", "set_aside") == (3, 2, 1)
    seen, delivered = camera(connection, box.camera_id, "last_seen_at", "delivered_until")
    assert timedelta(seconds=600) <= seen - delivered < timedelta(seconds=660)
    box.beat()
    assert camera(connection, box.camera_id, "refused", "lost", "set_aside") == (None, None, None)


def test_the_measurements_of_the_last_heartbeat_are_stored(box: Box, connection: Connection) -> None:
    assert box.beat(**MEASURED).body["ignored"] == []
    assert camera(connection, box.camera_id, *MEASURED) == tuple(MEASURED.values())
    box.beat()
    assert set(camera(connection, box.camera_id, *MEASURED)) == {None}


def test_an_invalid_measurement_loses_neither_the_others_nor_the_coverage(box: Box, connection: Connection) -> None:
    reply = box.beat(**{**MEASURED, "picture": "dark", "fps_wanted": "ten"}, minutes=[minute(whole_minute(1))])
    assert (reply.status, reply.body["ignored"]) == (200, ["picture", "fps_wanted"])
    assert camera(connection, box.camera_id, "picture", "fps_wanted", "fps_reached") == (None, None, 7.5)
    assert len(minutes(connection, box.camera_id)) == 1


def track_ends(connection: Connection, camera_id: UUID) -> list[Any]:
    return [
        points
        for (points,) in connection.execute(
            "SELECT points FROM camera_track_ends WHERE camera_id = %s ORDER BY received_at", [camera_id]
        )
    ]


def test_track_ends_are_kept_for_an_hour(box: Box, connection: Connection) -> None:
    for ends in ([[0.5, 0.25]], None, [[0, 1], [0.125, 0.5]]):
        box.beat(track_ends=ends)
    assert track_ends(connection, box.camera_id) == [[[0.5, 0.25]], [[0, 1], [0.125, 0.5]]]
    connection.execute(
        "UPDATE camera_track_ends SET received_at = received_at - interval '61 minutes' WHERE camera_id = %s",
        [box.camera_id],
    )
    box.beat(track_ends=[[1, 1]])
    assert track_ends(connection, box.camera_id) == [[[1, 1]]]
