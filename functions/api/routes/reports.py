"""The routes of reports by mail."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response, status

from functions.api.params import ONE_SNAPSHOT, DateQuery, Now
from functions.api.routes.notifications import SettingsDep
from functions.api.schemas.reports import (
    ReportPeriod,
    ReportPreview,
    Subscription,
    SubscriptionCreate,
    Subscriptions,
    Unsubscribed,
)
from functions.api.services import reports
from functions.api.services.reports import AlreadySubscribed, SubscriptionNotFound
from functions.api.services.store_settings import StoreSettingsInvalid
from functions.common.authentication import CurrentUser, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.idempotency import IDEMPOTENCY_PROBLEMS, IdempotencyDep
from functions.common.problem_responses import document_problems
from functions.common.problems import DatabaseUnavailable, Invalid, MethodNotAllowed, NotFound, TooLarge
from functions.common.tenancy import StoreId, StoreNotFound, get_readable_store
from functions.common.unsubscription import unsubscribe

router = authenticated_router(tags=["reports"], problems=[StoreSettingsInvalid])
unsubscribe_router = APIRouter(
    tags=["reports"], responses=document_problems(NotFound, MethodNotAllowed, TooLarge, Invalid, DatabaseUnavailable)
)


class PreviewFormat(StrEnum):
    """The media type of a preview."""

    JSON = "json"
    HTML = "html"
    TEXT = "text"


SubscriptionIdPath = Annotated[UUID, Path(description="The subscription.")]
StoreQuery = Annotated[StoreId, Query(description="The store.")]
PeriodQuery = Annotated[ReportPeriod, Query(description="The kind of report.")]
FormatQuery = Annotated[
    PreviewFormat, Query(alias="format", description="JSON with subject, text and HTML; or one of the two.")
]
TokenPath = Annotated[str, Path(description="The token of the address in the header List-Unsubscribe of a report.")]


@router.get("/me/reports", summary="List the reports that the caller gets")
def list_subscriptions(caller: CurrentUser, connection: ConnectionDep) -> Subscriptions:
    """Return which reports of which stores the caller gets by mail."""
    return reports.list_subscriptions(connection, caller)


@router.post(
    "/me/reports",
    summary="Subscribe to a report",
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(StoreNotFound, AlreadySubscribed, *IDEMPOTENCY_PROBLEMS),
)
def subscribe(
    body: SubscriptionCreate,
    caller: CurrentUser,
    connection: ConnectionDep,
    settings: SettingsDep,
    *,
    now: Now,
    idempotency: IdempotencyDep,
) -> Subscription:
    """Get a report of a store by mail, at seven in the morning after each day, week or month."""
    return idempotency.run(
        Subscription, lambda: reports.subscribe(connection, caller, settings.notification_key, now, body)
    )


@router.get(
    "/reports/preview",
    summary="Preview a report",
    dependencies=[ONE_SNAPSHOT],
    response_model=ReportPreview,
    responses={
        **document_problems(StoreNotFound),
        200: {
            "content": {
                "text/html": {"schema": {"type": "string"}},
                "text/plain": {"schema": {"type": "string"}},
            }
        },
    },
)
def get_preview(
    store_id: StoreQuery,
    period: PeriodQuery,
    caller: CurrentUser,
    connection: ConnectionDep,
    *,
    now: Now,
    day: DateQuery = None,
    media: FormatQuery = PreviewFormat.JSON,
) -> ReportPreview | Response:
    """Return the report as it is sent: of the period that contains `date`, or of the last one that is due."""
    store = get_readable_store(connection, caller, store_id)
    found = reports.preview(connection, store, now, period, day)
    if media is PreviewFormat.HTML:
        return Response(found.html, media_type="text/html; charset=utf-8")
    if media is PreviewFormat.TEXT:
        return Response(found.text, media_type="text/plain; charset=utf-8")
    return found


@router.delete(
    "/me/reports/{subscription_id}",
    summary="End a subscription",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=document_problems(SubscriptionNotFound),
)
def delete_subscription(subscription_id: SubscriptionIdPath, caller: CurrentUser, connection: ConnectionDep) -> None:
    """No more reports of this kind are sent."""
    reports.delete_subscription(connection, caller, subscription_id)


@unsubscribe_router.post("/unsubscribe/{token}", summary="Unsubscribe from a report without a sign-in")
def post_unsubscribe(token: TokenPath, connection: ConnectionDep) -> Unsubscribed:
    """End the subscription of a report (RFC 8058). Works once: afterwards the token is unknown."""
    if not unsubscribe(connection, token):
        raise NotFound
    return Unsubscribed(status="unsubscribed")
