"""Which decoder a source uses. The hardware is a capture that says so and fails; FFmpeg and the pictures are real."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from edge_worker.video import live_source
from edge_worker.video.capture import Decoder, decoder_of, open_capture
from edge_worker.video.file_source import FileSource
from edge_worker.video.frame import Image
from edge_worker.video.live_source import LiveSource

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
    """OpenCV's capture with a hardware decoder that delivers no pictures, as with a wrong driver."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture

    def get(self, name: int) -> float:
        return float(cv2.VIDEO_ACCELERATION_VAAPI if name == cv2.CAP_PROP_HW_ACCELERATION else self._capture.get(name))

    def retrieve(self) -> tuple[bool, npt.NDArray[np.uint8] | None]:
        return False, None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._capture, name)


def native_threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def test_a_file_is_decoded_by_one_thread(clip: Path) -> None:
    before = native_threads()
    source = FileSource(str(clip))
    assert native_threads() == before, "FFmpeg has started threads of its own"
    assert source.decoder is Decoder.SOFTWARE
    source.close()


def test_without_hardware_ffmpeg_takes_the_cpu_and_decodes_the_same_pictures(clip: Path) -> None:
    asked, plain = (
        open_capture(str(clip), open_timeout_s=5, read_timeout_s=5, hardware=hardware) for hardware in (True, False)
    )
    assert decoder_of(asked) is decoder_of(plain) is Decoder.SOFTWARE
    for _ in range(FRAMES):
        (is_read, image), (_, expected) = asked.read(), plain.read()
        assert is_read
        assert np.array_equal(image, expected)
    asked.release()
    plain.release()


def test_hardware_that_delivers_no_pictures_is_replaced_by_the_cpu(
    clip: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked_for_hardware: list[bool] = []

    def open_clip(_url: str, *, hardware: bool, **limits: float) -> Any:
        asked_for_hardware.append(hardware)
        capture = open_capture(str(clip), hardware=False, **limits)
        return BrokenHardware(capture) if hardware else capture

    monkeypatch.setattr(live_source, "open_capture", open_clip)
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
