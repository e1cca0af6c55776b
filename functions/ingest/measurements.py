"""The optional members of a heartbeat that an edge worker measures. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from functions.common.cameras import Picture
from functions.common.limits import MAX_TRACK_ENDS

from .fields import FieldReader

MAX_FPS = 1000.0
MAX_MS = 600_000.0
MAX_OFFSET_S = 1e9
MAX_FRAGMENTATION = 1000.0
MAX_DEVICE_LENGTH = 64
PICTURES = frozenset(Picture)


@dataclass(frozen=True, slots=True)
class Measurements:
    """What an edge worker measures; None is unknown.

    Attributes:
        picture: a value of `Picture`.
        track_fragmentation: tracks near the line per crossing, about 1 when tracks hold.
        fps_wanted: frames per second that should be analysed.
        fps_reached: frames per second that were analysed in the last minute.
        decode_ms: mean time to decode a frame in the last minute.
        inference_ms: mean time of the detector per frame in the last minute.
        device: engine and device of the detector, such as `openvino:cpu`.
        clock_offset_s: seconds by which the clock of the edge box is ahead of the server's.
        person_height: median height of people near the line, as a share of the picture's height.
    """

    picture: str | None = None
    track_fragmentation: float | None = None
    fps_wanted: float | None = None
    fps_reached: float | None = None
    decode_ms: float | None = None
    inference_ms: float | None = None
    device: str | None = None
    clock_offset_s: float | None = None
    person_height: float | None = None


UNKNOWN = Measurements()


def read_measurements(fields: FieldReader) -> Measurements:
    """Return the measurements of a heartbeat. An invalid one is None and an error of `fields`.

    So is a `picture` that a newer edge worker knows and this version does not.
    """
    return Measurements(
        picture=fields.choice("picture", PICTURES),
        track_fragmentation=fields.number("track_fragmentation", 0, MAX_FRAGMENTATION),
        fps_wanted=fields.number("fps_wanted", 0, MAX_FPS),
        fps_reached=fields.number("fps_reached", 0, MAX_FPS),
        decode_ms=fields.number("decode_ms", 0, MAX_MS),
        inference_ms=fields.number("inference_ms", 0, MAX_MS),
        device=fields.text("device", MAX_DEVICE_LENGTH),
        clock_offset_s=fields.number("clock_offset_s", -MAX_OFFSET_S, MAX_OFFSET_S),
        person_height=fields.number("person_height", 0, 1),
    )


def read_track_ends(fields: FieldReader) -> list[tuple[float, float]]:
    """Return the points near the line where tracks ended, as (x, y) in 0..1 of the picture."""
    return fields.points("track_ends", MAX_TRACK_ENDS)
