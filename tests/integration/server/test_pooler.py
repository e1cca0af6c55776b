"""The functions' statements through PgBouncer in transaction mode, to a PostgreSQL with a backend for each of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from sqlalchemy import text

from db.timescale.backup import dump_database, restore_plain_database
from functions.common.database import Database, begin_snapshot
from functions.common.database_url import database_url_fault
from functions.common.secret import Secret
from functions.ingest.database import Database as IngestDatabase
from server.auth_server import DATABASE, LOGIN, create_auth_database, create_auth_schema
from server.configuration_files import configuration_files
from server.database_logins import create_logins
from server.functions import FUNCTIONS, Function, function_environment, get_function
from server.installation import Installation
from server.keys import Keys
from tests.integration.db.test_backup import programs
from tests.integration.server.one_server import SECRET, free_ports

KEYS = Keys(SECRET)
START_TIMEOUT_S = 20.0
LONG_STATEMENT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e9) SELECT count(*) FROM n"
"""Logins may not call pg_sleep."""


@dataclass(frozen=True)
class Pooler:
    """A running PgBouncer.

    Attributes:
        installation: The installation that it belongs to.
        authority: File with the authority of its certificate.
    """

    installation: Installation
    authority: Path

    def url(self, function: Function) -> str:
        """Return the DATABASE_URL of a function."""
        url = function_environment(function, self.installation, KEYS)["DATABASE_URL"]
        return f"{url}&sslrootcert={self.authority}"

    @contextmanager
    def connection(self, name: str = "api") -> Iterator[psycopg.Connection[Any]]:
        """Yield a connection with the login of a function, in autocommit mode."""
        url = self.url(get_function(name))
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as opened:
            yield opened


@pytest.fixture(scope="module")
def pooler(several_backends_url: str) -> Iterator[Pooler]:
    """PgBouncer with the configuration that `setup` writes."""
    if shutil.which("pgbouncer") is None:
        pytest.skip("install pgbouncer (.ci/install-tools.sh does)")
    url = urlsplit(several_backends_url)
    installation = Installation.from_env(
        {
            "METRICA_URL": "https://metrica.example.com",
            "METRICA_SECRET": SECRET,
            "DATABASE_NAME": url.path.strip("/"),
            "DATABASE_ADDRESS": f"{parse_qs(url.query)['host'][0]}:5432"
            if url.query
            else url.netloc.rpartition("@")[2],
            "POOLER_ADDRESS": f"127.0.0.1:{free_ports()[6432]}",
            "LISTEN_HOST": "127.0.0.1",
        }
    )
    with psycopg.connect(several_backends_url, autocommit=True) as owner:
        create_logins(owner, KEYS)
    folder = Path(tempfile.mkdtemp(prefix="metrica-pooler-"))
    folder.chmod(0o755)
    for name, content in configuration_files(installation):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    # PgBouncer refuses to run as root, and only the owner of the server can enter the folder of its socket.
    user: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}
    process = subprocess.Popen(["pgbouncer", "-q", "pgbouncer.ini"], cwd=folder / "pgbouncer", **user)
    running = Pooler(installation, folder / "api" / "ca.pem")
    try:
        _wait_for(running, process)
        yield running
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)


def _wait_for(pooler: Pooler, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not _answers(pooler):
        assert process.poll() is None, "pgbouncer has ended"
        assert time.monotonic() < deadline, "pgbouncer does not answer"
        time.sleep(0.1)


def _answers(pooler: Pooler) -> bool:
    try:
        with pooler.connection():
            return True
    except psycopg.OperationalError:
        return False


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_each_function_logs_in_over_verified_tls_with_the_rights_of_its_role(
    pooler: Pooler, several_backends_url: str, function: Function
) -> None:
    assert database_url_fault(pooler.url(function)) is None
    with psycopg.connect(pooler.url(function), prepare_threshold=None) as connection:
        assert connection.execute("SELECT session_user").fetchone() == (function.login,)
    with psycopg.connect(several_backends_url) as owner:
        groups = owner.execute(
            "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole", [function.login]
        ).fetchall()
    assert groups == [(function.group_role,)]


def test_a_server_with_another_certificate_is_refused(pooler: Pooler, tmp_path: Path) -> None:
    other = tmp_path / "ca.pem"
    files = dict(
        configuration_files(Installation.from_env({"METRICA_URL": "https://x.example", "METRICA_SECRET": "o" * 32}))
    )
    other.write_text(files["api/ca.pem"])
    url = pooler.url(get_function("api")).replace(str(pooler.authority), str(other))
    with pytest.raises(psycopg.OperationalError, match="SSL error"):
        psycopg.connect(url)


def test_settings_of_a_transaction_end_with_it(pooler: Pooler) -> None:
    with pooler.connection() as connection:
        (usual,) = connection.execute("SHOW statement_timeout").fetchone() or ("",)
        assert usual == "10s"  # of the login
        connection.execute("BEGIN")
        connection.execute("SET LOCAL statement_timeout = '50ms'")
        with pytest.raises(psycopg.errors.QueryCanceled):
            connection.execute(LONG_STATEMENT)
        connection.execute("ROLLBACK")
    for _ in range(3):
        with pooler.connection() as connection:
            assert connection.execute("SHOW statement_timeout").fetchone() == ("10s",)


def test_a_snapshot_of_the_api_is_repeatable_and_leaves_nothing_behind(pooler: Pooler) -> None:
    database = Database(Secret("DATABASE_URL", pooler.url(get_function("api"))))
    with database.connect() as connection:
        begin_snapshot(connection)
        assert connection.execute(text("SHOW transaction_isolation")).scalar() == "repeatable read"
        assert connection.execute(text("SHOW transaction_read_only")).scalar() == "on"
    with database.connect() as connection:
        assert connection.execute(text("SHOW transaction_isolation")).scalar() == "read committed"
        assert connection.execute(text("SHOW transaction_read_only")).scalar() == "off"
    database.dispose()


def test_a_statement_can_be_cancelled_through_the_pooler(pooler: Pooler) -> None:
    with pooler.connection() as connection:
        timer = threading.Timer(0.3, connection.cancel)
        timer.start()
        started = time.monotonic()
        with pytest.raises(psycopg.errors.QueryCanceled, match="user request"):
            connection.execute(LONG_STATEMENT)
        assert time.monotonic() - started < 5
        timer.join()
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_clients_share_few_connections_to_the_database(pooler: Pooler, several_backends_url: str) -> None:
    databases = [IngestDatabase(Secret("DATABASE_URL", pooler.url(get_function("ingest")))) for _ in range(20)]
    for database in databases:
        assert database.run(lambda connection: connection.execute("SELECT 1").fetchone()) == (1,)
    with psycopg.connect(several_backends_url, autocommit=True) as owner:
        row = owner.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = 'metrica_ingest_server'").fetchone()
    assert row is not None
    assert 1 <= row[0] <= 8
    for database in databases:
        database.close()


def test_the_auth_server_has_a_database_of_its_own_and_reaches_no_other(
    several_backends_url: str, tmp_path: Path
) -> None:
    with psycopg.connect(several_backends_url, autocommit=True) as owner:
        for _ in range(2):  # again changes nothing
            create_auth_database(owner, KEYS)
        own = several_backends_url.replace("metrica_test_owner", LOGIN)
        auth_url = urlsplit(own)._replace(path=f"/{DATABASE}").geturl()
        try:
            with psycopg.connect(auth_url, autocommit=True) as auth:
                create_auth_schema(auth)
                auth.execute("CREATE TABLE users (id int)")  # in its schema, which its search_path names
                assert auth.execute("SELECT 'auth.users'::regclass::text").fetchone() == ("users",)
            with psycopg.connect(own, autocommit=True) as auth, pytest.raises(psycopg.errors.InsufficientPrivilege):
                auth.execute("SELECT * FROM public.stores")
            with pytest.raises(psycopg.OperationalError, match="permission denied"):
                psycopg.connect(auth_url.replace(LOGIN, get_function("api").login))
            # A backup of it, restored into a new database, has what it had.
            with psycopg.connect(auth_url, autocommit=True) as auth:
                auth.execute("INSERT INTO users VALUES (7)")
            dump_database(auth_url, tmp_path / "auth.dump", programs())
            owner.execute("DROP DATABASE auth WITH (FORCE)")
            create_auth_database(owner, KEYS)
            restore_plain_database(auth_url, tmp_path / "auth.dump", programs())
            with psycopg.connect(auth_url, autocommit=True) as auth:
                assert auth.execute("SELECT id FROM users").fetchall() == [(7,)]
        finally:
            owner.execute("DROP DATABASE auth WITH (FORCE)")
            owner.execute("DROP ROLE metrica_auth")
