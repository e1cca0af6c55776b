"""What happens at once: requests that wait for the same row, and a sign-in service that waits for the test."""

from __future__ import annotations

from threading import Event
from typing import Any
from uuid import UUID

import httpx2
import psycopg

from functions.admin.sign_in_service import InviteResult, SignInService
from tests.integration.functions.admin.conftest import Admin
from tests.side_by_side import Crossroads

Connection = psycopg.Connection[Any]

HOLD_THE_STORE = "SELECT FROM stores WHERE id = %s FOR UPDATE"
HOLD_THE_CAMERA = "SELECT FROM cameras WHERE id = %s FOR UPDATE"
HOLD_THE_SUPERADMINS = "SELECT FROM superadmins WHERE removed_at IS NULL FOR UPDATE"
HOLD_THE_INVITE = "SELECT FROM store_invites WHERE store_id = %s FOR UPDATE"


def ask(admin: Admin, method: str, path: str, body: Any = None) -> httpx2.Response:
    response: httpx2.Response = admin.client.request(method, path, json=body, headers=admin.headers)
    return response


def both(held: Crossroads, *requests: Any) -> list[httpx2.Response]:
    """The answers to requests that all had begun before one of them could go on."""
    futures = [held.start(request) for request in requests]
    held.open()
    return [future.result() for future in futures]


def invite(connection: Connection, store_id: UUID, email: str) -> None:
    connection.execute(
        "INSERT INTO store_invites (store_id, email, expires_at) VALUES (%s, %s, now() + interval '7 days')",
        [store_id, email],
    )


def members(connection: Connection, store_id: UUID) -> list[UUID]:
    rows = connection.execute("SELECT user_id FROM store_members WHERE store_id = %s", [store_id]).fetchall()
    return [row[0] for row in rows]


def pending(connection: Connection, store_id: UUID) -> int:
    waits = "accepted_at IS NULL AND revoked_at IS NULL"
    return connection.execute(
        f"SELECT FROM store_invites WHERE store_id = %s AND {waits}".encode(), [store_id]
    ).rowcount


class SlowMail:
    """The sign-in service on a slow day: sends when it is let."""

    def __init__(self, service: SignInService) -> None:
        self._service = service
        self.asked, self.may_go_on = Event(), Event()

    def invite(self, email: str) -> InviteResult:
        self.asked.set()
        assert self.may_go_on.wait(20)
        return self._service.invite(email)
