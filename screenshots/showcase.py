"""Write the stores of the pictures into a running stack, and keep their cameras counting while pictures are taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import httpx
import psycopg
from psycopg import Connection

from db.timescale.aggregate_refresh import refresh_range
from functions.api.kpi.window import Window
from local.seed.history import write_observations
from local.seed.tenant_rows import write_owner, write_superadmin
from local.stack.stack import Stack
from screenshots.stores import Gap, Owner, ShownCamera, ShownStore, State, owners

PASSWORD: Final = "a-password-of-the-pictures-1"  # noqa: S105 - of a database that is deleted afterwards
ADMIN: Final = "admin@example.org"
NEWCOMER: Final = "newcomer@example.org"
"""The owner of no store."""
_MINUTE: Final = timedelta(minutes=1)
_JOB_TIMEOUT_S: Final = 300


@dataclass(slots=True)
class Showcase:
    """The written stores.

    Attributes:
        stack: The stack that has them.
        connection: To its database.
        owners: The owner of each state.
        written_until: Until when the cameras have counted.
    """

    stack: Stack
    connection: Connection
    owners: Mapping[State, Owner]
    written_until: datetime

    def advance(self) -> None:
        """Let the working cameras count until now, and the edge boxes report."""
        now = datetime.now(UTC)
        window = Window(self.written_until, _floor_minute(now))
        working = [camera for camera in self._cameras() if camera.is_online and not camera.silent_for]
        if window.start < window.end:
            for camera in working:
                write_observations(self.connection, camera.source, window)
            self.written_until = window.end
        self._report([camera.id for camera in self._cameras() if camera.is_online], "last_seen_at", now)
        self._report([camera.id for camera in working], "delivered_until", now)

    def run_job(self, function: str) -> None:
        """Run a scheduled Lambda once.

        Args:
            function: Its name in serverless.yml.

        Raises:
            httpx.HTTPStatusError: It failed.
        """
        base = f"http://127.0.0.1:{self.stack.settings.ports.lambdas}/2015-03-31/functions"
        url = f"{base}/metrica-local-{function}/invocations"
        httpx.post(url, json={}, timeout=_JOB_TIMEOUT_S).raise_for_status()

    def sign_in(self, email: str) -> httpx.Client:
        """Return a client of the API with a session."""
        answer = httpx.post(
            f"{self.stack.urls.auth}/auth/v1/token",
            params={"grant_type": "password"},
            headers={"apikey": self.stack.keys.anon_key},
            json={"email": email, "password": PASSWORD},
        )
        token = answer.raise_for_status().json()["access_token"]
        return httpx.Client(base_url=self.stack.urls.api, headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def store(self, state: State) -> ShownStore:
        """Return the store whose page is shown."""
        return self.owners[state].stores[0]

    def _cameras(self) -> Iterator[ShownCamera]:
        for owner in self.owners.values():
            for store in owner.stores:
                yield from store.cameras

    def _report(self, cameras: list[UUID], column: str, now: datetime) -> None:
        self.connection.execute(f"UPDATE cameras SET {column} = %s WHERE id = ANY(%s)", (now, cameras))  # noqa: S608


@contextmanager
def write_showcase(stack: Stack, states: frozenset[State] = frozenset(State)) -> Iterator[Showcase]:
    """Write the owners of some states with their stores and history, and yield them for a `with` block.

    Args:
        stack: A running stack without these stores.
        states: Which owners.
    """
    now = datetime.now(UTC)
    end = _floor_minute(now)
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        chosen = {state: owner for state, owner in owners(now).items() if state in states}
        showcase = Showcase(stack, connection, chosen, end)
        for email in (ADMIN, NEWCOMER):
            account = stack.accounts.ensure(email, password=PASSWORD)
            if email == ADMIN:
                write_superadmin(connection, UUID(account.id), email)
        first = end
        for owner in chosen.values():
            account = stack.accounts.ensure(owner.email, password=PASSWORD)
            for store in owner.stores:
                first = min(first, _write_store(connection, store, end))
            write_owner(connection, UUID(account.id), owner.email, tuple(shown.store for shown in owner.stores))
        refresh_range(connection, first, end, now=now)
        showcase.advance()
        showcase.run_job("days")
        showcase.run_job("incidents")
        yield showcase


def _write_store(connection: Connection, shown: ShownStore, end: datetime) -> datetime:
    """Write a store with its cameras and their history; return when it begins."""
    histories = [camera.history for camera in shown.cameras if camera.history is not None]
    start = end - max(histories, default=timedelta(hours=1))
    store = shown.store
    connection.execute(
        "INSERT INTO stores (id, name, timezone, day_start, opening_hours, capacity, created_at) "
        "VALUES (%s, %s, %s, %s, %s::jsonb, %s, %s)",
        (
            store.id,
            store.name,
            store.timezone,
            store.day_start,
            psycopg.types.json.Jsonb(store.opening_hours),
            store.capacity,
            start,
        ),
    )
    for camera in shown.cameras:
        _write_camera(connection, shown, camera, start, end)
    return start


def _write_camera(
    connection: Connection, shown: ShownStore, camera: ShownCamera, start: datetime, end: datetime
) -> None:
    connection.execute(
        "INSERT INTO cameras (id, store_id, name, line, created_at) "
        "VALUES (%(id)s, %(store)s, %(name)s, '{0.3,0.5,0.7,0.5}', %(start)s)",
        {
            "id": camera.id,
            "store": shown.store.id,
            "name": camera.source.history_camera.name,
            "start": start,
        },
    )
    if camera.history is None:
        return
    delivered = end - camera.silent_for
    connection.execute(
        "UPDATE cameras SET last_seen_at = %(seen)s, delivered_until = %(delivered)s, picture = %(picture)s,"
        " backlog = %(backlog)s, oldest_unsent_s = %(unsent)s, fps_wanted = 10, fps_reached = 9.9, decode_ms = 4.2,"
        " inference_ms = 31, device = 'cpu', worker_version = '0.1.0', model = 'yolo26n' WHERE id = %(id)s",
        {
            "id": camera.id,
            "seen": end if camera.is_online else delivered,
            "delivered": delivered,
            "picture": camera.picture,
            "backlog": camera.backlog,
            "unsent": camera.silent_for.total_seconds() if camera.backlog else None,
        },
    )
    for observed in _observed(Window(start, delivered), camera.gaps, end):
        write_observations(connection, camera.source, observed)


def _observed(window: Window, gaps: tuple[Gap, ...], end: datetime) -> Iterator[Window]:
    """Yield the window without its gaps."""
    start = window.start
    for gap in sorted(gaps, key=lambda gap: gap.start, reverse=True):
        yield Window(start, end - gap.start)
        start = end - gap.end
    yield Window(start, window.end)


def _floor_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
