from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.crossing import Crossing, Direction
from edge_worker.errors import UsageError
from edge_worker.evaluation.ground_truth import LabelledCrossing, read_ground_truth
from edge_worker.evaluation.report import document, table
from edge_worker.evaluation.score import score_crossings


def counted(*crossings: tuple[float, str]) -> list[Crossing]:
    return [Crossing(t, round(t * 10), Direction(name), number) for number, (t, name) in enumerate(crossings, 1)]


def labelled(*crossings: tuple[float, str]) -> list[LabelledCrossing]:
    return [LabelledCrossing(t, Direction(name)) for t, name in crossings]


def test_a_crossing_within_the_tolerance_is_a_hit() -> None:
    result = score_crossings(counted((1.4, "IN")), labelled((1.0, "IN")), 0.5)
    assert (len(result.hits), result.missed, result.extra) == (1, (), ())
    assert result.precision == result.recall == 1


def test_a_crossing_beyond_the_tolerance_is_a_miss_and_an_extra() -> None:
    result = score_crossings(counted((1.6, "IN")), labelled((1.0, "IN")), 0.5)
    assert (len(result.hits), len(result.missed), len(result.extra)) == (0, 1, 1)


def test_the_wrong_direction_is_a_miss_and_an_extra_and_two_people_of_net_error() -> None:
    result = score_crossings(counted((1.0, "OUT")), labelled((1.0, "IN")), 0.5)
    assert (len(result.hits), len(result.missed), len(result.extra)) == (0, 1, 1)
    assert result.net_error == -2


def test_counting_twice_is_one_hit_and_one_extra() -> None:
    result = score_crossings(counted((1.0, "IN"), (1.2, "IN")), labelled((1.1, "IN")), 1.0)
    assert (len(result.hits), len(result.extra)) == (1, 1)
    assert result.precision == 0.5


def test_as_many_pairs_as_possible_are_matched() -> None:
    """Greedy pairing of the closest (1.6 with 1.5) would leave two alone."""
    result = score_crossings(counted((1.6, "IN"), (2.4, "IN")), labelled((0.7, "IN"), (1.5, "IN")), 1.0)
    assert len(result.hits) == 2


def test_nothing_to_find_and_nothing_found_is_perfect() -> None:
    assert score_crossings([], [], 1.0).precision == score_crossings([], [], 1.0).recall == 1


def test_the_table_sums_the_clips() -> None:
    one = score_crossings(counted((1.0, "IN")), labelled((1.0, "IN")), 1.0)
    two = score_crossings(counted((1.0, "IN")), labelled((5.0, "OUT")), 1.0)
    assert table([("a.mp4", one), ("b.mp4", two)]).splitlines()[-1].split()[:4] == ["all", "1", "1", "1"]
    assert document([("a.mp4", one), ("b.mp4", two)])["all"]["net_error"] == 2


def test_a_missing_or_invalid_ground_truth_is_reported(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no ground truth"):
        read_ground_truth(tmp_path / "gone.json")
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(UsageError, match="cannot be read"):
        read_ground_truth(tmp_path / "bad.json")
    (tmp_path / "thin.json").write_text('{"line": [0, 0.5, 1, 0.5]}')
    with pytest.raises(UsageError, match="lacks 'crossings'"):
        read_ground_truth(tmp_path / "thin.json")
