"""Settings: complete or refused by name. Secrets: never shown, read from where they are kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from functions.common import secret as secret_module
from functions.common.secret import Secret, SecretUnavailableError
from functions.common.settings import (
    ADMIN_SETTINGS,
    API_SETTINGS,
    DEFAULTS,
    INGEST_SETTINGS,
    Environment,
    SettingsError,
    load_settings,
)

ROOT = Path(__file__).parents[4]
PRODUCTION = {
    "METRICA_ENV": "production",
    "DATABASE_URL": "postgresql://metrica_api:hunter2hunter2@db.example.com:5432/metrica?sslmode=require",
    "SUPABASE_URL": "https://abc.supabase.co",
    "SUPABASE_SERVICE_ROLE_KEY": "s" * 64,
    "SNAPSHOT_BUCKET": "metrica-snapshots-production",
    "CORS_ORIGINS": "https://app.example.com, https://admin.example.com/",
    "DASHBOARD_URL": "https://app.example.com/",
}


def refused(**changes: str) -> str:
    with pytest.raises(SettingsError) as error:
        load_settings(ADMIN_SETTINGS, {**PRODUCTION, **changes})
    return str(error.value)


def test_on_one_machine_nothing_needs_to_be_set() -> None:
    settings = load_settings(ADMIN_SETTINGS, {})
    assert settings.environment is Environment.DEVELOPMENT
    assert settings.jwks_url == "http://127.0.0.1:8401/auth/v1/.well-known/jwks.json"


def test_production_with_everything_set_starts() -> None:
    settings = load_settings(ADMIN_SETTINGS, PRODUCTION)
    assert settings.cors_origins == ("https://app.example.com", "https://admin.example.com")
    assert settings.issuer == "https://abc.supabase.co/auth/v1"
    assert settings.dashboard_url == "https://app.example.com"


@pytest.mark.parametrize("name", sorted(DEFAULTS))
def test_production_refuses_a_missing_or_default_setting_and_names_it(name: str) -> None:
    assert f"{name} is not set" in refused(**{name: "  "})
    assert f"{name} still has its development default" in refused(**{name: DEFAULTS[name]})


def test_production_names_everything_that_is_wrong_at_once() -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(API_SETTINGS, {"METRICA_ENV": "production"})
    assert all(name in str(error.value) for name in API_SETTINGS)


def test_a_lambda_asks_for_its_own_settings_only() -> None:
    only = {name: PRODUCTION[name] for name in ("METRICA_ENV", *INGEST_SETTINGS)}
    assert load_settings(INGEST_SETTINGS, only).database_url.reveal() == PRODUCTION["DATABASE_URL"]


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("DATABASE_URL", "mysql://u:p@h/d", "is not a postgresql:// address"),
        ("DATABASE_URL", "postgresql://[", "is not a postgresql:// address"),
        ("DATABASE_URL", "postgresql://u@h/d", "has no password"),
        ("DATABASE_URL", "postgresql://postgres:postgres@h/d", "has a default password"),
        ("DATABASE_URL", "postgresql://u:longenough@h/d?sslmode=disable", "does not require TLS"),
        ("DATABASE_URL", "postgresql://u:longenough@h/d?sslmode=prefer", "does not require TLS"),
        ("DATABASE_URL", "postgresql://u:longenough@h/d?sslmode=require&sslmode=disable", "does not require TLS"),
        ("DATABASE_URL", "postgresql://u:longenough@h/d", "does not require TLS"),
        ("SUPABASE_URL", "http://abc.supabase.co", "https://"),
        ("SUPABASE_SERVICE_ROLE_KEY", "short", "too short"),
        ("CORS_ORIGINS", "*", "https://"),
        ("CORS_ORIGINS", "https://*.example.com", "https://"),
        ("CORS_ORIGINS", "https://app.example.com,http://localhost", "https://"),
        ("CORS_ORIGINS", ",", "https://"),
        ("DASHBOARD_URL", "app.example.com", "https://"),
    ],
)
def test_production_refuses_what_is_not_fit_for_it_without_repeating_it(name: str, value: str, fault: str) -> None:
    message = refused(**{name: value})
    assert name in message
    assert fault in message
    assert "longenough" not in message


def test_a_reference_to_a_secret_is_fit_for_production() -> None:
    settings = load_settings(ADMIN_SETTINGS, {**PRODUCTION, "DATABASE_URL": "aws-secretsmanager:metrica#DATABASE_URL"})
    assert settings.database_url.is_reference


@pytest.mark.parametrize("name", ["prod", "PRODUCTION", "staging"])
def test_an_environment_of_another_name_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="must be one of"):
        load_settings([], {"METRICA_ENV": name})


def test_a_deployed_lambda_must_say_what_it_is() -> None:
    with pytest.raises(SettingsError, match="METRICA_ENV is not set"):
        load_settings([], {"AWS_EXECUTION_ENV": "AWS_Lambda_python3.13"})


@pytest.mark.parametrize("handler", ["functions.ingest.handler", "functions.api.handler", "functions.admin.handler"])
def test_a_lambda_does_not_start_in_production_without_its_settings(handler: str) -> None:
    environ = {"METRICA_ENV": "production", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", f"import {handler}"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "DATABASE_URL is not set" in done.stderr


def test_a_secret_does_not_show_itself() -> None:
    held = Secret("DATABASE_URL", "postgresql://u:hunter2@h/d")
    settings = load_settings([], {"DATABASE_URL": "postgresql://u:hunter2@h/d"})
    for shown in (repr(held), str(held), f"{held}", repr([held]), repr(settings), str(vars(type(held)))):
        assert "hunter2" not in shown
    assert held.reveal() == "postgresql://u:hunter2@h/d"


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
        ("DATABASE_URL", "postgresql://postgres:postgres@db.example.com/d?sslmode=require"),
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
    monkeypatch.setattr(secret_module.time, "monotonic", lambda: now)
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
