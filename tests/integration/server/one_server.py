"""Metrica on one server, started from compose.yaml: our services, PgBouncer and Caddy.

The embedded TimescaleDB is in the place of the database, and the local auth in that of Supabase's auth server, with the
keys that the installation derives.
"""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import psycopg
import pytest
import uvicorn
from cryptography.hazmat.primitives import serialization
from starlette.types import ASGIApp, Receive, Scope, Send

from db.timescale.embedded.launcher import running
from local.auth.app import create_app
from local.auth.service import AuthService
from server.keys import Keys
from tests.database import migrated_folder
from tests.integration.server.compose_services import PORTS, ROOT, ComposeServices
from tests.integration.server.frontend_recorder import Recorded, recording

SECRET = "a-secret-of-a-test-with-more-than-32-characters"
PROGRAMS = {"pgbouncer": "pgbouncer", "caddy": "caddy", "setpriv": "util-linux"}
"""Programs that the services need, and their package in Debian."""
SERVICES = ("pgbouncer", "ingest", "api", "admin", "worker", "web")


@dataclass
class OneServer:
    """A running installation.

    Attributes:
        services: The services of compose.yaml.
        url: Address of the dashboard.
        database_url: The database, as its owner, past the pooler.
        recorded: What the pooler has asked the database to prepare.
    """

    services: ComposeServices
    url: str
    database_url: str
    recorded: Recorded

    @property
    def admin_url(self) -> str:
        """Address of the admin pages."""
        return self.url.replace("https://", "https://admin.")

    @property
    def authority(self) -> Path:
        """The certificate of Caddy's own authority."""
        return self.services.volume("certificates") / "caddy/pki/authorities/local/root.crt"

    def client(self, token: str = "", host: str = "localhost") -> httpx.Client:
        """Return a client that verifies the certificate of a host of the installation."""
        port = urlsplit(self.url).port
        headers = {"Host": f"{host}:{port}"} | ({"Authorization": f"Bearer {token}"} if token else {})
        client = httpx.Client(
            base_url=f"https://127.0.0.1:{port}",
            headers=headers,
            verify=ssl.create_default_context(cafile=str(self.authority)),
            timeout=30,
        )
        client.event_hooks["request"] = [lambda request: request.extensions.update(sni_hostname=host)]
        return client

    def sign_up(self, email: str, password: str) -> None:
        """Make a superadmin, and set their password by the link that the command prints."""
        self.set_password(self.services.run("tools", "superadmin", email), password)

    def set_password(self, printed: str, password: str) -> None:
        """Use the link in the output of a command to set a password."""
        link = urlsplit(next(line for line in printed.splitlines() if line.startswith("https://")))
        query = parse_qs(link.query)
        with self.client() as client:
            body = {"token_hash": query["token_hash"][0], "type": query["type"][0]}
            verified = client.post("/auth/v1/verify", json=body, headers={"apikey": self.anon_key})
            verified.raise_for_status()
            bearer = {"Authorization": f"Bearer {verified.json()['access_token']}", "apikey": self.anon_key}
            client.put("/auth/v1/user", json={"password": password}, headers=bearer).raise_for_status()

    def sign_in(self, email: str, password: str) -> str:
        """Return an access token."""
        with self.client() as client:
            answer = client.post(
                "/auth/v1/token",
                params={"grant_type": "password"},
                json={"email": email, "password": password},
                headers={"apikey": self.anon_key},
            )
            answer.raise_for_status()
            return str(answer.json()["access_token"])

    @property
    def anon_key(self) -> str:
        """The public key of the auth server."""
        return Keys(SECRET).anon_key


@contextmanager
def one_server() -> Iterator[OneServer]:
    """Start the installation for one block; skips where a program is missing."""
    missing = {package for program, package in PROGRAMS.items() if shutil.which(program) is None}
    if missing:
        pytest.skip(f"install {', '.join(sorted(missing))} (.ci/install-tools.sh does)")
    folder = Path(tempfile.mkdtemp(prefix="metrica-server-"))
    folder.chmod(0o755)  # services run as several users
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        shutil.copytree(migrated_folder(), folder / "database")
        embedded = stack.enter_context(running(folder / "database", durable=False))
        database = urlsplit(embedded.url)
        recorded = stack.enter_context(recording(database.hostname or "", database.port or 0))
        ports = free_ports()
        ports[5432] = int(recorded.address.rpartition(":")[2])
        url = f"https://localhost:{ports[8443]}"
        environ = {
            "METRICA_URL": url,
            "METRICA_SECRET": SECRET,
            "METRICA_TLS": "internal",
        }
        services = ComposeServices(folder, environ, ports, image_folders(folder))
        stack.callback(services.stop_all)
        stack.enter_context(auth_server(folder / "auth", ports[9999], url))
        # The embedded server has one database, `postgres`.
        for service in services.document["services"].values():
            if "DATABASE_NAME" in (service.get("environment") or {}):
                service["environment"]["DATABASE_NAME"] = "postgres"
        services.run("setup")
        services.wait_healthy("database")
        services.run("migrate")
        for name in SERVICES:
            services.start(name)
        yield OneServer(services, url, embedded.url, recorded)


def free_ports() -> dict[int, int]:
    """Return a free port on 127.0.0.1 for each port of a container."""
    with ExitStack() as stack:
        listeners = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in PORTS]
        return {port: listener.getsockname()[1] for port, listener in zip(PORTS, listeners, strict=True)}


def image_folders(folder: Path) -> dict[str, Path]:
    """Return the folders that the image `web` contains: the built pages and the templates of mails."""
    pages = folder / "pages"
    pages.mkdir()
    shutil.copytree(ROOT / "web/dashboard/dist", pages / "dashboard")
    shutil.copytree(ROOT / "web/admin/dist", pages / "admin")
    shutil.copytree(ROOT / "deploy/server/mail", pages / "mail")
    return {"/srv": pages}


@contextmanager
def auth_server(folder: Path, port: int, url: str) -> Iterator[None]:
    """Serve the local auth as Supabase's auth server: without the prefix /auth/v1, with the derived keys."""
    keys = Keys(SECRET)
    folder.mkdir()
    pem = keys.signing_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    stored = {"private_key": pem.decode(), "anon_key": keys.anon_key, "service_role_key": keys.service_role_key}
    (folder / "keys.json").write_text(json.dumps(stored))
    app = create_app(AuthService.open(folder, public_url=url, site_url=url))
    config = uvicorn.Config(_without_prefix(app), host="127.0.0.1", port=port, log_level="warning", lifespan="off")
    config.load()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


def _without_prefix(app: ASGIApp) -> ASGIApp:
    async def prefixed(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "path": f"/auth/v1{scope['path']}"}, receive, send)

    return prefixed


def post(client: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return the body of a response to a POST request that has to succeed."""
    answer = client.post(path, json=body)
    assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
    made: dict[str, Any] = answer.json()
    return made


def select(url: str, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query, as the owner of the database."""
    with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
        return connection.execute(query.encode()).fetchall()
