"""The settings of a camera in the backend: ``GET /cameras/{id}/config``, parsed and checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Self
from uuid import UUID

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.policy import CountingPolicy
from edge_worker.errors import EdgeError, UsageError
from edge_worker.outbox.records import UNKNOWN_LINE_VERSION


class ConfigError(EdgeError):
    """The config cannot be used; the previous one stays in force."""


@dataclass(frozen=True, slots=True)
class CameraConfig:
    """The settings of one camera in the backend.

    Attributes:
        line: The counting line; None when none has been drawn.
        anchor: The point of the box that crosses.
        sample_fps: Frames per second of a live camera to process, > 0.
        snapshot_interval_s: Seconds between snapshots; 0 for requested snapshots only.
        line_version: The version of the line and its anchor, ≥ 1; `UNKNOWN_LINE_VERSION` if the backend is older.
        view_accepted_at: When the view of the camera was accepted last, as the backend writes it; None if never.
        policy: Crossings that are not counted. All policies are off if the backend is older.
    """

    camera_id: str
    store_id: str
    name: str
    is_counting_line: bool
    line: Line | None
    anchor: Anchor
    sample_fps: float
    snapshot_interval_s: int
    line_version: int = UNKNOWN_LINE_VERSION
    view_accepted_at: str | None = None
    policy: CountingPolicy = field(default_factory=CountingPolicy)

    @classmethod
    def parse(cls, body: str | Mapping[str, Any]) -> Self:
        """Read the JSON of the config.

        Raises:
            ConfigError: A field is missing or out of range.
        """
        try:
            fields: Mapping[str, Any] = json.loads(body) if isinstance(body, str) else body
            return cls(
                camera_id=str(UUID(fields["camera_id"])),
                store_id=str(UUID(fields["store_id"])),
                name=str(fields["name"]),
                is_counting_line=bool(fields["is_counting_line"]),
                line=None if fields["line"] is None else Line.from_points(fields["line"]),
                anchor=Anchor.parse(fields["anchor"]),
                sample_fps=_positive(float(fields["sample_fps"]), "sample_fps", 240.0),
                snapshot_interval_s=_whole(fields["snapshot_interval_s"], "snapshot_interval_s"),
                line_version=_version(fields["line_version"]) if "line_version" in fields else UNKNOWN_LINE_VERSION,
                view_accepted_at=_moment(fields.get("view_accepted_at"), "view_accepted_at"),
                policy=CountingPolicy.from_settings(fields),
            )
        except KeyError as error:
            raise ConfigError(f"the backend's config of the camera has no field {error}") from None
        except (UsageError, ValueError, TypeError, AttributeError) as error:
            raise ConfigError(f"the backend's config of the camera cannot be used: {error}") from None


def _positive(value: float, name: str, most: float) -> float:
    if not (isfinite(value) and 0 < value <= most):
        raise ValueError(f"{name} {value!r} is not above 0 and at most {most:.0f}")
    return value


def _whole(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{name} {value!r} is not a whole number of at least 0")
    return value


def _moment(value: Any, name: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} {value!r} is neither a time nor null")
    return value


def _version(value: Any) -> int:
    if _whole(value, "line_version") == 0:
        raise ValueError("line_version 0 is not at least 1")
    return int(value)
