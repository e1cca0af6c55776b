"""GET /dashboard: days worked out by hand, and weeks compared with brute force."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from functions.api.kpi.store_clock import StoreClock
from tests.integration.functions.api.store_fixture import HOUR, CreateStore, Visit, by_hour, kpi


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
