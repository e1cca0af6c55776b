"""Labels that are all early or late by the same time are noticed, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from edge_worker.crossing import Crossing, Direction
from edge_worker.evaluation.ground_truth import LabelledCrossing
from edge_worker.evaluation.label_offset import find_label_offset, moved
from edge_worker.evaluation.line_score import LineScore
from edge_worker.evaluation.report import document, offsets
from edge_worker.evaluation.score import score_crossings

TOLERANCE_S = 1.0
TIMES = (11.2, 12.8, 15.7, 20.7, 24.1, 26.5, 33.5, 39.7, 41.3, 50.9)
LABELS = tuple(LabelledCrossing(t, Direction.IN if number % 3 else Direction.OUT) for number, t in enumerate(TIMES))


def counted(labels: tuple[LabelledCrossing, ...], later_s: float, jitter_s: float = 0.0) -> list[Crossing]:
    """The labelled crossings as a counter finds them that dates them later than the labels."""
    random = np.random.default_rng(3)
    times = [one.t + later_s + float(random.uniform(-jitter_s, jitter_s)) for one in labels]
    return [
        Crossing(t, round(10 * t), one.direction, number, number)
        for number, (t, one) in enumerate(zip(times, labels, strict=True), 1)
    ]


@pytest.mark.parametrize("later_s", [2.1, -2.1, 4.5])
def test_labels_that_are_all_early_or_late_are_noticed(later_s: float) -> None:
    found = find_label_offset(counted(LABELS, later_s, jitter_s=0.3), LABELS, TOLERANCE_S)
    assert found is not None
    assert found.seconds == pytest.approx(later_s, abs=0.2)
    assert found.hits == len(LABELS)
    assert found.hits_as_labelled <= 3


def test_the_sentence_says_the_offset_the_hits_and_the_option() -> None:
    found = find_label_offset(counted(LABELS[:8], 2.1), LABELS, TOLERANCE_S)
    assert found is not None
    assert found.sentence("busdark") == (
        "busdark: the labels seem to be 2.1 s early: moved by that, 8 of 10 are counted within 1 s, "
        f"as they are {found.hits_as_labelled} (--offset 2.1 moves them)"
    )
    late = find_label_offset(counted(LABELS, -2.1), LABELS, TOLERANCE_S)
    assert late is not None
    assert "2.1 s late" in late.sentence("busdark")
    assert "(--offset -2.1 moves them)" in late.sentence("busdark")


def test_labels_that_were_moved_are_right() -> None:
    found = find_label_offset(counted(LABELS, 2.1), moved(LABELS, 2.1), TOLERANCE_S)
    assert found is None


@pytest.mark.parametrize("later_s", [0.0, 0.6, -0.9])
def test_labels_within_the_tolerance_are_right(later_s: float) -> None:
    assert find_label_offset(counted(LABELS, later_s), LABELS, TOLERANCE_S) is None


def test_labels_that_are_too_far_away_are_no_offset() -> None:
    assert find_label_offset(counted(LABELS, 40.0), LABELS, TOLERANCE_S) is None


def test_a_counter_that_finds_nobody_or_a_clip_without_labels_shows_no_offset() -> None:
    assert find_label_offset([], LABELS, TOLERANCE_S) is None
    assert find_label_offset(counted(LABELS, 2.1), [], TOLERANCE_S) is None


def test_a_few_crossings_are_not_enough() -> None:
    assert find_label_offset(counted(LABELS[:2], 2.1), LABELS[:2], TOLERANCE_S) is None


def test_crossings_at_random_times_show_no_offset() -> None:
    """As many as were labelled, one in six seconds: some fit with any offset."""
    random = np.random.default_rng(5)
    directions = list(Direction)
    noticed = 0
    for _ in range(200):
        labels = [LabelledCrossing(float(t), directions[random.integers(2)]) for t in random.uniform(0, 60, 10)]
        found = [
            Crossing(float(t), 0, directions[random.integers(2)], n, n)
            for n, t in enumerate(random.uniform(0, 60, 10), 1)
        ]
        noticed += find_label_offset(found, labels, TOLERANCE_S) is not None
    assert noticed <= LIMIT_BY_CHANCE


LIMIT_BY_CHANCE = 10


def test_the_report_says_what_was_added_and_what_is_still_missing() -> None:
    crossings = counted(LABELS, 3.0)
    labels = moved(LABELS, 0.5)
    score = score_crossings(crossings, labels, TOLERANCE_S)
    line = LineScore("a", 1, score, moved_s=0.5, offset=find_label_offset(crossings, labels, TOLERANCE_S))
    added, missing = offsets([line, LineScore("b", 1, score)])
    assert added == "a: +0.5 s were added to the labels"
    assert missing.startswith("a: the labels seem to be 2.5 s early")
    assert document([line])["lines"][0]["labels_moved_s"] == 0.5
    assert document([line])["lines"][0]["label_offset"] == {"seconds": 2.5, "hits": 10}
    assert document([LineScore("b", 1, score)])["lines"][0]["label_offset"] is None
