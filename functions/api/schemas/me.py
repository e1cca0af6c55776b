"""``GET /me``."""

from typing import Literal

from functions.api.schemas.values import Response, StoreId, TimeZoneName, UserId


class MyStore(Response):
    """A store that the caller may read, and as what."""

    store_id: StoreId
    name: str
    timezone: TimeZoneName
    role: Literal["owner"]


class Me(Response):
    """Who the caller is."""

    user_id: UserId
    email: str | None
    is_superadmin: bool
    stores: list[MyStore]
