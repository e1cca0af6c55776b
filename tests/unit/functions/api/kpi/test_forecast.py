"""The forecast: exact for weeks that repeat, with intervals that hold, better than last week on real counts."""

import random
from datetime import date, timedelta

import pytest

from benchmarks.pedestrian_counts import load_counts, public_holidays
from functions.api.kpi.forecast import CONFIDENCE, count_observed_weeks, find_anomalies, fit_forecast
from functions.api.kpi.prediction_intervals import backtest
from functions.api.kpi.seasonal_baseline import PUBLIC_HOLIDAY, WEEKS, damped_ratio, fit_baseline

TODAY = date(2026, 11, 18)  # a Wednesday
History = dict[tuple[date, int], int]


def weeks_alike(weeks: int = 13, scale: float = 1.0) -> History:
    """Every week the same: 10 visitors an hour and one more for every weekday."""
    days = (TODAY - timedelta(days=n) for n in range(1, 7 * weeks + 1))
    return {(day, hour): round(scale * (10 * hour + day.weekday())) for day in days for hour in range(9, 20)}


def noisy(weeks: int = 13, seed: int = 3) -> History:
    chance = random.Random(seed)  # noqa: S311 - a simulation
    return {key: max(0, round(chance.gauss(mean, mean**0.5))) for key, mean in weeks_alike(weeks).items()}


def test_weeks_that_repeat_are_forecast_exactly() -> None:
    forecast = fit_forecast(weeks_alike(), TODAY, {}, {})
    assert forecast is not None
    for ahead in range(8):
        day = TODAY + timedelta(days=ahead)
        found = forecast.predict(day, 12)
        assert found is not None
        assert found.visitors == pytest.approx(120 + day.weekday())
        assert found.low <= found.visitors <= found.high


def test_an_hour_of_the_week_that_was_never_open_has_no_forecast() -> None:
    forecast = fit_forecast(weeks_alike(), TODAY, {}, {})
    assert forecast is not None
    assert forecast.predict(TODAY, 3) is None


def test_the_baseline_uses_no_hours_from_its_origin_on() -> None:
    history = weeks_alike()
    with_future = history | {(TODAY + timedelta(days=n), hour): 9999 for n in range(8) for hour in range(24)}
    for ahead in range(8):
        day = TODAY + timedelta(days=ahead)
        expected = fit_baseline(history, TODAY, {}).expected_visitors(day, 12)
        assert fit_baseline(with_future, TODAY, {}).expected_visitors(day, 12) == expected


def test_a_week_that_was_not_observed_is_left_out_instead_of_zero() -> None:
    gone = {TODAY - timedelta(days=n) for n in range(1, 8)}
    history = {key: visitors for key, visitors in weeks_alike().items() if key[0] not in gone}
    assert fit_baseline(history, TODAY, {}).expected_visitors(TODAY, 12) == pytest.approx(122)


def test_older_weeks_weigh_less() -> None:
    history = {(TODAY - timedelta(weeks=week), 12): 100 if week == 1 else 0 for week in range(1, WEEKS + 1)}
    weights = [0.7**week for week in range(WEEKS)]
    model = fit_baseline(history, TODAY, {})
    assert model.expected_visitors(TODAY, 12) == pytest.approx(100 / sum(weights) * model.level)


def test_a_better_last_week_raises_the_expectation_by_half_of_it() -> None:
    history = weeks_alike()
    lifted = {key: 2 * v if key[0] >= TODAY - timedelta(days=7) else v for key, v in history.items()}
    assert fit_baseline(lifted, TODAY, {}).level == pytest.approx(2**0.5, rel=0.01)


def test_a_better_morning_raises_the_rest_of_the_day_only() -> None:
    forecast = fit_forecast(weeks_alike(), TODAY, {hour: 2 * (10 * hour + 2) for hour in range(9, 13)}, {})
    assert forecast is not None
    today, tomorrow = forecast.predict(TODAY, 15), forecast.predict(TODAY + timedelta(days=1), 15)
    assert today is not None
    assert tomorrow is not None
    assert today.visitors == pytest.approx(152 * 2**0.5, rel=0.05)
    assert tomorrow.visitors == pytest.approx(153)


def test_a_ratio_of_few_visitors_is_close_to_one() -> None:
    assert damped_ratio(4, 2) < 1.05 < damped_ratio(400, 200)


@pytest.mark.parametrize("history", [{}, weeks_alike(1), {(TODAY - timedelta(days=1), 12): 4}])
def test_too_little_history_gives_no_forecast(history: History) -> None:
    assert fit_forecast(history, TODAY, {}, {}) is None


