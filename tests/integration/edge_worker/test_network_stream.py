"""Streams of the network by PyAV: what they say, their changes, and OpenCV's FFmpeg beside PyAV's in one process."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from edge_worker.video.camera_stream import StreamError
from edge_worker.video.frame import Image
from edge_worker.video.network_stream import NetworkStream

FPS = 10
SHADES = range(8, 248, 8)
TOLERANCE = 5.0
"""Less than a step of the shades, and more than what the encoder changes."""


def encoded(size: tuple[int, int], shades: range, first: int = 0) -> bytes:
    """Frames of (width, height) in H.264, one for each grey level, from this number on, as an MPEG transport stream."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mpegts") as container:
        stream: Any = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "ultrafast", "tune": "zerolatency", "g": "10"}
        for number, shade in enumerate(shades, first):
            frame = av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), shade, np.uint8), format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def opened(path: Path) -> NetworkStream:
    return NetworkStream(str(path), open_timeout_s=5, read_timeout_s=5)


def pictures(stream: NetworkStream) -> Iterator[tuple[float, Image]]:
    while stream.grab():
        picture = stream.picture()
        assert picture is not None
        yield stream.timestamp_s, picture
    stream.close()


def test_frames_have_the_times_and_the_pictures_of_the_stream(tmp_path: Path) -> None:
    path = tmp_path / "stream.ts"
    path.write_bytes(encoded((322, 242), SHADES))
    stream = opened(path)
    assert stream.fps == FPS
    read = list(pictures(stream))
    steps = np.diff([at_s for at_s, _ in read])
    assert steps == pytest.approx(1 / FPS)
    assert [picture.shape for _, picture in read] == [(242, 322, 3)] * 30
    assert all(picture.flags.c_contiguous for _, picture in read)
    assert [picture.mean() for _, picture in read] == pytest.approx(SHADES, abs=TOLERANCE)
    assert stream.has_ended
    assert not stream.is_marked


def test_a_camera_that_changes_its_resolution_goes_on_with_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "stream.ts"
    path.write_bytes(encoded((320, 240), SHADES[:20]) + encoded((640, 360), SHADES[10:], first=20))
    read = list(pictures(opened(path)))
    shapes = [picture.shape[:2] for _, picture in read]
    assert shapes[:19] == [(240, 320)] * 19
    assert shapes[-19:] == [(360, 640)] * 19
    assert [picture.mean() for _, picture in read[-19:]] == pytest.approx(SHADES[-19:], abs=TOLERANCE)


def test_after_skipped_frames_decoding_begins_at_a_keyframe(tmp_path: Path) -> None:
    path = tmp_path / "stream.ts"
    path.write_bytes(encoded((320, 240), SHADES))
    stream = opened(path)
    skipped, means = [], []
    for number in range(30):
        assert stream.grab(skip=4 <= number < 7)
        skipped.append(stream.is_skipped)
        picture = stream.picture()
        assert (picture is None) == stream.is_skipped
        if picture is not None:
            means.append(picture.mean())
    stream.close()
    # A keyframe is every tenth frame.
    assert [number for number, is_skipped in enumerate(skipped) if is_skipped] == [4, 5, 6, 7, 8, 9]
    assert means == pytest.approx([*SHADES[:4], *SHADES[10:]], abs=TOLERANCE)


def test_what_is_no_video_is_named_without_the_address(tmp_path: Path) -> None:
    path = tmp_path / "s3cret.ts"
    path.write_bytes(b"no video" * 1000)
    with pytest.raises(StreamError) as caught:
        opened(path)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__suppress_context__


BOTH = """
import sys, threading
import numpy as np
{imports}
from edge_worker.video.file_source import FileSource
from edge_worker.video.network_stream import NetworkStream

def by_opencv():
    source = FileSource(sys.argv[1])
    while (frame := source.read()) is not None:
        found["opencv"].append(frame.image)
    source.close()

def by_pyav():
    stream = NetworkStream(sys.argv[1], open_timeout_s=5, read_timeout_s=5)
    while stream.grab():
        found["pyav"].append(stream.picture())
    stream.close()

for _ in range(5):
    found = {{"opencv": [], "pyav": []}}
    readers = [threading.Thread(target=read) for read in (by_opencv, by_pyav)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(found["opencv"]) == len(found["pyav"]) == 40
    assert all(np.array_equal(*pair) for pair in zip(*found.values()))
print("equal")
"""


@pytest.mark.parametrize("imports", ["import av, cv2", "import cv2, av"])
def test_the_ffmpeg_of_opencv_and_that_of_pyav_work_in_one_process(imports: str, tmp_path: Path) -> None:
    path = tmp_path / "stream.ts"
    path.write_bytes(encoded((640, 480), range(40, 80)))
    program = BOTH.format(imports=imports)
    run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "equal\n", "")
