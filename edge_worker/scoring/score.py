"""Hits, misses and extras. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edge_worker.crossing import Crossing, Direction
from edge_worker.scoring.truth import TrueCrossing
from edge_worker.tracking.association import assign


@dataclass(frozen=True, slots=True)
class Score:
    """Counted crossings against true ones.

    Attributes:
        hits: Pairs (true, counted) of one direction within the tolerance.
        missed: True crossings without a counted one.
        extra: Counted crossings without a true one.
    """

    hits: tuple[tuple[TrueCrossing, Crossing], ...]
    missed: tuple[TrueCrossing, ...]
    extra: tuple[Crossing, ...]

    @property
    def recall(self) -> float:
        """Share of the true crossings that were found, 0..1; 1 when there was nothing to find."""
        true = len(self.hits) + len(self.missed)
        return len(self.hits) / true if true else 1.0

    @property
    def precision(self) -> float:
        """Share of the counted crossings that are true, 0..1; 1 when nothing was counted."""
        counted = len(self.hits) + len(self.extra)
        return len(self.hits) / counted if counted else 1.0

    @property
    def net_error(self) -> int:
        """Counted occupancy at the end minus the true one, in people."""
        signs = {Direction.IN: 1, Direction.OUT: -1}
        surplus = sum(signs[crossing.direction] for crossing in self.extra)
        return surplus - sum(signs[crossing.direction] for crossing in self.missed)

    def of(self, direction: Direction) -> Score:
        """The part that concerns one direction."""
        return Score(
            tuple(hit for hit in self.hits if hit[0].direction is direction),
            tuple(crossing for crossing in self.missed if crossing.direction is direction),
            tuple(crossing for crossing in self.extra if crossing.direction is direction),
        )

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.missed + other.missed, self.extra + other.extra)


def score(counted: Sequence[Crossing], true: Sequence[TrueCrossing], tolerance_s: float) -> Score:
    """Pairs crossings of one direction within the tolerance: as many as possible, and of those the closest.

    Each crossing is in one pair at most, so that counting a person twice is a hit and an extra.
    """
    both = [_score_of_direction(counted, true, tolerance_s, direction) for direction in Direction]
    return both[0] + both[1]


def _score_of_direction(
    counted: Sequence[Crossing], true: Sequence[TrueCrossing], tolerance_s: float, direction: Direction
) -> Score:
    found = [crossing for crossing in counted if crossing.direction is direction]
    known = [crossing for crossing in true if crossing.direction is direction]
    apart = np.abs(np.subtract.outer([c.t for c in known], [c.t for c in found])).reshape(len(known), len(found))
    within = apart <= tolerance_s + 1e-9
    # No pair costs more than all differences together, so the number of pairs is maximised first.
    unmatched_cost = 1.0 + len(known) * tolerance_s
    pairs = assign(np.where(within, apart, unmatched_cost + 1.0), unmatched_cost)
    taken_rows, taken_columns = {r for r, _ in pairs}, {c for _, c in pairs}
    return Score(
        tuple((known[r], found[c]) for r, c in pairs),
        tuple(crossing for index, crossing in enumerate(known) if index not in taken_rows),
        tuple(crossing for index, crossing in enumerate(found) if index not in taken_columns),
    )
