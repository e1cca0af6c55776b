"""Import windows: what a box could not deliver for more than 30 days arrives, and the figures are right afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from starlette.testclient import TestClient

from edge_worker.cli import main as edge
from edge_worker.clock import format_utc
from edge_worker.crossing import Direction
from edge_worker.outbox.records import Event, Minute
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from edge_worker.running.session import Session
from functions.admin.app import build as build_admin
from functions.api.app import build as build_api
from functions.common.limits import EVENT_RETENTION, IMPORT_MAX_AGE
from functions.common.settings import ADMIN_SETTINGS, load_settings
from tests.database import run_bounded_refresh_job
from tests.factories import make_member, make_superadmin
from tests.integration.edge_worker.lambda_over_http import over_http
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, frame
from tests.integration.functions.ingest.box import Box, Clock, handler_for, make_box
from tests.signing import SUPABASE_URL, Issuer

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def database_url(own_url: str) -> str:
    """A database of this module's own: the tests need to know when all late data is refreshed."""
    return own_url


@dataclass
class Installation:
    """A store with a box, its owner and a superadmin, in front of the three Lambdas."""

    connection: Connection
    box: Box
    admin: TestClient
    api: TestClient
    admin_headers: dict[str, str]
    owner_headers: dict[str, str]

    def open_window(self, start: datetime, end: datetime, status: int = 201, **more: Any) -> dict[str, Any]:
        body = {
            "camera_id": str(self.box.camera_id),
            "window_start": start.isoformat(),
            "window_end": end.isoformat(),
            **more,
        }
        reply = self.admin.post("/admin/import-windows", json=body, headers=self.admin_headers)
        assert reply.status_code == status, reply.text
        answer: dict[str, Any] = reply.json()
        return answer

    def close_window(self, import_window_id: str) -> int:
        url = f"/admin/import-windows/{import_window_id}"
        status: int = self.admin.delete(url, headers=self.admin_headers).status_code
        return status

    def refresh(self) -> None:
        while self.connection.execute("SELECT FROM late_ranges").rowcount:
            run_bounded_refresh_job(self.connection)

    def dashboard(self, day: datetime) -> dict[str, Any]:
        url = f"/dashboard/{self.box.store_id}?period=day&date={day:%Y-%m-%d}&compare=previous"
        reply = self.api.get(url, headers=self.owner_headers)
        assert reply.status_code == 200, reply.text
        answer: dict[str, Any] = reply.json()
        return answer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def installation(connection: Connection, database_url: str, issuer: Issuer, clock: Clock) -> Iterator[Installation]:
    settings = load_settings(
        ADMIN_SETTINGS, {"METRICA_ENV": "test", "DATABASE_URL": database_url, "SUPABASE_URL": SUPABASE_URL}
    )
    apps = [build_admin(settings), build_api(settings)]
    box = make_box(connection, handler_for(database_url, clock))
    with ExitStack() as stack:
        clients = []
        for app in apps:
            app.state.tokens = issuer.verifier()
            stack.callback(app.state.database.dispose)
            clients.append(stack.enter_context(TestClient(app, raise_server_exceptions=False)))
        yield Installation(
            connection,
            box,
            clients[0],
            clients[1],
            issuer.headers(make_superadmin(connection)),
            issuer.headers(make_member(connection, box.store_id)),
        )


def too_old_day(days: int) -> datetime:
    return datetime.combine(datetime.now(UTC).date(), time(), UTC) - timedelta(days=days)


def fill_outbox(path: Path, box: Box, day: datetime, visitors: int) -> None:
    """A day of 24 observed hours in which people came in one after the other from noon on."""
    noon = day + timedelta(hours=12)
    with SqliteOutbox.open(path) as outbox:
        outbox.add(
            [
                Event(
                    str(uuid4()),
                    format_utc(noon + n * MINUTE),
                    str(box.camera_id),
                    str(box.store_id),
                    Direction.IN,
                    n,
                )
                for n in range(visitors)
            ]
        )
        outbox.add_minutes(
            [Minute(str(box.camera_id), format_utc(day + n * MINUTE), 600, 0, 10.0, 0, 1) for n in range(1440)]
        )


