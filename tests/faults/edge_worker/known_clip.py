"""A drawn clip in which what a detector sees in each frame is known, so that hours of it cost no inference."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.detection.preprocessing import Letterbox
from edge_worker.video.frame import Image

FPS, FRAMES = 10.0, 360
WIDTH, HEIGHT = 160, 120
PEOPLE = 3
"""People who cross the line at mid-height in each round of the clip."""


def boxes(index: int) -> list[list[float]]:
    """Three people who walk down through the picture one after the other, so that each crosses the line."""
    found = []
    for person in range(PEOPLE):
        y = 2.0 * (index - 100 * person) - 40
        if -20 < y < HEIGHT:
            found.append([30.0 + 40 * person, max(y, 0.0), 45.0 + 40 * person, min(y + 36, HEIGHT)])
    return found


def draw(path: Path) -> None:
    """A clip whose frames carry their number in the brightness of the first rows, where no one walks."""
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"MJPG"), FPS, (WIDTH, HEIGHT))
    for index in range(FRAMES):
        picture = np.full((HEIGHT, WIDTH, 3), 140, np.uint8)
        for bit in range(9):
            picture[:8, 16 * bit : 16 * bit + 16] = 255 * (index >> bit & 1)
        for x1, y1, x2, y2 in boxes(index):
            picture[int(max(y1, 8)) : int(y2), int(x1) : int(x2)] = 40
        writer.write(picture)
    writer.release()


class Remembered(LocalDetector):
    """Looks up in which frame it is and answers what was to be seen there."""

    backend = Backend.OPENVINO
    model = "remembered"
    precision = "f32"
    device = "cpu"
    input_size = (HEIGHT, WIDTH)
    workers = 2

    def detect(self, image: Image) -> Detections:
        index = sum((int(image[4, 16 * bit + 8, 0]) > 127) << bit for bit in range(9))
        found = np.array(boxes(index), np.float32).reshape(-1, 4)
        return Detections(found, np.full(len(found), 0.9, np.float32))

    def detect_input(self, model_input: Image, _letterbox: Letterbox) -> Detections:
        """The frames have the size of the input, so they were not scaled."""
        return self.detect(model_input[0])
