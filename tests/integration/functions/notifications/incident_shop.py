"""A store whose incidents are told, with the job at times of the test."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
from aiosmtpd.controller import Controller
from psycopg import sql

from functions.common.database import Database
from functions.common.settings import Settings
from functions.notifications.job import Senders, run
from tests.integration.functions.notifications.receiver import Receiver

Connection = psycopg.Connection[Any]
ROME = ZoneInfo("Europe/Rome")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOON = datetime(2026, 11, 25, 12, tzinfo=ROME)


@dataclass
class Mailbox:
    """A running mail catcher."""

    folder: Path
    controller: Controller

    def mails(self) -> list[EmailMessage]:
        files = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=default) for file in files]


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


def incidents_of(receiver: Receiver) -> list[list[tuple[str, str]]]:
    """Event and id of each incident, of each message that arrived."""
    bodies = [json.loads(request.body) for request in receiver.requests]
    return [[(each["event"], each["incident_id"]) for each in body["data"]["incidents"]] for body in bodies]
