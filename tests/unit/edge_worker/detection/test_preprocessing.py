from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_worker.detection.preprocessing import PADDING_GREY, STRIDE, Letterbox, input_size

sides = st.integers(64, 2000)


@settings(max_examples=50, deadline=None)
@given(sides, sides, st.floats(0, 1), st.floats(0, 1))
def test_a_point_converts_to_the_input_and_back(height: int, width: int, u: float, v: float) -> None:
    box = Letterbox.fit((height, width), input_size((height, width), 640))
    x, y = u * width, v * height
    there = np.array([[x * box.scale + box.left, y * box.scale + box.top] * 2], np.float32)
    assert box.to_frame(there)[0, :2] == pytest.approx((x, y), abs=0.5)


@settings(max_examples=50, deadline=None)
@given(sides, sides)
def test_the_input_holds_the_frame_and_is_a_multiple_of_the_stride(height: int, width: int) -> None:
    size = input_size((height, width), 640)
    box = Letterbox.fit((height, width), size)
    assert size[0] % STRIDE == size[1] % STRIDE == 0
    assert box.width <= size[1]
    assert box.height <= size[0]
    assert max(size) == 640


def test_the_padding_is_grey_and_the_image_is_centred() -> None:
    filled = Letterbox.fit((100, 200), (640, 640)).apply(np.zeros((100, 200, 3), np.uint8))
    assert filled.shape == (1, 640, 640, 3)
    assert (filled[0, :160] == PADDING_GREY).all()
    assert (filled[0, 160:480] == 0).all()
    assert (filled[0, 480:] == PADDING_GREY).all()


def test_boxes_are_clipped_to_the_frame() -> None:
    box = Letterbox.fit((100, 200), (320, 640))
    assert box.to_frame(np.array([[-50, -50, 900, 900]], np.float32)).tolist() == [[0, 0, 200, 100]]