@pytest.mark.parametrize(("weeks", "observed"), [([], 0), ([1], 1), ([1, 2, 3], 3), ([1, 12], 2), ([3, 4, 9], 3)])
def test_weeks_that_were_not_observed_are_not_counted(weeks: list[int], observed: int) -> None:
    week_ago = {week: range(7 * week - 6, 7 * week + 1) for week in weeks}
    history = {(TODAY - timedelta(days=n), 12): 5 for days in week_ago.values() for n in days}
    assert count_observed_weeks(history) == observed


def test_only_full_weeks_are_counted() -> None:
    assert count_observed_weeks({(TODAY - timedelta(days=n), 12): 5 for n in range(1, 7)}) == 0
    assert count_observed_weeks({(TODAY - timedelta(days=n), 12): 5 for n in range(1, 21)}) == 2


def test_prediction_intervals_contain_the_promised_share() -> None:
    held = total = 0
    for seed in range(6):
        history = noisy(15, seed)
        origin = TODAY - timedelta(weeks=1)
        forecast = fit_forecast({key: v for key, v in history.items() if key[0] < origin}, origin, {}, {})
        assert forecast is not None
        for (day, hour), visitors in history.items():
            if day >= origin and (found := forecast.predict(day, hour)):
                held += found.low - 0.5 <= visitors <= found.high + 0.5
                total += 1
    assert held / total == pytest.approx(CONFIDENCE, abs=0.06)


def test_an_hour_far_from_its_forecast_is_an_anomaly_and_a_usual_one_is_not() -> None:
    history = noisy()
    yesterday = TODAY - timedelta(days=1)
    assert find_anomalies(history, [yesterday], {}) == []
    history[yesterday, 14] = 20
    found = find_anomalies(history, [yesterday], {})
    assert [(o.day, o.hour, o.visitors) for o in found] == [(yesterday, 14, 20)]
    assert found[0].expected.low > 20


def test_after_identical_weeks_a_chance_deviation_is_no_anomaly() -> None:
    history = weeks_alike()
    yesterday = TODAY - timedelta(days=1)
    history[yesterday, 12] += 20  # of 121: two standard deviations of a Poisson count
    assert find_anomalies(history, [yesterday], {}) == []
    history[yesterday, 12] += 60
    assert [hour.visitors for hour in find_anomalies(history, [yesterday], {})] == [201]


def test_a_few_more_visitors_in_an_empty_hour_are_no_anomaly() -> None:
    history = weeks_alike(scale=0.0)
    history[TODAY - timedelta(days=1), 12] = 9
    assert find_anomalies(history, [TODAY - timedelta(days=1)], {}) == []


STREETS = ("107 Quay Street", "150 K Road", "210 Queen Street", "45 Queen Street", "59 High Street")
ORIGINS = [date(2023, 6, 1) + timedelta(days=67 * n) for n in range(12)]


@pytest.fixture(scope="module")
def auckland() -> dict[str, History]:
    try:
        return load_counts(STREETS, ORIGINS[0] - timedelta(weeks=14), ORIGINS[-1] + timedelta(weeks=2))
    except ModuleNotFoundError as error:
        pytest.skip(str(error))


def recent(history: History, origin: date) -> History:
    return {key: v for key, v in history.items() if origin - timedelta(weeks=14) <= key[0] < origin}


@pytest.mark.slow
def test_on_real_counts_it_beats_the_same_hour_last_week_and_its_intervals_hold(
    auckland: dict[str, History],
) -> None:
    error = naive_error = visitors = held = total = 0.0
    for history in auckland.values():
        for origin in ORIGINS:
            forecast = fit_forecast(recent(history, origin), origin, {}, {})
            assert forecast is not None
            for day in (origin + timedelta(days=n) for n in range(7)):
                for hour in range(24):
                    actual, naive = history.get((day, hour)), history.get((day - timedelta(weeks=1), hour))
                    found = forecast.predict(day, hour)
                    if actual is None or naive is None or found is None:
                        continue
                    error += abs(actual - found.visitors)
                    naive_error += abs(actual - naive)
                    visitors += actual
                    held += found.low - 0.5 <= actual <= found.high + 0.5
                    total += 1
    assert total > 8_000
    assert error / visitors < 0.22
    assert error < 0.88 * naive_error
    assert held / total == pytest.approx(CONFIDENCE, abs=0.05)


@pytest.mark.slow
def test_on_real_counts_the_hours_so_far_improve_the_rest_of_the_day(auckland: dict[str, History]) -> None:
    blind = aware = 0.0
    for history in auckland.values():
        for origin in (ORIGINS[0] + timedelta(days=17 * n) for n in range(40)):
            model = fit_baseline(recent(history, origin), origin, {})
            day = {hour: (history.get((origin, hour)), model.expected_visitors(origin, hour)) for hour in range(24)}
            known = {hour: (v, e) for hour, (v, e) in day.items() if v is not None and e is not None}
            morning = [pair for hour, pair in known.items() if hour < 12]
            factor = damped_ratio(sum(v for v, _ in morning), sum(e for _, e in morning))
            for hour, (visitors, expected) in known.items():
                if hour >= 12:
                    blind += abs(visitors - expected)
                    aware += abs(visitors - expected * factor)
    assert aware < 0.93 * blind


