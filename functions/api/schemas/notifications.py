"""The bodies of the notification channels of a person."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from functions.api.schemas.types import Response, StoreId
from functions.common.field_errors import FieldErrorType, refused
from functions.common.incidents import IncidentType, Severity
from functions.common.notification_types import ChannelKind, ChannelScope, NotificationType
from functions.common.webhook_address import MAX_URL_LENGTH

ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), Field(examples=["22:00"])]
WebhookUrlText = Annotated[
    str,
    StringConstraints(max_length=MAX_URL_LENGTH),
    Field(description="https, a public host, port 443 or 8443.", examples=["https://example.com/metrica"]),
]
IncidentTypes = Annotated[
    list[IncidentType], Field(min_length=1, max_length=len(IncidentType), description="Only these types.")
]


class QuietHours(BaseModel):
    """Hours in which nothing is sent, critical incidents included. What waits is sent when they end."""

    model_config = ConfigDict(extra="forbid")

    start: ClockTime = Field(description="HH:MM by the clock of the store.")
    end: ClockTime = Field(description="HH:MM. An end before the start is on the next day.")

    @model_validator(mode="after")
    def _check_length(self) -> Self:
        if self.start == self.end:
            raise refused(
                FieldErrorType.QUIET_HOURS_EMPTY, "needs different times; disable the channel to send nothing at all"
            )
        return self


class ChannelCreate(BaseModel):
    """A new channel."""

    model_config = ConfigDict(extra="forbid")

    kind: ChannelKind
    scope: ChannelScope = Field(description="`installation` is for superadmins.")
    store_id: StoreId | None = Field(None, description="The store; with the scope `store` only.")
    url: WebhookUrlText | None = Field(None, description="The URL; of a webhook only.")
    minimum_severity: Severity = Severity.WARNING
    incident_types: IncidentTypes | None = Field(None, description="Null: all types.")
    quiet_hours: QuietHours | None = None
    enabled: bool = True

    @model_validator(mode="after")
    def _check_members(self) -> Self:
        if (self.kind is ChannelKind.WEBHOOK) != (self.url is not None):
            raise refused(
                FieldErrorType.URL_OF_KIND,
                "needs `url` for a webhook, and none for mail, which goes to the address of the account",
            )
        if (self.scope is ChannelScope.STORE) != (self.store_id is not None):
            raise refused(
                FieldErrorType.STORE_OF_SCOPE, "needs `store_id` with the scope `store`, and none with another scope"
            )
        return self


class ChannelUpdate(BaseModel):
    """Changes of a channel. A member that is missing stays as it is."""

    model_config = ConfigDict(extra="forbid")

    url: WebhookUrlText | None = None
    minimum_severity: Severity | None = None
    incident_types: IncidentTypes | None = Field(None, description="Null: all types.")
    quiet_hours: QuietHours | None = Field(None, description="Null: none.")
    enabled: bool | None = Field(None, description="True: send what opens from now on.")

    @model_validator(mode="after")
    def _check_members(self) -> Self:
        if not self.model_fields_set:
            raise refused(FieldErrorType.NOTHING_GIVEN, "needs at least one member")
        for name in ("url", "minimum_severity", "enabled"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise refused(FieldErrorType.NOT_NULL, f"`{name}` cannot be null", member=name)
        return self


class Channel(Response):
    """A notification channel."""

    channel_id: UUID
    kind: ChannelKind
    scope: ChannelScope
    store_id: StoreId | None
    url: str | None
    minimum_severity: Severity
    incident_types: list[IncidentType] | None = Field(description="Null: all types.")
    quiet_hours: QuietHours | None
    enabled: bool
    disabled_reason: str | None = Field(description="Why the channel was disabled; null if a person did it.")
    created_at: datetime


class ChannelCreated(Channel):
    """A new channel, with the secret of a webhook."""

    secret: str | None = Field(description="Verifies the signatures of a webhook. Only this response contains it.")


class Channels(Response):
    """The channels of the caller, oldest first."""

    channels: list[Channel]


class DeliveryState(StrEnum):
    """``pending``: an attempt is due or runs. ``failed``: no other attempt is made."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Delivery(Response):
    """A notification of a channel, and what became of it."""

    delivery_id: UUID = Field(description="`webhook-id` of a webhook; part of the Message-ID of a mail.")
    type: NotificationType
    state: DeliveryState
    created_at: datetime
    attempts: int = Field(ge=0)
    attempted_at: datetime | None = Field(description="The last attempt.")
    next_attempt_at: datetime | None
    outcome: str | None = Field(description="What the last attempt ended with.")
    delivered_at: datetime | None
    failed_at: datetime | None


class Deliveries(Response):
    """The notifications of a channel."""

    channel_id: UUID
    deliveries: list[Delivery] = Field(description="Newest first, of the last 90 days.")
