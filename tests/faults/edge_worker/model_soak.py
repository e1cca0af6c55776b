"""Ten minutes of four sources with the real model: by hand, ``python -m tests.faults.edge_worker.model_soak``.

Usage: ``python -m tests.faults.edge_worker.model_soak [--minutes 10] [--sources 4] [CLIP]``; the plaza clip by default.

The real ``metrica-edge run --config`` counts a copy of the clip for each source, again and again, paced as a camera
would, and delivers to a backend. Prints one JSON object: the precision, for each source its frames/s and its crossings
counted, stored, waiting and refused, the fairness (slowest ÷ fastest source), and for each process the least memory
of each tenth (MB) with what the second half took more than the first. Exits with 1 if memory grows, if a
crossing was refused or lost, or if the slowest source is below 0.9 of the fastest.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from math import inf
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import UUID

import psutil

from edge_worker.evaluation.ground_truth import read_ground_truth
from tests.assets import clip
from tests.faults.edge_worker.box import Box, box
from tests.faults.edge_worker.test_soak import MOST_GROWTH_MB
from tests.integration.edge_worker.recording_backend import RecordingBackend, serving

LEAST_FAIRNESS = 0.9
SETTLE_S = 90.0
"""Engines, allocators and the learnt scene take their memory in the first round of the clip."""
TENTHS = 10
SAMPLE_S = 1.0


def camera_ids(count: int) -> list[str]:
    return [str(UUID(int=(number << 96) | (4 << 76) | (2 << 62))) for number in range(1, count + 1)]


def used_mb(pid: int) -> float:
    """The memory that a process shares with no other one."""
    return float(round(psutil.Process(pid).memory_full_info().uss / 1e6, 2))


def processes(running: Box, status: dict[str, Any]) -> dict[str, int]:
    """The process ids by the names of the processes."""
    found = {"supervisor": running.supervisor.pid, "detector": status["detector"]["pid"]}
    found["standby"] = status["detector"]["standby_pid"]
    return found | {name: camera["pid"] for name, camera in status["cameras"].items()}


def least_mb(running: Box, until: float) -> dict[str, float]:
    """The least memory of each process until a moment: frames that are on their way come and go by some MB."""
    least: dict[str, float] = {}
    while True:
        for name, pid in processes(running, running.status()).items():
            least[name] = min(used_mb(pid), least.get(name, inf))
        if monotonic() >= until:
            return least
        sleep(SAMPLE_S)


def grown_mb(tenths: list[float]) -> float:
    """How much the highest tenth of the second half is above that of the first.

    The memory of a worker goes up and down by whole frames, which the allocator keeps or gives back, so that single
    tenths differ by 10 MB without growth. What stays behind raises the highest ones too.
    """
    half = len(tenths) // 2
    return max(tenths[half:]) - max(tenths[:half])


def watch(running: Box, backend: RecordingBackend, cameras: list[str], minutes: float) -> dict[str, Any]:
    """Let the box run, and return what it has counted and used."""
    running.wait_for_frames(*cameras)
    sleep(SETTLE_S)
    first = running.status()
    began_at = monotonic()
    memory: dict[str, list[float]] = {}
    for tenth in range(1, TENTHS + 1):
        for name, mb in least_mb(running, began_at + tenth * minutes * 60 / TENTHS).items():
            memory.setdefault(name, []).append(mb)
        backend.heartbeats.clear()  # what the backend remembers is no memory of the box
    last, elapsed_s = running.status(), monotonic() - began_at
    sources = {
        camera: {
            "frames_per_s": round(
                (last["cameras"][camera]["frames"] - first["cameras"][camera]["frames"]) / elapsed_s, 2
            ),
            **{key: last["cameras"][camera][key] for key in ("frames", "in", "out", "dropped", "backlog", "dead")},
        }
        for camera in cameras
    }
    rates = [source["frames_per_s"] for source in sources.values()]
    return {
        "model": last["detector"]["models"],
        "inference_ms": last["detector"]["inference_ms"],
        "restarted": processes(running, first) != processes(running, last),
        "sources": sources,
        "fairness": round(min(rates) / max(rates), 3),
        "memory_mb": memory,
        "grown_mb": {name: round(grown_mb(values), 2) for name, values in memory.items()},
    }


def main(video: Path, sources: int, minutes: float) -> dict[str, Any]:
    truth = read_ground_truth(video.with_name(f"{video.stem}.truth.json"))
    cameras = camera_ids(sources)
    with tempfile.TemporaryDirectory() as name, serving(RecordingBackend(camera_id=cameras[0])) as backend:
        folder = Path(name)
        backend.line, backend.anchor = list(truth.line.points), truth.anchor.value
        backend.further_cameras = dict.fromkeys(cameras[1:], backend.line)
        sections = [
            {
                "id": camera,
                "source": str(shutil.copyfile(video, folder / f"{camera}{video.suffix}")),
                "pace": "real-time",
                "loop": True,
            }
            for camera in cameras
        ]
        with box(folder, backend, sections) as running:
            found = watch(running, backend, cameras, minutes)
            found["exit_code"] = running.stop()
        for camera, source in found["sources"].items():
            source["stored"] = sum(key[0] == camera for key in backend.stored)
    return found


def problems(found: dict[str, Any]) -> list[str]:
    """What must not have happened."""
    listed = [f"{name} has grown by {mb} MB" for name, mb in found["grown_mb"].items() if mb >= MOST_GROWTH_MB]
    for camera, source in found["sources"].items():
        if source["dead"]:
            listed.append(f"{camera}: {source['dead']} refused")
        # Crossings that were counted between the last look and the end are stored, too.
        if source["stored"] < source["in"] + source["out"]:
            listed.append(f"{camera}: {source['stored']} stored of {source['in'] + source['out']}")
    if found["fairness"] < LEAST_FAIRNESS:
        listed.append(f"the slowest source has {found['fairness']} of the fastest")
    if found["restarted"]:
        listed.append("a process was started again")
    if found["exit_code"]:
        listed.append(f"the box ended with {found['exit_code']}")
    return listed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("clip", nargs="?", type=Path, help="a labelled clip (plaza.avi)")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--sources", type=int, default=4)
    given = parser.parse_args()
    result = main(given.clip or clip("plaza.avi"), given.sources, given.minutes)
    print(json.dumps(result))
    for problem in problems(result):
        print(problem, file=sys.stderr)
    sys.exit(1 if problems(result) else 0)
