"""The rest of today, the next seven days, and the hours of the last seven that were out of the ordinary."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from functions.api.kpi.cells import Cell
from functions.api.kpi.coverage import bucket_state, counted
from functions.api.kpi.forecast import (
    CONFIDENCE,
    LEAST_WEEKS,
    Expected,
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
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

DAYS_AHEAD = 7
DAYS_OF_ANOMALIES = 7

_HOUR = timedelta(hours=1)


def forecast(connection: Connection, store: ReadableStore, now: datetime) -> Forecast:
    """What to expect per open hour, with intervals; empty, and saying why, when the history is too short."""
    time = store_time(store)
    clock = time.clock
    today = clock.local(now).date()
    seen = observe(connection, [Asked(store, time, Window(clock.start_of(history_before(today)), now))], now)[0]
    history = _observed_hours(seen)
    past = {key: visitors for key, visitors in history.items() if key[0] < today}
    found = outlook(past, today, {hour: visitors for (day, hour), visitors in history.items() if day == today})
    ahead = hours_ahead(found, time, now) if found else []
    tomorrow = clock.day(clock.date_of(now)).end
    return Forecast(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=store.timezone,
        confidence=CONFIDENCE,
        history_weeks=weeks_of(past),
        reason=None if found else f"A forecast needs {LEAST_WEEKS} weeks of observed opening hours.",
        rest_of_today=expected_before(tomorrow, ahead) if found else None,
        hours=[_shown(hour, expected, clock) for hour, expected in ahead if expected],
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


def hours_ahead(found: Outlook, time: StoreTime, now: datetime) -> list[tuple[Window, Expected | None]]:
    """The open hours of the rest of today and the next seven store-days, the first and the last as far as they go.

    Each with what is expected of it; None where that hour of the week was never observed.
    """
    clock = time.clock
    ahead = Window(now, clock.day(clock.date_of(now) + timedelta(days=DAYS_AHEAD)).end)
    wholes = clock.whole_hours(ahead)
    opened = time.opening.within(Window(wholes[0].start, wholes[-1].end), clock.zone)
    hours = []
    for whole in wholes:
        hour = Window(max(whole.start, ahead.start), min(whole.end, ahead.end))
        open_s = sum(window.overlap_s(hour) for window in opened)
        if open_s:
            local = clock.local(whole.start)
            expected = found.of_hour(local.date(), local.hour)
            share = open_s / sum(window.overlap_s(whole) for window in opened)
            hours.append((hour, expected.part(share) if expected else None))
    return hours


def expected_before(end: datetime, hours: Sequence[tuple[Window, Expected | None]]) -> float | None:
    """Visitors expected in the hours that begin before ``end``; None when of one of them nothing is known."""
    total = 0.0
    for hour, expected in hours:
        if hour.start < end:
            if expected is None:
                return None
            total += expected.visitors
    return total


def _shown(hour: Window, expected: Expected, clock: StoreClock) -> ForecastHour:
    return ForecastHour(
        start=clock.local(hour.start),
        end=clock.local(hour.end),
        visitors=expected.visitors,
        low=expected.low,
        high=expected.high,
    )


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
