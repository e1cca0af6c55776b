"""The database logins of the Lambdas of a stage, and the secrets that hold them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from functions.common.settings import production_fault
from local.errors import DeploymentError
from server.functions import FUNCTIONS, Function

if TYPE_CHECKING:
    from boto3.session import Session

_WITH_NOTIFICATION_KEY: Final = ("api", "notifications")
_WITH_SERVICE_ROLE_KEY: Final = "admin"
_SUPABASE: Final = "SUPABASE_SERVICE_ROLE_KEY"
_NOTIFICATION: Final = "NOTIFICATION_KEY"


class FunctionLogins:
    """Sets the logins of functions and their secrets.

    Args:
        session: Credentials and region.
        stage: The stage of the functions.
        owner_url: The database, with the login of its owner.
        address: How functions reach it, without a login; None for the address in `owner_url`.
        service_role_key: The service role key of the Supabase project, or empty to keep that of the secret.

    Raises:
        DeploymentError: An address is none.
    """

    def __init__(
        self, session: Session, stage: str, owner_url: str, address: str | None, service_role_key: str
    ) -> None:
        self._client: Any = session.client("secretsmanager")
        self._stage = stage
        self._owner_url = owner_url
        self._location, self._query = _address(address or owner_url)
        self._service_role_key = service_role_key.strip()

    def set_all(self, names: Sequence[str] | None) -> Iterator[tuple[str, str]]:
        """Set the logins of some functions, or of all, and yield each login with the name of its secret.

        Raises:
            DeploymentError: There is no such function, the database refuses, or a key is missing.
        """
        import psycopg

        known = [function.name for function in FUNCTIONS]
        for name in names or ():
            if name not in known:
                raise DeploymentError(f"there is no function {name}; there are {', '.join(known)}")
        chosen = [function for function in FUNCTIONS if not names or function.name in names]
        stored = {function.name: self._stored(function.name) for function in FUNCTIONS}
        extra = self._keys(stored, [function.name for function in chosen])
        try:
            with psycopg.connect(self._owner_url, connect_timeout=10) as connection:
                for function in chosen:
                    yield self._set(connection, function, stored[function.name], extra.get(function.name, {}))
        except psycopg.Error as error:
            raise DeploymentError(f"the database refuses: {' '.join(str(error).split())}") from error

    def _set(
        self, connection: Any, function: Function, stored: dict[str, str] | None, extra: dict[str, str]
    ) -> tuple[str, str]:
        """Set one login. The password is committed after AWS has it, so that neither is left without the other."""
        from server.database_logins import set_login

        login, password = f"metrica_{function.name}_{self._stage}", secrets.token_hex(24)
        url = f"postgresql://{quote(login)}:{password}@{self._location}?{urlencode(self._query)}"
        with connection.transaction():
            set_login(connection, function, login, password)
            self._write(function.name, {**(stored or {}), **extra, "DATABASE_URL": url}, exists=stored is not None)
        return login, self._name(function.name)

    def _keys(self, stored: dict[str, dict[str, str] | None], chosen: list[str]) -> dict[str, dict[str, str]]:
        """Return what a secret has besides the login. A key that exists is kept: webhooks are signed with it."""
        extra = {}
        if set(chosen) & set(_WITH_NOTIFICATION_KEY):
            kept = {(stored[name] or {}).get(_NOTIFICATION) for name in _WITH_NOTIFICATION_KEY} - {None}
            if len(kept) > 1:
                raise DeploymentError(
                    f"{_NOTIFICATION} differs in the secrets of api and notifications: make them equal"
                )
            key = kept.pop() if kept else secrets.token_hex(32)
            extra = {name: {_NOTIFICATION: str(key)} for name in _WITH_NOTIFICATION_KEY}
        if _WITH_SERVICE_ROLE_KEY in chosen:
            service_role_key = self._service_role_key or (stored[_WITH_SERVICE_ROLE_KEY] or {}).get(_SUPABASE)
            if not service_role_key:
                raise DeploymentError(f"set {_SUPABASE}: the function admin invites people with it")
            if fault := production_fault(_SUPABASE, service_role_key):
                raise DeploymentError(f"{_SUPABASE} {fault}: the function admin would refuse it")
            extra[_WITH_SERVICE_ROLE_KEY] = {_SUPABASE: service_role_key}
        return extra

    def _name(self, function: str) -> str:
        return f"metrica/{self._stage}/{function}"

    def _stored(self, function: str) -> dict[str, str] | None:
        from botocore.exceptions import ClientError

        try:
            text = self._client.get_secret_value(SecretId=self._name(function))["SecretString"]
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            return None
        try:
            return dict(json.loads(text))
        except (ValueError, TypeError) as error:
            raise DeploymentError(
                f"the secret {self._name(function)} is no JSON object: repair or delete it"
            ) from error

    def _write(self, function: str, values: dict[str, str], *, exists: bool) -> None:
        name, text = self._name(function), json.dumps(values)
        if exists:
            self._client.put_secret_value(SecretId=name, SecretString=text)
        else:
            self._client.create_secret(Name=name, SecretString=text, Description=f"Metrica, function {function}")


def _address(url: str) -> tuple[str, dict[str, str]]:
    """Return host, port and database of a URL, and the parameters that a function verifies the server by."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.hostname or not parts.path.strip("/"):
        raise DeploymentError("the address of the database must look like postgresql://HOST:PORT/DATABASE")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = f":{parts.port}" if parts.port else ""
    roots = parse_qs(parts.query).get("sslrootcert", [""])
    # `system` is of libpq on this machine; functions know the public authorities without it.
    root = {"sslrootcert": roots[0]} if roots[0].startswith("certificates/") else {}
    return f"{host}{port}{parts.path}", {"sslmode": "verify-full", **root}
