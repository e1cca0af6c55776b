"""A change of the counting line, from the admin over the edge box to the dashboard."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from functions.admin.app import build as build_admin
from functions.api.app import build as build_api
from functions.common.settings import ADMIN_SETTINGS, load_settings
from tests.database import run_refresh_job
from tests.factories import Event, insert_events, make_camera, make_member, make_store, make_superadmin
from tests.integration.functions.ingest.box import Box, handler_for, make_key
from tests.integration.local.auth.running import LocalAuth
from tests.signing import Issuer

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]

OPEN = {day: [["10:00", "12:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
LINE = {"line": [0.0, 0.3, 1.0, 0.3]}
OTHER_LINE = {"line": [0.0, 0.8, 1.0, 0.8]}


@pytest.fixture(scope="module")
def clients(database_url: str, local_auth: LocalAuth, issuer: Issuer) -> Iterator[tuple[TestClient, TestClient]]:
    """The owner API and the admin API."""
    environ = local_auth.lambda_environment(database_url)
    with ExitStack() as stack:
        opened = []
        for build in (build_api, build_admin):
            app = build(load_settings(ADMIN_SETTINGS, environ))
            app.state.tokens = issuer.verifier()
            stack.callback(app.state.database.dispose)
            opened.append(stack.enter_context(TestClient(app)))
        yield opened[0], opened[1]


@dataclass
class LineStore:
    """A store that is open from ten to twelve, with a camera, its box, its owner and a superadmin.

    `config` is what the box has, as after its last fetch.
    """

    connection: Connection
    owner_api: TestClient
    admin_api: TestClient
    owner_headers: dict[str, str]
    admin_headers: dict[str, str]
    box: Box
    config: dict[str, Any]
    etag: str | None = None

    def day(self, days_ago: int) -> datetime:
        """Return ten o'clock of a day."""
        return datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)

    def change_line(self, **body: Any) -> None:
        path = f"/admin/cameras/{self.box.camera_id}/line"
        assert self.admin_api.put(path, json=body, headers=self.admin_headers).is_success

    def change_camera(self, **body: Any) -> None:
        path = f"/admin/cameras/{self.box.camera_id}"
        assert self.admin_api.patch(path, json=body, headers=self.admin_headers).is_success

    def fetch_config(self) -> int:
        """Do what a box does after a heartbeat, and return the status: 200 or 304."""
        answer = self.box.config(headers={"If-None-Match": self.etag} if self.etag else {})
        if answer.status == 200:
            self.config, self.etag = answer.body, answer.headers["ETag"]
        return answer.status

    def count(self, days_ago: int, first: int = 0, last: int = 120, *, visitors: int = 12, **members: Any) -> None:
        """Deliver the minutes [first, last) after ten, with the line that the box has, and some crossings."""
        start = self.day(days_ago)
        members = members or {"line_version": self.config["line_version"]}
        minutes = [
            {
                "minute": (start + timedelta(minutes=minute)).isoformat(),
                "frames": 600,
                "dropped": 0,
                "fps": 10.0,
                "reconnects": 0,
                **{name: value for name, value in members.items() if value != "missing"},
            }
            for minute in range(first, last)
        ]
        reply = self.box.beat(minutes=minutes)
        assert (reply.status, reply.body["rejected"]) == (200, [])
        step = timedelta(minutes=last - first) / visitors
        crossings = [Event(start + timedelta(minutes=first) + n * step) for n in range(visitors)]
        insert_events(self.connection, self.box.store_id, self.box.camera_id, crossings)
        run_refresh_job(self.connection)

    def get(self, path: str, **query: Any) -> Any:
        answer = self.owner_api.get(path.format(self.box.store_id), params=query, headers=self.owner_headers)
        assert answer.status_code == 200, answer.text
        return answer.json() if "json" in answer.headers["content-type"] else answer.text

    def dashboard(self, days_ago: int, **query: Any) -> Any:
        return self.get("/dashboard/{}", date=self.day(days_ago).date().isoformat(), **query)

    def notes(self, days_ago: int, interval: str, camera_id: object = None) -> dict[str, tuple[str, str | None]]:
        """Return the state and the note of each row of a day that was open, by its start."""
        day = self.day(days_ago)
        footfall = self.get(
            "/stores/{}/footfall",
            **{"from": day.date().isoformat(), "to": (day + timedelta(days=1)).date().isoformat()},
            interval=interval,
            **({"camera_id": str(camera_id)} if camera_id else {}),
        )
        return {
            row["start"][11:16]: (row["state"], row["note"]) for row in footfall["rows"] if row["state"] != "closed"
        }


@pytest.fixture
def store(
    clients: tuple[TestClient, TestClient], connection: Connection, database_url: str, issuer: Issuer
) -> LineStore:
    store_id = make_store(connection, opening_hours=OPEN)
    camera_id = make_camera(connection, store_id)
    box = Box(handler_for(database_url), store_id, camera_id, make_key(connection, store_id))
    owner, superadmin = make_member(connection, store_id), make_superadmin(connection)
    made = LineStore(connection, *clients, issuer.headers(owner), issuer.headers(superadmin), box, {})
    made.change_line(**LINE)
    assert made.fetch_config() == 200
    return made


def visitors_compared(dashboard: dict[str, Any]) -> dict[str, Any]:
    """Return the visitors of a dashboard and how they compare with those of the earlier period."""
    return {name: dashboard["kpis"]["visitors"][name] for name in ("value", "baseline", "change", "note")}


