"""A change needs two periods that were observed and delivered."""

import pytest

from functions.api.kpi.change import ComparedValue, ObservedValue, compare_values
from functions.api.kpi.coverage import DataQuality
from functions.api.kpi.enums import Note

GOOD = DataQuality(1.0)


def compare(
    value: float | None,
    quality: DataQuality,
    baseline: float | None,
    baseline_quality: DataQuality,
    *,
    withheld: Note | None = None,
) -> ComparedValue:
    """Compare a period whose days all have a counterpart."""
    observed = ObservedValue(value, quality)
    return compare_values(observed, observed, ObservedValue(baseline, baseline_quality), withheld=withheld)


def test_a_change_is_relative_to_its_baseline() -> None:
    assert compare(125, GOOD, 100, GOOD) == ComparedValue(125, 125, 100, 0.25, None)


def test_a_change_is_that_of_the_days_that_have_a_counterpart() -> None:
    whole, comparable, baseline = (ObservedValue(number, GOOD) for number in (300, 280, 280))
    assert compare_values(whole, comparable, baseline) == ComparedValue(300, 280, 280, 0, None)


@pytest.mark.parametrize("baseline", [0, -3])
def test_a_baseline_that_is_not_more_than_zero_gives_no_change(baseline: float) -> None:
    assert compare(110, GOOD, baseline, GOOD) == ComparedValue(110, 110, baseline, None, None)


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
    assert compare(value, quality, baseline, baseline_quality) == ComparedValue(value, value, baseline, None, note)


def test_the_days_that_have_a_counterpart_must_be_observed_too() -> None:
    compared = compare_values(ObservedValue(300, GOOD), ObservedValue(20, DataQuality(0.5)), ObservedValue(280, GOOD))
    assert (compared.change, compared.note) == (None, Note.PARTIALLY_OBSERVED)


def test_one_overdue_quarter_hour_does_not_prevent_a_comparison() -> None:
    assert compare(2, DataQuality(1.0, overdue_s=900), 1, GOOD).change == 1


def test_a_closed_day_is_not_partially_observed() -> None:
    assert compare(0, DataQuality(None), 4, GOOD) == ComparedValue(0, 0, 4, -1, None)


def test_without_a_comparison_there_is_only_the_value() -> None:
    assert compare_values(ObservedValue(3, GOOD)) == ComparedValue(3, None, None, None, None)


def test_a_changed_line_gives_no_change_and_both_numbers() -> None:
    found = compare(125, GOOD, 100, GOOD, withheld=Note.LINE_CHANGED)
    assert found == ComparedValue(125, 125, 100, None, Note.LINE_CHANGED)


def test_a_number_that_is_counted_with_two_lines_says_so_without_a_comparison() -> None:
    found = compare_values(ObservedValue(125, GOOD), withheld=Note.LINE_CHANGED)
    assert found == ComparedValue(125, None, None, None, Note.LINE_CHANGED)


def test_too_little_observation_comes_before_the_changed_line() -> None:
    assert compare(50, DataQuality(0.5), 100, GOOD, withheld=Note.LINE_CHANGED).note is Note.PARTIALLY_OBSERVED
    assert compare(None, GOOD, 100, GOOD, withheld=Note.LINE_CHANGED).note is Note.NOT_OBSERVED
