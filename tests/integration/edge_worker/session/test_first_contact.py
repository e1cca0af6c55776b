"""The first contact with the backend and with the camera: refused in one sentence, or waited for."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from edge_worker.errors import SourceLostError
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session
from edge_worker.uplink.handshake import UnknownCameraError, WorkerKeyError
from tests.integration.edge_worker.recording_backend import RecordingBackend
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, film, frame
from tests.integration.edge_worker.session.conftest import run, status
from tests.unit.edge_worker.events import event


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
