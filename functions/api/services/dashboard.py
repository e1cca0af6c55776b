"""The dashboard of a period of a store."""

from collections.abc import Callable, Iterable
from datetime import datetime

from functions.api.kpi.day_kpis import HourlyRates, StoreDay
from functions.api.kpi.enums import Note
from functions.api.kpi.hourly_rates import HourOfDayRate, find_peak_hour
from functions.api.kpi.period_kpis import PeriodKpis, combine_hourly_rates, compute_period_kpis
from functions.api.kpi.periods import compared_period
from functions.api.repositories.counting_periods import StoreCountingPeriods, list_cameras, list_counting_periods
from functions.api.schemas.dashboard import Comparison, Dashboard, DashboardWindow, HeatmapCell, Kpi, Kpis, PeakHour
from functions.api.schemas.types import StoreId
from functions.api.services.annotations import list_annotations
from functions.api.services.comparison import Baseline, RequestedComparison, compare_kpi, get_baseline
from functions.api.services.dashboard_buckets import build_buckets
from functions.api.services.dashboard_days import get_dashboard_days
from functions.api.services.footfall_query import provenance_of
from functions.api.services.line_changes import CountedWindows, have_lines_changed
from functions.api.services.request_window import RequestedPeriod, resolve_period
from functions.api.services.store_health import get_data_complete_until
from functions.api.services.store_settings import parse_store_settings
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


def get_dashboard(
    connection: Connection,
    store: ReadableStore,
    now: datetime,
    requested: RequestedPeriod,
    comparison: RequestedComparison,
) -> Dashboard:
    """Return the KPIs of a period beside those of the compared one, its buckets and its heatmap.

    Args:
        connection: the connection of the request.
        store: the store.
        now: the current time.
        requested: the period.
        comparison: what to compare it with.

    Raises:
        Invalid: the period is in the future, before 2000 or too long, or its parameters contradict each other.
    """
    settings = parse_store_settings(store)
    clock = settings.clock
    today = clock.date_of(now)
    period, day = resolve_period(requested, today, store.first_weekday)
    window = period.window(clock)
    until = window.until(now).end
    last_day = min(period.last, today)
    compared = compared_period(clock, period, comparison.mode, comparison.match, until)
    complete_until = get_data_complete_until(list_cameras(connection, [store]), clock, now)
    windows = [window, compared.window] if compared else [window]
    counting = list_counting_periods(connection, [(store, each) for each in windows], now).get(
        store.id, StoreCountingPeriods()
    )
    ends = [until, compared.until] if compared else [until]
    counted = [each.until(end) for each, end in zip(windows, ends, strict=True)]
    (line_changed,) = have_lines_changed(connection, [CountedWindows(store, settings, counting, counted)])
    days = get_dashboard_days(connection, store, settings, period, compared, now=now)
    kpis = compute_period_kpis([of_day.kpis for of_day in days.so_far])
    rates = _hourly_rates_of(days.so_far)
    baseline = get_baseline(days.so_far, days.counterparts, compared, settings) if compared else None
    annotations = list_annotations(connection, store, clock, period.first, period.last)
    earlier = set(compared.counterparts.values()) if compared else set()
    return Dashboard(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=clock.zone_on(last_day).key,
        first_weekday=store.first_weekday,
        as_of=clock.local(now),
        capacity=settings.capacity_on(last_day),
        period=period.period,
        interval=period.interval,
        date=day,
        window=DashboardWindow(
            start=clock.local(window.start),
            end=clock.local(window.end),
            until=clock.local(until),
            in_progress=window.start <= now < window.end,
        ),
        compare=Comparison(
            mode=comparison.mode,
            match=comparison.match,
            date=compared.day,
            start=clock.local(compared.window.start),
            end=clock.local(compared.until),
            days=baseline.comparable.days,
            days_left_out=baseline.days_left_out,
            note=Note.LINE_CHANGED if line_changed else None,
            annotations=list_annotations(connection, store, clock, min(earlier), max(earlier)).of(earlier),
        )
        if compared and baseline
        else None,
        data_complete_until=complete_until,
        coverage=kpis.quality.coverage,
        kpis=_kpis(kpis, find_peak_hour(rates), baseline, line_changed=line_changed),
        dwell_method=kpis.dwell.method,
        buckets=build_buckets(period, settings, days, compared, annotations, now=now),
        heatmap=[
            HeatmapCell(
                weekday=weekday,
                hour=hour,
                visitors_per_hour=rate.visitors_per_hour,
                observed_hours=rate.observed_hours,
            )
            for (weekday, hour), rate in rates.items()
        ],
        provenance=provenance_of(counting.origins),
    )


def _kpis(kpis: PeriodKpis, peak_hour: HourOfDayRate | None, baseline: Baseline | None, *, line_changed: bool) -> Kpis:
    def kpi(number_of: Callable[[PeriodKpis], float | None], missing: Note = Note.NOT_OBSERVED) -> Kpi:
        return compare_kpi(kpis, baseline, number_of, missing, line_changed=line_changed)

    def dwell_s(of: PeriodKpis) -> float | None:
        return of.dwell.seconds if of.dwell.method is kpis.dwell.method else None

    baseline_peak_hour = _peak_hour_of(baseline.counterparts) if baseline else None
    return Kpis(
        visitors=kpi(lambda of: of.visitors),
        visitors_per_day=kpi(lambda of: of.visitors_per_day),
        exits=kpi(lambda of: of.exits),
        dwell_s=kpi(dwell_s, Note.NO_EXITS if kpis.visitors else Note.NO_VISITORS),
        occupancy_average=kpi(lambda of: of.occupancy_average),
        occupancy_peak=kpi(lambda of: of.occupancy_peak),
        balance=kpi(lambda of: of.balance, Note.NO_VISITORS),
        unmatched_exits=kpi(lambda of: of.unmatched_exits),
        residual=kpi(lambda of: of.residual, Note.PENDING),
        peak_hour=PeakHour(
            hour=peak_hour.hour if peak_hour else None,
            visitors_per_hour=peak_hour.visitors_per_hour if peak_hour else None,
            baseline_hour=baseline_peak_hour.hour if baseline_peak_hour else None,
            baseline_visitors_per_hour=baseline_peak_hour.visitors_per_hour if baseline_peak_hour else None,
        ),
    )


def _peak_hour_of(days: Iterable[StoreDay]) -> HourOfDayRate | None:
    return find_peak_hour(_hourly_rates_of(days))


def _hourly_rates_of(days: Iterable[StoreDay]) -> HourlyRates:
    return combine_hourly_rates(of_day.hourly_rates or {} for of_day in days)
