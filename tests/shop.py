"""A store with camera, worker key and owner, made as an admin makes them: over HTTP, on the running stack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID, uuid4

import httpx
import psycopg

from local.stack.stack import Stack

PASSWORD = "a-long-enough-password-1"


def zone_around_noon(now: datetime | None = None) -> str:
    """A time zone in which it is now between 11:30 and 12:30, so that no test meets the end of a store-day."""
    offset = 12 - (now or datetime.now(UTC)).hour
    return "Etc/GMT" if offset == 0 else f"Etc/GMT{-offset:+d}"


def create_superadmin(stack: Stack) -> str:
    """Create an account with the password PASSWORD, add it to the superadmins and return the email address."""
    email = f"admin-{uuid4().hex[:8]}@example.org"
    stack.accounts.ensure(email, password=PASSWORD)
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("INSERT INTO superadmins (email) VALUES (%s)", [email])
    return email


def sign_in(stack: Stack, email: str, password: str = PASSWORD) -> str:
    """The access token of a session, as supabase-js gets it."""
    answer = httpx.post(
        f"{stack.urls.auth}/auth/v1/token",
        params={"grant_type": "password"},
        headers={"apikey": stack.keys.anon_key},
        json={"email": email, "password": password},
    )
    answer.raise_for_status()
    return str(answer.json()["access_token"])


@dataclass(frozen=True)
class Shop:
    """What `Shop.open` made."""

    store_id: UUID
    camera_id: UUID
    worker_key: str
    admin: httpx.Client

    @classmethod
    def open(
        cls,
        stack: Stack,
        line: Sequence[float],
        anchor: str,
        name: str = "",
        opening_hours: dict[str, list[list[str]]] | None = None,
    ) -> Self:
        """A store whose day is half over, with one counting camera."""
        token = sign_in(stack, create_superadmin(stack))
        admin = httpx.Client(base_url=stack.urls.api, headers={"Authorization": f"Bearer {token}"}, timeout=30)
        settings = {"name": name or "Corner shop", "timezone": zone_around_noon(), "opening_hours": opening_hours}
        store = cls._post(admin, "/admin/stores", settings)
        store_id = UUID(store["store_id"])
        camera = cls._post(
            admin, f"/admin/stores/{store_id}/cameras", {"name": "Door", "line": list(line), "anchor": anchor}
        )
        key = cls._post(admin, f"/admin/stores/{store_id}/worker-keys", {"name": "edge box"})
        return cls(store_id, UUID(camera["camera_id"]), str(key["key"]), admin)

    def invite(self, email: str) -> dict[str, Any]:
        """The invitation of an owner."""
        return self._post(self.admin, f"/admin/stores/{self.store_id}/owners", {"email": email})

    def add_owner(self, stack: Stack) -> str:
        """The e-mail of an owner who has an account already (PASSWORD is theirs)."""
        email = f"owner-{uuid4().hex[:8]}@example.org"
        stack.accounts.ensure(email, password=PASSWORD)
        self.invite(email)
        return email

    @staticmethod
    def _post(client: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = client.post(path, json=body)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        made: dict[str, Any] = answer.json()
        return made
