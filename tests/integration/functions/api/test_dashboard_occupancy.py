"""GET /dashboard: occupancy, balance and residual of past days, with and without resets."""

from __future__ import annotations

import pytest

from functions.common.limits import EVENT_RETENTION
from tests.integration.functions.api.store_fixture import HOUR, CreateStore, by_hour, kpi


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
