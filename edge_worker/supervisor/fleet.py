"""The processes of several cameras: pure decisions here, the processes themselves in `warden`."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from edge_worker.supervisor.edge_file import CameraEntry, EdgeFile


@dataclass(frozen=True, slots=True)
class Launch:
    """How one camera's worker is started.

    Attributes:
        environment: what it gets besides the supervisor's own: the secrets are here, where ``ps`` does not show them.
    """

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]


def fair_threads(cameras: int, cores: int) -> int:
    """Cores for each of several cameras: an equal share, at least one."""
    return max(cores // max(cameras, 1), 1)


def launches(box: EdgeFile, cores: int | None = None) -> list[Launch]:
    """One worker for each camera, the cores shared out."""
    share = fair_threads(len(box.cameras), cores or os.cpu_count() or 1)
    return [_launch(box, camera, share) for camera in box.cameras]


def _launch(box: EdgeFile, camera: CameraEntry, share: int) -> Launch:
    threads = camera.threads or share
    command = [
        *(sys.executable, "-m", "edge_worker.cli", "run"),
        *("--camera", camera.camera_id),
        *("--outbox", str(box.state / f"{camera.camera_id}.db")),
        *("--backend", camera.backend),
        *("--threads", str(threads)),
        *("--pace", camera.pace),
        *("--log-format", box.log_format),
    ]
    if camera.line:
        command += ["--line", ",".join(str(number) for number in camera.line)]
    if camera.anchor:
        command += ["--anchor", camera.anchor]
    if camera.model:
        command += ["--model", camera.model]
    if camera.loop:
        command.append("--loop")
    if camera.motion_gate is not None:
        command.append("--motion-gate" if camera.motion_gate else "--no-motion-gate")
    environment = {
        "METRICA_API_URL": box.api_url,
        "METRICA_WORKER_KEY": box.key,
        "METRICA_SOURCE": camera.source,
        "OMP_NUM_THREADS": str(threads),
    }
    return Launch(camera.name, tuple(command), environment)
