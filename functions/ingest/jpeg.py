"""JPEG files without metadata: check the structure, and keep only what a decoder needs.

The parser follows ITU T.81, annex B. It decodes nothing: decoding untrusted images is what decompression bombs exploit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from functions.common.limits import MAX_SNAPSHOT_SIDE_PX

MIN_SIDE_PX = 16
MAX_SEGMENTS = 100
"""Segments of a file, also those that are removed. Encoders write about 20."""
MAX_SCANS = 16
"""Scans of a progressive file. Encoders write about 10; each makes a browser go through the whole image."""
MAX_BASELINE_SCANS = 3
"""Scans of a file that is not progressive: one for each component."""

_START, _END = b"\xff\xd8", b"\xff\xd9"
_END_OF_IMAGE, _SCAN = 0xD9, 0xDA
_QUANTISATION, _HUFFMAN, _RESTART_INTERVAL = 0xDB, 0xC4, 0xDD
_COMMENT, _APP0, _APP14 = 0xFE, 0xE0, 0xEE
_APPLICATION = frozenset(range(0xE0, 0xF0))
# Frame headers of the kinds browsers show: baseline, extended sequential, progressive (table B.1).
_PROGRESSIVE = 0xC2
_FRAMES = frozenset({0xC0, 0xC1, _PROGRESSIVE})
_OTHER_COMPRESSION = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF})
_RESTARTS = frozenset(range(0xD0, 0xD8))

_JFIF = b"JFIF\0"
_JFIF_BODY = _JFIF + b"\1\1\0\0\1\0\1\0\0"
"""Version 1.1, no density, no thumbnail."""
_ADOBE = b"Adobe"
_ADOBE_BODY = _ADOBE + b"\0\x64\0\0\0\0"
"""Version 100, no flags; the colour transform follows."""


class NotAJPEGError(ValueError):
    """The bytes are not an accepted JPEG. The message says why."""


@dataclass(frozen=True, slots=True)
class CleanJPEG:
    """A JPEG file without metadata.

    Attributes:
        data: The file.
        width: Pixels, 16 to 4096.
        height: Pixels, 16 to 4096.
    """

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Segment:
    """A marker, the bytes after its length, and for a scan the compressed data."""

    marker: int
    body: bytes
    compressed: bytes = b""

    def to_bytes(self) -> bytes:
        return b"\xff%c%b%b%b" % (self.marker, (len(self.body) + 2).to_bytes(2, "big"), self.body, self.compressed)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The frame header: the size, the ids of the components, and whether it is progressive."""

    width: int
    height: int
    components: bytes
    progressive: bool


def clean_jpeg(data: bytes) -> CleanJPEG:
    """Return a JPEG file without metadata; the pixels stay as they are.

    Exif, GPS, XMP, colour profiles, thumbnails, comments and everything after the end of the image are removed. Kept
    are the tables, the frame, the scans, and that the file is JFIF or which colour transform Adobe's segment names.

    >>> picture = bytes.fromhex(
    ...     "ffd8fffe000568656cffdb0043" + "01" * 65 + "ffc0000b080020004001011100ffda0008010100003f00d2ffd9"
    ... )
    >>> cleaned = clean_jpeg(picture)
    >>> (cleaned.width, cleaned.height, len(picture) - len(cleaned.data))
    (64, 32, 7)

    Raises:
        NotAJPEGError: the file is not an accepted JPEG.
    """
    kept: list[bytes] = []
    frame: _Frame | None = None
    scans = 0
    for segment in _segments(data):
        if segment.marker in _FRAMES:
            if frame is not None:
                raise NotAJPEGError("it has two frames")
            frame = _parse_frame(segment)
        elif segment.marker == _SCAN:
            scans += 1
            _check_scan(segment, frame, scans)
        needed = _needed(segment)
        if needed is not None:
            kept.append(needed.to_bytes())
    if frame is None or scans == 0:
        raise NotAJPEGError("it has no image")
    return CleanJPEG(b"".join([_START, *kept, _END]), frame.width, frame.height)


def _segments(data: bytes) -> Iterator[_Segment]:
    """Yield the segments up to the end of the image."""
    if not data.startswith(_START):
        raise NotAJPEGError("it does not start with the JPEG marker")
    at = 2
    for _ in range(MAX_SEGMENTS + 1):
        marker, at = _next_marker(data, at)
        if marker == _END_OF_IMAGE:
            return
        if marker in _RESTARTS or marker in {0x01, 0xD8}:
            raise NotAJPEGError(f"it has a misplaced marker (ff {marker:02x})")
        length = int.from_bytes(data[at : at + 2], "big")
        end = at + length
        if length < 2 or end > len(data):
            raise NotAJPEGError("a segment is truncated or longer than the file")
        body = data[at + 2 : end]
        at = _end_of_compressed(data, end) if marker == _SCAN else end
        yield _Segment(marker, body, data[end:at])
    raise NotAJPEGError(f"it has more than {MAX_SEGMENTS} segments")


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    if data[at : at + 1] != b"\xff":
        raise NotAJPEGError("it is truncated, or a segment does not start with a marker")
    while data[at : at + 1] == b"\xff":  # fill bytes
        at += 1
    if at >= len(data) or data[at] == 0:
        raise NotAJPEGError("it is truncated, or a segment does not start with a marker")
    return data[at], at + 1


