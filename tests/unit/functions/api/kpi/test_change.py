"""A change needs two periods that were observed and delivered."""

import pytest

from functions.api.kpi.change import ComparedValue, compare_values
from functions.api.kpi.coverage import DataQuality
from functions.api.kpi.enums import Note

GOOD = DataQuality(1.0)


def test_a_change_is_relative_to_its_baseline() -> None:
    assert compare_values(125, GOOD, 100, GOOD) == ComparedValue(125, 100, 0.25, None)


def test_a_baseline_of_zero_gives_no_change() -> None:
    assert compare_values(110, GOOD, 0, GOOD) == ComparedValue(110, 0, None, None)


@pytest.mark.parametrize(
    ("value", "quality", "baseline", "baseline_quality", "note"),
    [
        (None, DataQuality(0.0), 100, GOOD, Note.NOT_OBSERVED),
        (50, DataQuality(0.5), 100, GOOD, Note.PARTIALLY_OBSERVED),
        (50, DataQuality(1.0, overdue_s=7200), 100, GOOD, Note.PENDING),
        (50, GOOD, None, DataQuality(0.0), Note.BASELINE_NOT_OBSERVED),
        (50, GOOD, 100, DataQuality(0.4), Note.BASELINE_PARTIALLY_OBSERVED),
        (50, GOOD, 100, DataQuality(1.0, overdue_s=7200), Note.BASELINE_PARTIALLY_OBSERVED),
    ],
)
def test_without_enough_data_there_is_no_change_and_both_numbers_are_given(
    value: float | None, quality: DataQuality, baseline: float | None, baseline_quality: DataQuality, note: Note
) -> None:
    assert compare_values(value, quality, baseline, baseline_quality) == ComparedValue(value, baseline, None, note)


def test_one_overdue_quarter_hour_does_not_prevent_a_comparison() -> None:
    assert compare_values(2, DataQuality(1.0, overdue_s=900), 1, GOOD).change == 1


def test_a_closed_day_is_not_partially_observed() -> None:
    assert compare_values(0, DataQuality(None), 4, GOOD) == ComparedValue(0, 4, -1, None)


def test_without_a_comparison_there_is_only_the_value() -> None:
    assert compare_values(3, GOOD) == ComparedValue(3, None, None, None)


def test_a_changed_line_gives_no_change_and_both_numbers() -> None:
    found = compare_values(125, GOOD, 100, GOOD, line_changed=True)
    assert found == ComparedValue(125, 100, None, Note.LINE_CHANGED)


def test_a_number_that_is_counted_with_two_lines_says_so_without_a_comparison() -> None:
    assert compare_values(125, GOOD, line_changed=True) == ComparedValue(125, None, None, Note.LINE_CHANGED)


def test_too_little_observation_comes_before_the_changed_line() -> None:
    assert compare_values(50, DataQuality(0.5), 100, GOOD, line_changed=True).note is Note.PARTIALLY_OBSERVED
    assert compare_values(None, GOOD, 100, GOOD, line_changed=True).note is Note.NOT_OBSERVED
