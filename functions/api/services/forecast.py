"""The forecast of the rest of today and the next seven days, and the anomalous hours of the last seven."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.coverage import bucket_state, visitors_and_exits
from functions.api.kpi.enums import BucketState
from functions.api.kpi.forecast import (
    CONFIDENCE,
    MIN_WEEKS,
    ForecastModel,
    Prediction,
    count_observed_weeks,
    find_anomalies,
    first_day_of_history,
    fit_forecast,
)
from functions.api.kpi.seasonal_baseline import PUBLIC_HOLIDAY, SpecialDays
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window
from functions.api.schemas.forecast import Anomaly, Forecast, ForecastHour
from functions.api.schemas.types import StoreId
from functions.api.services.annotations import Annotations, list_annotations
from functions.api.services.footfall_query import FootfallQuery, FootfallResult, query_footfall
from functions.api.services.store_settings import StoreSettings, parse_store_settings
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

DAYS_AHEAD = 7
"""The store-days after today that are forecast."""

ANOMALY_DAYS = 7
"""The days before today that are searched for anomalies."""

_HOUR = timedelta(hours=1)


def get_forecast(connection: Connection, store: ReadableStore, now: datetime) -> Forecast:
    """Return the expected visitors of each open hour, with intervals.

    When the history is too short the forecast has no hours, and `reason` says why.
    """
    settings = parse_store_settings(store)
    clock = settings.clock
    today = clock.local(now).date()
    window = Window(clock.start_of(first_day_of_history(today)), now)
    footfall = query_footfall(connection, [FootfallQuery(store, settings, window)], now)[0]
    observed = _observed_hours(footfall)
    history = {key: visitors for key, visitors in observed.items() if key[0] < today}
    visitors_today = {hour: visitors for (day, hour), visitors in observed.items() if day == today}
    first_day, last_day = first_day_of_history(today), clock.date_of(now) + timedelta(days=DAYS_AHEAD)
    annotations = list_annotations(connection, store, clock, first_day, last_day)
    special_days = _kinds_of_special_days(annotations)
    model = fit_forecast(history, today, visitors_today, special_days)
    hours = predict_open_hours(model, settings, now) if model else []
    end_of_today = clock.day_window(clock.date_of(now)).end
    return Forecast(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=store.timezone,
        confidence=CONFIDENCE,
        history_weeks=count_observed_weeks(history),
        reason=None if model else f"A forecast needs {MIN_WEEKS} weeks of observed opening hours.",
        rest_of_today=expected_before(end_of_today, hours) if model else None,
        hours=[_forecast_hour(hour, prediction, clock, annotations) for hour, prediction in hours if prediction],
        anomalies=_anomalies(history, today, clock, annotations),
        provenance=footfall.provenance,
    )


def _kinds_of_special_days(annotations: Annotations) -> SpecialDays:
    """Return the days with a public holiday or a note. With other opening hours alone, the open hours are as usual."""
    kinds: dict[date, str] = {}
    for _, day in annotations.days:
        if day.public_holiday:
            kinds[day.date] = PUBLIC_HOLIDAY
        elif day.note:
            kinds[day.date] = day.note.casefold()
    return kinds


def _observed_hours(footfall: FootfallResult) -> dict[tuple[date, int], int]:
    """Return the visitors of the wall-clock hours that were open and observed, except hours that occur twice."""
    clock = footfall.query.settings.clock
    hours: dict[tuple[date, int], list[ObservedBucket]] = {}
    for bucket in footfall.buckets:
        local = clock.local(bucket.start)
        hours.setdefault((local.date(), local.hour), []).append(bucket)
    observed = {}
    for key, buckets in hours.items():
        is_whole = buckets[-1].end - buckets[0].start == _HOUR  # not in progress, not doubled
        visitors, _ = visitors_and_exits(buckets)
        if is_whole and visitors is not None and bucket_state(buckets) is BucketState.VALUE:
            observed[key] = visitors
    return observed


def predict_open_hours(
    model: ForecastModel, settings: StoreSettings, now: datetime
) -> list[tuple[Window, Prediction | None]]:
    """Predict the open hours of the rest of today and the next seven store-days.

    Returns:
        The hours in order, each with its prediction, or None where that hour of the week was never observed. The first
        and the last hour are cut at the ends of the forecast.
    """
    clock = settings.clock
    ahead = Window(now, clock.day_window(clock.date_of(now) + timedelta(days=DAYS_AHEAD)).end)
    whole_hours = clock.whole_hours(ahead)
    open_windows = settings.opening_hours.open_windows(Window(whole_hours[0].start, whole_hours[-1].end))
    hours = []
    for whole in whole_hours:
        hour = Window(max(whole.start, ahead.start), min(whole.end, ahead.end))
        open_s = sum(open_window.overlap_s(hour) for open_window in open_windows)
        if open_s:
            local = clock.local(whole.start)
            prediction = model.predict(local.date(), local.hour)
            share = open_s / sum(open_window.overlap_s(whole) for open_window in open_windows)
            hours.append((hour, prediction.scaled(share) if prediction else None))
    return hours


def expected_before(end: datetime, hours: Sequence[tuple[Window, Prediction | None]]) -> float | None:
    """Return the visitors expected in the hours that begin before `end`; None when one of them has no prediction."""
    total = 0.0
    for hour, prediction in hours:
        if hour.start < end:
            if prediction is None:
                return None
            total += prediction.visitors
    return total


def _forecast_hour(hour: Window, prediction: Prediction, clock: StoreClock, annotations: Annotations) -> ForecastHour:
    return ForecastHour(
        start=clock.local(hour.start),
        end=clock.local(hour.end),
        visitors=prediction.visitors,
        low=prediction.low,
        high=prediction.high,
        annotations=annotations.within(hour),
    )


def _anomalies(
    history: dict[tuple[date, int], int], today: date, clock: StoreClock, annotations: Annotations
) -> list[Anomaly]:
    days: Sequence[date] = [today - timedelta(days=days_back) for days_back in range(ANOMALY_DAYS, 0, -1)]
    anomalies = []
    for found in find_anomalies(history, days, _kinds_of_special_days(annotations)):
        start = clock.at_wall_clock(datetime.combine(found.day, time(found.hour)))
        anomalies.append(
            Anomaly(
                start=clock.local(start),
                end=clock.local(start + _HOUR),
                visitors=found.visitors,
                expected=found.expected.visitors,
                low=found.expected.low,
                high=found.expected.high,
                annotations=annotations.within(Window(start, start + _HOUR)),
            )
        )
    return anomalies
