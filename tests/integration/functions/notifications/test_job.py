"""The notifications Lambda on a real database, with a real receiver and a real mail server, at times of the test."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from aiosmtpd.controller import Controller
from psycopg import sql
from standardwebhooks import Webhook

from functions.common.database import Database
from functions.common.settings import NOTIFICATIONS_SETTINGS, Settings, load_settings
from functions.common.webhook_secret import webhook_secret
from functions.notifications.job import LEASE, Senders, run
from functions.notifications.outcome import MAX_ATTEMPTS
from local.mail.catcher import MailCatcher
from tests.factories import make_camera, make_member, make_store, make_superadmin
from tests.integration.functions.notifications.receiver import Receiver, cut, receiving, respond

Connection = psycopg.Connection[Any]
ROME = ZoneInfo("Europe/Rome")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOON = datetime(2026, 11, 25, 12, tzinfo=ROME)
ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def database_url(own_url: str) -> str:
    """A database of this module's own: the job looks at all channels."""
    return own_url


@dataclass
class Mailbox:
    """A running mail catcher."""

    folder: Path
    controller: Controller

    def mails(self) -> list[EmailMessage]:
        files = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=default) for file in files]


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(MailCatcher(tmp_path / "mail"), hostname="127.0.0.1", port=port)
    controller.start()
    yield Mailbox(tmp_path / "mail", controller)
    controller.stop(no_assert=True)


@dataclass
class Shop:
    """A store in Rome with an owner and a camera, and the job."""

    connection: Connection
    database: Database
    settings: Settings
    store_id: UUID
    camera_id: UUID
    owner: UUID
    email: str
    results: list[dict[str, int]] = field(default_factory=list)

    def run(self, now: datetime) -> dict[str, int]:
        return run(self.database, Senders.of(self.settings), lambda: now)

    def add_channel(self, url: str | None = None, **columns: Any) -> UUID:
        values = {
            "user_id": self.owner,
            "kind": "mail" if url is None else "webhook",
            "scope": "own_stores",
            "url": url,
            "minimum_severity": "warning",
            "enabled_since": NOON - DAY,
            **columns,
        }
        return self._insert("notification_channels", values)

    def add_incident(self, opened_at: datetime | None = NOON, **columns: Any) -> UUID:
        at = opened_at or NOON
        values = {
            "type": "camera_offline",
            "store_id": self.store_id,
            "camera_id": self.camera_id,
            "object_id": str(uuid4()),
            "detail": "The edge box of this camera sends nothing.",
            "remedy": "Check its power and its network.",
            "started_at": at - 12 * MINUTE,
            "found_at": at,
            "opened_at": opened_at,
            **columns,
        }
        return self._insert("incidents", values)

    def change(self, incident_id: UUID, **columns: Any) -> None:
        for name, value in columns.items():
            statement = sql.SQL("UPDATE incidents SET {} = %s WHERE id = %s").format(sql.Identifier(name))
            self.connection.execute(statement, [value, incident_id])

    def end(self, incident_id: UUID, at: datetime) -> None:
        self.change(incident_id, closed_at=at, ended_at=at)

    def outbox(self, channel_id: UUID) -> list[tuple[str, int, str | None]]:
        """State, attempts and outcome of each notification."""
        rows = self.connection.execute(
            "SELECT CASE WHEN delivered_at IS NOT NULL THEN 'delivered' WHEN failed_at IS NOT NULL THEN 'failed'"
            " ELSE 'pending' END, attempts, outcome FROM notifications WHERE channel_id = %s ORDER BY created_at",
            [channel_id],
        )
        return rows.fetchall()

    def _insert(self, table: str, values: dict[str, Any]) -> UUID:
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join([sql.Placeholder()] * len(values)),
        )
        row = self.connection.execute(statement, list(values.values())).fetchone()
        assert row is not None
        found: UUID = row[0]
        return found


@pytest.fixture
def shop(connection: Connection, database_url: str, mailbox: Mailbox) -> Iterator[Shop]:
    for table in ("notification_channels", "incidents", "superadmins"):  # of the tests before
        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
    settings = load_settings(
        NOTIFICATIONS_SETTINGS,
        {
            "METRICA_ENV": "test",
            "DATABASE_URL": database_url,
            "MAIL_TRANSPORT": f"smtp://127.0.0.1:{mailbox.controller.port}",
            "ALLOW_LOCAL_WEBHOOKS": "yes",
            "DASHBOARD_URL": "https://app.example.com",
        },
    )
    store = make_store(connection, name="Bar & Söhne", timezone="Europe/Rome")
    email = f"owner-{uuid4().hex[:8]}@example.org"
    owner = make_member(connection, store, email=email)
    database = Database(settings.database_url)
    yield Shop(connection, database, settings, store, make_camera(connection, store, name="Door"), owner, email)
    database.dispose()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving(respond(204)) as running:
        yield running


