"""What a run is told: arguments, environment, and a section of ``edge.toml`` end up in one `RunOptions`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar
from uuid import UUID

from edge_worker.counting.line import Line
from edge_worker.errors import UsageError
from edge_worker.limits import HEARTBEAT_INTERVAL_S
from edge_worker.logs import LogFormat
from edge_worker.remote_config.camera_config import AnchorName, LinePoints
from edge_worker.timestamps import parse_utc
from edge_worker.video.address import is_live

Pace = Literal["none", "real-time"]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """Everything a run needs to know. `edge_worker.commands.run` describes each."""

    source: str
    api_url: str
    key: str
    camera_id: str
    outbox: Path
    line: LinePoints | None = None
    anchor: AnchorName | None = None
    model: str | None = None
    backend: str = "auto"
    pace: Pace = "none"
    loop: bool = False
    starts_at: datetime | None = None
    status_file: Path | None = None
    quiet: bool = False
    log_format: LogFormat = "text"
    health_port: int = 0
    heartbeat_s: float = HEARTBEAT_INTERVAL_S
    limit_bytes: int = 1 << 30
    threads: int | None = None
    motion_gate: bool | None = None

    @property
    def gates_motion(self) -> bool:
        """Whether frames of an empty, still scene are kept from the model: unless said, a camera's and not a file's."""
        return is_live(self.source) if self.motion_gate is None else self.motion_gate


def required(value: str | None, option: str, variable: str) -> str:
    """The option, or the environment variable behind it.

    Raises:
        UsageError: neither is there.
    """
    found = (value or os.environ.get(variable, "")).strip()
    if not found:
        raise UsageError(f"{option} is missing (or set {variable})")
    return found


def checked_uuid(text: str, what: str) -> str:
    """The canonical form.

    Raises:
        UsageError: no UUID.
    """
    try:
        return str(UUID(text))
    except ValueError:
        raise UsageError(
            f"{what} {text!r} is not an id: copy it from the admin, it looks like 1b4e28ba-2fa1-…"
        ) from None


Number = TypeVar("Number", int, float)


def within(value: Number, least: float, most: float, option: str) -> Number:
    """The number itself.

    Raises:
        UsageError: outside ``least`` to ``most``, or no number (nan).
    """
    if not least <= value <= most:
        raise UsageError(f"{option} is {value:.10g}; it can be {least:.10g} to {most:.10g}")
    return value


def checked_line(text: str) -> LinePoints:
    """``ax,ay,bx,by``.

    Raises:
        UsageError: not four numbers within 0..1, or a line without length.
    """
    line = Line.parse(text)
    return line.ax, line.ay, line.bx, line.by


def checked_moment(text: str) -> datetime:
    try:
        return parse_utc(text)
    except ValueError:
        raise UsageError(f"{text!r} is no moment with a time zone: write it as 2026-11-22T09:15:00Z") from None


def default_outbox(camera_id: str, environment: Mapping[str, str]) -> Path:
    """Where the outbox is when nobody says: systemd's state folder, METRICA_HOME, or the user's own state folder."""
    name = f"{camera_id}.db"
    if environment.get("STATE_DIRECTORY"):
        return Path(environment["STATE_DIRECTORY"].split(":")[0]) / name
    if environment.get("METRICA_HOME"):
        return Path(environment["METRICA_HOME"]) / "edge" / name
    state = environment.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "metrica" / name
