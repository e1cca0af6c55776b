"""A camera for benchmarks: an H.264 stream over HTTP, sent at the rate at which it was captured."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any

import av
import numpy as np

from edge_worker.video.frame import Image

KEYFRAME_S = 2.0
"""Seconds between two keyframes, as in the default of most cameras."""
BITS_PER_S = 512_000
"""The usual rate of a camera's second stream of 640 × 480."""


def encode_stream(images: Iterator[Image], fps: int) -> list[bytes]:
    """Return the MPEG transport stream of images, one part per frame.

    Args:
        images: height × width × 3, BGR, all of one size.
        fps: Frames per second.
    """
    buffer = io.BytesIO()
    ends = []
    with av.open(buffer, "w", format="mpegts", options={"fflags": "flush_packets"}) as container:
        stream: Any = None
        for image in images:
            if stream is None:
                stream = container.add_stream("libx264", rate=fps)
                stream.height, stream.width = image.shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.bit_rate = BITS_PER_S
                stream.time_base = Fraction(1, fps)
                stream.options = {"preset": "veryfast", "tune": "zerolatency", "g": str(round(KEYFRAME_S * fps))}
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="bgr24")))
            ends.append(buffer.tell())
        container.mux(stream.encode(None))
    stream_bytes = buffer.getvalue()
    return [stream_bytes[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


@contextmanager
def serve_stream(parts: Sequence[bytes], fps: int) -> Iterator[str]:
    """Serve a stream on the loopback until the block is left, from its start to each viewer; yield its address.

    Args:
        parts: The parts of the stream, one per frame.
        fps: Frames per second at which they are sent.
    """
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "video/mp2t")
            self.end_headers()
            began_at = monotonic()
            try:
                for number, part in enumerate(parts):
                    if stopped.wait(max(began_at + number / fps - monotonic(), 0.0)):
                        return
                    self.wfile.write(part)
            except ConnectionError:
                return  # the viewer has gone

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/stream.ts"
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
