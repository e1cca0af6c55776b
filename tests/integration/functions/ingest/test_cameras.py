"""Heartbeat, config and snapshot of a camera."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import boto3
import cv2
import numpy as np
import psycopg
import pytest

from functions.common.limits import INSTANCE_GRACE
from functions.ingest.jpeg import clean_jpeg
from tests.factories import make_camera
from tests.integration.functions.ingest.box import Box, Reply, handler_for, heartbeat, make_box

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]


@pytest.fixture
def new_box(connection: Connection, database_url: str) -> Callable[[], Box]:
    handler = handler_for(database_url)
    return lambda: make_box(connection, handler)


@pytest.fixture
def box(new_box: Callable[[], Box]) -> Box:
    return new_box()


def camera(connection: Connection, camera_id: UUID, *columns: str) -> tuple[Any, ...]:
    row = connection.execute(
        f"SELECT {', '.join(columns)} FROM cameras WHERE id = %s",
        [camera_id],
    ).fetchone()
    assert row is not None
    return tuple(row)


def minutes(connection: Connection, camera_id: UUID) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT minute, frames, dropped, fps, reconnects FROM camera_minutes WHERE camera_id = %s ORDER BY minute",
        [camera_id],
    ).fetchall()


def whole_minute(ago: int) -> datetime:
    return (datetime.now(UTC) - timedelta(minutes=ago)).replace(second=0, microsecond=0)


def minute(at: datetime, **changes: Any) -> dict[str, Any]:
    return {"minute": at.isoformat(), "frames": 600, "dropped": 1, "fps": 10.5, "reconnects": 2, **changes}


def jpeg(width: int = 64, height: int = 48) -> bytes:
    ok, data = cv2.imencode(".jpg", np.full((height, width, 3), 127, np.uint8))
    assert ok
    return bytes(data)


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


def test_the_config_has_the_line_and_its_version(box: Box, connection: Connection) -> None:
    before = box.config()
    assert (before.body["line"], before.body["line_version"]) == (None, 1)
    connection.execute("UPDATE cameras SET line = '{0,0.7,1,0.7}' WHERE id = %s", [box.camera_id])
    assert box.beat().body["config_etag"] != before.headers["ETag"]
    after = box.config(headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status, after.body["line"], after.body["line_version"]) == (200, [0.0, 0.7, 1.0, 0.7], 2)
    assert box.config(headers={"If-None-Match": after.headers["ETag"]}).status == 304


def test_a_beat_that_is_refused_stores_nothing(box: Box, connection: Connection) -> None:
    assert box.beat(backlog=-1, minutes=[minute(whole_minute(1))]).status == 422
    assert minutes(connection, box.camera_id) == []
    assert camera(connection, box.camera_id, "last_seen_at") == (None,)


def test_a_snapshot_is_asked_for_until_it_has_come(box: Box, connection: Connection, storage: str) -> None:
    assert box.beat().body["snapshot_requested"] is False
    connection.execute("UPDATE cameras SET snapshot_requested_at = now() WHERE id = %s", [box.camera_id])
    assert box.beat().body["snapshot_requested"] is True
    assert box.snapshot(jpeg()).status == 200
    assert box.beat().body["snapshot_requested"] is False


def test_the_config_is_what_the_admin_has_set(box: Box, connection: Connection) -> None:
    connection.execute(
        "UPDATE cameras SET name = 'Door', line = '{0.1,0.5,0.9,0.6}', anchor = 'center', is_counting_line = false"
        " WHERE id = %s",
        [box.camera_id],
    )
    assert box.config().body == {
        "camera_id": str(box.camera_id),
        "store_id": str(box.store_id),
        "name": "Door",
        "is_counting_line": False,
        "line": [0.1, 0.5, 0.9, 0.6],
        "anchor": "center",
        "sample_fps": 10.0,
        "snapshot_interval_s": 0,
        "line_version": 2,
        "view_accepted_at": None,
        "min_stay_s": 0.0,
        "ignore_children": False,
    }


def test_a_changed_policy_is_a_changed_config(box: Box, connection: Connection) -> None:
    before = box.config()
    connection.execute("UPDATE cameras SET min_stay_s = 2.6, ignore_children = true WHERE id = %s", [box.camera_id])
    assert box.beat().body["config_etag"] != before.headers["ETag"]
    after = box.config(headers={"If-None-Match": before.headers["ETag"]})
    assert (after.body["min_stay_s"], after.body["ignore_children"]) == (2.6, True)
    assert after.body["line_version"] == before.body["line_version"]


def test_the_config_has_the_moment_at_which_the_view_was_accepted(box: Box, connection: Connection) -> None:
    before = box.config()
    connection.execute("SET timezone = 'Asia/Kolkata'")
    connection.execute("UPDATE cameras SET view_accepted_at = '2026-11-26T12:00:00.25Z' WHERE id = %s", [box.camera_id])
    assert box.config().body["view_accepted_at"] == "2026-11-26T12:00:00.250Z"
    assert box.beat().body["config_etag"] != before.headers["ETag"]


def test_an_unchanged_config_is_304_and_the_etag_is_the_heartbeats(box: Box, connection: Connection) -> None:
    first = box.config()
    etag = first.headers["ETag"]
    assert box.beat().body["config_etag"] == etag
    again = box.config(headers={"If-None-Match": etag})
    assert (again.status, again.body, again.headers["ETag"]) == (304, None, etag)
    assert box.config(headers={"If-None-Match": f'"other", W/{etag}'}).status == 304
    connection.execute("UPDATE cameras SET line = '{0,0.5,1,0.5}' WHERE id = %s", [box.camera_id])
    changed = box.config(headers={"If-None-Match": etag})
    assert changed.status == 200
    assert changed.headers["ETag"] != etag


def test_a_snapshot_lies_in_the_bucket_without_metadata_and_the_camera_points_at_it(
    box: Box, connection: Connection, storage: str
) -> None:
    picture = jpeg(320, 200)
    exif = b"Exif\0\0GPS 52.5 N 13.4 E"
    with_metadata = b"%b\xff\xe1%b%b%b<trailing>" % (picture[:2], (len(exif) + 2).to_bytes(2, "big"), exif, picture[2:])
    reply = box.snapshot(with_metadata)
    assert (reply.status, reply.body["width"], reply.body["height"]) == (200, 320, 200)
    key, at = camera(connection, box.camera_id, "snapshot_key", "snapshot_at")
    stored = boto3.client("s3").get_object(Bucket=storage, Key=key)
    body = stored["Body"].read()
    assert (body, stored["ContentType"]) == (clean_jpeg(picture).data, "image/jpeg")
    assert b"GPS" not in body
    assert str(box.camera_id) in key
    assert abs(datetime.now(UTC) - at) < timedelta(seconds=60)


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"not a picture", "image/jpeg", 422),
        (b"\xff\xd8\xff\xd9", "image/jpeg", 422),
        (jpeg(), "image/png", 415),
        (jpeg(), "", 415),
        (b"\xff\xd8" + bytes(512 * 1024), "image/jpeg", 413),
    ],
)
def test_what_is_not_a_jpeg_of_ours_is_not_stored(
    box: Box, connection: Connection, storage: str, *, body: bytes, media_type: str, status: int
) -> None:
    reply = box.snapshot(body, media_type=media_type)
    assert (reply.status, reply.headers["Content-Type"]) == (status, "application/problem+json")
    assert camera(connection, box.camera_id, "snapshot_key") == (None,)


def test_without_the_bucket_the_box_is_told_to_come_again(box: Box, storage: str, database_url: str) -> None:
    box.handler = handler_for(database_url, bucket="no-such-bucket")
    reply = box.snapshot(jpeg())
    assert (reply.status, reply.body["type"]) == (503, "storage_unavailable")
    assert int(reply.headers["Retry-After"]) > 0


@pytest.mark.parametrize("action", ["beat", "config", "snapshot"])
def test_a_camera_of_another_store_is_as_if_there_were_none(
    new_box: Callable[[], Box], connection: Connection, storage: str, action: str
) -> None:
    mine, theirs = new_box(), new_box()

    def ask(camera_id: UUID) -> Any:
        return {
            "beat": lambda: mine.beat(camera_id),
            "config": lambda: mine.config(camera_id),
            "snapshot": lambda: mine.snapshot(jpeg(), camera_id),
        }[action]()

    other, nobodys = ask(theirs.camera_id), ask(uuid4())
    any_id = {"X-Request-Id": ""}
    assert (other.status, other.body, other.headers | any_id) == (404, nobodys.body, nobodys.headers | any_id)
    assert camera(connection, theirs.camera_id, "last_seen_at", "snapshot_key") == (None, None)


@pytest.mark.parametrize("action", ["beat", "config", "snapshot"])
def test_an_archived_camera_is_as_if_there_were_none(
    box: Box, connection: Connection, storage: str, action: str
) -> None:
    connection.execute("UPDATE cameras SET archived_at = now() WHERE id = %s", [box.camera_id])
    requests: dict[str, Callable[[], Reply]] = {
        "beat": box.beat,
        "config": box.config,
        "snapshot": lambda: box.snapshot(jpeg()),
    }
    assert requests[action]().status == 404


@pytest.mark.parametrize("camera_id", ["x", "%00", "{0b1f3a52-7c4d-4e8f-9a6b-5c4d3e2f1a0b}", "1" * 36, "é" * 36])
def test_an_id_that_is_none_is_not_found(box: Box, camera_id: str) -> None:
    reply = box.ask("GET", f"/cameras/{camera_id}/config")
    assert (reply.status, reply.body["type"]) == (404, "camera_not_found")


# -- instances ---------------------------------------------------------------------------------------------------------

FIRST, SECOND = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


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


def test_crossings_that_did_not_arrive_are_stored_and_the_data_is_complete_until_the_oldest_refused_one(
    box: Box, connection: Connection
) -> None:
    box.beat(refused=3, lost=2, set_aside=1, backlog=0, oldest_unsent_s=600.0)
    assert camera(connection, box.camera_id, "refused", "lost", "set_aside") == (3, 2, 1)
    seen, delivered = camera(connection, box.camera_id, "last_seen_at", "delivered_until")
    assert timedelta(seconds=600) <= seen - delivered < timedelta(seconds=660)
    box.beat()
    assert camera(connection, box.camera_id, "refused", "lost", "set_aside") == (None, None, None)


# -- measurements ------------------------------------------------------------------------------------------------------

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


# -- totals ------------------------------------------------------------------------------------------------------------


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


# -- copies of one outbox ----------------------------------------------------------------------------------------------


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
