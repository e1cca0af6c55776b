"""Two values describe an installation; a wrong one is named."""

from __future__ import annotations

import pytest

from server.errors import InstallationError
from server.installation import Installation

REQUIRED = {"METRICA_URL": "https://metrica.example.com/", "METRICA_SECRET": "0123456789abcdef0123456789abcdef"}


def installation(**changes: str) -> Installation:
    return Installation.from_env(REQUIRED | changes)


def test_two_values_are_enough() -> None:
    made = installation()
    assert made.url == "https://metrica.example.com"
    assert made.admin_url == "https://admin.metrica.example.com"
    assert made.api_url == "https://metrica.example.com/api"
    assert made.supabase_url == made.url
    assert made.mail_sender == "Metrica <metrica@metrica.example.com>"
    assert made.hosted_auth is None
    assert made.internal_tls is False


def test_the_sender_of_mails_has_a_domain_on_a_network_without_one() -> None:
    assert installation(METRICA_URL="https://metrica").mail_sender == "Metrica <metrica@metrica.localdomain>"


def test_a_port_stays_in_addresses_and_not_in_hosts() -> None:
    made = installation(METRICA_URL="https://metrica.example.com:8443")
    assert (made.admin_url, made.admin_host) == (
        "https://admin.metrica.example.com:8443",
        "admin.metrica.example.com",
    )


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("METRICA_URL", "", "METRICA_URL is ''"),
        ("METRICA_URL", "http://metrica.example.com", "must be like https://"),
        ("METRICA_URL", "https://metrica.example.com/app", "without a path"),
        ("METRICA_URL", "https://user@metrica.example.com", "must be like https://"),
        ("METRICA_URL", "https://metrica.example.com:99999", "must be like https://"),
        ("METRICA_SECRET", "short-secret", "at least 32 characters"),
        ("METRICA_TLS", "none", "must be public or internal"),
        ("SMTP_URL", "smtp://user:hunter2@mail.example.com:25", "must begin with smtps://"),
        ("POOLER_ADDRESS", "pgbouncer", "must be host:port"),
        ("INGEST_ADDRESS", "127.0.0.1:0", "must be host:port"),
        ("INGEST_ADDRESS", "127.0.0.1:70000", "must be host:port"),
        ("SUPABASE_URL", "https://abc.supabase.co", "needs SUPABASE_ANON_KEY and SUPABASE_SERVICE_ROLE_KEY too"),
    ],
)
def test_a_wrong_value_is_named_and_a_secret_is_not_repeated(name: str, value: str, fault: str) -> None:
    with pytest.raises(InstallationError) as error:
        installation(**{name: value})
    assert fault in str(error.value)
    assert "short-secret" not in str(error.value)
    assert "hunter2" not in str(error.value)


def test_two_services_cannot_have_the_same_address() -> None:
    with pytest.raises(
        InstallationError, match=r"API_ADDRESS and ADMIN_ADDRESS are both 127\.0\.0\.1:9002: each needs"
    ):
        installation(ADMIN_ADDRESS="127.0.0.1:9002", API_ADDRESS="127.0.0.1:9002")


def test_a_hosted_project_replaces_the_auth_server() -> None:
    made = installation(
        SUPABASE_URL="https://abc.supabase.co/", SUPABASE_ANON_KEY="public", SUPABASE_SERVICE_ROLE_KEY="secret"
    )
    assert made.hosted_auth is not None
    assert made.supabase_url == "https://abc.supabase.co"
