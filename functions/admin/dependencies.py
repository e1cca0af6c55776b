"""Parameters of the routes, and the objects of the process that they use."""

from __future__ import annotations

from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response

from functions.admin.schemas.values import MutableResource, Timestamp
from functions.admin.sign_in_service import SignInService
from functions.common.settings import Settings

StoreIdPath = Annotated[UUID, Path(description="The store.")]
CameraIdPath = Annotated[UUID, Path(description="The camera.")]
UserIdPath = Annotated[UUID, Path(description="The owner.")]
ImportWindowIdPath = Annotated[UUID, Path(description="The import window.")]
IncidentIdPath = Annotated[UUID, Path(description="The incident.")]
InviteIdPath = Annotated[UUID, Path(description="The invitation.")]
SuperadminIdPath = Annotated[UUID, Path(description="The id of the superadmin, not of the user.")]
WorkerKeyIdPath = Annotated[UUID, Path(description="The id of the key, not the key.")]

IncludeArchived = Annotated[bool, Query(description="Whether archived ones are listed too.")]
AllowOwnerless = Annotated[bool, Query(description="Remove the owner even if the store has no other.")]
BeforeEntry = Annotated[
    int | None, Query(ge=1, le=2**63 - 1, description="Entries older than this one: `next_before` of the last page.")
]
OnlyOpen = Annotated[bool, Query(alias="open", description="Leave out closed incidents.")]
BeforeIncident = Annotated[
    UUID | None, Query(description="Incidents older than this one: `next_before` of the last page.")
]
StoredAfter = Annotated[
    Timestamp | None,
    Query(description="Crossings that were stored after this time: `next_after` of the last response."),
]
PageLimit = Annotated[int, Query(ge=1, le=200, description="Maximum number of entries.")]
Creator = Annotated[UUID, Query(description="User id of the superadmin who created the keys.")]
StoreFilter = Annotated[UUID | None, Query(description="Only entries about this store.")]
CameraFilter = Annotated[UUID | None, Query(description="Only windows of this camera.")]
ActorFilter = Annotated[UUID | None, Query(description="Only actions of this person.")]
ActionFilter = Annotated[
    str | None,
    Query(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=64, description="Only this action, for example store.create."),
]


def get_settings(request: Request) -> Settings:
    """Return the settings of the application."""
    settings: Settings = request.app.state.settings
    return settings


def get_sign_in_service(request: Request) -> SignInService:
    """Return the service that sends invitations."""
    service: SignInService = request.app.state.sign_in_service
    return service


Resource = TypeVar("Resource", bound=MutableResource)


def with_etag(response: Response, resource: Resource) -> Resource:
    """Return the resource, with its entity tag in the header ETag of the response."""
    response.headers["ETag"] = resource.etag
    return resource


SettingsDep = Annotated[Settings, Depends(get_settings)]
SignInServiceDep = Annotated[SignInService, Depends(get_sign_in_service)]