def incidents_of(receiver: Receiver) -> list[list[tuple[str, str]]]:
    """Event and id of each incident, of each message that arrived."""
    bodies = [json.loads(request.body) for request in receiver.requests]
    return [[(each["event"], each["incident_id"]) for each in body["data"]["incidents"]] for body in bodies]


def test_incidents_within_ten_minutes_make_one_message(shop: Shop, receiver: Receiver) -> None:
    channel = shop.add_channel(receiver.url)
    first = shop.add_incident(NOON)
    assert shop.run(NOON) == {"composed": 0, "delivered": 0, "failed": 0, "postponed": 0}
    second = shop.add_incident(NOON + 5 * MINUTE, type="slow")
    shop.run(NOON + 5 * MINUTE)
    shop.end(first, NOON + 8 * MINUTE)
    shop.run(NOON + 9 * MINUTE)
    assert receiver.requests == []
    shop.run(NOON + 10 * MINUTE)
    assert incidents_of(receiver) == [[("opened", str(first)), ("closed", str(first)), ("opened", str(second))]]
    shop.run(NOON + 11 * MINUTE)
    shop.end(second, NOON + 30 * MINUTE)
    shop.run(NOON + 30 * MINUTE)
    shop.run(NOON + 40 * MINUTE)
    assert incidents_of(receiver)[1:] == [[("closed", str(second))]]
    body = json.loads(receiver.requests[0].body)
    assert (body["type"], body["version"], body["timestamp"]) == ("incidents.changed", 1, "2026-11-25T11:10:00+00:00")
    assert body["data"]["incidents"][0] == {
        "event": "opened",
        "incident_id": str(first),
        "type": "camera_offline",
        "title": "Camera offline",
        "severity": "critical",
        "store_id": str(shop.store_id),
        "store_name": "Bar & Söhne",
        "camera_id": str(shop.camera_id),
        "camera_name": "Door",
        "detail": "The edge box of this camera sends nothing.",
        "remedy": "Check its power and its network.",
        "started_at": "2026-11-25T11:48:00+01:00",
        "opened_at": "2026-11-25T12:00:00+01:00",
        "closed_at": "2026-11-25T12:08:00+01:00",
    }
    assert receiver.ids[0] != receiver.ids[1]
    secret = webhook_secret(shop.settings.notification_key, channel)
    signature = receiver.requests[0].headers["webhook-signature"]
    sent_at = datetime.fromtimestamp(int(receiver.requests[0].headers["webhook-timestamp"]), UTC)
    assert Webhook(secret).sign(receiver.ids[0], sent_at, receiver.requests[0].body.decode()) == signature


def test_nothing_is_lost_while_the_job_did_not_run_and_nothing_is_told_twice(shop: Shop, receiver: Receiver) -> None:
    shop.add_channel(receiver.url)
    old = shop.add_incident(NOON - 20 * HOUR)
    shop.end(old, NOON - 19 * HOUR)
    shop.run(NOON)
    late = shop.add_incident(NOON - 5 * MINUTE)  # committed after the run that was later
    for minute in range(0, 60, 5):
        shop.run(NOON + minute * MINUTE)
    assert incidents_of(receiver) == [[("opened", str(old)), ("closed", str(old)), ("opened", str(late))]]


def test_what_opened_before_a_channel_was_enabled_and_what_is_no_incident_yet_is_not_told(
    shop: Shop, receiver: Receiver
) -> None:
    shop.add_channel(receiver.url, enabled_since=NOON)
    before = shop.add_incident(NOON - MINUTE)
    shop.add_incident(None)
    shop.run(NOON)
    shop.end(before, NOON + MINUTE)
    for minute in (1, 30):
        shop.run(NOON + minute * MINUTE)
    assert receiver.requests == []


def test_quiet_hours_of_the_store_hold_messages_until_their_end(shop: Shop, receiver: Receiver) -> None:
    night = {"quiet_from": clock_time(22), "quiet_until": clock_time(7)}
    shop.add_channel(receiver.url, **night)
    at = NOON.replace(hour=23)
    incident = shop.add_incident(at)
    for hours in (0, 1, 7):
        shop.run(at + hours * HOUR)
    shop.end(incident, at + 7 * HOUR)
    shop.run(at + 7 * HOUR + 59 * MINUTE)
    assert receiver.requests == []
    shop.run(at + 8 * HOUR)
    assert incidents_of(receiver) == [[("opened", str(incident)), ("closed", str(incident))]]


