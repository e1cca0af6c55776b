"""A whole run, from the first frame to the exit code, with a scripted video and a real backend over HTTP."""

from __future__ import annotations

import json
import signal
import socket
from _thread import interrupt_main
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import cv2
import numpy as np
import pytest

from edge_worker.clock import parse_utc
from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.policy import CountingPolicy
from edge_worker.crossing import Crossing, Direction
from edge_worker.errors import SourceLostError
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session
from edge_worker.uplink.handshake import UnknownCameraError, WorkerKeyError
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, answers, serving
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, film, frame
from tests.unit.edge_worker.events import event

IN, OUT = Direction.IN, Direction.OUT


@pytest.fixture
def backend() -> Iterator[RecordingBackend]:
    with serving(RecordingBackend()) as serving_backend:
        yield serving_backend


@pytest.fixture
def options(backend: RecordingBackend, tmp_path: Path) -> RunOptions:
    return RunOptions(
        source="rtsp://admin:s3cret@door/1",
        api_url=backend.url,
        key=KEY,
        camera_id=backend.camera_id,
        outbox=tmp_path / "outbox.db",
        status_file=tmp_path / "status.json",
        quiet=True,
        heartbeat_s=0.05,
    )


def run(options: RunOptions, feed: ScriptedFeed) -> int:
    return Session(options, lambda *_: feed, "1.2.3").run()


def status(options: RunOptions) -> dict[str, object]:
    assert options.status_file is not None
    found: dict[str, object] = json.loads(options.status_file.read_text())
    return found


@pytest.mark.clock
def test_a_file_is_counted_delivered_and_ends_with_zero(backend: RecordingBackend, options: RunOptions) -> None:
    began = datetime.now(UTC)
    assert run(options, ScriptedFeed(film(2, {0.5: IN, 1.0: OUT, 1.5: IN}))) == 0
    events = sorted(backend.stored.values(), key=lambda one: one["ts"])
    assert [one["direction"] for one in events] == ["IN", "OUT", "IN"]
    assert {one["store_id"] for one in events} == {backend.store_id}
    moments = [parse_utc(one["ts"]) for one in events]
    assert [moment - moments[0] for moment in moments] == [timedelta(0), timedelta(seconds=0.5), timedelta(seconds=1)]
    assert timedelta(seconds=0.5) <= moments[0] - began < timedelta(seconds=5)
    found = status(options)
    assert (found["state"], found["in"], found["out"], found["sent"], found["backlog"]) == ("ended", 2, 1, 3, 0)


@pytest.mark.clock
def test_the_time_of_the_first_frame_of_a_file_can_be_set(backend: RecordingBackend, options: RunOptions) -> None:
    yesterday = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    run(replace(options, starts_at=yesterday), ScriptedFeed(film(1, {0.5: IN})))
    assert [parse_utc(ts) for _, _, ts in backend.stored] == [yesterday + timedelta(seconds=0.5)]


@pytest.mark.clock
def test_a_crossing_of_a_camera_gets_its_capture_time(backend: RecordingBackend, options: RunOptions) -> None:
    captured = datetime.now(UTC) - timedelta(seconds=3)
    late_news = Crossing(t=9.75, frame=97, direction=IN, tracker_id=1)
    run(options, ScriptedFeed([frame(10.0, captured, crossings=(late_news,))], is_live=True))
    assert [parse_utc(ts) for _, _, ts in backend.stored] == [captured - timedelta(seconds=0.25)]


def test_who_goes_in_and_out_again_within_the_shortest_stay_is_not_sent(
    backend: RecordingBackend, options: RunOptions
) -> None:
    began = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    hesitating = replace(options, policy=CountingPolicy(min_stay_s=2.0), starts_at=began)
    run(hesitating, ScriptedFeed(film(9, {0.5: IN, 1.5: OUT, 3.0: IN, 6.0: OUT, 8.5: IN})))
    sent = sorted((parse_utc(one["ts"]), one["direction"]) for one in backend.stored.values())
    assert sent == [(began + timedelta(seconds=s), way) for s, way in ((3.0, "IN"), (6.0, "OUT"), (8.5, "IN"))]
    assert (status(options)["in"], status(options)["out"]) == (2, 1)


