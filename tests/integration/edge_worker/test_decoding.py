"""Which decoder a source uses. The hardware is a stream that says so and fails; FFmpeg and the pictures are real."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any

import cv2
import numpy as np
import pytest

from edge_worker.video import live_source
from edge_worker.video.camera_stream import CameraStream
from edge_worker.video.decoder import Decoder
from edge_worker.video.file_source import FileSource
from edge_worker.video.frame import Image
from edge_worker.video.live_source import LiveSource
from edge_worker.video.network_stream import NetworkStream

PATIENCE_S = 20.0
FRAMES = 12


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip whose frames differ in brightness, in a codec that FFmpeg decodes with several threads."""
    path = tmp_path_factory.mktemp("clip") / "steps.mp4"
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"mp4v"), 10.0, (320, 240))
    for number in range(FRAMES):
        writer.write(np.full((240, 320, 3), 20 * number, np.uint8))
    writer.release()
    return path


class BrokenHardware:
    """A stream with a hardware decoder that delivers no pictures, as with a wrong driver."""

    decoder = Decoder.VAAPI

    def __init__(self, stream: CameraStream) -> None:
        self._stream = stream

    def picture(self) -> None:
        return None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def network_stream(clip: Path, *, hardware: bool = True) -> NetworkStream:
    """The clip as the stream of a camera."""
    return NetworkStream(str(clip), open_timeout_s=5, read_timeout_s=5, hardware=hardware)


def not_none(image: Image | None) -> Image:
    assert image is not None
    return image


def native_threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def test_a_file_is_decoded_by_one_thread(clip: Path) -> None:
    before = native_threads()
    source = FileSource(str(clip))
    assert native_threads() == before, "FFmpeg has started threads of its own"
    assert source.decoder is Decoder.SOFTWARE
    source.close()


def test_a_stream_is_decoded_and_converted_by_one_thread(clip: Path) -> None:
    before = native_threads()
    stream = network_stream(clip)
    for _ in range(FRAMES):
        assert stream.grab()
        assert stream.picture() is not None
    assert native_threads() == before, "FFmpeg has started threads of its own"
    stream.close()


def test_without_hardware_ffmpeg_takes_the_cpu_and_decodes_the_same_pictures_as_a_file(clip: Path) -> None:
    asked, plain, file = network_stream(clip), network_stream(clip, hardware=False), FileSource(str(clip))
    assert asked.decoder is plain.decoder is Decoder.SOFTWARE
    for _ in range(FRAMES):
        assert asked.grab()
        assert plain.grab()
        expected = file.read()
        assert expected is not None
        assert np.array_equal(not_none(asked.picture()), expected.image)
        assert np.array_equal(not_none(plain.picture()), expected.image)
    assert not asked.grab()
    assert asked.has_ended
    asked.close()
    plain.close()
    file.close()


def test_hardware_that_delivers_no_pictures_is_replaced_by_the_cpu(
    clip: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked_for_hardware: list[bool] = []

    def open_clip(_url: str, *, hardware: bool, **limits: float) -> CameraStream:
        asked_for_hardware.append(hardware)
        stream = NetworkStream(str(clip), hardware=False, **limits)
        return BrokenHardware(stream) if hardware else stream

    monkeypatch.setattr(live_source, "open_stream", open_clip)
    source = LiveSource("rtsp://camera.invalid/door", first_frame_s=PATIENCE_S)
    try:
        until = monotonic() + PATIENCE_S
        pictures: list[Image] = []
        while len(pictures) < FRAMES and monotonic() < until:
            frame = source.read(0.5)
            if frame is not None:
                pictures.append(frame.image)
    finally:
        source.close()
    assert asked_for_hardware[:2] == [True, False]
    assert not any(asked_for_hardware[1:]), "the hardware was tried again"
    assert source.decoder is Decoder.SOFTWARE
    assert "the hardware decoder (vaapi) delivers no pictures of this camera" in caplog.text
    file = FileSource(str(clip))
    expected = [frame.image for _ in range(FRAMES) if (frame := file.read()) is not None]
    file.close()
    assert len(pictures) == FRAMES
    for picture, same in zip(pictures, expected, strict=True):
        assert np.array_equal(picture, same)
