"""Hours of video through one process: nothing may pile up."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.faults.edge_worker.known_clip import FRAMES, PEOPLE

ROUNDS = 30
"""Of 36 seconds each at 10 frames/s; ``python -m tests.faults.edge_worker.soak FOLDER 100`` is a whole hour."""
MOST_GROWTH_MB = 1.5
"""From the fourth tenth to the last: 6,500 frames, so 230 bytes that stay behind with every frame are too much. What
there is, a quarter of a megabyte, is the allocator's. What stays behind grows in every tenth, so that the median tenth
counts: on a busy machine more threads run at once, and the allocator takes memory for another one, once."""


SOURCES_ROUNDS = 25
"""An hour of media time of four sources together."""


@pytest.mark.slow
def test_memory_stays_flat_while_a_video_is_counted_again_and_again(tmp_path: Path) -> None:
    found = _run("soak", tmp_path, ROUNDS)
    assert found["frames"] >= ROUNDS * FRAMES
    assert found["in"] >= ROUNDS * PEOPLE
    assert grown_mb(found["memory_mb"]) < MOST_GROWTH_MB, found["memory_mb"]


@pytest.mark.slow
def test_four_sources_stay_flat_and_count_exactly(tmp_path: Path) -> None:
    found = _run("sources_soak", tmp_path, SOURCES_ROUNDS)
    for camera, counts in found["cameras"].items():
        assert counts["frames"] >= SOURCES_ROUNDS * FRAMES
        rounds = counts["frames"] // FRAMES
        assert PEOPLE * rounds <= counts["in"] <= PEOPLE * (rounds + 1), counts
        assert counts["out"] == 0, counts
        # The clip plays faster than time passes, so that the newest crossings wait until their time has come.
        assert found["stored"][camera] + counts["backlog"] == counts["in"], counts
    assert len(found["memory_mb"]) == 6, "a supervisor, a detector process and four workers"
    for process, memory in found["memory_mb"].items():
        assert grown_mb(memory) < MOST_GROWTH_MB, (process, memory)


def _run(module: str, folder: Path, rounds: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.faults.edge_worker.{module}", str(folder), str(rounds)],
        check=True,
        capture_output=True,
        text=True,
        timeout=280,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def grown_mb(memory: list[float]) -> float:
    """How much a process has grown since the fourth tenth, by the median tenth."""
    growths = [after - before for before, after in pairwise(memory[3:])]
    return median(growths) * len(growths)
