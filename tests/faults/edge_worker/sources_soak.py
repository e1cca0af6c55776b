"""A box with four sources that count a looped video: the body of `test_four_sources_stay_flat`.

Usage: ``python -m tests.faults.edge_worker.sources_soak FOLDER ROUNDS``, a hundred rounds for an hour of each source.

All processes are real: the supervisor, a worker for each source, the detector process and its standby. Only inference
is not, see `known_clip`. Prints one JSON object: frames and crossings of each camera, and the memory (MB) of each
process after each tenth of the rounds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import Any
from uuid import UUID

import psutil

from edge_worker.detector_process.sockets import DetectorSockets
from edge_worker.supervisor.edge_file import read_edge_file
from edge_worker.supervisor.processes import detector_spec, worker_specs
from edge_worker.supervisor.supervisor import Supervisor
from tests.faults.edge_worker.known_clip import FRAMES, draw
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, serving

SOURCES = 4
LINE = [0.0, 0.5, 1.0, 0.5]
CAMERAS = tuple(str(UUID(int=(number << 96) | (4 << 76) | (2 << 62))) for number in range(1, SOURCES + 1))


def write_box(folder: Path, api: str) -> Path:
    """An edge file with four cameras, each with a clip of its own."""
    lines = [f"api = {json.dumps(api)}", f"key = {json.dumps(KEY)}", f"state = {json.dumps(str(folder / 'state'))}"]
    (folder / "state").mkdir()
    for number, camera_id in enumerate(CAMERAS):
        clip = folder / f"clip-{number}.avi"
        draw(clip)
        section = {
            "id": camera_id,
            "source": str(clip),
            "status_file": str(folder / f"{camera_id}.json"),
            "anchor": "center",
            "loop": True,
        }
        lines += ["", "[[camera]]", *(f"{name} = {json.dumps(value)}" for name, value in section.items())]
    path = folder / "edge.toml"
    path.write_text("\n".join(lines) + "\n")
    return path


def used_mb(pid: int) -> float:
    """The memory that a process shares with no other one."""
    return float(round(psutil.Process(pid).memory_full_info().uss / 1e6, 2))


def pids(status: dict[str, Any]) -> dict[str, int]:
    """The process ids by the names of the processes."""
    found = {name: camera["pid"] for name, camera in status["cameras"].items()}
    return {"supervisor": os.getpid(), "detector": status["detector"]["pid"], **found}


class Watch(threading.Thread):
    """Notes the memory after every tenth of the rounds of the slowest source, and ends the run as systemd would."""

    def __init__(self, supervisor: Supervisor, backend: RecordingBackend, rounds: int) -> None:
        super().__init__(daemon=True)
        self.memory_mb: dict[str, list[float]] = {}
        self._supervisor = supervisor
        self._backend = backend
        self._rounds = rounds

    def run(self) -> None:
        tenth = 0
        while tenth < 10:
            sleep(0.2)
            self._backend.heartbeats.clear()  # what the backend remembers is no memory of the box
            status = self._supervisor.status()
            frames = min((camera.get("frames", 0) for camera in status["cameras"].values()), default=0)
            if frames < FRAMES * self._rounds * (tenth + 1) // 10:
                continue
            tenth += 1
            for name, pid in pids(status).items():
                self.memory_mb.setdefault(name, []).append(used_mb(pid))
        os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def detector_sockets() -> Iterator[DetectorSockets]:
    sockets = DetectorSockets.create()
    try:
        yield sockets
    finally:
        sockets.close()


def main(folder: Path, rounds: int) -> dict[str, object]:
    with serving(RecordingBackend(camera_id=CAMERAS[0])) as backend, detector_sockets() as sockets:
        backend.line, backend.further_cameras = LINE, dict.fromkeys(CAMERAS[1:], LINE)
        backend.anchor = "center"
        edge_file = read_edge_file(write_box(folder, backend.url))
        module = "tests.faults.edge_worker.remembering_detector"
        detector = replace(
            detector_spec(edge_file, sockets), command=(sys.executable, "-m", module, str(edge_file.path))
        )
        supervisor = Supervisor(worker_specs(edge_file, sockets), detector=detector)
        watch = Watch(supervisor, backend, rounds)
        watch.start()
        supervisor.run()
        watch.join(timeout=10)
    statuses = {camera: json.loads((folder / f"{camera}.json").read_text()) for camera in CAMERAS}
    return {
        "cameras": {
            camera: {key: status[key] for key in ("frames", "in", "out", "backlog")}
            for camera, status in statuses.items()
        },
        "stored": {camera: sum(key[0] == camera for key in backend.stored) for camera in CAMERAS},
        "memory_mb": watch.memory_mb,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
