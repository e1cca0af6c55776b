"""``GET /cameras/{id}/config``, checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal, Self
from uuid import UUID

from edge_worker.errors import EdgeError

LinePoints = tuple[float, float, float, float]
AnchorName = Literal["center", "foot"]


class ConfigError(EdgeError):
    """The backend's config cannot be used; the one before stays in force."""


@dataclass(frozen=True, slots=True)
class CameraConfig:
    """What the backend has set for a camera.

    Attributes:
        line: ax, ay, bx, by, each 0..1 of the frame's width and height; None when no line was drawn.
        anchor: the point of the box that crosses.
        sample_fps: frames per second that a live camera is counted at, > 0.
        snapshot_interval_s: seconds between snapshots; 0 for none but those asked for.
    """

    camera_id: str
    store_id: str
    name: str
    is_counting_line: bool
    line: LinePoints | None
    anchor: AnchorName
    sample_fps: float
    snapshot_interval_s: int

    @classmethod
    def parse(cls, body: str | Mapping[str, Any]) -> Self:
        """Reads the JSON.

        Raises:
            ConfigError: a field is missing or out of its range.
        """
        try:
            found: Mapping[str, Any] = json.loads(body) if isinstance(body, str) else body
            return cls(
                camera_id=str(UUID(found["camera_id"])),
                store_id=str(UUID(found["store_id"])),
                name=str(found["name"]),
                is_counting_line=bool(found["is_counting_line"]),
                line=_line(found["line"]),
                anchor=_anchor(found["anchor"]),
                sample_fps=_positive(float(found["sample_fps"]), "sample_fps", 240.0),
                snapshot_interval_s=_whole(found["snapshot_interval_s"], "snapshot_interval_s"),
            )
        except KeyError as error:
            raise ConfigError(f"the backend's config of the camera has no {error}") from None
        except (ValueError, TypeError, AttributeError) as error:
            raise ConfigError(f"the backend's config of the camera cannot be used: {error}") from None


def _anchor(value: object) -> AnchorName:
    if value == "center":
        return "center"
    if value == "foot":
        return "foot"
    raise ValueError(f"anchor {value!r} is neither center nor foot")


def _positive(value: float, name: str, most: float) -> float:
    if not (isfinite(value) and 0 < value <= most):
        raise ValueError(f"{name} {value!r} is not above 0 and at most {most:.0f}")
    return value


def _whole(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{name} {value!r} is not a whole number ≥ 0")
    return value


def _line(value: object) -> LinePoints | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 4:
        raise ValueError(f"line {value!r} is not four numbers")
    ax, ay, bx, by = (float(number) for number in value)
    if not all(0 <= number <= 1 for number in (ax, ay, bx, by)) or (ax, ay) == (bx, by):
        raise ValueError(f"line {value!r} is not within 0..1, or has no length")
    return ax, ay, bx, by
