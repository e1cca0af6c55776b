"""Matching of counted crossings to labelled ones: hits, missed and extra crossings. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edge_worker.crossing import Crossing, Direction
from edge_worker.evaluation.ground_truth import LabelledCrossing
from edge_worker.tracking.association import assign


@dataclass(frozen=True, slots=True)
class Score:
    """Counted crossings compared with labelled ones.

    Attributes:
        hits: Pairs (labelled, counted) of one direction within the tolerance.
        missed: Labelled crossings without a counted one.
        extra: Counted crossings without a labelled one.
    """

    hits: tuple[tuple[LabelledCrossing, Crossing], ...]
    missed: tuple[LabelledCrossing, ...]
    extra: tuple[Crossing, ...]

    @property
    def labelled(self) -> int:
        """Return the number of labelled crossings."""
        return len(self.hits) + len(self.missed)

    @property
    def wrong(self) -> int:
        """Return the number of wrong counts: missed and extra crossings."""
        return len(self.missed) + len(self.extra)

    @property
    def recall(self) -> float:
        """Return the share 0..1 of the labelled crossings that were counted; 1 if there are none."""
        return len(self.hits) / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        """Return the share 0..1 of the counted crossings that are labelled; 1 if there are none."""
        counted = len(self.hits) + len(self.extra)
        return len(self.hits) / counted if counted else 1.0

    @property
    def net_error(self) -> int:
        """Return the counted occupancy at the end minus the labelled one, in people."""
        signs = {Direction.IN: 1, Direction.OUT: -1}
        surplus = sum(signs[crossing.direction] for crossing in self.extra)
        return surplus - sum(signs[crossing.direction] for crossing in self.missed)

    def of_direction(self, direction: Direction) -> Score:
        """Return the score of one direction."""
        return Score(
            tuple(hit for hit in self.hits if hit[0].direction is direction),
            tuple(crossing for crossing in self.missed if crossing.direction is direction),
            tuple(crossing for crossing in self.extra if crossing.direction is direction),
        )

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.missed + other.missed, self.extra + other.extra)


def score_crossings(counted: Sequence[Crossing], labelled: Sequence[LabelledCrossing], tolerance_s: float) -> Score:
    """Match crossings of the same direction within the tolerance: as many as possible, and of those the closest.

    Each crossing is in at most one pair, so a person who is counted twice is one hit and one extra crossing.

    Args:
        counted: The counted crossings.
        labelled: The labelled crossings.
        tolerance_s: Largest difference in seconds.
    """
    scores = [_score_direction(counted, labelled, tolerance_s, direction) for direction in Direction]
    return scores[0] + scores[1]


def total_score(scores: Sequence[Score]) -> Score:
    """Return the score of several clips together."""
    return sum(scores, Score((), (), ()))


def _score_direction(
    counted: Sequence[Crossing], labelled: Sequence[LabelledCrossing], tolerance_s: float, direction: Direction
) -> Score:
    found = [crossing for crossing in counted if crossing.direction is direction]
    known = [crossing for crossing in labelled if crossing.direction is direction]
    difference_s = np.abs(np.subtract.outer([c.t for c in known], [c.t for c in found])).reshape(len(known), len(found))
    is_match = difference_s <= tolerance_s + 1e-9
    # One unmatched crossing costs more than all differences together, so the number of pairs is maximised first.
    limit = 1.0 + len(known) * tolerance_s
    pairs = assign(np.where(is_match, difference_s, limit + 1.0), limit)
    matched_known, matched_found = {k for k, _ in pairs}, {f for _, f in pairs}
    return Score(
        tuple((known[k], found[f]) for k, f in pairs),
        tuple(crossing for index, crossing in enumerate(known) if index not in matched_known),
        tuple(crossing for index, crossing in enumerate(found) if index not in matched_found),
    )
