"""The services of the local stack: their commands, environment and addresses."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from local.auth.keys import AuthKeys
from local.spa.app import SpaConfig
from local.stack.ports import HOST
from local.stack.prerequisites import SERVERLESS, require_build, require_node, require_packages
from local.stack.service import Service, http_check, postgres_check, smtp_check
from local.stack.settings import StackSettings

BUCKET = "metrica-snapshots"
REGION = "eu-central-1"


@dataclass(frozen=True, slots=True)
class StackUrls:
    """The address of each service, without a slash at the end."""

    api: str
    auth: str
    s3: str
    dashboard: str
    admin: str
    database: str

    @classmethod
    def of(cls, settings: StackSettings) -> StackUrls:
        """Return the addresses of a stack with these settings."""
        ports = settings.ports
        embedded = f"postgresql://postgres@{HOST}:{ports.database}/postgres?sslmode=disable"
        return cls(
            api=f"http://{HOST}:{ports.api}",
            auth=f"http://{HOST}:{ports.auth}",
            s3=f"http://{HOST}:{ports.s3}",
            dashboard=f"http://{HOST}:{ports.dashboard}",
            admin=f"http://{HOST}:{ports.admin}",
            database=settings.database_url or embedded,
        )


def s3_environment(urls: StackUrls) -> dict[str, str]:
    """Return the environment variables with which boto3 reaches the S3 of a stack."""
    return {
        "AWS_ENDPOINT_URL_S3": urls.s3,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@dataclass(frozen=True, slots=True)
class ServiceDefinitions:
    """Build the services of one stack.

    Every method raises MissingToolError when something that the service needs is not installed.
    """

    settings: StackSettings
    urls: StackUrls
    keys: AuthKeys

    def require_prerequisites(self, database_only: bool = False) -> None:
        """Check that everything is installed and built, before anything starts."""
        require_node()
        require_packages(self.settings.root)
        if database_only or self.settings.reload:
            return
        require_build(self.settings.root, "dashboard")
        require_build(self.settings.root, "admin")

    def database(self) -> Service:
        """Return the embedded TimescaleDB. After a kill it first replays its write-ahead log."""
        server = self.settings.root / "db/timescale/embedded/server.mjs"
        folder, port = str(self.settings.database_folder), str(self.settings.ports.database)
        return Service(
            name="database",
            command=(require_node(), str(server), "--data", folder, "--port", port),
            check_ready=postgres_check(self.urls.database),
            ready_timeout_s=120,
            stop_timeout_s=30,
        )

    def auth(self) -> Service:
        """Return the replacement of Supabase Auth."""
        folder, port = str(self.settings.auth_folder), str(self.settings.ports.auth)
        return Service(
            name="auth",
            command=_python("local.auth", "--folder", folder, "--port", port, "--site-url", self.urls.dashboard),
            check_ready=http_check(f"{self.urls.auth}/auth/v1/.well-known/jwks.json"),
        )

    def s3(self) -> Service:
        """Return the replacement of S3, with the bucket of the snapshots."""
        folder, port = str(self.settings.s3_folder), str(self.settings.ports.s3)
        return Service(
            name="s3",
            command=_python("local.s3", "--folder", folder, "--port", port, "--bucket", BUCKET, "--region", REGION),
            check_ready=http_check(f"{self.urls.s3}/moto-api/data.json"),
        )

    def mail(self) -> Service:
        """Return the mail catcher, which stores what the Lambdas send."""
        folder, port = str(self.settings.mail_folder), str(self.settings.ports.mail)
        return Service(
            name="mail",
            command=_python("local.mail", "--folder", folder, "--port", port),
            check_ready=smtp_check(HOST, self.settings.ports.mail),
        )

    def lambdas(self) -> Service:
        """Return serverless.yml under serverless-offline: API Gateway and all functions."""
        ports = self.settings.ports
        options = {
            "--stage": "local",
            "--host": HOST,
            "--httpPort": str(ports.api),
            "--lambdaPort": str(ports.lambdas),
        }
        return Service(
            name="lambdas",
            command=(
                *(require_node(), str(self.settings.root / SERVERLESS), "offline", "start"),
                *(argument for option in options.items() for argument in option),
            ),
            environment=self.lambda_environment()
            | {
                "METRICA_RUNTIME": f"python{sys.version_info.major}.{sys.version_info.minor}",
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
                "SLS_NOTIFICATIONS_MODE": "off",
                "SLS_TELEMETRY_DISABLED": "1",
            }
            | ({"METRICA_RELOAD": "1"} if self.settings.reload else {}),
            check_ready=http_check(f"{self.urls.api}/healthz", timeout_s=15),
            ready_timeout_s=120,
        )

    def lambda_environment(self) -> dict[str, str]:
        """Return the environment variables that serverless.yml passes to the functions."""
        ports = self.settings.ports
        pages = [f"http://{host}:{port}" for port in (ports.dashboard, ports.admin) for host in (HOST, "localhost")]
        return {
            "METRICA_ENV": "development",
            "DATABASE_URL": self.urls.database,
            "SUPABASE_URL": self.urls.auth,
            "SUPABASE_SERVICE_ROLE_KEY": self.keys.service_role_key,
            "SNAPSHOT_BUCKET": BUCKET,
            **s3_environment(self.urls),
            "CORS_ORIGINS": ",".join(pages),
            "DASHBOARD_URL": self.urls.dashboard,
            "NOTIFICATION_KEY": "local-notification-key",
            "ALLOW_LOCAL_WEBHOOKS": "yes",
            "API_URL": self.urls.api,
            "MAIL_TRANSPORT": f"smtp://{HOST}:{ports.mail}",
            "MAIL_SENDER": "Metrica <metrica@example.org>",
        }

    def page(self, application: str) -> Service:
        """Return the server of one SPA, `dashboard` or `admin`: of its build, or Vite's with `reload`."""
        url = {"dashboard": self.urls.dashboard, "admin": self.urls.admin}[application]
        port = url.rpartition(":")[2]
        if self.settings.reload:
            return self._vite(application, url, port)
        dist = require_build(self.settings.root, application)
        return Service(
            name=application,
            command=_python(
                *("local.spa", "--dist", str(dist), "--port", port),
                *("--api-url", self.urls.api, "--supabase-url", self.urls.auth),
                *("--supabase-anon-key", self.keys.anon_key, "--images-url", self.urls.s3),
            ),
            check_ready=http_check(f"{url}/config.json"),
        )

    def _vite(self, application: str, url: str, port: str) -> Service:
        config = SpaConfig(self.urls.api, self.urls.auth, self.keys.anon_key, self.urls.s3)
        root = self.settings.root
        return Service(
            name=application,
            command=(
                *(require_node(), str(root / "node_modules/vite/bin/vite.js"), str(root / "web" / application)),
                *("--host", HOST, "--port", port, "--strictPort"),
            ),
            environment={"METRICA_PAGE_CONFIG": json.dumps(config.as_json())},
            check_ready=http_check(f"{url}/config.json"),
            ready_timeout_s=60,
        )


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", *arguments)
