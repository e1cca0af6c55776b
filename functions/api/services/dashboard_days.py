"""The store-days of a dashboard: those of its period so far, and those that they are compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from functions.api.kpi.day_kpis import StoreDay
from functions.api.kpi.enums import DashboardInterval
from functions.api.kpi.periods import ComparedPeriod, StoreDays
from functions.api.kpi.store_day import compute_day_kpis, compute_hourly_rates
from functions.api.services.comparison import join_counterparts
from functions.api.services.footfall_query import FootfallQuery, FootfallResult, query_footfall
from functions.api.services.store_days import StoreDaysQuery, get_store_days
from functions.api.services.store_settings import StoreSettings
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class DashboardDays:
    """The store-days of a dashboard.

    Attributes:
        so_far: the store-days of the period that have begun, in order.
        counterparts: the earlier days that those of `so_far` are compared with, in the same order; that of the day in
            progress up to the same time.
        earlier: the earlier days by date, each as a whole.
        footfall: the footfall of the day of a dashboard with buckets of an hour, and of its counterpart if it has one.
    """

    so_far: tuple[StoreDay, ...]
    counterparts: tuple[StoreDay, ...]
    earlier: Mapping[date, StoreDay]
    footfall: tuple[FootfallResult, ...] = ()


def get_dashboard_days(
    connection: Connection,
    store: ReadableStore,
    settings: StoreSettings,
    period: StoreDays,
    compared: ComparedPeriod | None,
    *,
    now: datetime,
) -> DashboardDays:
    """Return the store-days of a period and of the one that it is compared with.

    Args:
        connection: the connection of the request.
        store: the store.
        settings: its settings.
        period: the store-days of the period.
        compared: the earlier days; None when nothing is compared.
        now: the current time.
    """
    if period.interval is DashboardInterval.HOUR:
        return _compute_one_day(connection, store, settings, period.first, compared, now=now)
    queries = [StoreDaysQuery(store, settings, period.first, period.last)]
    today = settings.clock.date_of(now)
    if compared:
        others = compared.counterparts.values()
        queries.append(StoreDaysQuery(store, settings, min(others), max(others)))
        if compared.cut is not None:
            other = compared.counterparts[today]
            queries.append(StoreDaysQuery(store, settings, other, other, until=compared.cut))
    so_far, *others_of = get_store_days(connection, queries, now, with_hourly_rates=True)
    earlier = {day.kpis.day: day for day in others_of[0]} if compared else {}
    cut = others_of[1] if len(others_of) > 1 else None
    counterparts = join_counterparts(so_far, compared, earlier, cut, today) if compared else ()
    return DashboardDays(tuple(so_far), counterparts, earlier)


def _compute_one_day(
    connection: Connection,
    store: ReadableStore,
    settings: StoreSettings,
    day: date,
    compared: ComparedPeriod | None,
    *,
    now: datetime,
) -> DashboardDays:
    clock = settings.clock
    queries = [FootfallQuery(store, settings, clock.day_window(day))]
    if compared:
        split_at = () if compared.cut is None else (compared.cut,)
        queries.append(FootfallQuery(store, settings, compared.window, split_at))
    footfall = query_footfall(connection, queries, now)
    so_far = _days_of(footfall[0], now, now)
    earlier = {other.kpis.day: other for other in _days_of(footfall[1], now, now)} if compared else {}
    counterparts = _days_of(footfall[1], compared.cut or now, now) if compared else ()
    return DashboardDays(so_far, counterparts, earlier, tuple(footfall))


def _days_of(footfall: FootfallResult, until: datetime, now: datetime) -> tuple[StoreDay, ...]:
    clock = footfall.query.settings.clock
    days = footfall.store_days(min(until, footfall.query.window.end))
    return tuple(StoreDay(compute_day_kpis(day, now), compute_hourly_rates(day, clock)) for day in days)
