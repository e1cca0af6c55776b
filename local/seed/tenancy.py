"""Writes the demo tenant's people, stores, cameras and keys. What is there already stays as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from psycopg import Connection

from functions.common import worker_key
from local.seed.tenant import CameraPlan, StorePlan

KEY_NAME = "demo"


def write_owner(connection: Connection, user_id: UUID, email: str, stores: tuple[StorePlan, ...]) -> None:
    """The owner's row, and their membership of the stores."""
    connection.execute(
        "INSERT INTO users (id, email) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET email = excluded.email",
        (user_id, email),
    )
    for store in stores:
        connection.execute(
            "INSERT INTO store_members (store_id, user_id) VALUES (%s, %s) ON CONFLICT DO NOTHING", (store.id, user_id)
        )


def write_store(connection: Connection, store: StorePlan, created_at: datetime, now: datetime) -> None:
    """The store with its cameras; only its active camera counts."""
    connection.execute(
        "INSERT INTO stores (id, name, timezone, day_start, opening_hours, capacity, created_at) "
        "VALUES (%s, %s, %s, %s, %s::jsonb, %s, %s) ON CONFLICT (id) DO NOTHING",
        (
            store.id,
            store.name,
            store.timezone,
            store.day_start,
            None if store.opening_hours is None else json.dumps(store.opening_hours),
            store.capacity,
            created_at,
        ),
    )
    _write_camera(connection, store, store.history, created_at, archived_at=now)
    for camera in store.cameras:
        _write_camera(connection, store, camera, now, archived_at=None if camera == store.active else now)


def _write_camera(
    connection: Connection, store: StorePlan, camera: CameraPlan, created_at: datetime, archived_at: datetime | None
) -> None:
    connection.execute(
        "INSERT INTO cameras (id, store_id, name, origin, is_counting_line, created_at, archived_at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
        (camera.id, store.id, camera.name, camera.origin, archived_at is None, created_at, archived_at),
    )


def activate(connection: Connection, store: StorePlan, camera: CameraPlan) -> None:
    """Lets this one of the store's cameras count, and archives the others."""
    for other in store.cameras:
        if other != camera:
            connection.execute(
                "UPDATE cameras SET archived_at = now(), is_counting_line = false "
                "WHERE id = %s AND archived_at IS NULL",
                (other.id,),
            )
    connection.execute(
        "UPDATE cameras SET archived_at = NULL, is_counting_line = true WHERE id = %s AND archived_at IS NOT NULL",
        (camera.id,),
    )


def write_keys(connection: Connection, keys: Mapping[UUID, str]) -> None:
    """Lets these keys in; a demo key of before whose secret is lost is revoked."""
    for store_id, key in keys.items():
        connection.execute(
            "UPDATE worker_keys SET revoked_at = now() "
            "WHERE store_id = %s AND name = %s AND key_sha256 <> %s AND revoked_at IS NULL",
            (store_id, KEY_NAME, worker_key.digest(key)),
        )
        connection.execute(
            "INSERT INTO worker_keys (store_id, name, key_sha256, hint) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (key_sha256) DO UPDATE SET revoked_at = NULL",
            (store_id, KEY_NAME, worker_key.digest(key), worker_key.hint(key)),
        )
