"""The processes of the simulation: the database, what stands in for AWS and Supabase, and one for each Lambda."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
from psycopg import sql

from db.timescale.embedded.launcher import running
from db.timescale.migrate import upgrade
from local.auth.accounts import Accounts
from local.auth.keys import load_or_create
from local.stack.service import NotReady, Service
from local.stack.service_definitions import ServiceDefinitions, StackUrls
from local.stack.settings import StackSettings
from tests.integration.functions.time_travel.clock import ROOT
from tests.shop import PASSWORD
from tests.stack import stack_settings

RUNTIME = ROOT / "local" / "lambdas" / "runtime.py"
START_TIMEOUT_S = 60.0

LAMBDAS = {
    "ingest": ("functions.ingest.handler.handler", "metrica_ingest"),
    "api": ("functions.api.handler.handler", "metrica_api"),
    "admin": ("functions.admin.handler.handler", "metrica_admin"),
    "maintenance": ("functions.admin.maintenance.handler", "metrica_maintenance"),
    "days": ("functions.api.store_days_job.handler", "metrica_api"),
    "incidents": ("functions.incidents.job.handler", "metrica_incidents"),
    "reports": ("functions.api.reports_job.handler", "metrica_api"),
    "notifications": ("functions.notifications.job.handler", "metrica_notifications"),
}
"""By function of serverless.yml its handler and the group role of its login."""


class LambdaError(RuntimeError):
    """A Lambda did not start, or its handler raised an exception."""


class LambdaProcess:
    """A Lambda in a process of its own, as the local stack runs it."""

    def __init__(self, name: str, handler: str, environment: Mapping[str, str], folder: Path) -> None:
        self._name, self._handler, self._environment = name, handler, environment
        self.seconds, self.calls = 0.0, 0
        self._log = folder / f"{name}.log"
        self._fifo = folder / f"{name}.responses"
        os.mkfifo(self._fifo)
        self._start()

    def invoke(self, event: dict[str, Any]) -> Any:
        """Return what the handler returns.

        Raises:
            LambdaError: it raised an exception.
        """
        context = {"requestId": "1", "functionName": self._name, "memorySize": 512, "timeoutMs": 300_000}
        assert self._process.stdin is not None
        began = time.monotonic()
        self._process.stdin.write(json.dumps({"event": event, "context": context}) + "\n")
        self._process.stdin.flush()
        response = self._read()
        self.seconds, self.calls = self.seconds + time.monotonic() - began, self.calls + 1
        if "error" in response:
            raise LambdaError(f"{self._name}: {response['error']}\n{self._log.read_text()[-4000:]}")
        return response["result"]

    def restart(self) -> None:
        """Replace the process by a new one, as AWS does from time to time."""
        self.stop()
        self._start()

    def stop(self) -> None:
        """End the process: it ends when its input does."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._responses.close()

    def _start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                ["sh", "-c", 'exec "$@" 3>"$0"', str(self._fifo), sys.executable, str(RUNTIME), self._handler],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env={**os.environ, **self._environment},
                text=True,
            )
        self._responses = self._fifo.open()
        self._read()

    def _read(self) -> dict[str, Any]:
        line = self._responses.readline()
        if not line:
            raise LambdaError(f"{self._name} ended.\n{self._log.read_text()[-4000:]}")
        response: dict[str, Any] = json.loads(line)
        return response


