"""``GET /stores/{store_id}/forecast``."""

from pydantic import Field

from functions.api.schemas.values import Count, LocalTime, Provenance, Response, Share, StoreId, TimeZoneName


class ForecastHour(Response):
    """An hour to come (or the rest of the one in progress): expected visitors and the interval around them."""

    start: LocalTime
    end: LocalTime
    visitors: float = Field(ge=0)
    low: float = Field(ge=0, description="Lower end of the interval.")
    high: float = Field(ge=0, description="Upper end of the interval.")


class Anomaly(Response):
    """A past, fully observed hour far outside what was expected of it."""

    start: LocalTime
    end: LocalTime
    visitors: Count
    expected: float = Field(ge=0)
    low: float = Field(ge=0)
    high: float = Field(ge=0)


class Forecast(Response):
    """The rest of today and the next seven store-days."""

    store_id: StoreId
    name: str
    timezone: TimeZoneName
    confidence: Share = Field(description="The share of hours that should fall between low and high.")
    history_weeks: int = Field(ge=0, description="Weeks of observed history it stands on.")
    reason: str | None = Field(description="Why there is no forecast, when there is none.")
    rest_of_today: float | None = Field(description="Visitors still expected today; null when that cannot be known.")
    hours: list[ForecastHour]
    anomalies: list[Anomaly]
    provenance: Provenance
