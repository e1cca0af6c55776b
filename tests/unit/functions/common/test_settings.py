"""Settings: complete or refused by name. Secrets: never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from functions.common.secret import Secret
from functions.common.settings import (
    ADMIN_SETTINGS,
    API_SETTINGS,
    DEFAULTS,
    INGEST_SETTINGS,
    NOTIFICATIONS_SETTINGS,
    Environment,
    SettingsError,
    load_settings,
)

PRODUCTION = {
    "METRICA_ENV": "production",
    "DATABASE_URL": "postgresql://metrica_api:hunter2hunter2@db.example.com:5432/metrica?sslmode=verify-full",
    "SUPABASE_URL": "https://abc.supabase.co",
    "SUPABASE_SERVICE_ROLE_KEY": "s" * 64,
    "SNAPSHOT_BUCKET": "metrica-snapshots-production",
    "CORS_ORIGINS": "https://app.example.com, https://admin.example.com/",
    "DASHBOARD_URL": "https://app.example.com/",
    "NOTIFICATION_KEY": "w" * 64,
    "MAIL_TRANSPORT": "ses",
    "API_URL": "https://api.example.com/",
    "MAIL_SENDER": "Metrica <metrica@example.com>",
}
ALL_SETTINGS = ADMIN_SETTINGS | NOTIFICATIONS_SETTINGS


def refused(**changes: str) -> str:
    with pytest.raises(SettingsError) as error:
        load_settings(ALL_SETTINGS, {**PRODUCTION, **changes})
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
        ("DATABASE_URL", "postgresql://u:longenough@h/d?sslmode=maybe&nonsense=1", "that libpq can read"),
        ("DATABASE_URL", "postgresql://u:longenough@/d?sslmode=verify-full", "names no host"),
        ("SUPABASE_URL", "http://abc.supabase.co", "https://"),
        ("SUPABASE_SERVICE_ROLE_KEY", "short", "too short"),
        ("CORS_ORIGINS", "*", "https://"),
        ("CORS_ORIGINS", "https://*.example.com", "https://"),
        ("CORS_ORIGINS", "https://app.example.com,http://localhost", "https://"),
        ("CORS_ORIGINS", ",", "https://"),
        ("DASHBOARD_URL", "app.example.com", "https://"),
        ("NOTIFICATION_KEY", "short", "too short"),
        ("MAIL_TRANSPORT", "smtp://127.0.0.1:25", "must be ses"),
        ("MAIL_TRANSPORT", "smtps://user:longenough@", "must name a host and a port"),
        ("MAIL_TRANSPORT", "smtps://user:longenough@mail.example.com", "must name a host and a port"),
        ("MAIL_TRANSPORT", "smtp+starttls://user:longenough@mail.example.com:many", "must name a host and a port"),
        ("API_URL", "http://api.example.com", "https://"),
        ("MAIL_SENDER", "Metrica", "must be an e-mail address"),
        ("MAIL_SENDER", "Metrica <metrica@localhost>", "must be an e-mail address"),
    ],
)
def test_production_refuses_what_is_not_fit_for_it_without_repeating_it(name: str, value: str, fault: str) -> None:
    message = refused(**{name: value})
    assert name in message
    assert fault in message
    assert "longenough" not in message


@pytest.mark.parametrize(
    "query",
    [
        "",
        *(f"?sslmode={mode}" for mode in ("disable", "allow", "prefer", "require", "verify-ca", "VERIFY-FULL")),
        "?sslmode=verify-full&sslmode=require",
        "?sslmode=verify-full&ssl=true",
        "?sslrootcert=system",
    ],
)
def test_production_refuses_a_database_whose_server_is_not_verified_and_says_what_to_do(query: str) -> None:
    message = refused(DATABASE_URL=f"postgresql://u:longenough@h/d{query}")
    assert "DATABASE_URL does not verify the server: set sslmode=verify-full" in message
    assert "longenough" not in message


@pytest.mark.parametrize("query", ["", "&sslrootcert=system", "&ssl=true&sslmode=verify-full"])
def test_production_takes_a_database_whose_server_is_verified(query: str) -> None:
    url = f"postgresql://u:longenough@h/d?sslmode=verify-full{query}"
    assert load_settings(ADMIN_SETTINGS, {**PRODUCTION, "DATABASE_URL": url}).database_url.reveal() == url


def test_production_refuses_a_file_of_authorities_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "provider.pem"
    url = f"postgresql://u:longenough@h/d?sslmode=verify-full&sslrootcert={file}"
    assert "DATABASE_URL has an sslrootcert that is not a file: give" in refused(DATABASE_URL=url)
    file.touch()
    load_settings(ADMIN_SETTINGS, {**PRODUCTION, "DATABASE_URL": url})


def test_production_refuses_webhooks_to_the_local_network() -> None:
    assert "ALLOW_LOCAL_WEBHOOKS is set" in refused(ALLOW_LOCAL_WEBHOOKS="yes")
    assert not load_settings(ALL_SETTINGS, PRODUCTION).allow_local_webhooks
    assert load_settings([], {"ALLOW_LOCAL_WEBHOOKS": "yes"}).allow_local_webhooks


def test_every_default_is_a_setting_of_a_lambda() -> None:
    assert set(DEFAULTS) == ALL_SETTINGS | API_SETTINGS


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


def test_a_secret_does_not_show_itself() -> None:
    held = Secret("DATABASE_URL", "postgresql://u:hunter2@h/d")
    settings = load_settings([], {"DATABASE_URL": "postgresql://u:hunter2@h/d"})
    for shown in (repr(held), str(held), f"{held}", repr([held]), repr(settings), str(vars(type(held)))):
        assert "hunter2" not in shown
    assert held.reveal() == "postgresql://u:hunter2@h/d"
