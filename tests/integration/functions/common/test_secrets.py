"""Secrets are read from where they are kept, and a Lambda does not start without its settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import psycopg
import pytest
from moto import mock_aws
from sqlalchemy.exc import OperationalError

from functions.common.database import Database, ping
from functions.common.problems import DatabaseUnavailable
from functions.common.secret import Secret, SecretUnavailableError
from functions.common.settings import ADMIN_SETTINGS, DEFAULTS, load_settings
from functions.ingest.database import Database as IngestDatabase

ROOT = Path(__file__).parents[4]
PRODUCTION = {
    "METRICA_ENV": "production",
    "DATABASE_URL": "postgresql://metrica_api:hunter2hunter2@db.example.com:5432/metrica?sslmode=verify-full",
    "SUPABASE_URL": "https://abc.supabase.co",
    "SUPABASE_SERVICE_ROLE_KEY": "s" * 64,
    "SNAPSHOT_BUCKET": "metrica-snapshots-production",
    "CORS_ORIGINS": "https://app.example.com, https://admin.example.com/",
    "DASHBOARD_URL": "https://app.example.com/",
}


@pytest.mark.parametrize("handler", ["functions.ingest.handler", "functions.api.handler", "functions.admin.handler"])
def test_a_lambda_does_not_start_in_production_without_its_settings(handler: str) -> None:
    environ = {"METRICA_ENV": "production", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", f"import {handler}"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "DATABASE_URL is not set" in done.stderr


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with mock_aws():
        yield


@pytest.mark.usefixtures("aws")
def test_a_secret_is_read_from_secrets_manager_whole_or_by_key() -> None:
    client = boto3.client("secretsmanager")
    client.create_secret(Name="metrica/whole", SecretString="postgresql://u:p@h/d")
    client.create_secret(Name="metrica/many", SecretString=json.dumps({"DATABASE_URL": "postgresql://x"}))
    assert Secret("DATABASE_URL", "aws-secretsmanager:metrica/whole").reveal() == "postgresql://u:p@h/d"
    assert Secret("DATABASE_URL", "aws-secretsmanager:metrica/many#DATABASE_URL").reveal() == "postgresql://x"


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("DATABASE_URL", DEFAULTS["DATABASE_URL"]),
        ("DATABASE_URL", "postgresql://postgres:postgres@db.example.com/d?sslmode=verify-full"),
        ("SUPABASE_SERVICE_ROLE_KEY", DEFAULTS["SUPABASE_SERVICE_ROLE_KEY"]),
        ("SUPABASE_SERVICE_ROLE_KEY", "tiny-key"),
    ],
)
def test_what_is_unfit_for_production_is_refused_where_it_is_kept_too(name: str, kept: str) -> None:
    boto3.client("ssm").put_parameter(Name="/metrica/x", Value=kept, Type="SecureString")
    settings = load_settings(ADMIN_SETTINGS, {**PRODUCTION, name: "aws-ssm:/metrica/x"})
    held = {"DATABASE_URL": settings.database_url, "SUPABASE_SERVICE_ROLE_KEY": settings.supabase_service_role_key}
    with pytest.raises(SecretUnavailableError, match=f"{name}: aws-ssm:/metrica/x ") as error:
        held[name].reveal()
    assert kept not in str(error.value)
    elsewhere = load_settings(
        ADMIN_SETTINGS, {**PRODUCTION, "METRICA_ENV": "test", "DATABASE_URL": "aws-ssm:/metrica/x"}
    )
    assert elsewhere.database_url.reveal() == kept


@pytest.mark.usefixtures("aws")
def test_a_secret_is_read_from_the_parameter_store() -> None:
    boto3.client("ssm").put_parameter(Name="/metrica/db", Value="postgresql://y", Type="SecureString")
    assert Secret("DATABASE_URL", "aws-ssm:/metrica/db").reveal() == "postgresql://y"


@pytest.mark.usefixtures("aws")
def test_a_secret_is_read_when_it_is_needed_and_a_rotated_one_is_seen_after_five_minutes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    held = Secret("KEY", "aws-ssm:/metrica/key")  # not there yet: nothing is read until it is needed
    client = boto3.client("ssm")
    client.put_parameter(Name="/metrica/key", Value="one", Type="SecureString")
    assert held.reveal() == "one"
    client.put_parameter(Name="/metrica/key", Value="two", Type="SecureString", Overwrite=True)
    now = 299.0
    assert held.reveal() == "one"
    now = 300.0
    assert held.reveal() == "two"


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize(
    "reference",
    ["aws-ssm:/nothing", "aws-secretsmanager:nothing", "aws-secretsmanager:text#key", "aws-secretsmanager:many#no"],
)
def test_a_secret_that_cannot_be_read_is_named_and_not_shown(reference: str) -> None:
    client = boto3.client("secretsmanager")
    client.create_secret(Name="text", SecretString="hunter2")
    client.create_secret(Name="many", SecretString=json.dumps({"other": "hunter2"}))
    with pytest.raises(SecretUnavailableError, match=f"KEY: {reference}") as error:
        Secret("KEY", reference).reveal()
    assert "hunter2" not in str(error.value)
    assert error.value.__cause__ is None


@pytest.mark.usefixtures("aws")
def test_a_forgotten_secret_is_read_again_at_most_every_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    client = boto3.client("ssm")
    client.put_parameter(Name="/metrica/key", Value="one", Type="SecureString")
    held = Secret("KEY", "aws-ssm:/metrica/key")
    held.forget()  # nothing to forget yet
    assert held.reveal() == "one"
    client.put_parameter(Name="/metrica/key", Value="two", Type="SecureString", Overwrite=True)
    now = 109.0
    held.forget()
    assert held.reveal() == "one"
    now = 110.0
    assert held.reveal() == "two"


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("kind", ["fastapi", "ingest"])
def test_a_failed_login_drops_the_secret_so_that_a_rotated_password_is_used(
    database_url: str, connection: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("functions.common.secret.MIN_CACHE_S", 0.0)
    login = f"rotated_{kind}"
    connection.execute(f"CREATE ROLE {login} LOGIN PASSWORD 'the-old-password'")
    client = boto3.client("ssm")

    def keep(password: str) -> None:
        parts = urlsplit(database_url)
        url = parts._replace(netloc=f"{login}:{password}@{parts.hostname}:{parts.port}").geturl()
        client.put_parameter(Name="/metrica/db", Value=url, Type="SecureString", Overwrite=True)

    keep("the-old-password")
    secret = Secret("DATABASE_URL", "aws-ssm:/metrica/db")
    secret.reveal()  # cached for five minutes
    connection.execute(f"ALTER ROLE {login} PASSWORD 'the-new-password'")
    keep("the-new-password")
    if kind == "ingest":
        database = IngestDatabase(secret)
        with pytest.raises(DatabaseUnavailable):
            database.run(lambda opened: opened.execute("SELECT 1"))
        assert database.run(lambda opened: opened.execute("SELECT 1").fetchone()) == (1,)
        database.close()
    else:
        pool = Database(secret)
        with pytest.raises(OperationalError):
            pool.connect()
        with pool.connect() as opened:
            ping(opened)
        pool.dispose()
    connection.execute(f"DROP ROLE {login}")
