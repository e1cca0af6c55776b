"""GET /dashboard: days worked out by hand, and weeks compared with brute force."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import psycopg
import pytest
from starlette.testclient import TestClient

from functions.api.kpi.store_clock import StoreClock
from functions.api.params import get_now
from functions.common.app import Application
from functions.common.limits import EVENT_RETENTION
from tests.integration.functions.api.conftest import NOON
from tests.integration.functions.api.store_fixture import Aggregates, StoreFixture, Visit
from tests.signing import Issuer

CreateStore = Callable[..., StoreFixture]
HOUR = timedelta(hours=1)


def kpi(shown: dict, name: str) -> tuple[float | None, float | None, float | None]:  # type: ignore[type-arg]
    found = shown["kpis"][name]
    return found["value"], found["baseline"], found["change"]


def by_hour(shown: dict) -> dict[str, dict]:  # type: ignore[type-arg]
    return {bucket["start"][11:16]: bucket for bucket in shown["buckets"]}


def test_a_day_worked_out_by_hand(create_store: CreateStore) -> None:
    # A: 09:00 to 09:30. B: 09:10 to 10:10. C: 09:50 to 10:00. Inside 30 + 60 + 10 = 100 minutes, 3 visits.
    store = create_store(timezone="Pacific/Auckland", opening_hours={"tue": [["09:00", "11:00"]]})

    def at(hour: int, minute: int) -> datetime:
        return store.local(2026, 11, 17, hour, minute)

    store.add_observed_minutes(store.local(2026, 11, 17), store.local(2026, 11, 18))
    store.add_visits([(at(9, 0), at(9, 30)), (at(9, 10), at(10, 10)), (at(9, 50), at(10, 0))])
    shown = store.dashboard(date="2026-11-17", compare="none")

    assert shown["window"] == {
        "start": "2026-11-17T00:00:00+13:00",
        "end": "2026-11-18T00:00:00+13:00",
        "until": "2026-11-18T00:00:00+13:00",
        "in_progress": False,
    }
    assert shown["compare"] is None
    assert kpi(shown, "visitors") == (3, None, None)
    assert kpi(shown, "exits") == (3, None, None)
    assert kpi(shown, "balance") == (1, None, None)
    assert kpi(shown, "dwell_s")[0] == pytest.approx(2000)
    assert shown["dwell_method"] == "complete"
    assert kpi(shown, "occupancy_average")[0] == pytest.approx(100 / 120)  # person-minutes in two open hours
    assert kpi(shown, "occupancy_peak")[0] == 2
    assert shown["kpis"]["peak_hour"]["hour"] == 9
    assert shown["kpis"]["peak_hour"]["visitors_per_hour"] == pytest.approx(3)
    nine, ten, noon = (by_hour(shown)[hour] for hour in ("09:00", "10:00", "12:00"))
    assert (nine["visitors"], nine["exits"], nine["state"], nine["coverage"]) == (3, 1, "value", 1)
    assert nine["occupancy_average"] == pytest.approx(1.5)
    assert (nine["occupancy_end"], ten["occupancy_end"]) == (2, 0)
    assert (noon["visitors"], noon["state"], noon["coverage"]) == (0, "closed", None)
    assert shown["heatmap"] == [
        {"weekday": 2, "hour": 9, "visitors_per_hour": 3.0, "observed_hours": 1.0},
        {"weekday": 2, "hour": 10, "visitors_per_hour": 0.0, "observed_hours": 1.0},
    ]


ZONES = [
    ("Australia/Lord_Howe", date(2026, 4, 3), time(4)),  # the clocks go back half an hour on the 5th
    ("Europe/Berlin", date(2026, 10, 22), time(0)),  # 25 hours on the 25th
    ("America/St_Johns", date(2026, 3, 5), time(0)),  # 23 hours on the 8th, offset -3:30
    ("Asia/Kathmandu", date(2026, 6, 1), time(5, 30)),  # offset 5:45
    ("America/Sao_Paulo", date(2026, 6, 1), time(5, 45)),  # days begin within an hour
]


@pytest.mark.parametrize(("zone", "first", "day_start"), ZONES)
def test_a_week_of_random_visits_equals_brute_force(
    create_store: CreateStore, zone: str, first: date, day_start: time
) -> None:
    store = create_store(timezone=zone, day_start=day_start)
    clock = StoreClock(store.zone, day_start)
    monday = first - timedelta(days=first.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    chance = random.Random(zone)  # noqa: S311 - a simulation
    visits: dict[date, list[Visit]] = {day: _random_visits(clock, day, chance) for day in days}
    week = clock.day_window(days[0]).start, clock.day_window(days[-1]).end
    store.add_late_minutes(week[0] - HOUR, week[1] + HOUR)
    store.add_visits([visit for people in visits.values() for visit in people])
    shown = store.dashboard(period="week", date=str(first), compare="none")

    everyone = [visit for people in visits.values() for visit in people]
    stayed = sum((left - came).total_seconds() for came, left in everyone)
    assert [bucket["visitors"] for bucket in shown["buckets"]] == [len(visits[day]) for day in days]
    assert kpi(shown, "visitors")[0] == len(everyone)
    assert kpi(shown, "dwell_s")[0] == pytest.approx(stayed / len(everyone), abs=1e-3)
    assert kpi(shown, "occupancy_average")[0] == pytest.approx(stayed / (week[1] - week[0]).total_seconds(), abs=1e-6)
    for bucket, day in zip(shown["buckets"], days, strict=True):
        assert datetime.fromisoformat(bucket["start"]) == clock.day_window(day).start
        assert bucket["state"] == "value"
    rates = {(rate["weekday"], rate["hour"]): rate for rate in shown["heatmap"]}
    entered_at = [clock.local(came) for came, _ in everyone]
    for (weekday, hour), rate in rates.items():
        entered = sum((at.isoweekday(), at.hour) == (weekday, hour) for at in entered_at)
        assert rate["visitors_per_hour"] * rate["observed_hours"] == pytest.approx(entered)
    assert sum(rate["observed_hours"] for rate in rates.values()) * 3600 == pytest.approx(
        (week[1] - week[0]).total_seconds()
    )


def _random_visits(clock: StoreClock, day: date, chance: random.Random) -> list[Visit]:
    window = clock.day_window(day)
    moments = sorted(window.start + timedelta(seconds=chance.uniform(0, window.seconds - 1)) for _ in range(60))
    # the ends of the day, where a crossing could be counted twice or not at all
    moments += [window.start, window.end - timedelta(microseconds=1)]
    chance.shuffle(moments)
    pairs = zip(moments[::2], moments[1::2], strict=True)
    return [(min(pair), max(pair)) for pair in pairs]


@pytest.mark.parametrize(
    ("zone", "day", "hours"), [("Europe/Berlin", "2026-10-25", 25), ("Europe/Berlin", "2026-03-29", 23)]
)
def test_a_day_on_which_the_clocks_change_has_its_own_number_of_hours(
    create_store: CreateStore, zone: str, day: str, hours: int
) -> None:
    store = create_store(timezone=zone)
    shown = store.dashboard(date=day)
    assert len(shown["buckets"]) == hours
    assert len({bucket["start"] for bucket in shown["buckets"]}) == hours


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


def test_the_peak_hour_is_an_hour_whose_bar_shows_the_same_number(create_store: CreateStore) -> None:
    store = create_store(now=datetime(2026, 11, 18, 12, 52, tzinfo=UTC))
    store.add_observed_minutes(store.local(2026, 11, 18), store.now)
    noon = store.local(2026, 11, 18, 12)
    store.add_crossings(ins=[noon - HOUR + HOUR * n / 300 for n in range(300)])
    store.add_crossings(ins=[noon + timedelta(seconds=10 * n) for n in range(296)])  # 342 an hour so far
    shown = store.dashboard()
    peak = shown["kpis"]["peak_hour"]
    assert (peak["hour"], peak["visitors_per_hour"]) == (11, 300)
    assert by_hour(shown)["11:00"]["visitors"] == 300
    assert {(cell["hour"]) for cell in shown["heatmap"]} == set(range(12))


def test_dwell_of_a_day_in_progress_is_person_seconds_so_far_and_has_that_method(create_store: CreateStore) -> None:
    store = create_store()
    store.add_observed_minutes(store.now - 13 * HOUR, store.now)
    store.add_crossings(ins=[store.now - 2 * HOUR, store.now - HOUR], outs=[store.now - HOUR / 2])
    shown = store.dashboard()
    assert shown["dwell_method"] == "so_far"
    # 2 h and 1 h inside so far, half an hour of which is gone: 2.5 person-hours by 2 visitors.
    assert kpi(shown, "dwell_s")[0] == pytest.approx(2.5 * 3600 / 2, abs=1)


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


def test_hours_that_were_not_observed_are_no_zero_and_not_part_of_averages(create_store: CreateStore) -> None:
    store = create_store()
    nine = store.local(2026, 11, 17, 9)
    store.add_observed_minutes(nine, nine + HOUR)
    store.add_observed_minutes(nine + 2 * HOUR, nine + 2.5 * HOUR)
    store.add_visits([(nine + HOUR * i / 60, nine + HOUR * (i + 6) / 60) for i in range(0, 50, 10)])
    store.add_visits([(nine + 2 * HOUR, nine + 2.1 * HOUR)] * 4)
    shown = store.dashboard(date="2026-11-17")
    hours = by_hour(shown)
    assert [(hours[h]["visitors"], hours[h]["state"], hours[h]["coverage"]) for h in ("09:00", "10:00", "11:00")] == [
        (5, "value", 1),
        (None, "no_data", 0),
        (4, "partial", 0.5),
    ]
    # 5 an hour against 4 in half an hour = 8 an hour
    assert (shown["kpis"]["peak_hour"]["hour"], shown["kpis"]["peak_hour"]["visitors_per_hour"]) == (11, 8)
    assert kpi(shown, "occupancy_average")[0] == pytest.approx((5 * 6 + 4 * 6) / 90)
    assert shown["coverage"] == pytest.approx(90 / 1440)
    assert shown["kpis"]["visitors"]["note"] == "partially_observed"
    assert shown["kpis"]["visitors"]["change"] is None


def test_a_day_of_which_only_the_night_was_observed_has_no_numbers(create_store: CreateStore) -> None:
    store = create_store(opening_hours={"tue": [["09:00", "17:00"]]})
    store.add_observed_minutes(store.local(2026, 11, 17), store.local(2026, 11, 17, 8))
    shown = store.dashboard(date="2026-11-17")
    for name in ("visitors", "exits", "occupancy_average", "occupancy_peak", "balance", "dwell_s"):
        assert (shown["kpis"][name]["value"], shown["kpis"][name]["note"]) == (None, "not_observed"), name
    row = store.footfall(**{"from": "2026-11-17", "to": "2026-11-18", "interval": "day"})["rows"][0]
    assert (row["visitors"], row["state"], row["coverage"]) == (None, "no_data", 0)


def test_a_day_that_was_not_observed_has_no_numbers(create_store: CreateStore) -> None:
    shown = create_store().dashboard(date="2026-11-10")
    assert {name: shown["kpis"][name]["value"] for name in ("visitors", "exits", "dwell_s", "occupancy_average")} == {
        "visitors": None,
        "exits": None,
        "dwell_s": None,
        "occupancy_average": None,
    }
    assert {bucket["state"] for bucket in shown["buckets"]} == {"no_data"}
    assert shown["kpis"]["visitors"]["note"] == "not_observed"


def test_hours_that_the_edge_box_has_not_delivered_are_pending(create_store: CreateStore) -> None:
    store = create_store(camera=False)
    disconnected_at = store.local(2026, 11, 17, 10)
    store.camera_id = store.add_camera(delivered_until=disconnected_at, last_seen_at=disconnected_at)
    store.add_observed_minutes(disconnected_at - 2 * HOUR, disconnected_at)
    shown = store.dashboard(date="2026-11-17")
    hours = by_hour(shown)
    assert [hours[h]["state"] for h in ("08:00", "09:00", "10:00", "23:00")] == ["value", "value", "pending", "pending"]
    assert hours["10:00"]["visitors"] is None
    assert shown["data_complete_until"] == "2026-11-17T10:00:00Z"
    assert shown["kpis"]["visitors"]["note"] == "pending"


def test_a_disconnected_camera_of_two_keeps_its_hours_pending_until_they_are_too_old_to_be_accepted(
    create_store: CreateStore,
) -> None:
    store = create_store()  # Wednesday 12:07:30
    disconnected_at = store.local(2026, 11, 18, 11)
    disconnected = store.add_camera(last_seen_at=disconnected_at, delivered_until=disconnected_at)
    day = store.local(2026, 11, 18)
    store.add_observed_minutes(day, store.now)
    store.add_observed_minutes(day, disconnected_at, camera=disconnected)
    store.add_crossings(ins=[disconnected_at - HOUR / 2, disconnected_at + HOUR / 2], outs=[])
    store.add_crossings(ins=[disconnected_at - HOUR / 2], outs=[disconnected_at - HOUR / 4], camera=disconnected)
    live = store.live()
    assert (live["visitors_today"], live["exits_today"], live["occupancy"]) == (3, 1, 2)  # of what has arrived
    assert (live["data_complete_until"], live["health"]["status"]) == ("2026-11-18T11:00:00Z", "degraded")
    today = store.dashboard(compare="none")
    hours = by_hour(today)
    assert (hours["10:00"]["visitors"], hours["10:00"]["state"], hours["10:00"]["coverage"]) == (2, "value", 1)
    assert (hours["11:00"]["visitors"], hours["11:00"]["state"]) == (1, "pending")
    assert today["coverage"] == 1  # of what is settled
    assert today["kpis"]["visitors"]["note"] == "pending"

    later = store.now + timedelta(days=31)
    store.client.app.dependency_overrides[get_now] = lambda: later  # type: ignore[attr-defined]
    hours = by_hour(store.dashboard(date="2026-11-18", compare="none"))
    assert (hours["10:00"]["state"], hours["10:00"]["coverage"]) == ("value", 1)
    assert (hours["11:00"]["visitors"], hours["11:00"]["state"]) == (1, "partial")
    assert hours["11:00"]["coverage"] == pytest.approx(0.5)
    assert store.live()["visitors_today"] is None


def test_three_weeks_that_arrive_late_are_pending_until_the_refresh_and_right_after_it(
    create_store: CreateStore,
) -> None:
    store = create_store()
    long_ago = store.local(2026, 10, 28, 9)
    store.add_observed_minutes(store.local(2026, 10, 28), store.now)
    store.refresh_aggregates(store.local(2026, 10, 27), store.now - HOUR)  # the watermark is far past it
    store.add_late_crossings(ins=[long_ago, long_ago + HOUR], outs=[long_ago + 2 * HOUR] * 2)
    waiting = store.dashboard(date="2026-10-28")
    assert {bucket["state"] for bucket in by_hour(waiting).values() if "09" <= bucket["start"][11:13] <= "11"} == {
        "pending"
    }
    assert by_hour(waiting)["12:00"]["state"] == "value"
    store.add_crossings()
    shown = store.dashboard(date="2026-10-28")
    assert {bucket["state"] for bucket in shown["buckets"]} == {"value"}
    assert kpi(shown, "visitors")[0] == 2
    assert kpi(shown, "dwell_s")[0] == pytest.approx(1.5 * 3600)
    assert store.footfall(**{"from": "2026-10-28", "to": "2026-10-29", "interval": "day"})["rows"][0]["visitors"] == 2


def test_a_past_day_is_reconciled_so_that_the_store_is_empty_at_its_end(create_store: CreateStore) -> None:
    store = create_store()
    day = store.local(2026, 11, 17)
    store.add_observed_minutes(day, day + 24 * HOUR)
    store.add_crossings(ins=[day + 9 * HOUR] * 4, outs=[day + 10 * HOUR] * 3)
    hours = by_hour(store.dashboard(date="2026-11-17"))
    assert hours["09:00"]["occupancy_end"] == 4
    assert hours["23:00"]["occupancy_end"] == pytest.approx(0)
    assert kpi(store.dashboard(date="2026-11-17"), "balance")[0] == 0.75


def test_balance_and_residual_of_a_past_day_are_those_of_all_exits(create_store: CreateStore) -> None:
    store = create_store(opening_hours={"tue": [["08:00", "20:00"]]})
    eight = store.local(2026, 11, 17, 8)
    store.add_observed_minutes(eight, eight + 16 * HOUR)
    # Three came in unseen. Two of the ten who came later were not seen leaving: the eight other exits are scaled.
    store.add_crossings(ins=[eight + HOUR] * 10, outs=[eight] * 3 + [eight + 2 * HOUR] * 8)
    shown = store.dashboard(date="2026-11-17", compare="none")
    hours = by_hour(shown)
    assert [hours[hour]["unmatched_exits"] for hour in ("08:00", "10:00")] == [3, 0]
    assert [hours[hour]["occupancy_end"] for hour in ("08:00", "09:00", "10:00")] == [0, 10, 0]
    names = ("unmatched_exits", "balance", "residual")
    assert [kpi(shown, name)[0] for name in names] == [3, pytest.approx(1.1), -1]


def test_a_month_of_resets_every_half_hour_keeps_every_crossing(create_store: CreateStore) -> None:
    store = create_store()
    start, end = store.local(2026, 10, 1), store.local(2026, 11, 1)
    store.connection.execute(
        "INSERT INTO occupancy_resets (store_id, at, occupancy)"
        " SELECT %s, at + interval '7 minutes 11 seconds', 2"
        " FROM generate_series(%s::timestamptz, %s::timestamptz - interval '1 hour', interval '30 minutes') at",
        [store.store_id, start, end],
    )
    moments = [start + n * HOUR / 7 for n in range(7 * 24 * 31)]
    store.add_crossings(ins=moments, outs=[at + HOUR / 14 for at in moments])
    shown = store.dashboard(period="month", date="2026-10-15", compare="none")
    assert kpi(shown, "visitors")[0] == len(moments)
    assert kpi(shown, "exits")[0] == len(moments)


def test_a_reset_older_than_the_kept_crossings_loses_no_crossing(create_store: CreateStore) -> None:
    store = create_store()
    nine = store.local(2025, 10, 1, 9)
    store.add_late_crossings(ins=[nine + n * HOUR / 60 for n in range(60)])
    store.refresh_aggregates(nine, nine + HOUR)
    store.connection.execute(
        "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, %s, 5)", [store.store_id, nine + HOUR / 6]
    )
    before = store.dashboard(date="2025-10-01", compare="none")
    store.connection.execute("DELETE FROM events WHERE store_id = %s", [store.store_id])  # as retention does
    shown = store.dashboard(date="2025-10-01", compare="none")
    assert kpi(shown, "visitors") == kpi(before, "visitors") == (60, None, None)
    assert by_hour(shown)["09:00"]["occupancy_end"] == 5 + 45  # from the end of its quarter-hour on


def test_the_retention_of_events_is_the_one_that_the_api_assumes(create_store: CreateStore) -> None:
    row = (
        create_store()
        .connection.execute(
            "SELECT config ->> 'drop_after' FROM timescaledb_information.jobs"
            " WHERE proc_name = 'policy_retention' AND hypertable_name = 'events'"
        )
        .fetchone()
    )
    assert row == (f"{EVENT_RETENTION.days} days",)


@pytest.mark.clock
@pytest.mark.parametrize("change", ["switched off", "moved", "archived"])
def test_a_camera_that_stops_counting_leaves_history_as_it_was(create_store: CreateStore, change: str) -> None:
    store = create_store(now=datetime.now(UTC))  # the change happens now
    other = create_store(now=store.now)
    yesterday = store.now.date() - timedelta(days=1)
    start = datetime.combine(yesterday, time(), tzinfo=UTC)
    store.add_observed_minutes(start, start + 24 * HOUR)
    store.add_crossings(ins=[start + 9 * HOUR] * 2, outs=[start + 10 * HOUR])
    before = store.dashboard(date=str(yesterday), compare="none")
    statement, values = {
        "switched off": ("UPDATE cameras SET is_counting_line = false WHERE id = %s", []),
        "moved": ("UPDATE cameras SET store_id = %s WHERE id = %s", [other.store_id]),
        "archived": ("UPDATE cameras SET archived_at = now() WHERE id = %s", []),
    }[change]
    store.connection.execute(statement, [*values, store.camera_id])
    after = store.dashboard(date=str(yesterday), compare="none")
    assert after["kpis"]["visitors"]["value"] == before["kpis"]["visitors"]["value"] == 2
    assert [(b["visitors"], b["state"]) for b in after["buckets"]] == [
        (b["visitors"], b["state"]) for b in before["buckets"]
    ]
    assert other.dashboard(date=str(yesterday))["kpis"]["visitors"]["value"] is None


def test_crossings_while_a_camera_is_no_counting_line_do_not_count(create_store: CreateStore) -> None:
    store = create_store(camera=False)
    store.camera_id = store.add_camera(is_counting_line=False)
    store.add_observed_minutes(store.local(2026, 11, 17), store.local(2026, 11, 18))
    store.add_crossings(ins=[store.local(2026, 11, 17, 9)])
    shown = store.dashboard(date="2026-11-17")
    assert {bucket["state"] for bucket in shown["buckets"]} == {"no_data"}
    assert kpi(shown, "visitors")[0] is None


def test_crossings_of_another_store_at_the_same_time_are_not_in_the_numbers(create_store: CreateStore) -> None:
    one, two = create_store(), create_store()
    for store, people in ((one, 2), (two, 5)):
        store.add_crossings(ins=[store.now - HOUR] * people)
    assert kpi(one.dashboard(), "visitors")[0] == 2
    assert kpi(two.dashboard(), "visitors")[0] == 5


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"date": "2026-11-19"}, (["query", "date"], "future_date")),
        ({"date": "1999-01-01"}, (["query", "date"], "too_early")),
        ({"date": "2026-02-30"}, (["query", "date"], "date_from_datetime_parsing")),
        ({"date": "1763424000"}, (["query", "date"], "not_a_date")),
        ({"date": "2026-11-01T00:00:00"}, (["query", "date"], "not_a_date")),
        ({"period": "decade"}, (["query", "period"], "enum")),
        ({"compare": "never"}, (["query", "compare"], "enum")),
        ({"match": "month"}, (["query", "match"], "enum")),
        ({"from": "2026-11-01"}, (["query", "to"], "missing")),
        ({"from": "2026-11-02", "to": "2026-11-01"}, (["query", "to"], "not_after_from")),
        ({"from": "2026-11-01T09:00", "to": "2026-11-02"}, (["query", "from"], "not_a_date")),
        ({"period": "week", "from": "2026-11-01", "to": "2026-11-02"}, (["query", "period"], "not_with_range")),
    ],
)
def test_an_invalid_parameter_is_refused_with_its_name(
    create_store: CreateStore, query: dict[str, str], where: tuple[list[str], str]
) -> None:
    assert create_store().validation_errors("/dashboard/{}", **query) == [where]
