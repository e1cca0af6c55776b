"""GET /dashboard: the days and buckets of a period, and what it is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import psycopg
import pytest
from starlette.testclient import TestClient

from functions.api.params import get_now
from functions.common.app import Application
from tests.integration.functions.api.conftest import NOON
from tests.integration.functions.api.store_fixture import HOUR, Aggregates, CreateStore, StoreFixture, by_hour, kpi
from tests.signing import Issuer


def test_a_day_in_progress_is_compared_with_last_week_up_to_the_same_time(create_store: CreateStore) -> None:
    store = create_store()  # Wednesday 12:07:30
    week = timedelta(days=7)
    store.add_observed_minutes(store.now - timedelta(days=8), store.now)
    second = timedelta(seconds=1)
    store.add_crossings(ins=[store.now - 3 * HOUR] * 3)
    before = store.now - week
    store.add_crossings(ins=[before - 3 * HOUR, before - second, before, before + second, before + 3 * HOUR])
    shown = store.dashboard()
    assert shown["window"]["in_progress"]
    assert shown["compare"] == {
        "mode": "previous",
        "match": "weekday",
        "date": "2026-11-11",
        "start": "2026-11-11T00:00:00Z",
        "end": "2026-11-11T12:07:30Z",
        "days": 1,
        "days_left_out": 0,
        "note": None,
        "annotations": [],
    }
    assert kpi(shown, "visitors") == (3, 2, 0.5)
    assert by_hour(shown)["15:00"]["baseline_visitors"] == 1  # the chart shows the whole of it
    assert by_hour(shown)["12:00"]["baseline_visitors"] == 3


def test_weeks_months_and_years_have_their_baseline(create_store: CreateStore) -> None:
    store = create_store(camera=False)
    store.camera_id = store.add_camera(origin="generated")
    store.add_observed_minutes(store.local(2026, 10, 1), store.local(2026, 10, 3))
    store.add_observed_minutes(store.local(2025, 11, 1), store.local(2025, 11, 2))
    store.add_crossings(ins=[store.local(2026, 10, 2, 12), store.local(2025, 11, 1, 12)])
    month = store.dashboard(period="month", date="2026-11-05", match="date")
    assert (month["compare"]["start"], month["compare"]["end"]) == ("2026-10-01T00:00:00Z", "2026-10-18T12:07:30Z")
    assert kpi(month, "visitors")[1] == 1
    assert len(month["buckets"]) == 30
    assert month["provenance"]["generated"]
    by_weekday = store.dashboard(period="month", date="2026-11-05")
    assert by_weekday["compare"]["end"] == "2026-10-21T12:07:30Z"  # the third Wednesday
    year = store.dashboard(period="month", date="2026-11-05", compare="year", match="date")
    assert year["compare"]["start"] == "2025-11-01T00:00:00Z"
    assert year["buckets"][0]["baseline_visitors"] == 1
    assert store.dashboard(period="month", date="2026-11-05", compare="year")["buckets"][6]["baseline_visitors"] == 1
    week = store.dashboard(period="week", date="2026-11-18", compare="year")
    assert (week["window"]["start"], week["compare"]["start"]) == ("2026-11-16T00:00:00Z", "2025-11-17T00:00:00Z")


@pytest.fixture(scope="module")
def steady(app: Application, database_url: str, issuer: Issuer) -> Iterator[StoreFixture]:
    """A store whose weeks are all alike: an hour a day with 10 visitors, on Saturdays 30; open at noon."""
    every_day = {day: [["12:00", "13:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    with (
        TestClient(app, raise_server_exceptions=False) as client,
        psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as connection,
    ):
        store = StoreFixture(client, Aggregates(connection), issuer, NOON, {"opening_hours": every_day})
        ins = []
        for first, days in ((date(2026, 7, 1), 141), (date(2025, 8, 1), 31)):
            for day in (first + timedelta(days=n) for n in range(days)):
                noon = store.local(day.year, day.month, day.day, 12)
                store.add_late_minutes(noon, noon + HOUR)
                visitors = 30 if day.weekday() == 5 else 10
                ins += [noon + HOUR * n / visitors for n in range(visitors)]
        store.add_late_crossings(ins=ins)
        store.refresh_aggregates(store.local(2025, 8, 1), store.now)
        store.add_crossings()
        yield store


@pytest.fixture
def steady_store(steady: StoreFixture, app: Application) -> Iterator[StoreFixture]:
    """The store of all tests of this module that only read it, at its time."""
    app.dependency_overrides[get_now] = lambda: steady.now
    yield steady
    app.dependency_overrides.clear()


def test_a_month_of_a_store_whose_weeks_are_all_alike_does_not_change(steady_store: StoreFixture) -> None:
    # August 2026 has five Saturdays, July four; August 2025 had five.
    for compare in ("previous", "year"):
        august = steady_store.dashboard(period="month", date="2026-08-31", compare=compare)
        assert august["kpis"]["visitors"]["value"] == 31 * 10 + 5 * 20
        assert august["kpis"]["visitors"]["change"] == august["kpis"]["visitors_per_day"]["change"] == 0
        assert august["kpis"]["visitors"]["comparable"] == august["kpis"]["visitors"]["baseline"]
        assert all(bucket["baseline_visitors"] in {bucket["visitors"], None} for bucket in august["buckets"])
    by_date = steady_store.dashboard(period="month", date="2026-08-31", match="date")
    assert by_date["kpis"]["visitors"]["change"] == pytest.approx(20 / 390)
    in_progress = steady_store.dashboard(period="month", compare="previous")["kpis"]["visitors"]
    assert (in_progress["change"], in_progress["note"]) == (0, None)


@pytest.mark.parametrize(
    ("query", "window", "buckets", "comparison"),
    [
        ({"period": "last7", "date": "2026-11-16"}, ("2026-11-10", 7), ("day", 7), ("2026-11-03", None)),
        ({"period": "last28", "date": "2026-11-16"}, ("2026-10-20", 28), ("day", 28), ("2026-09-22", None)),
        ({"period": "quarter"}, ("2026-10-01", 92), ("week", 14), ("2026-07-01", None)),
        (
            {"period": "quarter", "date": "2026-08-31"},
            ("2026-07-01", 92),
            ("week", 14),
            ("2026-04-01", "baseline_not_observed"),
        ),
        (
            {"period": "year", "date": "2026-08-31"},
            ("2026-01-01", 365),
            ("month", 12),
            ("2025-01-01", "partially_observed"),
        ),
        ({"from": "2026-11-06", "to": "2026-11-09"}, ("2026-11-06", 3), ("day", 3), ("2026-10-30", None)),
        ({"from": "2026-11-07", "to": "2026-11-08"}, ("2026-11-07", 1), ("hour", 24), ("2026-10-31", None)),
        ({"from": "2026-09-16", "to": "2026-11-18"}, ("2026-09-16", 63), ("week", 10), ("2026-07-15", None)),
        (
            {"period": "range", "from": "2026-08-01", "to": "2026-11-01"},
            ("2026-08-01", 92),
            ("week", 14),
            ("2026-04-25", "baseline_partially_observed"),
        ),
    ],
)
def test_a_period_is_its_store_days_and_buckets(
    steady_store: StoreFixture,
    query: dict[str, str],
    window: tuple[str, int],
    buckets: tuple[str, int],
    comparison: tuple[str, str | None],
) -> None:
    shown = steady_store.dashboard(**query)
    start, days = window
    assert shown["period"] == query.get("period", "range")
    assert shown["window"]["start"] == f"{start}T00:00:00Z"
    end = datetime.fromisoformat(shown["window"]["end"])
    assert end - datetime.fromisoformat(shown["window"]["start"]) == timedelta(days=days)
    assert (shown["interval"], len(shown["buckets"])) == buckets
    counted = [bucket["visitors"] for bucket in shown["buckets"] if bucket["visitors"] is not None]
    assert sum(counted) == shown["kpis"]["visitors"]["value"]
    baseline, note = comparison
    assert shown["compare"]["start"] == f"{baseline}T00:00:00Z"
    visitors = shown["kpis"]["visitors"]
    assert (visitors["change"], visitors["note"]) == (None if note else 0, note)


def test_a_weekend_is_compared_with_the_weekend_before(steady_store: StoreFixture) -> None:
    shown = steady_store.dashboard(**{"from": "2026-11-07", "to": "2026-11-09"})
    assert shown["compare"]["start"] == "2026-10-31T00:00:00Z"
    assert kpi(shown, "visitors") == (40, 40, 0)
    assert kpi(shown, "visitors_per_day") == (20, 20, 0)
    assert shown["compare"]["days"] == 2


def test_a_comparison_whose_baseline_is_thinly_observed_is_withheld(create_store: CreateStore) -> None:
    store = create_store(camera=False)
    installed_at = store.local(2026, 9, 28)  # the camera has counted on three days of September
    store.camera_id = store.add_camera(created_at=installed_at)
    store.add_observed_minutes(installed_at, store.local(2026, 11, 1))
    days = [installed_at + timedelta(days=n, hours=12) for n in range(34)]
    store.add_crossings(ins=[noon + timedelta(minutes=n) for noon in days for n in range(5)])
    for match, baseline in (("weekday", 5), ("date", 15)):  # of the three, the 28th has the same weekday in October
        october = store.dashboard(period="month", date="2026-10-15", match=match)
        assert kpi(october, "visitors") == (31 * 5, baseline, None)
        assert october["kpis"]["visitors"]["note"] == "baseline_partially_observed"
    september = store.dashboard(period="month", date="2026-09-15")
    assert september["coverage"] == pytest.approx(3 / 30)
    assert september["kpis"]["visitors"]["note"] == "partially_observed"