def test_muted_acknowledged_and_closed_incidents_are_not_told(shop: Shop, receiver: Receiver) -> None:
    shop.add_channel(receiver.url)
    muted = shop.add_incident(muted_until=NOON + HOUR)
    acknowledged, closed, handled = (shop.add_incident() for _ in range(3))
    shop.change(acknowledged, acknowledged_at=NOON)
    shop.change(closed, closed_at=NOON, closed_by=uuid4())
    shop.run(NOON)
    shop.change(handled, acknowledged_at=NOON + 5 * MINUTE)  # while it waits
    shop.run(NOON + 10 * MINUTE)
    for incident in (acknowledged, handled):
        shop.end(incident, NOON + 20 * MINUTE)
    shop.run(NOON + 59 * MINUTE)
    assert receiver.requests == []
    shop.run(NOON + 60 * MINUTE)  # the mute ends, and the incident lasts
    shop.run(NOON + 70 * MINUTE)
    assert incidents_of(receiver) == [[("opened", str(muted))]]


def test_a_mute_during_the_wait_holds_the_message(shop: Shop, receiver: Receiver) -> None:
    shop.add_channel(receiver.url)
    incident = shop.add_incident()
    shop.run(NOON)
    shop.change(incident, muted_until=NOON + HOUR)
    shop.run(NOON + 30 * MINUTE)
    assert receiver.requests == []
    shop.run(NOON + HOUR)
    assert incidents_of(receiver) == [[("opened", str(incident))]]


def test_the_person_who_closes_an_incident_is_not_told_and_the_others_are(shop: Shop, receiver: Receiver) -> None:
    colleague = make_member(shop.connection, shop.store_id)
    with receiving(respond(204)) as other:
        shop.add_channel(receiver.url)
        shop.add_channel(other.url, user_id=colleague)
        incident = shop.add_incident()
        for minute in (0, 10):
            shop.run(NOON + minute * MINUTE)
        shop.change(incident, closed_at=NOON + 15 * MINUTE, closed_by=shop.owner)
        for minute in (15, 25):
            shop.run(NOON + minute * MINUTE)
        assert incidents_of(other) == [[("opened", str(incident))], [("closed", str(incident))]]
    assert incidents_of(receiver) == [[("opened", str(incident))]]


def test_a_channel_gets_what_it_asks_for_and_what_its_person_may_know(shop: Shop, receiver: Receiver) -> None:
    other_store = make_store(shop.connection)
    other_camera = make_camera(shop.connection, other_store)
    of_other: dict[str, Any] = {"store_id": other_store, "camera_id": other_camera}
    superadmin = uuid4()
    shop.connection.execute("INSERT INTO users (id, email) VALUES (%s, 'admin@example.org')", [superadmin])
    make_superadmin(shop.connection, user_id=superadmin)
    offline, slow = shop.add_incident(), shop.add_incident(type="slow")
    foreign = shop.add_incident(**of_other)
    key = shop.add_incident(type="worker_key_unused", camera_id=None)
    job = shop.add_incident(type="refresh_overdue", camera_id=None, store_id=None)
    expected: dict[str, tuple[dict[str, Any], set[UUID]]] = {
        "own": ({}, {offline, slow}),
        "critical": ({"minimum_severity": "critical"}, {offline}),
        "types": ({"incident_types": ["slow", "backlog"]}, {slow}),
        "store": ({"scope": "store", "store_id": shop.store_id}, {offline, slow}),
        "foreign store": ({"scope": "store", "store_id": other_store}, set()),
        "no superadmin": ({"scope": "installation"}, set()),
        "superadmin": ({"scope": "installation", "user_id": superadmin}, {offline, slow, foreign, key, job}),
        "superadmin, own stores": ({"user_id": superadmin}, set()),
        "disabled": ({"enabled_since": None}, set()),
    }
    for name, (columns, _) in expected.items():
        shop.add_channel(f"{receiver.url}&channel={name.replace(' ', '-')}", **columns)
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    found = {
        request.line.split()[1].partition("channel=")[2]: {
            UUID(each["incident_id"]) for each in json.loads(request.body)["data"]["incidents"]
        }
        for request in receiver.requests
    }
    assert found == {name.replace(" ", "-"): wanted for name, (_, wanted) in expected.items() if wanted}


