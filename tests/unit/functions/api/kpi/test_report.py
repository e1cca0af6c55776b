"""The KPIs of several store-days together."""

import random
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from functions.api.kpi.occupancy import Reset
from functions.api.kpi.report import DayCells, Report, report
from functions.api.kpi.window import Window
from functions.api.kpi.words import DwellMethod
from tests.unit.functions.api.kpi.visits import (
    DAY,
    LATER,
    Visit,
    at,
    cells_of,
    cells_of_visits,
    slices_of,
    visits,
)

UTC = ZoneInfo("UTC")
TODAY = DAY.start.date()


def day(people: list[Visit], until: float = DAY.seconds) -> DayCells:
    """A day known up to a second of it."""
    whole = until == DAY.seconds
    window = Window(DAY.start, at(until))
    return DayCells(TODAY, tuple(cells_of_visits(people, window, now=LATER if whole else at(until))), (), whole)


def of(*days: DayCells) -> Report:
    return report(days, UTC, LATER)


@given(visits().filter(bool))
def test_one_complete_day_is_what_its_visits_are(people: list[Visit]) -> None:
    found = of(day(people))
    stayed = sum(visit.left - visit.came for visit in people)
    assert (found.visitors, found.exits, found.balance) == (len(people), len(people), 1)
    assert found.dwell.method is DwellMethod.COMPLETE
    assert found.dwell.seconds == pytest.approx(stayed / len(people), abs=1e-6)
    assert found.occupancy_average == pytest.approx(stayed / DAY.seconds, abs=1e-9)
    assert found.worth.coverage == 1


def test_dwell_of_a_week_in_progress_is_that_of_its_complete_days() -> None:
    long, short = [Visit(32_400, 36_000)] * 3, [Visit(32_400, 33_000)]
    found = of(day(long), day(short), day([Visit(3_600, 80_000)], until=7_200))
    assert found.dwell.method is DwellMethod.COMPLETE
    assert found.dwell.seconds == pytest.approx((3 * 3_600 + 600) / 4)
    assert found.visitors == 5
    assert found.balance == 1  # of the complete days: who is inside now has not missed the exit


def test_on_the_first_day_dwell_is_so_far() -> None:
    found = of(day([Visit(3_600, 80_000)], until=7_200))
    assert found.dwell.method is DwellMethod.SO_FAR
    assert found.dwell.seconds == pytest.approx(3_600)
    assert found.balance == 0


def test_balance_tells_which_direction_is_missed() -> None:
    chance = random.Random(5)  # noqa: S311 - a simulation
    people = [Visit(came, came + 900) for came in (chance.uniform(30_000, 60_000) for _ in range(2_000))]
    outs = [visit.left for visit in people if chance.random() < 0.8]
    cells = tuple(cells_of(slices_of([visit.came for visit in people], outs)))
    found = of(DayCells(TODAY, cells, (), whole=True))
    assert found.balance == pytest.approx(0.8, abs=0.03)
    assert found.dwell.seconds == pytest.approx(900, rel=0.35)
    assert found.occupancy_average == pytest.approx(900 * 2_000 / DAY.seconds, rel=0.35)


def test_a_day_of_which_nothing_is_known_has_no_numbers() -> None:
    found = of()
    assert (found.visitors, found.exits, found.balance, found.dwell.seconds) == (None, None, None, None)
    assert (found.occupancy_average, found.occupancy_peak, found.peak) == (None, None, None)


def test_a_correction_by_hand_moves_the_curve_of_its_own_day_only() -> None:
    noon = at(43_200)
    people = [Visit(32_400, 50_000)]
    cells = tuple(cells_of_visits(people, cuts=[noon]))
    corrected = DayCells(TODAY, cells, (Reset(noon, 5),), whole=True)
    found = of(corrected, day(people))
    assert found.occupancy_peak == 5
    after = [step for step in found.steps if step.cell.start >= noon]
    assert after[0].at_start == 5
    assert found.steps[len(cells)].at_start == 0


def test_a_day_that_is_over_but_not_delivered_is_not_reconciled() -> None:
    undelivered = cells_of(slices_of([32_400] * 4, [36_000] * 3), now=DAY.end - timedelta(hours=1))
    found = of(DayCells(TODAY, tuple(undelivered), (), whole=True))
    assert found.dwell.method is DwellMethod.SO_FAR
    assert found.steps[-1].at_end == 1