@dataclass(frozen=True)
class Backend:
    """The running backend.

    Attributes:
        lambdas: by name.
        database: a connection of the owner of the tables, in autocommit mode.
        settings: folders and ports.
        definitions: of the services.
        accounts: the users of the local auth.
    """

    lambdas: Mapping[str, LambdaProcess]
    database: psycopg.Connection[Any]
    settings: StackSettings
    definitions: ServiceDefinitions
    accounts: Accounts
    _tokens: dict[tuple[str, datetime], str] = field(default_factory=dict)

    def request(self, name: str, method: str, path: str, body: object = None, **headers: str) -> Any:
        """Send a request to a Lambda as API Gateway does, and return the JSON of its response.

        Raises:
            LambdaError: the status is not 2xx.
        """
        route, _, query = path.partition("?")
        response = self.lambdas[name].invoke(
            {
                "version": "2.0",
                "routeKey": "$default",
                "rawPath": route,
                "rawQueryString": query,
                "headers": {
                    "host": "api.example.org",
                    "content-type": "application/json",
                    **{key.replace("_", "-"): value for key, value in headers.items()},
                },
                "requestContext": {
                    "http": {
                        "method": method,
                        "path": route,
                        "protocol": "HTTP/1.1",
                        "sourceIp": "192.0.2.1",
                        "userAgent": "time travel",
                    },
                    "requestId": "1",
                    "stage": "$default",
                },
                "body": None if body is None else json.dumps(body),
                "isBase64Encoded": False,
            }
        )
        if not 200 <= response["statusCode"] < 300:
            raise LambdaError(f"{method} {path}: {response['statusCode']} {response.get('body')}")
        return json.loads(response["body"]) if response.get("body") else None

    def restart(self, name: str) -> None:
        """Replace the process of a Lambda. Its caches end with it; they last for real seconds, not simulated ones."""
        self.lambdas[name].restart()

    def ask(self, email: str, method: str, path: str, body: object = None) -> Any:
        """Send a request of a person, who signs in, to the owner API or the admin API."""
        name = "admin" if path.startswith("/admin/") else "api"
        return self.request(name, method, path, body, authorization=f"Bearer {self._sign_in(email)}")

    def _sign_in(self, email: str) -> str:
        """Return an access token. It is kept for the step: to check a password takes long on purpose."""
        now = datetime.now(UTC)
        if (email, now) not in self._tokens:
            answer = httpx.post(
                f"{self.definitions.urls.auth}/auth/v1/token",
                params={"grant_type": "password"},
                headers={"apikey": self.definitions.keys.anon_key},
                json={"email": email, "password": PASSWORD},
            )
            answer.raise_for_status()
            self._tokens[email, now] = str(answer.json()["access_token"])
        return self._tokens[email, now]


@contextmanager
def running_backend(folder: Path) -> Iterator[Backend]:
    """Start the database, migrate it, start the services and the Lambdas, and stop all of them at the end."""
    settings = stack_settings(folder)
    settings.log_folder.mkdir()
    keys = load_or_create(settings.auth_folder)
    urls = StackUrls.of(settings)
    definitions = ServiceDefinitions(settings, urls, keys)
    with ExitStack() as started:
        started.enter_context(running(settings.database_folder, settings.ports.database, jobs_every_s=0, durable=False))
        upgrade(urls.database)
        database = started.enter_context(psycopg.connect(urls.database, autocommit=True, prepare_threshold=None))
        for service in (definitions.auth(), definitions.s3(), definitions.mail()):
            started.enter_context(_serving(service, settings.log_folder))
        lambdas = {}
        for name, (handler, group) in LAMBDAS.items():
            environment = {
                **definitions.lambda_environment(),
                "DATABASE_URL": _create_login(database, urls.database, name, group),
            }
            lambdas[name] = LambdaProcess(name, handler, environment, settings.log_folder)
            started.callback(lambdas[name].stop)
        yield Backend(lambdas, database, settings, definitions, Accounts.open(settings.auth_folder))


@contextmanager
def _serving(service: Service, log_folder: Path) -> Iterator[None]:
    log = log_folder / f"{service.name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            service.command, cwd=ROOT, env={**os.environ, **service.environment}, stdout=output, stderr=output
        )
    try:
        assert service.check_ready is not None
        deadline = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                service.check_ready()
                break
            except NotReady:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise LambdaError(f"{service.name} did not start.\n{log.read_text()[-4000:]}") from None
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _create_login(database: psycopg.Connection[Any], url: str, name: str, group: str) -> str:
    """Create a login of a Lambda as docs/security.md says, and return its DATABASE_URL."""
    login = f"travel_{name}"
    statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE {}")
    database.execute(statement.format(sql.Identifier(login), sql.Literal(login), sql.Identifier(group)))
    parts = urlsplit(url)
    return parts._replace(netloc=f"{login}:{login}@{parts.netloc.rpartition('@')[2]}").geturl()
