"""The buckets of a dashboard: the hours of a day, the store-days of a week or a month."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import date, datetime

from functions.api.kpi import periods
from functions.api.kpi.cells import Cell
from functions.api.kpi.coverage import bucket_state, counted, coverage
from functions.api.kpi.occupancy import Step, average_occupancy, cut_steps
from functions.api.kpi.storetime import StoreClock
from functions.api.kpi.window import Window
from functions.api.kpi.words import Period
from functions.api.schemas.dashboard import Bucket
from functions.api.services.observation import Observed


def make_buckets(
    period: Period, seen: Observed, steps: Sequence[Step], day: date, before: tuple[Observed, date] | None
) -> list[Bucket]:
    """The buckets of the period of ``day``, each with the visitors of its counterpart in the compared period.

    ``steps``: the occupancy curve as far as it is known. ``before``: the compared period and its day; its buckets are
    whole also where the comparison stops at the same moment.
    """
    clock = seen.asked.time.clock
    baseline: dict[Hashable, int | None] = {}
    if before:
        other, other_day = before
        baseline = {
            key: counted(_within(other.cells, place))[0] for key, place in _places(period, clock, other_day).items()
        }
    return [
        _bucket(clock, place, _within(seen.cells, place), cut_steps(steps, place), baseline.get(key))
        for key, place in _places(period, clock, day).items()
    ]


def _places(period: Period, clock: StoreClock, day: date) -> dict[Hashable, Window]:
    """The buckets of a period by what they correspond to in another: hour of the clock, weekday, day of the month."""
    if period is Period.DAY:
        places: dict[Hashable, Window] = {}
        times: Counter[int] = Counter()
        for hour in clock.hours(clock.day(day)):
            on_the_clock = clock.local(hour.start).hour
            places[on_the_clock, times[on_the_clock]] = hour  # an hour can come twice
            times[on_the_clock] += 1
        return places
    days = periods.days_of(period, day)
    return {d.weekday() if period is Period.WEEK else d.day: clock.day(d) for d in days}


def _within(cells: Sequence[Cell], place: Window) -> Sequence[Cell]:
    first = bisect_left(cells, place.start, key=_start)
    return cells[first : bisect_left(cells, place.end, lo=first, key=_start)]


def _start(cell: Cell) -> datetime:
    return cell.start


def _bucket(
    clock: StoreClock, place: Window, cells: Sequence[Cell], steps: Sequence[Step], baseline: int | None
) -> Bucket:
    visitors, exits = counted(cells)
    known = visitors is not None
    return Bucket(
        start=clock.local(place.start),
        end=clock.local(place.end),
        visitors=visitors,
        exits=exits,
        occupancy_average=average_occupancy(steps),
        occupancy_end=max(0.0, steps[-1].at_end) if steps and known else None,
        state=bucket_state(cells),
        coverage=coverage(cells),
        baseline_visitors=baseline,
    )
