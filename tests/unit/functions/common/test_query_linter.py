"""The linter that keeps queries in repository modules, and repository functions limited to a tenant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from scripts.lint_queries import lint

ROUTE = "functions/api/routes/stores.py"
OWNER = "functions/api/repositories/stores.py"
ADMIN = "functions/admin/repositories/stores.py"
INGEST = "functions/ingest/event_repository.py"


def rules(path: str, source: str) -> list[str]:
    return [finding.rule for finding in lint(path, dedent(source))]


@pytest.mark.parametrize(
    "source",
    [
        "from sqlalchemy import select",
        "import sqlalchemy",
        "import sqlalchemy as sa",
        "from sqlalchemy.dialects.postgresql import insert",
        "from db.timescale.tables import stores",
        "from db.timescale import tables",
        "import db.timescale.tables",
        "connection.execute(statement)",
        "request.app.state.database.connect().scalars(statement)",
        "connection.cursor().execute('SELECT 1')",
        "run = connection.execute",
    ],
)
def test_a_query_outside_repository_modules_is_found(source: str) -> None:
    for path in (ROUTE, "functions/api/services/live.py", "functions/admin/routes/stores.py", "functions/ingest/x.py"):
        assert "Q1" in rules(path, source)


def test_a_connection_may_be_passed_on() -> None:
    assert (
        rules(ROUTE, "from functions.common.database import ConnectionDep\nfrom sqlalchemy.exc import DataError") == []
    )


@pytest.mark.parametrize("path", [ROUTE, OWNER, ADMIN, INGEST, "functions/common/users.py"])
def test_commits_and_rollbacks_are_found(path: str) -> None:
    assert "Q2" in rules(path, "connection.commit()")
    assert "Q2" in rules(path, "connection.rollback()")


@pytest.mark.parametrize(
    "source",
    [
        "connection.execute(f'SELECT {x}')",
        "connection.execute('SELECT %s' % x)",
        "connection.execute('SELECT ' + x)",
        "connection.execute('SELECT {}'.format(x))",
        "statement = text(f'SELECT {x}')",
        "statement = text(given)",
        "statement = literal_column(given)",
        "statement = sql.SQL(given)",
    ],
)
def test_assembled_sql_is_found(source: str) -> None:
    assert "Q3" in rules(INGEST, source)


def test_constant_sql_is_allowed() -> None:
    assert rules(INGEST, "connection.execute(_READ, [camera_id])\nx = text('now()')") == []


@pytest.mark.parametrize(
    ("path", "signature"),
    [
        (OWNER, "connection: Connection, store_id: UUID"),
        (OWNER, "connection: Connection"),
        (OWNER, "connection: 'Connection', store_id: UUID"),
        (OWNER, "connection: Connection | None, store_id: UUID"),
        (ADMIN, "connection: Connection, store_id: UUID"),
        (ADMIN, "connection: Connection, caller: Caller"),
        (INGEST, "connection: Connection, camera_id: UUID"),
    ],
)
def test_a_repository_function_without_scope_is_found(path: str, signature: str) -> None:
    assert rules(path, f"def read({signature}) -> None: ...") == ["Q4"]
    assert rules(path, f"async def read({signature}) -> None: ...") == ["Q4"]
    assert rules(path, f"class Store:\n    def read(self, {signature}) -> None: ...") == ["Q4"]


@pytest.mark.parametrize(
    ("path", "signature"),
    [
        (OWNER, "connection: Connection, store: ReadableStore"),
        (OWNER, "connection: Connection, store_windows: Sequence[tuple[ReadableStore, Window]]"),
        (INGEST, "connection: Connection, store_id: UUID"),
    ],
)
def test_a_scope_that_is_not_used_is_found(path: str, signature: str) -> None:
    assert rules(path, f"def read({signature}) -> None:\n    connection.execute(select(stores))") == ["Q4"]


@pytest.mark.parametrize(
    ("path", "signature"),
    [
        (OWNER, "connection: Connection, store: ReadableStore"),
        (OWNER, "connection: Connection, stores: Sequence[tuple[ReadableStore, Window]]"),
        (OWNER, "connection: Connection, caller: Caller"),
        (OWNER, "connection: Connection, store: 'ReadableStore'"),
        (OWNER, "window: Window"),
        (ADMIN, "connection: Connection, admin: Superadmin, store_id: UUID"),
        (INGEST, "connection: Connection, store_id: UUID, camera_id: UUID"),
    ],
)
def test_a_scope_that_is_used_is_allowed(path: str, signature: str) -> None:
    assert rules(path, f"def read({signature}) -> None:\n    return store, stores, caller, store_id") == []


def test_the_scope_may_be_a_member_of_a_class_of_the_module() -> None:
    source = """
        class BucketQuery:
            store: ReadableStore

        def read(connection: Connection, queries: Sequence[BucketQuery]) -> None:
            return queries
    """
    assert rules(OWNER, source) == []


def test_only_its_own_module_may_create_a_scope() -> None:
    assert "Q5" in rules(ROUTE, "store = ReadableStore(store_id)")
    assert "Q5" in rules("functions/admin/routes/x.py", "admin = Superadmin(user_id, None, True)")
    assert rules("functions/common/tenancy.py", "store = ReadableStore(**row)") == []


def test_the_code_of_metrica_has_no_findings() -> None:
    root = Path(__file__).parents[4]
    done = subprocess.run(
        [sys.executable, "scripts/lint_queries.py"], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
