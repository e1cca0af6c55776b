"""A worker that counts a looped video for an hour of media time: the body of `test_soak.py`.

Usage: ``python -m tests.faults.edge_worker.soak FOLDER ROUNDS``, a hundred rounds for the whole hour.

Everything is real but the inference: what a detector saw in each frame of the clip is known, because the clip is drawn.
Prints one JSON object: frames, crossings, and the resident memory (MB) after each tenth of the rounds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import cv2
import numpy as np

from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session
from edge_worker.video.file_source import FileSource
from edge_worker.video.frame import Image
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, serving

FPS, FRAMES = 10.0, 360
WIDTH, HEIGHT = 160, 120
PEOPLE = 3


def boxes(index: int) -> list[list[float]]:
    """Three people who walk down through the picture one after the other, so that each crosses the line."""
    found = []
    for person in range(PEOPLE):
        y = 2.0 * (index - 100 * person) - 40
        if -20 < y < HEIGHT:
            found.append([30.0 + 40 * person, max(y, 0.0), 45.0 + 40 * person, min(y + 36, HEIGHT)])
    return found


def draw(path: Path) -> None:
    """A clip whose frames carry their number in the brightness of the first rows, where no one walks."""
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"MJPG"), FPS, (WIDTH, HEIGHT))
    for index in range(FRAMES):
        picture = np.full((HEIGHT, WIDTH, 3), 140, np.uint8)
        for bit in range(9):
            picture[:8, 16 * bit : 16 * bit + 16] = 255 * (index >> bit & 1)
        for x1, y1, x2, y2 in boxes(index):
            picture[int(max(y1, 8)) : int(y2), int(x1) : int(x2)] = 40
        writer.write(picture)
    writer.release()


class Remembered(LocalDetector):
    """Looks up in which frame it is and answers what was to be seen there."""

    backend = Backend.OPENVINO
    model = "remembered"
    precision = "f32"
    device = "cpu"
    input_size = (HEIGHT, WIDTH)
    workers = 2

    def detect(self, image: Image) -> Detections:
        index = sum((int(image[4, 16 * bit + 8, 0]) > 127) << bit for bit in range(9))
        found = np.array(boxes(index), np.float32).reshape(-1, 4)
        return Detections(found, np.full(len(found), 0.9, np.float32))


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main(folder: Path, rounds: int) -> dict[str, object]:
    clip = folder / "clip.avi"
    draw(clip)
    memory: list[float] = []

    class Watched(Pipeline):
        """Notes the memory at the end of every tenth of the rounds, and ends the run as systemd would."""

        rounds = 0

        def rewind(self) -> None:
            self.rounds += 1
            backend.heartbeats.clear()  # what the backend remembers is no memory of the worker
            if self.rounds % (rounds // 10) == 0:
                memory.append(round(resident_mb(), 2))
            if self.rounds == rounds:
                os.kill(os.getpid(), signal.SIGTERM)
            super().rewind()

    with serving(RecordingBackend()) as backend:
        options = RunOptions(
            source=str(clip),
            api_url=backend.url,
            key=KEY,
            camera_id=backend.camera_id,
            outbox=folder / "outbox.db",
            status_file=folder / "status.json",
            loop=True,
            quiet=True,
            heartbeat_s=0.2,
        )
        Session(
            options,
            lambda *_: Watched(
                lambda: FileSource(str(clip)),
                lambda _size: Remembered(),
                line=Line.mid_height(),
                anchor=Anchor.CENTER,
            ),
            "1",
        ).run()
    status = json.loads((folder / "status.json").read_text())
    return {"frames": status["frames"], "in": status["in"], "memory_mb": memory}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
