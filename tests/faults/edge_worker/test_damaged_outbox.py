"""Outboxes whose file is damaged: what can be read is recovered, and counting goes on in a new file."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from edge_worker.outbox.errors import StorageError
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.outbox_file import MAX_DAMAGED_FILES, RETRY_PAUSE_S
from edge_worker.outbox.records import CachedConfig, Event, Minute, Settlement, Totals
from edge_worker.outbox.recovery import recover
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from tests.elapsed import Elapsed
from tests.unit.edge_worker.events import CAMERA, event, events

LATER = "2027-01-01T00:00:00.000000Z"


def damage(outbox_path: Path, first_page: int, last_page: int) -> None:
    with outbox_path.open("r+b") as file:
        file.seek(first_page * 4096)
        file.write(b"\xde\xad\xbe\xef" * 1024 * (last_page - first_page))


def test_a_file_damaged_while_the_machine_was_off_is_replaced_and_its_readable_events_are_recovered(
    outbox_path: Path,
) -> None:
    counted = events(2000)
    with SqliteOutbox.open(outbox_path) as file:
        file.add(counted)
    pages = outbox_path.stat().st_size // 4096
    damage(outbox_path, pages - 20, pages)
    outbox = FailoverOutbox(outbox_path)
    [damaged] = outbox.storage().damaged_files
    assert damaged.exists()
    recovered = outbox.due(5000, LATER)
    assert set(recovered) <= set(counted)
    assert len(recovered) > 1500
    outbox.add([event(9999)])
    assert outbox.storage().unstored == 0
    outbox.close()


@pytest.mark.parametrize("seed", range(6))
def test_forty_flipped_bits_cost_few_rows(outbox_path: Path, seed: int) -> None:
    counted = filled(outbox_path)
    flip_bits(outbox_path, 40, 0, outbox_path.stat().st_size, seed)
    recovered = recover(outbox_path).portion
    assert 374 - 6 <= len(recovered.events) <= 374
    assert len(set(recovered.events) & set(counted)) >= 374 - 12, "a flipped bit can also make a field another one"
    assert len(recovered.dead_letters) >= 20 - 3
    assert len(recovered.minutes) >= 30 - 3
    assert recovered.totals[0] == (CAMERA, 394, 0)


@pytest.mark.parametrize("seed", range(3))
def test_flipped_bits_in_the_header_cost_nothing(outbox_path: Path, seed: int) -> None:
    counted = filled(outbox_path)
    flip_bits(outbox_path, 8, 0, 100, seed)
    recovered = recover(outbox_path)
    portion = recovered.portion
    assert set(portion.events) == set(counted)
    assert (len(portion.dead_letters), len(portion.minutes)) == (20, 30)
    assert (portion.totals, portion.delivered) == ([(CAMERA, 394, 0)], 0)
    assert recovered.configs == [(CAMERA, CachedConfig('"1"', "{}", "https://api"))]


def test_a_worker_goes_on_with_everything_of_a_file_whose_header_is_damaged(outbox_path: Path) -> None:
    counted = filled(outbox_path)
    with SqliteOutbox.open(outbox_path) as file:
        instance_id = file.instance_id()
    outbox_path.write_bytes(b"\0" * 100 + outbox_path.read_bytes()[100:])
    outbox = FailoverOutbox(outbox_path)
    assert len(outbox.storage().damaged_files) == 1
    assert set(outbox.due(5000, LATER)) == set(counted)
    assert outbox.backlog().dead == 20
    assert outbox.totals(CAMERA) == Totals(ins=394)
    assert outbox.cached_config(CAMERA) == CachedConfig('"1"', "{}", "https://api")
    assert outbox.instance_id() == instance_id
    outbox.close()


def test_events_in_the_write_ahead_log_are_recovered_and_delivered_ones_are_not(outbox_path: Path) -> None:
    outbox = SqliteOutbox.open(outbox_path)
    counted = events(600)
    outbox.add(counted)
    outbox.settle(Settlement(delivered=tuple(one.event_id for one in counted[:500])))
    copy = outbox_path.with_name("copy.db")
    copy.write_bytes(outbox_path.read_bytes())
    wal = outbox_path.with_name(outbox_path.name + "-wal")
    copy.with_name(copy.name + "-wal").write_bytes(wal.read_bytes())
    outbox.close()
    recovered = recover(copy).portion
    assert set(counted[500:]) <= set(recovered.events)
    assert len(recovered.events) <= 110
    assert recovered.delivered == 500


def filled(outbox_path: Path) -> list[Event]:
    """An outbox with 374 events, 20 dead letters, 30 minutes and a config; returns the events.

    The ids are the same in every run, so that flipped bits hit the same values.
    """
    ids = Random(374)  # noqa: S311
    made = [
        replace(one, event_id=str(UUID(int=ids.getrandbits(128), version=4))) for one in [*events(374), *events(20)]
    ]
    counted, refused = made[:374], made[374:]
    with SqliteOutbox.open(outbox_path) as outbox:
        outbox.add([*counted, *refused])
        outbox.settle(Settlement(refused=tuple((one.event_id, "too_old") for one in refused), at=refused[0].ts))
        outbox.add_minutes([Minute(CAMERA, event(60.0 * number).ts, 600, 1, 10.0, 0) for number in range(30)])
        outbox.cache_config(CAMERA, CachedConfig('"1"', "{}", "https://api"))
    return counted


def flip_bits(outbox_path: Path, count: int, first: int, end: int, seed: int) -> None:
    random, content = Random(seed), bytearray(outbox_path.read_bytes())  # noqa: S311
    for _ in range(count):
        content[random.randrange(first, end)] ^= 1 << random.randrange(8)
    outbox_path.write_bytes(content)


def test_a_file_that_is_no_database_is_replaced(outbox_path: Path) -> None:
    outbox_path.write_bytes(os.urandom(50_000))
    outbox = FailoverOutbox(outbox_path)
    outbox.add(events(3))
    assert len(outbox.storage().damaged_files) == 1
    assert (outbox.backlog().events, outbox.storage().unstored) == (3, 0)
    outbox.close()


def test_a_file_damaged_while_counting_is_replaced_without_losing_the_current_crossing(outbox_path: Path) -> None:
    outbox = FailoverOutbox(outbox_path)
    outbox.add(events(3000))
    # Merge the write-ahead log into the file, then damage the file.
    outbox._read(lambda disk: disk._connection.execute("pragma wal_checkpoint(truncate)").fetchone(), None)
    damage(outbox_path, 1, outbox_path.stat().st_size // 4096)
    outbox._read(lambda disk: disk._connection.execute("pragma shrink_memory").fetchone(), None)
    last = event(5000)
    outbox.add([last])
    assert last in outbox.due(5000, LATER)
    assert len(outbox.storage().damaged_files) == 1
    assert outbox.storage().unstored == 0
    outbox.close()


def test_recovered_events_wait_in_memory_when_the_disk_has_no_room_for_them(outbox_path: Path) -> None:
    counted = events(2000)
    with SqliteOutbox.open(outbox_path) as file:
        file.add(counted)
    pages = outbox_path.stat().st_size // 4096
    damage(outbox_path, pages - 20, pages)
    outbox = FailoverOutbox(outbox_path, limit_bytes=160 * 1024)
    assert len(outbox.storage().damaged_files) == 1
    recovered = outbox.due(5000, LATER)
    assert set(recovered) <= set(counted)
    assert len(recovered) > 100
    assert outbox.backlog().events == len(recovered)
    outbox.close()


def test_a_card_that_damages_every_file_is_not_filled_with_damaged_files(outbox_path: Path) -> None:
    elapsed = Elapsed()
    outbox = FailoverOutbox(outbox_path, elapsed=elapsed)
    for number in range(MAX_DAMAGED_FILES + 3):
        outbox._file.record_failure(StorageError("the card was pulled out"))
        outbox_path.write_bytes(os.urandom(8192))
        elapsed.seconds += RETRY_PAUSE_S
        outbox.add([event(number)])
    storage = outbox.storage()
    assert len(storage.damaged_files) == MAX_DAMAGED_FILES == len(list(outbox_path.parent.glob("*.damaged-*")))
    assert storage.unstored == 3
    assert "again and again" in (storage.problem or "")
    outbox.close()
