"""Wrong counts on the labelled clips at full, half and a third of the frame rate, beside those of peers.

The detector sees each clip once. Its detections are counted for every line and every rate, also with the trackers of
Ultralytics (`tracker_peers`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.row import Row, at_most, figure, missing
from benchmarks.tracker_peers import TRACKERS, track_with_ultralytics
from edge_worker.benchmark.child_process import run_measurement
from edge_worker.evaluation.ground_truth import TRUTH_SUFFIX
from edge_worker.evaluation.labelled_clips import find_labelled_clips
from edge_worker.evaluation.recorded_detections import detect_clip
from edge_worker.evaluation.replay import count_tracks, track_detections
from edge_worker.evaluation.report import RATES
from edge_worker.evaluation.score import LineScore, score_crossings, total_score

FULL = os.environ.get("BENCH") == "full"
OVERHEAD = ("busdoor_2", "busdark")
"""Lines seen from straight above, which a detector trained on COCO hardly knows."""
CLIPS = ("doorway_1", "doorway_2", "doorway_6", "plaza")
"""The lines on which the parameters were chosen first."""
GROUPS = ("clips", "views", "overhead")
LIMITS = {("clips", 1): 0, ("views", 1): 2, ("views", 2): 3, ("views", 3): 4}
"""Largest number of wrong counts of a group of lines, per rate."""


def group_of(name: str) -> str:
    """Return the group of a line by the name of its truth file: ``clips``, ``views`` (ordinary) or ``overhead``."""
    return "clips" if name in CLIPS else "overhead" if name in OVERHEAD else "views"


def rows(clips: Path) -> list[Row]:
    """Return the wrong counts of all labelled clips in a folder and below it."""
    scores: list[LineScore] = []
    trackers: dict[str, list[LineScore]] = {name: [] for name in TRACKERS}
    peers = {(name, every): 0 for name in ("object_counter", "line_zone") for every in RATES}
    for clip in find_labelled_clips(clips):
        print(f"benchmarks: count {clip.path.name}", file=sys.stderr, flush=True)
        detections = detect_clip(clip.path)
        tracks = {every: track_detections(detections, step=every) for every in RATES}
        for tracker, tracker_scores in trackers.items():
            for every in RATES:
                peer_tracks = track_with_ultralytics(detections, tracker, every)
                for name, truth in clip.truths:
                    counted = count_tracks(peer_tracks, detections.size, truth.line, truth.anchor)
                    score = score_crossings(counted, truth.crossings, truth.tolerance_s)
                    tracker_scores.append(LineScore(name, every, score))
        for name, truth in clip.truths:
            for every in RATES:
                counted = count_tracks(tracks[every], detections.size, truth.line, truth.anchor)
                scores.append(LineScore(name, every, score_crossings(counted, truth.crossings, truth.tolerance_s)))
            ins = sum(crossing.direction == "IN" for crossing in truth.crossings)
            for peer, every in peers if FULL else ():
                file = clip.path.with_name(name + TRUTH_SUFFIX)
                answer = run_measurement("benchmarks.edge_peers", peer, str(file), "0", str(every)).answer
                wrong = abs(int(answer["in"]) - ins) + abs(int(answer["out"]) - (len(truth.crossings) - ins))
                peers[peer, every] += wrong
    return [
        *_wrong_counts("edge", scores, LIMITS),
        *(row for name, peer in trackers.items() for row in _wrong_counts(f"edge_{name}", peer, {})),
        *(
            figure(f"edge_{peer}_wrong_{every}", wrong, "", f"|counted − true|, IN and OUT apart; {RATES[every]}")
            if FULL
            else missing(f"edge_{peer}_wrong_{every}", "", "slow peers count whole clips only with BENCH=full")
            for (peer, every), wrong in peers.items()
        ),
    ]


def _wrong_counts(prefix: str, scores: Sequence[LineScore], limits: Mapping[tuple[str, int], int]) -> list[Row]:
    """Return a row per rate for each group of lines."""
    found = []
    for name in GROUPS:
        group = [one for one in scores if group_of(one.name) == name]
        for every, rate in RATES.items():
            score = total_score([one.score for one in group if one.every == every])
            wrong = len(score.missed) + len(score.extra)
            note = f"{len(score.missed)} missed, {len(score.extra)} extra of {score.labelled}; {rate}"
            limit = limits.get((name, every))
            metric = f"{prefix}_{name}_wrong_{every}"
            found.append(figure(metric, wrong, "", note) if limit is None else at_most(metric, wrong, limit, "", note))
    return found
