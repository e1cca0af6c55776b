"""Generate plausible visits of one store-day: pure, and the same for the same store and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from functions.api.kpi.window import Window
from local.seed.demo_tenant import DemoStore

Millis = NDArray[np.int64]
"""Ascending times in milliseconds since 1970 UTC."""

_DAY_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHORTEST_S: Final = 40.0
_LONGEST_S: Final = 3 * 3600.0
_DAILY_SPREAD: Final = 0.09
"""Standard deviation of the logarithm of a day's visitors, relative to the mean of its weekday."""
_SEASONAL_AMPLITUDE: Final = 0.08
"""Amplitude of the yearly cycle, relative to the mean."""
_LAST_ENTRY_BEFORE_DAY_END: Final = timedelta(minutes=15)
_OUTAGE_EVERY_DAYS: Final = 23
_OUTAGE: Final = (time(15, 10), time(16, 25))


@dataclass(frozen=True, slots=True)
class Visits:
    """The visits of a store-day; visitor n enters at `entered[n]` and leaves at `left[n]`."""

    entered: Millis
    left: Millis


def store_day(store: DemoStore, day: date) -> Window:
    """Return the store-day in UTC, from `day_start` on that date to the next: 23, 24 or 25 hours."""
    return Window(_utc(store, day, store.day_start), _utc(store, day + timedelta(days=1), store.day_start))


def store_date(store: DemoStore, time: datetime) -> date:
    """Return the date of the store-day that contains a time."""
    local = time.astimezone(ZoneInfo(store.timezone))
    return local.date() if local.time() >= store.day_start else local.date() - timedelta(days=1)


def outage(store: DemoStore, day: date) -> Window | None:
    """Return when nothing was counted that day; None on most days."""
    if not store.visit_pattern.has_outages or day.toordinal() % _OUTAGE_EVERY_DAYS:
        return None
    return Window(*(_utc(store, day, local_time) for local_time in _OUTAGE))


def visits(store: DemoStore, day: date) -> Visits:
    """Return the visits of a store-day: all enter during opening hours and leave before the day ends."""
    random = np.random.default_rng((20260101, store.number, day.toordinal()))
    window = store_day(store, day)
    hours = _hours(window)
    weights = np.array([_weight(store, hour) for hour in hours])
    count = random.poisson(_expected(store, day, random))
    chosen_hours = random.choice(len(hours), size=count, p=weights / weights.sum())
    starts = np.array([hour.timestamp() for hour in hours])
    opens, closes = _entry_limits(store, day, window)
    arrivals = starts[chosen_hours] + random.uniform(0, 3600, count)
    entered = np.sort(arrivals[(arrivals >= opens) & (arrivals < closes - _SHORTEST_S)])
    stays = random.lognormal(np.log(store.visit_pattern.dwell_median_s), store.visit_pattern.dwell_spread, len(entered))
    closing_departures = closes + random.uniform(0, 240, len(entered))
    left = np.minimum(entered + np.clip(stays, _SHORTEST_S, _LONGEST_S), closing_departures)
    return Visits(np.round(entered * 1000).astype(np.int64), np.round(left * 1000).astype(np.int64))


def _utc(store: DemoStore, day: date, local_time: time) -> datetime:
    return datetime.combine(day, local_time, ZoneInfo(store.timezone)).astimezone(UTC)


def _hours(window: Window) -> list[datetime]:
    count = round((window.end - window.start) / timedelta(hours=1))
    return [window.start + timedelta(hours=n) for n in range(count)]


def _weight(store: DemoStore, hour: datetime) -> float:
    local = hour.astimezone(ZoneInfo(store.timezone))
    pattern = store.visit_pattern
    return (pattern.weekend_hours if local.weekday() >= 5 else pattern.weekday_hours)[local.hour]


def _expected(store: DemoStore, day: date, random: np.random.Generator) -> float:
    season = 1 + _SEASONAL_AMPLITUDE * np.sin(2 * np.pi * (day.timetuple().tm_yday / 365 - 0.7))
    return float(store.visit_pattern.daily[day.weekday()] * season * random.lognormal(0, _DAILY_SPREAD))


def _entry_limits(store: DemoStore, day: date, window: Window) -> tuple[float, float]:
    """Return the first and the last entry in seconds since 1970: the opening hours, else most of the store-day."""
    if store.opening_hours is None:
        return window.start.timestamp(), (window.end - _LAST_ENTRY_BEFORE_DAY_END).timestamp()
    ((opens, closes),) = store.opening_hours[_DAY_NAMES[day.weekday()]]
    return (
        _utc(store, day, time.fromisoformat(opens)).timestamp(),
        _utc(store, day, time.fromisoformat(closes)).timestamp(),
    )
