"""Which settings apply: those of the backend, else those of the machine, else the defaults. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.policy import CountingPolicy
from edge_worker.remote_config.camera_config import CameraConfig


class LineSource(StrEnum):
    """Where the line comes from."""

    BACKEND = "backend"
    CLI = "cli"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class LocalConfig:
    """The settings of the command line or ``edge.toml``; a line or an anchor is None where none is given."""

    line: Line | None = None
    anchor: Anchor | None = None
    policy: CountingPolicy = field(default_factory=CountingPolicy)


@dataclass(frozen=True, slots=True)
class EffectiveConfig:
    """The settings that apply now.

    Attributes:
        sample_fps: Frames per second of a live camera to process; None for all.
        line_version: The version of the line and the anchor in the backend; None when they are not the backend's.
        view_accepted_at: When the view of the camera was accepted in the backend; None if never.
        policy: Crossings that are not counted.
    """

    line: Line
    anchor: Anchor
    line_source: LineSource
    sample_fps: float | None = None
    line_version: int | None = None
    view_accepted_at: str | None = None
    policy: CountingPolicy = field(default_factory=CountingPolicy)


def effective_config(backend: CameraConfig | None, local: LocalConfig) -> EffectiveConfig:
    """Return the settings that apply.

    A line and its anchor belong together, because a line on the floor is drawn for feet: the line of the backend
    applies with the anchor of the backend. When the backend has no line, the local anchor has priority over that of
    the backend, which always has a value.

    Without any line, mid-height is what the backend means: it is a version of the backend unless the anchor is local.

    A policy that is on in the backend applies as the backend has it. One that is off there is as in the local config.
    """
    config = _effective_line(backend, local)
    if backend is None:
        return replace(config, policy=local.policy)
    return replace(
        config,
        sample_fps=backend.sample_fps,
        view_accepted_at=backend.view_accepted_at,
        policy=backend.policy.filled_from(local.policy),
    )


def _effective_line(backend: CameraConfig | None, local: LocalConfig) -> EffectiveConfig:
    if backend is not None and backend.line is not None:
        return EffectiveConfig(backend.line, backend.anchor, LineSource.BACKEND, line_version=backend.line_version)
    anchor = local.anchor or (backend.anchor if backend else Anchor.FOOT)
    if local.line is not None:
        return EffectiveConfig(local.line, anchor, LineSource.CLI)
    line_version = backend.line_version if backend is not None and backend.anchor is anchor else None
    return EffectiveConfig(Line.mid_height(), anchor, LineSource.DEFAULT, line_version=line_version)
