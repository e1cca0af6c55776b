"""Superadmins: list, add, remove."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from functions.admin.schemas.superadmins import SuperadminCreate, SuperadminResponse, Superadmins
from functions.common import superadmins as repository
from functions.common.database import Connection
from functions.common.identity import Superadmin
from functions.common.superadmins import SuperadminRow


def list_superadmins(connection: Connection, _admin: Superadmin) -> Superadmins:
    """Return the superadmins, without removed ones."""
    return Superadmins(superadmins=[_to_response(row) for row in repository.list_superadmins(connection)])


def add_superadmin(connection: Connection, admin: Superadmin, body: SuperadminCreate) -> SuperadminResponse:
    """Add a superadmin. Raises AlreadySuperadmin."""
    return _to_response(repository.add_superadmin(connection, admin, body.email))


def remove_superadmin(connection: Connection, admin: Superadmin, superadmin_id: UUID) -> None:
    """Remove a superadmin. Raises SuperadminNotFound, LastSuperadmin."""
    repository.remove_superadmin(connection, admin, superadmin_id)


def _to_response(row: SuperadminRow) -> SuperadminResponse:
    return SuperadminResponse.model_validate({**asdict(row), "superadmin_id": row.id})
