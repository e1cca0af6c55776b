"""The tables of stores: users, members, invitations, store-days, resets, the audit log, superadmins, analysts."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Time,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.timescale.tables.columns import Timestamp, id_column, metadata, now_column, parent_column

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", Text, nullable=False),
    now_column("created_at"),
    Column("last_seen_at", Timestamp),
)
"""A user who has signed in. `id` is the subject of the Supabase JWT."""

stores = Table(
    "stores",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("day_start", Time, nullable=False, server_default=text("'00:00'")),
    Column("opening_hours", JSONB),
    Column("closing_grace_minutes", SmallInteger, nullable=False, server_default=text("60")),
    Column("capacity", Integer),
    Column("country", Text),
    Column("region", Text),
    Column("closed_on_holidays", Boolean, nullable=False, server_default=text("false")),
    Column("first_weekday", SmallInteger, nullable=False, server_default=text("1")),
    now_column("created_at"),
    Column("archived_at", Timestamp),
    CheckConstraint("capacity > 0", name="capacity"),
    CheckConstraint(
        "closing_grace_minutes BETWEEN 0 AND 240 AND closing_grace_minutes % 15 = 0", name="closing_grace_minutes"
    ),
    CheckConstraint("extract(epoch FROM day_start)::integer % 900 = 0", name="day_start"),
    CheckConstraint("region IS NULL OR country IS NOT NULL", name="region"),
    CheckConstraint("first_weekday BETWEEN 1 AND 7", name="first_weekday"),
)
"""A store, with the settings that are valid now.

`country` (ISO 3166-1 alpha-2) and `region` (ISO 3166-2 without the country) say which public holidays it has.

`first_weekday` is the day on which its weeks begin, 1 = Monday (ISO 8601). It has no validity period: it only says
which days a week contains.

`day_start` is when its store-day begins. `opening_hours` is `{"mon": [["09:00", "20:00"]], …}`, or null if the store is
always open. `closing_grace_minutes` is how long after closing the last people leave.
"""

store_settings = Table(
    "store_settings",
    metadata,
    parent_column("stores", primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("starts_at", Timestamp, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("day_start", Time, nullable=False),
    Column("opening_hours", JSONB),
    Column("closing_grace_minutes", SmallInteger, nullable=False, server_default=text("60")),
    Column("capacity", Integer),
    now_column("created_at"),
    CheckConstraint("(valid_from = '-infinity') = (starts_at = '-infinity')", name="first"),
)
"""The settings of a store from a store-day on, until that of the next row. A trigger on `stores` writes them.

`starts_at` is the start of the store-day `valid_from`. Both are `-infinity` in the first row of a store.
"""

_PACKED_STORE_DAY = """
  date_send(day) || timestamptz_send(starts_at) || timestamptz_send(ends_at) || int8send(data_version)
  || int4send(array_position(
    ARRAY['value'::text, 'partial'::text, 'no_data'::text, 'pending'::text, 'closed'::text], state
  ))
  || boolsend(is_complete) || boolsend(is_known)
  || int8send(visitors) || int8send(exits) || int8send(unmatched_exits)
  || float8send(person_seconds) || float8send(open_person_seconds) || float8send(open_known_s)
  || float8send(occupancy_end) || float8send(expected_s) || float8send(observed_s) || float8send(overdue_s)
  || boolsend(line_changed) || boolsend(has_two_lines)
  || int8send(COALESCE(residual, '-9223372036854775808'::bigint))
  || float8send(COALESCE(dwell_s, 'NaN'::double precision))
  || float8send(COALESCE(occupancy_peak, 'NaN'::double precision))
"""


def _occupancy_columns() -> list[Column[float]]:
    """Return the columns of store-days, and of a part of one, that the occupancy and the coverage need."""
    return [
        Column("person_seconds", Double, nullable=False),
        Column("open_person_seconds", Double, nullable=False),
        Column("open_known_s", Double, nullable=False),
        Column("occupancy_peak", Double),
        Column("occupancy_end", Double, nullable=False),
        Column("expected_s", Double, nullable=False),
        Column("observed_s", Double, nullable=False),
    ]


store_days = Table(
    "store_days",
    metadata,
    parent_column("stores", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("starts_at", Timestamp, nullable=False),
    Column("ends_at", Timestamp, nullable=False),
    Column("data_version", BigInteger, nullable=False),
    Column("formula_version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("is_complete", Boolean, nullable=False),
    Column("is_known", Boolean, nullable=False),
    Column("visitors", BigInteger, nullable=False),
    Column("exits", BigInteger, nullable=False),
    Column("unmatched_exits", BigInteger, nullable=False),
    Column("residual", BigInteger),
    Column("dwell_s", Double),
    *_occupancy_columns(),
    Column("overdue_s", Double, nullable=False),
    Column("line_changed", Boolean, nullable=False),
    Column("has_two_lines", Boolean, nullable=False),
    Column("hourly_rates", JSONB, nullable=False),
    now_column("computed_at"),
    Column("packed", LargeBinary, Computed(_PACKED_STORE_DAY, persisted=True)),
    CheckConstraint("starts_at < ends_at", name="order"),
    CheckConstraint("state IN ('value', 'partial', 'no_data', 'pending', 'closed')", name="state"),
)
"""The KPIs of a store-day that is over and delivered.

