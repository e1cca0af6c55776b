"""What the model finds of people in pairs, by how large it sees them: a table of ``docs/accuracy.md``.

``python -m benchmarks.pair_looks FOLDER`` prints it. Everybody of a clip gets a companion (`made_views`), who is the
same person again or another one of the clip (`other_companions`). Each clip is looked at as a whole picture with
several input sizes, in a region around the line with several heights of people, and with the boxes of both looks
together.
Each row has the wrong counts (missed + extra) at full / half / a third of the frame rate, the mean over the phases of
the thinning in brackets, and in how many pictures at the line both people of a pair have a box.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.made_views import Companion, MadeView
from benchmarks.other_companions import write_with_others
from benchmarks.small_people import LEAST_FRAMES_PER_S, frames_per_second
from edge_worker.counting.geometry import PixelLine
from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Detections
from edge_worker.detection.selection import LONGEST_SIDE
from edge_worker.evaluation.ground_truth import GroundTruth
from edge_worker.evaluation.labelled_clips import LabelledClip, find_labelled_clips
from edge_worker.evaluation.recorded_detections import ClipDetections, FrameDetections, detect_clip
from edge_worker.evaluation.replay import count_tracks, track_detections
from edge_worker.evaluation.report import RATES
from edge_worker.evaluation.score import score_crossings
from edge_worker.line_region.parameters import RegionParameters
from edge_worker.line_region.region import Region, region_around
from edge_worker.tracking.association import Boxes, assign, iou_matrix, suppress_duplicates

LINES = ("doorway_1", "doorway_2", "kitti_a", "plaza")
KINDS = ("none", "same", "other")
SMALL_SIDE, LARGE_SIDE = 320, 1280
WHOLE_SIDES = (SMALL_SIDE, LONGEST_SIDE, LARGE_SIDE)
"""Longest sides of the input for whole pictures. The one in the middle is that of the worker."""
REGION_HEIGHTS = (100, 150)
"""Heights of people in the input for the region, in pixels; the input is no larger than that for the whole picture."""
LARGE_HEIGHT = 200
"""The same for a region whose input may be larger."""
NARROW = RegionParameters(across=1.5, along=0.5, zoom=0.0, min_zoom=0.0)
"""A narrow region, in which people can be larger at the same cost."""
MERGE_IOU = 0.6
SURE_SCORE, HEIGHT_SCORE, LEAST_SCORE = 0.3, 0.5, 0.05
SAME_BOX_IOU = 0.4
"""A box is that of a person if it overlaps the box that the person has without companions by this much."""


@dataclass(frozen=True)
class BothFound:
    """In how many pictures the two people of a pair have a box.

    Attributes:
        pairs: The number of pairs in all pictures.
        sure: Both have a box with a score of `SURE_SCORE` or more.
        low: Both have a box, but at least one of them a lower score.
    """

    pairs: int
    sure: int
    low: int


def looks(line: Line, size: tuple[int, int], person_height: float) -> dict[str, Region]:
    """Return the looks that are measured, by name: each is a part of the picture and the size of the input.

    Args:
        line: The counting line.
        size: (height, width) of the picture.
        person_height: The height of people at the line, in pixels.
    """
    height, width = size
    found = {f"whole picture, {side}": Region(0, 0, width, height, side) for side in WHOLE_SIDES}
    for pixels in (*REGION_HEIGHTS, LARGE_HEIGHT):
        side = LARGE_SIDE if pixels == LARGE_HEIGHT else LONGEST_SIDE
        parameters = replace(NARROW, person_height=float(pixels))
        region = region_around(line, size, person_height, longest_side=side, parameters=parameters)
        if region is not None:
            found[f"region, people of {region.scale * person_height:.0f}"] = region
    return found


def together(first: ClipDetections, second: ClipDetections, iou: float = MERGE_IOU) -> ClipDetections:
    """Return the boxes of two looks at the same clip; of two that overlap by more than ``iou``, the better one."""
    frames = []
    for one, other in zip(first.frames, second.frames, strict=True):
        boxes = np.concatenate([one.detections.boxes, other.detections.boxes])
        scores = np.concatenate([one.detections.scores, other.detections.scores])
        kept = suppress_duplicates(boxes.astype(np.float64), scores.astype(np.float64), iou)
        frames.append(FrameDetections(one.index, one.media_s, Detections(boxes[kept], scores[kept])))
    return ClipDetections(first.size, tuple(frames))


def wrong_counts(detections: ClipDetections, truth: GroundTruth) -> list[tuple[int, float]]:
    """Return missed + extra crossings at each rate: of the first phase of the thinning, and the mean over all."""
    cells = []
    for every in RATES:
        wrong = []
        for phase in detections.phases(every):
            counted = count_tracks(track_detections(phase), phase.size, truth.line, truth.anchor)
            score = score_crossings(counted, truth.crossings, truth.tolerance_s)
            wrong.append(score.wrong)
        cells.append((wrong[0], sum(wrong) / every))
    return cells


def people_at_line(detections: ClipDetections, line: Line, anchor: Anchor) -> Mapping[int, Boxes]:
    """Return the boxes (n × 4) of the people within one height of the line in each frame, by its index."""
    height, width = detections.size
    pixels = PixelLine(*line.in_pixels(width, height))
    found = {}
    for frame in track_detections(detections):
        boxes = []
        for track in frame.tracks:
            point, person_height = anchor.of(track.box), track.box[3] - track.box[1]
            is_on_line = pixels.overshoot(pixels.along(point)) <= 0.1 * person_height
            if is_on_line and abs(pixels.offset(point)) <= person_height:
                boxes.append(track.box)
        found[frame.index] = np.array(boxes, np.float64).reshape(-1, 4)
    return found


def both_found(detections: ClipDetections, people: Mapping[int, Boxes], shift: tuple[int, int], step: int) -> BothFound:
    """Return in how many pictures of a made clip both people of a pair have a box.

    Args:
        detections: What was found in the made clip.
        people: The people at the line in the clip as it is, by frame.
        shift: (x, y) of the companions in pixels.
        step: Every which frame of the clip the made one has.
    """
    pairs = sure = low = 0
    for index, frame in enumerate(detections.frames):
        boxes, scores = frame.detections.boxes.astype(np.float64), frame.detections.scores
        for box in people.get(index * step, ()):
            pairs += 1
            pair = np.array([box, box + np.array(shift * 2)])
            if _have_boxes(pair, boxes[scores >= SURE_SCORE]):
                sure += 1
            elif _have_boxes(pair, boxes[scores >= LEAST_SCORE]):
                low += 1
    return BothFound(pairs, sure, low)


def _have_boxes(pair: Boxes, boxes: Boxes) -> bool:
    return len(boxes) > 1 and len(assign(1 - iou_matrix(pair, boxes), 1 - SAME_BOX_IOU)) == len(pair)


def height_at_line(detections: ClipDetections, line: Line, anchor: Anchor) -> float:
    """Return the median height of the sure boxes within one height of the line, in pixels."""
    height, width = detections.size
    pixels = PixelLine(*line.in_pixels(width, height))
    heights = [
        float(box[3] - box[1])
        for frame in detections.frames
        for box, score in zip(frame.detections.boxes, frame.detections.scores, strict=True)
        if score >= HEIGHT_SCORE and abs(pixels.offset(anchor.of(box.tolist()))) <= box[3] - box[1]
    ]
    return median(heights)


def measure(clip: LabelledClip, name: str, kind: str, companion: Companion, folder: Path) -> Iterator[str]:
    """Yield a row for each look at the pairs of a line.

    Args:
        clip: The labelled clip.
        name: One of its lines.
        kind: One of `KINDS`: no companions, or who they are.
        companion: Where they walk.
        folder: Keeps the detections and the made clips.
    """
    truth = dict(clip.truths)[name]
    original = detect_clip(clip.path, folder=folder)
    sure = [box[3] - box[1] for box, score in _boxes(original) if score >= HEIGHT_SCORE]
    person_height = float(median(sure))
    shift = companion.shift(truth.line, original.size, person_height)
    made = clip.path if kind == "none" else folder / f"{name}-{kind}-{companion.along:g}-{companion.across:g}.avi"
    if not made.is_file():
        draft = made.with_suffix(".part.avi")
        if kind == "same":
            MadeView(companion).write(clip.path, draft, truth, person_height)
        else:
            write_with_others(clip.path, draft, shift, original)
        draft.replace(made)
    made_truth = truth if kind == "none" else MadeView(companion).truth(truth, original.size)
    people = people_at_line(original, truth.line, truth.anchor)
    step = max(int(frames_per_second(clip.path) // LEAST_FRAMES_PER_S), 1)
    found: dict[str, ClipDetections] = {}
    for look, region in looks(truth.line, original.size, height_at_line(original, truth.line, truth.anchor)).items():
        found[look] = detect_clip(made, region=region, folder=folder)
    whole = f"whole picture, {LONGEST_SIDE}"
    regions = [look for look in found if look.startswith("region")]
    found |= {f"{whole} and {look}": together(found[whole], found[look]) for look in regions}
    for look, detections in found.items():
        cells = wrong_counts(detections, made_truth)
        wrong = f"{' / '.join(str(first) for first, _ in cells)} ({' / '.join(f'{mean:.1f}' for _, mean in cells)})"
        both = "" if kind == "none" else _share(both_found(detections, people, shift, step))
        yield f"| {name} ({len(made_truth.crossings)}) | {kind} | {look} | {wrong} | {both} |"


def _boxes(detections: ClipDetections) -> Iterator[tuple[list[float], float]]:
    for frame in detections.frames:
        yield from zip(frame.detections.boxes.tolist(), frame.detections.scores.tolist(), strict=True)


def _share(found: BothFound) -> str:
    if not found.pairs:
        return ""
    return f"{100 * found.sure / found.pairs:.0f} %, {100 * found.low / found.pairs:.0f} % more in low boxes"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="labelled clips")
    parser.add_argument("--detections", type=Path, metavar="FOLDER", help="keep detections and made clips here")
    parser.add_argument("--only", nargs="+", default=LINES, metavar="LINE", help="only these lines")
    parser.add_argument("--kinds", nargs="+", default=KINDS, choices=KINDS, help="who the companions are")
    parser.add_argument("--along", type=float, default=0.25, help="how far apart they walk, in heights")
    options = parser.parse_args(arguments)
    print("| line (crossings) | companions | look | wrong | both found |", "|---|---|---|---|---|", sep="\n")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.detections or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for clip in find_labelled_clips(options.folder):
            for name in (name for name, _ in clip.truths if name in options.only):
                for kind in options.kinds:
                    for row in measure(clip, name, kind, Companion(options.along), folder):
                        print(row, flush=True)


if __name__ == "__main__":
    main()
