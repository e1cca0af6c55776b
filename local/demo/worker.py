"""The edge boxes of the demo: their services, status files and outboxes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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
    """Read the status file of a camera's worker and add up the counts of all its processes.

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


@dataclass(frozen=True)
class CountingCamera:
    """A camera of a box.

    Attributes:
        id: As in `cameras.id`.
        name: For the log.
        footage: What it plays; None for simulated crossings.
        folder: The folder of its outbox and its status file.
    """

    id: UUID
    name: str
    footage: Footage | None
    folder: Path

    @cached_property
    def status(self) -> WorkerStatus:
        """What its worker says."""
        return WorkerStatus(self.status_file)

    @property
    def outbox(self) -> Path:
        """The file of unsent crossings."""
        return self.folder / f"{self.id}.db"

    @property
    def status_file(self) -> Path:
        """The file that its worker writes its status to."""
        return self.folder / f"{self.id}.status.json"


@dataclass(frozen=True, slots=True)
class DemoBox:
    """The cameras of one store, which one `metrica-edge run --config` counts, or the simulator.

    Attributes:
        name: The name of the service.
        api: The address of the API.
        key: The worker key of the store.
        cameras: At least one.
        model: Weights, as a path or a name; None for the default.
    """

    name: str
    api: str
    key: str
    cameras: Sequence[CountingCamera]
    model: str | None = None

    def service(self) -> Service:
        """Return the service; write the edge file if there is footage.

        Raises:
            DemoError: The edge file cannot be written.
        """
        first = self.cameras[0]
        environment = {"METRICA_API_URL": self.api, "METRICA_WORKER_KEY": self.key}
        if first.footage is None:
            module = ["local.simulator", "--outbox", str(first.outbox), "--status-file", str(first.status_file)]
            environment["METRICA_CAMERA_ID"] = str(first.id)
        else:
            module = ["edge_worker.cli", "run", "--config", str(self._write_edge_file(first.folder))]
        return Service(
            name=self.name,
            command=(sys.executable, "-m", *module),
            environment=environment,
            check_ready=self._check_ready,
            ready_timeout_s=_READY_TIMEOUT_S,
            stop_timeout_s=_STOP_TIMEOUT_S,
        )

    def _check_ready(self) -> None:
        for camera in self.cameras:
            camera.status.check_ready()

    def _write_edge_file(self, folder: Path) -> Path:
        path = folder / f"{self.name}.toml"
        machine = {"state": str(folder), **({} if self.model is None else {"model": self.model})}
        sections = ["\n".join(_toml_lines(machine))]
        sections += [
            "\n".join(["[[camera]]", *_toml_lines(_edge_section(camera, camera.footage))])
            for camera in self.cameras
            if camera.footage is not None
        ]
        try:
            path.write_text("\n\n".join(sections) + "\n", encoding="utf-8")
        except OSError as error:
            raise DemoError(f"{path} cannot be written: {error.strerror or error}") from None
        return path


def _edge_section(camera: CountingCamera, footage: Footage) -> dict[str, Any]:
    playback = {} if footage.is_stream else {"pace": "real-time", "loop": True}
    return {
        "id": str(camera.id),
        "name": camera.name,
        "source": footage.source,
        "status_file": str(camera.status_file),
        **playback,
    }


def _toml_lines(settings: Mapping[str, str | bool]) -> list[str]:
    """Return settings as TOML, whose texts and booleans are written as those of JSON."""
    return [f"{name} = {json.dumps(value)}" for name, value in settings.items()]


def deliver_outbox(box: DemoBox, camera: CountingCamera, timeout_s: float, sleep: Callable[[float], object]) -> int:
    """Send what the stopped worker of a camera left in its outbox.

    Args:
        box: The box of the camera.
        camera: The camera.
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
        outbox = FailoverOutbox(camera.outbox, _OUTBOX_LIMIT_BYTES)
    except EdgeError as error:
        raise DemoError(f"the rest of the outbox cannot be sent: {error}") from None
    try:
        with BackendClient(box.api, box.key, clock, version=worker_version()) as client:
            configs = ConfigStore(outbox, str(camera.id), client.api_url)
            identity = WorkerIdentity(str(camera.id), worker_version())
            while outbox.backlog().events and monotonic() < deadline:
                uplink = Uplink(identity, outbox, client, clock, configs=configs, counters=RunCounters())
                uplink.drain(min(_DELIVERY_ROUND_S, max(deadline - monotonic(), 0.1)))
                if outbox.backlog().events:
                    sleep(_DELIVERY_PAUSE_S)
            return outbox.backlog().events
    finally:
        outbox.close()
