"""JPEG files are checked by their structure and lose their metadata, without decoding."""

from __future__ import annotations

import io
import struct

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from functions.ingest.jpeg import (
    MAX_BASELINE_SCANS,
    MAX_SCANS,
    MAX_SEGMENTS,
    CleanJPEG,
    NotAJPEGError,
    clean_jpeg,
)

PICTURE = cv2.resize(np.random.default_rng(1).integers(0, 256, (12, 16, 3), dtype=np.uint8), (64, 48))


def encoded(width: int, height: int, *options: int, channels: int = 3) -> bytes:
    picture = cv2.resize(PICTURE, (width, height))
    ok, data = cv2.imencode(".jpg", picture if channels == 3 else picture[:, :, 0], list(options))
    assert ok
    return bytes(data)


def pillow(mode: str = "RGB", **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(PICTURE).convert(mode).save(file, "JPEG", **options)
    return file.getvalue()


GOOD = encoded(640, 360)
PROGRESSIVE = encoded(64, 48, cv2.IMWRITE_JPEG_PROGRESSIVE, 1)
KINDS = {
    "baseline": encoded(64, 48),
    "progressive": PROGRESSIVE,
    "restart markers": encoded(64, 48, cv2.IMWRITE_JPEG_OPTIMIZE, 1, cv2.IMWRITE_JPEG_RST_INTERVAL, 4),
    "greyscale": encoded(64, 48, channels=1),
    "4:4:4": pillow(subsampling=0, quality=95),
    "RGB in Adobe's way": pillow(keep_rgb=True),
}


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff%c%b%b" % (marker, (len(body) + 2).to_bytes(2, "big"), body)


def with_segments(data: bytes, *added: bytes) -> bytes:
    return data[:2] + b"".join(added) + data[2:]


def pixels(data: bytes) -> bytes:
    """What Pillow and OpenCV decode."""
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION)
    assert decoded is not None
    return decoded.tobytes() + Image.open(io.BytesIO(data)).convert("RGB").tobytes()


def frame_at(data: bytes) -> int:
    return max(data.find(b"\xff\xc0"), data.find(b"\xff\xc2"))


