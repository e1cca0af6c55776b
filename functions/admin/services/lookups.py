"""The store or the camera that a request names, or the problem that says why it cannot be used."""

from __future__ import annotations

from uuid import UUID

from functions.admin.problems import CameraArchived, CameraNotFound, StoreArchived, StoreNotFound
from functions.admin.repositories import cameras, stores
from functions.admin.repositories.cameras import CameraRow
from functions.admin.repositories.stores import StoreRow, StoreWithCounts
from functions.common.database import Connection
from functions.common.identity import Superadmin


def require_store(connection: Connection, admin: Superadmin, store_id: UUID) -> StoreWithCounts:
    """Return a store, archived or not.

    Raises:
        StoreNotFound: there is no store with this id.
    """
    store = stores.get_store(connection, admin, store_id)
    if store is None:
        raise StoreNotFound
    return store


def lock_any_store(connection: Connection, admin: Superadmin, store_id: UUID) -> StoreRow:
    """Lock a store, archived or not, against other superadmins until the request ends.

    Raises:
        StoreNotFound: there is no store with this id.
    """
    store = stores.lock_store(connection, admin, store_id)
    if store is None:
        raise StoreNotFound
    return store


def lock_active_store(connection: Connection, admin: Superadmin, store_id: UUID) -> StoreRow:
    """Lock a store that is not archived against other superadmins until the request ends.

    Raises:
        StoreNotFound: there is no store with this id.
        StoreArchived: the store is archived.
    """
    store = lock_any_store(connection, admin, store_id)
    if store.archived_at is not None:
        raise StoreArchived
    return store


def require_camera(connection: Connection, admin: Superadmin, camera_id: UUID) -> CameraRow:
    """Return a camera, archived or not.

    Raises:
        CameraNotFound: there is no camera with this id.
    """
    camera = cameras.get_camera(connection, admin, camera_id)
    if camera is None:
        raise CameraNotFound
    return camera


def lock_active_camera(connection: Connection, admin: Superadmin, camera_id: UUID) -> CameraRow:
    """Lock a camera that is not archived until the request ends.

    Raises:
        CameraNotFound: there is no camera with this id.
        CameraArchived: the camera is archived.
    """
    camera = cameras.lock_camera(connection, admin, camera_id)
    if camera is None:
        raise CameraNotFound
    if camera.archived_at is not None:
        raise CameraArchived
    return camera
