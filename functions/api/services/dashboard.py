"""A day, a week or a month of a store."""

from dataclasses import dataclass
from datetime import date, datetime

from functions.api.kpi import periods
from functions.api.kpi.change import compare
from functions.api.kpi.periods import ComparedPeriod
from functions.api.kpi.report import Report, report
from functions.api.kpi.storetime import StoreClock
from functions.api.kpi.words import CompareMode, Note, Period
from functions.api.repositories.watches import read_cameras
from functions.api.schemas.dashboard import (
    Comparison,
    Dashboard,
    DashboardWindow,
    HeatmapCell,
    Kpi,
    Kpis,
    PeakHour,
)
from functions.api.schemas.values import StoreId
from functions.api.services.buckets import make_buckets
from functions.api.services.cameras import data_complete_until
from functions.api.services.moments import day_of_request
from functions.api.services.observation import Asked, Observed, observe
from functions.api.services.settings_of_store import store_time
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class Baseline:
    """The compared period, what is known of it, and its KPIs up to the same moment."""

    period: ComparedPeriod
    observed: Observed
    report: Report


def show(
    connection: Connection, store: ReadableStore, now: datetime, *, period: Period, day: date | None, mode: CompareMode
) -> Dashboard:
    """The KPIs of a period beside those of the compared one, its buckets and its rhythm."""
    time = store_time(store)
    clock = time.clock
    day = day_of_request(day, clock.date_of(now))
    window = periods.window_of(clock, period, day)
    until = window.until(now).end
    other = periods.compared(clock, period, day, mode, until)
    asked = [Asked(store, time, window, (until,))]
    asked += [Asked(store, time, other.window, (other.until,))] if other else []
    # Before the figures: a beat that comes in between says of newer ones that they are complete.
    complete_until = data_complete_until(read_cameras(connection, [store]), clock, now)
    seen, *compared = observe(connection, asked, now)
    own = report(seen.days(until), clock.zone, now)
    baseline = Baseline(other, compared[0], report(compared[0].days(other.until), clock.zone, now)) if other else None
    before = (baseline.observed, baseline.period.day) if baseline else None
    return Dashboard(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=store.timezone,
        capacity=store.capacity,
        period=period,
        date=day,
        window=DashboardWindow(
            start=clock.local(window.start),
            end=clock.local(window.end),
            until=clock.local(until),
            in_progress=window.start <= now < window.end,
        ),
        compare=_comparison(mode, baseline, clock),
        data_complete_until=complete_until,
        coverage=own.worth.coverage,
        kpis=_kpis(own, baseline.report if baseline else None),
        dwell_method=own.dwell.method,
        buckets=make_buckets(period, seen, own.steps, day, before),
        heatmap=[
            HeatmapCell(weekday=weekday, hour=hour, visitors_per_hour=rate.per_hour, observed_hours=rate.observed_hours)
            for (weekday, hour), rate in own.rates.items()
        ],
        provenance=seen.provenance,
    )


def _comparison(mode: CompareMode, baseline: Baseline | None, clock: StoreClock) -> Comparison | None:
    if baseline is None:
        return None
    return Comparison(
        mode=mode,
        date=baseline.period.day,
        start=clock.local(baseline.period.window.start),
        end=clock.local(baseline.period.until),
    )


def _kpis(own: Report, base: Report | None) -> Kpis:
    worth = base.worth if base else None

    def kpi(value: float | None, baseline: float | None, missing: Note = Note.NOT_OBSERVED) -> Kpi:
        missing = Note.NOT_OBSERVED if own.visitors is None else missing
        found = compare(value, own.worth, baseline, worth, missing)
        return Kpi(value=found.value, baseline=found.baseline, change=found.change, note=found.note)

    no_dwell = Note.NO_EXITS if own.visitors else Note.NO_VISITORS
    comparable = base is not None and base.dwell.method is own.dwell.method
    return Kpis(
        visitors=kpi(own.visitors, base.visitors if base else None),
        exits=kpi(own.exits, base.exits if base else None),
        dwell_s=kpi(own.dwell.seconds, base.dwell.seconds if base and comparable else None, no_dwell),
        occupancy_average=kpi(own.occupancy_average, base.occupancy_average if base else None),
        occupancy_peak=kpi(own.occupancy_peak, base.occupancy_peak if base else None),
        balance=kpi(own.balance, base.balance if base else None, Note.NO_VISITORS),
        peak_hour=PeakHour(
            hour=own.peak.hour if own.peak else None,
            visitors_per_hour=own.peak.per_hour if own.peak else None,
            baseline_hour=base.peak.hour if base and base.peak else None,
            baseline_visitors_per_hour=base.peak.per_hour if base and base.peak else None,
        ),
    )
