"""The response of `GET /stores/{store_id}/forecast`."""

from pydantic import Field

from functions.api.schemas.calendar import Annotation
from functions.api.schemas.types import Count, LocalTime, Provenance, Response, Share, StoreId, TimeZoneName


class ForecastHour(Response):
    """A future hour, or the rest of the current one: expected visitors and their prediction interval."""

    start: LocalTime
    end: LocalTime
    visitors: float = Field(ge=0)
    low: float = Field(ge=0, description="Lower end of the interval.")
    high: float = Field(ge=0, description="Upper end of the interval.")
    annotations: list[Annotation] = Field(description="What is special about its day.")


class Anomaly(Response):
    """A past, fully observed hour whose visitors were far from the forecast."""

    start: LocalTime
    end: LocalTime
    visitors: Count
    expected: float = Field(ge=0)
    low: float = Field(ge=0)
    high: float = Field(ge=0)
    annotations: list[Annotation] = Field(description="What is special about its day.")


class Forecast(Response):
    """The rest of today and the next seven store-days."""

    store_id: StoreId
    name: str
    timezone: TimeZoneName
    confidence: Share = Field(description="The share of hours that should lie between low and high.")
    history_weeks: int = Field(ge=0, description="Weeks of observed history.")
    reason: str | None = Field(description="Why there is no forecast; null when there is one.")
    rest_of_today: float | None = Field(description="Visitors still expected today; null when it is unknown.")
    hours: list[ForecastHour]
    anomalies: list[Anomaly]
    provenance: Provenance