def test_a_box_that_was_offline_for_forty_days_delivers_in_an_import_window(
    installation: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box, days = installation.box, (too_old_day(40), too_old_day(33))
    outbox = tmp_path / "outbox.db"
    for day, visitors in zip(days, (30, 50), strict=True):
        fill_outbox(outbox, box, day, visitors)
    run_bounded_refresh_job(installation.connection)  # the watermark is far behind those days

    with over_http(box.handler) as url:
        options = box.run_options(url, outbox, quiet=True, heartbeat_s=0.1)

        def run_box() -> None:
            now = datetime.now(UTC)
            script = [frame(n, now + timedelta(seconds=n)) for n in range(3)]
            assert Session(options, lambda *_: ScriptedFeed(script, is_live=True), "1.2.3").run() == 0

        def is_delivered() -> bool:
            with SqliteOutbox.open(outbox) as opened:
                backlog = opened.backlog()
                return backlog.events == backlog.minutes == 0

        while not is_delivered():  # a heartbeat takes a day of minutes
            run_box()
        with SqliteOutbox.open(outbox) as opened:
            assert opened.backlog().dead == 80
        assert installation.dashboard(days[1])["kpis"]["visitors"]["value"] is None

        installation.open_window(days[0], days[1] + timedelta(days=1))
        assert edge(["outbox", "retry", "--outbox", str(outbox)]) == 0
        assert "80 events and 2880 minutes of coverage are queued again" in capsys.readouterr().out
        while not is_delivered():
            run_box()
        with SqliteOutbox.open(outbox) as opened:
            assert opened.backlog().dead == 0

    states = {bucket["state"] for bucket in installation.dashboard(days[1])["buckets"]}
    assert "pending" in states  # arrived, and not refreshed yet
    installation.refresh()
    visitors = installation.dashboard(days[1])["kpis"]["visitors"]
    assert (visitors["value"], visitors["baseline"]) == (50, 30)
    assert visitors["change"] == pytest.approx(50 / 30 - 1)
    hourly = installation.connection.execute(
        "SELECT sum(ins) FROM footfall_hourly WHERE store_id = %s", [box.store_id]
    ).fetchone()
    assert hourly == (80,)


def test_only_the_camera_and_the_times_of_an_open_window_are_accepted(
    installation: Installation, connection: Connection, clock: Clock
) -> None:
    box, day = installation.box, too_old_day(60)
    neighbour = make_box(connection, box.handler)
    window = installation.open_window(day, day + timedelta(days=1))

    def reasons(*times: datetime, of: Box = box) -> list[str | None]:
        reply = of.send(*[of.event(ts=at.isoformat()) for at in times])
        rejected = {row["index"]: row["reason"] for row in reply.body["rejected"]}
        return [rejected.get(index) for index in range(len(times))]

    last = day + timedelta(days=1) - timedelta(microseconds=1)
    assert reasons(day - timedelta(microseconds=1), day, last, last + timedelta(microseconds=1)) == [
        "too_old",
        None,
        None,
        "too_old",
    ]
    assert reasons(day, of=neighbour) == ["too_old"]
    assert reasons(datetime.now(UTC) + timedelta(minutes=6)) == ["future_timestamp"]
    beat = {"frames": 600, "dropped": 0, "fps": 10.0, "reconnects": 0}
    rejected = box.beat(
        minutes=[{**beat, "minute": at.isoformat()} for at in (day - MINUTE, day, day + timedelta(days=1))]
    ).body["rejected"]
    assert [row["index"] for row in rejected] == [0, 2]

    assert installation.close_window(window["import_window_id"]) == 204
    clock.now += 60
    assert reasons(day) == ["too_old"]
    assert installation.close_window(window["import_window_id"]) == 404


def test_an_expired_window_is_closed_even_for_a_process_that_remembers_it(
    installation: Installation, connection: Connection
) -> None:
    box, day = installation.box, too_old_day(60)
    installation.open_window(day, day + timedelta(days=1))
    connection.execute(
        "UPDATE import_windows SET expires_at = now() + interval '1 second' WHERE camera_id = %s", [box.camera_id]
    )
    assert box.send(box.event(ts=day.isoformat())).body["inserted"] == 1
    connection.execute("SELECT pg_sleep(1)")
    assert box.send(box.event(ts=day.isoformat())).body["rejected"][0]["reason"] == "too_old"
    listed = installation.admin.get(
        f"/admin/import-windows?camera_id={box.camera_id}", headers=installation.admin_headers
    ).json()["import_windows"]
    assert [(window["is_open"], window["closed_at"]) for window in listed] == [(False, None)]


def test_what_the_retention_is_about_to_drop_cannot_be_imported(
    installation: Installation, connection: Connection
) -> None:
    box, now = installation.box, datetime.now(UTC)
    too_early = now - IMPORT_MAX_AGE - timedelta(minutes=1)
    problem = installation.open_window(too_early, now, status=409)
    assert problem["type"] == "window_too_old"
    assert "more than 398 days ago" in problem["detail"]
    installation.open_window(now - IMPORT_MAX_AGE + timedelta(hours=1), now)
    connection.execute("UPDATE import_windows SET window_start = %s WHERE camera_id = %s", [too_early, box.camera_id])
    oldest = now - IMPORT_MAX_AGE + timedelta(hours=2)
    reply = box.send(*[box.event(ts=at.isoformat()) for at in (too_early, now - EVENT_RETENTION, oldest)])
    assert [row["index"] for row in reply.body["rejected"]] == [0, 1]
    installation.refresh()
    hourly = connection.execute("SELECT sum(ins) FROM footfall_hourly WHERE store_id = %s", [box.store_id]).fetchone()
    assert hourly == (1,)


def test_a_window_must_be_a_span_of_the_past_of_a_camera(installation: Installation) -> None:
    now = datetime.now(UTC)
    day = too_old_day(50)
    assert installation.open_window(day, now + timedelta(hours=1), status=409)["type"] == "window_in_future"
    assert installation.open_window(day, day, status=422)["errors"]
    assert installation.open_window(day, now, status=422, open_for_days=31)["errors"]
    assert installation.open_window(day, now, status=404, camera_id=str(uuid4()))["type"] == "camera_not_found"


def test_opening_and_closing_are_in_the_audit_log(installation: Installation, connection: Connection) -> None:
    day = too_old_day(50)
    window = installation.open_window(day, day + timedelta(days=1), open_for_days=1)
    opened_for = datetime.fromisoformat(window["expires_at"]) - datetime.fromisoformat(window["opened_at"])
    assert abs(opened_for - timedelta(days=1)) < MINUTE
    assert installation.close_window(window["import_window_id"]) == 204
    rows = connection.execute(
        "SELECT action, actor_id::text, store_id, after ? 'closed_at' FROM audit_log WHERE subject_id = %s ORDER BY id",
        [window["import_window_id"]],
    ).fetchall()
    assert rows == [
        ("import_window.open", window["opened_by"], installation.box.store_id, True),
        ("import_window.close", window["opened_by"], installation.box.store_id, True),
    ]
