"""What the functions measure, compared with what they answer, on a real database."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest

from functions.admin.maintenance import MaintenanceError, maintain
from functions.api.app import build
from functions.common.app import lambda_handler
from functions.common.database import Database
from functions.common.metrics import measured_job
from functions.common.settings import (
    API_SETTINGS,
    MAINTENANCE_SETTINGS,
    NOTIFICATIONS_SETTINGS,
    load_settings,
)
from functions.incidents import job as incidents_job
from functions.notifications import job as notifications_job
from tests.database import run_refresh_job
from tests.factories import Event, Minute, insert_events, insert_minutes, make_camera, make_member, make_store
from tests.integration.functions.api.test_lambda import event as api_event
from tests.integration.functions.ingest.box import Box, handler_for, make_box
from tests.integration.functions.notifications.receiver import receiving, respond
from tests.signing import SUPABASE_URL

Connection = psycopg.Connection[Any]
ROME = ZoneInfo("Europe/Rome")
EVERY_DAY = {day: [["09:00", "20:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


@pytest.fixture(autouse=True)
def _stage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICS_STAGE", "test")


@pytest.fixture(scope="module")
def database_url(own_url: str) -> str:
    """A database of this module's own: the jobs look at all stores."""
    return own_url


@pytest.fixture
def box(connection: Connection, database_url: str) -> Box:
    return make_box(connection, handler_for(database_url))