def test_a_backtest_needs_history() -> None:
    assert backtest({}, TODAY, {}) is None


HOLIDAYS = {TODAY - timedelta(days=n): PUBLIC_HOLIDAY for n in (9, 30)}
NEXT_HOLIDAY = TODAY + timedelta(days=2)
"""A Friday."""


def test_special_days_have_no_part_in_what_is_usual() -> None:
    history = weeks_alike()
    disturbed = {key: 900 if key[0] in HOLIDAYS else visitors for key, visitors in history.items()}
    for ahead in range(7):
        day = TODAY + timedelta(days=ahead)
        expected = fit_baseline(history, TODAY, {}).expected_visitors(day, 12)
        assert fit_baseline(disturbed, TODAY, HOLIDAYS).expected_visitors(day, 12) == pytest.approx(expected)


def test_a_public_holiday_is_expected_to_be_like_a_sunday() -> None:
    sundays_alone = {key: 40 if key[0].weekday() == 6 else 100 for key in weeks_alike()}
    baseline = fit_baseline(sundays_alone, TODAY, {NEXT_HOLIDAY: PUBLIC_HOLIDAY})
    assert baseline.expected_visitors(NEXT_HOLIDAY, 12) == pytest.approx(40)
    assert baseline.expected_visitors(NEXT_HOLIDAY + timedelta(days=1), 12) == pytest.approx(100)


def test_a_public_holiday_of_a_store_that_is_closed_on_sundays_is_expected_to_be_like_its_weekday() -> None:
    history = {key: 100 for key in weeks_alike() if key[0].weekday() != 6}
    baseline = fit_baseline(history, TODAY, {NEXT_HOLIDAY: PUBLIC_HOLIDAY})
    assert baseline.expected_visitors(NEXT_HOLIDAY, 12) == pytest.approx(100)


def test_past_days_of_a_kind_move_the_expectation_of_the_next_by_the_damped_ratio() -> None:
    sales = {TODAY - timedelta(days=16): "sale", TODAY + timedelta(days=1): "sale"}
    history = {key: 4_000 if key[0] in sales else 1_000 for key in weeks_alike()}
    baseline = fit_baseline(history, TODAY, sales)
    assert baseline.expected_visitors(TODAY + timedelta(days=1), 12) == pytest.approx(2_000, rel=0.01)
    assert baseline.expected_visitors(TODAY + timedelta(days=2), 12) == pytest.approx(1_000)


def test_a_special_day_has_a_wider_interval_and_is_no_anomaly_for_being_special() -> None:
    history = noisy()
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    plain = fit_forecast(history, TODAY, {}, {})
    special = fit_forecast(history, TODAY, {}, {tomorrow: "sale"})
    assert plain is not None
    assert special is not None
    usual, wide = plain.predict(tomorrow, 14), special.predict(tomorrow, 14)
    assert usual is not None
    assert wide is not None
    assert usual.visitors == wide.visitors
    assert wide.low < usual.low < usual.high < wide.high

    sunday_like = {(yesterday, hour): history[date(2026, 11, 15), hour] for hour in range(9, 20)}
    quiet_sundays = {key: v // 4 if key[0].weekday() == 6 else v for key, v in (history | sunday_like).items()}
    quiet_sundays |= {(yesterday, hour): v // 4 for (_, hour), v in sunday_like.items()}
    assert find_anomalies(quiet_sundays, [yesterday], {}) != []
    assert find_anomalies(quiet_sundays, [yesterday], {yesterday: PUBLIC_HOLIDAY}) == []


@pytest.mark.slow
def test_on_real_counts_public_holidays_are_forecast_better_and_their_intervals_hold(
    auckland: dict[str, History],
) -> None:
    first, last = ORIGINS[0], ORIGINS[-1] + timedelta(weeks=1)
    special = public_holidays(first - timedelta(weeks=14), last)
    error = unaware_error = held = total = 0.0
    for history in auckland.values():
        for day in (day for day in special if first <= day < last):
            origin = day - timedelta(days=3)
            known = recent(history, origin)
            aware, unaware = (fit_forecast(known, origin, {}, days) for days in (special, {}))
            assert aware is not None
            assert unaware is not None
            for hour in range(24):
                actual, found, other = history.get((day, hour)), aware.predict(day, hour), unaware.predict(day, hour)
                if actual is None or found is None or other is None:
                    continue
                error += abs(actual - found.visitors)
                unaware_error += abs(actual - other.visitors)
                held += found.low - 0.5 <= actual <= found.high + 0.5
                total += 1
    assert total > 1_500
    assert error < 0.7 * unaware_error
    assert held / total == pytest.approx(CONFIDENCE, abs=0.08)
