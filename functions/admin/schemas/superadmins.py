"""Bodies of superadmins."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from .values import EmailAddress, RequestBody, ResponseBody


class SuperadminCreate(RequestBody):
    """The address of a new superadmin."""

    email: EmailAddress


class SuperadminResponse(ResponseBody):
    """A superadmin."""

    superadmin_id: UUID
    user_id: UUID | None = Field(description="Null until the first admin request of a user with this address.")
    email: str | None
    added_by: UUID | None = Field(description="User id of the superadmin who added them; null for a command.")
    added_at: datetime


class Superadmins(ResponseBody):
    """The superadmins."""

    superadmins: list[SuperadminResponse] = Field(description="Oldest first.")
