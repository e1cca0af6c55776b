"""Settings of the Lambdas, read once from the environment.

Outside production every setting has a default for the stack on one machine. In production a Lambda does not start when
a setting that it needs is missing or has its default; the error names all of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from .database_url import database_url_fault
from .secret import Secret


class Environment(StrEnum):
    """Value of METRICA_ENV."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class SettingsError(RuntimeError):
    """Settings are missing or not valid. The message names each of them and what is wrong.

    Attributes:
        faults: What is wrong with each setting, beginning with its name; empty if METRICA_ENV itself is not valid.
    """

    def __init__(self, message: str, faults: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


DEFAULTS: Mapping[str, str] = {
    "DATABASE_URL": "postgresql://postgres@127.0.0.1:8406/postgres?sslmode=disable",
    "SUPABASE_URL": "http://127.0.0.1:8401",
    "SUPABASE_SERVICE_ROLE_KEY": "local-service-role-key",
    "SNAPSHOT_BUCKET": "metrica-snapshots",
    "CORS_ORIGINS": "http://127.0.0.1:8403,http://127.0.0.1:8404",
    "DASHBOARD_URL": "http://127.0.0.1:8403",
    "NOTIFICATION_KEY": "local-notification-key",
    "MAIL_TRANSPORT": "smtp://127.0.0.1:8407",
    "MAIL_SENDER": "Metrica <metrica@example.org>",
    "API_URL": "http://127.0.0.1:8400",
}

DESCRIPTIONS: Mapping[str, str] = {
    "DATABASE_URL": "the address of the database, with the login of this Lambda",
    "SUPABASE_URL": "the Supabase project that signs people in",
    "SUPABASE_SERVICE_ROLE_KEY": "the key with which invitations and password resets are sent",
    "SNAPSHOT_BUCKET": "the S3 bucket of the snapshots, or `file:///folder`",
    "CORS_ORIGINS": "the origins of the pages, separated by commas",
    "DASHBOARD_URL": "the address of the dashboard, for links in mails and messages",
    "NOTIFICATION_KEY": "the key from which the secrets of webhooks and the links to unsubscribe are derived",
    "MAIL_TRANSPORT": "how mail leaves: `ses`, `smtps://user:password@host:465`, "
    "`smtp+starttls://user:password@host:587`, `none`, or on one machine `smtp://host:port`",
    "MAIL_SENDER": "the sender of mails, with or without a name",
    "API_URL": "the address of the owner API, for links to unsubscribe",
}
"""What each setting is, for the documentation."""

OPTIONAL: Mapping[str, str] = {
    "METRICS_STAGE": "the stage of the metrics that functions write to stdout for CloudWatch; without it, none",
    "AUTH_URL": "the address at which this function reaches the auth service, if it is not `SUPABASE_URL/auth/v1`",
    "SNAPSHOT_URL": "where the snapshots of a folder are served, for links to them",
    "SNAPSHOT_KEY": "the key that signs links to the snapshots of a folder",
}
"""Settings that only some installations have, also in production, and what each is."""

ALLOW_LOCAL_WEBHOOKS = "ALLOW_LOCAL_WEBHOOKS"
"""Setting that lets webhooks reach loopback addresses, by http too, when it is `yes`. Production refuses it."""

INGEST_SETTINGS = frozenset({"DATABASE_URL", "SNAPSHOT_BUCKET"})
API_SETTINGS = frozenset({"DATABASE_URL", "SUPABASE_URL", "CORS_ORIGINS", "NOTIFICATION_KEY"})
ADMIN_SETTINGS = frozenset(
    {
        "DATABASE_URL",
        "SUPABASE_URL",
        "SUPABASE_SERVICE_ROLE_KEY",
        "SNAPSHOT_BUCKET",
        "CORS_ORIGINS",
        "DASHBOARD_URL",
    }
)
STORE_DAYS_SETTINGS = frozenset({"DATABASE_URL"})
REPORTS_SETTINGS = frozenset({"DATABASE_URL"})
INCIDENTS_SETTINGS = frozenset({"DATABASE_URL"})
NOTIFICATIONS_SETTINGS = frozenset(
    {"DATABASE_URL", "NOTIFICATION_KEY", "MAIL_TRANSPORT", "MAIL_SENDER", "DASHBOARD_URL", "API_URL"}
)
MAINTENANCE_SETTINGS = frozenset({"DATABASE_URL", "SNAPSHOT_BUCKET"})
SETTINGS_OF: Mapping[str, frozenset[str]] = {
    "ingest": INGEST_SETTINGS,
    "api": API_SETTINGS,
    "admin": ADMIN_SETTINGS,
    "maintenance": MAINTENANCE_SETTINGS,
    "days": STORE_DAYS_SETTINGS,
    "incidents": INCIDENTS_SETTINGS,
    "reports": REPORTS_SETTINGS,
    "notifications": NOTIFICATIONS_SETTINGS,
}
"""The settings that each function of serverless.yml needs."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a Lambda. Settings that the Lambda does not need may have their default."""

    environment: Environment
    database_url: Secret
    supabase_url: str
    supabase_service_role_key: Secret
    snapshot_bucket: str
    cors_origins: tuple[str, ...]
    dashboard_url: str
    notification_key: Secret
    allow_local_webhooks: bool
    mail_transport: Secret
    mail_sender: str
    api_url: str
    internal_auth_url: str
    snapshot_url: str
    snapshot_key: Secret

    @property
    def issuer(self) -> str:
        """`iss` claim of the access tokens."""
        return f"{self.supabase_url}/auth/v1"

    @property
    def auth_url(self) -> str:
        """Address at which this function reaches the auth service. The issuer, unless AUTH_URL names another one."""
        return self.internal_auth_url or self.issuer

    @property
    def jwks_url(self) -> str:
        """Address of the issuer's public keys."""
        return f"{self.auth_url}/.well-known/jwks.json"


def load_settings(required: Iterable[str], environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Args:
        required: names of the settings that this Lambda needs.
        environ: the environment; `os.environ` by default.

    Raises:
        SettingsError: settings are missing or not valid in production, or METRICA_ENV is unknown.
    """
    given = os.environ if environ is None else environ
    environment = _read_environment(given)
    values = {name: given.get(name, "").strip() or default for name, default in DEFAULTS.items()}
    values |= {name: given.get(name, "").strip() for name in OPTIONAL}
    if environment is Environment.PRODUCTION:
        wrong = [
            f"{name} {fault}"
            for name in sorted(required)
            if (fault := production_fault(name, given.get(name, "").strip()))
        ]
        if given.get(ALLOW_LOCAL_WEBHOOKS, "").strip():
            wrong.append(f"{ALLOW_LOCAL_WEBHOOKS} is set, which lets webhooks reach the local network: remove it")
        if wrong:
            raise SettingsError(f"Metrica does not start in production: {'; '.join(wrong)}.", tuple(wrong))

    def secret(name: str) -> Secret:
        # The value behind a reference is validated when it is first read.
        fault = partial(production_fault, name) if environment is Environment.PRODUCTION else None
        return Secret(name, values[name], fault)

    return Settings(
        environment=environment,
        database_url=secret("DATABASE_URL"),
        supabase_url=values["SUPABASE_URL"].rstrip("/"),
        supabase_service_role_key=secret("SUPABASE_SERVICE_ROLE_KEY"),
        snapshot_bucket=values["SNAPSHOT_BUCKET"],
        cors_origins=tuple(
            origin.strip().rstrip("/") for origin in values["CORS_ORIGINS"].split(",") if origin.strip()
        ),
        dashboard_url=values["DASHBOARD_URL"].rstrip("/"),
        notification_key=secret("NOTIFICATION_KEY"),
        allow_local_webhooks=given.get(ALLOW_LOCAL_WEBHOOKS, "").strip() == "yes",
        mail_transport=secret("MAIL_TRANSPORT"),
        mail_sender=values["MAIL_SENDER"],
        api_url=values["API_URL"].rstrip("/"),
        internal_auth_url=values["AUTH_URL"].rstrip("/"),
        snapshot_url=values["SNAPSHOT_URL"].rstrip("/"),
        snapshot_key=secret("SNAPSHOT_KEY"),
    )


def production_fault(name: str, value: str) -> str | None:
    """Return what is wrong with a setting in production, or None. Never repeats the value: it may be a secret.

    >>> production_fault("SUPABASE_URL", "http://example.org")
    'must be an https:// address'
    """
    if not value:
        return "is not set"
    if value == DEFAULTS.get(name):
        return "still has its development default"
    if Secret(name, value).is_reference or name not in _FAULTS:
        return None
    return _FAULTS[name](value)


def _read_environment(environ: Mapping[str, str]) -> Environment:
    name = environ.get("METRICA_ENV", "").strip()
    on_lambda = environ.get("AWS_EXECUTION_ENV", "").startswith("AWS_Lambda") and not environ.get("IS_OFFLINE")
    if not name and on_lambda:
        raise SettingsError("METRICA_ENV is not set; set it to production, test or development.")
    try:
        return Environment(name or Environment.DEVELOPMENT)
    except ValueError:
        choices = ", ".join(Environment)
        raise SettingsError(f"METRICA_ENV is {name!r}; it must be one of {choices}.") from None


def _key_fault(value: str) -> str | None:
    return None if len(value) >= 32 else "is too short for a key (at least 32 characters)"


def _mail_transport_fault(value: str) -> str | None:
    from urllib.parse import urlsplit  # too slow for the start of Lambdas that send no mail

    if value in {"ses", "none"}:
        return None
    if not value.startswith(("smtps://", "smtp+starttls://")):
        return (
            "must be ses, none, or an smtps:// or smtp+starttls:// address: mail is not sent without TLS in production"
        )
    try:
        parts = urlsplit(value)
        has_address = bool(parts.hostname and parts.port)
    except ValueError:  # a port that is no number, an incomplete IPv6 address
        has_address = False
    return None if has_address else "must name a host and a port, such as smtps://user:password@mail.example.com:465"


def _mail_sender_fault(value: str) -> str | None:
    from email.utils import parseaddr  # too slow for the start of Lambdas that send no mail

    _, address = parseaddr(value)
    return (
        None
        if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address)
        else "must be an e-mail address, with or without a name"
    )


def _address_fault(value: str) -> str | None:
    return None if _is_https(value) else "must be an https:// address"


def _origins_fault(value: str) -> str | None:
    origins = [origin.strip() for origin in value.split(",") if origin.strip()]
    return None if origins and all(map(_is_https, origins)) else "must be https:// origins, separated by commas"


def _is_https(address: str) -> bool:
    return address.startswith("https://") and len(address) > len("https://") and "*" not in address


_FAULTS: Mapping[str, Callable[[str], str | None]] = {
    "DATABASE_URL": database_url_fault,
    "SUPABASE_URL": _address_fault,
    "SUPABASE_SERVICE_ROLE_KEY": _key_fault,
    "CORS_ORIGINS": _origins_fault,
    "DASHBOARD_URL": _address_fault,
    "API_URL": _address_fault,
    "NOTIFICATION_KEY": _key_fault,
    "MAIL_TRANSPORT": _mail_transport_fault,
    "MAIL_SENDER": _mail_sender_fault,
}