def test_an_entry_does_not_wait_for_a_camera_that_is_away(backend: RecordingBackend, options: RunOptions) -> None:
    captured = datetime.now(UTC)
    entered = Crossing(t=10.0, frame=100, direction=IN, tracker_id=1, person_id=1)

    def script() -> Iterator[FrameResult | None]:
        yield frame(10.0, captured, crossings=(entered,))
        while not backend.stored:
            yield None

    run(replace(options, policy=CountingPolicy(min_stay_s=0.2)), ScriptedFeed(script(), is_live=True))
    assert [parse_utc(ts) for _, _, ts in backend.stored] == [captured]


def test_heartbeats_carry_the_minutes_the_totals_and_how_far_everything_has_arrived(
    backend: RecordingBackend, options: RunOptions
) -> None:
    start = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    frames = [frame(n, start + timedelta(seconds=n), dropped=1, reconnects=int(n == 70)) for n in range(120)]
    frames[30] = replace(frames[30], crossings=(Crossing(30.0, 30, OUT, 1),))
    run(options, ScriptedFeed(frames, is_live=True))
    minutes = {one["minute"]: one for beat in backend.heartbeats for one in beat["minutes"]}
    assert {
        minute: (one["frames"], one["dropped"], one["fps"], one["reconnects"]) for minute, one in minutes.items()
    } == {
        "2026-11-21T12:00:00.000000Z": (60, 60, 1.0, 0),
        "2026-11-21T12:01:00.000000Z": (60, 60, 1.0, 1),
    }
    last = backend.heartbeats[-1]
    assert last["totals"] == {"in": 0, "out": 1}
    assert (last["backlog"], last["oldest_unsent_s"]) == (0, 0)
    assert (last["worker_version"], last["model"]) == ("1.2.3", "scripted")
    assert last["sent_at"] == "2026-11-21T12:01:59.000000Z"


def test_a_frozen_camera_sends_no_heartbeat(backend: RecordingBackend, options: RunOptions) -> None:
    run(options, ScriptedFeed([None] * 50, is_live=True))
    assert backend.heartbeats == []


def test_totals_go_on_after_a_restart(backend: RecordingBackend, options: RunOptions) -> None:
    run(options, ScriptedFeed(film(1, {0.5: IN})))
    run(options, ScriptedFeed(film(1, {0.5: IN})))
    assert backend.heartbeats[-1]["totals"] == {"in": 2, "out": 0}


def test_crossings_counted_without_a_network_are_delivered_by_the_next_run(options: RunOptions, tmp_path: Path) -> None:
    backend = RecordingBackend(camera_id=options.camera_id)
    offline = replace(options, api_url="http://127.0.0.1:9")
    assert run(offline, ScriptedFeed(film(1, {0.2: IN, 0.6: OUT}))) == 0
    assert status(offline)["backlog"] == 2
    with serving(backend):
        assert run(replace(options, api_url=backend.url), ScriptedFeed(film(1, {}))) == 0
    assert sorted(one["direction"] for one in backend.stored.values()) == ["IN", "OUT"]
    assert {one["store_id"] for one in backend.stored.values()} == {backend.store_id}


def test_the_backends_line_comes_before_the_command_lines(backend: RecordingBackend, options: RunOptions) -> None:
    backend.line = [0.1, 0.2, 0.3, 0.4]
    run(replace(options, line=Line(0.5, 0, 0.5, 1)), ScriptedFeed(film(0.2, {})))
    assert (status(options)["line"], status(options)["line_from"]) == ([0.1, 0.2, 0.3, 0.4], "backend")


def test_a_changed_line_applies_without_a_restart(backend: RecordingBackend, options: RunOptions) -> None:
    def draw_anew(index: int) -> None:
        if index == 1:
            backend.line, backend.anchor = [0.0, 0.7, 1.0, 0.7], "center"

    feed = ScriptedFeed(film(0.8, {}), between=draw_anew)
    run(replace(options, pace="real-time"), feed)
    assert feed.lines == [(Line(0.0, 0.7, 1.0, 0.7), Anchor.CENTER)]


def test_a_changed_frame_rate_applies_without_a_restart_and_does_not_reset_the_line(
    backend: RecordingBackend, options: RunOptions
) -> None:
    def slow_down(index: int) -> None:
        if index == 1:
            backend.sample_fps, backend.snapshot_interval_s = 5, 60

    feed = ScriptedFeed(film(0.8, {}), between=slow_down)
    run(replace(options, pace="real-time"), feed)
    assert (feed.rates, feed.lines) == ([5.0], [])


