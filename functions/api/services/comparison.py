"""The comparison of a period with an earlier one: which days are compared, and when a change is given."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from functions.api.kpi.change import ObservedValue, compare_values
from functions.api.kpi.day_kpis import StoreDay
from functions.api.kpi.enums import CompareMode, MatchMode, Note
from functions.api.kpi.period_kpis import PeriodKpis, compute_period_kpis
from functions.api.kpi.periods import ComparedPeriod
from functions.api.schemas.dashboard import Kpi
from functions.api.services.store_settings import StoreSettings


@dataclass(frozen=True, slots=True)
class RequestedComparison:
    """What a period is compared with.

    Attributes:
        mode: the compared period.
        match: how the days of the two periods are matched.
    """

    mode: CompareMode
    match: MatchMode


@dataclass(frozen=True, slots=True)
class Baseline:
    """The KPIs of the compared days.

    Attributes:
        comparable: the KPIs of the days of the period that are compared with their counterpart.
        kpis: the KPIs of the counterparts.
        counterparts: the counterparts.
        days_left_out: the days with a counterpart that are not compared with it.
    """

    comparable: PeriodKpis
    kpis: PeriodKpis
    counterparts: tuple[StoreDay, ...]
    days_left_out: int

    @property
    def is_left_out(self) -> bool:
        """Whether no day is compared because each one, or its counterpart, has opening hours of a special day."""
        return self.days_left_out > 0 and self.comparable.days == 0


def join_counterparts(
    so_far: Sequence[StoreDay],
    compared: ComparedPeriod,
    earlier: Mapping[date, StoreDay],
    cut: Sequence[StoreDay] | None,
    today: date,
) -> tuple[StoreDay, ...]:
    """Return the counterparts of the days of a period so far, in order.

    Args:
        so_far: the days of the period.
        compared: what they are compared with.
        earlier: the earlier days by date, each as a whole.
        cut: the counterpart of the day in progress up to the same time, empty when none of it has passed; None when
            today is not compared.
        today: the day in progress.
    """
    others = [compared.counterparts[day.kpis.day] for day in so_far if day.kpis.day in compared.counterparts]
    if cut is None:
        return tuple(earlier[other] for other in others if other in earlier)
    whole = [earlier[other] for other in others if other in earlier and other != compared.counterparts[today]]
    return (*whole, *cut)


def get_baseline(
    so_far: Sequence[StoreDay], counterparts: Sequence[StoreDay], compared: ComparedPeriod, settings: StoreSettings
) -> Baseline:
    """Return the KPIs of the compared days: those with the same opening hours of a special day, or both without."""
    pairs = [
        (of_day.kpis.day, compared.counterparts[of_day.kpis.day])
        for of_day in so_far
        if of_day.kpis.day in compared.counterparts
    ]
    fair = {day: other for day, other in pairs if settings.opening_hours.has_same_special_hours(day, other)}
    others = _those_of(counterparts, set(fair.values()))
    return Baseline(
        comparable=compute_period_kpis([of_day.kpis for of_day in _those_of(so_far, fair.keys())]),
        kpis=compute_period_kpis([of_day.kpis for of_day in others]),
        counterparts=others,
        days_left_out=len(pairs) - len(fair),
    )


def _those_of(days: Sequence[StoreDay], dates: Set[date]) -> tuple[StoreDay, ...]:
    return tuple(of_day for of_day in days if of_day.kpis.day in dates)


def compare_kpi(
    kpis: PeriodKpis,
    baseline: Baseline | None,
    number_of: Callable[[PeriodKpis], float | None],
    missing: Note = Note.NOT_OBSERVED,
    *,
    line_changed: bool,
) -> Kpi:
    """Return a number of a period beside that of the compared days.

    Args:
        kpis: the KPIs of the period so far.
        baseline: the KPIs of the compared days; None when nothing is compared.
        number_of: the number.
        missing: the note to give when the number is unknown although visitors were observed.
        line_changed: whether a camera counted with more than one line in the two periods.
    """
    withheld = Note.LINE_CHANGED if line_changed else None
    if baseline and baseline.is_left_out:
        withheld = Note.SPECIAL_DAY
    compared = compare_values(
        ObservedValue(number_of(kpis), kpis.quality),
        ObservedValue(number_of(baseline.comparable), baseline.comparable.quality) if baseline else None,
        ObservedValue(number_of(baseline.kpis), baseline.kpis.quality) if baseline else None,
        Note.NOT_OBSERVED if kpis.visitors is None else missing,
        withheld=withheld,
    )
    return Kpi(
        value=compared.value,
        comparable=compared.comparable,
        baseline=compared.baseline,
        change=compared.change,
        note=compared.note,
    )
