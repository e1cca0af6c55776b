"""Who am I, and which stores are mine."""

from functions.api.schemas.me import Me, MyStore
from functions.api.schemas.values import StoreId, UserId
from functions.common.authentication import CurrentUser, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.tenancy import all_readable

router = authenticated_router(tags=["me"])


@router.get("/me", summary="Who I am")
def get_me(caller: CurrentUser, connection: ConnectionDep) -> Me:
    """The caller and the stores that they may read."""
    return Me(
        user_id=UserId(caller.user_id),
        email=caller.email,
        is_superadmin=caller.is_superadmin,
        stores=[
            MyStore(store_id=StoreId(store.id), name=store.name, timezone=store.timezone, role="owner")
            for store in all_readable(connection, caller)
        ],
    )