SECRET = b"52.520008 N 13.404954 E"
METADATA = {
    "Exif": segment(0xE1, b"Exif\0\0" + SECRET),
    "XMP": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
    "colour profile": segment(0xE2, b"ICC_PROFILE\0\1\1" + SECRET),
    "Photoshop": segment(0xED, b"Photoshop 3.0\0" + SECRET),
    "comment": segment(0xFE, SECRET),
    "thumbnail in JFXX": segment(0xE0, b"JFXX\0\x10" + SECRET),
    "thumbnail in JFIF": segment(0xE0, b"JFIF\0\1\2\1\0\x48\0\x48\4\2" + SECRET + b"\0"),
    "unknown APP0": segment(0xE0, SECRET),
    "unknown APP14": segment(0xEE, SECRET),
    "longest": segment(0xEF, SECRET + bytes(60_000)),
    **{f"APP{number}": segment(0xE0 + number, SECRET) for number in range(1, 16)},
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_keeps_its_pixels_and_cleaning_it_again_changes_nothing(kind: str) -> None:
    cleaned = clean_jpeg(KINDS[kind])
    assert (cleaned.width, cleaned.height) == (64, 48)
    assert pixels(cleaned.data) == pixels(KINDS[kind])
    assert clean_jpeg(cleaned.data) == cleaned


@pytest.mark.parametrize("name", METADATA)
@pytest.mark.parametrize("kind", ["baseline", "progressive"])
def test_metadata_is_removed_wherever_it_is(kind: str, name: str) -> None:
    data = KINDS[kind]
    between_tables = frame_at(data)
    last_scan = data.rindex(b"\xff\xda")
    for at in (2, between_tables, last_scan):
        cleaned = clean_jpeg(data[:at] + METADATA[name] + data[at:])
        assert SECRET not in cleaned.data
        assert pixels(cleaned.data) == pixels(data)


def test_exif_of_a_real_writer_is_removed() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a shop"
    exif.get_ifd(0x8825)[1] = "N"
    data = pillow(exif=exif, comment=b"hello", icc_profile=b"profile" * 20)
    cleaned = clean_jpeg(data).data
    opened = Image.open(io.BytesIO(cleaned))
    assert (dict(opened.getexif()), opened.info.get("comment"), opened.info.get("icc_profile")) == ({}, None, None)
    assert pixels(cleaned) == pixels(data)


@pytest.mark.parametrize("trailing", [b"<script>", b"PK\3\4" + bytes(100), GOOD, b"\xff\xd9", b"\xff"])
def test_everything_after_the_end_of_the_image_is_removed(trailing: bytes) -> None:
    assert clean_jpeg(GOOD + trailing) == clean_jpeg(GOOD)


def test_fill_bytes_are_removed() -> None:
    at = frame_at(GOOD)
    assert clean_jpeg(GOOD[:at] + b"\xff" * 5000 + GOOD[at:]) == clean_jpeg(GOOD)


def with_size(width: int, height: int) -> bytes:
    """A good file whose header claims another size: a decoder would make room for it."""
    at = GOOD.index(b"\xff\xc0") + 5
    return GOOD[:at] + struct.pack(">HH", height, width) + GOOD[at + 4 :]


@pytest.mark.parametrize("size", [(30_000, 30_000), (65_535, 65_535), (4097, 100), (100, 4097), (0, 0), (15, 100)])
def test_sides_beyond_the_limits_are_refused_whatever_the_file_holds(size: tuple[int, int]) -> None:
    with pytest.raises(NotAJPEGError, match="sides must be"):
        clean_jpeg(with_size(*size))


def with_scans(data: bytes, scans: int) -> bytes:
    """A file with its last scan again and again, each of which a decoder goes through."""
    last = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last * (scans - data.count(b"\xff\xda")) + data[-2:]


@pytest.mark.parametrize(("kind", "limit"), [("progressive", MAX_SCANS), ("baseline", MAX_BASELINE_SCANS)])
def test_a_file_with_many_scans_is_refused(kind: str, limit: int) -> None:
    clean_jpeg(with_scans(KINDS[kind], limit))
    for scans in (limit + 1, 500):
        with pytest.raises(NotAJPEGError, match=f"more than {limit} scans"):
            clean_jpeg(with_scans(KINDS[kind], scans))


def test_a_file_with_many_segments_is_refused() -> None:
    with pytest.raises(NotAJPEGError, match=f"more than {MAX_SEGMENTS} segments"):
        clean_jpeg(with_segments(GOOD, segment(0xFE, b"") * 60_000))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "does not start"),
        (b"\xff\xd8", "truncated"),
        (b"\xff\xd8\xff\xd9", "no image"),
        (b"<html></html>", "does not start"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "does not start"),
        (GOOD[:-2], "truncated"),
        (GOOD[:200] + b"\xff\xd9", "truncated"),
        (GOOD[: GOOD.index(b"\xff\xda")] + b"\xff\xd9", "no image"),
        (b"\xff\xd8" + b"\xff\xe0\xff\xff" + bytes(50) + b"\xff\xd9", "longer than the file"),
        (b"\xff\xd8" + b"\xff\xe0\x00\x01" + b"\xff\xd9", "longer than the file"),
        (b"\xff\xd8" + b"\xff" * 5000, "truncated"),
        (GOOD.replace(b"\xff\xc0", b"\xff\xc9"), "compression"),  # arithmetic coding
        (GOOD.replace(b"\xff\xc0", b"\xff\xc3"), "compression"),  # lossless
        (with_segments(GOOD, b"\xff\xd0"), "misplaced"),
        (with_segments(GOOD, b"\xff\xd8"), "misplaced"),
        (with_segments(GOOD, segment(0xDC, b"\1\0")), "misplaced"),  # number of lines
        (with_segments(GOOD, segment(0xDB, b"\0" * 64)), "quantisation"),
        (with_segments(GOOD, segment(0xDB, b"")), "quantisation"),
        (with_segments(GOOD, segment(0xC4, b"\0" + b"\1" * 16 + b"\0" * 15)), "Huffman"),
        (with_segments(GOOD, segment(0xC4, b"\x30" + bytes(16))), "Huffman"),
        (with_segments(GOOD, segment(0xDD, b"\0\0\0")), "restart interval"),
        (with_segments(GOOD, segment(0xEE, b"Adobe\0")), "Adobe"),
        (with_segments(GOOD, GOOD[frame_at(GOOD) : frame_at(GOOD) + 19]), "two frames"),
        (GOOD.replace(b"\xff\xda\x00\x0c\x03\x01", b"\xff\xda\x00\x0c\x03\x07"), "components"),
        (pillow("CMYK"), "greyscale or colour"),
    ],
)
def test_what_is_not_a_jpeg_for_browsers_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotAJPEGError, match=reason):
        clean_jpeg(data)


def cleaned_or_refused(data: bytes) -> CleanJPEG | None:
    try:
        return clean_jpeg(data)
    except NotAJPEGError:
        return None


@settings(max_examples=3 * settings().max_examples)
@given(st.binary(max_size=300), st.integers(0, len(GOOD)))
def test_no_bytes_make_it_fail_in_another_way(noise: bytes, at: int) -> None:
    for data in (noise, GOOD[:at] + noise + GOOD[at:], GOOD[:at] + noise, b"\xff\xd8" + noise + b"\xff\xd9"):
        cleaned = cleaned_or_refused(data)
        if cleaned is not None:
            assert 16 <= cleaned.width <= 4096
            assert 16 <= cleaned.height <= 4096
            assert len(cleaned.data) <= len(data) + 2
            assert clean_jpeg(cleaned.data) == cleaned


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(st.tuples(st.sampled_from([0xFE, *range(0xE1, 0xEE), 0xEF]), st.binary(max_size=80)), max_size=20),
    st.binary(max_size=50),
)
def test_any_metadata_leaves_the_file_as_it_is_without(
    kind: str, added: list[tuple[int, bytes]], trailing: bytes
) -> None:
    data = with_segments(KINDS[kind], *(segment(marker, body) for marker, body in added)) + trailing
    assert clean_jpeg(data) == clean_jpeg(KINDS[kind])
