"""The environment of a function's process, from the file that `metrica-server setup` has written."""

from __future__ import annotations

import json
import os
from pathlib import Path

from server.configuration_files import AUTHORITY
from server.errors import InstallationError
from server.functions import Function


def load_environment(function: Function, folder: Path) -> None:
    """Set the environment variables of a function, before its modules are imported.

    Args:
        function: the function.
        folder: the folder with `<function>.json` and the authority of the pooler's certificate.

    Raises:
        InstallationError: `setup` has not written the file.
    """
    path = folder / f"{function.name}.json"
    try:
        environment: dict[str, str] = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise InstallationError(f"{path} cannot be read ({error}): run `metrica-server setup` first") from error
    environment["DATABASE_URL"] += f"&sslrootcert={(folder / AUTHORITY).resolve()}"
    os.environ.update(environment)
