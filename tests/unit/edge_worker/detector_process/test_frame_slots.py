from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from edge_worker.detector_process.frame_slots import FrameSlots

SIZE = (48, 64)


def test_what_one_process_writes_another_one_reads() -> None:
    slots = FrameSlots.create(3, SIZE)
    program = f"""
from edge_worker.detector_process.frame_slots import FrameSlots
FrameSlots({slots.descriptor}, 3, {SIZE}).image(1)[:] = 7
"""
    subprocess.run([sys.executable, "-c", program], check=True, pass_fds=(slots.descriptor,))
    assert [int(slots.image(slot).max()) for slot in range(3)] == [0, 7, 0]
    slots.close()


def test_images_stay_usable_after_the_descriptor_is_closed() -> None:
    slots = FrameSlots.create(1, SIZE)
    slots.close()
    slots.image(0)[:] = 9
    assert slots.image(0).mean() == 9


def test_the_memory_has_no_name_that_could_be_left_behind() -> None:
    slots = FrameSlots.create(1, SIZE)
    assert Path(f"/proc/self/fd/{slots.descriptor}").readlink() == Path("/memfd:metrica-frames (deleted)")
    slots.close()


def test_no_process_can_change_the_size_of_the_memory() -> None:
    slots = FrameSlots.create(1, SIZE)
    with pytest.raises(PermissionError):
        os.ftruncate(slots.descriptor, 10)
    slots.close()


def test_too_little_memory_is_an_error_with_a_remedy_and_not_a_signal() -> None:
    program = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from edge_worker.detector_process.frame_slots import FrameSlots
from edge_worker.errors import BackendError
try:
    FrameSlots.create(2, (480, 640))
except BackendError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert "2 MB of shared memory for frames cannot be reserved (File too large)" in done.stdout
    assert "or run fewer cameras" in done.stdout
