"""People who are seen from straight above, drawn on a floor with noise, and counted by the real tracker and counter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Backend
from edge_worker.detection.motion_detector import MotionDetector
from edge_worker.detection.selection import choose_detector, open_detector
from edge_worker.pipeline.counting_stage import CountingStage
from edge_worker.video.frame import Image

SIZE = (240, 320)
FPS = 10
SHOULDERS, DEPTH = 44, 26
"""Half the axes of a body seen from above, in pixels: across and along the walk."""
Centres = list[tuple[float, float]]


@cache
def noise(seed: int) -> npt.NDArray[np.float32]:
    return np.random.default_rng(seed).normal(0, 4, (*SIZE, 3)).astype(np.float32)


def picture(bodies: Iterable[tuple[float, float]], seed: int, light: int = 0) -> Image:
    """Return tiles with noise, and on them bodies with a head, at their centres (x, y)."""
    image = np.full((*SIZE, 3), (40, 45, 120), np.uint8)
    image[::24], image[:, ::24] = (60, 90, 140), (60, 90, 140)
    for x, y in bodies:
        centre = (round(x), round(y))
        cv2.ellipse(image, centre, (SHOULDERS, DEPTH), 0, 0, 360, (190, 190, 180), -1)
        cv2.circle(image, centre, 15, (25, 30, 35), -1)
    return np.asarray(np.clip(image + noise(seed % 7) + light, 0, 255), np.uint8)


def walk(x: float, *, down: bool, seconds: float = 1.6) -> Centres:
    """Return the centres of a body that walks through the picture at a door's pace, and is outside it at both ends."""
    ys = np.linspace(-DEPTH, SIZE[0] + DEPTH, round(seconds * FPS)).tolist()
    return [(x, y) for y in (ys if down else reversed(ys))]


def scene(*walks: Centres) -> list[Centres]:
    """Return the centres of each frame: an empty second, the walks at the same time, another empty second."""
    longest = max(len(one) for one in walks)
    together = [[one[index] for one in walks if index < len(one)] for index in range(longest)]
    return [[] for _ in range(FPS)] + together + [[] for _ in range(FPS)]


def pictures(frames: list[Centres]) -> Iterator[Image]:
    return (picture(bodies, seed) for seed, bodies in enumerate(frames))


def count(images: Iterable[Image]) -> list[str]:
    """Return the directions of the crossings of a line at mid-height."""
    detector = open_detector(choose_detector(backend=Backend.MOTION), SIZE)
    stage = CountingStage(Line.mid_height(), Anchor.CENTER)
    crossings = []
    for index, image in enumerate(images):
        crossings += stage.update(detector.detect(image), SIZE, index, index / FPS)[1]
    return [crossing.direction.value for crossing in [*crossings, *stage.finish()]]


def test_one_after_the_other_in_both_directions() -> None:
    frames = scene(walk(100, down=True)) + scene(walk(200, down=False)) + scene(walk(150, down=False))
    assert count(pictures(frames)) == ["IN", "OUT", "OUT"]


def test_two_side_by_side_are_two() -> None:
    assert count(pictures(scene(walk(80, down=True), walk(230, down=True)))) == ["IN", "IN"]


def test_two_who_meet_on_the_line_cross_in_both_directions() -> None:
    assert sorted(count(pictures(scene(walk(80, down=True), walk(230, down=False))))) == ["IN", "OUT"]


def test_nobody_is_counted_in_an_empty_noisy_scene() -> None:
    detector = MotionDetector(SIZE)
    assert [len(detector.detect(image)) for image in pictures([[] for _ in range(4 * FPS)])] == [0] * (4 * FPS)


def test_a_step_of_the_exposure_is_nobody() -> None:
    detector = MotionDetector(SIZE)
    lights = [0] * FPS + [25] * FPS + [0] * FPS
    assert not any(len(detector.detect(picture([], seed, light))) for seed, light in enumerate(lights))


def test_what_is_smaller_than_a_person_is_nobody() -> None:
    detector = MotionDetector(SIZE)
    detector.detect(picture([], 0))
    image = picture([], 1)
    image[100:120, 100:120] = 255
    assert len(detector.detect(image)) == 0


def test_a_box_is_around_the_body_in_pixels_of_the_frame() -> None:
    detector = MotionDetector(SIZE)
    detector.detect(picture([], 0))
    (box,) = detector.detect(picture([(160, 120)], 1)).boxes.tolist()
    expected = [160 - SHOULDERS, 120 - DEPTH, 160 + SHOULDERS, 120 + DEPTH]
    assert np.abs(np.subtract(box, expected)).max() <= 2 * SIZE[1] / detector.input_size[1]


def test_a_bag_that_was_put_down_becomes_part_of_the_scene() -> None:
    detector = MotionDetector(SIZE)
    detector.detect(picture([], 0))
    found = []
    for seed in range(1, 100):
        image = picture([], seed)
        image[80:160, 100:180, 1] += 30
        found.append(len(detector.detect(image)))
    assert (found[0], found[-1]) == (1, 0)
    assert all(before >= after for before, after in pairwise(found))


def test_a_new_view_is_learnt_at_once() -> None:
    detector = MotionDetector(SIZE)
    detector.detect(picture([], 0))
    other = np.random.default_rng(5).integers(0, 255, (*SIZE, 3), np.uint8)
    other = np.asarray(cv2.resize(other[:6, :8], (SIZE[1], SIZE[0]), interpolation=cv2.INTER_NEAREST), np.uint8)
    assert [len(detector.detect(other)) for _ in range(2)] == [0, 0]
