"""What every column that contains a text may tell about a person.

A test compares the list with the database, so a new column has to be added here, and the erasure of a person covers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import LiteralString


class Content(StrEnum):
    """What a column contains."""

    ADDRESS = "address"
    """The e-mail address of a person."""
    WRITTEN = "written"
    """What people write, or a text that may repeat it: an address is replaced wherever it stands in it."""
    CODE = "code"
    """A value that the program chooses, a number, or a setting without a name."""
    DIGEST = "digest"
    """A hash, or what is encrypted with a key that is not stored."""


COLUMNS: Mapping[tuple[LiteralString, LiteralString], Content] = {
    ("alembic_version", "version_num"): Content.CODE,
    ("analyst_grants", "role_name"): Content.CODE,
    ("analysts", "name"): Content.WRITTEN,
    ("analysts", "role_name"): Content.CODE,
    ("audit_log", "action"): Content.CODE,
    ("audit_log", "actor_email"): Content.ADDRESS,
    ("audit_log", "after"): Content.WRITTEN,
    ("audit_log", "before"): Content.WRITTEN,
    ("audit_log", "subject_id"): Content.CODE,
    ("audit_log", "subject_type"): Content.CODE,
    ("camera_lines", "anchor"): Content.CODE,
    ("camera_lines", "line"): Content.CODE,
    ("camera_track_ends", "points"): Content.CODE,
    ("cameras", "anchor"): Content.CODE,
    ("cameras", "device"): Content.WRITTEN,
    ("cameras", "line"): Content.CODE,
    ("cameras", "model"): Content.WRITTEN,
    ("cameras", "name"): Content.WRITTEN,
    ("cameras", "origin"): Content.CODE,
    ("cameras", "picture"): Content.CODE,
    ("cameras", "snapshot_key"): Content.CODE,
    ("cameras", "worker_version"): Content.WRITTEN,
    ("count_checks", "note"): Content.WRITTEN,
    ("count_checks", "parts"): Content.CODE,
    ("events", "direction"): Content.CODE,
    ("idempotency_keys", "key_sha256"): Content.DIGEST,
    ("idempotency_keys", "request_sha256"): Content.DIGEST,
    ("idempotency_keys", "response"): Content.DIGEST,
    ("incidents", "detail"): Content.WRITTEN,
    ("incidents", "facts"): Content.WRITTEN,
    ("incidents", "object_id"): Content.CODE,
    ("incidents", "remedy"): Content.WRITTEN,
    ("incidents", "type"): Content.CODE,
    ("notification_channels", "disabled_reason"): Content.WRITTEN,
    ("notification_channels", "incident_types"): Content.CODE,
    ("notification_channels", "kind"): Content.CODE,
    ("notification_channels", "minimum_severity"): Content.CODE,
    ("notification_channels", "scope"): Content.CODE,
    ("notification_channels", "url"): Content.WRITTEN,
    ("notification_incidents", "event"): Content.CODE,
    ("notifications", "content"): Content.WRITTEN,
    ("notifications", "outcome"): Content.WRITTEN,
    ("notifications", "type"): Content.CODE,
    ("public_holidays", "name"): Content.CODE,
    ("public_holidays", "names"): Content.CODE,
    ("report_subscriptions", "period"): Content.CODE,
    ("report_subscriptions", "unsubscribe_sha256"): Content.DIGEST,
    ("special_days", "note"): Content.WRITTEN,
    ("special_days", "opening_hours"): Content.CODE,
    ("store_days", "hourly_rates"): Content.CODE,
    ("store_days", "packed"): Content.CODE,
    ("store_days", "state"): Content.CODE,
    ("store_first_hours", "hour_states"): Content.CODE,
    ("store_first_hours", "hour_visitors"): Content.CODE,
    ("store_first_hours", "state"): Content.CODE,
    ("store_invites", "email"): Content.ADDRESS,
    ("store_members", "role"): Content.CODE,
    ("store_settings", "opening_hours"): Content.CODE,
    ("store_settings", "timezone"): Content.CODE,
    ("stores", "country"): Content.CODE,
    ("stores", "name"): Content.WRITTEN,
    ("stores", "opening_hours"): Content.CODE,
    ("stores", "region"): Content.CODE,
    ("stores", "timezone"): Content.CODE,
    ("superadmins", "email"): Content.ADDRESS,
    ("users", "email"): Content.ADDRESS,
    ("wall_links", "name"): Content.WRITTEN,
    ("wall_links", "token_sha256"): Content.DIGEST,
    ("worker_instances", "run_ids"): Content.CODE,
    ("worker_keys", "hint"): Content.CODE,
    ("worker_keys", "key_sha256"): Content.DIGEST,
    ("worker_keys", "name"): Content.WRITTEN,
}
