"""Every threshold of the tracker, with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrackerPolicy:
    """How detections become tracks (Zhang et al., ByteTrack, ECCV 2022; arXiv 2110.06864).

    Attributes:
        high_score: Detections from here on are matched first and may start a track.
        low_score: Detections from here on may continue a track (somebody half hidden); below, they are noise.
        new_score: A detection that starts a track has at least this score.
        match_cost: First association: the largest 1 − IoU × score.
        low_match_cost: Second association, of low detections to tracks that are still unmatched: the largest 1 − IoU.
        confirm_cost: The largest 1 − IoU × score between a new track and the detection that confirms it.
        confirm_hits: Detections until a track counts as a person: one alone may be a flicker.
        memory_s: Seconds for which a track that is not seen is remembered.
        duplicate_iou: Of two detections that overlap more, the weaker is dropped: an NMS-free head answers twice now
            and then, and a second track on one person is a second crossing.
    """

    high_score: float = 0.3
    low_score: float = 0.12
    new_score: float = 0.3
    match_cost: float = 0.85
    low_match_cost: float = 0.55
    confirm_cost: float = 0.8
    confirm_hits: int = 2
    memory_s: float = 1.5
    duplicate_iou: float = 0.8