def test_an_owner_who_is_removed_gets_nothing_that_still_waits_or_is_tried_again(
    shop: Shop, receiver: Receiver
) -> None:
    receiver.answers = [respond(503)]
    tried = shop.add_channel(receiver.url)
    shop.add_incident()
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    shop.add_incident(NOON + 11 * MINUTE)
    shop.run(NOON + 11 * MINUTE)
    shop.connection.execute("DELETE FROM store_members WHERE user_id = %s", [shop.owner])
    before = len(receiver.requests)
    for minute in (21, 60, 600):
        shop.run(NOON + minute * MINUTE)
    assert len(receiver.requests) == before
    ((state, _, outcome),) = shop.outbox(tried)
    assert (state, outcome) == ("failed", "The person may not read all of its stores any more.")


def test_a_receiver_that_is_down_is_tried_again_with_the_same_id_and_fails_for_good_after_a_day(
    shop: Shop, receiver: Receiver
) -> None:
    receiver.answers = [respond(500)]
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    shop.run(NOON)
    now = NOON + 10 * MINUTE
    for attempts in range(1, MAX_ATTEMPTS + 1):
        shop.run(now)
        assert len(receiver.requests) == attempts
        row = shop.connection.execute("SELECT max(next_attempt_at) FROM notifications").fetchone()
        assert row is not None
        now = row[0] or now + DAY
    shop.run(now)
    assert len(receiver.requests) == MAX_ATTEMPTS
    assert len(set(receiver.ids)) == 1
    assert len({request.body for request in receiver.requests}) == 1
    assert shop.outbox(channel) == [("failed", MAX_ATTEMPTS, "The receiver answered 500 Internal Server Error.")]


def test_a_refusal_is_not_repeated(shop: Shop, receiver: Receiver) -> None:
    receiver.answers = [respond(403)]
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    for minute in (0, 10, 60, 600):
        shop.run(NOON + minute * MINUTE)
    assert shop.outbox(channel) == [("failed", 1, "The receiver answered 403 Forbidden.")]


def test_410_gone_disables_the_channel(shop: Shop, receiver: Receiver) -> None:
    receiver.answers = [respond(410)]
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    shop.add_incident(NOON + 20 * MINUTE)
    for minute in (20, 30, 60):
        shop.run(NOON + minute * MINUTE)
    assert len(receiver.requests) == 1
    row = shop.connection.execute(
        "SELECT enabled_since, disabled_reason FROM notification_channels WHERE id = %s", [channel]
    ).fetchone()
    assert row == (None, "The receiver answered 410 Gone; the channel is disabled.")


def test_a_cut_connection_is_an_unknown_outcome_that_is_repeated_with_the_same_id(
    shop: Shop, receiver: Receiver
) -> None:
    receiver.answers = [cut, respond(200)]
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    for minute in (0, 10, 11, 12):
        shop.run(NOON + minute * MINUTE)
    assert len(receiver.requests) == 2
    assert receiver.ids[0] == receiver.ids[1]
    assert receiver.requests[0].body == receiver.requests[1].body
    assert shop.outbox(channel) == [("delivered", 2, "The receiver answered 200 OK.")]


def test_two_functions_at_once_send_nothing_twice(shop: Shop, receiver: Receiver, database_url: str) -> None:
    channels = [shop.add_channel(receiver.url) for _ in range(12)]
    shop.add_incident()
    shop.run(NOON)
    databases = [Database(shop.settings.database_url) for _ in range(3)]
    now = NOON + 10 * MINUTE
    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(lambda each: run(each, Senders.of(shop.settings), lambda: now), databases))
    for each in databases:
        each.dispose()
    assert len(receiver.requests) == len(set(receiver.ids)) == 12
    assert sum(result["composed"] for result in results) == 12
    assert sum(result["delivered"] for result in results) == 12
    assert all(
        shop.outbox(channel) == [("delivered", 1, "The receiver answered 204 No Content.")] for channel in channels
    )


KILLED_RUN = """
import os, signal, sys
from datetime import datetime
from functions.common.database import Database
from functions.common.settings import load_settings
from functions.notifications import job
settings = load_settings([])
job._record = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
job.run(Database(settings.database_url), job.Senders.of(settings), lambda: datetime.fromisoformat(sys.argv[1]))
"""


def test_a_function_that_is_killed_between_sending_and_recording_sends_again_with_the_same_id(
    shop: Shop, receiver: Receiver, database_url: str
) -> None:
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    shop.run(NOON)
    now = NOON + 10 * MINUTE
    environ = {
        **os.environ,
        "METRICA_ENV": "test",
        "DATABASE_URL": database_url,
        "MAIL_TRANSPORT": shop.settings.mail_transport.reveal(),
        "ALLOW_LOCAL_WEBHOOKS": "yes",
    }
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_RUN, now.isoformat()], cwd=ROOT, env=environ, check=False, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(receiver.requests) == 1
    assert shop.outbox(channel) == [("pending", 1, None)]
    shop.run(now + LEASE - timedelta(seconds=1))
    assert len(receiver.requests) == 1
    shop.run(now + LEASE)
    assert receiver.ids[0] == receiver.ids[1]
    assert receiver.requests[0].body == receiver.requests[1].body
    assert shop.outbox(channel) == [("delivered", 2, "The receiver answered 204 No Content.")]