def test_a_line_that_is_changed_in_the_admin_is_told_apart_on_the_dashboard(store: LineStore) -> None:
    assert (store.config["line"], store.config["line_version"]) == (LINE["line"], 2)
    store.count(8)
    store.count(1, 0, 67)
    assert store.fetch_config() == 304
    store.change_camera(anchor="center")
    assert store.fetch_config() == 200
    assert (store.config["anchor"], store.config["line_version"]) == ("center", 3)
    store.count(1, 67, 120)

    quarters = store.notes(1, "15m")
    assert quarters.pop("11:00") == ("partial", "line_changed")
    assert set(quarters.values()) == {("value", None)}
    assert store.notes(1, "hour") == {"10:00": ("value", None), "11:00": ("value", "line_changed")}
    assert store.notes(1, "day") == {"00:00": ("value", "line_changed")}
    assert store.notes(8, "15m").keys() == {"11:00", *quarters}
    assert {note for _, note in store.notes(8, "15m").values()} == {None}

    day = store.dashboard(1)
    assert {bucket["start"][11:16]: bucket["note"] for bucket in day["buckets"] if bucket["note"]} == {
        "11:00": "line_changed"
    }
    assert visitors_compared(day) == {"value": 24, "baseline": 12, "change": None, "note": "line_changed"}
    assert day["compare"]["note"] == "line_changed"
    date = store.day(1).date().isoformat()
    (listed,) = store.get("/stores", period="day", date=date, compare="previous")["stores"]
    assert listed["period"]["compare"]["visitors"] == day["kpis"]["visitors"]
    month = store.dashboard(1, period="month", compare="none")
    changed = [bucket["start"][:10] for bucket in month["buckets"] if bucket["note"]]
    assert changed == [store.day(1).date().isoformat()]
    assert (month["kpis"]["visitors"]["note"] == "line_changed") == (month["coverage"] >= 0.9)


def test_the_csv_says_in_which_rows_the_line_changed(store: LineStore) -> None:
    store.count(1, 0, 67)
    store.change_line(**OTHER_LINE)
    store.fetch_config()
    store.count(1, 67, 120)
    day = store.day(1)
    text = store.get(
        "/stores/{}/footfall",
        **{"from": day.isoformat(), "to": (day + timedelta(hours=2)).isoformat()},
        interval="15m",
        format="csv",
    )
    rows = list(csv.DictReader(text.splitlines()))
    assert [(row["state"], row["note"]) for row in rows] == [
        ("partial", "line_changed") if row["local_time"].endswith("11:00") else ("value", "") for row in rows
    ]
    assert len(rows) == 8


def test_a_day_with_the_new_line_is_not_compared_with_one_of_the_old_line(store: LineStore) -> None:
    store.count(8)
    store.change_line(**OTHER_LINE)
    store.fetch_config()
    store.count(1, visitors=18)
    day = store.dashboard(1)
    assert {bucket["note"] for bucket in day["buckets"]} == {None, "line_changed"}  # the first quarter-hour
    assert visitors_compared(day) == {"value": 18, "baseline": 12, "change": None, "note": "line_changed"}
    assert day["compare"]["note"] == "line_changed"


def test_days_of_the_same_line_are_compared_also_when_it_was_drawn_back(store: LineStore) -> None:
    store.count(8)
    store.change_line(**OTHER_LINE)
    store.change_line(**LINE)
    store.fetch_config()
    assert store.config["line_version"] == 4
    store.count(1, visitors=18)
    day = store.dashboard(1)
    assert visitors_compared(day) == {"value": 18, "baseline": 12, "change": 0.5, "note": None}
    assert day["compare"]["note"] is None
    assert {note for _, note in store.notes(1, "15m").values()} == {None}


def test_a_box_that_is_offline_keeps_the_old_line_until_it_gets_the_new_one(store: LineStore) -> None:
    store.count(1, 0, 20)
    store.change_line(**OTHER_LINE)
    store.count(1, 20, 95)  # counted offline with the old line, delivered after the change
    assert set(store.notes(1, "15m").values()) - {("no_data", None)} == {("value", None), ("partial", None)}
    assert store.fetch_config() == 200
    store.count(1, 95, 120)
    quarters = store.notes(1, "15m")
    assert [start for start, (_, note) in quarters.items() if note] == ["11:30"]


def test_a_box_that_reports_no_line_version_counts_as_before(store: LineStore) -> None:
    store.count(8, line_version="missing")
    store.count(1, 0, 60, line_version="missing", visitors=9)
    store.change_line(**OTHER_LINE)
    store.count(1, 60, 120, line_version="missing", visitors=9)
    assert set(store.notes(1, "15m").values()) == {("value", None)}
    day = store.dashboard(1)
    assert visitors_compared(day) == {"value": 18, "baseline": 12, "change": 0.5, "note": None}


def test_a_line_of_the_command_line_is_another_line(store: LineStore) -> None:
    store.count(1, 0, 30, line_version=None)
    store.count(1, 30, 120)
    assert [start for start, (_, note) in store.notes(1, "15m").items() if note] == ["10:30"]


def test_only_cameras_that_count_change_the_numbers_of_the_store(store: LineStore) -> None:
    second = make_camera(store.connection, store.box.store_id, is_counting_line=False)
    store.count(1)
    for version, first in ((1, 0), (2, 50)):
        minute = (store.day(1) + timedelta(minutes=first)).isoformat()
        report = {"minute": minute, "frames": 600, "dropped": 0, "fps": 10.0, "reconnects": 0, "line_version": version}
        assert store.box.beat(second, minutes=[report]).status == 200
    run_refresh_job(store.connection)
    assert {note for _, note in store.notes(1, "15m").values()} == {None}
    of_second = store.notes(1, "15m", second)
    assert [start for start, (_, note) in of_second.items() if note] == ["10:45"]