def test_a_changed_policy_applies_without_a_restart_and_does_not_reset_the_line(
    backend: RecordingBackend, options: RunOptions
) -> None:
    """The first visitor goes in and out again before the backend has a policy, the second one afterwards."""
    feed = ScriptedFeed(())

    def script() -> Iterator[FrameResult]:
        yield from film(1.0, {0.2: IN, 0.8: OUT})
        backend.policy = {"min_stay_s": 5, "ignore_children": True}
        index, deadline = 25, monotonic() + 20
        while not feed.ignored_children and monotonic() < deadline:
            sleep(0.01)
            yield frame(index / 25)
            index += 1
        for direction in (IN, OUT):
            crossing = Crossing(index / 25, index, direction, 2, 2)
            yield frame(index / 25, crossings=(crossing,))
            index += 1

    feed.script = script()
    run(options, feed)
    assert feed.ignored_children == [True]
    assert feed.lines == []
    assert sorted(one["direction"] for one in backend.stored.values()) == ["IN", "OUT"]
    assert {one["tracker_id"] for one in backend.stored.values()} == {1}
    assert (status(options)["min_stay_s"], status(options)["ignore_children"]) == (5, True)


@pytest.mark.clock
def test_skipped_frames_count_as_frames_and_are_in_no_snapshot(backend: RecordingBackend, options: RunOptions) -> None:
    backend.snapshot_requested = True
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=5)
    picture = np.zeros((240, 320, 3), np.uint8)
    frames = [frame(n / 10, start + timedelta(seconds=n / 10), image=picture, skipped=True) for n in range(600)]
    run(options, ScriptedFeed(frames, is_live=True))
    found = status(options)
    assert (found["frames"], found["skipped"]) == (600, 600)
    [minute] = [one for beat in backend.heartbeats for one in beat["minutes"]]
    assert (minute["frames"], minute["fps"]) == (600, 10.0)
    assert backend.snapshots == []


def test_an_unchanged_config_is_not_fetched_again(backend: RecordingBackend, options: RunOptions) -> None:
    run(options, ScriptedFeed(film(1, {})))
    run(options, ScriptedFeed(film(1, {})))
    assert backend.config_requests == [None, backend.etag]


