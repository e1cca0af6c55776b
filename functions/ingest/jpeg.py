"""Validation of JPEG files by their headers. Decoding untrusted images is what decompression bombs exploit."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from functions.common.limits import MAX_SNAPSHOT_SIDE_PX

MIN_SIDE_PX = 16

_START = b"\xff\xd8"
_END = b"\xff\xd9"
_SCAN = 0xDA
# Frame headers of the kinds browsers show: baseline, extended sequential, progressive (ITU T.81, table B.1).
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_STANDALONE = frozenset({0x01, *range(0xD0, 0xDA)})


class NotAJPEGError(ValueError):
    """The bytes are not an accepted JPEG. The message says why."""


@dataclass(frozen=True, slots=True)
class ImageSize:
    """Width and height of an image, pixels, each 16 to 4096."""

    width: int
    height: int


def read_image_size(data: bytes) -> ImageSize:
    """Return the image size of a JPEG file (ITU T.81, annex B).

    >>> read_image_size(bytes.fromhex("ffd8ffc0000b080020004001011100ffda0008010100003f0000ffd9"))
    ImageSize(width=64, height=32)

    Raises:
        NotAJPEGError: the file is not an accepted JPEG.
    """
    if not data.startswith(_START):
        raise NotAJPEGError("it does not start with the JPEG marker")
    if not data.endswith(_END):
        raise NotAJPEGError("it is truncated, or has data after its end")
    size: ImageSize | None = None
    at = 2
    while True:
        marker, at = _next_marker(data, at)
        if marker == _SCAN:
            break
        if marker in _STANDALONE:
            raise NotAJPEGError("it has a misplaced marker")
        if at + 2 > len(data):
            raise NotAJPEGError("a segment is truncated")
        (length,) = struct.unpack_from(">H", data, at)
        if length < 2 or at + length > len(data):
            raise NotAJPEGError("a segment is longer than the file")
        if marker in _OTHER_FRAMES:
            raise NotAJPEGError("its compression is not supported; use baseline or progressive")
        if marker in _FRAMES:
            if size is not None:
                raise NotAJPEGError("it has two frames")
            size = _frame_size(data[at : at + length])
        at += length
    if size is None:
        raise NotAJPEGError("it has no frame header before its scan")
    return size


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    if at >= len(data) or data[at] != 0xFF:
        raise NotAJPEGError("a segment does not start with a marker")
    while at < len(data) and data[at] == 0xFF:
        at += 1
    if at >= len(data) or data[at] == 0:
        raise NotAJPEGError("a segment does not start with a marker")
    return data[at], at + 1


def _frame_size(frame: bytes) -> ImageSize:
    if len(frame) < 8:
        raise NotAJPEGError("its frame header is truncated")
    precision, height, width, components = struct.unpack_from(">BHHB", frame, 2)
    if precision != 8 or components not in {1, 3} or len(frame) != 8 + 3 * components:
        raise NotAJPEGError("it must be greyscale or colour with 8 bits")
    if not (MIN_SIDE_PX <= width <= MAX_SNAPSHOT_SIDE_PX and MIN_SIDE_PX <= height <= MAX_SNAPSHOT_SIDE_PX):
        raise NotAJPEGError(f"its sides must be {MIN_SIDE_PX} to {MAX_SNAPSHOT_SIDE_PX} pixels, not {width} x {height}")
    return ImageSize(width, height)
