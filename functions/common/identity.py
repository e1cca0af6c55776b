"""The person behind a request: as the token says, as the database knows them, and as a superadmin."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Identity:
    """The subject of a verified access token.

    Attributes:
        user_id: the token's `sub`.
        email: lower case, confirmed to the issuer; None when the token has none.
        has_superadmin_role: whether the token's `app_metadata` has the role. It counts only while there is no
            superadmin.
    """

    user_id: UUID
    email: str | None
    has_superadmin_role: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """An identity with a row in `users`. The stores that a caller may read are looked up at each request.

    Attributes:
        user_id: primary key of the `users` row.
        email: lower case; None when the token has none.
    """

    user_id: UUID
    email: str | None


class Superadmin(Caller):
    """A caller with an active row in `superadmins`. Repositories that read every store take one as proof."""

    __slots__ = ()
