"""Wrong counts on lines beside the labelled ones: the table of ``docs/accuracy.md``.

``python -m benchmarks.moved_lines FOLDER`` moves each ordinary line of the labelled clips by 5 % of the picture to
either side and turns it by 10° either way. Nobody has labelled these lines, so the truth is what others agree about:
three ways to follow the people, at the full rate, under our counter. A crossing that two of the three have is true, one
that only one has is doubtful and counts neither as missed nor as extra. The three are both trackers of `tracker_peers`,
and our own tracker on the mirrored clip, in which the model finds the same people with other errors.

The rows are our wrong counts (missed + extra) at full, half and a third of the frame rate, on the clips as they are and
disturbed (`disturbed_clips`), of the first phase of the thinning and as the mean over all of them. ``--details`` prints
each of the first phase.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin
from pathlib import Path

from benchmarks.disturbed_clips import DISTURBANCES, MIRRORED, mirrored_back, with_box_noise, write_disturbed
from benchmarks.edge_counting import group_of
from benchmarks.row import Row, figure
from benchmarks.tracker_peers import TRACKERS, track_with_ultralytics, with_box_heights
from edge_worker.counting.line import Line
from edge_worker.crossing import Crossing
from edge_worker.evaluation.ground_truth import LabelledCrossing
from edge_worker.evaluation.labelled_clips import LabelledClip, find_labelled_clips
from edge_worker.evaluation.recorded_detections import ClipDetections, detect_clip
from edge_worker.evaluation.replay import TrackedFrame, count_tracks, track_detections
from edge_worker.evaluation.report import RATES
from edge_worker.evaluation.score import Score, score_crossings, total_score

SHIFT = 0.05
"""Lines are moved by this share of the picture's width and height, at right angles."""
TURN_DEGREES = 10.0
TOLERANCE_S = 1.0
VOTES = 2
"""A crossing is true if so many of the three ways have it."""


@dataclass(frozen=True)
class MovedLine:
    """A line beside a labelled one.

    Attributes:
        name: The name of the labelled line and how it was moved, such as ``plaza +5 %``.
        line: The line.
    """

    name: str
    line: Line


def moved_lines(name: str, line: Line, size: tuple[int, int]) -> list[MovedLine]:
    """Return a line moved to either side and turned either way, cut to the picture.

    Args:
        name: Its name.
        line: The line.
        size: (height, width) of the picture.
    """
    height, width = size
    ax, ay, bx, by = line.in_pixels(width, height)
    length = hypot(bx - ax, by - ay)
    normal = (-(by - ay) / length * width, (bx - ax) / length * height)
    lines = []
    for share in (SHIFT, -SHIFT):
        dx, dy = share * normal[0], share * normal[1]
        lines.append(MovedLine(f"{name} {100 * share:+g} %", _within((ax + dx, ay + dy, bx + dx, by + dy), size)))
    for degrees in (TURN_DEGREES, -TURN_DEGREES):
        lines.append(MovedLine(f"{name} {degrees:+g}°", _within(_turned((ax, ay, bx, by), degrees), size)))
    return lines


def agreed(
    ways: Sequence[Sequence[Crossing]], tolerance_s: float = TOLERANCE_S
) -> tuple[list[LabelledCrossing], list[LabelledCrossing]]:
    """Return the crossings that at least two of several ways have, and those that only one has.

    Args:
        ways: The crossings of each way.
        tolerance_s: Largest difference in seconds between crossings that are the same.
    """
    groups: list[list[Crossing]] = []
    for way in ways:
        known = [_label(group) for group in groups]
        score = score_crossings(way, known, tolerance_s)
        group_of_label = {id(label): group for label, group in zip(known, groups, strict=True)}
        for label, crossing in score.hits:
            group_of_label[id(label)].append(crossing)
        groups += [[crossing] for crossing in score.extra]
    groups.sort(key=lambda group: _label(group).t)
    true = [_label(group) for group in groups if len(group) >= VOTES]
    return true, [_label(group) for group in groups if len(group) < VOTES]


def score_against_agreed(
    counted: Sequence[Crossing], true: Sequence[LabelledCrossing], doubtful: Sequence[LabelledCrossing]
) -> Score:
    """Return the score of crossings, of which those that are doubtful count neither as right nor as wrong."""
    score = score_crossings(counted, true, TOLERANCE_S)
    rest = score_crossings(score.extra, doubtful, TOLERANCE_S)
    return Score(score.hits, score.missed, rest.extra)


