"""The settings of an installation on one server, read from the environment and validated once.

Two values have to be set: METRICA_URL and METRICA_SECRET. Everything else has a default.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, urlsplit

from server.errors import InstallationError

MIN_SECRET_CHARACTERS = 32
DESCRIPTIONS: Mapping[str, str] = {
    "METRICA_URL": "the address of the dashboard, `https://metrica.example.com`; `admin.` before it: the admin pages",
    "METRICA_SECRET": "at least 32 random characters, from which every other key is derived: `openssl rand -hex 32`",
    "METRICA_TLS": "`public` (the default): certificates of a public authority; `internal`: of this server's own one",
    "SMTP_URL": "the mail server, `smtps://user:password@host:465` or `smtp+starttls://user:password@host:587`",
    "MAIL_SENDER": "the sender of mails; the default is `metrica@` and the host of METRICA_URL",
    "SUPABASE_URL": "a hosted Supabase project that signs people in, instead of the auth server of this installation",
    "SUPABASE_ANON_KEY": "the public key of the hosted project",
    "SUPABASE_SERVICE_ROLE_KEY": "the service role key of the hosted project",
}
"""The settings that a person sets, for the documentation."""


@dataclass(frozen=True, slots=True)
class HostedAuth:
    """A hosted Supabase project."""

    url: str
    anon_key: str
    service_role_key: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the services listen, each `host:port`; compose.yaml sets them."""

    database: str = "database:5432"
    pooler: str = "pgbouncer:6432"
    auth: str = "auth:9999"
    ingest: str = "ingest:8001"
    api: str = "api:8002"
    admin: str = "admin:8003"
    worker: str = "worker:8004"
    pages: str = "web:8081"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Read `DATABASE_ADDRESS`, `POOLER_ADDRESS` and so on.

        Raises:
            InstallationError: One is no address, or two are the same.
        """
        given = {name: environ.get(f"{name.upper()}_ADDRESS", "").strip() for name in cls.__slots__}
        names: dict[str, str] = {}
        for name, address in given.items():
            variable = f"{name.upper()}_ADDRESS"
            if address and not is_address(address):
                raise InstallationError(f"{variable} is {address!r}; it must be host:port")
            if address in names:
                raise InstallationError(f"{names[address]} and {variable} are both {address}: each needs its own")
            if address:
                names[address] = variable
        return cls(**{name: address for name, address in given.items() if address})


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation on one server.

    Attributes:
        url: Address of the dashboard, of the API under `/api` and of the auth service under `/auth/v1`.
        secret: What the keys are derived from.
        internal_tls: Whether Caddy signs the certificates with an authority of its own.
        smtp_url: The mail server, or an empty text.
        mail_sender: The sender of mails.
        database_name: The database on the database server.
        addresses: Where the services listen.
        snapshot_folder: Where the functions find the folder of the snapshots.
        listen_host: The address that they listen on, such as 0.0.0.0 in a container.
        hosted_auth: A hosted Supabase project, or None for the auth server of this installation.
    """

    url: str
    secret: str
    internal_tls: bool
    smtp_url: str
    mail_sender: str
    database_name: str
    addresses: Addresses
    snapshot_folder: str
    listen_host: str
    hosted_auth: HostedAuth | None

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the settings.

        Raises:
            InstallationError: A setting is missing or not valid. The message does not repeat secrets.
        """
        given = os.environ if environ is None else environ

        def read(name: str, default: str = "") -> str:
            return given.get(name, "").strip() or default

        url = _read_url(read("METRICA_URL"))
        secret = read("METRICA_SECRET")
        if len(secret) < MIN_SECRET_CHARACTERS:
            raise InstallationError(
                f"METRICA_SECRET must have at least {MIN_SECRET_CHARACTERS} characters: "
                "`openssl rand -hex 32` makes one"
            )
        tls = read("METRICA_TLS", "public")
        if tls not in {"public", "internal"}:
            raise InstallationError(f"METRICA_TLS is {tls!r}; it must be public or internal")
        smtp_url = read("SMTP_URL")
        if smtp_url and not smtp_url.startswith(("smtps://", "smtp+starttls://")):
            raise InstallationError("SMTP_URL must begin with smtps:// or smtp+starttls://")
        return cls(
            url=f"https://{url.netloc}",
            secret=secret,
            internal_tls=tls == "internal",
            smtp_url=smtp_url,
            mail_sender=read("MAIL_SENDER", f"Metrica <metrica@{_mail_domain(url.hostname or '')}>"),
            database_name=read("DATABASE_NAME", "metrica"),
            addresses=Addresses.from_env(given),
            snapshot_folder=read("SNAPSHOT_FOLDER", "/var/lib/metrica/snapshots"),
            listen_host=read("LISTEN_HOST", "0.0.0.0"),  # noqa: S104 - in a container, whose ports are not published
            hosted_auth=_read_hosted_auth(read),
        )

    def listener(self, service: str) -> str:
        """Return the address that a service listens on: the port is that of its `…_ADDRESS`.

        Args:
            service: `ingest`, `api`, `admin` or `worker`. Nobody but its health check calls the worker.
        """
        port = getattr(self.addresses, service).rpartition(":")[2]
        return f"{'127.0.0.1' if service == 'worker' else self.listen_host}:{port}"

    @property
    def host(self) -> str:
        """The host of the dashboard, without a port."""
        return urlsplit(self.url).hostname or ""

    @property
    def admin_host(self) -> str:
        """The host of the admin pages."""
        return f"admin.{self.host}"

    @property
    def admin_url(self) -> str:
        """Address of the admin pages."""
        return self.url.replace("https://", "https://admin.", 1)

    @property
    def api_url(self) -> str:
        """Address of the API, for edge boxes and pages."""
        return f"{self.url}/api"

    @property
    def supabase_url(self) -> str:
        """The issuer of access tokens is this address and `/auth/v1`."""
        return self.hosted_auth.url if self.hosted_auth else self.url


def is_address(text: str) -> bool:
    """Return whether a text is `host:port`."""
    host, _, port = text.rpartition(":")
    return bool(host) and port.isascii() and port.isdecimal() and 1 <= int(port) <= 65535


def _read_url(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        is_valid = url.scheme == "https" and bool(url.hostname) and url.port != 0
    except ValueError:  # a port above 65535, an incomplete IPv6 address
        is_valid = False
    if not is_valid or url.path not in {"", "/"} or url.query or url.fragment or url.username:
        raise InstallationError(f"METRICA_URL is {text!r}; it must be like https://metrica.example.com, without a path")
    return url


def _mail_domain(host: str) -> str:
    return host if "." in host else f"{host}.localdomain"


def _read_hosted_auth(read: Callable[[str], str]) -> HostedAuth | None:
    names = ("SUPABASE_URL", "SUPABASE_ANON_KEY", "SUPABASE_SERVICE_ROLE_KEY")
    values = {name: read(name) for name in names}
    if not any(values.values()):
        return None
    missing = [name for name, value in values.items() if not value]
    if missing:
        raise InstallationError(f"a hosted Supabase project needs {' and '.join(missing)} too")
    url = values["SUPABASE_URL"].rstrip("/")
    if not url.startswith("https://"):
        raise InstallationError(f"SUPABASE_URL is {url!r}; it must be an https:// address")
    return HostedAuth(url, values["SUPABASE_ANON_KEY"], values["SUPABASE_SERVICE_ROLE_KEY"])
