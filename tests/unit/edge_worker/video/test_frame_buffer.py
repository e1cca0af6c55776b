from __future__ import annotations

import threading
from itertools import pairwise
from time import monotonic

import numpy as np
import pytest

from edge_worker.video.capture_clock import MAX_LAG_S
from edge_worker.video.frame_buffer import MAX_BUFFER_BYTES, BufferedFrame, FrameBuffer

SMALL = np.zeros((90, 120, 3), np.uint8)
LARGE = np.zeros((MAX_BUFFER_BYTES // 9000, 1000, 3), np.uint8)
"""Three of these fit into the buffer."""


def buffer(age_s: float = 0.0) -> FrameBuffer:
    """A buffer whose frames were captured so long ago."""
    return FrameBuffer(lambda _media_s: monotonic() - age_s)


def test_frames_are_taken_in_order_with_what_was_dropped_before_them() -> None:
    frames = buffer()
    for media_s in (0.0, 0.1, 0.2):
        frames.put(BufferedFrame(SMALL, media_s))
    frames.drop(4)
    frames.reconnected()
    taken = [frames.take(0.0) for _ in range(4)]
    assert [one and (one[0].media_s, *one[1:]) for one in taken] == [(0.0, 4, 1), (0.1, 0, 0), (0.2, 0, 0), None]


def test_a_held_buffer_gives_no_frame_until_it_is_released() -> None:
    frames = buffer()
    frames.hold()
    frames.put(BufferedFrame(SMALL, 0.0))
    assert frames.take(0.0) is None
    frames.release()
    assert frames.take(0.0) is not None


def test_a_full_buffer_lets_its_oldest_frame_go_when_that_is_too_old() -> None:
    frames = buffer(age_s=MAX_LAG_S + 1)
    for media_s in (0.0, 0.1, 0.2, 0.3):
        frames.put(BufferedFrame(LARGE, media_s))
    taken = frames.take(0.0)
    assert taken is not None
    assert (taken[0].media_s, taken[1]) == (0.1, 1)


def test_the_reader_waits_while_the_buffer_is_full_and_goes_on_when_a_frame_is_taken() -> None:
    frames = buffer()
    for media_s in (0.0, 0.1, 0.2):
        frames.put(BufferedFrame(LARGE, media_s))
    reader = threading.Thread(target=frames.put, args=(BufferedFrame(LARGE, 0.3),), daemon=True)
    reader.start()
    reader.join(0.05)
    assert reader.is_alive()
    assert frames.take(0.0) is not None
    reader.join(MAX_LAG_S)
    assert not reader.is_alive()
    assert frames.dropped == 0


def test_closing_ends_the_wait_of_the_reader_and_of_the_pipeline() -> None:
    frames = buffer()
    for media_s in (0.0, 0.1, 0.2):
        frames.put(BufferedFrame(LARGE, media_s))
    reader = threading.Thread(target=frames.put, args=(BufferedFrame(LARGE, 0.3),), daemon=True)
    reader.start()
    frames.close()
    reader.join(MAX_LAG_S)
    assert not reader.is_alive()
    assert frames.take(10.0) is None


@pytest.mark.parametrize("processing_s", [0.025, 0.03])
def test_a_pipeline_that_is_slower_than_the_camera_gets_frames_at_even_intervals(processing_s: float) -> None:
    frames = buffer()
    frames._processing_s = processing_s
    frames.put(BufferedFrame(SMALL, 0.0))  # one frame waits all the time
    taken = [i for i in range(1000) if frames.accepts(i / 100)]
    assert len(taken) / 10 == pytest.approx(1 / (1.1 * processing_s), rel=0.05)
    assert max(b - a for a, b in pairwise(taken)) <= 4
    assert frames.dropped == 1000 - len(taken)


def test_no_frame_is_rejected_while_none_waits() -> None:
    frames = buffer()
    frames._processing_s = 0.5
    assert all(frames.accepts(i / 100) for i in range(100))
