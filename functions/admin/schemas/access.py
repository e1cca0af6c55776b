"""Who has access to a store: its owners, those who are invited, and the keys of its edge boxes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import EmailStr, Field

from .values import Answer, Name, Request


class OwnerInvite(Request):
    """An address to invite; an invitation that still waits is renewed."""

    email: Annotated[EmailStr, Field(max_length=254)]


class Owner(Answer):
    user_id: UUID
    email: str
    added_at: datetime
    last_seen_at: datetime | None


class Invite(Answer):
    """An invitation that waits; it becomes a membership when the person signs in with that address."""

    invite_id: UUID
    email: str
    created_at: datetime
    expires_at: datetime


class InviteSent(Invite):
    mail_sent: bool = Field(description="False: the address has an account, and sees the store at the next visit.")


class Owners(Answer):
    owners: list[Owner]
    invites: list[Invite]


class WorkerKeyCreate(Request):
    name: Name


class WorkerKey(Answer):
    """A key of the store's edge boxes; only its last four characters are known."""

    worker_key_id: UUID
    name: str
    hint: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class WorkerKeyCreated(WorkerKey):
    key: str = Field(description="The key itself. It is shown this once, and kept nowhere.")


class WorkerKeys(Answer):
    worker_keys: list[WorkerKey]
