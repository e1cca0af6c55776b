"""The coverage minutes of an outbox, and their parts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from edge_worker.outbox.errors import StorageError
from edge_worker.outbox.minutes import KEPT_MINUTES
from edge_worker.outbox.records import UNKNOWN_LINE_VERSION, Minute
from edge_worker.outbox.recovery import recover
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from tests.unit.edge_worker.events import CAMERA

LATER = "2027-01-01T00:00:00.000000Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "outbox.db"


def test_two_parts_of_a_minute_become_one() -> None:
    part = Minute(CAMERA, "2026-11-22T12:00:00.000000Z", frames=100, dropped=3, fps=9.5, reconnects=1)
    with SqliteOutbox.in_memory() as outbox:
        outbox.add_minutes([part])
        outbox.add_minutes([part])
        [minute] = outbox.due_minutes(CAMERA, 10)
    assert (minute.frames, minute.dropped, minute.fps, minute.reconnects) == (200, 6, 9.5, 2)


def test_a_minute_that_grew_while_it_was_sent_stays_for_the_next_heartbeat() -> None:
    part = Minute(CAMERA, "2026-11-22T12:00:00.000000Z", frames=100, dropped=0, fps=9.5, reconnects=0)
    with SqliteOutbox.in_memory() as outbox:
        outbox.add_minutes([part])
        sent = outbox.due_minutes(CAMERA, 10)
        outbox.add_minutes([part])
        outbox.settle_minutes(sent)
        assert [minute.frames for minute in outbox.due_minutes(CAMERA, 10)] == [200]


def test_a_refused_minute_is_kept_and_a_retry_queues_it_again_unchanged(path: Path) -> None:
    accepted, refused = (
        Minute(CAMERA, f"2026-10-01T12:0{n}:00.000000Z", 600, 1, 9.5, 2, line_version=n + 1) for n in range(2)
    )
    with SqliteOutbox.open(path) as outbox:
        outbox.add_minutes([accepted, refused])
        outbox.settle_minutes([accepted, refused], refused=[refused])
        assert outbox.due_minutes(CAMERA, 10) == []
    with SqliteOutbox.open(path) as outbox:
        assert outbox.retry_refused_minutes() == 1
        assert outbox.due_minutes(CAMERA, 10) == [refused]
        assert outbox.retry_refused_minutes() == 0


def parts(*versions: int | None) -> list[Minute]:
    return [Minute(CAMERA, "2026-11-22T12:00:00.000000Z", 100, 0, 9.5, 0, version) for version in versions]


def test_the_parts_of_a_minute_with_different_line_versions_stay_apart() -> None:
    with SqliteOutbox.in_memory() as outbox:
        for _ in range(2):
            outbox.add_minutes(parts(None, 1, 2))
        due = outbox.due_minutes(CAMERA, 10)
        assert [(part.line_version, part.frames) for part in due] == [(None, 200), (1, 200), (2, 200)]
        outbox.settle_minutes(due[:2])
        assert outbox.due_minutes(CAMERA, 10) == due[2:]


def test_a_minute_keeps_its_line_version_when_it_moves_to_another_outbox(path: Path) -> None:
    with SqliteOutbox.in_memory() as memory, SqliteOutbox.open(path) as disk:
        memory.add_minutes(parts(None, 3))
        memory.move_to(disk)
        assert disk.due_minutes(CAMERA, 10) == parts(None, 3)


def test_the_line_versions_of_a_damaged_outbox_are_recovered(path: Path) -> None:
    minutes = parts(None, 3, UNKNOWN_LINE_VERSION)
    with SqliteOutbox.open(path) as outbox:
        outbox.add_minutes(minutes)
    found = recover(path).portion.minutes
    assert {minute.line_version: minute for minute in found} == {minute.line_version: minute for minute in minutes}


def test_an_outbox_of_version_1_is_upgraded_and_the_line_version_of_its_minutes_is_unknown(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old:
        old.executescript(
            """create table dead_letters (
                 event_id text primary key, ts text not null, camera_id text not null, store_id text,
                 direction text not null, tracker_id integer not null, reason text not null, at text not null);
               create table minutes (
                 camera_id text not null, minute text not null, frames integer not null, dropped integer not null,
                 fps real not null, reconnects integer not null, primary key (camera_id, minute));
               pragma application_id = 0x4D455452;
               pragma user_version = 1;"""
        )
        old.execute("insert into minutes values (?, '2026-11-22T12:00:00.000000Z', 600, 0, 10.0, 0)", [CAMERA])
        old.commit()
    with SqliteOutbox.open(path) as outbox:
        [minute] = outbox.due_minutes(CAMERA, 10)
        assert (minute.frames, minute.line_version) == (600, UNKNOWN_LINE_VERSION)
        later = replace(minute, minute="2026-11-22T12:01:00.000000Z", line_version=1)
        outbox.add_minutes([later])
        assert outbox.due_minutes(CAMERA, 10) == [minute, later]
    with SqliteOutbox.open(path) as outbox:
        assert outbox.due_minutes(CAMERA, 10) == [minute, later]


FIRST_PART = Minute(CAMERA, "2026-11-22T12:00:00.000000Z", 200, 1, 9.5, 1, line_version=1)
SECOND_PART = replace(FIRST_PART, frames=150, dropped=2, reconnects=0)


def deliver(outbox: SqliteOutbox) -> list[Minute]:
    """Deliver everything that is due, and return it."""
    due = outbox.due_minutes(CAMERA, 1440)
    outbox.settle_minutes(due)
    return due


def test_a_minute_in_which_the_worker_was_restarted_is_reported_again_as_a_whole(path: Path) -> None:
    with SqliteOutbox.open(path) as outbox:
        outbox.add_minutes([FIRST_PART])
        assert deliver(outbox) == [FIRST_PART]
        assert outbox.is_empty()
    with SqliteOutbox.open(path) as outbox:
        outbox.add_minutes([SECOND_PART])
        assert deliver(outbox) == [replace(FIRST_PART, frames=350, dropped=3)]
        outbox.add_minutes([SECOND_PART])
        assert deliver(outbox) == [replace(FIRST_PART, frames=500, dropped=5)]


def test_a_part_with_another_line_is_reported_together_with_the_part_that_was_delivered() -> None:
    with SqliteOutbox.in_memory() as outbox:
        outbox.add_minutes([FIRST_PART])
        deliver(outbox)
        moved = replace(SECOND_PART, line_version=2)
        outbox.add_minutes([moved])
        assert deliver(outbox) == [FIRST_PART, moved]


def test_the_parts_of_a_minute_are_never_reported_apart() -> None:
    following = replace(FIRST_PART, minute="2026-11-22T12:01:00.000000Z")
    minutes = [FIRST_PART, following, replace(following, line_version=2)]
    with SqliteOutbox.in_memory() as outbox:
        outbox.add_minutes(minutes)
        assert outbox.due_minutes(CAMERA, 2) == [FIRST_PART]
        assert outbox.due_minutes(CAMERA, 3) == minutes


def test_a_part_moved_from_memory_to_disk_is_added_to_the_part_that_was_delivered(path: Path) -> None:
    with SqliteOutbox.in_memory() as memory, SqliteOutbox.open(path) as disk:
        disk.add_minutes([FIRST_PART])
        deliver(disk)
        memory.add_minutes([SECOND_PART])
        memory.move_to(disk)
        assert [minute.frames for minute in deliver(disk)] == [350]


def test_a_refused_minute_is_not_kept_as_delivered() -> None:
    with SqliteOutbox.in_memory() as outbox:
        outbox.add_minutes([FIRST_PART])
        outbox.settle_minutes([FIRST_PART], refused=[FIRST_PART])
        outbox.add_minutes([SECOND_PART])
        assert outbox.due_minutes(CAMERA, 10) == [SECOND_PART]


def test_the_delivered_minutes_of_the_last_hour_are_kept_and_no_more(path: Path) -> None:
    minutes = [replace(FIRST_PART, minute=f"2026-11-22T{12 + n // 60}:{n % 60:02}:00.000000Z") for n in range(150)]
    with SqliteOutbox.open(path) as outbox:
        for minute in minutes:
            outbox.add_minutes([minute])
            deliver(outbox)
        outbox.add_minutes([replace(minute, frames=1) for minute in minutes])
        frames = [minute.frames for minute in outbox.due_minutes(CAMERA, 1440)]
    assert frames == [1] * (150 - KEPT_MINUTES) + [201] * KEPT_MINUTES


def test_minutes_are_settled_on_a_full_disk_that_has_no_room_to_keep_them(path: Path) -> None:
    minutes = [
        replace(FIRST_PART, camera_id=f"{n:08}-0000-4000-8000-000000000000", minute=f"2026-11-22T12:{m:02}:00.000000Z")
        for n in range(40)
        for m in range(30)
    ]
    with SqliteOutbox.open(path, 64 * 4096) as outbox:
        with pytest.raises(StorageError):
            outbox.add_minutes(minutes * 3)
        for minute in minutes:
            try:
                outbox.add_minutes([minute])
            except StorageError:
                break
        outbox.set_growth(allowed=False)
        waiting = outbox.backlog().minutes
        outbox.settle_minutes(minutes)
        assert (waiting > 500, outbox.backlog().minutes) == (True, 0)
