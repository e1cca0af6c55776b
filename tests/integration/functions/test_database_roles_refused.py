"""What a Lambda does not do, its login may not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

from tests.integration.functions.database_logins import GROUPS

Connection = psycopg.Connection[Any]
REFUSED_TO_ALL = [
    "UPDATE audit_log SET action = 'nothing'",
    "DELETE FROM audit_log",
    "TRUNCATE audit_log",
    "DROP TRIGGER reject_update_or_delete ON audit_log",
    "ALTER TABLE audit_log DISABLE TRIGGER ALL",
    "INSERT INTO audit_log (id, action, subject_type) OVERRIDING SYSTEM VALUE VALUES (1, 'x', 'y')",
    "INSERT INTO camera_counting_periods SELECT id, store_id, now() FROM cameras",
    "UPDATE camera_counting_periods SET counts_from = now()",
    "INSERT INTO camera_lines (camera_id, version, anchor, valid_from) SELECT id, 9, 'foot', now() FROM cameras",
    "UPDATE camera_lines SET line = NULL",
    "DELETE FROM camera_lines",
    "DELETE FROM camera_line_minutes",
    "UPDATE camera_line_minutes SET line_version = 1",
    "INSERT INTO analyst_grants VALUES (current_user, gen_random_uuid())",
    "SELECT * FROM analyst_grants",
    "UPDATE events SET direction = 'IN'",
    "DELETE FROM events",
    "TRUNCATE events",
    "DELETE FROM stores",
    "DELETE FROM cameras",
    "DELETE FROM users",
    "DELETE FROM worker_keys",
    "DELETE FROM superadmins",
    "UPDATE superadmins SET email = 'me@example.com'",
    "UPDATE superadmins SET added_at = now()",
    "DELETE FROM occupancy_resets",
    "CREATE TABLE public.mine (a int)",
    "CREATE TEMP TABLE mine (a int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION public.peek() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE events ADD COLUMN face bytea",
    "DROP TABLE users",
    "CREATE ROLE somebody LOGIN",
    "GRANT metrica_admin TO CURRENT_USER",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT drop_chunks('events', now())",
    "CALL refresh_continuous_aggregate('footfall_15m', NULL, NULL)",
    "SELECT remove_retention_policy('events')",
    """CALL refresh_aggregates(0, '{"start_offset": "1 day", "end_offset": "1 hour"}')""",
]
REFUSED = {
    "metrica_ingest": [
        "SELECT email FROM users",
        "SELECT * FROM store_members",
        "SELECT name FROM stores",
        "SELECT ts FROM events",
        "SELECT * FROM footfall_15m",
        "SELECT * FROM occupancy_resets",
        "SELECT * FROM audit_log",
        "SELECT * FROM late_ranges",
        "SELECT user_id FROM superadmins",
        "SELECT opened_by FROM import_windows",
        "UPDATE import_windows SET closed_at = NULL",
        "INSERT INTO superadmins (email) VALUES ('me@example.com')",
        "UPDATE cameras SET name = 'mine'",
        "UPDATE cameras SET store_id = gen_random_uuid()",
        "UPDATE cameras SET line = NULL",
        "UPDATE cameras SET line_version = 9",
        "UPDATE cameras SET is_counting_line = false",
        "UPDATE worker_keys SET revoked_at = NULL",
        "INSERT INTO worker_keys (store_id, name, key_sha256, hint) SELECT id, 'x', '', '' FROM stores",
        "INSERT INTO audit_log (action, subject_type) VALUES ('x', 'y')",
        "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (gen_random_uuid(), now(), 0)",
    ],
    "metrica_api": [
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
        " VALUES (now(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'IN')",
        "INSERT INTO camera_minutes (minute, camera_id, store_id, frames)"
        " VALUES (now(), gen_random_uuid(), gen_random_uuid(), 1)",
        "INSERT INTO camera_line_minutes SELECT id, now(), 1, now(), now() FROM cameras",
        "UPDATE camera_lines SET created_by = NULL",
        "SELECT * FROM worker_keys",
        "SELECT key_sha256 FROM worker_keys",
        "SELECT added_by FROM superadmins",
        "INSERT INTO superadmins (email) VALUES ('me@example.com')",
        "UPDATE superadmins SET removed_at = NULL",
        "SELECT * FROM audit_log",
        "SELECT * FROM count_checks",
        "SELECT snapshot_key FROM cameras",
        "UPDATE stores SET name = 'mine'",
        "UPDATE cameras SET name = 'mine'",
        "UPDATE cameras SET store_id = gen_random_uuid()",
        "UPDATE store_members SET user_id = gen_random_uuid()",
        "DELETE FROM store_members",
        "SELECT content FROM notifications",
        "UPDATE notifications SET next_attempt_at = now()",
        "SELECT * FROM notification_incidents",
        "UPDATE report_subscriptions SET user_id = gen_random_uuid()",
        "UPDATE store_invites SET email = 'me@example.com'",
        "INSERT INTO store_invites (store_id, email, expires_at) SELECT id, 'me@example.com', now() FROM stores",
    ],
    "metrica_admin": [
        "SELECT * FROM notification_channels",
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
        " VALUES (now(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'IN')",
        "SELECT key_sha256 FROM worker_keys",
        "UPDATE worker_keys SET key_sha256 = ''",
        "UPDATE worker_keys SET store_id = gen_random_uuid()",
        "UPDATE worker_keys SET created_by = NULL",
        "UPDATE count_checks SET counted_in = manual_in",
        "UPDATE import_windows SET window_start = now()",
        "DELETE FROM import_windows",
        "DELETE FROM store_invites",
        "SELECT * FROM camera_minutes",
    ],
    "metrica_maintenance": [
        "SELECT email FROM store_invites",
        "UPDATE store_invites SET expires_at = now()",
        "SELECT name FROM stores",
        "SELECT * FROM events",
        "SELECT * FROM footfall_15m",
        "SELECT store_id FROM late_ranges",
        "SELECT recheck_from FROM aggregate_refresh",
        "UPDATE aggregate_refresh SET refreshed_at = now()",
        "UPDATE cameras SET snapshot_key = NULL",
        "SELECT key_sha256 FROM worker_keys",
        "SELECT user_id FROM superadmins",
        "INSERT INTO superadmins (email) VALUES ('me@example.com')",
        "INSERT INTO audit_log (action, subject_type) VALUES ('x', 'y')",
        "SELECT * FROM incidents",
    ],
    "metrica_notifications": [
        "SELECT role FROM store_members",
        "SELECT unsubscribe_sha256 FROM report_subscriptions",
        "DELETE FROM report_subscriptions",
        "SELECT email FROM store_invites",
        "SELECT email FROM superadmins",
        "SELECT * FROM worker_keys",
        "SELECT * FROM footfall_15m",
        "SELECT line FROM cameras",
        "SELECT opening_hours FROM stores",
        "UPDATE incidents SET closed_at = now()",
        "INSERT INTO notification_channels (user_id, kind, scope, minimum_severity)"
        " SELECT id, 'mail', 'installation', 'warning' FROM users",
        "UPDATE notification_channels SET url = 'https://example.com'",
        "UPDATE notification_channels SET scope = 'installation'",
        "DELETE FROM notification_channels",
        "UPDATE users SET email = 'me@example.com'",
        "INSERT INTO audit_log (action, subject_type) VALUES ('x', 'y')",
    ],
    "metrica_incidents": [
        "SELECT * FROM notification_channels",
        "SELECT email FROM users",
        "SELECT * FROM store_members",
        "SELECT email FROM store_invites",
        "SELECT * FROM events",
        "SELECT line FROM cameras",
        "SELECT snapshot_key FROM cameras",
        "UPDATE cameras SET last_seen_at = now()",
        "UPDATE stores SET name = 'mine'",
        "SELECT key_sha256 FROM worker_keys",
        "UPDATE worker_keys SET revoked_at = NULL",
        "SELECT user_id FROM superadmins",
        "UPDATE aggregate_refresh SET refreshed_at = now()",
        "INSERT INTO audit_log (action, subject_type) VALUES ('x', 'y')",
    ],
}
HOSTILE = [(group, statement) for group in GROUPS for statement in REFUSED_TO_ALL + REFUSED[group]]


@pytest.fixture(scope="module")
def sessions(logins: dict[str, str]) -> Iterator[dict[str, Connection]]:
    with ExitStack() as stack:
        yield {
            group: stack.enter_context(psycopg.connect(url, autocommit=True, prepare_threshold=None))
            for group, url in logins.items()
        }


@pytest.mark.parametrize(("group", "statement"), HOSTILE)
def test_what_a_lambda_does_not_do_its_login_may_not(
    sessions: dict[str, Connection], group: str, statement: str
) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        sessions[group].execute(statement.encode())


def test_a_login_cannot_become_the_owner_or_another_role(
    sessions: dict[str, Connection], connection: Connection
) -> None:
    owner = connection.execute("SELECT current_user").fetchone()
    assert owner is not None
    for group, session in sessions.items():
        for other in {owner[0], *GROUPS} - {group}:
            for statement in ("SET ROLE {}", "SET SESSION AUTHORIZATION {}"):
                with pytest.raises((errors.InsufficientPrivilege, errors.InvalidParameterValue)):
                    session.execute(sql.SQL(statement).format(sql.Identifier(other)))


def test_the_group_roles_cannot_log_in_own_nothing_and_are_nobodys_superuser(connection: Connection) -> None:
    rows = connection.execute(
        "SELECT rolname, rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,"
        " (SELECT count(*) FROM pg_class WHERE relowner = r.oid) FROM pg_roles r WHERE rolname = ANY (%s) ORDER BY 1",
        [list(GROUPS)],
    ).fetchall()
    assert rows == [(group, False, 0) for group in sorted(GROUPS)]