def documents(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The documents on stdout. Each describes its metrics: what it declares is there, and is a number."""
    found: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for document in found:
        (directive,) = document["_aws"]["CloudWatchMetrics"]
        assert all(isinstance(document[metric["Name"]], int | float) for metric in directive["Metrics"])
        assert all(isinstance(document[name], str) for name in directive["Dimensions"][0])
        assert document["Stage"] == "test"
        assert len(document) == 1 + len(directive["Metrics"]) + len(directive["Dimensions"][0])
    return found


def values(found: list[dict[str, Any]], name: str, dimension: str | None = None) -> dict[Any, Any]:
    """The value of a metric, by that of a dimension."""
    return {document.get(dimension or ""): document[name] for document in found if name in document}


def test_the_metrics_of_a_batch_are_the_numbers_of_its_response(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    now = datetime.now(UTC)
    known = box.event(ts=(now - timedelta(seconds=20)).isoformat())
    box.send(known)
    capsys.readouterr()
    reply = box.send(
        known,
        box.event(ts=(now - timedelta(seconds=90)).isoformat()),
        box.event(),
        box.event(direction="UP"),
        box.event(camera_id=str(uuid4())),
        box.event(ts=(now - timedelta(days=31)).isoformat()),
        box.event(ts=(now + timedelta(days=1)).isoformat()),
        box.event(ts=(now + timedelta(days=1)).isoformat()),
    )
    elapsed = (datetime.now(UTC) - now).total_seconds()
    found = documents(capsys)
    assert values(found, "Inserted") == {None: reply.body["inserted"]} == {None: 2}
    assert values(found, "Duplicates") == {None: reply.body["duplicates"]} == {None: 1}
    reasons = [row["reason"] for row in reply.body["rejected"]]
    assert values(found, "Rejected", "Reason") == {reason: reasons.count(reason) for reason in reasons}
    assert values(found, "Rejected", "Reason")["future_timestamp"] == 2
    assert 90 <= values(found, "Lag")[None] <= 90 + elapsed
    assert 0 < values(found, "DatabaseTime")[None] <= elapsed * 1000
    assert {document["Function"] for document in found} == {"ingest"}
    assert str(box.store_id) not in json.dumps(found)


def test_a_repeated_batch_has_no_lag(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    crossing = box.event()
    box.send(crossing)
    capsys.readouterr()
    assert box.send(crossing).body["duplicates"] == 1
    found = documents(capsys)
    assert (values(found, "Inserted"), values(found, "Duplicates"), values(found, "Lag")) == ({None: 0}, {None: 1}, {})


def test_a_request_that_is_refused_before_the_database_measures_nothing(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    assert box.ask("POST", "/events", {"events": []}, headers={"X-Worker-Key": "wrong"}).status == 401
    assert documents(capsys) == []


def test_a_request_succeeds_when_its_metrics_cannot_be_written(
    box: Box, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Full:
        def write(self, _text: str) -> int:
            raise OSError("no space left on device")

    monkeypatch.setattr("sys.stdout", Full())
    reply = box.send(box.event())
    assert (reply.status, reply.body["inserted"]) == (200, 1)
    assert "metrics of ingest were not written" in caplog.text


def test_the_owner_api_measures_the_time_of_its_statements(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {"METRICA_ENV": "test", "DATABASE_URL": database_url, "SUPABASE_URL": SUPABASE_URL}
    app = build(load_settings(API_SETTINGS, environ))
    answer = lambda_handler(app, "api")(api_event("/healthz"), None)
    app.state.database.dispose()
    assert answer["statusCode"] == 200
    (document,) = documents(capsys)
    assert document["Function"] == "api"
    assert document["DatabaseTime"] > 0


def test_the_incidents_job_measures_open_incidents_and_whether_open_stores_count(
    connection: Connection, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    connection.execute("UPDATE stores SET archived_at = now() WHERE archived_at IS NULL")
    at_noon = datetime(2026, 11, 25, 12, 30, tzinfo=ROME)
    stores = [make_store(connection, timezone="Europe/Rome", opening_hours=EVERY_DAY) for _ in range(2)]
    cameras = [make_camera(connection, store) for store in stores]
    closed = make_store(connection, timezone="America/Lima", opening_hours=EVERY_DAY)
    make_camera(connection, closed)
    connection.execute("UPDATE cameras SET last_seen_at = %s", [at_noon - timedelta(minutes=20)])
    insert_events(connection, stores[0], cameras[0], [Event(at_noon - timedelta(minutes=70))])
    for store, camera in zip(stores, cameras, strict=True):
        minutes = [Minute(at_noon - timedelta(minutes=minute)) for minute in range(120)]
        insert_minutes(connection, store, camera, minutes)

    run = measured_job("incidents")(incidents_job.run)
    run(database, at_noon)
    found = documents(capsys)
    is_open = "SELECT type FROM incidents WHERE opened_at IS NOT NULL AND closed_at IS NULL"
    types = [row[0] for row in connection.execute(is_open)]
    assert types.count("camera_offline") == 2
    opened = values(found, "IncidentsOpen", "Severity")
    assert sum(opened.values()) == len(types)
    assert opened["critical"] >= 2
    assert (values(found, "StoresOpen"), values(found, "StoresCounting")) == ({None: 2}, {None: 1})
    assert values(found, "JobsSucceeded") == {None: 1}
    assert values(found, "DatabaseTime")[None] > 0


def test_maintenance_measures_its_jobs_by_result(
    connection: Connection, database_url: str, storage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run_refresh_job(connection)
    environ = {"METRICA_ENV": "test", "DATABASE_URL": database_url, "SNAPSHOT_BUCKET": storage}
    settings = load_settings(MAINTENANCE_SETTINGS, environ)
    run = measured_job("maintenance")(maintain)
    results = run(settings)
    found = documents(capsys)
    assert values(found, "JobsSucceeded") == {None: len(results)}
    assert values(found, "JobsFailed") == {None: 0}
    connection.execute("UPDATE aggregate_refresh SET refreshed_at = now() - interval '31 minutes'")
    with pytest.raises(MaintenanceError):
        run(settings)
    found = documents(capsys)
    assert values(found, "JobsSucceeded") == {None: len(results) - 1}
    assert values(found, "JobsFailed") == {None: 1}
    run_refresh_job(connection)


def test_notifications_measure_deliveries_and_failures_by_channel(
    connection: Connection, database: Database, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    noon = datetime(2026, 11, 25, 12, tzinfo=ROME)
    store = make_store(connection)
    camera = make_camera(connection, store)
    owner = make_member(connection, store)
    insert = (
        "INSERT INTO notification_channels (user_id, kind, scope, url, minimum_severity, enabled_since) "
        "VALUES (%s, %s, 'own_stores', %s, 'warning', %s)"
    )
    environ = {
        "METRICA_ENV": "test",
        "DATABASE_URL": database_url,
        "ALLOW_LOCAL_WEBHOOKS": "yes",
        "MAIL_TRANSPORT": "smtp://127.0.0.1:9",  # nothing listens there
    }
    senders = notifications_job.Senders.of(load_settings(NOTIFICATIONS_SETTINGS, environ))
    with receiving(respond(200)) as receiver:
        connection.execute(insert, [owner, "webhook", receiver.url, noon - timedelta(days=1)])
        connection.execute(insert, [owner, "mail", None, noon - timedelta(days=1)])
        connection.execute(
            "INSERT INTO incidents (type, store_id, camera_id, object_id, detail, remedy, started_at, found_at, "
            "opened_at) VALUES ('camera_offline', %s, %s, %s, 'd', 'r', %s, %s, %s)",
            [store, camera, str(camera), noon, noon, noon],
        )
        run = measured_job("notifications")(notifications_job.run)
        assert run(database, senders, lambda: noon)["composed"] == 0  # changes wait for others
        assert values(documents(capsys), "NotDelivered", "Channel") == {}
        results = run(database, senders, lambda: noon + timedelta(minutes=10))
    found = documents(capsys)
    assert values(found, "Delivered", "Channel") == {"webhook": results["delivered"]} == {"webhook": 1}
    assert values(found, "NotDelivered", "Channel") == {"mail": results["postponed"]} == {"mail": 1}
