"""Sources of other kinds than plain RTSP, and cameras with few places for viewers; real servers."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any

import cv2
import numpy as np
import pytest

from edge_worker.doctor.source import check_source
from edge_worker.video.live_source import LiveSource
from tests.faults.edge_worker.rtsp_camera import address, camera
from tests.tls import CertificateAuthority

PATIENCE_S = 40.0


# -- HTTP --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """The address of a web server with ``/video`` (MJPEG) and ``/live.m3u8`` (HLS)."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(tmp_path))

        def log_message(self, *_: Any) -> None:
            return

        def do_GET(self) -> None:
            if self.path != "/video":
                super().do_GET()
                return
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            try:
                for shade in range(0, 250, 2):
                    jpeg = cv2.imencode(".jpg", np.full((240, 320, 3), shade, np.uint8))[1].tobytes()
                    self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n\r\n" + jpeg + b"\r\n")
            except OSError:
                return  # the viewer has left

    write_hls(tmp_path / "live.m3u8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def write_hls(playlist: Path) -> None:
    """A playlist with one segment of five seconds."""
    segment = playlist.with_name("segment.ts")
    writer = cv2.VideoWriter(str(segment), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"mpg2"), 25.0, (320, 240))
    assert writer.isOpened()
    for shade in range(0, 250, 2):
        writer.write(np.full((240, 320, 3), shade, np.uint8))
    writer.release()
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:5", "#EXTINF:5.0,", segment.name, "#EXT-X-ENDLIST"]
    playlist.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("path", ["/video", "/live.m3u8"])
def test_a_camera_by_http_delivers_frames(web: str, path: str) -> None:
    source = LiveSource(web + path, first_frame_s=PATIENCE_S)
    frames = [source.read(5.0) for _ in range(3)]
    source.close()
    assert source.size == (240, 320)
    assert all(frame is not None and frame.image.shape == (240, 320, 3) for frame in frames)


@pytest.mark.parametrize("path", ["/video", "/live.m3u8"])
def test_the_doctor_reads_a_frame_by_http(web: str, path: str) -> None:
    [check], frames = check_source(web + path)
    assert (check.name, check.verdict) == ("first frame", "ok")
    assert frames is not None


# -- rtsps -------------------------------------------------------------------------------------------------------------


@contextmanager
def tls_in_front_of(port: int, folder: Path) -> Iterator[int]:
    """A port that speaks TLS with a certificate of its own and hands everything to ``port``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CertificateAuthority(folder, "camera").issue("camera.local"))
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(client,), daemon=True).start()

    def serve(client: socket.socket) -> None:
        try:
            encrypted = context.wrap_socket(client, server_side=True)
        except OSError:
            return
        plain = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=forward, args=(plain, encrypted), daemon=True).start()
        forward(encrypted, plain)

    def forward(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            end.close()

    threading.Thread(target=accept, daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


def test_the_doctor_asks_an_rtsps_camera_by_tls(port: int, tmp_path: Path) -> None:
    with camera(port), tls_in_front_of(port, tmp_path) as secure_port:
        checks, frames = check_source(f"rtsps://127.0.0.1:{secure_port}/door")
    assert [(check.name, check.verdict) for check in checks] == [
        ("source", "ok"),
        ("codec", "ok"),
        ("first frame", "ok"),
    ]
    assert frames is not None


def test_the_doctor_says_that_a_port_does_not_speak_tls(port: int) -> None:
    with camera(port):
        [check], _ = check_source(f"rtsps://127.0.0.1:{port}/door")
    assert check.verdict == "fail"
    assert "answers without TLS" in check.found
    assert "write rtsp:// for this port" in check.hint


# -- places for viewers ------------------------------------------------------------------------------------------------


def test_the_doctor_and_calibrate_leave_the_worker_its_place_at_a_camera_with_two(port: int) -> None:
    with camera(port, viewers=2):
        worker = LiveSource(address(port), first_frame_s=PATIENCE_S)
        checks, _ = check_source(address(port))
        assert [check.verdict for check in checks] == ["ok", "ok", "ok"]
        calibrate = LiveSource(address(port), first_frame_s=PATIENCE_S)
        calibrate.close()
        assert reconnects_within(worker, 3.0) == 0
        worker.close()


@pytest.mark.slow
def test_the_doctor_suspects_too_many_viewers_when_there_is_no_place(port: int) -> None:
    with camera(port, viewers=1):
        worker = LiveSource(address(port), first_frame_s=PATIENCE_S)
        checks, _ = check_source(address(port))
        assert checks[-1].verdict == "fail"
        assert "too many viewers" in checks[-1].hint
        assert reconnects_within(worker, 3.0) == 0
        worker.close()


def reconnects_within(source: LiveSource, seconds: float) -> int:
    """How often a source that goes on delivering frames was opened again."""
    until, reconnects, frames = monotonic() + seconds, 0, 0
    while monotonic() < until:
        frame = source.read(1.0)
        if frame is not None:
            reconnects, frames = reconnects + frame.reconnects, frames + 1
    assert frames > 5
    return reconnects
