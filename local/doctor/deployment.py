"""Which deployment is checked: the same environment variables with which it was deployed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from local.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Deployment:
    """The addresses of a deployment.

    Attributes:
        stage: The stage of AWS; None for one that is not on AWS.
        api_url: The API.
        auth_url: The Supabase project.
        dashboard_url: The dashboard.
        origins: The origins that the API accepts from browsers: the dashboard and the admin app.
        database_url: A login of the database's owner; None if the database is not to be checked.
    """

    stage: str | None
    api_url: str
    auth_url: str
    dashboard_url: str
    origins: tuple[str, ...]
    database_url: str | None

    @classmethod
    def from_env(cls, environ: Mapping[str, str], stage: str | None) -> Self:
        """Read `API_URL`, `SUPABASE_URL`, `DASHBOARD_URL`, `CORS_ORIGINS` and `DATABASE_URL`.

        Raises:
            SettingsError: A variable is missing, or is no address.
        """
        dashboard_url = _address(environ, "DASHBOARD_URL")
        origins = tuple(one.strip() for one in environ.get("CORS_ORIGINS", "").split(",") if one.strip())
        return cls(
            stage=stage,
            api_url=_address(environ, "API_URL"),
            auth_url=_address(environ, "SUPABASE_URL"),
            dashboard_url=dashboard_url,
            origins=origins or (dashboard_url,),
            database_url=environ.get("DATABASE_URL", "").strip() or None,
        )


def _address(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "").strip().rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(
            f"{name} must be the address that the deployment has, such as https://example.com; it is {value or 'empty'}"
        )
    return value
