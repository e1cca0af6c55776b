"""The uplink over real HTTP, on a clock that the test moves: heartbeats, config and snapshots."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from edge_worker.camera_status import CameraStatus, Picture
from edge_worker.clock import TrustedClock
from edge_worker.counters import RunCounters
from edge_worker.counting.line import Line
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.records import Minute
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.snapshot.buffer import SnapshotBuffer
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.delivery import LinkState
from edge_worker.uplink.uplink import Uplink, WorkerIdentity
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, answers, serving
from tests.unit.edge_worker.events import event


class UplinkSetup:
    """An uplink with everything it needs, and a clock that the test moves."""

    def __init__(self, backend: RecordingBackend, url: str, folder: Path) -> None:
        self.seconds = 0.0
        self.backend = backend
        self.outbox = FailoverOutbox(folder / "outbox.db")
        self.clock = TrustedClock()
        self.client = BackendClient(url, KEY, self.clock, timeout=httpx.Timeout(1.0))
        self.configs = ConfigStore(self.outbox, backend.camera_id, url)
        self.counters = RunCounters()
        self.camera = CameraStatus()
        self.snapshots = SnapshotBuffer(lambda: self.seconds)
        identity = WorkerIdentity(backend.camera_id, "1", heartbeat_s=30.0)
        self.run_id = identity.run_id
        self.uplink = Uplink(
            identity,
            self.outbox,
            self.client,
            self.clock,
            configs=self.configs,
            counters=self.counters,
            camera=self.camera,
            snapshots=self.snapshots,
            elapsed=lambda: self.seconds,
        )

    def frames(self, count: int) -> None:
        self.counters.frames, self.counters.last_frame_at = count, datetime.now(UTC)

    def crossing(self) -> None:
        start = datetime.now(UTC) - timedelta(minutes=1)
        self.outbox.add([event(start=start, camera_id=self.backend.camera_id, store_id=self.backend.store_id)])

    def after(self, seconds: float) -> None:
        self.seconds += seconds
        while self.uplink.step() == 0.0:
            pass

    def close(self) -> None:
        self.client.close()
        self.outbox.close()


@contextmanager
def setup_at(backend: RecordingBackend, url: str, folder: Path) -> Iterator[UplinkSetup]:
    setup = UplinkSetup(backend, url, folder)
    try:
        yield setup
    finally:
        setup.close()


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[UplinkSetup]:
    with serving(RecordingBackend()) as backend, setup_at(backend, backend.url, tmp_path) as made:
        yield made


def test_heartbeats_follow_the_frames_and_stop_with_them(setup: UplinkSetup) -> None:
    setup.after(0)
    assert setup.backend.heartbeats == [], "no frame yet"
    setup.frames(1)
    setup.after(1)
    setup.frames(100)
    setup.after(29)
    assert len(setup.backend.heartbeats) == 1, "not yet due"
    setup.after(2)
    assert len(setup.backend.heartbeats) == 2
    setup.after(3600)
    assert len(setup.backend.heartbeats) == 2, "the camera has been frozen for an hour"


def test_a_picture_that_is_not_ok_is_reported_without_a_counted_frame(setup: UplinkSetup) -> None:
    setup.camera.picture = Picture.FROZEN
    setup.after(0)
    setup.after(31)
    assert [heartbeat["picture"] for heartbeat in setup.backend.heartbeats] == ["frozen", "frozen"]
    setup.camera.picture = None
    setup.after(31)
    assert len(setup.backend.heartbeats) == 2


def test_track_ends_are_sent_again_until_a_heartbeat_is_accepted(setup: UplinkSetup) -> None:
    setup.camera.track_ends.add(0.5, 0.25)
    setup.backend.beats_before.append(answers(503))
    for frames in (1, 2, 3):
        setup.frames(frames)
        setup.after(31)
    assert [heartbeat.get("track_ends") for heartbeat in setup.backend.heartbeats] == [[[0.5, 0.25]], None]


def test_a_backend_that_does_not_know_the_measurements_takes_the_heartbeat(setup: UplinkSetup) -> None:
    setup.camera.picture, setup.camera.fps_wanted, setup.camera.device = Picture.OK, 10.0, "openvino:cpu"
    setup.outbox.add_minutes([Minute(setup.backend.camera_id, "2026-11-22T12:00:00.000000Z", 600, 0, 10.0, 0)])
    setup.frames(600)
    setup.after(0)
    [heartbeat] = setup.backend.heartbeats
    assert [minute["frames"] for minute in heartbeat["minutes"]] == [600]
    assert setup.outbox.due_minutes(setup.backend.camera_id, 10) == []
    assert (setup.uplink.delivery.status.link, setup.uplink.delivery.status.problem) == (LinkState.OK, None)


def test_the_members_that_a_backend_ignores_are_logged_once(
    setup: UplinkSetup, caplog: pytest.LogCaptureFixture
) -> None:
    setup.backend.ignored = ["picture", "device"]
    for frames in (1, 2):
        setup.frames(frames)
        setup.after(31)
    logged = [record.getMessage() for record in caplog.records if "of the heartbeat" in record.getMessage()]
    assert logged == ["the backend cannot read picture, device of the heartbeat: update the worker"]


def test_heartbeats_tell_the_run_and_how_wrong_the_clock_is(setup: UplinkSetup) -> None:
    setup.backend.server_time = lambda: datetime.now(UTC) - timedelta(seconds=20)
    for frames in (1, 2):
        setup.frames(frames)
        setup.after(31)
    first, second = setup.backend.heartbeats
    assert first["run_id"] == second["run_id"] == setup.run_id
    assert second["clock_offset_s"] == pytest.approx(20, abs=1)


def test_a_config_that_cannot_be_used_leaves_the_previous_one_in_place(setup: UplinkSetup) -> None:
    setup.backend.line = [0.0, 0.7, 1.0, 0.7]
    setup.after(0)
    setup.backend.line = [0.0, 7.0, 1.0, 7.0]
    setup.frames(1)
    setup.after(31)
    assert setup.configs.config is not None
    assert setup.configs.config.line == Line(0.0, 0.7, 1.0, 0.7)


def test_a_requested_snapshot_is_taken_once(setup: UplinkSetup) -> None:
    import numpy as np

    setup.snapshots.update(np.zeros((48, 64, 3), np.uint8), [])
    setup.backend.snapshot_requested = True
    setup.frames(1)
    setup.after(0)
    setup.frames(2)
    setup.after(31)
    setup.frames(3)
    setup.after(31)
    assert len(setup.backend.snapshots) == 1


def test_a_snapshot_that_cannot_be_made_stops_no_delivery(setup: UplinkSetup, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    monkeypatch.setattr("edge_worker.uplink.uplink.FAILURE_PAUSE_S", 0.01)
    monkeypatch.setattr("edge_worker.snapshot.image.JPEG_QUALITIES", ("not a number",))
    setup.snapshots.update(np.zeros((48, 64, 3), np.uint8), [])
    setup.backend.snapshot_requested = True
    setup.backend.snapshot_interval_s = 1
    stop = threading.Event()
    thread = threading.Thread(target=setup.uplink.run, args=(stop,), daemon=True)
    setup.frames(1)
    thread.start()
    failed = threading.Event()
    while not (setup.uplink.delivery.status.problem or "").startswith("the uplink failed"):
        failed.wait(0.01)
    setup.crossing()
    while not setup.backend.stored:
        setup.uplink.wake()
        failed.wait(0.01)
    stop.set()
    setup.uplink.wake()
    thread.join(5)
    assert not thread.is_alive()


def test_a_backlog_moves_with_the_first_heartbeat_that_gets_through(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    backend = RecordingBackend()
    with setup_at(backend, f"http://127.0.0.1:{port}", tmp_path) as setup:
        setup.crossing()
        for frame in range(100):
            setup.frames(frame)
            setup.after(10)
        assert setup.uplink.delivery.status.link is LinkState.WAITING
        with serving(backend, port):
            setup.frames(1000)
            setup.after(30)
            setup.after(0.1)
            assert len(backend.stored) == 1


def test_retry_after_is_respected_although_heartbeats_succeed(setup: UplinkSetup) -> None:
    setup.after(0)
    setup.crossing()
    setup.backend.before.append(answers(503, None, Retry_After="300"))
    setup.after(1)
    for frame in range(1, 9):
        setup.frames(frame)
        setup.after(31)
    assert len(setup.backend.heartbeats) == 8
    assert setup.backend.stored == {}
    setup.after(60)
    assert len(setup.backend.stored) == 1


def test_a_restored_key_is_detected_without_a_crossing(setup: UplinkSetup) -> None:
    setup.after(0)
    right, setup.backend.key = setup.backend.key, "mk_another"
    setup.frames(1)
    setup.after(31)
    assert setup.uplink.delivery.status.link is LinkState.REFUSED
    setup.backend.key = right
    setup.frames(2)
    setup.after(31)
    progress = setup.uplink.delivery.status
    assert (progress.link, progress.problem) == (LinkState.OK, None)


def test_a_heartbeat_that_gets_through_does_not_hide_that_crossings_do_not(setup: UplinkSetup) -> None:
    setup.after(0)
    setup.crossing()
    setup.backend.before.append(answers(503, None, Retry_After="300"))
    setup.after(1)
    setup.frames(1)
    setup.after(31)
    assert len(setup.backend.heartbeats) == 1
    assert setup.uplink.delivery.status.link is LinkState.WAITING
    assert "503" in (setup.uplink.delivery.status.problem or "")


def test_retry_after_of_a_heartbeat_is_respected(setup: UplinkSetup) -> None:
    setup.after(0)
    setup.backend.beats_before.append(answers(429, None, Retry_After="120"))
    setup.frames(1)
    setup.after(1)
    assert setup.uplink.delivery.status.link is LinkState.WAITING
    for frame in range(2, 5):
        setup.frames(frame)
        setup.after(31)
    assert setup.backend.heartbeats == []
    setup.after(31)
    assert len(setup.backend.heartbeats) == 1


def test_minutes_of_an_outage_arrive_with_the_first_heartbeat_after_it(setup: UplinkSetup) -> None:
    from edge_worker.outbox.records import Minute

    minutes = [
        Minute(setup.backend.camera_id, f"2026-11-22T{n // 60:02}:{n % 60:02}:00.000000Z", 600, 0, 10.0, 0)
        for n in range(700)
    ]
    setup.outbox.add_minutes(minutes)
    for frame in range(1, 3):
        setup.frames(frame)
        setup.after(31)
    sent = [minute["minute"] for beat in setup.backend.heartbeats for minute in beat["minutes"]]
    assert sent == [minute.minute for minute in minutes]
    assert setup.outbox.backlog().minutes == 0
