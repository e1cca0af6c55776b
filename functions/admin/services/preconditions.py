"""Check of `If-Match` against the locked resource of a request."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from functions.admin.repositories.last_changes import find_last_change
from functions.admin.schemas.values import MutableResource
from functions.common.database import Connection
from functions.common.identity import Superadmin
from functions.common.preconditions import PreconditionFailed, if_match_holds


def require_unchanged(
    connection: Connection,
    admin: Superadmin,
    if_match: str | None,
    current: MutableResource,
    *,
    store_id: UUID | None,
    subject_id: UUID,
    actions: Collection[str],
) -> None:
    """Refuse a change that is based on another state of a resource. The row must be locked.

    Args:
        connection: connection of the request.
        admin: the caller.
        if_match: header of the request; None accepts every state.
        current: the resource as it is now.
        store_id: store of the resource, if any.
        subject_id: id of the resource.
        actions: actions of the audit log that change the tag of the resource.

    Raises:
        PreconditionFailed: the header does not have the tag of the resource.
    """
    if if_match_holds(if_match, current.etag):
        return
    change = find_last_change(connection, admin, store_id=store_id, subject_id=subject_id, actions=actions)
    raise PreconditionFailed(
        current.model_dump(mode="json"),
        current.etag,
        changed_by=None if change is None else change.email,
        changed_at=None if change is None else change.at,
    )
