"""The caller of a request, once the database knows them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in person. What they may read is decided by their memberships, at each request."""

    user_id: UUID
    email: str | None
    is_superadmin: bool


class Superadmin(Caller):
    """A caller whose token says superadmin. Repositories that are not scoped to memberships ask for one."""

    __slots__ = ()
