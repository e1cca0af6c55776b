"""The score of one line of a clip at one frame rate."""

from __future__ import annotations

from dataclasses import dataclass

from edge_worker.evaluation.label_offset import LabelOffset
from edge_worker.evaluation.score import Score


@dataclass(frozen=True, slots=True)
class LineScore:
    """The score of one line of a clip at one frame rate.

    Attributes:
        name: Name of the truth file, without its suffix.
        every: Every which frame of the clip was used: 1 is the full frame rate, 2 is half of it.
        score: The score.
        moved_s: Seconds that were added to the labels.
        offset: By how much the labels still seem to be early or late; None if they do not.
    """

    name: str
    every: int
    score: Score
    moved_s: float = 0.0
    offset: LabelOffset | None = None
