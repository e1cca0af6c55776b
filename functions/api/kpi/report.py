"""The KPIs of a period of store-days, put together from its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from functions.api.kpi.cells import Cell
from functions.api.kpi.change import Worth
from functions.api.kpi.coverage import counted, coverage, overdue_s
from functions.api.kpi.dwell import Dwell, complete_dwell, dwell_so_far, mean_dwell
from functions.api.kpi.occupancy import Reset, Step, average_occupancy, day_curve, peak_occupancy, person_seconds
from functions.api.kpi.rhythm import Peak, Rate, peak_hour, rates
from functions.api.kpi.words import DwellMethod


@dataclass(frozen=True, slots=True)
class DayCells:
    """A store-day, or as much of it as is asked about.

    ``whole``: it is all there, up to its end. ``complete``: and over, and everything has arrived; only then it is
    reconciled.
    """

    day: date
    cells: tuple[Cell, ...]
    resets: tuple[Reset, ...]
    whole: bool

    @property
    def complete(self) -> bool:
        """Whether its numbers are final."""
        return self.whole and not any(cell.pending for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Report:
    """The KPIs of a period; None where nothing is known. ``worth`` says how well it is known."""

    visitors: int | None
    exits: int | None
    balance: float | None
    dwell: Dwell
    occupancy_average: float | None
    occupancy_peak: float | None
    peak: Peak | None
    rates: Mapping[tuple[int, int], Rate]
    worth: Worth
    steps: tuple[Step, ...]


def report(days: Sequence[DayCells], zone: ZoneInfo, now: datetime) -> Report:
    """The KPIs of the given store-days, in order.

    Dwell and balance are those of the complete days among them; when there is none with visitors, of the day in
    progress.
    """
    curves = [(day, day_curve(day.cells, day.resets, closed=day.complete)) for day in days]
    steps = tuple(step for _, curve in curves for step in curve)
    cells = [cell for day in days for cell in day.cells]
    visitors, exits = counted(cells)
    by_cell = rates(cells, zone)
    complete = [day for day in days if day.complete and any(cell.ins for cell in day.cells)]
    return Report(
        visitors=visitors,
        exits=exits,
        balance=_balance([cell for day in complete for cell in day.cells] or cells),
        dwell=_dwell(complete, steps),
        occupancy_average=average_occupancy(steps),
        occupancy_peak=peak_occupancy(steps) if visitors is not None else None,
        peak=peak_hour(by_cell),
        rates=by_cell,
        worth=Worth(coverage(cells), overdue_s(cells, now)),
        steps=steps,
    )


def _balance(cells: Sequence[Cell]) -> float | None:
    visitors, exits = counted(cells)
    return exits / visitors if visitors and exits is not None else None


def _dwell(complete: Sequence[DayCells], steps: Sequence[Step]) -> Dwell:
    if complete:
        seconds = mean_dwell((sum(cell.ins for cell in day.cells), complete_dwell(day.cells)) for day in complete)
        return Dwell(seconds, DwellMethod.COMPLETE)
    visitors = sum(step.cell.ins for step in steps)
    return Dwell(dwell_so_far(person_seconds(steps), visitors), DwellMethod.SO_FAR)
