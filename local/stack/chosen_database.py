"""Which database a command works on: DATABASE_URL, or else that of the local stack. The second one is never silent."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Final

from local.errors import SettingsError
from local.stack.settings import StackSettings

_SIGNS_OF_PRODUCTION: Final[Mapping[str, str]] = {
    "METRICA_ENV": "set DATABASE_URL to the database of the deployment (docs/aws.md)",
    "METRICA_URL": "set DATABASE_URL, or use metrica-server, whose commands find the database of this installation",
}


def chosen_settings() -> StackSettings:
    """Return the settings of the environment, and say on stderr if the database is that of the local stack.

    Raises:
        SettingsError: DATABASE_URL is missing in the environment of a deployment, or a variable is unusable.
    """
    settings = StackSettings.from_env()
    if settings.database_url is not None:
        return settings
    for name, remedy in _SIGNS_OF_PRODUCTION.items():
        value = os.environ.get(name, "").strip()
        if value and (name != "METRICA_ENV" or value == "production"):
            raise SettingsError(f"DATABASE_URL is not set, but {name} is {value}, which is no local stack: {remedy}")
    print(f"metrica: DATABASE_URL is not set: using the local stack in {settings.home}", file=sys.stderr)
    return settings
