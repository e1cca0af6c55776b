"""The KPIs of a calendar period of several stores, from their store-days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from functions.api.kpi.enums import Period
from functions.api.kpi.period_kpis import compute_period_kpis
from functions.api.kpi.store_day import StoreDayBuckets, compute_day_kpis
from functions.api.schemas.stores import StorePeriod
from functions.api.services.request_window import RequestedPeriod, resolve_period
from functions.api.services.store_days import StoreDaysQuery, get_store_days
from functions.api.services.store_settings import StoreSettings
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StoreSoFar:
    """A store and its store-day in progress.

    Attributes:
        store: the store.
        settings: its settings.
        today: the buckets of the store-day so far; without any when it begins now.
    """

    store: ReadableStore
    settings: StoreSettings
    today: StoreDayBuckets


def get_store_periods(
    connection: Connection, stores: Sequence[StoreSoFar], now: datetime, *, period: Period, day: date | None
) -> list[StorePeriod]:
    """Return the KPIs of each store in the period that contains `day`, or today, up to now.

    Args:
        connection: the connection of the request.
        stores: the stores, each with its store-day in progress.
        now: the current time.
        period: the kind of period.
        day: any store-day of the period; None for today in the zone of each store.

    Raises:
        Invalid: the day is in the future in the zone of a store, or before 2000.
    """
    requested = RequestedPeriod(period, day)
    periods = [resolve_period(requested, each.today.day, each.store.first_weekday)[0] for each in stores]
    queries = [
        StoreDaysQuery(of_store.store, of_store.settings, days.first, min(days.last, of_store.today.day - _DAY))
        for of_store, days in zip(stores, periods, strict=True)
    ]
    found = get_store_days(connection, queries, now)
    answers = []
    for of_store, days, past in zip(stores, periods, found, strict=True):
        clock, today = of_store.settings.clock, of_store.today
        kpis = [store_day.kpis for store_day in past]
        if today.buckets and days.first <= today.day <= days.last:
            kpis.append(compute_day_kpis(today, now))
        combined = compute_period_kpis(kpis)
        end = clock.day_window(days.last).end
        answers.append(
            StorePeriod(
                period=period,
                start=clock.local(clock.start_of(days.first)),
                end=clock.local(end),
                until=clock.local(min(end, now)),
                visitors=combined.visitors,
                exits=combined.exits,
                dwell_s=combined.dwell.seconds,
                occupancy_average=combined.occupancy_average,
                balance=combined.balance,
                coverage=combined.quality.coverage,
            )
        )
    return answers
