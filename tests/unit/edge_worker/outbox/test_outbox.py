"""The outbox of one worker: events, dead letters and totals, in a file and in memory."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from edge_worker.crossing import Direction
from edge_worker.outbox.errors import OutboxCorruptError, OutboxUnusableError, StorageError
from edge_worker.outbox.records import Event, Settlement, Totals
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from tests.unit.edge_worker.events import CAMERA, STORE, event, events

LATER = "2027-01-01T00:00:00.000000Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "outbox.db"


def test_an_event_survives_reopening_with_the_same_id_and_ts(path: Path) -> None:
    crossing = event(0.123456)
    with SqliteOutbox.open(path) as outbox:
        outbox.add([crossing])
    with SqliteOutbox.open(path) as outbox:
        assert outbox.due(10, LATER) == [crossing]


def test_due_events_come_oldest_first_whatever_the_order_in_which_they_were_added() -> None:
    old, middle, new = events(3)
    with SqliteOutbox.in_memory() as outbox:
        outbox.add([new, old, middle])
        assert outbox.due(2, LATER) == [old, middle]


def test_an_event_of_the_future_is_not_due() -> None:
    now, later = event(0), event(100)
    with SqliteOutbox.in_memory() as outbox:
        outbox.add([now, later])
        assert outbox.due(10, now.ts) == [now]


def test_an_event_without_a_store_waits_until_the_store_is_known() -> None:
    with SqliteOutbox.in_memory() as outbox:
        outbox.add([event(store_id=None)])
        assert outbox.due(10, LATER) == []
        outbox.assign_store(CAMERA, STORE)
        assert [one.store_id for one in outbox.due(10, LATER)] == [STORE]


def test_delivered_events_leave_and_refused_ones_become_dead_letters_with_their_reason() -> None:
    good, bad, waiting = events(3)
    with SqliteOutbox.in_memory() as outbox:
        outbox.add([good, bad, waiting])
        outbox.settle(Settlement((good.event_id,), ((bad.event_id, "too_old"),), at=LATER))
        assert outbox.due(10, LATER) == [waiting]
        assert [(letter.event, letter.reason, letter.at) for letter in outbox.dead_letters()] == [
            (bad, "too_old", LATER)
        ]
        assert outbox.backlog().delivered == 1


def test_settling_twice_counts_a_delivery_once() -> None:
    crossing = event()
    with SqliteOutbox.in_memory() as outbox:
        outbox.add([crossing])
        outbox.settle(Settlement((crossing.event_id,)))
        outbox.settle(Settlement((crossing.event_id,)))
        assert outbox.backlog().delivered == 1


def test_a_retried_dead_letter_is_the_same_event_again() -> None:
    crossing = event()
    with SqliteOutbox.in_memory() as outbox:
        outbox.add([crossing])
        outbox.settle(Settlement(refused=((crossing.event_id, "unknown_camera"),), at=LATER))
        assert outbox.retry_dead_letters() == 1
        assert outbox.due(10, LATER) == [crossing]
        assert outbox.dead_letters() == []


def test_totals_count_each_direction_and_stay_when_events_are_delivered() -> None:
    entering, leaving = event(0), event(1, Direction.OUT)
    with SqliteOutbox.in_memory() as outbox:
        outbox.add([entering, leaving, event(2)])
        outbox.settle(Settlement((entering.event_id, leaving.event_id)))
        assert outbox.totals(CAMERA) == Totals(ins=2, outs=1)


def test_adding_an_event_twice_stores_and_counts_it_once() -> None:
    crossing = event()
    with SqliteOutbox.in_memory() as outbox:
        outbox.add([crossing])
        outbox.add([crossing])
        assert outbox.totals(CAMERA) == Totals(ins=1)
        assert outbox.backlog().events == 1


def fill(outbox: SqliteOutbox, stored: list[Event]) -> None:
    for number in range(10_000):
        one = event(number)
        outbox.add([one])
        stored.append(one)


def test_an_outbox_at_its_limit_refuses_new_events_and_takes_them_after_a_delivery(path: Path) -> None:
    with SqliteOutbox.open(path, limit_bytes=200 * 1024) as outbox:
        stored: list[Event] = []
        with pytest.raises(StorageError, match="limit is reached"):
            fill(outbox, stored)
        assert outbox.backlog().events == len(stored) > 100
        outbox.settle(Settlement(tuple(one.event_id for one in stored[:100])))
        outbox.add([event()])
        assert outbox.backlog().events == len(stored) - 99


def test_moving_to_another_outbox_keeps_events_totals_and_minutes(path: Path) -> None:
    waiting, dead = event(0), event(1, Direction.OUT)
    with SqliteOutbox.in_memory() as memory, SqliteOutbox.open(path) as disk:
        disk.add([event(2)])
        memory.add([waiting, dead])
        memory.settle(Settlement(refused=((dead.event_id, "too_old"),), at=LATER))
        memory.move_to(disk)
        assert memory.is_empty()
        assert disk.totals(CAMERA) == Totals(ins=2, outs=1)
        assert disk.backlog().events == 2
        assert [letter.event for letter in disk.dead_letters()] == [dead]


def test_a_file_that_is_no_database_is_reported_as_damaged(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(OutboxCorruptError, match="damaged"):
        SqliteOutbox.open(path)


def test_a_folder_is_refused_with_a_proposal(tmp_path: Path) -> None:
    with pytest.raises(OutboxUnusableError, match=r"is a folder: name a file in it, such as .*outbox\.db"):
        SqliteOutbox.open(tmp_path)


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as foreign:
        foreign.execute("create table cookies (name text)")
    foreign.close()
    before = path.read_bytes()
    with pytest.raises(OutboxUnusableError, match="another program"):
        SqliteOutbox.open(path)
    assert path.read_bytes() == before


def test_an_outbox_of_a_newer_version_is_refused(path: Path) -> None:
    with SqliteOutbox.open(path):
        pass
    with sqlite3.connect(path) as newer:
        newer.execute("pragma user_version = 9")
    newer.close()
    with pytest.raises(OutboxUnusableError, match="newer version"):
        SqliteOutbox.open(path)


def test_commits_are_synced_to_the_disk(path: Path) -> None:
    with SqliteOutbox.open(path) as outbox:
        pragmas = {
            name: outbox._connection.execute(f"pragma {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2}
