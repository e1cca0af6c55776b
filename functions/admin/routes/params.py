"""What admin routes take from the path and the query."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query

StoreIdPath = Annotated[UUID, Path(description="The store.")]
CameraIdPath = Annotated[UUID, Path(description="The camera.")]
UserIdPath = Annotated[UUID, Path(description="The owner.")]
InviteIdPath = Annotated[UUID, Path(description="The invitation.")]
WorkerKeyIdPath = Annotated[UUID, Path(description="The key's id; not the key.")]
IncludeArchived = Annotated[bool, Query(description="Whether archived ones are listed too.")]
