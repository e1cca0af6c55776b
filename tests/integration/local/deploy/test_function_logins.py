"""`metrica deploy logins`: what it refuses, and what it keeps. docs/aws.md is run by tests/integration/deploy/aws."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import boto3
import psycopg
import pytest

from db.timescale.embedded.launcher import running
from db.timescale.migrate import upgrade
from local import cli
from local.deploy.function_logins import FunctionLogins
from local.errors import DeploymentError

pytestmark = pytest.mark.usefixtures("session")

SERVICE_ROLE_KEY = "sb_secret_0123456789abcdefghijklmnopqrstu"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("logins") / "database", jobs_every_s=0) as server:
        upgrade(server.url)
        yield server.url


def set_logins(session: boto3.Session, url: str, *names: str, address: str | None = None, key: str = "") -> None:
    list(FunctionLogins(session, "test", url, address, key).set_all(names))


def secret(session: boto3.Session, function: str) -> dict[str, str]:
    text = session.client("secretsmanager").get_secret_value(SecretId=f"metrica/test/{function}")["SecretString"]
    found: dict[str, str] = json.loads(text)
    return found


def test_a_new_password_replaces_the_old_one_and_keys_stay(session: boto3.Session, database: str) -> None:
    set_logins(session, database, key=SERVICE_ROLE_KEY)
    before = {name: secret(session, name) for name in ("ingest", "admin", "api", "notifications")}
    set_logins(session, database)
    after = {name: secret(session, name) for name in before}
    assert all(after[name]["DATABASE_URL"] != before[name]["DATABASE_URL"] for name in before)
    assert after["admin"]["SUPABASE_SERVICE_ROLE_KEY"] == SERVICE_ROLE_KEY
    assert after["api"]["NOTIFICATION_KEY"] == after["notifications"]["NOTIFICATION_KEY"]
    assert after["api"]["NOTIFICATION_KEY"] == before["api"]["NOTIFICATION_KEY"]
    old = psycopg.conninfo.conninfo_to_dict(before["ingest"]["DATABASE_URL"])
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(database, user=old["user"], password=old["password"])


def test_only_the_functions_that_are_named_change(session: boto3.Session, database: str) -> None:
    set_logins(session, database, key=SERVICE_ROLE_KEY)
    before = secret(session, "days")
    set_logins(session, database, "api")
    assert secret(session, "days") == before


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://pooler.example.com:6432/metrica", "@pooler.example.com:6432/metrica?sslmode=verify-full"),
        (
            "postgresql://owner:secret@db.example.com/tsdb?sslrootcert=certificates/rds.pem",
            "@db.example.com/tsdb?sslmode=verify-full&sslrootcert=certificates%2Frds.pem",
        ),
        (
            "postgresql://db.example.com/tsdb?sslmode=require&sslrootcert=system",
            "@db.example.com/tsdb?sslmode=verify-full",
        ),
    ],
)
def test_functions_verify_the_server_at_their_own_address(
    session: boto3.Session, database: str, address: str, expected: str
) -> None:
    set_logins(session, database, "ingest", address=address)
    url = secret(session, "ingest")["DATABASE_URL"]
    assert url.startswith("postgresql://metrica_ingest_test:")
    assert url.endswith(expected)
    assert "secret" not in url


def test_a_password_that_aws_does_not_have_is_not_set(
    session: boto3.Session, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_logins(session, database, "ingest")

    def fail(*_: object, **__: object) -> None:
        raise DeploymentError("refused")

    monkeypatch.setattr(FunctionLogins, "_write", fail)
    with pytest.raises(DeploymentError, match="refused"):
        set_logins(session, database, "ingest")
    login = psycopg.conninfo.conninfo_to_dict(secret(session, "ingest")["DATABASE_URL"])
    psycopg.connect(database, user=login["user"], password=login["password"]).close()


def test_what_cannot_be_done_is_refused(session: boto3.Session, database: str) -> None:
    with pytest.raises(DeploymentError, match="there is no function ingestion; there are ingest, api"):
        set_logins(session, database, "ingestion")
    with pytest.raises(DeploymentError, match="set SUPABASE_SERVICE_ROLE_KEY"):
        set_logins(session, database)
    with pytest.raises(DeploymentError, match="SUPABASE_SERVICE_ROLE_KEY is too short for a key") as refused:
        set_logins(session, database, key="hunter2")
    assert "hunter2" not in str(refused.value)
    with pytest.raises(DeploymentError, match="must look like postgresql://HOST:PORT/DATABASE"):
        set_logins(session, database, address="pooler.example.com")
    with pytest.raises(DeploymentError, match=r"the database refuses: .*connection"):
        set_logins(session, "postgresql://owner@127.0.0.1:9/metrica", "ingest")
    client = session.client("secretsmanager")
    client.create_secret(Name="metrica/test/api", SecretString='{"NOTIFICATION_KEY": "a"}')
    client.create_secret(Name="metrica/test/notifications", SecretString='{"NOTIFICATION_KEY": "b"}')
    with pytest.raises(DeploymentError, match="NOTIFICATION_KEY differs"):
        set_logins(session, database, "api")
    client.put_secret_value(SecretId="metrica/test/api", SecretString="postgresql://x")
    with pytest.raises(DeploymentError, match="the secret metrica/test/api is no JSON object"):
        set_logins(session, database, "api")


def test_the_command_needs_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert cli.main(["deploy", "logins", "--stage", "test"]) == 1
    assert "DATABASE_URL must be the address" in capsys.readouterr().err
