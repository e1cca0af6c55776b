"""A drawn shop door as a video file, and a detector that finds the people in it by their colour."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from edge_worker.counting.line import Line
from edge_worker.crossing import Direction
from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.video.frame import Image

WIDTH, HEIGHT, FPS = 320, 240, 10
PERSON = (24, 60)
"""Width and height of a person in pixels."""
SPEED = 60.0
"""Pixels per second: one height."""
LINE = Line(0.5, 0.0, 0.5, 1.0)
"""Vertical; IN is to the left."""
WALKERS = ((0.5, 70, 1), (2.5, 150, -1), (4.0, 60, 1), (6.5, 140, -1), (8.0, 100, 1), (9.5, 170, -1))
"""When each enters the picture in seconds, the height of its head in pixels, and 1 for rightwards."""
CROSSINGS = tuple(
    (at + (WIDTH / 2 + PERSON[0] / 2) / SPEED, Direction.OUT if way > 0 else Direction.IN) for at, _, way in WALKERS
)
"""When the centre of each is on the line, in seconds of the clip, and the direction."""
BIT = 16
"""Side of the squares at the bottom of the picture that show the number of the frame, the lowest bit first."""
BITS = 9
SECONDS = WALKERS[-1][0] + (WIDTH + PERSON[0]) / SPEED


def boxes(at_s: float) -> list[tuple[float, float, float, float]]:
    """The people in the picture at a second of the clip."""
    found: list[tuple[float, float, float, float]] = []
    for start_s, top, way in WALKERS:
        walked = (at_s - start_s) * SPEED - PERSON[0]
        left = walked if way > 0 else WIDTH - PERSON[0] - walked
        if -PERSON[0] < left < WIDTH:
            found.append((left, top, left + PERSON[0], top + PERSON[1]))
    return found


def draw_clip(path: Path) -> Path:
    """Write the clip (MJPEG in AVI) and return its path."""
    rng = np.random.default_rng(1)
    floor = cv2.GaussianBlur(rng.integers(90, 160, (HEIGHT, WIDTH, 3)).astype(np.uint8), (0, 0), 3)
    video = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), FPS, (WIDTH, HEIGHT))
    for index in range(round(SECONDS * FPS)):
        picture = floor.copy()
        for x1, y1, x2, y2 in boxes(index / FPS):
            cv2.rectangle(picture, (round(x1), round(y1)), (round(x2) - 1, round(y2) - 1), (0, 0, 255), -1)
        for bit in range(BITS):
            picture[HEIGHT - BIT :, bit * BIT : (bit + 1) * BIT] = 255 * (index >> bit & 1)
        video.write(picture)
    video.release()
    return path


def clip_time(image: Image) -> float:
    """The second of the clip at which a picture was drawn."""
    middles = image[HEIGHT - BIT // 2, BIT // 2 : BITS * BIT : BIT].mean(axis=1)
    return sum(int(value > 127) << bit for bit, value in enumerate(middles)) / FPS


class SeesRed(LocalDetector):
    """A detector of red rectangles, as fast as a machine without load would detect people."""

    backend = Backend.TORCH
    device = "cpu"
    model = "red"
    input_size = (HEIGHT, WIDTH)
    workers = 1
    precision = "f32"

    def detect(self, image: Image) -> Detections:
        blue, green, red = (image[..., channel].astype(np.int16) for channel in range(3))
        mask = ((red - np.maximum(blue, green)) > 60).astype(np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
        found = [(x, y, x + w, y + h) for x, y, w, h, area in stats[1:].tolist() if area > PERSON[0] * PERSON[1] / 4]
        return Detections(np.array(found, np.float32).reshape(-1, 4), np.full(len(found), 0.9, np.float32))
