"""Disks that are full, failing or read-only: counting goes on, and what is not on disk is counted and reported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from edge_worker.crossing import Direction
from edge_worker.outbox.errors import StorageError
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.outbox_file import RETRY_PAUSE_S
from edge_worker.outbox.records import CachedConfig, Settlement, Totals
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session
from tests.elapsed import Elapsed
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, film
from tests.unit.edge_worker.events import CAMERA, STORE, event, events

LATER = "2027-01-01T00:00:00.000000Z"


def test_crossings_beyond_a_full_outbox_wait_in_memory_and_move_to_the_disk_when_there_is_room(
    outbox_path: Path,
) -> None:
    outbox = FailoverOutbox(outbox_path, limit_bytes=160 * 1024)
    counted = events(900)
    for one in counted:
        outbox.add([one])
    storage = outbox.storage()
    assert 0 < storage.unstored < len(counted)
    assert storage.lost == 0
    assert "cannot grow" in (storage.problem or "")
    assert outbox.backlog().events == len(counted)
    assert outbox.totals(CAMERA) == Totals(ins=len(counted))
    oldest = outbox.due(600, LATER)
    assert [one.event_id for one in oldest] == [one.event_id for one in counted[:600]]
    outbox.settle(Settlement(tuple(one.event_id for one in oldest)))
    outbox.move_to_disk()
    assert outbox.storage().unstored == 0
    assert outbox.storage().problem is None
    assert outbox.storage().ever_unstored == storage.ever_unstored > 0
    outbox.close()
    with SqliteOutbox.open(outbox_path) as file:
        assert [one.event_id for one in file.due(5000, LATER)] == [one.event_id for one in counted[600:]]
        assert file.totals(CAMERA) == Totals(ins=len(counted))


def test_what_fits_neither_on_disk_nor_in_memory_is_counted_as_lost(
    outbox_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge_worker.outbox.failover_outbox.MEMORY_LIMIT_BYTES", 160 * 1024)
    outbox = FailoverOutbox(outbox_path, limit_bytes=160 * 1024)
    outbox.add(events(5000))
    for one in events(3000):
        outbox.add([one])
    storage = outbox.close()
    with SqliteOutbox.open(outbox_path) as file:
        stored = file.backlog().events
    assert storage.lost > 0
    assert stored + storage.unstored + storage.lost == 8000


def test_a_disk_that_is_really_full_stops_nothing(outbox_path: Path) -> None:
    """The kernel refuses to let any file of this process grow (RLIMIT_FSIZE), as a full disk would."""
    program = f"""
import json, resource
from pathlib import Path
from edge_worker.outbox.failover_outbox import FailoverOutbox
from tests.unit.edge_worker.events import events, CAMERA
outbox = FailoverOutbox(Path({str(outbox_path)!r}))
outbox.add(events(50))
size = Path({str(outbox_path)!r} + "-wal").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
for one in events(100):
    outbox.add([one])
full = outbox.storage()
delivered_meanwhile = len(outbox.due(500, {LATER!r}))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
ended = outbox.close()
print(json.dumps([full.unstored, bool(full.problem), full.lost, delivered_meanwhile, ended.unstored, ended.problem]))
"""
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    unstored, has_problem, lost, delivered_meanwhile, unstored_at_end, problem_at_end = json.loads(finished.stdout)
    assert (unstored, has_problem, lost) == (100, True, 0)
    assert delivered_meanwhile >= 100
    assert (unstored_at_end, problem_at_end) == (0, None)
    with SqliteOutbox.open(outbox_path) as file:
        assert file.backlog().events == 150


def test_a_run_on_a_full_disk_counts_to_the_end_and_reports_how_many_crossings_are_not_on_disk(
    outbox_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    options = RunOptions(
        source="clip.mpg",
        api_url="http://127.0.0.1:9",
        key=KEY,
        camera_id=CAMERA,
        outbox=outbox_path,
        limit_bytes=128 * 1024,
        quiet=True,
        status_file=outbox_path.with_name("status.json"),
    )
    feed = ScriptedFeed(film(40, {second / 25: Direction.IN for second in range(1, 1000)}))
    assert Session(options, lambda *_: feed, "1").run() == 3
    status = json.loads(outbox_path.with_name("status.json").read_text())
    assert status["crossings"] == status["backlog"] == 999
    assert 0 < status["unstored"] < 999
    assert "cannot grow" in status["problem"]
    assert f"{status['unstored']} of them are lost" in caplog.text


def test_a_disk_of_three_megabytes_that_filled_up_recovers_as_events_are_delivered(tmp_path: Path) -> None:
    with small_disk(tmp_path / "card", megabytes=3) as folder:
        outbox = FailoverOutbox(folder / "outbox.db")
        for _ in range(3):  # the later times without the reserve, for which the full disk has no room
            counted = fill(outbox)
            assert counted > 5000, "the disk holds events, not the write-ahead log"
            assert "cannot grow" in (outbox.storage().problem or "")
            assert deliver_all(outbox) == counted
            assert (outbox.storage().unstored, outbox.storage().problem) == (0, None)
            assert outbox.backlog().events == 0
        outbox.add(events(10))
        assert outbox.close().unstored == 0


def test_an_outbox_on_a_full_disk_is_delivered_after_a_power_cut(tmp_path: Path) -> None:
    with small_disk(tmp_path / "card", megabytes=3) as folder:
        outbox_path = folder / "outbox.db"
        program = f"""
