"""Which line counts: the backend's, else the command line's, else mid-height. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from edge_worker.remote_config.camera_config import AnchorName, CameraConfig, LinePoints

MID_HEIGHT: LinePoints = (0.0, 0.5, 1.0, 0.5)
DEFAULT_ANCHOR: AnchorName = "foot"


class LineFrom(StrEnum):
    """Where the line comes from."""

    BACKEND = "backend"
    CLI = "cli"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Local:
    """What was given on the command line; None where nothing was."""

    line: LinePoints | None = None
    anchor: AnchorName | None = None


@dataclass(frozen=True, slots=True)
class EffectiveConfig:
    """What is in force now."""

    line: LinePoints
    anchor: AnchorName
    line_from: LineFrom


def effective(backend: CameraConfig | None, local: Local) -> EffectiveConfig:
    """What is in force.

    A line and its anchor belong together (a line on the floor is drawn for feet): with the backend's line goes the
    backend's anchor; without one, the anchor of the command line comes before the backend's, which always has a value.
    """
    if backend is not None and backend.line is not None:
        return EffectiveConfig(backend.line, backend.anchor, LineFrom.BACKEND)
    anchor = local.anchor or (backend.anchor if backend else DEFAULT_ANCHOR)
    if local.line is not None:
        return EffectiveConfig(local.line, anchor, LineFrom.CLI)
    return EffectiveConfig(MID_HEIGHT, anchor, LineFrom.DEFAULT)
