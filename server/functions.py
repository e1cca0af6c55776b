"""The functions of serverless.yml on one server: handler, login, schedule, settings and environment of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from functions.common.settings import SETTINGS_OF, SettingsError, load_settings
from server.errors import InstallationError
from server.installation import Installation
from server.keys import Keys


@dataclass(frozen=True, slots=True)
class Function:
    """One function.

    Attributes:
        name: Name in serverless.yml.
        handler: `package.module.attribute`.
        group_role: The role whose rights its login has.
        timeout_s: Seconds after which a run or request is ended.
        every_s: Seconds between runs, or None for a function that answers requests.
    """

    name: str
    handler: str
    group_role: str
    timeout_s: int
    every_s: int | None = None

    @property
    def login(self) -> str:
        """Its login at the database."""
        return f"metrica_{self.name}_server"


FUNCTIONS: Final = (
    Function("ingest", "functions.ingest.handler.handler", "metrica_ingest", 15),
    Function("api", "functions.api.handler.handler", "metrica_api", 15),
    Function("admin", "functions.admin.handler.handler", "metrica_admin", 20),
    Function("maintenance", "functions.admin.maintenance.handler", "metrica_maintenance", 300, every_s=900),
    Function("days", "functions.api.store_days_job.handler", "metrica_api", 300, every_s=900),
    Function("incidents", "functions.incidents.job.handler", "metrica_incidents", 120, every_s=300),
    Function("reports", "functions.api.reports_job.handler", "metrica_api", 300, every_s=900),
    Function("notifications", "functions.notifications.job.handler", "metrica_notifications", 120, every_s=60),
)
"""As in serverless.yml; a test compares them."""

_SET_BY: Final = {
    "API_URL": "METRICA_URL",
    "CORS_ORIGINS": "METRICA_URL",
    "DASHBOARD_URL": "METRICA_URL",
    "MAIL_TRANSPORT": "SMTP_URL",
}
"""The setting of an installation that a setting of a function is made from, where the names differ."""

SCHEDULED: Final = tuple(function for function in FUNCTIONS if function.every_s is not None)


def get_function(name: str) -> Function:
    """Return the function with a name. Raises StopIteration if there is none."""
    return next(function for function in FUNCTIONS if function.name == name)


def function_environment(function: Function, installation: Installation, keys: Keys) -> dict[str, str]:
    """Return the environment of a function: only what this function needs.

    The `sslrootcert` of DATABASE_URL is missing: the process adds it, because it knows where its folder is.
    """
    addresses = installation.addresses
    password = quote(keys.password(function.name), safe="")
    database = f"postgresql://{function.login}:{password}@{addresses.pooler}/metrica?sslmode=verify-full"
    common = {"METRICA_ENV": "production", "DATABASE_URL": database}
    return common | _further_environment(function.name, installation, keys)


def require_valid_settings(environments: Iterable[tuple[Function, dict[str, str]]]) -> None:
    """Refuse what a function would refuse when it starts: each reads its settings with its own rules.

    Args:
        environments: The functions, each with its environment.

    Raises:
        InstallationError: Settings are not valid. The message names all of them, as the installation calls them.
    """
    faults: list[str] = []
    for function, environment in environments:
        try:
            load_settings(SETTINGS_OF[function.name], environment)
        except SettingsError as error:
            faults += [re.sub(r"^\w+", lambda match: _SET_BY.get(match[0], match[0]), one) for one in error.faults]
    if faults:
        raise InstallationError("; ".join(dict.fromkeys(faults)))


def _further_environment(name: str, installation: Installation, keys: Keys) -> dict[str, str]:
    bucket = {"SNAPSHOT_BUCKET": f"file://{installation.snapshot_folder}"}
    sign_in = {
        "SUPABASE_URL": installation.supabase_url,
        "CORS_ORIGINS": f"{installation.url},{installation.admin_url}",
    }
    if installation.hosted_auth is None:
        sign_in["AUTH_URL"] = f"http://{installation.addresses.auth}"
    hosted = installation.hosted_auth
    match name:
        case "ingest" | "maintenance":
            return bucket
        case "api":
            return sign_in | {"NOTIFICATION_KEY": keys.notification_key}
        case "admin":
            return (
                bucket
                | sign_in
                | {
                    "SUPABASE_SERVICE_ROLE_KEY": hosted.service_role_key if hosted else keys.service_role_key,
                    "DASHBOARD_URL": installation.url,
                    "SNAPSHOT_URL": installation.admin_url,
                    "SNAPSHOT_KEY": keys.snapshot_key,
                }
            )
        case "notifications":
            return {
                "NOTIFICATION_KEY": keys.notification_key,
                "MAIL_TRANSPORT": installation.smtp_url or "none",
                "MAIL_SENDER": installation.mail_sender,
                "DASHBOARD_URL": installation.url,
                "API_URL": installation.api_url,
            }
        case _:
            return {}
