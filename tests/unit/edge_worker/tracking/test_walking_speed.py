from __future__ import annotations

import pytest

from edge_worker.tracking.byte_track import Track
from edge_worker.tracking.walking_speed import WalkingSpeed


def walk(speed: float, fps: float, seconds: float) -> WalkingSpeed:
    """A person of 50 pixels who walks to the right with this speed in heights per second, beside one who stands."""
    measured = WalkingSpeed()
    for i in range(round(seconds * fps)):
        x = 50 * speed * i / fps
        standing = Track(2, (0.0, 0.0, 20.0 + i % 2, 80.0), 0.9)
        measured.update([Track(1, (x, 0.0, x + 20, 50.0), 0.9), standing], i / fps)
    return measured


@pytest.mark.parametrize("fps", [2.0, 10.0, 25.0])
def test_the_speed_and_the_size_of_those_who_walk_are_measured_at_any_frame_rate(fps: float) -> None:
    measured = walk(1.2, fps, 30)
    assert measured.heights_per_s == pytest.approx(1.2, rel=0.02)
    assert measured.height == pytest.approx(50)


def test_nothing_is_known_from_a_few_steps_or_from_people_who_stand() -> None:
    assert walk(1.2, 10, 3).heights_per_s is None
    assert walk(0.0, 10, 60).heights_per_s is None
