"""What `metrica-server setup` writes: a folder for each service, with what this service needs and nothing else.

In compose.yaml each folder is a volume of its own, which one other service mounts read-only. So the files are readable
by every user of that container: users differ from image to image.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from server import auth_server, caddy, pooler
from server.certificates import issue_certificate
from server.errors import OperationError
from server.functions import FUNCTIONS, SCHEDULED, function_environment, require_valid_settings
from server.installation import Installation
from server.keys import Keys

AUTHORITY = "ca.pem"
"""The file with the authority of the pooler's certificate, beside the environments of the functions."""
LISTENER = "listen"
"""The file with the address, `host:port`, that a service of ours listens on."""


def write_configuration(installation: Installation, folder: Path) -> list[str]:
    """Write the files and return their names. A file that another process reads is replaced as a whole.

    Raises:
        InstallationError: A function would not start with a setting. Nothing is written.
        OperationError: The folder cannot be written.
    """
    written = []
    for name, text in list(configuration_files(installation)):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.new")
            draft.write_text(text)
            draft.chmod(0o444)
            draft.replace(path)
        except OSError as error:
            raise OperationError(f"{path} cannot be written: {error.strerror}") from error
        written.append(name)
    return written


def configuration_files(installation: Installation) -> Iterator[tuple[str, str]]:
    """Yield the name of each file, `<service>/<file>`, with its content.

    Raises:
        InstallationError: A function would not start with a setting.
    """
    keys = Keys(installation.secret)
    environments = [(function, function_environment(function, installation, keys)) for function in FUNCTIONS]
    require_valid_settings(environments)
    certificate = issue_certificate(installation.addresses.pooler.rpartition(":")[0], keys)
    yield "database/password", keys.password("postgres")
    yield "pgbouncer/pgbouncer.ini", pooler.pooler_configuration(installation)
    yield "pgbouncer/userlist.txt", pooler.user_list(keys)
    yield "pgbouncer/server.crt", certificate.certificate
    yield "pgbouncer/server.key", certificate.private_key
    if installation.hosted_auth is None:
        environment = auth_server.auth_environment(installation, keys)
        yield "auth/auth.env", auth_server.environment_file(environment)
    for function, function_variables in environments:
        service = "worker" if function in SCHEDULED else function.name
        yield f"{service}/{function.name}.json", json.dumps(function_variables)
    for service in ("ingest", "api", "admin", "worker"):
        yield f"{service}/{AUTHORITY}", certificate.authority
        yield f"{service}/{LISTENER}", f"{installation.listener(service)}\n"
    yield "web/Caddyfile", caddy.caddyfile(installation)
    yield "web/headers.caddy", caddy.headers_snippet(installation)
    yield "web/dashboard/config.json", caddy.pages_config(installation, keys, installation.url)
    yield "web/admin/config.json", caddy.pages_config(installation, keys, installation.admin_url)
