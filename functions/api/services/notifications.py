"""The notification channels of a person: list, create, change, delete, test, and what was delivered."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from functions.api.repositories import notification_channels as repository
from functions.api.repositories.notification_channels import ChannelRow, DeliveryRow
from functions.api.schemas.notifications import (
    Channel,
    ChannelCreate,
    ChannelCreated,
    Channels,
    ChannelUpdate,
    Deliveries,
    Delivery,
    DeliveryState,
    QuietHours,
)
from functions.api.schemas.types import StoreId
from functions.common import audit
from functions.common.database import Connection
from functions.common.field_errors import FieldErrorType
from functions.common.identity import Caller
from functions.common.notification_types import ChannelKind, ChannelScope, NotificationType
from functions.common.problems import Conflict, Forbidden, Invalid, NotFound, TooManyRequests, field_error
from functions.common.settings import Settings
from functions.common.tenancy import get_readable_store
from functions.common.webhook_address import WebhookUrlError, check_webhook_url
from functions.common.webhook_secret import webhook_secret

MAX_CHANNELS = 20
"""Channels of a person."""

TEST_INTERVAL = timedelta(minutes=1)
"""A channel is tested once in this time."""


class ChannelNotFound(NotFound):
    """The caller has no channel with this id."""

    type = "channel_not_found"
    default_detail = "Notification channel not found."


class TooManyChannels(Conflict):
    """The caller has as many channels as a person may have."""

    type = "too_many_channels"
    default_detail = f"You have {MAX_CHANNELS} notification channels, the maximum; delete one first."


class SuperadminRequired(Forbidden):
    """The scope is for superadmins."""

    type = "superadmin_required"
    default_detail = "Only superadmins get the incidents of the whole installation; choose another scope."


def list_channels(connection: Connection, caller: Caller) -> Channels:
    """Return the channels of the caller, oldest first."""
    return Channels(channels=[_to_response(row) for row in repository.list_channels(connection, caller)])


def create_channel(
    connection: Connection,
    caller: Caller,
    settings: Settings,
    now: datetime,
    *,
    body: ChannelCreate,
    is_superadmin: bool,
) -> ChannelCreated:
    """Create a channel and record it in the audit log.

    Raises:
        StoreNotFound: the caller may not read the store.
        SuperadminRequired: the scope is `installation` and the caller is no superadmin.
        TooManyChannels: the caller has as many channels as a person may have.
        Invalid: a webhook may not have this URL.
    """
    if body.scope is ChannelScope.INSTALLATION and not is_superadmin:
        raise SuperadminRequired
    if body.store_id is not None:
        get_readable_store(connection, caller, body.store_id)
    _check_url(body.url, settings)
    if len(repository.list_channels(connection, caller)) >= MAX_CHANNELS:
        raise TooManyChannels
    row = ChannelRow(
        id=uuid4(),
        kind=body.kind.value,
        scope=body.scope.value,
        store_id=body.store_id,
        url=body.url,
        minimum_severity=body.minimum_severity.value,
        incident_types=_names(body.incident_types),
        **_clock_times(body.quiet_hours),
        enabled_since=now if body.enabled else None,
        disabled_reason=None,
        created_at=now,
    )
    repository.insert_channel(connection, caller, row)
    _audit(connection, caller, "notification_channel.create", row, before=None, after=row)
    is_webhook = body.kind is ChannelKind.WEBHOOK
    secret = webhook_secret(settings.notification_key, row.id) if is_webhook else None
    return ChannelCreated(**_to_response(row).model_dump(), secret=secret)


def update_channel(
    connection: Connection,
    caller: Caller,
    settings: Settings,
    now: datetime,
    *,
    channel_id: UUID,
    body: ChannelUpdate,
) -> Channel:
    """Change a channel, record it in the audit log, and return the channel.

    Raises:
        ChannelNotFound: the caller has no such channel.
        Invalid: a webhook may not have this URL, or the channel is no webhook.
    """
    before = _get_channel(connection, caller, channel_id)
    values: dict[str, Any] = {}
    if body.url is not None:
        if before.kind != ChannelKind.WEBHOOK.value:
            message = "Only a webhook has a URL."
            raise Invalid([field_error(["body", "url"], FieldErrorType.NOT_A_WEBHOOK, message)])
        _check_url(body.url, settings)
        values["url"] = body.url
    if body.minimum_severity is not None:
        values["minimum_severity"] = body.minimum_severity.value
    if "incident_types" in body.model_fields_set:
        values["incident_types"] = _names(body.incident_types)
    if "quiet_hours" in body.model_fields_set:
        values |= _clock_times(body.quiet_hours)
    if body.enabled is not None and body.enabled != (before.enabled_since is not None):
        values |= {"enabled_since": now if body.enabled else None, "disabled_reason": None}
    after = replace(before, **values)
    if values:
        repository.update_channel(connection, caller, channel_id, values)
        _audit(connection, caller, "notification_channel.update", after, before=before, after=after)
    return _to_response(after)


def delete_channel(connection: Connection, caller: Caller, channel_id: UUID) -> None:
    """Delete a channel with what waits for it, and record it in the audit log.

    Raises:
        ChannelNotFound: the caller has no such channel.
    """
    before = _get_channel(connection, caller, channel_id)
    repository.delete_channel(connection, caller, channel_id)
    _audit(connection, caller, "notification_channel.delete", before, before=before, after=None)


def send_test(connection: Connection, caller: Caller, now: datetime, channel_id: UUID) -> Delivery:
    """Put a test into the outbox. The notifications Lambda delivers it within a minute, also while it is disabled.

    Raises:
        ChannelNotFound: the caller has no such channel.
        TooManyRequests: the channel was tested less than a minute ago.
    """
    _get_channel(connection, caller, channel_id)
    last = repository.last_test_at(connection, caller, channel_id)
    if last is not None and now - last < TEST_INTERVAL:
        raise TooManyRequests(
            "The channel was tested less than a minute ago; see its deliveries.",
            retry_after_s=int((last + TEST_INTERVAL - now).total_seconds()) + 1,
        )
    delivery = DeliveryRow(uuid4(), NotificationType.TEST.value, now, now, 0, None, None, None, None)
    content = {
        "type": delivery.type,
        "version": 1,
        "timestamp": now.astimezone(UTC).isoformat(),
        "data": {"channel_id": str(channel_id)},
    }
    repository.insert_test(connection, caller, channel_id, delivery, content)
    return _to_delivery(delivery)


def list_deliveries(connection: Connection, caller: Caller, channel_id: UUID, limit: int) -> Deliveries:
    """Return the notifications of a channel, newest first, failed ones included.

    Raises:
        ChannelNotFound: the caller has no such channel.
    """
    _get_channel(connection, caller, channel_id)
    rows = repository.list_deliveries(connection, caller, channel_id, limit)
    return Deliveries(channel_id=channel_id, deliveries=[_to_delivery(row) for row in rows])


def _get_channel(connection: Connection, caller: Caller, channel_id: UUID) -> ChannelRow:
    row = repository.find_channel(connection, caller, channel_id)
    if row is None:
        raise ChannelNotFound
    return row


def _check_url(url: str | None, settings: Settings) -> None:
    if url is None:
        return
    try:
        check_webhook_url(url, allow_local=settings.allow_local_webhooks)
    except WebhookUrlError as error:
        params = {"rule": error.rule.value}
        raise Invalid([field_error(["body", "url"], FieldErrorType.WEBHOOK_URL, str(error), params)]) from None


def _names(types: list[Any] | None) -> list[str] | None:
    return None if types is None else [kind.value for kind in types]


def _clock_times(quiet_hours: QuietHours | None) -> dict[str, time | None]:
    if quiet_hours is None:
        return {"quiet_from": None, "quiet_until": None}
    return {"quiet_from": time.fromisoformat(quiet_hours.start), "quiet_until": time.fromisoformat(quiet_hours.end)}


def _to_response(row: ChannelRow) -> Channel:
    has_quiet_hours = row.quiet_from is not None and row.quiet_until is not None
    return Channel.model_validate(
        {
            "channel_id": row.id,
            "kind": row.kind,
            "scope": row.scope,
            "store_id": None if row.store_id is None else StoreId(row.store_id),
            "url": row.url,
            "minimum_severity": row.minimum_severity,
            "incident_types": row.incident_types,
            "quiet_hours": {"start": f"{row.quiet_from:%H:%M}", "end": f"{row.quiet_until:%H:%M}"}
            if has_quiet_hours
            else None,
            "enabled": row.enabled_since is not None,
            "disabled_reason": row.disabled_reason,
            "created_at": row.created_at,
        }
    )


def _to_delivery(row: DeliveryRow) -> Delivery:
    state = DeliveryState.PENDING
    if row.next_attempt_at is None:
        state = DeliveryState.FAILED if row.delivered_at is None else DeliveryState.DELIVERED
    values = asdict(row)
    return Delivery.model_validate({"delivery_id": values.pop("id"), "state": state, **values})


def _audit(
    connection: Connection,
    caller: Caller,
    action: str,
    channel: ChannelRow,
    *,
    before: ChannelRow | None,
    after: ChannelRow | None,
) -> None:
    audit.record(
        connection,
        caller,
        action,
        subject_type="notification_channel",
        subject_id=channel.id,
        store_id=channel.store_id,
        before=None if before is None else _audited(before),
        after=None if after is None else _audited(after),
    )


def _audited(row: ChannelRow) -> dict[str, Any]:
    """Return what the audit log keeps of a channel: of its URL the host only, because the path is often a secret."""
    return {**asdict(row), "url": None if row.url is None else urlsplit(row.url).hostname}
