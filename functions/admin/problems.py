"""What the admin API answers when it does not do what it is asked."""

from __future__ import annotations

from functions.common.problems import Conflict, NotFound, UpstreamFailed


class StoreNotFound(NotFound):
    type = "store_not_found"
    default_detail = "There is no such store."


class CameraNotFound(NotFound):
    type = "camera_not_found"
    default_detail = "There is no such camera."


class SnapshotNotFound(NotFound):
    type = "snapshot_not_found"
    default_detail = "This camera has not sent a snapshot yet."


class OwnerNotFound(NotFound):
    type = "owner_not_found"
    default_detail = "The store has no such owner."


class InviteNotFound(NotFound):
    type = "invite_not_found"
    default_detail = "The store has no such invitation that still waits."


class WorkerKeyNotFound(NotFound):
    type = "worker_key_not_found"
    default_detail = "The store has no such key that still works."


class StoreArchived(Conflict):
    type = "store_archived"
    default_detail = "The store is archived; restore it first."


class CameraArchived(Conflict):
    type = "camera_archived"
    default_detail = "The camera is archived and cannot be changed."


class AlreadyOwner(Conflict):
    type = "already_owner"
    default_detail = "That address belongs to an owner of the store already."


class LastOwner(Conflict):
    type = "last_owner"
    default_detail = "This is the last owner of the store; repeat with allow_ownerless=true to remove them anyway."


class TooManyKeys(Conflict):
    type = "too_many_keys"
    default_detail = "The store has as many working keys as it may have; revoke one first."


class WindowNotOver(Conflict):
    type = "window_not_over"
    default_detail = "The window is not over yet; a check compares what has been counted."


class MailNotSent(UpstreamFailed):
    type = "mail_not_sent"
    default_detail = "The sign-in service did not take the invitation, so nothing was stored; try again."
