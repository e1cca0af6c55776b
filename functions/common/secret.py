"""Secrets, read from the environment or from AWS when they are first needed, and never shown in logs.

The value of a setting is a reference when it starts with one of these, otherwise the secret itself:

- `aws-secretsmanager:<name or ARN>` or `aws-secretsmanager:<name or ARN>#<key of its JSON>`
- `aws-ssm:<parameter name>` (decrypted)

A resolved value is cached for five minutes, so that a rotated secret reaches warm processes. Where a login with it
failed, `forget` drops it earlier.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

SECRETS_MANAGER = "aws-secretsmanager:"
PARAMETER_STORE = "aws-ssm:"
CACHE_S = 300.0
MIN_CACHE_S = 10.0
"""A value is not read again within this time, also after `forget`: a database that is down must not load AWS."""


class SecretUnavailableError(RuntimeError):
    """The reference of a secret cannot be resolved. The message names setting and reference, never the value."""


class Secret:
    """A secret setting. `repr` and `str` do not show the value; `reveal()` returns it.

    >>> Secret("DATABASE_URL", "postgresql://u:p@h/d")
    Secret(DATABASE_URL)
    """

    __slots__ = ("_cached_until", "_fault", "_source", "_value", "name")

    def __init__(self, name: str, source: str, fault: Callable[[str], str | None] | None = None) -> None:
        """Describe the secret.

        Args:
            name: name of the setting.
            source: the value, or a reference to it.
            fault: returns what is wrong with a value read from AWS, without repeating the value; None when it is valid.
        """
        self.name = name
        self._source = source
        self._fault = fault
        self._value = ""
        self._cached_until = float("-inf")

    def __repr__(self) -> str:
        return f"Secret({self.name})"

    def __bool__(self) -> bool:
        return bool(self._source)

    @property
    def is_reference(self) -> bool:
        """Whether the setting refers to AWS."""
        return self._source.startswith((SECRETS_MANAGER, PARAMETER_STORE))

    def forget(self) -> None:
        """Drop the cached value, so that the next `reveal` reads it again, at most every ten seconds.

        Call it when the value was refused: it may have been rotated.
        """
        resolved_at = self._cached_until - CACHE_S
        self._cached_until = min(self._cached_until, resolved_at + MIN_CACHE_S)

    def reveal(self) -> str:
        """Return the value.

        Raises:
            SecretUnavailableError: AWS does not return the value, or it is empty or not valid.
        """
        if not self.is_reference:
            return self._source
        if time.monotonic() >= self._cached_until:
            value = _resolve(self.name, self._source)
            if self._fault is not None and (fault := self._fault(value)):
                raise SecretUnavailableError(f"{self.name}: {self._source} {fault}")
            self._value = value
            self._cached_until = time.monotonic() + CACHE_S
        return self._value


def _resolve(name: str, reference: str) -> str:
    # The Lambda runtime ships boto3; importing it costs 400 ms, so only where a reference is used.
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        if reference.startswith(PARAMETER_STORE):
            parameter = reference.removeprefix(PARAMETER_STORE)
            response = boto3.client("ssm").get_parameter(Name=parameter, WithDecryption=True)
            value: Any = response["Parameter"]["Value"]
        else:
            secret_id, _, key = reference.removeprefix(SECRETS_MANAGER).partition("#")
            value = boto3.client("secretsmanager").get_secret_value(SecretId=secret_id)["SecretString"]
            if key:
                value = json.loads(value)[key]
    except (BotoCoreError, ClientError) as error:
        # from None: a chained client error could carry the request into a log.
        raise SecretUnavailableError(f"{name}: {reference} cannot be read ({type(error).__name__})") from None
    except (ValueError, KeyError, TypeError):
        raise SecretUnavailableError(f"{name}: {reference} has no such key") from None
    if not isinstance(value, str) or not value:
        raise SecretUnavailableError(f"{name}: {reference} is empty")
    return value