def test_a_looped_file_goes_on_in_time(backend: RecordingBackend, options: RunOptions) -> None:
    feed = ScriptedFeed(film(1, {0.5: IN}))

    def enough(_index: int) -> None:
        if feed.rounds == 2:
            interrupt_main(signal.SIGTERM)
            feed.closed.wait()

    feed.between = enough
    assert run(replace(options, loop=True), feed) == 0
    moments = sorted(parse_utc(ts) for _, _, ts in backend.stored)
    assert len(moments) == 2
    assert moments[1] - moments[0] == timedelta(seconds=1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_drains_and_ends_with_zero(
    backend: RecordingBackend, options: RunOptions, number: signal.Signals
) -> None:
    script = [*film(1, {0.2: IN}), None]

    def stop(index: int) -> None:
        if index == len(script) - 1:
            interrupt_main(number)

    assert run(options, ScriptedFeed(script, is_live=True, endless=True, between=stop)) == 0
    assert len(backend.stored) == 1
    assert status(options)["state"] == "ended"


def test_a_wrong_key_on_first_contact_is_refused_in_one_sentence(options: RunOptions) -> None:
    with pytest.raises(WorkerKeyError, match=r"refuses the worker key \(401\): copy it again"):
        run(replace(options, key="mk_wrong"), ScriptedFeed(film(1, {})))


def test_an_unknown_camera_on_first_contact_is_refused_in_one_sentence(options: RunOptions) -> None:
    stranger = "99999999-9999-4999-8999-999999999999"
    with pytest.raises(UnknownCameraError, match=stranger):
        run(replace(options, camera_id=stranger), ScriptedFeed(film(1, {})))


class PagesHandler(BaseHTTPRequestHandler):
    """A server of pages: it answers every request with a page, as the dashboard does without `/api`."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "6")
        self.end_headers()
        self.wfile.write(b"<html>")

    def log_message(self, format: str, *args: object) -> None:
        """Keep the output of the tests clean."""


def test_an_address_of_pages_on_first_contact_is_named(options: RunOptions, caplog: pytest.LogCaptureFixture) -> None:
    with HTTPServer(("127.0.0.1", 0), PagesHandler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            run(replace(options, api_url=f"http://127.0.0.1:{server.server_port}"), ScriptedFeed(film(1, {})))
        finally:
            server.shutdown()
            thread.join()
    assert "the first answer of the backend (200) is not the config of a camera: check --api;" in caplog.text


def test_a_backend_that_is_away_on_first_contact_is_not_called_a_wrong_address(
    options: RunOptions, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    run(replace(options, api_url=f"http://127.0.0.1:{port}"), ScriptedFeed(film(1, {})))
    assert "the backend cannot be reached yet; `metrica-edge doctor` says more" in caplog.text


def test_a_key_revoked_later_stops_nothing_and_everything_is_kept(
    backend: RecordingBackend, options: RunOptions
) -> None:
    run(options, ScriptedFeed(film(1, {})))
    backend.key = "mk_another"
    assert run(options, ScriptedFeed(film(1, {0.5: IN}))) == 0
    found = status(options)
    assert (found["backlog"], found["dead"], found["uplink"]) == (1, 0, "refused")
    assert "refuses the worker key" in str(found["problem"])


class AwayAtFirst:
    """A camera that is not there for the first attempts."""

    def __init__(self, feed: ScriptedFeed, attempts: int) -> None:
        self.feed = feed
        self.left = attempts

    def __call__(self, *_: object) -> ScriptedFeed:
        if self.left:
            self.left -= 1
            raise SourceLostError("no picture from rtsp://door/1")
        return self.feed


def test_an_unreachable_camera_is_an_error_on_the_first_installation(options: RunOptions) -> None:
    with pytest.raises(SourceLostError, match="no picture"):
        Session(options, AwayAtFirst(ScriptedFeed([]), 1), "1").run()


@pytest.mark.clock
def test_a_worker_that_starts_before_its_camera_waits_for_it_and_delivers_meanwhile(
    backend: RecordingBackend, options: RunOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge_worker.running.feed.RETRY_PAUSE_S", 0.01)
    run(options, ScriptedFeed(film(1, {})))
    waiting = event(camera_id=backend.camera_id, store_id=backend.store_id)
    with SqliteOutbox.open(options.outbox) as outbox:
        outbox.add([waiting])
    camera = AwayAtFirst(ScriptedFeed([frame(0.0, datetime.now(UTC))], is_live=True), attempts=3)
    assert Session(options, camera, "1").run() == 0
    assert camera.left == 0
    assert status(options)["frames"] == 1
    assert [event_id for _, event_id, _ in backend.stored] == [waiting.event_id]


def test_no_password_of_the_source_is_in_the_status(options: RunOptions) -> None:
    run(options, ScriptedFeed(film(0.2, {})))
    assert status(options)["source"] == "rtsp://admin:***@door/1"


def test_a_requested_snapshot_is_sent_once_and_shows_nobody(backend: RecordingBackend, options: RunOptions) -> None:
    picture = np.zeros((240, 320, 3), np.uint8)
    picture[60:180, 100:160] = np.random.default_rng(1).integers(0, 255, (120, 60, 3))
    backend.snapshot_requested = True
    frames = [frame(n / 25, image=picture, people=((100.0, 60.0, 160.0, 180.0),)) for n in range(20)]
    run(replace(options, pace="real-time"), ScriptedFeed(frames))
    assert len(backend.snapshots) == 1
    shown = cv2.imdecode(np.frombuffer(backend.snapshots[0], np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None
    assert shown.shape == picture.shape
    assert np.corrcoef(shown[60:180, 100:160].ravel(), picture[60:180, 100:160].ravel())[0, 1] < 0.2


def test_an_event_is_on_disk_before_the_next_frame_is_taken(options: RunOptions) -> None:
    seen: list[int] = []
    script = film(1, {t / 10: IN for t in range(1, 10)})

    def look(index: int) -> None:
        with SqliteOutbox.open(options.outbox) as outbox:
            seen.append(outbox.totals(options.camera_id).ins)

    run(options, ScriptedFeed(script, between=look))
    counted = [sum(len(one.crossings) for one in script[:index]) for index in range(len(script))]
    assert seen == counted


def test_the_run_that_a_backend_error_interrupts_still_delivers_before_it_ends(
    backend: RecordingBackend, options: RunOptions
) -> None:
    backend.before.append(answers(503))
    assert run(options, ScriptedFeed(film(1, {0.5: IN}))) == 0
    outbox = FailoverOutbox(options.outbox)
    left = outbox.backlog().events
    outbox.close()
    assert left + len(backend.stored) == 1
