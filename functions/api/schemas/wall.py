"""The bodies of the wall view of a store and of the links to it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from functions.api.kpi.enums import OccupancyState
from functions.api.schemas.types import Count, LocalTime, Provenance, Response, StoreHealth, StoreId, TimeZoneName


class WallLinkCreate(BaseModel):
    """A new link."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)] = Field(
        description="Where the screen is, for example Entrance."
    )


class WallLink(Response):
    """A link to the wall view. Its token is not shown again."""

    wall_link_id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None = Field(description="Up to an hour ago, when a screen shows the view; null: never.")


class WallLinkCreated(WallLink):
    """A new link, with its token."""

    token: str = Field(
        description="Shown once. The page is `/stores/{store_id}/wall#token={token}` of the dashboard: whoever has"
        " this address sees the live occupancy of the store."
    )


class WallLinks(Response):
    """The links of a store, oldest first."""

    wall_links: list[WallLink]


class Wall(Response):
    """What a screen at the entrance shows."""

    store_id: StoreId
    name: str
    timezone: TimeZoneName
    as_of: LocalTime = Field(description="The time of all numbers of the response.")
    is_open: bool
    occupancy: Count | None = Field(description="People inside now; null when nothing was observed today.")
    occupancy_state: OccupancyState
    capacity: Count | None = Field(description="The people who may be inside; null: no limit is set.")
    health: StoreHealth
    provenance: Provenance
