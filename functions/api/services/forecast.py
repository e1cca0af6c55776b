"""The rest of today, the next seven days, and the hours of the last seven that were out of the ordinary."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

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
    hours = hours_ahead(found, time, now) if found else []
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
        is_whole = cells[-1].end - cells[0].start == _HOUR  # not in progress, not doubled
        visitors, _ = counted(cells)
        if is_whole and visitors is not None and bucket_state(cells) is BucketState.VALUE:
            observed[key] = visitors
    return observed


def hours_ahead(found: Outlook, time: StoreTime, now: datetime) -> list[ForecastHour]:
    """The open hours of the rest of today and the next seven store-days, the first and the last as far as they go."""
    clock = time.clock
    ahead = Window(now, clock.day(clock.date_of(now) + timedelta(days=DAYS_AHEAD)).end)
    wholes = clock.whole_hours(ahead)
    opened = time.opening.within(Window(wholes[0].start, wholes[-1].end), clock.zone)
    hours = []
    for whole in wholes:
        local = clock.local(whole.start)
        expected = found.of_hour(local.date(), local.hour)
        hour = Window(max(whole.start, ahead.start), min(whole.end, ahead.end))
        open_s = sum(window.overlap_s(hour) for window in opened)
        if expected is None or not open_s:
            continue
        part = expected.part(open_s / sum(window.overlap_s(whole) for window in opened))
        start, end = clock.local(hour.start), clock.local(hour.end)
        hours.append(ForecastHour(start=start, end=end, visitors=part.visitors, low=part.low, high=part.high))
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
                end=clock.local(start.astimezone(UTC) + _HOUR),
                visitors=outlier.visitors,
                expected=expected.visitors,
                low=expected.low,
                high=expected.high,
            )
        )
    return anomalies
