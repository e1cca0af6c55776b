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

from edge_worker.counting.line import Anchor, Line
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.running.session import Session
from edge_worker.video.file_source import FileSource
from tests.faults.edge_worker.known_clip import Remembered, draw
from tests.integration.edge_worker.recording_backend import RecordingBackend, serving


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
        options = backend.run_options(str(clip), folder, status_file=folder / "status.json", loop=True, heartbeat_s=0.2)
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
