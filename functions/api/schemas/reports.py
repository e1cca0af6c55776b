"""The bodies of reports by mail and of their subscriptions."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from functions.api.kpi.enums import Period
from functions.api.schemas.types import Response, StoreId

ReportPeriod = Literal[Period.DAY, Period.WEEK, Period.MONTH]


class SubscriptionCreate(BaseModel):
    """A new subscription."""

    model_config = ConfigDict(extra="forbid")

    store_id: StoreId
    period: ReportPeriod = Field(description="Of the last day, week or month, by mail at 07:00 of the store.")


class Subscription(Response):
    """A report of a store that the caller gets by mail."""

    subscription_id: UUID
    store_id: StoreId
    period: ReportPeriod
    reported_until: Annotated[date, Field(description="The last store-day of the last report.")]
    created_at: datetime


class Subscriptions(Response):
    """The subscriptions of the caller, oldest first."""

    subscriptions: list[Subscription]


class ReportPreview(Response):
    """A report as it is sent by mail."""

    subject: str
    text: str = Field(description="The plain text.")
    html: str


class Unsubscribed(Response):
    """The subscription has ended."""

    status: Literal["unsubscribed"]