import os, signal
from pathlib import Path
from edge_worker.outbox.failover_outbox import FailoverOutbox
from tests.faults.edge_worker.test_disk import fill
outbox = FailoverOutbox(Path({str(outbox_path)!r}))
print(fill(outbox) - outbox.storage().unstored, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
        killed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        outbox = FailoverOutbox(outbox_path)
        assert outbox.backlog().events == int(killed.stdout) > 5000
        deliver_all(outbox)
        outbox.add(events(10))
        assert (outbox.storage().unstored, outbox.storage().problem) == (0, None)
        outbox.close()
        with SqliteOutbox.open(outbox_path) as file:
            assert file.backlog().events == 10


def fill(outbox: FailoverOutbox) -> int:
    """Add events until some are only in memory; return how many."""
    added = 0
    while outbox.storage().unstored < 100:
        outbox.add(events(3))
        added += 3
    return added


def deliver_all(outbox: FailoverOutbox) -> int:
    """Settle all events in batches, as the delivery does; return how many different ones there were."""
    delivered: set[str] = set()
    while due := outbox.due(1000, LATER):
        assert len(delivered) < 100_000
        outbox.settle(Settlement(tuple(one.event_id for one in due)))
        outbox.move_to_disk()
        delivered |= {one.event_id for one in due}
    return len(delivered)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A folder on a disk of this size; needs the right to mount."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk needs the right to mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_store_that_the_disk_could_not_take_is_assigned_when_the_disk_works_again(outbox_path: Path) -> None:
    elapsed = Elapsed()
    outbox = FailoverOutbox(outbox_path, elapsed=elapsed)
    outbox.add([event(store_id=None)])
    outbox._file.record_failure(StorageError("the card was pulled out"))
    outbox.assign_store(CAMERA, STORE)
    assert outbox.due(10, LATER) == []
    elapsed.seconds += RETRY_PAUSE_S
    outbox.move_to_disk()
    [due] = outbox.due(10, LATER)
    assert due.store_id == STORE
    outbox.close()


def test_a_store_is_assigned_after_a_restart_from_the_cached_config(outbox_path: Path) -> None:
    body = json.dumps({**RecordingBackend(camera_id=CAMERA, store_id=STORE).config(CAMERA)})
    outbox = FailoverOutbox(outbox_path)
    outbox.add([event(store_id=None)])
    outbox.cache_config(CAMERA, CachedConfig('"1"', body, "http://127.0.0.1:9"))
    ConfigStore(outbox, CAMERA, "http://127.0.0.1:9")
    assert [one.store_id for one in outbox.due(10, LATER)] == [STORE]
    outbox.close()


def test_a_read_only_disk_stops_nothing_and_is_used_again_once_it_is_writable(tmp_path: Path) -> None:
    elapsed = Elapsed()
    with read_only(tmp_path / "card") as (folder, make_writable):
        outbox = FailoverOutbox(folder / "outbox.db", elapsed=elapsed)
        outbox.add(events(3))
        assert outbox.storage().unstored == 3
        assert "outbox" in (outbox.storage().problem or "")
        assert len(outbox.due(10, LATER)) == 3
        make_writable()
        elapsed.seconds += RETRY_PAUSE_S
        outbox.move_to_disk()
        assert (outbox.storage().unstored, outbox.storage().problem) == (0, None)
        outbox.close()
        with SqliteOutbox.open(folder / "outbox.db") as file:
            assert file.backlog().events == 3


def test_a_failing_disk_is_left_alone_between_attempts(tmp_path: Path) -> None:
    elapsed = Elapsed()
    with read_only(tmp_path / "card") as (folder, make_writable):
        outbox = FailoverOutbox(folder / "outbox.db", elapsed=elapsed)
        make_writable()
        outbox.add([event()])
        assert outbox.storage().unstored == 1
        elapsed.seconds += RETRY_PAUSE_S
        outbox.add([event()])
        outbox.move_to_disk()
        assert outbox.storage().unstored == 0
        outbox.close()


@contextmanager
def read_only(folder: Path) -> Iterator[tuple[Path, Callable[[], object]]]:
    """A folder that cannot be written to until the second value is called: by its mode, or for root by its mount."""
    folder.mkdir()
    if os.geteuid() != 0:
        folder.chmod(0o555)
        try:
            yield folder, lambda: folder.chmod(0o755)
        finally:
            folder.chmod(0o755)
        return
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "ro,size=8m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("root without the right to mount cannot have a read-only folder")
    try:
        yield folder, lambda: subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