A row is valid while `data_version` is the sum of the versions in `store_data_versions` of the UTC dates that the
store-day overlaps, and `formula_version` is that of the program. `packed` has the bounds, the version and the KPIs in
the binary format of PostgreSQL.
"""

store_first_hours = Table(
    "store_first_hours",
    metadata,
    parent_column("stores", primary_key=True),
    Column("day", Date, nullable=False),
    Column("starts_at", Timestamp, nullable=False),
    Column("ends_at", Timestamp, nullable=False),
    Column("until", Timestamp, nullable=False),
    Column("data_version", BigInteger, nullable=False),
    Column("formula_version", Integer, nullable=False),
    Column("hour_visitors", ARRAY(Integer), nullable=False),
    Column("hour_states", ARRAY(Text), nullable=False),
    Column("live_occupancy", BigInteger, nullable=False),
    Column("live_unmatched_exits", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("is_known", Boolean, nullable=False),
    Column("visitors", BigInteger, nullable=False),
    Column("exits", BigInteger, nullable=False),
    Column("unmatched_exits", BigInteger, nullable=False),
    *_occupancy_columns(),
    Column("line_changed", Boolean, nullable=False),
    Column("has_two_lines", Boolean, nullable=False),
    now_column("computed_at"),
    CheckConstraint("starts_at < until AND until <= ends_at", name="order"),
    CheckConstraint("state IN ('value', 'partial', 'no_data', 'closed')", name="state"),
    CheckConstraint("cardinality(hour_visitors) = cardinality(hour_states)", name="hours"),
)
"""The first hours of the store-day in progress of each store: those that are over and settled.

`hour_visitors` has NULL where nothing is known. `live_occupancy` is exact to the crossing, `occupancy_end` to the
quarter-hour. A row is valid under the same conditions as one of `store_days`, for the time from `starts_at` to `until`.
"""

store_data_versions = Table(
    "store_data_versions",
    metadata,
    Column("store_id", Uuid, primary_key=True),
    Column("utc_date", Date, primary_key=True),
    Column("version", BigInteger, nullable=False, server_default=text("1")),
)
"""How often something changed that the numbers of a UTC date rest on. Triggers write it.

`utc_date` is `-infinity` for changes of the whole history.
"""

store_members = Table(
    "store_members",
    metadata,
    parent_column("stores", primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, nullable=False, server_default="owner"),
    Column("added_by", Uuid),
    now_column("added_at"),
    CheckConstraint("role = 'owner'", name="role"),
    Index(None, "user_id"),
)
"""The users who may read a store."""

store_invites = Table(
    "store_invites",
    metadata,
    id_column(),
    parent_column("stores"),
    Column("email", Text, nullable=False),
    Column("invited_by", Uuid),
    now_column("created_at"),
    Column("expires_at", Timestamp, nullable=False),
    Column("accepted_at", Timestamp),
    Column("revoked_at", Timestamp),
    CheckConstraint("email = lower(email)", name="email"),
    Index(None, "store_id"),
    Index(None, "email"),
)
"""An invitation by email. `email` is in lower case."""

wall_links = Table(
    "wall_links",
    metadata,
    id_column(),
    parent_column("stores"),
    Column("name", Text, nullable=False),
    Column("token_sha256", LargeBinary, nullable=False, unique=True),
    now_column("created_at"),
    Column("created_by", Uuid),
    Column("last_used_at", Timestamp),
    Index(None, "store_id"),
)
"""A link that shows the live occupancy of a store on a screen, without a sign-in, until the row is deleted."""

occupancy_resets = Table(
    "occupancy_resets",
    metadata,
    id_column(),
    parent_column("stores"),
    Column("at", Timestamp, nullable=False),
    Column("occupancy", Integer, nullable=False),
    Column("user_id", Uuid),
    now_column("created_at"),
    CheckConstraint("occupancy >= 0", name="occupancy"),
    Index(None, "store_id", "at"),
)
"""A correction by the owner: how many people were inside at a time."""

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("key_sha256", LargeBinary, primary_key=True),
    Column("request_sha256", LargeBinary, nullable=False),
    Column("response", LargeBinary),
    now_column("created_at"),
    Index(None, "created_at"),
)
"""The `Idempotency-Key` of a request that has created something, as a digest, with the encrypted response."""

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    now_column("at"),
    Column("actor_id", Uuid),
    Column("actor_email", Text),
    Column("action", Text, nullable=False),
    Column("subject_type", Text, nullable=False),
    Column("subject_id", Text),
    Column("store_id", Uuid),
    Column("before", JSONB),
    Column("after", JSONB),
    Index(None, "at"),
    Index(None, "store_id", "at"),
    Index(None, "actor_id", "at"),
)
"""Who changed what. Triggers reject every update and deletion."""

superadmins = Table(
    "superadmins",
    metadata,
    id_column(),
    Column("user_id", Uuid),
    Column("email", Text),
    Column("added_by", Uuid),
    now_column("added_at"),
    Column("removed_at", Timestamp),
    CheckConstraint("email = lower(email)", name="email"),
    CheckConstraint("user_id IS NOT NULL OR email IS NOT NULL", name="person"),
    Index(None, "user_id", unique=True, postgresql_where=text("removed_at IS NULL")),
    Index(None, "email", unique=True, postgresql_where=text("removed_at IS NULL AND user_id IS NULL")),
)
"""Somebody who may use the admin API, until `removed_at`.

`user_id` is null until their first admin request. Until then `email` says who they are.
"""

analysts = Table(
    "analysts",
    metadata,
    Column("role_name", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    now_column("created_at"),
)
"""The people or programs that log in with the SQL role `role_name`. Only the owner of the tables reads it."""

analyst_grants = Table(
    "analyst_grants",
    metadata,
    Column("role_name", ForeignKey("analysts.role_name", ondelete="CASCADE"), primary_key=True),
    parent_column("stores", primary_key=True),
    now_column("granted_at"),
)
"""The stores that the SQL role of an analyst may read."""
