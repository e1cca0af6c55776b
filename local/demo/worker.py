"""The edge worker of the demo: as a part of the stack, and what it says of itself."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from local.demo.footage import Footage
from local.stack import NotReady, Part

NAME: Final = "edge"
_HEARTBEAT_S: Final = "10"
_FIRST_START_S: Final = 900.0
"""The model may have to be exported for this machine first."""
_STOP_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class Counted:
    """What the worker counted in this run, over all its processes."""

    ins: int = 0
    outs: int = 0
    frames: int = 0

    @property
    def crossings(self) -> int:
        return self.ins + self.outs

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.ins + other.ins, self.outs + other.outs, self.frames + other.frames)


class WorkerStatus:
    """Reads the worker's status file; when the worker is started again, counts go on from where the last one was."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._before = Counted()
        self._started_at: str | None = None
        self.now: dict[str, Any] = {}

    def forget(self) -> None:
        """What an earlier demo left behind."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)

    def read(self) -> Counted:
        """The counts so far."""
        if self._path.is_file():
            status: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
            if self._started_at not in {None, status["started_at"]}:
                self._before += self._of_this_process()
            self._started_at = status["started_at"]
            self.now = status
        return self._before + self._of_this_process()

    def is_up(self) -> None:
        """Raises NotReady until the worker counts."""
        self.read()
        if self.now.get("state") not in {"running", "draining", "ended"}:
            raise NotReady("it has not begun to count")

    def _of_this_process(self) -> Counted:
        if not self.now:
            return Counted()
        return Counted(self.now["in"], self.now["out"], self.now["frames"])


@dataclass(frozen=True, slots=True)
class Post:
    """Where a worker stands: whose camera it is, and where it delivers."""

    api: str
    key: str
    camera_id: UUID
    outbox: Path
    status_file: Path


def counting_part(post: Post, footage: Footage, model: str | None, status: WorkerStatus) -> Part:
    """`metrica-edge run`, playing the footage in real time."""
    playing = () if footage.is_stream else ("--pace", "real-time", "--loop")
    weights = () if model is None else ("--model", model)
    return _part(
        post,
        ("edge_worker.cli", "run", "--source", footage.source, "--log-format", "text", *playing, *weights),
        status,
    )


def simulating_part(post: Post, status: WorkerStatus) -> Part:
    """The simulator in its place."""
    return _part(post, ("local.simulator",), status)


def _part(post: Post, module: tuple[str, ...], status: WorkerStatus) -> Part:
    return Part(
        name=NAME,
        command=(
            sys.executable,
            "-m",
            *module,
            *("--outbox", str(post.outbox), "--status-file", str(post.status_file), "--heartbeat-s", _HEARTBEAT_S),
        ),
        environment={
            "METRICA_API_URL": post.api,
            "METRICA_WORKER_KEY": post.key,
            "METRICA_CAMERA_ID": str(post.camera_id),
        },
        ready=status.is_up,
        ready_within_s=_FIRST_START_S,
        stop_within_s=_STOP_S,
    )