def test_a_receiver_that_hangs_does_not_hold_up_the_others(shop: Shop, receiver: Receiver) -> None:
    """Four answer only once all four were asked, so the job asks none of them after another."""
    slow, all_are_asked = respond(204), threading.Barrier(4)

    def answer_late(connection: Any) -> None:
        with suppress(threading.BrokenBarrierError):
            all_are_asked.wait(20)
        slow(connection)

    with receiving(answer_late) as late:
        for _ in range(4):
            shop.add_channel(late.url)
        shop.add_channel(receiver.url)
        shop.add_incident()
        shop.run(NOON)
        result = shop.run(NOON + 10 * MINUTE)
    assert result["delivered"] == 5


def test_a_mail_has_the_delivery_id_plain_text_and_escaped_html(shop: Shop, mailbox: Mailbox) -> None:
    shop.connection.execute("UPDATE cameras SET name = '<b>Door</b>' WHERE id = %s", [shop.camera_id])
    channel = shop.add_channel()
    incident = shop.add_incident(detail="2 < 3 & <script>alert(1)</script>")
    shop.run(NOON)
    shop.run(NOON + 10 * MINUTE)
    (mail,) = mailbox.mails()
    row = shop.connection.execute("SELECT id FROM notifications WHERE channel_id = %s", [channel]).fetchone()
    assert row is not None
    assert (mail["To"], mail["From"]) == (shop.email, "Metrica <metrica@example.org>")
    assert mail["Subject"] == "Bar & Söhne, <b>Door</b>: Camera offline"
    assert mail["Message-ID"] == f"<{row[0]}@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines()[:4] == [
        "Camera offline: Bar & Söhne, <b>Door</b>",
        "since 2026-11-25 11:48 (UTC+0100)",
        "2 < 3 & <script>alert(1)</script>",
        "Check its power and its network.",
    ]
    markup = html.get_content()
    assert "<script" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in markup
    assert "Bar &amp; Söhne, &lt;b&gt;Door&lt;/b&gt;" in markup
    shop.end(incident, NOON + 20 * MINUTE)
    for minute in (20, 30):
        shop.run(NOON + minute * MINUTE)
    assert mailbox.mails()[1]["Subject"] == "Bar & Söhne, <b>Door</b>: Camera offline – ended"


def test_a_name_with_a_line_break_adds_no_header(shop: Shop, mailbox: Mailbox) -> None:
    shop.connection.execute("UPDATE stores SET name = %s WHERE id = %s", ["Bar\r\nBcc: all@example.org", shop.store_id])
    shop.add_channel()
    shop.add_incident()
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    (mail,) = mailbox.mails()
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Bar Bcc: all@example.org, Door: Camera offline"


def test_a_mail_server_that_is_down_is_tried_again_with_the_same_message_id(shop: Shop, mailbox: Mailbox) -> None:
    channel = shop.add_channel()
    shop.add_incident()
    shop.run(NOON)
    working, shop.settings = (
        shop.settings,
        load_settings(
            [], {"DATABASE_URL": shop.settings.database_url.reveal(), "MAIL_TRANSPORT": "smtp://127.0.0.1:1"}
        ),
    )
    shop.run(NOON + 10 * MINUTE)
    assert shop.outbox(channel) == [("pending", 1, "The mail server cannot be reached.")]
    shop.settings = working
    shop.run(NOON + 11 * MINUTE)
    assert len(mailbox.mails()) == 1
    assert shop.outbox(channel) == [("delivered", 2, "The mail server accepted the mail.")]


def test_an_account_without_an_address_gets_no_mail_and_the_outbox_says_so(shop: Shop) -> None:
    shop.connection.execute("UPDATE users SET email = '' WHERE id = %s", [shop.owner])
    channel = shop.add_channel()
    shop.add_incident()
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    assert shop.outbox(channel) == [("failed", 1, "The account has no e-mail address.")]


def test_notifications_are_kept_for_90_days(shop: Shop, receiver: Receiver) -> None:
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    shop.run(NOON + 90 * DAY)
    assert len(shop.outbox(channel)) == 1
    shop.run(NOON + 90 * DAY + 11 * MINUTE)
    assert shop.outbox(channel) == []
    assert len(receiver.requests) == 1
