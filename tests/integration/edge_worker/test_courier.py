"""What goes on beside the counting: heartbeats, config and snapshots over real HTTP, on a clock that the test moves."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from edge_worker.clock import TrustedClock
from edge_worker.counting.line import Line
from edge_worker.heartbeat.vitals import Pulse, Vitals
from edge_worker.outbox import Journal
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.snapshot.studio import Studio
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.courier import Courier, Station
from edge_worker.uplink.delivery import Link
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, answers, serving
from tests.unit.edge_worker.events import event


class Bench:
    """A courier with everything around it, and the time in the test's hands."""

    def __init__(self, backend: RecordingBackend, url: str, folder: Path) -> None:
        self.seconds = 0.0
        self.backend = backend
        self.journal = Journal(folder / "outbox.db")
        self.clock = TrustedClock()
        self.client = BackendClient(url, KEY, self.clock, timeout=httpx.Timeout(1.0))
        self.configs = ConfigStore(self.journal, backend.camera_id, url)
        self.vitals = Vitals()
        self.studio = Studio(lambda: self.seconds)
        self.courier = Courier(
            Station(backend.camera_id, "1", heartbeat_s=30.0),
            self.journal,
            self.client,
            self.clock,
            configs=self.configs,
            vitals=self.vitals,
            snapshots=self.studio,
            elapsed=lambda: self.seconds,
        )

    def frames(self, count: int) -> None:
        self.vitals.beat(Pulse(frames=count, last_frame_at=datetime.now(UTC), model="m"))

    def crossing(self) -> None:
        start = datetime.now(UTC) - timedelta(minutes=1)
        self.journal.record([event(start=start, camera_id=self.backend.camera_id, store_id=self.backend.store_id)])

    def after(self, seconds: float) -> None:
        self.seconds += seconds
        while self.courier.step() == 0.0:
            pass

    def close(self) -> None:
        self.client.close()
        self.journal.close()


@contextmanager
def bench_at(backend: RecordingBackend, url: str, folder: Path) -> Iterator[Bench]:
    bench = Bench(backend, url, folder)
    try:
        yield bench
    finally:
        bench.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with serving(RecordingBackend()) as backend, bench_at(backend, backend.url, tmp_path) as made:
        yield made


def test_heartbeats_follow_the_frames_and_stop_with_them(bench: Bench) -> None:
    bench.after(0)
    assert bench.backend.heartbeats == [], "no frame yet"
    bench.frames(1)
    bench.after(1)
    bench.frames(100)
    bench.after(29)
    assert len(bench.backend.heartbeats) == 1, "not yet due"
    bench.after(2)
    assert len(bench.backend.heartbeats) == 2
    bench.after(3600)
    assert len(bench.backend.heartbeats) == 2, "the camera has been frozen for an hour"


def test_a_config_that_cannot_be_used_leaves_the_one_before_in_force(bench: Bench) -> None:
    bench.backend.line = [0.0, 0.7, 1.0, 0.7]
    bench.after(0)
    bench.backend.line = [0.0, 7.0, 1.0, 7.0]
    bench.frames(1)
    bench.after(31)
    assert bench.configs.config is not None
    assert bench.configs.config.line == Line(0.0, 0.7, 1.0, 0.7)


def test_a_snapshot_is_taken_once_when_asked_for(bench: Bench) -> None:
    import numpy as np

    bench.studio.show(np.zeros((48, 64, 3), np.uint8), [])
    bench.backend.snapshot_requested = True
    bench.frames(1)
    bench.after(0)
    bench.frames(2)
    bench.after(31)
    bench.frames(3)
    bench.after(31)
    assert len(bench.backend.snapshots) == 1


