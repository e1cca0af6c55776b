"""Hours of video through one process: nothing may pile up."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

ROUNDS = 30
"""Of 36 seconds each at 10 frames/s; ``python -m tests.faults.edge_worker.soak FOLDER 100`` is a whole hour."""
MOST_GROWTH_MB = 1.5
"""From the fourth tenth to the last: 6,500 frames, so 230 bytes that stay behind with every frame are too much. What
there is, a quarter of a megabyte, is the allocator's. What stays behind grows in every tenth, so that the median tenth
counts: on a busy machine more threads run at once, and the allocator takes memory for another one, once."""


@pytest.mark.slow
def test_memory_stays_flat_while_a_video_is_counted_again_and_again(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.edge_worker.soak", str(tmp_path), str(ROUNDS)],
        check=True,
        capture_output=True,
        text=True,
        timeout=280,
    )
    found = json.loads(done.stdout)
    assert found["frames"] >= ROUNDS * 360
    assert found["in"] >= ROUNDS * 3
    memory = found["memory_mb"]
    growths = [after - before for before, after in pairwise(memory[3:])]
    assert median(growths) * len(growths) < MOST_GROWTH_MB, memory
