"""The migrations: upgrade, downgrade, repetition, and several at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory

from db.timescale import migrate
from db.timescale.migrate import current, downgrade, head, upgrade
from db.timescale.privileges import GROUP_ROLES
from tests.integration.db.catalogue import relations


def test_a_downgrade_leaves_nothing_and_an_upgrade_creates_the_same_again(own_url: str) -> None:
    before = relations(own_url)
    downgrade(own_url)
    assert relations(own_url) == {"public.alembic_version"}
    assert current(own_url) is None
    upgrade(own_url)
    assert relations(own_url) == before
    assert current(own_url) == head()


def test_a_downgrade_revokes_the_rights_of_the_lambdas_and_an_upgrade_grants_them_again(own_url: str) -> None:
    upgrade(own_url)
    before = _rights(own_url)
    assert {role for role, *_ in before} == {*GROUP_ROLES} - {"metrica_analyst"}
    downgrade(own_url, "0004_analytics")
    assert _rights(own_url) == set()
    upgrade(own_url)
    assert _rights(own_url) == before


def _rights(url: str) -> set[tuple[str, ...]]:
    """Return the rights of the Lambdas' roles on the columns of our tables."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT grantee, table_schema, table_name, column_name, privilege_type"
            " FROM information_schema.column_privileges"
            " WHERE grantee = ANY (%s) AND grantee <> 'metrica_analyst' AND table_schema IN ('public', 'analytics')",
            [list(GROUP_ROLES)],
        )
        return set(rows.fetchall())


def test_a_downgrade_works_with_compressed_chunks(own_url: str) -> None:
    upgrade(own_url)
    with psycopg.connect(own_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
            " SELECT now() - interval '20 days', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'IN'"
        )
        connection.execute("SELECT compress_chunk(chunk) FROM show_chunks('events') chunk")
    downgrade(own_url)
    upgrade(own_url)
    assert current(own_url) == head()


def test_upgrading_twice_changes_nothing(own_url: str) -> None:
    upgrade(own_url)
    before = relations(own_url)
    upgrade(own_url)
    assert relations(own_url) == before


@pytest.mark.slow
def test_several_upgrades_at_once_wait_for_each_other(own_url: str) -> None:
    downgrade(own_url)
    command = [sys.executable, "-m", "db.timescale.migrate", "upgrade", own_url]
    running_at_once = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    outputs = [process.communicate(timeout=100)[0] for process in running_at_once]
    assert outputs == [f"schema: {head()} (newest: {head()})\n"] * 3


def test_each_migration_has_its_sql_file_and_the_name_of_its_revision() -> None:
    folder = Path(migrate.__file__).with_name("migrations")
    revisions = {script.revision for script in ScriptDirectory(str(folder)).walk_revisions()}
    assert revisions == {path.stem for path in (folder / "versions").glob("0*.py")}
    assert {path.stem for path in (folder / "sql").glob("*.sql")} <= revisions
    assert all(len(revision) <= 32 for revision in revisions)  # alembic_version.version_num is varchar(32)
