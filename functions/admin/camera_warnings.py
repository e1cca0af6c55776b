"""With which settings and frame rates of a camera its counts may be wrong. Pure: no clock, no database.

What a camera or its edge box does wrong is a problem (`functions/common/camera_problems.py`); a warning is about what
an administrator has chosen, or about a machine that cannot do better.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from functions.common.limits import RELIABLE_FPS


class CameraWarningType(StrEnum):
    """Why counts of a camera may be wrong."""

    FEW_FRAMES_SET = "few_frames_set"
    FEW_FRAMES_REACHED = "few_frames_reached"


@dataclass(frozen=True, slots=True)
class CameraWarning:
    """A warning about a camera.

    Attributes:
        type: what it is about.
        message: what may be wrong and what to do.
        facts: the numbers of `message`, so that it can be said in other languages.
    """

    type: CameraWarningType
    message: str
    facts: Mapping[str, float]


def find_camera_warnings(sample_fps: float, fps_reached: float | None, *, is_online: bool) -> list[CameraWarning]:
    """Return why counts of a camera may be wrong. At a door, people move too far between two frames of a low rate.

    Args:
        sample_fps: frames per second that are to be analysed.
        fps_reached: frames per second that were analysed in the last minute; None is unknown.
        is_online: whether the edge box reports; otherwise its last report says nothing about now.
    """
    if sample_fps < RELIABLE_FPS:
        return [
            CameraWarning(
                CameraWarningType.FEW_FRAMES_SET,
                f"{sample_fps:g} frames/s are few for a door: people who walk fast may be missed. "
                f"Use at least {RELIABLE_FPS:g}.",
                {"fps": sample_fps, "reliable_fps": RELIABLE_FPS},
            )
        ]
    if is_online and fps_reached is not None and fps_reached < RELIABLE_FPS:
        return [
            CameraWarning(
                CameraWarningType.FEW_FRAMES_REACHED,
                f"The edge box analyses {fps_reached:.1f} frames/s. At a door, people are missed below "
                f"{RELIABLE_FPS:g}. Use a smaller model, or give the edge box fewer cameras.",
                {"fps": fps_reached, "reliable_fps": RELIABLE_FPS},
            )
        ]
    return []
