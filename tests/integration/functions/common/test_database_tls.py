"""In production the Lambdas send the database's password only to a server whose certificate they have verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from functions.admin.maintenance import maintain
from functions.common import database_url as database_url_module
from functions.common.database import Database, ping
from functions.common.database_url import ca_bundle, conninfo
from functions.common.problems import DatabaseUnavailable
from functions.common.settings import MAINTENANCE_SETTINGS, Settings, load_settings
from functions.ingest.database import Database as IngestDatabase
from tests.tls import CertificateAuthority, tls_proxy

Connect = Callable[[Settings], None]


def connect_fastapi(settings: Settings) -> None:
    database = Database(settings.database_url)
    try:
        with database.connect() as connection:
            ping(connection)
    finally:
        database.dispose()


def connect_ingest(settings: Settings) -> None:
    database = IngestDatabase(settings.database_url)
    try:
        database.run(lambda connection: connection.execute("SELECT 1"))
    finally:
        database.close()


def connect_maintenance(settings: Settings) -> None:
    maintain(settings)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> CertificateAuthority:
    """The authority of the database's certificate."""
    return CertificateAuthority(tmp_path_factory.mktemp("authority"), "provider")


@pytest.fixture(scope="module")
def foreign_authority(tmp_path_factory: pytest.TempPathFactory) -> CertificateAuthority:
    return CertificateAuthority(tmp_path_factory.mktemp("foreign"), "attacker")


@pytest.fixture(scope="module")
def server(database_url: str, authority: CertificateAuthority) -> Iterator[str]:
    """URL of the database over TLS, with a certificate for `localhost`."""
    with tls_proxy(database_url, authority.issue("localhost")) as url:
        yield url


@pytest.fixture(scope="module")
def impostor(database_url: str, foreign_authority: CertificateAuthority) -> Iterator[str]:
    """URL of a server with a certificate for `localhost` by an authority that nobody trusts."""
    with tls_proxy(database_url, foreign_authority.issue("localhost")) as url:
        yield url


def production(url: str, query: str) -> Settings:
    environ = {"METRICA_ENV": "production", "DATABASE_URL": f"{url}?{query}", "SNAPSHOT_BUCKET": "snapshots"}
    return load_settings(MAINTENANCE_SETTINGS, environ)


@pytest.mark.parametrize("connect", [connect_fastapi, connect_ingest])
def test_a_server_whose_authority_is_given_is_accepted(
    server: str, authority: CertificateAuthority, connect: Connect
) -> None:
    connect(production(server, f"sslmode=verify-full&sslrootcert={authority.certificate_path}"))


@pytest.mark.parametrize("connect", [connect_fastapi, connect_ingest])
def test_a_server_of_an_authority_in_the_shipped_bundle_is_accepted(
    server: str, authority: CertificateAuthority, monkeypatch: pytest.MonkeyPatch, connect: Connect
) -> None:
    monkeypatch.setattr(database_url_module, "ca_bundle", lambda: str(authority.certificate_path))
    connect(production(server, "sslmode=verify-full"))


@pytest.mark.parametrize("connect", [connect_fastapi, connect_ingest, connect_maintenance])
@pytest.mark.parametrize("has_own_authority", [True, False])
def test_a_server_with_a_certificate_of_a_foreign_authority_is_refused(
    impostor: str,
    authority: CertificateAuthority,
    caplog: pytest.LogCaptureFixture,
    connect: Connect,
    *,
    has_own_authority: bool,
) -> None:
    own = f"&sslrootcert={authority.certificate_path}" if has_own_authority else ""
    settings = production(impostor, f"sslmode=verify-full{own}")
    with pytest.raises((OperationalError, psycopg.OperationalError, DatabaseUnavailable)):
        connect(settings)
    with pytest.raises(psycopg.OperationalError, match="certificate verify failed"):
        psycopg.connect(conninfo(settings.database_url.reveal()))


def test_a_server_with_a_certificate_for_another_host_is_refused(
    database_url: str, authority: CertificateAuthority
) -> None:
    with tls_proxy(database_url, authority.issue("db.example.com")) as url:
        settings = production(url, f"sslmode=verify-full&sslrootcert={authority.certificate_path}")
        with pytest.raises(OperationalError, match="does not match host name"):
            connect_fastapi(settings)


def test_a_certificate_of_any_authority_passes_when_only_encryption_is_required(impostor: str) -> None:
    """This is why production refuses sslmode=require."""
    with psycopg.connect(f"{impostor}?sslmode=require", prepare_threshold=None) as connection:
        assert connection.pgconn.ssl_in_use


def test_the_shipped_bundle_has_public_authorities() -> None:
    text = Path(ca_bundle()).read_text()
    assert text.count("BEGIN CERTIFICATE") > 100
    assert "PRIVATE KEY" not in text
