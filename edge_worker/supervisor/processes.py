"""The processes of one machine: a worker for each source, and the detector process."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edge_worker.backoff import Backoff
from edge_worker.detection.detector import Backend
from edge_worker.detector_process.sockets import DETECTOR_FD, DetectorSockets
from edge_worker.supervisor.edge_file import CameraSection, EdgeFile
from edge_worker.supervisor.restart_policy import RestartPolicy
from edge_worker.supervisor.running_process import ProcessSpec

DETECTOR_RESTART_POLICY = RestartPolicy(Backoff(first_s=0.1, longest_s=30.0), stable_after_s=60.0)
DETECTOR_SILENCE_LIMIT_S = 1.0
"""The detector process sends its status ten times a second, whatever the model does. Its standby loads the model in
about a second, so that counting goes on within 5 s after a hang."""
WORKER_ENVIRONMENT = {"OPENCV_FOR_THREADS_NUM": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""The pictures of one source need one thread. The cores belong to the detector process and to the other sources."""


@dataclass(frozen=True, slots=True)
class WorkerSpec:
    """The worker of a source.

    Attributes:
        cameras: The names of its cameras by their ids, for the status.
        process: How it is started.
    """

    cameras: Mapping[str, str]
    process: ProcessSpec


def needs_detector_process(edge_file: EdgeFile) -> bool:
    """Return whether any camera needs a model; the motion backend runs in the worker."""
    return any(camera.options.backend != Backend.MOTION for camera in edge_file.cameras)


def detector_spec(edge_file: EdgeFile, sockets: DetectorSockets) -> ProcessSpec:
    """Return the detector process of a machine, which is always started again."""
    listener = sockets.listener.fileno()
    return ProcessSpec(
        "detector",
        (sys.executable, "-m", "edge_worker.detector_process.detector_main", str(edge_file.path)),
        {DETECTOR_FD: str(listener)},
        descriptors=(listener,),
        restart_policy=DETECTOR_RESTART_POLICY,
        final_exit_codes=frozenset(),
        ready_silence_limit_s=DETECTOR_SILENCE_LIMIT_S,
        has_standby=True,
    )


def worker_specs(edge_file: EdgeFile, sockets: DetectorSockets | None = None) -> list[WorkerSpec]:
    """Return one worker for each source of the file.

    Cameras with the same source, model, backend, device and playback share a worker, which decodes and detects once.

    Args:
        edge_file: The file.
        sockets: The sockets of the detector process; None to run the models in the workers.
    """
    groups: dict[object, list[CameraSection]] = {}
    for camera in edge_file.cameras:
        options = camera.options
        key = options.source, options.model, options.backend, options.device, options.pace, options.loop
        groups.setdefault(key, []).append(camera)
    return [_worker_spec(edge_file, cameras, sockets) for cameras in groups.values()]


def _worker_spec(edge_file: EdgeFile, cameras: Sequence[CameraSection], sockets: DetectorSockets | None) -> WorkerSpec:
    ids = [camera.options.camera_id for camera in cameras]
    command = (sys.executable, "-m", "edge_worker.supervisor.worker_main", str(edge_file.path), *ids)
    descriptors = () if sockets is None else (sockets.address.fileno(),)
    environment = WORKER_ENVIRONMENT | ({DETECTOR_FD: str(descriptors[0])} if descriptors else {})
    name = f"worker {', '.join(camera.name for camera in cameras)}"
    return WorkerSpec(
        dict(zip(ids, (camera.name for camera in cameras), strict=True)),
        ProcessSpec(name, command, environment, descriptors=descriptors),
    )
