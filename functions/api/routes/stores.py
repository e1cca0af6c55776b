"""The routes of the caller and of the current state of the caller's stores."""

from fastapi import status

from functions.api.kpi.enums import CompareMode, MatchMode
from functions.api.params import ONE_SNAPSHOT, DateQuery, MatchQuery, Now, StoresCompareQuery, StoresPeriodQuery
from functions.api.schemas.live import Live
from functions.api.schemas.stores import Me, MyStore, OccupancyReset, OccupancyResetDone, Stores
from functions.api.schemas.types import StoreId, UserId
from functions.api.services import live
from functions.api.services.occupancy_reset import TooManyCorrections, reset_occupancy
from functions.api.services.store_periods import resolve_stores_period
from functions.api.services.store_settings import StoreSettingsInvalid
from functions.common.authentication import CurrentUser, IdentityDep, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.idempotency import IDEMPOTENCY_PROBLEMS, IdempotencyDep
from functions.common.problem_responses import document_problems
from functions.common.superadmins import is_superadmin
from functions.common.tenancy import StoreDep, list_readable_stores

router = authenticated_router(problems=[StoreSettingsInvalid])


@router.get("/me", summary="Get the caller", tags=["me"])
def get_me(caller: CurrentUser, identity: IdentityDep, connection: ConnectionDep) -> Me:
    """Return the caller and the stores that they may read."""
    return Me(
        user_id=UserId(caller.user_id),
        email=caller.email,
        is_superadmin=is_superadmin(connection, identity),
        stores=[
            MyStore(store_id=StoreId(store.id), name=store.name, timezone=store.timezone, role="owner")
            for store in list_readable_stores(connection, caller)
        ],
    )


@router.get("/stores", summary="List the caller's stores", tags=["stores"], dependencies=[ONE_SNAPSHOT])
def get_stores(
    caller: CurrentUser,
    connection: ConnectionDep,
    now: Now,
    *,
    period: StoresPeriodQuery = None,
    day: DateQuery = None,
    compare: StoresCompareQuery = CompareMode.NONE,
    match: MatchQuery = MatchMode.WEEKDAY,
) -> Stores:
    """Return every store of the caller with its live occupancy, its visitors today and its health.

    With `period`, each store also has the KPIs of that period, and with `compare` its visitors beside those of an
    earlier one.
    """
    stores = list_readable_stores(connection, caller)
    requested = resolve_stores_period(period, day, compare, match)
    return live.list_stores(connection, stores, now, requested)


@router.post(
    "/stores/{store_id}/occupancy-reset",
    summary="Correct the occupancy",
    tags=["stores"],
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(TooManyCorrections, *IDEMPOTENCY_PROBLEMS),
)
def post_occupancy_reset(
    store: StoreDep,
    caller: CurrentUser,
    connection: ConnectionDep,
    now: Now,
    *,
    reset: OccupancyReset,
    idempotency: IdempotencyDep,
) -> OccupancyResetDone:
    """Set the number of people inside now. Counting continues from this number."""
    return idempotency.run(OccupancyResetDone, lambda: reset_occupancy(connection, store, caller, reset.occupancy, now))


@router.get("/live/{store_id}", summary="Get the current state of a store", tags=["live"], dependencies=[ONE_SNAPSHOT])
def get_live(store: StoreDep, connection: ConnectionDep, now: Now) -> Live:
    """Return the people inside now, the totals of today so far, and the cameras of the store."""
    return live.get_live(connection, store, now)
