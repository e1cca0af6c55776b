"""POST /stores/{id}/occupancy-reset, and GET /live after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.integration.functions.api.store_fixture import CreateStore


def test_a_reset_in_the_future_takes_effect_at_its_time(create_store: CreateStore) -> None:
    store = create_store()
    store.add_observed_minutes(store.now - timedelta(hours=1), store.now)
    store.add_crossings(ins=[store.now - timedelta(minutes=30)] * 2)
    for second, occupancy in ((-5, 7), (5, 50)):
        store.connection.execute(
            "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, %s, %s)",
            [store.store_id, store.now + timedelta(seconds=second), occupancy],
        )
    live, shown = store.live(), store.dashboard()
    assert (live["occupancy"], live["last_reset_at"]) == (7, "2026-11-18T12:07:25Z")
    assert [bucket["occupancy_end"] for bucket in shown["buckets"] if bucket["occupancy_end"] is not None][-1] == 7


def test_counting_continues_from_a_reset(create_store: CreateStore) -> None:
    store = create_store()
    store.add_crossings(ins=[store.now - timedelta(minutes=3)] * 5)
    url = f"/stores/{store.store_id}/occupancy-reset"
    done = store.client.post(url, json={"occupancy": 2}, headers=store.headers)
    assert (done.status_code, done.json()["occupancy"]) == (201, 2)
    assert store.live()["occupancy"] == 2

    store.add_crossings(outs=[store.now - timedelta(minutes=2)])  # before the reset, so already included in it
    assert store.live()["occupancy"] == 2

    later = store.now + timedelta(seconds=90)
    store.add_late_crossings(
        ins=[store.now, store.now + timedelta(seconds=80)], outs=[store.now + timedelta(seconds=10)]
    )
    store.client.app.dependency_overrides.update(dict.fromkeys(store.client.app.dependency_overrides, lambda: later))  # type: ignore[attr-defined]
    live = store.live()
    assert live["occupancy"] == 3
    assert live["last_reset_at"] == "2026-11-18T12:07:30Z"
    assert live["visitors_today"] == 7


def test_a_reset_is_recorded_in_the_audit_log_with_its_user(create_store: CreateStore) -> None:
    store = create_store()
    store.client.post(f"/stores/{store.store_id}/occupancy-reset", json={"occupancy": 7}, headers=store.headers)
    kept = store.connection.execute(
        "SELECT actor_id, action, after ->> 'occupancy' FROM audit_log WHERE store_id = %s", [store.store_id]
    ).fetchall()
    assert kept == [(store.owner, "occupancy.reset", "7")]


def test_the_number_of_resets_per_day_is_limited(create_store: CreateStore) -> None:
    store = create_store()
    store.connection.execute(
        "INSERT INTO occupancy_resets (store_id, at, occupancy)"
        " SELECT %s, %s - n * interval '10 minutes', 3 FROM generate_series(1, 95) n",
        [store.store_id, store.now],
    )
    url = f"/stores/{store.store_id}/occupancy-reset"
    answers = [store.client.post(url, json={"occupancy": 2}, headers=store.headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 429]
    assert answers[1].json()["type"] == "too_many_corrections"
    assert answers[1].headers["retry-after"]
    assert store.live()["occupancy"] == 2


@pytest.mark.parametrize("occupancy", [-1, 1.5, "many", "3", True, None, 100_001])
def test_a_reset_that_is_no_number_of_people_is_refused(create_store: CreateStore, occupancy: object) -> None:
    store = create_store()
    url = f"/stores/{store.store_id}/occupancy-reset"
    refused = store.client.post(url, json={"occupancy": occupancy}, headers=store.headers)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["loc"] == ["body", "occupancy"]
