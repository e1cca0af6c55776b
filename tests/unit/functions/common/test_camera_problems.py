"""What is wrong with a camera, from the last report of its edge worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.common.camera_problems import CameraProblemType, WorkerReport, find_camera_problems

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HEALTHY = WorkerReport(
    last_seen_at=NOW - timedelta(seconds=20),
    picture="ok",
    fps_wanted=10.0,
    fps_reached=9.0,
    track_fragmentation=1.1,
    clock_offset_s=-1.5,
    refused=0,
    lost=0,
    set_aside=0,
    total_in=700,
    total_out=600,
    totals_difference=0,
)


def types(report: WorkerReport) -> list[str]:
    return [problem.type.value for problem in find_camera_problems(report, NOW)]


def test_a_healthy_camera_and_one_that_never_reported_have_no_problem() -> None:
    assert types(HEALTHY) == types(WorkerReport()) == []


MEASURED: list[tuple[dict[str, Any], str]] = [
    ({"picture": "frozen"}, "picture_frozen"),
    ({"picture": "covered"}, "picture_covered"),
    ({"picture": "moved"}, "picture_moved"),
    ({"picture": "damaged"}, "picture_damaged"),
    ({"picture": "people_not_seen"}, "people_not_seen"),
    ({"fps_reached": 7.9}, "slow"),
    ({"fps_reached": 0.0}, "slow"),
    ({"track_fragmentation": 1.31}, "tracks_break_up"),
    ({"clock_offset_s": 5.1}, "clock_off"),
    ({"clock_offset_s": -86_400.0}, "clock_off"),
]
NOT_ARRIVED: list[tuple[dict[str, Any], str]] = [
    ({"refused": 1}, "refused_crossings"),
    ({"lost": 1}, "lost_crossings"),
    ({"set_aside": 1}, "unreadable_crossings"),
    ({"totals_difference": 1, "totals_differ_since": NOW - timedelta(minutes=10)}, "totals_disagree"),
    ({"totals_difference": -1, "totals_differ_since": NOW - timedelta(days=1)}, "totals_disagree"),
    ({"rejected_instance_at": NOW - timedelta(minutes=10)}, "other_instance"),
    ({"copy_seen_at": NOW - timedelta(minutes=10)}, "copied_instance"),
]


@pytest.mark.parametrize(("changes", "problem"), [*MEASURED, *NOT_ARRIVED])
def test_each_problem_has_its_type_and_a_remedy(changes: dict[str, Any], problem: str) -> None:
    [found] = find_camera_problems(replace(HEALTHY, **changes), NOW)
    assert found.type == problem
    assert found.detail.endswith(".")
    assert found.remedy.endswith(".")


@pytest.mark.parametrize(
    ("changes", "facts"),
    [
        ({"fps_reached": 7.9}, {"reached_fps": 7.9, "wanted_fps": 10.0}),
        ({"track_fragmentation": 1.31}, {"tracks_per_crossing": 1.31}),
        ({"clock_offset_s": -6.0}, {"clock_offset_s": -6.0}),
        ({"refused": 3}, {"crossings": 3}),
        ({"lost": 4}, {"crossings": 4}),
        ({"set_aside": 5}, {"crossings": 5}),
        (
            {"total_in": 60, "total_out": 40, "totals_difference": 1, "totals_differ_since": NOW - timedelta(days=1)},
            {"counted": 100, "accounted": 99},
        ),
        ({"picture": "moved"}, {}),
    ],
)
def test_the_numbers_of_a_sentence_are_facts(changes: dict[str, Any], facts: dict[str, float]) -> None:
    [found] = find_camera_problems(replace(HEALTHY, **changes), NOW)
    assert found.facts == facts


def test_every_type_of_problem_is_found() -> None:
    assert {problem for _, problem in [*MEASURED, *NOT_ARRIVED]} == set(CameraProblemType)


@pytest.mark.parametrize(
    "changes",
    [
        {"fps_reached": 8.0},
        {"fps_reached": None},
        {"fps_wanted": None, "fps_reached": 1.0},
        {"track_fragmentation": 1.3},
        {"clock_offset_s": 5.0},
        {"clock_offset_s": None},
        {"picture": None},
        {"totals_difference": 1, "totals_differ_since": NOW - timedelta(minutes=9)},
        {"rejected_instance_at": NOW - timedelta(minutes=11)},
        {"copy_seen_at": NOW - timedelta(minutes=11)},
    ],
)
def test_a_value_within_its_limit_is_no_problem(changes: dict[str, Any]) -> None:
    assert types(replace(HEALTHY, **changes)) == []


def test_of_an_offline_camera_only_crossings_that_did_not_arrive_are_a_problem() -> None:
    measured: dict[str, Any] = {}
    for changes, _ in MEASURED:
        measured |= changes
    offline = replace(HEALTHY, **measured, last_seen_at=NOW - timedelta(minutes=4))
    assert types(offline) == []
    assert types(replace(offline, refused=2)) == ["refused_crossings"]


def test_totals_that_disagree_are_shown_with_both_numbers() -> None:
    since = NOW - timedelta(hours=1)
    [missing] = find_camera_problems(replace(HEALTHY, totals_difference=51, totals_differ_since=since), NOW)
    assert missing.detail == "The edge box has counted 1,300 crossings, but 1,249 are stored, waiting or refused."


def test_a_clock_is_ahead_or_behind() -> None:
    ahead, behind = (
        find_camera_problems(replace(HEALTHY, clock_offset_s=offset), NOW)[0].detail for offset in (3600.4, -7.6)
    )
    assert ahead == "The clock of the edge box is 3,600 s ahead."
    assert behind == "The clock of the edge box is 8 s behind."
