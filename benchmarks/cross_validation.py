"""Cross-validation by scene of the rules that were found on clips: the table of ``docs/accuracy.md``.

``python -m benchmarks.cross_validation FOLDER`` leaves one scene out, chooses the parameters on the others, and scores
the scene that was left out. Every rule starts switched off, so nothing of what was chosen on all scenes is used but the
list of values. The parameters are chosen one after the other, in rounds, until a round changes nothing. A value stays
unless another one is better.

The measure is the wrong counts (missed + extra), summed over full, half and a third of the frame rate.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Mapping, Sequence
from math import inf
from pathlib import Path
from typing import Any

from benchmarks.counting_parameters import Clips, Parameters
from edge_worker.evaluation.report import RATES

SCENES: Mapping[str, Collection[str]] = {
    "stadtmitte": ("stadtmitte_a", "stadtmitte_b"),
    "campus": ("campus_a", "campus_b"),
    "kitti": ("kitti_a", "kitti_b"),
    "doorway": ("doorway_1", "doorway_2", "doorway_6"),
    "plaza": ("plaza",),
    "onebyone": ("onebyone",),
}
"""The lines of each scene, short clips first. Those seen from straight above are left out: hardly anybody is detected
there."""
VALUES: Mapping[tuple[str, str], Sequence[float]] = {
    ("counter", "dead_band"): (0.0, 0.05, 0.08, 0.12),
    ("counter", "relink_window_s"): (0.0, 1.5, 2.5, 4.0),
    ("box_height", "tolerance"): (1.0, 0.1, 0.15, 0.25),
    ("tracker", "duplicate_iou"): (0.8, 0.7, 0.6, 0.5),
    ("tracker", "start_speed"): (0.0, 0.5, 1.0, 1.5),
    ("tracker", "confirm_window_s"): (0.0, 0.12, 0.25, 0.5),
    ("counter", "track_start_window_s"): (0.0, 0.8, 1.6),
    ("counter", "relink_distance"): (0.5, 0.35, 0.7),
    ("counter", "relink_turn_distance"): (0.5, 0.25, 0.1),
    ("counter", "relink_speed"): (0.5, 0.25, 0.75, 1.0),
    ("counter", "exchange_window_s"): (0.0, 1.0, 2.0),
    ("counter", "exchange_distance"): (0.5, 0.25, 1.0),
    ("counter", "exchange_way"): (0.05, 0.02, 0.15),
    ("counter", "exchange_height_evidence"): (0.1, 0.05, 0.2),
    ("counter", "parted_window_s"): (0.0, 1.0, 2.0),
}
"""Values to choose from. The first one is where the choice starts: it switches the rule off, if one does."""
MOST_ROUNDS = 2


class Scenes:
    """The wrong counts of each scene for any parameters, each computed once."""

    def __init__(self, clips: Clips) -> None:
        self._clips = clips
        self._wrong: dict[tuple[str, Parameters], int] = {}

    def crossings(self, scene: str) -> int:
        """Return the number of labelled crossings of a scene."""
        return self._clips.crossings(SCENES[scene])

    def wrong(self, scene: str, parameters: Parameters) -> int:
        """Return the wrong counts of a scene, summed over the rates."""
        key = (scene, parameters)
        if key not in self._wrong:
            self._wrong[key] = sum(self._clips.wrong(SCENES[scene], parameters, every) for every in RATES)
        return self._wrong[key]

    def total(self, names: Collection[str], parameters: Parameters, limit: float) -> int:
        """Return the wrong counts of some scenes, or any number of at least ``limit`` if there are that many."""
        total = 0
        for name in names:
            total += self.wrong(name, parameters)
            if total >= limit:
                break
        return total


def choose(scenes: Scenes, names: Collection[str]) -> Parameters:
    """Return the parameters with the least wrong counts on these scenes, found one parameter at a time."""
    chosen = Parameters()
    for (group, name), values in VALUES.items():
        chosen = chosen.with_value(group, name, values[0])
    for _ in range(MOST_ROUNDS):
        before = chosen
        for (group, name), values in VALUES.items():
            least: float = scenes.total(names, chosen, inf)
            for candidate in [chosen.with_value(group, name, value) for value in values]:
                total = scenes.total(names, candidate, least)
                if total < least:
                    chosen, least = candidate, total
        if chosen == before:
            break
    return chosen


def difference(chosen: Parameters, reference: Parameters) -> str:
    """Return the values that differ from those of a reference."""
    pairs = [
        (name, _value(chosen, group, name))
        for group, name in VALUES
        if _value(chosen, group, name) != _value(reference, group, name)
    ]
    return ", ".join(f"`{name}` {value:g}" for name, value in pairs) or "none"


def _value(parameters: Parameters, group: str, name: str) -> Any:
    return getattr(getattr(parameters, group), name)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="labelled clips")
    parser.add_argument("--detections", type=Path, metavar="FOLDER", help="keep the detections here")
    parser.add_argument("--only", nargs="+", choices=list(SCENES), default=list(SCENES), help="leave out only these")
    arguments = parser.parse_args()
    scenes = Scenes(Clips(arguments.folder, arguments.detections))
    default, off = Parameters(), choose(scenes, ())
    print(
        "| left out | crossings | rules off | chosen on the others | defaults | chosen differs from the defaults in |"
    )
    print("|---|---|---|---|---|---|")
    totals = [0, 0, 0]
    for scene in arguments.only:
        chosen = choose(scenes, [other for other in SCENES if other != scene])
        wrong = [scenes.wrong(scene, one) for one in (off, chosen, default)]
        totals = [total + one for total, one in zip(totals, wrong, strict=True)]
        print(f"| {scene} | {scenes.crossings(scene)} | {_cells(wrong)} | {difference(chosen, default)} |", flush=True)
    print(f"| all | {sum(scenes.crossings(scene) for scene in arguments.only)} | {_cells(totals)} | |")


def _cells(wrong: Sequence[int]) -> str:
    return " | ".join(str(one) for one in wrong)


if __name__ == "__main__":
    main()
