"""The memory of a process of its own, because the allocator of the tests' process has a history."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
from pathlib import Path

import numpy as np

from edge_worker.memory import return_free_memory

def resident_mb():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6

pictures = [np.ones(100_000, np.uint8) for _ in range(600)]
full_mb = resident_mb()
del pictures[:-1:2], pictures[:-1:2]  # what is kept lies between
kept_mb = resident_mb()
return_free_memory()
print(full_mb - kept_mb, full_mb - resident_mb(), all(picture.all() for picture in pictures))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux")
def test_free_memory_between_used_memory_is_returned() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    by_freeing_mb, by_returning_mb, is_intact = done.stdout.split()
    assert float(by_freeing_mb) < 5
    assert float(by_returning_mb) > 30
    assert is_intact == "True"
