from __future__ import annotations

import pytest

from edge_worker.benchmark.capacity import Capacity


def test_a_camera_costs_the_frames_that_are_analysed_and_the_decoding_of_the_others() -> None:
    # A camera takes 10/50 of the box, and 15 further frames of 2 ms on two cores: 0.2 + 0.015. 0.8 / 0.215 = 3.7.
    capacity = Capacity(frames_per_s=50.0, decode_s=0.002, cores=2)
    assert capacity.cameras == 3
    assert capacity.sentence == (
        "this box carries 3 cameras at 10 frames/s: 50 frames/s in all, 2.0 ms to decode each of 25 frames/s of a "
        "camera on 2 cores, 20% in reserve"
    )


@pytest.mark.parametrize(
    ("frames_per_s", "decode_s", "cores", "camera_fps", "cameras"),
    [
        (12.0, 0.002, 2, 25.0, 0),  # one camera would leave no reserve
        (13.0, 0.0, 1, 25.0, 1),
        (200.0, 0.0, 2, 25.0, 16),
        (200.0, 0.02, 2, 25.0, 4),  # 0.05 + 0.15: decoding is what limits a fast GPU
        (200.0, 0.02, 8, 25.0, 9),
        (200.0, 0.02, 2, 10.0, 16),  # nothing is decoded in vain
        (200.0, 0.02, 2, 5.0, 32),
        (0.0, 0.002, 2, 25.0, 0),
    ],
)
def test_the_number_of_cameras_follows_from_the_figures(
    frames_per_s: float, decode_s: float, cores: int, camera_fps: float, cameras: int
) -> None:
    assert Capacity(frames_per_s, decode_s, cores, camera_fps).cameras == cameras


def test_one_camera_is_singular() -> None:
    assert Capacity(13.0, 0.0, 1).sentence.startswith("this box carries 1 camera at 10 frames/s")
