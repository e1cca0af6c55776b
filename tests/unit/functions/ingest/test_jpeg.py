"""JPEG files are validated by their headers, without decoding."""

from __future__ import annotations

import struct

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.ingest.jpeg import ImageSize, NotAJPEGError, read_image_size


def encoded(width: int, height: int, *options: int, channels: int = 3) -> bytes:
    shape = (height, width, 3) if channels == 3 else (height, width)
    ok, data = cv2.imencode(".jpg", np.full(shape, 127, np.uint8), list(options))
    assert ok
    return bytes(data)


GOOD = encoded(640, 360)


@pytest.mark.parametrize(
    "data",
    [
        encoded(64, 48),
        encoded(64, 48, cv2.IMWRITE_JPEG_PROGRESSIVE, 1),
        encoded(64, 48, cv2.IMWRITE_JPEG_OPTIMIZE, 1, cv2.IMWRITE_JPEG_RST_INTERVAL, 4),
        encoded(64, 48, channels=1),
    ],
)
def test_what_opencv_writes_is_taken(data: bytes) -> None:
    assert read_image_size(data) == ImageSize(64, 48)


def with_size(width: int, height: int) -> bytes:
    """A good file whose header claims another size: a decoder would make room for it."""
    at = GOOD.index(b"\xff\xc0") + 5
    return GOOD[:at] + struct.pack(">HH", height, width) + GOOD[at + 4 :]


@pytest.mark.parametrize("size", [(30_000, 30_000), (65_535, 65_535), (4097, 100), (100, 4097), (0, 0), (15, 100)])
def test_sides_beyond_the_limits_are_refused_whatever_the_file_holds(size: tuple[int, int]) -> None:
    with pytest.raises(NotAJPEGError, match="sides must be"):
        read_image_size(with_size(*size))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff\xd9",
        b"<html></html>",
        b"GIF89a" + bytes(100),
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        GOOD[:-2],
        GOOD + b"<script>",
        GOOD[:200] + b"\xff\xd9",
        b"\xff\xd8" + b"\xff\xe0\xff\xff" + bytes(50) + b"\xff\xd9",
        b"\xff\xd8" + b"\xff\xe0\x00\x01" + b"\xff\xd9",
        b"\xff\xd8" + b"\xff" * 5000 + b"\xff\xd9",
        GOOD.replace(b"\xff\xc0", b"\xff\xc9"),  # arithmetic coding
        GOOD.replace(b"\xff\xc0", b"\xff\xc3"),  # lossless
    ],
)
def test_what_is_not_a_jpeg_for_browsers_is_refused(data: bytes) -> None:
    with pytest.raises(NotAJPEGError):
        read_image_size(data)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(GOOD)))
def test_no_bytes_make_it_fail_in_another_way(noise: bytes, at: int) -> None:
    for data in (noise, GOOD[:at] + noise + GOOD[at:], b"\xff\xd8" + noise + b"\xff\xd9"):
        try:
            size = read_image_size(data)
        except NotAJPEGError:
            continue
        assert 16 <= size.width <= 4096
        assert 16 <= size.height <= 4096
