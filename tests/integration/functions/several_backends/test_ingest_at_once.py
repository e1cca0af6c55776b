"""Several ingest Lambdas at the same moment: what comes twice is stored once, and nobody gets in another's way."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.integration.functions.ingest.box import Box, handler_for, make_box
from tests.side_by_side import crossroads

Connection = psycopg.Connection[Any]

HOLD_AN_EVENT = "INSERT INTO events (ts, camera_id, store_id, event_id, direction) VALUES (%s, %s, %s, %s, 'IN')"


def same_box(box: Box, url: str) -> Box:
    """The same box, answered by another process."""
    return Box(handler_for(url), box.store_id, box.camera_id, box.key)


def key_of(event: dict[str, Any]) -> list[str]:
    return [event["ts"], event["camera_id"], event["store_id"], event["event_id"]]


@pytest.mark.parametrize("age", [timedelta(minutes=1), timedelta(hours=2)], ids=["on time", "late"])
def test_the_same_events_in_another_order_do_not_block_each_other(
    database_url: str, connection: Connection, age: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    box = make_box(connection, handler_for(database_url))
    begin = datetime.now(UTC) - age
    first, middle, last = (box.event(ts=(begin + timedelta(seconds=s)).isoformat()) for s in range(3))
    again = same_box(box, database_url)
    with crossroads(database_url, HOLD_AN_EVENT, key_of(middle)) as held:
        replies = [held.start(lambda: box.send(first, middle, last))]
        replies += [held.start(lambda: again.send(last, middle, first))]
        held.open()
        bodies = [reply.result().body for reply in replies]
    assert sorted((body["inserted"], body["duplicates"]) for body in bodies) == [(0, 3), (3, 0)]
    assert "the connection was lost" not in caplog.text  # what a deadlock looks like to ingest


def test_boxes_that_send_overlapping_batches_at_once_store_each_event_once(
    database_url: str, connection: Connection
) -> None:
    box = make_box(connection, handler_for(database_url))
    begin = datetime.now(UTC) - timedelta(minutes=50)  # some are late, some are not
    events = [
        box.event(ts=(begin + timedelta(seconds=7 * n)).isoformat(), direction="IN" if n % 3 else "OUT")
        for n in range(400)
    ]

    def sender(number: int) -> tuple[int, set[str]]:
        """How many it was told were new, and which it sent."""
        process, chance = same_box(box, database_url), random.Random(number)  # noqa: S311 - the same each time
        inserted, sent = 0, set()
        for _ in range(8):
            batch = chance.sample(events, 120)
            reply = process.send(*batch)
            while reply.status != 200:
                assert (reply.status, int(reply.headers["Retry-After"]) > 0) == (503, True)
                reply = process.send(*batch)
            assert reply.body["inserted"] + reply.body["duplicates"] == len(batch)
            inserted += reply.body["inserted"]
            sent |= {event["event_id"] for event in batch}
        return inserted, sent

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(sender, range(8)))
    sent = set[str]().union(*(ids for _, ids in results))
    assert len(sent) > 390
    assert sum(inserted for inserted, _ in results) == len(sent)
    wanted = [sum(e["direction"] == way for e in events if e["event_id"] in sent) for way in ("IN", "OUT")]
    stored = "SELECT count(*) FILTER (WHERE direction = 'IN'), count(*) FILTER (WHERE direction = 'OUT') FROM events"
    found = connection.execute(f"{stored} WHERE camera_id = %s".encode(), [box.camera_id]).fetchone()
    assert found == tuple(wanted)


def test_heartbeats_at_once_keep_the_larger_count_of_each_minute(database_url: str, connection: Connection) -> None:
    box = make_box(connection, handler_for(database_url))
    begin = (datetime.now(UTC) - timedelta(minutes=90)).replace(second=0, microsecond=0)
    moments = [(begin + timedelta(minutes=n)).isoformat() for n in range(60)]

    def sender(number: int) -> list[int]:
        process, chance = same_box(box, database_url), random.Random(number)  # noqa: S311 - the same each time
        minutes: list[dict[str, Any]] = [
            {"minute": moment, "frames": chance.randrange(600), "dropped": 0, "fps": 10.0, "reconnects": 0}
            for moment in chance.sample(moments, len(moments))
        ]
        assert process.beat(minutes=minutes).status == 200
        return [minute["frames"] for minute in sorted(minutes, key=lambda minute: minute["minute"])]

    with ThreadPoolExecutor(6) as pool:
        sent = list(pool.map(sender, range(6)))
    rows = connection.execute("SELECT frames FROM camera_minutes WHERE camera_id = %s ORDER BY minute", [box.camera_id])
    assert [row[0] for row in rows] == [max(frames) for frames in zip(*sent, strict=True)]


def test_a_beat_waits_for_a_superadmin_who_changes_the_camera_and_brings_the_change(
    database_url: str, connection: Connection
) -> None:
    box = make_box(connection, handler_for(database_url))
    before = box.config().headers["ETag"]
    with crossroads(database_url, "UPDATE cameras SET anchor = 'center' WHERE id = %s", [box.camera_id]) as held:
        beat = held.start(box.beat)
        held.open(commit=True)
        assert beat.result().body["config_etag"] != before
    assert box.config().body["anchor"] == "center"


def test_a_beat_that_meets_the_archiving_of_its_camera_stores_no_minute(
    database_url: str, connection: Connection
) -> None:
    box = make_box(connection, handler_for(database_url))
    minute = {"minute": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:00Z}", "frames": 9, "dropped": 0, "fps": 9, "reconnects": 0}
    with crossroads(database_url, "UPDATE cameras SET archived_at = now() WHERE id = %s", [box.camera_id]) as held:
        beat = held.start(lambda: box.beat(minutes=[minute]))
        held.open(commit=True)
        assert beat.result().status == 404
    assert connection.execute("SELECT FROM camera_minutes WHERE camera_id = %s", [box.camera_id]).rowcount == 0
