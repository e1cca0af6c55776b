"""Which line applies: that of the backend, else that of the command line, else mid-height. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from edge_worker.counting.line import Anchor, Line
from edge_worker.remote_config.camera_config import CameraConfig


class LineSource(StrEnum):
    """Where the line comes from."""

    BACKEND = "backend"
    CLI = "cli"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class LocalConfig:
    """The line and the anchor of the command line or ``edge.toml``; None where none is given."""

    line: Line | None = None
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class EffectiveConfig:
    """The settings that apply now.

    Attributes:
        sample_fps: Frames per second of a live camera to process; None for all.
        line_version: The version of the line and the anchor in the backend; None when they are not the backend's.
        view_accepted_at: When the view of the camera was accepted in the backend; None if never.
    """

    line: Line
    anchor: Anchor
    line_source: LineSource
    sample_fps: float | None = None
    line_version: int | None = None
    view_accepted_at: str | None = None


def effective_config(backend: CameraConfig | None, local: LocalConfig) -> EffectiveConfig:
    """Return the settings that apply.

    A line and its anchor belong together, because a line on the floor is drawn for feet: the line of the backend
    applies with the anchor of the backend. When the backend has no line, the local anchor has priority over that of
    the backend, which always has a value.

    Without any line, mid-height is what the backend means: it is a version of the backend unless the anchor is local.
    """
    sample_fps = backend.sample_fps if backend else None
    accepted_at = backend.view_accepted_at if backend else None
    if backend is not None and backend.line is not None:
        version = backend.line_version
        return EffectiveConfig(backend.line, backend.anchor, LineSource.BACKEND, sample_fps, version, accepted_at)
    anchor = local.anchor or (backend.anchor if backend else Anchor.FOOT)
    if local.line is not None:
        return EffectiveConfig(local.line, anchor, LineSource.CLI, sample_fps, None, accepted_at)
    line_version = backend.line_version if backend is not None and backend.anchor is anchor else None
    return EffectiveConfig(Line.mid_height(), anchor, LineSource.DEFAULT, sample_fps, line_version, accepted_at)
