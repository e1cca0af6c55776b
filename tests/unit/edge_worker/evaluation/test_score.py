from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.crossing import Crossing, Direction
from edge_worker.errors import UsageError
from edge_worker.evaluation.ground_truth import LabelledCrossing, read_ground_truth
from edge_worker.evaluation.line_score import LineScore
from edge_worker.evaluation.report import details, document, intervals, table
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
    lines = [LineScore("a", 1, one), LineScore("b", 1, two)]
    assert table(lines).splitlines()[-1].split()[:5] == ["all", "all", "1", "1", "1"]
    assert document(lines)["all"][0]["net_error"] == 2


def test_each_rate_has_its_own_total_interval_and_details() -> None:
    right = score_crossings(counted((1.0, "IN")), labelled((1.0, "IN")), 1.0)
    wrong = score_crossings([], labelled((1.0, "IN")), 1.0)
    lines = [LineScore(name, every, score) for name in "ab" for every, score in ((1, right), (2, wrong))]
    assert [row.split()[:4] for row in table(lines).splitlines()[-2:]] == [
        ["all", "all", "2", "0"],
        ["all", "1/2", "0", "2"],
    ]
    full, half = intervals(lines)
    assert full.startswith("full rate: 0 wrong of 2, 0.0 per 100 crossings (0.0 to 184.4); recall 100.0% (15.8% to")
    assert half.startswith("half rate: 2 wrong of 2, 100.0 per 100 crossings (12.1 to 361.2); recall 0.0%")
    assert details(lines[1]) == ["a, half rate: missed IN at 1.00 s"]


def test_a_missing_or_invalid_ground_truth_is_reported(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no ground truth"):
        read_ground_truth(tmp_path / "gone.json")
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(UsageError, match="cannot be read"):
        read_ground_truth(tmp_path / "bad.json")
    (tmp_path / "thin.json").write_text('{"line": [0, 0.5, 1, 0.5]}')
    with pytest.raises(UsageError, match="lacks 'crossings'"):
        read_ground_truth(tmp_path / "thin.json")
