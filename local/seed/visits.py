"""Plausible visits of one store-day: pure arithmetic, the same for the same store and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from functions.api.kpi.window import Window
from local.seed.tenant import StorePlan

Millis = NDArray[np.int64]
"""Moments, in milliseconds since 1970 UTC, ascending."""

_DAY_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHORTEST_S: Final = 40.0
_LONGEST_S: Final = 3 * 3600.0
_DAY_TO_DAY: Final = 0.09
"""Standard deviation of the logarithm of a day's visitors around its weekday's mean."""
_SEASON: Final = 0.08
"""How far the weeks swing around the mean over a year."""
_EMPTY_BEFORE_DAY_END: Final = timedelta(minutes=15)
_OUTAGE_EVERY_DAYS: Final = 23
_OUTAGE: Final = (time(15, 10), time(16, 25))


@dataclass(frozen=True, slots=True)
class Visits:
    """The visits of a store-day; the n-th enters at `entered[n]` and leaves at `left[n]`."""

    entered: Millis
    left: Millis


def store_day(store: StorePlan, day: date) -> Window:
    """From the store's `day_start` on that date to the next, in UTC: 23, 24 or 25 hours."""
    return Window(_utc(store, day, store.day_start), _utc(store, day + timedelta(days=1), store.day_start))


def store_date(store: StorePlan, moment: datetime) -> date:
    """The store-day that a moment belongs to."""
    local = moment.astimezone(ZoneInfo(store.timezone))
    return local.date() if local.time() >= store.day_start else local.date() - timedelta(days=1)


def outage(store: StorePlan, day: date) -> Window | None:
    """When nothing was counted that day; None on most days."""
    if not store.rhythm.has_outages or day.toordinal() % _OUTAGE_EVERY_DAYS:
        return None
    return Window(*(_utc(store, day, moment) for moment in _OUTAGE))


def visits(store: StorePlan, day: date) -> Visits:
    """Everybody who came that store-day: all enter while it is open, and all are out before the day ends."""
    random = np.random.default_rng((20260101, store.number, day.toordinal()))
    span = store_day(store, day)
    hours = _hours(span)
    weights = np.array([_weight(store, hour) for hour in hours])
    count = random.poisson(_expected(store, day, random))
    chosen = random.choice(len(hours), size=count, p=weights / weights.sum())
    starts = np.array([hour.timestamp() for hour in hours])
    opens, closes = _doors(store, day, span)
    wanted = starts[chosen] + random.uniform(0, 3600, count)
    entered = np.sort(wanted[(wanted >= opens) & (wanted < closes - _SHORTEST_S)])
    stays = random.lognormal(np.log(store.rhythm.dwell_median_s), store.rhythm.dwell_spread, len(entered))
    asked_to_leave = closes + random.uniform(0, 240, len(entered))
    left = np.minimum(entered + np.clip(stays, _SHORTEST_S, _LONGEST_S), asked_to_leave)
    return Visits(np.round(entered * 1000).astype(np.int64), np.round(left * 1000).astype(np.int64))


def _utc(store: StorePlan, day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, ZoneInfo(store.timezone)).astimezone(UTC)


def _hours(span: Window) -> list[datetime]:
    count = round((span.end - span.start) / timedelta(hours=1))
    return [span.start + timedelta(hours=n) for n in range(count)]


def _weight(store: StorePlan, hour: datetime) -> float:
    local = hour.astimezone(ZoneInfo(store.timezone))
    rhythm = store.rhythm
    return (rhythm.weekend_hours if local.weekday() >= 5 else rhythm.weekday_hours)[local.hour]


def _expected(store: StorePlan, day: date, random: np.random.Generator) -> float:
    season = 1 + _SEASON * np.sin(2 * np.pi * (day.timetuple().tm_yday / 365 - 0.7))
    return float(store.rhythm.daily[day.weekday()] * season * random.lognormal(0, _DAY_TO_DAY))


def _doors(store: StorePlan, day: date, span: Window) -> tuple[float, float]:
    """When people can enter that day, in seconds since 1970: the opening hours, or else the store-day but its end."""
    if store.opening_hours is None:
        return span.start.timestamp(), (span.end - _EMPTY_BEFORE_DAY_END).timestamp()
    ((opens, closes),) = store.opening_hours[_DAY_NAMES[day.weekday()]]
    return (
        _utc(store, day, time.fromisoformat(opens)).timestamp(),
        _utc(store, day, time.fromisoformat(closes)).timestamp(),
    )
