"""A local auth under test: its address, service, clock and mails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.types import ASGIApp

from local.auth.app import create_app
from local.auth.service import AuthService
from tests.integration.local.serving import served

SITE_URL = "http://127.0.0.1:8403"
PASSWORD = "correct horse battery"


@dataclass
class MovableClock:
    """The clock of the auth, which tests can move forward."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True)
class LocalAuth:
    """A running local auth."""

    url: str
    service: AuthService
    clock: MovableClock
    folder: Path

    def lambda_environment(self, database_url: str) -> dict[str, str]:
        """Return the environment of a Lambda that reads a database and asks this auth."""
        return {
            "METRICA_ENV": "test",
            "DATABASE_URL": database_url,
            "SUPABASE_URL": self.url,
            "SUPABASE_SERVICE_ROLE_KEY": self.service.keys.service_role_key,
            "DASHBOARD_URL": SITE_URL,
        }

    def mail_link(self, email: str) -> dict[str, str]:
        """Return `token_hash`, `type` and `page` of the newest mail to this address."""
        for path in sorted((self.folder / "outbox").glob("*.eml"), reverse=True):
            message = message_from_bytes(path.read_bytes())
            if message["To"] == email:
                text = message.get_payload(decode=True)
                assert isinstance(text, bytes)
                link = next(word for word in text.decode().split() if word.startswith("http"))
                query = parse_qs(urlsplit(link).query)
                return {name: values[0] for name, values in query.items()} | {"page": link.partition("?")[0]}
        raise LookupError(f"no mail to {email}")


@contextmanager
def running_local_auth(folder: Path) -> Iterator[LocalAuth]:
    """Serve a local auth on a thread for a `with` block."""
    clock = MovableClock()
    services: list[AuthService] = []

    def make_app(url: str) -> ASGIApp:
        services.append(AuthService.open(folder, public_url=url, site_url=SITE_URL, now=clock))
        return create_app(services[0])

    with served(make_app) as url:
        yield LocalAuth(url, services[0], clock, folder)
