"""Clips made of labelled ones, whose labels stay true: people walk in pairs, or the camera looks down more steeply.

No given clip has many pairs, or a steep view with many people, so they are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import cos, hypot, radians, sin
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.small_people import LEAST_FRAMES_PER_S, empty_scene, frames_per_second
from edge_worker.counting.line import Line
from edge_worker.evaluation.ground_truth import GroundTruth
from edge_worker.video.frame import Image
from edge_worker.video.source import open_source

CAMERA_DISTANCE = 3.0
"""The camera of a tilted view is this many picture heights from the middle of the picture."""
MIN_DIFFERENCE = 24
"""A pixel belongs to a person if one of its colours (0..255) differs by this much from the empty scene."""

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Companion:
    """Where the second person of each pair walks, beside the first one.

    Attributes:
        along: The distance along the line, in heights of a person. Shoulders are 0.25 heights wide. The second person
            is drawn behind the first one, so upwards in the picture unless the line is level.
        across: How far the second person is ahead, in the direction of the IN side, in heights.
    """

    along: float
    across: float = 0.0

    def shift(self, line: Line, size: tuple[int, int], person_height: float) -> tuple[int, int]:
        """Return (x, y) in pixels of a picture of size (height, width)."""
        ax, ay, bx, by = line.in_pixels(size[1], size[0])
        length = hypot(bx - ax, by - ay)
        x, y = (bx - ax) / length, (by - ay) / length
        along = self.along * person_height * (-1 if y > 0 else 1)
        across = self.across * person_height
        return round(along * x - across * y), round(along * y + across * x)


@dataclass(frozen=True)
class Tilt:
    """A camera that looks at the picture from above, as at a wall with the scene on it.

    People get shorter by the cosine of the angle, and their heads larger than their feet, as for a camera that hangs
    higher. What is not in the picture, such as the tops of the heads, cannot be made.

    Attributes:
        degrees: 0 for the picture as it is, 90 for the view straight down.
    """

    degrees: float

    def transform(self, size: tuple[int, int]) -> tuple[Matrix, tuple[int, int]]:
        """Return the homography of pictures of size (height, width), and the size of what the camera sees."""
        height, width = size
        distance = CAMERA_DISTANCE * height
        corners = [(x, y) for y in (-height / 2, height / 2) for x in (-width / 2, width / 2)]
        seen = []
        for x, y in corners:
            nearer = -y * sin(radians(self.degrees))
            scale = distance / (distance - nearer)
            seen.append((x * scale, y * cos(radians(self.degrees)) * scale))
        left, top = (min(point[axis] for point in seen) for axis in (0, 1))
        right, bottom = (max(point[axis] for point in seen) for axis in (0, 1))
        before = np.array([(x + width / 2, y + height / 2) for x, y in corners], np.float32)
        after = np.array([(x - left, y - top) for x, y in seen], np.float32)
        # MJPG files have an even width and height.
        seen_size = (int(bottom - top) // 2 * 2, int(right - left) // 2 * 2)
        return np.asarray(cv2.getPerspectiveTransform(before, after), np.float64), seen_size


@dataclass(frozen=True)
class MadeView:
    """What is changed in a clip.

    Attributes:
        companion: Everybody gets a companion; None for nobody.
        tilt: From where the camera looks.
    """

    companion: Companion | None = None
    tilt: Tilt = Tilt(0.0)

    def truth(self, truth: GroundTruth, size: tuple[int, int]) -> GroundTruth:
        """Return the labels in the made clip.

        Args:
            truth: The labels in the clip.
            size: (height, width) of the clip.
        """
        matrix, (seen_height, seen_width) = self.tilt.transform(size)
        ax, ay, bx, by = truth.line.in_pixels(size[1], size[0])
        ends = cv2.perspectiveTransform(np.array([[(ax, ay), (bx, by)]], np.float64), matrix)[0]
        shares = [
            min(max(float(value), 0.0), 1.0) for x, y in ends.tolist() for value in (x / seen_width, y / seen_height)
        ]
        times = 1 if self.companion is None else 2
        return replace(truth, line=Line(*shares), crossings=tuple(truth.crossings) * times)

    def write(self, clip: Path, path: Path, truth: GroundTruth, person_height: float) -> Path:
        """Write the made clip as an ``.avi`` file, and return its path.

        Args:
            clip: The clip.
            path: The file.
            truth: The labels of the line beside which companions walk.
            person_height: The height of a person in the clip, in pixels.
        """
        scene = empty_scene(clip)
        size = (scene.shape[0], scene.shape[1])
        matrix, (seen_height, seen_width) = self.tilt.transform(size)
        shift = None if self.companion is None else self.companion.shift(truth.line, size, person_height)
        step = max(int(frames_per_second(clip) // LEAST_FRAMES_PER_S), 1)
        writer = cv2.VideoWriter(
            str(path), cv2.VideoWriter.fourcc(*"MJPG"), frames_per_second(clip) / step, (seen_width, seen_height)
        )
        try:
            for picture in pictures(clip, step):
                made = picture if shift is None else with_companions(picture, scene, shift)
                if self.tilt.degrees:
                    warped = cv2.warpPerspective(
                        made, matrix, (seen_width, seen_height), borderMode=cv2.BORDER_REPLICATE
                    )
                    made = np.asarray(warped, np.uint8)
                writer.write(np.ascontiguousarray(made[:seen_height, :seen_width]))
        finally:
            writer.release()
        return path


def with_companions(picture: Image, scene: Image, shift: tuple[int, int]) -> Image:
    """Return a picture in which everything that differs from the empty scene is there twice, the second time behind.

    Args:
        picture: The picture.
        scene: The empty scene.
        shift: (x, y) of the second time, in pixels.
    """
    people = people_mask(picture, scene)
    moved = np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float64)
    size = (picture.shape[1], picture.shape[0])
    behind = np.asarray(cv2.warpAffine(people, moved, size), np.float32)
    behind = (behind * (1 - people))[..., None]
    copied = cv2.warpAffine(picture, moved, size)
    return np.asarray(picture * (1 - behind) + copied * behind, np.uint8)


def people_mask(picture: Image, scene: Image) -> npt.NDArray[np.float32]:
    """Return the people, who differ from the empty scene, as shares 0..1 of each pixel."""
    differs = np.asarray(cv2.absdiff(picture, scene).max(axis=2) >= MIN_DIFFERENCE, np.uint8)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    opened = cv2.morphologyEx(differs, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    body = cv2.dilate(cv2.morphologyEx(opened, cv2.MORPH_CLOSE, kernel), np.ones((2, 2), np.uint8))
    return np.asarray(cv2.GaussianBlur(body.astype(np.float32), (3, 3), 0), np.float32)


def pictures(clip: Path, step: int) -> Iterator[Image]:
    """Yield every ``step``-th picture of a clip."""
    source = open_source(str(clip))
    try:
        while (frame := source.read(timeout_s=0)) is not None:
            if frame.index % step == 0:
                yield frame.image
    finally:
        source.close()
