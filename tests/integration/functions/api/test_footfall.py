"""GET /stores/{id}/footfall: the series as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from tests.integration.functions.api.store_fixture import HOUR, CreateStore, StoreFixture


def busy(create_store: CreateStore) -> StoreFixture:
    """A store in Auckland that was observed from 8:00 to 20:00 on the 17th, with six crossings."""
    store = create_store(timezone="Pacific/Auckland")
    at = store.local(2026, 11, 17, 8)
    store.add_observed_minutes(at, at + 12 * HOUR)
    store.add_crossings(
        ins=[at, at + HOUR / 3, at + 1.5 * HOUR, at + 11.99 * HOUR], outs=[at + HOUR / 2, at + 2 * HOUR]
    )
    return store


def series(
    store: StoreFixture, interval: str, since: str = "2026-11-17", until: str = "2026-11-18", **more: str
) -> list[dict]:  # type: ignore[type-arg]
    rows: list[dict] = store.footfall(**{"from": since, "to": until, "interval": interval, **more})["rows"]  # type: ignore[type-arg]
    return rows


def test_the_rows_cover_the_window_and_have_a_state_and_a_coverage(create_store: CreateStore) -> None:
    store = busy(create_store)
    found = store.footfall(**{"from": "2026-11-17", "to": "2026-11-18", "interval": "hour"})
    assert (found["from"], found["to"]) == ("2026-11-17T00:00:00+13:00", "2026-11-18T00:00:00+13:00")
    assert (found["timezone"], found["interval"], found["limit_days"]) == ("Pacific/Auckland", "hour", 366)
    rows = found["rows"]
    assert len(rows) == 24
    assert all(one["end"] == two["start"] for one, two in pairwise(rows))
    assert rows[8] == {
        "start": "2026-11-17T08:00:00+13:00",
        "end": "2026-11-17T09:00:00+13:00",
        "visitors": 2,
        "exits": 1,
        "state": "value",
        "coverage": 1.0,
        "note": None,
        "annotations": [],
    }
    assert (rows[7]["visitors"], rows[7]["state"], rows[7]["coverage"]) == (None, "no_data", 0.0)
    assert (rows[11]["visitors"], rows[11]["state"]) == (0, "value")


@pytest.mark.parametrize(("interval", "count"), [("15m", 96), ("hour", 24), ("day", 1)])
def test_every_interval_adds_up_to_the_same(create_store: CreateStore, interval: str, count: int) -> None:
    rows = series(busy(create_store), interval)
    assert len(rows) == count
    assert sum(row["visitors"] or 0 for row in rows) == 4
    assert sum(row["exits"] or 0 for row in rows) == 2


def test_windows_are_half_open_to_the_second(create_store: CreateStore) -> None:
    store = busy(create_store)
    one = series(store, "hour", "2026-11-17T08:00:00", "2026-11-17T08:20:00")
    two = series(store, "hour", "2026-11-17T08:20:00", "2026-11-17T09:00:00")
    assert [(row["visitors"], row["exits"]) for row in one + two] == [(1, 0), (1, 1)]


def test_the_csv_has_the_same_numbers_as_the_json(create_store: CreateStore) -> None:
    store = busy(create_store)
    query = {"from": "2026-11-17", "to": "2026-11-18", "interval": "15m"}
    answer = store.client.get(
        f"/stores/{store.store_id}/footfall", params={**query, "format": "csv"}, headers=store.headers
    )
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="footfall-store-')
    assert answer.content.isascii()
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    for row, expected in zip(rows, store.footfall(**query)["rows"], strict=True):
        assert (row["start"], row["end"], row["state"]) == (expected["start"], expected["end"], expected["state"])
        for count in ("visitors", "exits"):
            assert row[count] == ("" if expected[count] is None else str(expected[count]))
        assert row["local_time"] == expected["start"][:16].replace("T", " ")
        assert row["coverage"] == ("" if expected["coverage"] is None else f"{expected['coverage']:.4f}")


def test_no_name_becomes_a_formula_in_a_spreadsheet(create_store: CreateStore) -> None:
    store = create_store(name='=HYPERLINK("https://evil.example")', camera=False)
    camera = store.add_camera(name="=1+1")
    for query in ("", f"&camera_id={camera}"):
        url = f"/stores/{store.store_id}/footfall?from=2026-11-17&to=2026-11-18&format=csv{query}"
        answer = store.client.get(url, headers=store.headers)
        rows = list(csv.reader(io.StringIO(answer.text, newline="")))
        assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@", "\t"}]
        assert "evil" not in answer.text + answer.headers["content-disposition"]


@pytest.mark.parametrize("media", ["json", "csv"])
def test_content_that_has_not_changed_is_not_sent_again(create_store: CreateStore, media: str) -> None:
    store = busy(create_store)
    url = f"/stores/{store.store_id}/footfall?from=2026-11-17&to=2026-11-18&format={media}"
    first = store.client.get(url, headers=store.headers)
    again = store.client.get(url, headers={**store.headers, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "no-cache" in first.headers["cache-control"]
    store.add_crossings(ins=[store.local(2026, 11, 17, 12)])
    changed = store.client.get(url, headers={**store.headers, "If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


def test_a_csv_of_the_past_does_not_change_while_the_cameras_report(create_store: CreateStore) -> None:
    store = busy(create_store)
    url = f"/stores/{store.store_id}/footfall?from=2026-11-17&to=2026-11-18&format=csv"
    first = store.client.get(url, headers=store.headers)
    store.connection.execute(
        "UPDATE cameras SET delivered_until = delivered_until - interval '1 minute' WHERE id = %s", [store.camera_id]
    )
    again = store.client.get(url, headers={**store.headers, "If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_json_and_csv_have_different_etags(create_store: CreateStore) -> None:
    store = busy(create_store)
    url = f"/stores/{store.store_id}/footfall?from=2026-11-17&to=2026-11-18&format="
    assert len({store.client.get(url + media, headers=store.headers).headers["etag"] for media in ("json", "csv")}) == 2


def test_the_series_of_one_camera_is_available_also_when_it_is_no_counting_line(create_store: CreateStore) -> None:
    store = busy(create_store)
    at = store.local(2026, 11, 17, 8)
    inner = store.add_camera(is_counting_line=False, name="Inner door")
    store.add_observed_minutes(at, at + HOUR, camera=inner)
    store.add_crossings(ins=[at] * 7, camera=inner)
    row = series(store, "hour", "2026-11-17T08:00", "2026-11-17T09:00", camera_id=str(inner))[0]
    assert (row["visitors"], row["state"], row["coverage"]) == (7, "value", 1)
    outer = series(store, "hour", "2026-11-17T08:00", "2026-11-17T09:00", camera_id=str(store.camera_id))[0]
    assert outer["visitors"] == 2
    assert series(store, "hour", "2026-11-17T08:00", "2026-11-17T09:00")[0]["visitors"] == 2


def test_a_camera_of_another_store_does_not_exist(create_store: CreateStore) -> None:
    other, store = busy(create_store), busy(create_store)
    query = {"from": "2026-11-17", "to": "2026-11-18"}
    answers = [
        store.client.get(
            f"/stores/{store.store_id}/footfall", params={**query, "camera_id": str(camera)}, headers=store.headers
        )
        for camera in (other.camera_id, uuid4())
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()


@pytest.mark.clock
def test_a_camera_that_moved_to_the_store_does_not_bring_its_history(create_store: CreateStore) -> None:
    now = datetime.now(UTC)
    old, new = create_store(now=now), create_store(now=now, camera=False)
    day_before = now - timedelta(days=2)
    old.add_crossings(ins=[day_before] * 3)
    old.connection.execute("UPDATE cameras SET store_id = %s WHERE id = %s", [new.store_id, old.camera_id])
    window = {"from": str(day_before.date()), "to": str((now + timedelta(days=1)).date()), "interval": "day"}
    for query in (window, {**window, "camera_id": str(old.camera_id)}):
        assert sum(row["visitors"] or 0 for row in new.footfall(**query)["rows"]) == 0
        assert sum(row["visitors"] or 0 for row in old.footfall(**query)["rows"]) == 3


@pytest.mark.clock
def test_changes_of_a_camera_after_it_moved_away_do_not_show(create_store: CreateStore) -> None:
    moved = datetime.now(UTC)
    old, new = create_store(now=moved + timedelta(days=2)), create_store(now=moved + timedelta(days=2), camera=False)
    old.connection.execute("UPDATE cameras SET store_id = %s WHERE id = %s", [new.store_id, old.camera_id])
    archived = moved + timedelta(days=1)
    old.connection.execute("UPDATE cameras SET archived_at = %s WHERE id = %s", [archived, old.camera_id])
    since, until = moved + timedelta(hours=3), moved + timedelta(hours=6)
    rows = old.footfall(**{"from": since.isoformat(), "to": until.isoformat(), "camera_id": str(old.camera_id)})["rows"]
    assert {row["coverage"] for row in rows} == {0}


def test_future_rows_are_pending_and_empty(create_store: CreateStore) -> None:
    store = create_store()
    rows = series(store, "hour", "2026-11-18T12:00", "2026-11-18T15:00")
    assert [(row["visitors"], row["state"], row["coverage"]) for row in rows[1:]] == [(None, "pending", None)] * 2


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"from": "2026-11-17"}, (["query", "to"], "missing")),
        ({"from": "2026-11-17", "to": "2026-11-17"}, (["query", "to"], "not_after_from")),
        ({"from": "2026-11-20", "to": "2026-11-21"}, (["query", "from"], "future_date")),
        ({"from": "soon", "to": "2026-11-21"}, (["query", "from"], "not_a_time")),
        ({"from": "2026-01-01", "to": "2026-11-01", "interval": "15m"}, (["query", "to"], "window_too_long")),
        ({"from": "2026-11-17", "to": "2026-11-18", "interval": "7m"}, (["query", "interval"], "enum")),
        ({"from": "2026-11-17", "to": "2026-11-18", "format": "xlsx"}, (["query", "format"], "enum")),
        ({"from": "2026-11-17", "to": "2026-11-18", "camera_id": "x"}, (["query", "camera_id"], "uuid_parsing")),
    ],
)
def test_an_invalid_parameter_is_refused_with_its_name(
    create_store: CreateStore, query: dict[str, str], where: tuple[list[str], str]
) -> None:
    assert create_store().validation_errors("/stores/{}/footfall", **query) == [where]


def test_the_limits_are_published(create_store: CreateStore) -> None:
    document = create_store().client.get("/openapi.json").json()
    assert document["paths"]["/stores/{store_id}/footfall"]["get"]["x-limit-days"]["15m"] == 31
