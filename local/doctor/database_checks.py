"""Checks of the database with its owner's login: schema, privileges, logins, aggregates, jobs and clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg

from db.timescale import migrate, privileges
from db.timescale.privileges import GROUP_ROLES
from edge_worker.doctor.result import CheckResult, fail, ok, skip, warn
from functions.admin.maintenance_jobs import (
    DatabaseJobError,
    RefreshOverdueError,
    check_database_jobs,
    check_refresh,
)

CONNECT_TIMEOUT_S = 10
LARGEST_CLOCK_OFFSET_S = 5.0
LOGINS = """
SELECT granted.rolname FROM pg_roles granted WHERE granted.rolname = ANY(%s) AND EXISTS (
  SELECT FROM pg_auth_members m JOIN pg_roles member ON member.oid = m.member
  WHERE m.roleid = granted.oid AND member.rolcanlogin)
"""


def check_database(url: str | None) -> Iterator[CheckResult]:
    """Yield the results; only the first if the database cannot be reached."""
    if url is None:
        yield skip("database", "not checked", "set DATABASE_URL to the login of its owner")
        return
    try:
        revision, newest = migrate.current(url), migrate.head()
    except migrate.MigrationError as error:
        yield fail("database", str(error), "check DATABASE_URL, the network and the certificate")
        return
    if revision != newest:
        yield fail("migrations", f"at {revision}, this version needs {newest}", "run `metrica migrate`")
        return
    yield ok("migrations", f"at {revision}, the newest")
    try:
        with psycopg.connect(
            url, autocommit=True, prepare_threshold=None, connect_timeout=CONNECT_TIMEOUT_S
        ) as connection:
            yield _clock(connection)
            yield _open_privileges(connection)
            yield _logins(connection)
            yield _aggregates(connection)
            yield _jobs(connection)
    except psycopg.Error as error:
        yield fail("database", str(error).strip(), "this login must be the one that owns the schema")


def _clock(connection: psycopg.Connection) -> CheckResult:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None  # noqa: S101  # one row always
    offset = (datetime.now(UTC) - row[0]).total_seconds()
    if abs(offset) > LARGEST_CLOCK_OFFSET_S:
        return warn(
            "database clock", f"differs from this machine by {offset:.0f} s", "synchronise both: jobs run by its clock"
        )
    return ok("database clock", "the same time as this machine")


def _open_privileges(connection: psycopg.Connection) -> CheckResult:
    found = privileges.verify(connection)
    if found:
        return warn(
            "privileges",
            f"{len(found)} are open to logins that do not need them, the first: {found[0]}",
            "run `metrica migrate` as the owner of the database, or as a superuser (docs/security.md)",
        )
    return ok("privileges", "no login can do more than it needs")


def _logins(connection: psycopg.Connection) -> CheckResult:
    used = {row[0] for row in connection.execute(LOGINS, [list(GROUP_ROLES)])}
    missing = [role for role in GROUP_ROLES if role not in used]
    if missing:
        return warn(
            "logins",
            f"no login is a member of {', '.join(missing)}",
            "create one for each function (docs/security.md); a function with the owner's login may do everything",
        )
    return ok("logins", f"each of the {len(GROUP_ROLES)} group roles has a login")


def _aggregates(connection: psycopg.Connection) -> CheckResult:
    try:
        minutes = check_refresh(connection)
    except RefreshOverdueError as error:
        return fail(
            "aggregates",
            str(error),
            "see timescaledb.max_background_workers and timescaledb_information.job_errors (docs/data-model.md)",
        )
    return ok("aggregates", f"refreshed {minutes} minutes ago")


def _jobs(connection: psycopg.Connection) -> CheckResult:
    try:
        number = check_database_jobs(connection)
    except DatabaseJobError as error:
        found, *further = str(error).splitlines()
        return fail("jobs", found, "; ".join(further) or "see timescaledb_information.job_errors (docs/data-model.md)")
    return ok("jobs", f"all {number} jobs of the database have run")
