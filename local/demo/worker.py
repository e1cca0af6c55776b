"""The edge worker of the demo: its service definition, its status file, its outbox."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Final
from uuid import UUID

from edge_worker.cli import worker_version
from edge_worker.clock import TrustedClock
from edge_worker.counters import RunCounters
from edge_worker.errors import EdgeError
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.uplink import Uplink, WorkerIdentity
from local.demo.footage import Footage
from local.errors import DemoError
from local.stack.service import NotReady, Service

SERVICE_NAME: Final = "edge"
_HEARTBEAT_S: Final = "10"
_READY_TIMEOUT_S: Final = 900.0
"""The first start may export the model for this machine."""
_STOP_TIMEOUT_S: Final = 30.0
_OUTBOX_LIMIT_BYTES: Final = 1 << 30
_DELIVERY_ROUND_S: Final = 5.0
_DELIVERY_PAUSE_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class WorkerCounts:
    """What the worker counted in this run, over all its restarts."""

    ins: int = 0
    outs: int = 0
    frames: int = 0

    @property
    def crossings(self) -> int:
        """The sum of both directions."""
        return self.ins + self.outs

    def __add__(self, other: WorkerCounts) -> WorkerCounts:
        return WorkerCounts(self.ins + other.ins, self.outs + other.outs, self.frames + other.frames)


class WorkerStatus:
    """Read the worker's status file and add up the counts of all its processes.

    Attributes:
        content: The status file as it was last read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._earlier_processes = WorkerCounts()
        self._started_at: str | None = None
        self.content: dict[str, Any] = {}

    def delete_old_file(self) -> None:
        """Delete the status file of an earlier demo."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)

    def read(self) -> WorkerCounts:
        """Read the file and return the counts so far."""
        if self._path.is_file():
            content: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
            if self._started_at not in {None, content["started_at"]}:
                self._earlier_processes += self._this_process()
            self._started_at = content["started_at"]
            self.content = content
        return self._earlier_processes + self._this_process()

    def check_ready(self) -> None:
        """Check that the worker counts.

        Raises:
            NotReady: It does not yet.
        """
        self.read()
        if self.content.get("state") not in {"running", "draining", "ended"}:
            raise NotReady("the worker has not started counting")

    def _this_process(self) -> WorkerCounts:
        if not self.content:
            return WorkerCounts()
        return WorkerCounts(self.content["in"], self.content["out"], self.content["frames"])


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What a worker is started with.

    Attributes:
        api: The address of the API.
        key: The worker key of the store.
        camera_id: The camera.
        outbox: The file of unsent crossings.
        status_file: The file that it writes its status to.
    """

    api: str
    key: str
    camera_id: UUID
    outbox: Path
    status_file: Path


def edge_service(settings: WorkerSettings, footage: Footage, model: str | None, status: WorkerStatus) -> Service:
    """Return `metrica-edge run` as a service that plays the footage in real time."""
    playback = () if footage.is_stream else ("--pace", "real-time", "--loop")
    weights = () if model is None else ("--model", model)
    return _service(
        settings,
        ("edge_worker.cli", "run", "--source", footage.source, "--log-format", "text", *playback, *weights),
        status,
    )


def simulator_service(settings: WorkerSettings, status: WorkerStatus) -> Service:
    """Return the simulator as a service that replaces the edge worker."""
    return _service(settings, ("local.simulator",), status)


def _service(settings: WorkerSettings, module: tuple[str, ...], status: WorkerStatus) -> Service:
    return Service(
        name=SERVICE_NAME,
        command=(
            *(sys.executable, "-m", *module),
            *("--outbox", str(settings.outbox), "--status-file", str(settings.status_file)),
            *("--heartbeat-s", _HEARTBEAT_S),
        ),
        environment={
            "METRICA_API_URL": settings.api,
            "METRICA_WORKER_KEY": settings.key,
            "METRICA_CAMERA_ID": str(settings.camera_id),
        },
        check_ready=status.check_ready,
        ready_timeout_s=_READY_TIMEOUT_S,
        stop_timeout_s=_STOP_TIMEOUT_S,
    )


def deliver_outbox(settings: WorkerSettings, timeout_s: float, sleep: Callable[[float], object]) -> int:
    """Send what a stopped worker left in its outbox.

    Args:
        settings: Those of the stopped worker.
        timeout_s: Seconds after which to give up.
        sleep: Waits between two attempts.

    Returns:
        How many crossings are still unsent.

    Raises:
        DemoError: The outbox cannot be opened.
    """
    deadline = monotonic() + timeout_s
    clock = TrustedClock()
    try:
        outbox = FailoverOutbox(settings.outbox, _OUTBOX_LIMIT_BYTES)
    except EdgeError as error:
        raise DemoError(f"the rest of the outbox cannot be sent: {error}") from None
    try:
        with BackendClient(settings.api, settings.key, clock, version=worker_version()) as client:
            configs = ConfigStore(outbox, str(settings.camera_id), client.api_url)
            identity = WorkerIdentity(str(settings.camera_id), worker_version())
            while outbox.backlog().events and monotonic() < deadline:
                uplink = Uplink(identity, outbox, client, clock, configs=configs, counters=RunCounters())
                uplink.drain(min(_DELIVERY_ROUND_S, max(deadline - monotonic(), 0.1)))
                if outbox.backlog().events:
                    sleep(_DELIVERY_PAUSE_S)
            return outbox.backlog().events
    finally:
        outbox.close()
