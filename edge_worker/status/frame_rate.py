"""Whether a camera is processed fast enough to count people at a line: pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edge_worker.limits import RELIABLE_FPS

SLOW_SHARE = 0.8
"""A camera is processed too slowly if it reaches less than this share of the frames per second that are wanted."""
ROUNDING_FPS = 0.4
"""The measured frame rate of a camera varies by this much, because of frames that get lost."""


def frame_rate_problems(status: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the frame rate of a camera, one sentence each.

    Args:
        status: The JSON status of a worker.
    """
    fps_wanted, fps_reached = status.get("fps_wanted"), status.get("fps_reached")
    problems = []
    if fps_wanted is not None and fps_reached is not None and fps_reached < SLOW_SHARE * fps_wanted:
        decoding, detection = _milliseconds(status.get("decode_ms")), _milliseconds(status.get("inference_ms"))
        problems.append(
            f"only {fps_reached:.1f} of {fps_wanted:.1f} frames/s are processed (decoding {decoding}, detection "
            f"{detection} per frame): use a smaller stream of the camera, a faster model or fewer cameras on this "
            f"machine"
        )
    if fps_wanted is not None and fps_wanted < RELIABLE_FPS - ROUNDING_FPS:
        people = _movement(fps_wanted, status.get("walking_speed")) + _size(status.get("walking_height"))
        problems.append(
            f"{fps_wanted:.1f} frames/s are too few to count at a door{people}: set at least {RELIABLE_FPS:.0f} in the "
            f"admin and in the camera"
        )
    return problems


def _milliseconds(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.0f} ms"


def _movement(fps: float, walking_speed: float | None) -> str:
    if walking_speed is None:
        return ", because people move too far between two frames"
    return f", because people move {100 * walking_speed / fps:.0f} % of their height between two frames"


def _size(walking_height: float | None) -> str:
    return "" if walking_height is None else f" (they are {walking_height:.0f} pixels tall)"
