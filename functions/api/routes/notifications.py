"""The routes of the notification channels of the caller."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Request, status

from functions.api.params import Now
from functions.api.schemas.notifications import (
    Channel,
    ChannelCreate,
    ChannelCreated,
    Channels,
    ChannelUpdate,
    Deliveries,
    Delivery,
)
from functions.api.services import notifications
from functions.api.services.notifications import ChannelNotFound, SuperadminRequired, TooManyChannels
from functions.common.authentication import CurrentUser, IdentityDep, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.idempotency import IDEMPOTENCY_PROBLEMS, IdempotencyDep
from functions.common.problem_responses import document_problems
from functions.common.problems import TooManyRequests
from functions.common.settings import Settings
from functions.common.superadmins import is_superadmin
from functions.common.tenancy import StoreNotFound

router = authenticated_router(prefix="/me/notifications", tags=["notifications"])

ChannelIdPath = Annotated[UUID, Path(description="The channel.")]
Limit = Annotated[int, Query(ge=1, le=100, description="Maximum number of deliveries.")]


def _get_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


SettingsDep = Annotated[Settings, Depends(_get_settings)]


@router.get("", summary="List the notification channels of the caller")
def list_channels(caller: CurrentUser, connection: ConnectionDep) -> Channels:
    """Return how the caller is told about incidents."""
    return notifications.list_channels(connection, caller)


@router.post(
    "",
    summary="Create a notification channel",
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(StoreNotFound, SuperadminRequired, TooManyChannels, *IDEMPOTENCY_PROBLEMS),
)
def create_channel(
    body: ChannelCreate,
    caller: CurrentUser,
    identity: IdentityDep,
    connection: ConnectionDep,
    *,
    settings: SettingsDep,
    now: Now,
    idempotency: IdempotencyDep,
) -> ChannelCreated:
    """Mail goes to the address of the account. Only this response contains the secret of a webhook."""
    is_admin = is_superadmin(connection, identity)
    return idempotency.run(
        ChannelCreated,
        lambda: notifications.create_channel(connection, caller, settings, now, body=body, is_superadmin=is_admin),
    )


@router.patch("/{channel_id}", summary="Change a notification channel", responses=document_problems(ChannelNotFound))
def update_channel(
    channel_id: ChannelIdPath,
    body: ChannelUpdate,
    caller: CurrentUser,
    connection: ConnectionDep,
    *,
    settings: SettingsDep,
    now: Now,
) -> Channel:
    """Disable it or enable it, choose what is sent, or set quiet hours."""
    return notifications.update_channel(connection, caller, settings, now, channel_id=channel_id, body=body)


@router.delete(
    "/{channel_id}",
    summary="Delete a notification channel",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=document_problems(ChannelNotFound),
)
def delete_channel(channel_id: ChannelIdPath, caller: CurrentUser, connection: ConnectionDep) -> None:
    """Nothing more is sent, and its deliveries are deleted."""
    notifications.delete_channel(connection, caller, channel_id)


@router.post(
    "/{channel_id}/test",
    summary="Test a notification channel",
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(ChannelNotFound, TooManyRequests, *IDEMPOTENCY_PROBLEMS),
)
def send_test(
    channel_id: ChannelIdPath,
    caller: CurrentUser,
    connection: ConnectionDep,
    now: Now,
    idempotency: IdempotencyDep,
) -> Delivery:
    """Send a test within a minute, once a minute at most. The deliveries of the channel show what became of it."""
    return idempotency.run(Delivery, lambda: notifications.send_test(connection, caller, now, channel_id))


@router.get(
    "/{channel_id}/deliveries",
    summary="List the deliveries of a notification channel",
    responses=document_problems(ChannelNotFound),
)
def list_deliveries(
    channel_id: ChannelIdPath, caller: CurrentUser, connection: ConnectionDep, limit: Limit = 50
) -> Deliveries:
    """Newest first: what was delivered, what is tried again, and what has failed for good, each with the reason."""
    return notifications.list_deliveries(connection, caller, channel_id, limit)