class MovedLines:
    """The ordinary clips of a folder with the agreed crossings of all moved lines.

    Args:
        folder: Labelled clips.
        detections: Keeps the detections and the disturbed clips.
    """

    def __init__(self, folder: Path, detections: Path) -> None:
        self._detections = detections
        self._clips = [clip for clip in find_labelled_clips(folder) if group_of(clip.truths[0][0]) != "overhead"]
        self._agreed: dict[str, tuple[list[LabelledCrossing], list[LabelledCrossing]]] = {}
        self._found: dict[tuple[Path, str | None], ClipDetections] = {}

    def scores(self, disturbance: str | None, every: int) -> Iterator[Mapping[str, Score]]:
        """Yield our score of each moved line, for each phase of the thinning.

        Args:
            disturbance: A name of `DISTURBANCES`, ``boxes`` for jitter and gaps of the detections; None for the clips
                as they are.
            every: Every which frame is used.
        """
        thinned = [(clip, self._detect(clip, disturbance).phases(every)) for clip in self._clips]
        for phase in range(every):
            scores = {}
            for clip, phases in thinned:
                detections = phases[phase]
                tracks = track_detections(detections)
                for name, truth in clip.truths:
                    for moved in moved_lines(name, truth.line, detections.size):
                        counted = count_tracks(tracks, detections.size, moved.line, truth.anchor)
                        scores[moved.name] = score_against_agreed(counted, *self._truth(clip)[moved.name])
            yield scores

    def _detect(self, clip: LabelledClip, disturbance: str | None) -> ClipDetections:
        key = clip.path, disturbance
        if key not in self._found:
            if disturbance == "boxes":
                self._found[key] = with_box_noise(self._detect(clip, None))
            else:
                path = clip.path
                if disturbance is not None:
                    path = write_disturbed(clip.path, disturbance, self._detections)
                self._found[key] = detect_clip(path, folder=self._detections)
        return self._found[key]

    def _truth(self, clip: LabelledClip) -> Mapping[str, tuple[list[LabelledCrossing], list[LabelledCrossing]]]:
        if not any(f"{clip.truths[0][0]} " in name for name in self._agreed):
            print(f"benchmarks: agree about {clip.path.name}", file=sys.stderr, flush=True)
            plain, mirror = self._detect(clip, None), mirrored_back(self._detect(clip, MIRRORED))
            ways: list[list[TrackedFrame]] = [
                *(with_box_heights(track_with_ultralytics(plain, tracker, 1)) for tracker in TRACKERS),
                track_detections(mirror),
            ]
            for name, truth in clip.truths:
                for moved in moved_lines(name, truth.line, plain.size):
                    self._agreed[moved.name] = agreed(
                        [count_tracks(tracks, plain.size, moved.line, truth.anchor) for tracks in ways]
                    )
        return self._agreed


def rows(folder: Path, detections: Path | None = None, disturbances: Sequence[str] = ("boxes",)) -> list[Row]:
    """Return the wrong counts of all moved lines, on the clips as they are and disturbed.

    Args:
        folder: Labelled clips.
        detections: Keeps the detections and the disturbed clips; None to keep nothing.
        disturbances: See `MovedLines.scores`.
    """
    if detections is None:
        with tempfile.TemporaryDirectory() as kept:
            return rows(folder, Path(kept), disturbances)
    lines = MovedLines(folder, detections)
    found = []
    for disturbance in (None, *disturbances):
        for every, rate in RATES.items():
            phases = [total_score(list(scores.values())) for scores in lines.scores(disturbance, every)]
            score = phases[0]
            mean = sum(one.wrong for one in phases) / every
            note = f"{len(score.missed)} missed, {len(score.extra)} extra of {score.labelled} agreed; {rate}"
            name = f"edge_moved_lines{'' if disturbance is None else f'_{disturbance}'}_wrong_{every}"
            found.append(figure(name, score.wrong, "", f"{note}; {mean:.1f} over all phases"))
    return found


def _within(points: tuple[float, float, float, float], size: tuple[int, int]) -> Line:
    """Return the part of a line in pixels that is in the picture, by Liang and Barsky's clipping."""
    ax, ay, bx, by = points
    enter, leave = 0.0, 1.0
    for start, end, limit in ((ax, bx, size[1]), (ay, by, size[0])):
        if start == end:
            continue
        near, far = sorted(((0 - start) / (end - start), (limit - start) / (end - start)))
        enter, leave = max(enter, near), min(leave, far)

    def at(fraction: float) -> tuple[float, float]:
        x, y = (ax + fraction * (bx - ax)) / size[1], (ay + fraction * (by - ay)) / size[0]
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)

    return Line(*at(enter), *at(leave))


def _turned(points: tuple[float, float, float, float], degrees: float) -> tuple[float, float, float, float]:
    """Return a line in pixels turned about its middle."""
    ax, ay, bx, by = points
    x, y = (ax + bx) / 2, (ay + by) / 2
    c, s = cos(radians(degrees)), sin(radians(degrees))
    dx, dy = (bx - ax) / 2, (by - ay) / 2
    tx, ty = c * dx - s * dy, s * dx + c * dy
    return x - tx, y - ty, x + tx, y + ty


def _label(group: Sequence[Crossing]) -> LabelledCrossing:
    """Return the crossing that several ways have, at its mean time."""
    return LabelledCrossing(sum(one.t for one in group) / len(group), group[0].direction)


def _details(name: str, every: int, score: Score) -> list[str]:
    missed = [f"{name}, 1/{every}: missed {one.direction} at {one.t:.2f} s" for one in score.missed]
    extra = [f"{name}, 1/{every}: extra {one.direction} at {one.t:.2f} s ({one.tracker_id})" for one in score.extra]
    return missed + extra


def main() -> None:
    """Print the rows."""
    from benchmarks.__main__ import table

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="labelled clips")
    parser.add_argument("--detections", type=Path, metavar="FOLDER", help="keep detections and disturbed clips here")
    parser.add_argument("--disturb", nargs="*", choices=[*DISTURBANCES, "boxes"], default=["boxes"], help="also so")
    parser.add_argument("--details", action="store_true", help="print each wrong count of the clips as they are")
    arguments = parser.parse_args()
    if arguments.details:
        if arguments.detections is None:
            parser.error("--details needs --detections")
        lines = MovedLines(arguments.folder, arguments.detections)
        for every in RATES:
            for name, score in next(lines.scores(None, every)).items():
                print(*_details(name, every, score), sep="\n", end="\n" if score.missed or score.extra else "")
        return
    print(table(rows(arguments.folder, arguments.detections, arguments.disturb)))


if __name__ == "__main__":
    main()
