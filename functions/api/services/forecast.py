"""The rest of today, the next seven days, and the hours of the last seven that were out of the ordinary."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from functions.api.kpi.cells import Cell
from functions.api.kpi.coverage import bucket_state, counted
from functions.api.kpi.forecast import (
    CONFIDENCE,
    LEAST_WEEKS,
    Outlook,
    history_before,
    outliers,
    outlook,
    weeks_of,
)
from functions.api.kpi.storetime import StoreClock
from functions.api.kpi.window import Window
from functions.api.kpi.words import BucketState
from functions.api.schemas.forecast import Anomaly, Forecast, ForecastHour
from functions.api.schemas.values import StoreId
from functions.api.services.observation import Asked, Observed, observe
from functions.api.services.settings_of_store import StoreTime, store_time
from functions.common.database import Session
from functions.common.tenancy import ReadableStore

DAYS_AHEAD = 7
DAYS_OF_ANOMALIES = 7

_HOUR = timedelta(hours=1)


def forecast(session: Session, store: ReadableStore, now: datetime) -> Forecast:
    """What to expect per open hour, with intervals; empty, and saying why, when the history is too short."""
    time = store_time(store)
    clock = time.clock
    today = clock.local(now).date()
    seen = observe(session, [Asked(store, time, Window(clock.start_of(history_before(today)), now))], now)[0]
    history = _observed_hours(seen)
    past = {key: visitors for key, visitors in history.items() if key[0] < today}
    found = outlook(past, today, {hour: visitors for (day, hour), visitors in history.items() if day == today})
    hours = _hours(found, time, now) if found else []
    ends = clock.day(clock.date_of(now)).end
    return Forecast(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=store.timezone,
        confidence=CONFIDENCE,
        history_weeks=weeks_of(past),
        reason=None if found else f"A forecast needs {LEAST_WEEKS} weeks of observed opening hours.",
        rest_of_today=sum(hour.visitors for hour in hours if hour.start < ends) if found else None,
        hours=hours,
        anomalies=_anomalies(past, today, clock),
        provenance=seen.provenance,
    )


def _observed_hours(seen: Observed) -> dict[tuple[date, int], int]:
    """Visitors of the hours of the wall clock that were open and observed; an hour that comes twice is left out."""
    clock = seen.asked.time.clock
    hours: dict[tuple[date, int], list[Cell]] = {}
    for cell in seen.cells:
        local = clock.local(cell.start)
        hours.setdefault((local.date(), local.hour), []).append(cell)
    observed = {}
    for key, cells in hours.items():
        is_whole = sum(cell.seconds for cell in cells) == 3600  # not in progress, not doubled
        visitors, _ = counted(cells)
        if is_whole and visitors is not None and bucket_state(cells) is BucketState.VALUE:
            observed[key] = visitors
    return observed


def _hours(found: Outlook, time: StoreTime, now: datetime) -> list[ForecastHour]:
    clock = time.clock
    today = clock.date_of(now)
    ahead = Window(now, clock.day(today + timedelta(days=DAYS_AHEAD)).end)
    opened = time.opening.within(Window(now - _HOUR, ahead.end), clock.zone)
    hours = []
    for hour in clock.hours(ahead):
        local = clock.local(hour.start)
        expected = found.of_hour(local.date(), local.hour)
        open_s = sum(window.overlap_s(hour) for window in opened)
        if expected is None or not open_s:
            continue
        whole = Window(hour.end - _HOUR, hour.end)  # the first hour is in progress
        part = expected.part(open_s / sum(window.overlap_s(whole) for window in opened))
        hours.append(
            ForecastHour(start=local, end=clock.local(hour.end), visitors=part.visitors, low=part.low, high=part.high)
        )
    return hours


def _anomalies(past: dict[tuple[date, int], int], today: date, clock: StoreClock) -> list[Anomaly]:
    days: Sequence[date] = [today - timedelta(days=back) for back in range(DAYS_OF_ANOMALIES, 0, -1)]
    anomalies = []
    for outlier in outliers(past, days):
        start = datetime(outlier.day.year, outlier.day.month, outlier.day.day, outlier.hour, tzinfo=clock.zone)
        expected = outlier.expected
        anomalies.append(
            Anomaly(
                start=start,
                end=start + timedelta(hours=1),
                visitors=outlier.visitors,
                expected=expected.visitors,
                low=expected.low,
                high=expected.high,
            )
        )
    return anomalies