def _end_of_compressed(data: bytes, start: int) -> int:
    """Return where the next marker after compressed data begins; ff 00 and restart markers belong to the data."""
    at = start
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotAJPEGError("it is truncated within a scan")
        if data[at + 1] != 0 and data[at + 1] not in _RESTARTS:
            break
        at += 2
    if at == start:
        raise NotAJPEGError("a scan is empty")
    return at


def _parse_frame(segment: _Segment) -> _Frame:
    body = segment.body
    if len(body) < 6 or body[5] not in {1, 3} or len(body) != 6 + 3 * body[5] or body[0] != 8:
        raise NotAJPEGError("it must be greyscale or colour with 8 bits")
    height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
    if not (MIN_SIDE_PX <= width <= MAX_SNAPSHOT_SIDE_PX and MIN_SIDE_PX <= height <= MAX_SNAPSHOT_SIDE_PX):
        raise NotAJPEGError(f"its sides must be {MIN_SIDE_PX} to {MAX_SNAPSHOT_SIDE_PX} pixels, not {width} x {height}")
    components, factors, tables = body[6::3], body[7::3], body[8::3]
    if len(set(components)) != len(components) or max(tables) > 3:
        raise NotAJPEGError("its components are malformed")
    if not all(1 <= factor >> 4 <= 4 and 1 <= factor & 15 <= 4 for factor in factors):
        raise NotAJPEGError("its sampling factors are malformed")
    return _Frame(width, height, components, segment.marker == _PROGRESSIVE)


def _needed(segment: _Segment) -> _Segment | None:
    """Return what a decoder needs of a segment; None if it needs nothing. Raises NotAJPEGError."""
    marker = segment.marker
    if marker in _FRAMES or marker == _SCAN:
        return segment
    if marker in _TABLE_CHECKS:
        _TABLE_CHECKS[marker](segment.body)
        return segment
    if marker in _APPLICATION or marker == _COMMENT:
        return _colour_segment(segment)
    if marker in _OTHER_COMPRESSION:
        raise NotAJPEGError("its compression is not supported; use baseline or progressive")
    raise NotAJPEGError(f"it has a misplaced marker (ff {marker:02x})")


def _check_scan(segment: _Segment, frame: _Frame | None, number: int) -> None:
    if frame is None:
        raise NotAJPEGError("it has no frame header before its scan")
    limit = MAX_SCANS if frame.progressive else MAX_BASELINE_SCANS
    if number > limit:
        raise NotAJPEGError(f"it has more than {limit} scans")
    body = segment.body
    count = body[0] if body else 0
    components = body[1 : 1 + 2 * count : 2]
    if not 1 <= count <= len(frame.components) or len(body) != 4 + 2 * count:
        raise NotAJPEGError("the header of a scan is malformed")
    if len(set(components)) != count or not set(components) <= set(frame.components):
        raise NotAJPEGError("a scan has other components than the frame")


def _check_quantisation(body: bytes) -> None:
    at = 0
    while at < len(body):
        if body[at] >> 4 > 1 or body[at] & 15 > 3:
            raise NotAJPEGError("a quantisation table is malformed")
        at += 1 + 64 * (1 + (body[at] >> 4))
    if at != len(body) or not body:
        raise NotAJPEGError("a quantisation table is malformed")


def _check_huffman(body: bytes) -> None:
    at = 0
    while at + 17 <= len(body):
        if body[at] >> 4 > 1 or body[at] & 15 > 3:
            raise NotAJPEGError("a Huffman table is malformed")
        at += 17 + sum(body[at + 1 : at + 17])
    if at != len(body) or not body:
        raise NotAJPEGError("a Huffman table is malformed")


def _check_restart_interval(body: bytes) -> None:
    if len(body) != 2:
        raise NotAJPEGError("its restart interval is malformed")


_TABLE_CHECKS = {
    _QUANTISATION: _check_quantisation,
    _HUFFMAN: _check_huffman,
    _RESTART_INTERVAL: _check_restart_interval,
}


def _colour_segment(segment: _Segment) -> _Segment | None:
    """Return what a decoder needs of an application segment, to know the colours; None if it needs nothing."""
    if segment.marker == _APP0 and segment.body.startswith(_JFIF):
        return _Segment(_APP0, _JFIF_BODY)
    if segment.marker == _APP14 and segment.body.startswith(_ADOBE):
        if len(segment.body) < 12 or segment.body[11] > 2:
            raise NotAJPEGError("its Adobe segment is malformed")
        return _Segment(_APP14, _ADOBE_BODY + segment.body[11:12])
    return None
