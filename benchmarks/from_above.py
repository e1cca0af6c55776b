"""Ways to look at views from above with the same model: the table of ``docs/accuracy.md``.

``python -m benchmarks.from_above FOLDER`` prints a Markdown table. Each row gives the model another picture: turned by
a quarter or half, in tiles, enlarged, with more contrast, or several of them whose boxes are merged. Tracking and
counting are those of the worker for a view from the side, and then for one from above. Each cell is the wrong counts
(missed + extra) at full / half / a third of the frame rate.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from benchmarks.steep_views import scores
from edge_worker.detection.detector import Backend, Detections, Detector
from edge_worker.detection.device import Device
from edge_worker.detection.selection import choose_detector, open_detector
from edge_worker.evaluation.ground_truth import GroundTruth
from edge_worker.evaluation.labelled_clips import find_labelled_clips
from edge_worker.evaluation.recorded_detections import ClipDetections, FrameDetections
from edge_worker.overhead.turned_detector import SAME_PERSON_IOU
from edge_worker.overhead.turns import Turn, boxes_in_picture, merged, turned_image
from edge_worker.overhead.view import View
from edge_worker.video.frame import Image
from edge_worker.video.source import open_source

LINES = ("busdoor_2", "busdark", "onebyone", "campus_a", "campus_b")
"""The two lines from straight above, and three lines of high cameras, on which nothing may get worse."""
LATE_LABELS_S = {"busdark": 2.0}
"""The labels of busdark are 2 s early (docs/accuracy.md)."""

Look = Callable[[Image], Detections]
"""A way to find the people in a frame."""


@dataclass(frozen=True)
class Model:
    """The model, loaded for each size of a picture that it gets.

    Attributes:
        longest_side: the longest side of its input, pixels.
    """

    longest_side: int
    loaded: dict[tuple[int, int], Detector]

    def __call__(self, image: Image) -> Detections:
        """Return the people in a picture."""
        size = (image.shape[0], image.shape[1])
        if size not in self.loaded:
            choice = choose_detector(None, Backend.AUTO, Device.AUTO)
            self.loaded[size] = open_detector(choice, size, longest_side=self.longest_side)
        return self.loaded[size].detect(image)


def turned(look: Look, turn: Turn) -> Look:
    """Return the same, with the picture turned."""

    def detect(image: Image) -> Detections:
        found = look(np.ascontiguousarray(turned_image(image, turn)))
        return Detections(boxes_in_picture(found.boxes, turn, (image.shape[0], image.shape[1])), found.scores)

    return detect


def tiled(look: Look, columns: int, rows: int, overlap: float = 0.2) -> Look:
    """Return the same on overlapping tiles, which are merged; `overlap` is a share of the picture."""

    def spans(length: int, parts: int) -> list[tuple[int, int]]:
        size = round(length * (1 / parts + overlap * (parts > 1) / 2))
        step = (length - size) / max(1, parts - 1)
        return [(round(i * step), round(i * step) + size) for i in range(parts)]

    def detect(image: Image) -> Detections:
        height, width = image.shape[:2]
        found = []
        for top, bottom in spans(height, rows):
            for left, right in spans(width, columns):
                people = look(np.ascontiguousarray(image[top:bottom, left:right]))
                found.append(Detections(people.boxes + np.array([left, top] * 2, np.float32), people.scores))
        return merged(found, SAME_PERSON_IOU)

    return detect


def with_contrast(look: Look) -> Look:
    """Return the same with the contrast of each part of the picture evened out (CLAHE of the lightness)."""
    clahe = cv2.createCLAHE(clipLimit=4.0, tileGridSize=(8, 8))

    def detect(image: Image) -> Detections:
        lab = cv2.cvtColor(image, cv2.COLOR_BGR2LAB)
        lab[..., 0] = clahe.apply(np.ascontiguousarray(lab[..., 0]))
        return look(np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2BGR), np.uint8))

    return detect


def once(look: Look) -> Look:
    """Return the same, which answers for the picture that it saw last without looking again."""
    last: list[tuple[Image, Detections]] = []

    def detect(image: Image) -> Detections:
        if not last or last[0][0] is not image:
            last[:] = [(image, look(image))]
        return last[0][1]

    return detect


def together(*looks: Look) -> Look:
    """Return the people that any of these finds."""
    return lambda image: merged([look(image) for look in looks], SAME_PERSON_IOU)


def ways() -> Mapping[str, tuple[int, Look]]:
    """Return the ways by name, each with its inferences per frame."""
    model, larger, largest = (Model(side, {}) for side in (640, 960, 1280))
    turns = tuple(once(turned(model, turn)) for turn in Turn)
    contrasts = tuple(once(with_contrast(turned(model, turn))) for turn in Turn)
    tiles = once(tiled(model, 2, 2))
    return {
        "whole picture": (1, turns[0]),
        "input of 960 pixels": (1, larger),
        "input of 1280 pixels": (1, largest),
        "turned by 90°": (1, turns[1]),
        "turned by 180°": (1, turns[2]),
        "turned by 270°": (1, turns[3]),
        "turned by 90° and 270°": (2, together(turns[1], turns[3])),
        "as it is and turned by 90°, 180°, 270°": (4, together(*turns)),
        "two tiles": (2, tiled(model, 2, 1)),
        "four tiles": (4, tiles),
        "whole picture and four tiles": (5, together(turns[0], tiles)),
        "more contrast": (1, contrasts[0]),
        "more contrast, as it is and turned": (4, together(*contrasts)),
    }


def detect_clip(clip: Path, looks: Mapping[str, Look]) -> Mapping[str, ClipDetections]:
    """Return the people in every frame of a clip, by the name of the way."""
    source = open_source(str(clip))
    found: Mapping[str, list[FrameDetections]] = {name: [] for name in looks}
    try:
        while (frame := source.read(timeout_s=0)) is not None:
            for name, look in looks.items():
                found[name].append(FrameDetections(frame.index, frame.media_s, look(frame.image)))
        return {name: ClipDetections(source.size, tuple(frames)) for name, frames in found.items()}
    finally:
        source.close()


def with_late_labels(name: str, truth: GroundTruth) -> GroundTruth:
    """Return the labels of a line at the times at which people are on the line."""
    late_s = LATE_LABELS_S.get(name, 0.0)
    return replace(truth, crossings=tuple(replace(label, t=label.t + late_s) for label in truth.crossings))


def labelled_lines(folder: Path, names: Collection[str]) -> list[tuple[Path, str, GroundTruth]]:
    """Return the clip, the name and the labels of lines, at the times at which people are on the line.

    Args:
        folder: Labelled clips.
        names: Names of lines.
    """
    return [
        (clip.path, name, with_late_labels(name, truth))
        for clip in find_labelled_clips(folder)
        for name, truth in clip.truths
        if name in names
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="labelled clips")
    parser.add_argument("--only", nargs="+", default=LINES, metavar="LINE", help="only these lines")
    arguments = parser.parse_args()
    lines = labelled_lines(arguments.folder, arguments.only)
    names = [f"{name} ({len(truth.crossings)})" for _, name, truth in lines]
    print(f"| the model gets | inferences | {' | '.join(names)} |", f"|---|---|{'---|' * len(names)}", sep="\n")
    looks = ways()
    by_clip = {
        path: detect_clip(path, {name: look for name, (_, look) in looks.items()})
        for path in {line[0] for line in lines}
    }
    for view in (View.SIDE, View.ABOVE):
        print(f"| **the tracker for a view from {'the side' if view is View.SIDE else 'above'}** |")
        for way, (inferences, _) in looks.items():
            wrong = [[score.wrong for score in scores(by_clip[path][way], truth, view)] for path, _, truth in lines]
            print(f"| {way} | {inferences} | {' | '.join(' / '.join(map(str, one)) for one in wrong)} |", flush=True)


if __name__ == "__main__":
    main()
