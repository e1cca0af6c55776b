"""``POST /stores/{store_id}/occupancy-reset``."""

from pydantic import BaseModel, ConfigDict, Field

from functions.api.schemas.values import Count, LocalTime, Response, StoreId

MOST_PEOPLE = 100_000


class OccupancyReset(BaseModel):
    """How many people are inside, counted by eye."""

    model_config = ConfigDict(extra="forbid")

    occupancy: int = Field(ge=0, le=MOST_PEOPLE, strict=True, description="People inside now.")


class OccupancyResetDone(Response):
    """The correction that was stored."""

    store_id: StoreId
    at: LocalTime
    occupancy: Count
