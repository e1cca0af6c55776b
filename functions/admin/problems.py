"""The problems of the admin API."""

from __future__ import annotations

from functions.common.limits import IMPORT_MAX_AGE, MAX_WORKER_KEYS_PER_STORE
from functions.common.problems import Conflict, NotFound, UpstreamFailed


class StoreNotFound(NotFound):
    """There is no store with this id."""

    type = "store_not_found"
    default_detail = "Store not found."


class CameraNotFound(NotFound):
    """There is no camera with this id."""

    type = "camera_not_found"
    default_detail = "Camera not found."


class SnapshotNotFound(NotFound):
    """The camera has not sent a snapshot yet."""

    type = "snapshot_not_found"
    default_detail = "This camera has not sent a snapshot yet."


class OwnerNotFound(NotFound):
    """The user is not an owner of the store."""

    type = "owner_not_found"
    default_detail = "The user is not an owner of this store."


class InviteNotFound(NotFound):
    """The store has no pending invitation with this id."""

    type = "invite_not_found"
    default_detail = "The store has no pending invitation with this id."


class WorkerKeyNotFound(NotFound):
    """The store has no active key with this id."""

    type = "worker_key_not_found"
    default_detail = "The store has no active key with this id."


class StoreArchived(Conflict):
    """The store is archived."""

    type = "store_archived"
    default_detail = "The store is archived; restore it first."


class CameraArchived(Conflict):
    """The camera is archived."""

    type = "camera_archived"
    default_detail = "The camera is archived and cannot be changed."


class NoRejectedInstance(Conflict):
    """No edge worker was turned away from the camera."""

    type = "no_rejected_instance"
    default_detail = "No other edge worker has tried to count this camera."


class ViewUnchanged(Conflict):
    """The edge worker of the camera does not report that its view has changed."""

    type = "view_unchanged"
    default_detail = "The edge box does not report that the view of this camera has changed."


class AlreadyOwner(Conflict):
    """The invited address belongs to an owner of the store."""

    type = "already_owner"
    default_detail = "This address already belongs to an owner of the store."


class LastOwner(Conflict):
    """Removing the owner would leave the store without one."""

    type = "last_owner"
    default_detail = "This is the last owner of the store. Send allow_ownerless=true to remove them anyway."


class TooManyKeys(Conflict):
    """The store has the maximum number of active keys."""

    type = "too_many_keys"
    default_detail = f"The store has {MAX_WORKER_KEYS_PER_STORE} active keys, the maximum; revoke one first."


class WindowNotOver(Conflict):
    """The window of a count check ends in the future."""

    type = "window_not_over"
    default_detail = "The window ends in the future. Enter the count after its end."


class ImportWindowNotFound(NotFound):
    """There is no open import window with this id."""

    type = "import_window_not_found"
    default_detail = "There is no open import window with this id."


class WindowTooOld(Conflict):
    """The import window begins before the oldest data that can be imported."""

    type = "window_too_old"
    default_detail = (
        f"The window begins more than {IMPORT_MAX_AGE.days} days ago. Older data is deleted, so it cannot be imported."
    )


class WindowInFuture(Conflict):
    """The import window ends in the future."""

    type = "window_in_future"
    default_detail = "The window ends in the future. Only past data can be imported."


class MailNotSent(UpstreamFailed):
    """Supabase Auth did not send the invitation."""

    type = "mail_not_sent"
    default_detail = "The invitation e-mail could not be sent, so nothing was stored. Try again."
