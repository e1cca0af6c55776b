"""Peak hours count observed time only; changes compare like with like."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from functions.api.kpi.cells import Arrival, Cell, Slice, Watch, make_cells
from functions.api.kpi.change import Compared, Worth, compare
from functions.api.kpi.rhythm import Peak, Rate, peak_hour, rates
from functions.api.kpi.window import QUARTER, Window
from functions.api.kpi.words import Note
from tests.unit.functions.api.kpi.visits import CAMERA

KATHMANDU = ZoneInfo("Asia/Kathmandu")
MONDAY = Window(datetime(2026, 11, 15, 18, 15, tzinfo=UTC), datetime(2026, 11, 16, 18, 15, tzinfo=UTC))
GOOD = Worth(1.0)


def day_of(ins: dict[datetime, int], minutes: dict[datetime, int]) -> list[Cell]:
    return make_cells(
        window=MONDAY,
        cuts=(),
        slices=[Slice(start, start + QUARTER, count) for start, count in ins.items()],
        observed_minutes=minutes,
        watches=[Watch(CAMERA, MONDAY.start - timedelta(days=1), None, MONDAY.end)],
        opened=[MONDAY],
        arrival=Arrival(MONDAY.end, MONDAY.start - timedelta(days=30)),
    )


def quarters(hour: int, minutes: int = 15) -> dict[datetime, int]:
    return {MONDAY.start + timedelta(hours=hour) + i * QUARTER: minutes for i in range(4)}


def test_the_peak_is_per_observed_hour_on_the_wall_clock() -> None:
    # 09:00: 12 visitors in one hour. 10:00: 8 visitors in the half hour that was observed = 16 an hour.
    cells = day_of(
        {MONDAY.start + timedelta(hours=9): 12, MONDAY.start + timedelta(hours=10): 8},
        quarters(9) | dict(list(quarters(10).items())[:2]),
    )
    by_cell = rates(cells, KATHMANDU)
    assert by_cell == {(1, 9): Rate(12, 1.0), (1, 10): Rate(8, 0.5)}
    assert peak_hour(by_cell) == Peak(10, 16.0)


def test_a_moment_of_observation_is_no_peak() -> None:
    cells = day_of(
        {MONDAY.start + timedelta(hours=9): 12, MONDAY.start + timedelta(hours=10): 3},
        quarters(9) | {MONDAY.start + timedelta(hours=10): 1},
    )
    assert peak_hour(rates(cells, KATHMANDU)) == Peak(9, 12.0)


def test_what_was_not_observed_has_no_rate() -> None:
    assert rates(day_of({MONDAY.start: 5}, {}), KATHMANDU) == {}
    assert peak_hour({}) is None


def test_no_visitors_make_no_peak() -> None:
    assert peak_hour(rates(day_of({}, quarters(9)), KATHMANDU)) is None


def test_a_change_is_relative_to_its_baseline() -> None:
    assert compare(125, GOOD, 100, GOOD) == Compared(125, 100, 0.25, None)


def test_a_baseline_of_zero_gives_no_change() -> None:
    assert compare(110, GOOD, 0, GOOD) == Compared(110, 0, None, None)


@pytest.mark.parametrize(
    ("value", "worth", "baseline", "baseline_worth", "note"),
    [
        (None, Worth(0.0), 100, GOOD, Note.NOT_OBSERVED),
        (50, Worth(0.5), 100, GOOD, Note.PARTIALLY_OBSERVED),
        (50, Worth(1.0, overdue_s=7200), 100, GOOD, Note.PENDING),
        (50, GOOD, None, Worth(0.0), Note.BASELINE_NOT_OBSERVED),
        (50, GOOD, 100, Worth(0.4), Note.BASELINE_PARTIALLY_OBSERVED),
        (50, GOOD, 100, Worth(1.0, overdue_s=7200), Note.BASELINE_PARTIALLY_OBSERVED),
    ],
)
def test_unlike_is_not_compared_and_both_numbers_still_stand(
    value: float | None, worth: Worth, baseline: float | None, baseline_worth: Worth, note: Note
) -> None:
    assert compare(value, worth, baseline, baseline_worth) == Compared(value, baseline, None, note)


def test_the_last_quarter_hour_is_always_on_its_way_and_no_reason_not_to_compare() -> None:
    assert compare(2, Worth(1.0, overdue_s=900), 1, GOOD).change == 1


def test_a_day_that_was_closed_is_not_called_badly_observed() -> None:
    assert compare(0, Worth(None), 4, GOOD) == Compared(0, 4, -1, None)


def test_without_a_comparison_there_is_only_the_value() -> None:
    assert compare(3, GOOD) == Compared(3, None, None, None)
