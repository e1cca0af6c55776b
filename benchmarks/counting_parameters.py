"""How each parameter of tracking and counting moves the wrong counts: the table of ``docs/accuracy.md``.

``python -m benchmarks.counting_parameters FOLDER`` prints a Markdown table. One parameter at a time has another value
than its default. Each cell is the wrong counts (missed + extra) of a group of lines at full / half / a third of the
frame rate.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.edge_counting import group_of
from edge_worker.counting.parameters import CounterParameters
from edge_worker.evaluation.labelled_clips import find_labelled_clips
from edge_worker.evaluation.recorded_detections import ClipDetections, detect_clip
from edge_worker.evaluation.replay import TrackedFrame, count_tracks, track_detections
from edge_worker.evaluation.report import RATES
from edge_worker.evaluation.score import score_crossings
from edge_worker.tracking.box_height_filter import BoxHeightParameters
from edge_worker.tracking.byte_track import TrackerParameters

GROUPS = ("clips", "views")
OTHER_VALUES: Mapping[str, Mapping[str, Sequence[Any]]] = {
    "counter": {
        "dead_band": (0.0, 0.05, 0.12),
        "end_margin": (0.0, 0.3),
        "min_travel": (0.0, 0.6),
        "max_speed": (3.0, 100.0),
        "relink_window_s": (0.0, 1.5, 4.0),
        "relink_distance": (0.25, 0.35, 0.7),
        "relink_turn_distance": (0.1, 0.5),
        "relink_speed": (0.25, 0.5, 1.0),
        "relink_size_ratio": (0.4, 0.8),
        "track_start_window_s": (0.0, 1.6),
        "track_end_depth": (0.0, 1.0),
        "exchange_window_s": (0.0, 1.0),
        "exchange_distance": (0.25, 1.0),
        "exchange_way": (0.02, 0.15),
        "exchange_height_evidence": (0.05, 0.2),
        "parted_window_s": (0.0, 2.0),
        "parted_for_s": (0.3, 1.0),
    },
    "tracker": {
        "high_score": (0.2, 0.4),
        "low_score": (0.06, 0.2),
        "new_score": (0.2, 0.4),
        "match_cost": (0.75, 0.9),
        "low_match_cost": (0.4, 0.7),
        "confirm_hits": (1, 3),
        "confirm_window_s": (0.0, 0.12, 0.5),
        "confirm_overlap": (0.25, 1.1),
        "start_speed": (0.0, 0.5, 1.5),
        "velocity_hits": (2, 8),
        "memory_s": (0.75, 2.5),
        "duplicate_iou": (0.5, 0.7, 0.8),
    },
    "box_height": {"tolerance": (0.1, 0.25, 1.0), "memory_s": (0.75, 3.0)},
}
"""Values to try beside the default. A value that switches a rule off is among them where there is one."""


@dataclass(frozen=True)
class Parameters:
    """The parameters of a run."""

    counter: CounterParameters = field(default_factory=CounterParameters)
    tracker: TrackerParameters = field(default_factory=TrackerParameters)
    box_height: BoxHeightParameters = field(default_factory=BoxHeightParameters)

    def with_value(self, group: str, name: str, value: object) -> Parameters:
        """Return a copy in which one parameter of a group has another value."""
        changed: dict[str, Any] = {group: replace(getattr(self, group), **{name: value})}
        return replace(self, **changed)


class Clips:
    """Labelled clips with their detections. Tracks are kept, because most parameters change the counter only."""

    def __init__(self, folder: Path, detections: Path | None) -> None:
        self._clips = [(clip, detect_clip(clip.path, folder=detections)) for clip in find_labelled_clips(folder)]
        self._tracks: dict[tuple[Any, ...], list[TrackedFrame]] = {}

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the names of all lines."""
        return tuple(name for clip, _ in self._clips for name, _ in clip.truths)

    def crossings(self, lines: Collection[str]) -> int:
        """Return the number of labelled crossings of some lines."""
        truths = (one for clip, _ in self._clips for one in clip.truths)
        return sum(len(truth.crossings) for name, truth in truths if name in lines)

    def wrong(self, lines: Collection[str], parameters: Parameters, every: int) -> int:
        """Return the wrong counts of some lines at a rate."""
        wrong = 0
        for clip, detections in self._clips:
            for name, truth in clip.truths:
                if name in lines:
                    tracks = self._track(clip.path, detections, parameters, every)
                    counted = count_tracks(tracks, detections.size, truth.line, truth.anchor, parameters.counter)
                    score = score_crossings(counted, truth.crossings, truth.tolerance_s)
                    wrong += score.wrong
        return wrong

    def _track(self, clip: Path, detections: ClipDetections, parameters: Parameters, every: int) -> list[TrackedFrame]:
        key = (clip, every, parameters.tracker, parameters.box_height)
        if key not in self._tracks:
            self._tracks[key] = track_detections(
                detections, step=every, tracker=parameters.tracker, box_height=parameters.box_height
            )
        return self._tracks[key]


def lines_of(group: str, clips: Clips) -> tuple[str, ...]:
    """Return the names of the lines of a group."""
    return tuple(name for name in clips.lines if group_of(name) == group)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="labelled clips")
    parser.add_argument("--detections", type=Path, metavar="FOLDER", help="keep the detections here")
    parser.add_argument("--only", nargs="+", default=(), metavar="NAME", help="only these parameters")
    arguments = parser.parse_args()
    clips = Clips(arguments.folder, arguments.detections)
    names = [f"{group} ({clips.crossings(lines_of(group, clips))})" for group in GROUPS]
    print(f"| parameter | value | {' | '.join(names)} |", f"|---|---|{'---|' * len(names)}", sep="\n")
    default = Parameters()
    print(_row("all", "default", clips, default))
    for group, parameters in OTHER_VALUES.items():
        for name, values in parameters.items():
            if arguments.only and name not in arguments.only:
                continue
            for value in values:
                print(
                    _row(f"{group} `{name}`", f"{value:g}", clips, default.with_value(group, name, value)), flush=True
                )


def _row(name: str, value: str, clips: Clips, parameters: Parameters) -> str:
    cells = [
        " / ".join(str(clips.wrong(lines, parameters, every)) for every in RATES)
        for lines in (lines_of(group, clips) for group in GROUPS)
    ]
    return f"| {name} | {value} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
