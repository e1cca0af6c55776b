"""A store with everything a store can have, which no other tenant may see."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

from functions.common import bearer_token
from functions.common.secret import Secret
from functions.common.unsubscribe_token import unsubscribe_token
from tests.factories import Event, insert_events, make_camera, make_member, make_store, make_superadmin
from tests.integration.functions.every_route.routes import Row
from tests.integration.functions.ingest.box import make_key

Connection = psycopg.Connection[Any]

SECRET = "Tenant-of-the-other-store"
"""Stands in every text of the other tenant: it must never be seen."""


@dataclass(frozen=True)
class Tenant:
    """A store with everything a store can have."""

    store_id: UUID
    camera_id: UUID
    user_id: UUID
    invite_id: UUID
    worker_key_id: UUID
    key: str
    superadmin_id: UUID
    import_window_id: UUID
    incident_id: UUID
    channel_id: UUID
    subscription_id: UUID
    token: str
    wall_link_id: UUID
    wall_token: str

    def url(self, row: Row) -> str:
        return (row.path + row.query).format(**self._ids())

    def body(self, row: Row) -> Any:
        if not isinstance(row.body, dict):
            return row.body
        ids = self._ids()
        return {name: value.format(**ids) if isinstance(value, str) else value for name, value in row.body.items()}

    def _ids(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "key"} | {"date": datetime.now(UTC).date()}


def nobody() -> Tenant:
    """A store that does not exist."""
    values: dict[str, Any] = {each.name: uuid4() for each in fields(Tenant)}
    secrets = {"key": "mk_" + "a" * 43, "token": "un_" + "a" * 43, "wall_token": "wl_" + "a" * 43}
    return Tenant(**values | secrets)


def make_tenant(connection: Connection) -> Tenant:
    """Return a store with everything a store can have; `SECRET` stands in each of its texts."""
    store_id = make_store(connection, name=f"{SECRET} store")
    camera_id = make_camera(connection, store_id, name=f"{SECRET} camera")
    user_id = make_member(connection, store_id, email=f"{SECRET.lower()}-{uuid4()}@example.com")
    key = make_key(connection, store_id)
    invite = connection.execute(
        "INSERT INTO store_invites (store_id, email, expires_at)"
        " VALUES (%s, %s, now() + interval '1 day') RETURNING id",
        [store_id, f"{SECRET.lower()}-{uuid4()}@example.com"],
    ).fetchone()
    worker_key = connection.execute("SELECT id FROM worker_keys WHERE store_id = %s", [store_id]).fetchone()
    assert invite is not None
    assert worker_key is not None
    return Tenant(
        store_id,
        camera_id,
        user_id,
        invite[0],
        worker_key[0],
        key,
        get_superadmin_id(connection),
        make_import_window(connection, store_id, camera_id),
        make_incident(connection, store_id, camera_id),
        make_channel(connection, user_id, store_id),
        *make_subscription(connection, user_id, store_id),
        *make_wall_link(connection, store_id),
    )


def make_busy_tenant(connection: Connection) -> Tenant:
    """A tenant with a snapshot, an occupancy reset and crossings of the last hours."""
    tenant = make_tenant(connection)
    connection.execute(
        "UPDATE cameras SET snapshot_at = now(), snapshot_key = 'snapshots/x', picture = 'moved',"
        " rejected_instance_id = gen_random_uuid() WHERE id = %s",
        [tenant.camera_id],
    )
    connection.execute(
        "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, now() - interval '1 hour', 3)",
        [tenant.store_id],
    )
    crossings = [Event(datetime.now(UTC) - timedelta(minutes=n)) for n in range(99)]
    insert_events(connection, tenant.store_id, tenant.camera_id, crossings)
    return tenant


def make_subscription(connection: Connection, user_id: UUID, store_id: UUID) -> tuple[UUID, str]:
    """Return a subscription to the daily reports of a store, and the token that ends it."""
    subscription_id = uuid4()
    token = unsubscribe_token(Secret("NOTIFICATION_KEY", "another key"), subscription_id)
    connection.execute(
        "INSERT INTO report_subscriptions (id, user_id, store_id, period, unsubscribe_sha256, reported_until)"
        " VALUES (%s, %s, %s, 'day', %s, '2026-11-17')",
        [subscription_id, user_id, store_id, bearer_token.digest(token)],
    )
    return subscription_id, token


def make_wall_link(connection: Connection, store_id: UUID) -> tuple[UUID, str]:
    """Return a link to the wall view of a store, and its token."""
    token = bearer_token.generate("wl_")
    row = connection.execute(
        "INSERT INTO wall_links (store_id, name, token_sha256) VALUES (%s, %s, %s) RETURNING id",
        [store_id, f"{SECRET} screen", bearer_token.digest(token)],
    ).fetchone()
    assert row is not None
    return row[0], token


def make_channel(connection: Connection, user_id: UUID, store_id: UUID) -> UUID:
    """Return a webhook of a user."""
    row = connection.execute(
        "INSERT INTO notification_channels (user_id, kind, scope, store_id, url, minimum_severity, enabled_since)"
        " VALUES (%s, 'webhook', 'store', %s, %s, 'warning', now()) RETURNING id",
        [user_id, store_id, f"https://{SECRET.lower()}.example.com/hook"],
    ).fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


def make_incident(connection: Connection, store_id: UUID, camera_id: UUID) -> UUID:
    """Return an open incident of a camera."""
    row = connection.execute(
        "INSERT INTO incidents (type, store_id, camera_id, object_id, detail, remedy, started_at, found_at, opened_at)"
        " VALUES ('slow', %s, %s, %s, %s, 'Wait.', now(), now(), now()) RETURNING id",
        [store_id, camera_id, str(camera_id), f"{SECRET} is slow."],
    ).fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


def make_import_window(connection: Connection, store_id: UUID, camera_id: UUID) -> UUID:
    """Return an open import window of a camera."""
    row = connection.execute(
        "INSERT INTO import_windows (store_id, camera_id, window_start, window_end, expires_at)"
        " VALUES (%s, %s, now() - interval '60 days', now() - interval '40 days', now() + interval '1 day')"
        " RETURNING id",
        [store_id, camera_id],
    ).fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


def get_superadmin_id(connection: Connection) -> UUID:
    """Return the row of a new superadmin."""
    user_id = make_superadmin(connection)
    row = connection.execute("SELECT id FROM superadmins WHERE user_id = %s", [user_id]).fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


def state(connection: Connection, tenant: Tenant) -> list[Any]:
    """Everything that is stored about a tenant."""
    queries = (
        "SELECT * FROM stores WHERE id = %s",
        "SELECT * FROM cameras WHERE store_id = %s",
        "SELECT * FROM store_members WHERE store_id = %s",
        "SELECT * FROM store_invites WHERE store_id = %s",
        "SELECT * FROM worker_keys WHERE store_id = %s",
        "SELECT * FROM occupancy_resets WHERE store_id = %s",
        "SELECT * FROM count_checks WHERE store_id = %s",
        "SELECT * FROM import_windows WHERE store_id = %s",
        "SELECT * FROM audit_log WHERE store_id = %s",
        "SELECT * FROM report_subscriptions WHERE store_id = %s",
        "SELECT * FROM wall_links WHERE store_id = %s",
        "SELECT c.*, (SELECT count(*) FROM notifications n WHERE n.channel_id = c.id) FROM notification_channels c"
        " WHERE store_id = %s",
        "SELECT count(*) FROM events WHERE store_id = %s",
    )
    return [connection.execute(query, [tenant.store_id]).fetchall() for query in queries]
