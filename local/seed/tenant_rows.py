"""Write the rows of the demo tenant: people, stores, cameras, worker keys. Existing rows stay as they are."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from psycopg import Connection

from functions.common import worker_key
from local.errors import SeedError
from local.seed.demo_tenant import DemoCamera, DemoStore

KEY_NAME = "demo"


def write_owner(connection: Connection, user_id: UUID, email: str, stores: tuple[DemoStore, ...]) -> None:
    """Write the user and the membership of the stores."""
    connection.execute(
        "INSERT INTO users (id, email) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET email = excluded.email",
        (user_id, email),
    )
    for store in stores:
        connection.execute(
            "INSERT INTO store_members (store_id, user_id) VALUES (%s, %s) ON CONFLICT DO NOTHING", (store.id, user_id)
        )


def write_superadmin(connection: Connection, user_id: UUID, email: str) -> None:
    """Write the superadmin. A row that was removed stays removed."""
    connection.execute(
        "INSERT INTO superadmins (user_id, email) SELECT %(user_id)s, %(email)s"
        " WHERE NOT EXISTS (SELECT FROM superadmins WHERE user_id = %(user_id)s OR email = %(email)s)",
        {"user_id": user_id, "email": email},
    )


def write_store(connection: Connection, store: DemoStore, created_at: datetime, now: datetime) -> None:
    """Write the store with its cameras; only its default camera counts."""
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
    _write_camera(connection, store, store.history_camera, created_at, archived_at=now)
    for camera in store.counting_cameras:
        _write_camera(connection, store, camera, now, archived_at=None if camera == store.default_camera else now)


def _write_camera(
    connection: Connection, store: DemoStore, camera: DemoCamera, created_at: datetime, archived_at: datetime | None
) -> None:
    connection.execute(
        "INSERT INTO cameras (id, store_id, name, origin, is_counting_line, created_at, archived_at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
        (camera.id, store.id, camera.name, camera.origin, archived_at is None, created_at, archived_at),
    )


def activate_cameras(connection: Connection, store: DemoStore, cameras: Collection[DemoCamera]) -> None:
    """Let these cameras of the store count, and archive the others."""
    for camera in store.counting_cameras:
        if camera in cameras:
            connection.execute(
                "UPDATE cameras SET archived_at = NULL, is_counting_line = true "
                "WHERE id = %s AND archived_at IS NOT NULL",
                (camera.id,),
            )
        else:
            connection.execute(
                "UPDATE cameras SET archived_at = now(), is_counting_line = false "
                "WHERE id = %s AND archived_at IS NULL",
                (camera.id,),
            )


def load_worker_keys(folder: Path, stores: list[UUID]) -> dict[UUID, str]:
    """Return one worker key per store, in the clear and the same each time.

    The database has only a hash, so the keys are kept in `folder`/worker-keys.json; missing ones are generated.

    Raises:
        SeedError: The file cannot be read or written.
    """
    path = folder / "worker-keys.json"
    try:
        stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        keys = {str(store): stored.get(str(store)) or worker_key.generate() for store in stores}
        if keys != stored:
            folder.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(keys, file)
            draft.replace(path)
    except OSError as error:
        raise SeedError(f"the demo's worker keys cannot be kept in {path}: {error.strerror or error}") from None
    except (ValueError, AttributeError):
        raise SeedError(f"{path} cannot be read: delete it, and new worker keys are generated") from None
    return {UUID(store): secret for store, secret in keys.items()}


def write_worker_keys(connection: Connection, keys: Mapping[UUID, str]) -> None:
    """Write the hashes of these keys, and revoke earlier demo keys of the stores."""
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