def test_a_snapshot_that_cannot_be_made_stops_no_delivery(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    monkeypatch.setattr("edge_worker.uplink.courier.FAILED_PAUSE_S", 0.01)
    bench.studio.show(np.zeros((0, 0, 3), np.uint8), [])
    bench.backend.snapshot_requested = True
    bench.backend.snapshot_interval_s = 1
    stop = threading.Event()
    thread = threading.Thread(target=bench.courier.run, args=(stop,), daemon=True)
    bench.frames(1)
    thread.start()
    failed = threading.Event()
    while not (bench.courier.delivery.progress.problem or "").startswith("the delivery fails"):
        failed.wait(0.01)
    bench.crossing()
    while not bench.backend.stored:
        bench.courier.wake()
        failed.wait(0.01)
    stop.set()
    bench.courier.wake()
    thread.join(5)
    assert not thread.is_alive()


def test_a_backlog_moves_with_the_first_heartbeat_that_gets_through(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    backend = RecordingBackend()
    with bench_at(backend, f"http://127.0.0.1:{port}", tmp_path) as bench:
        bench.crossing()
        for frame in range(100):
            bench.frames(frame)
            bench.after(10)
        assert bench.courier.delivery.progress.link is Link.WAITING
        with serving(backend, port):
            bench.frames(1000)
            bench.after(30)
            bench.after(0.1)
            assert len(backend.stored) == 1


def test_a_backend_that_asked_for_patience_gets_it_although_heartbeats_get_through(bench: Bench) -> None:
    bench.after(0)
    bench.crossing()
    bench.backend.before.append(answers(503, None, Retry_After="300"))
    bench.after(1)
    for frame in range(1, 9):
        bench.frames(frame)
        bench.after(31)
    assert len(bench.backend.heartbeats) == 8
    assert bench.backend.stored == {}
    bench.after(60)
    assert len(bench.backend.stored) == 1


def test_a_key_that_is_good_again_is_noticed_without_a_crossing(bench: Bench) -> None:
    bench.after(0)
    right, bench.backend.key = bench.backend.key, "mk_another"
    bench.frames(1)
    bench.after(31)
    assert bench.courier.delivery.progress.link is Link.REFUSED
    bench.backend.key = right
    bench.frames(2)
    bench.after(31)
    progress = bench.courier.delivery.progress
    assert (progress.link, progress.problem) == (Link.OK, None)


def test_a_heartbeat_that_gets_through_does_not_hide_that_crossings_do_not(bench: Bench) -> None:
    bench.after(0)
    bench.crossing()
    bench.backend.before.append(answers(503, None, Retry_After="300"))
    bench.after(1)
    bench.frames(1)
    bench.after(31)
    assert len(bench.backend.heartbeats) == 1
    assert bench.courier.delivery.progress.link is Link.WAITING
    assert "503" in (bench.courier.delivery.progress.problem or "")


def test_a_backend_that_refuses_heartbeats_for_a_while_is_left_alone_for_that_long(bench: Bench) -> None:
    bench.after(0)
    bench.backend.beats_before.append(answers(429, None, Retry_After="120"))
    bench.frames(1)
    bench.after(1)
    assert bench.courier.delivery.progress.link is Link.WAITING
    for frame in range(2, 5):
        bench.frames(frame)
        bench.after(31)
    assert bench.backend.heartbeats == []
    bench.after(31)
    assert len(bench.backend.heartbeats) == 1


def test_minutes_of_an_outage_arrive_with_the_first_heartbeat_after_it(bench: Bench) -> None:
    from edge_worker.outbox import Minute

    minutes = [
        Minute(bench.backend.camera_id, f"2026-11-22T{n // 60:02}:{n % 60:02}:00.000000Z", 600, 0, 10.0, 0)
        for n in range(700)
    ]
    bench.journal.record_minutes(minutes)
    for frame in range(1, 3):
        bench.frames(frame)
        bench.after(31)
    sent = [minute["minute"] for beat in bench.backend.heartbeats for minute in beat["minutes"]]
    assert sent == [minute.minute for minute in minutes]
    assert bench.journal.backlog().minutes == 0
