"""Whether all labels of a clip are early or late by the same time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from edge_worker.crossing import Crossing
from edge_worker.evaluation.ground_truth import LabelledCrossing
from edge_worker.evaluation.score import Score, score_crossings

LONGEST_OFFSET_S = 5.0
"""A larger offset is not looked for: in a busy clip, any crossing has others of its direction that far away."""
MIN_GAIN = 3
"""An offset is reported if it makes at least this many more hits. By chance, one or two crossings more fit."""
MIN_GAIN_SHARE = 1.0
"""And at least this share more than there are without it."""
MIN_HIT_SHARE = 0.5
"""And if at least this share of the labelled crossings are hits with it."""


@dataclass(frozen=True, slots=True)
class LabelOffset:
    """What moving all labels by the same time would change.

    Attributes:
        seconds: The time that is added to the labels; positive if they are early.
        hits: How many labelled crossings are hits then.
        hits_as_labelled: How many are hits with the labels as they are.
        labelled: The number of labelled crossings.
        tolerance_s: The largest difference of a hit, in seconds.
    """

    seconds: float
    hits: int
    hits_as_labelled: int
    labelled: int
    tolerance_s: float

    def sentence(self, name: str) -> str:
        """Return one line about it for the line of a name."""
        side = "early" if self.seconds > 0 else "late"
        return (
            f"{name}: the labels seem to be {abs(self.seconds):.1f} s {side}: moved by that, {self.hits} of "
            f"{self.labelled} are counted within {self.tolerance_s:g} s, as they are {self.hits_as_labelled} "
            f"(--offset {self.seconds:.1f} moves them)"
        )


def moved(labelled: Sequence[LabelledCrossing], seconds: float) -> tuple[LabelledCrossing, ...]:
    """Return labelled crossings with a time added to each."""
    return tuple(replace(crossing, t=crossing.t + seconds) for crossing in labelled)


def find_label_offset(
    counted: Sequence[Crossing], labelled: Sequence[LabelledCrossing], tolerance_s: float
) -> LabelOffset | None:
    """Return by how much the labels seem to be early or late; None if moving them does not make clearly more hits.

    Each difference between a counted and a labelled crossing of one direction is tried. That with the most hits, and of
    those the one with the smallest differences, is kept; the offset is the median difference of its hits.

    Args:
        counted: The counted crossings.
        labelled: The labelled crossings.
        tolerance_s: Largest difference in seconds of a hit.
    """
    hits_as_labelled = len(score_crossings(counted, labelled, tolerance_s).hits)
    candidates = {
        round(one.t - label.t, 2)
        for label in labelled
        for one in counted
        if one.direction is label.direction and abs(one.t - label.t) <= LONGEST_OFFSET_S
    }
    scores = [(seconds, score_crossings(counted, moved(labelled, seconds), tolerance_s)) for seconds in candidates]
    seconds, best = min(scores, key=lambda one: (-len(one[1].hits), _differences(one[1]), one[0]), default=(0.0, None))
    if best is None:
        return None
    gain = len(best.hits) - hits_as_labelled
    if gain < max(MIN_GAIN, MIN_GAIN_SHARE * hits_as_labelled) or len(best.hits) < MIN_HIT_SHARE * len(labelled):
        return None
    offset = round(seconds + median(one.t - label.t for label, one in best.hits), 2)
    hits = len(score_crossings(counted, moved(labelled, offset), tolerance_s).hits)
    return LabelOffset(offset, hits, hits_as_labelled, len(labelled), tolerance_s)


def _differences(score: Score) -> float:
    return sum(abs(one.t - label.t) for label, one in score.hits)
