"""Bodies of owners, invitations and worker keys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from .values import EmailAddress, Name, RequestBody, ResponseBody


class OwnerInvite(RequestBody):
    """The address to invite. A pending invitation of the address is renewed."""

    email: EmailAddress


class Owner(ResponseBody):
    """An owner of a store."""

    user_id: UUID
    email: str
    added_at: datetime
    last_seen_at: datetime | None


class Invite(ResponseBody):
    """A pending invitation. It becomes a membership when a user with the address signs in."""

    invite_id: UUID
    email: str
    created_at: datetime
    expires_at: datetime


class InviteSent(Invite):
    """An invitation, and whether an e-mail was sent."""

    mail_sent: bool = Field(
        description="False if the address has an account: the user sees the store at the next request."
    )


class Owners(ResponseBody):
    """The owners and the pending invitations of a store."""

    owners: list[Owner]
    invites: list[Invite]


class WorkerKeyCreate(RequestBody):
    """A new worker key."""

    name: Name


class WorkerKey(ResponseBody):
    """A worker key. `hint` is its last four characters; the key itself is not stored."""

    worker_key_id: UUID
    name: str
    hint: str
    created_by: UUID | None = Field(description="User id of the superadmin who created it; null for a command.")
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class StoreWorkerKey(WorkerKey):
    """A worker key, with the store whose cameras it reaches."""

    store_id: UUID
    store_name: str


class StoreWorkerKeys(ResponseBody):
    """Worker keys of several stores."""

    worker_keys: list[StoreWorkerKey]


class WorkerKeyCreated(WorkerKey):
    """A new worker key, with the key itself."""

    key: str = Field(description="The key. Only this response contains it.")


class WorkerKeys(ResponseBody):
    """The worker keys of a store."""

    worker_keys: list[WorkerKey]
