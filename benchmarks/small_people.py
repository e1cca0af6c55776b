"""Wrong counts of people who are small in the picture: in whole pictures, and with the region around the line.

``python -m benchmarks.small_people FOLDER`` prints the Markdown table of ``docs/accuracy.md``. No given clip has people
so small, so they are made: a clip is put into the middle of a larger still picture, its own empty scene enlarged. The
labels stay true. Either the clip keeps its pixels and the picture has more than the model's input, as a camera of high
resolution has, or the clip is reduced, so that the people have few pixels in the picture, too.

Each cell is the wrong counts (missed + extra) at full / half / a third of the frame rate.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from benchmarks.row import Row, at_most, figure
from edge_worker.counting.line import Line
from edge_worker.evaluation.ground_truth import GroundTruth
from edge_worker.evaluation.labelled_clips import find_labelled_clips
from edge_worker.evaluation.look_of_clip import look_of_clip
from edge_worker.evaluation.recorded_detections import ClipDetections, detect_clip
from edge_worker.evaluation.replay import count_tracks, track_detections
from edge_worker.evaluation.report import RATES
from edge_worker.evaluation.score import score_crossings
from edge_worker.line_region.region import Region
from edge_worker.video.frame import Image
from edge_worker.video.source import open_source

SAMPLED_PICTURES = 25
"""The empty scene is the median of about this many pictures."""
LEAST_FRAMES_PER_S = 10.0
"""Clips of a higher rate are thinned to no less than this, which saves inferences."""


@dataclass(frozen=True)
class SmallScene:
    """How much smaller the people are than in the clip.

    Attributes:
        factor: The clip covers 1 / factor of the width and height of the picture.
        is_reduced: The picture has the size of the clip, and the clip fewer pixels; otherwise the picture is larger.
    """

    factor: int
    is_reduced: bool = False

    def line(self, line: Line) -> Line:
        """Return the line of the clip in the larger picture."""
        margin = (1 - 1 / self.factor) / 2
        return Line(*(margin + value / self.factor for value in line.points))

    def write(self, clip: Path, path: Path, *, step: int = 1) -> Path:
        """Write the clip with small people as an ``.avi`` file, and return its path.

        Args:
            clip: The clip.
            path: The file.
            step: Every ``step``-th frame of the clip is used.
        """
        scene = empty_scene(clip)
        height, width = scene.shape[:2]
        size = (height, width) if self.is_reduced else (height * self.factor, width * self.factor)
        part = (height // self.factor, width // self.factor) if self.is_reduced else (height, width)
        top, left = (size[0] - part[0]) // 2, (size[1] - part[1]) // 2
        picture = np.asarray(cv2.resize(scene, size[::-1], interpolation=cv2.INTER_LINEAR), np.uint8)
        source = open_source(str(clip))
        writer = cv2.VideoWriter(
            str(path), cv2.VideoWriter.fourcc(*"MJPG"), frames_per_second(clip) / step, (size[1], size[0])
        )
        try:
            while (frame := source.read(timeout_s=0)) is not None:
                if frame.index % step == 0:
                    picture[top : top + part[0], left : left + part[1]] = cv2.resize(
                        frame.image, part[::-1], interpolation=cv2.INTER_AREA
                    )
                    writer.write(picture)
        finally:
            writer.release()
            source.close()
        return path


def frames_per_second(clip: Path) -> float:
    """Return the frame rate of a clip."""
    capture = cv2.VideoCapture(str(clip))
    try:
        return float(capture.get(cv2.CAP_PROP_FPS))
    finally:
        capture.release()


def empty_scene(clip: Path) -> Image:
    """Return what a clip shows without people who move."""
    source = open_source(str(clip))
    pictures = []
    try:
        while (frame := source.read(timeout_s=0)) is not None:
            if frame.index % 5 == 0:
                pictures.append(frame.image.copy())
    finally:
        source.close()
    return np.asarray(np.median(pictures[:: max(len(pictures) // SAMPLED_PICTURES, 1)], axis=0), np.uint8)


def wrong_counts(detections: ClipDetections, truth: GroundTruth, line: Line) -> tuple[int, ...]:
    """Return missed + extra crossings at each rate."""
    wrong = []
    for every in RATES:
        tracks = track_detections(detections, step=every)
        counted = count_tracks(tracks, detections.size, line, truth.anchor)
        score = score_crossings(counted, truth.crossings, truth.tolerance_s)
        wrong.append(score.wrong)
    return tuple(wrong)


@dataclass(frozen=True)
class SmallResult:
    """The wrong counts of a line with small people.

    Attributes:
        name: The line.
        crossings: The number of labelled crossings.
        size: (height, width) of the picture.
        whole: Missed + extra crossings at each rate, in whole pictures.
        found: The same with the region that was found out.
        region: That region; None if whole pictures are looked at.
    """

    name: str
    crossings: int
    size: tuple[int, int]
    whole: tuple[int, ...]
    found: tuple[int, ...]
    region: Region | None


def measure(clip: Path, truths: Sequence[tuple[str, GroundTruth]], scene: SmallScene) -> Iterator[SmallResult]:
    """Yield the wrong counts of each line of a clip with small people."""
    step = max(int(frames_per_second(clip) // LEAST_FRAMES_PER_S), 1)
    with tempfile.TemporaryDirectory() as folder:
        small = scene.write(clip, Path(folder) / f"{clip.stem}.avi", step=step)
        whole = detect_clip(small)
        for name, truth in truths:
            line = scene.line(truth.line)
            region = look_of_clip(small, line, truth.anchor, whole).region
            seen = whole if region is None else detect_clip(small, region=region)
            wrong, found = (wrong_counts(detections, truth, line) for detections in (whole, seen))
            yield SmallResult(name, len(truth.crossings), whole.size, wrong, found, region)


DEFAULT_FACTORS = (2, 3, 4)
DEFAULT_REDUCED_FACTORS = (2, 3)
BENCH_SCENES: Mapping[str, SmallScene] = {
    "doorway_1": SmallScene(3),
    "doorway_2": SmallScene(3),
    "kitti_a": SmallScene(3, is_reduced=True),
    "kitti_b": SmallScene(3, is_reduced=True),
    "plaza": SmallScene(4, is_reduced=True),
}
"""The lines of `make bench`, which are short; the people of the plaza have few pixels in the picture itself."""
LIMITS = {1: 4, 2: 7, 3: 10}
"""Largest number of wrong counts of these lines (54 crossings), per rate."""


def rows(clips: Path) -> list[Row]:
    """Return the wrong counts of small people, in whole pictures and with the region that is found out.

    Args:
        clips: The folder with the labelled clips.
    """
    results: list[SmallResult] = []
    for clip in find_labelled_clips(clips):
        by_scene: dict[SmallScene, list[tuple[str, GroundTruth]]] = {}
        for name, truth in clip.truths:
            if name in BENCH_SCENES:
                by_scene.setdefault(BENCH_SCENES[name], []).append((name, truth))
        for scene, truths in by_scene.items():
            print(f"benchmarks: small people of {clip.path.name}", file=sys.stderr, flush=True)
            results += measure(clip.path, truths, scene)
    crossings = sum(result.crossings for result in results)
    found = []
    for index, (every, rate) in enumerate(RATES.items()):
        note = f"of {crossings}; {rate}, people of a third or a quarter of their size"
        whole = sum(result.whole[index] for result in results)
        around = sum(result.found[index] for result in results)
        found.append(figure(f"edge_small_whole_wrong_{every}", whole, "", f"{note}; whole pictures"))
        found.append(at_most(f"edge_small_wrong_{every}", around, LIMITS[every], "", f"{note}; region found out"))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="labelled clips")
    parser.add_argument("--only", nargs="+", default=(), metavar="LINE", help="only these lines")
    parser.add_argument("--factors", nargs="+", type=int, help="only these factors")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--enlarged", action="store_true", help="only clips that keep their pixels")
    kinds.add_argument("--reduced", action="store_true", help="only reduced clips")
    arguments = parser.parse_args()
    enlarged = () if arguments.reduced else arguments.factors or DEFAULT_FACTORS
    reduced = () if arguments.enlarged else arguments.factors or DEFAULT_REDUCED_FACTORS
    scenes = [SmallScene(factor) for factor in enlarged] + [SmallScene(factor, is_reduced=True) for factor in reduced]
    print("| line (crossings) | the clip covers | picture | whole picture | found out | region, pixels |")
    print("|---|---|---|---|---|---|")
    for clip in find_labelled_clips(arguments.folder):
        truths = [(name, truth) for name, truth in clip.truths if not arguments.only or name in arguments.only]
        for scene in scenes if truths else ():
            for result in measure(clip.path, truths, scene):
                print(_row(result, scene), flush=True)


def _row(result: SmallResult, scene: SmallScene) -> str:
    region, (height, width) = result.region, result.size
    cells = [" / ".join(map(str, wrong)) for wrong in (result.whole, result.found)]
    part = "whole" if region is None else f"{region.size[1]} × {region.size[0]}"
    covers = f"1/{scene.factor}" + (", reduced" if scene.is_reduced else "")
    row = (f"{result.name} ({result.crossings})", covers, f"{width} × {height}", *cells, part)
    return f"| {' | '.join(row)} |"


if __name__ == "__main__":
    main()
