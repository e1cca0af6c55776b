"""A secret that does not show itself, read from the environment or from AWS when it is first needed.

A setting that starts with one of these is a reference, anything else is the secret itself:

- `aws-secretsmanager:<name or ARN>` or `aws-secretsmanager:<name or ARN>#<key of its JSON>`
- `aws-ssm:<parameter name>` (decrypted)

Revealed values are kept for five minutes, so that a rotated secret reaches warm processes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

SECRETS_MANAGER = "aws-secretsmanager:"
PARAMETER_STORE = "aws-ssm:"
KEPT_FOR_S = 300.0


class SecretUnavailableError(RuntimeError):
    """A secret's reference cannot be resolved: names the setting and the reference, never the value."""


class Secret:
    """One secret setting. `repr` and `str` never show it; `reveal()` does.

    >>> Secret("DATABASE_URL", "postgresql://u:p@h/d")
    Secret(DATABASE_URL)
    """

    __slots__ = ("_fault", "_kept_until", "_revealed", "_source", "name")

    def __init__(self, name: str, source: str, fault: Callable[[str], str | None] | None = None) -> None:
        """`fault` says what is wrong with a value that was read from AWS, without repeating it; None: nothing."""
        self.name = name
        self._source = source
        self._fault = fault
        self._revealed = ""
        self._kept_until = float("-inf")

    def __repr__(self) -> str:
        return f"Secret({self.name})"

    def __bool__(self) -> bool:
        return bool(self._source)

    @property
    def is_reference(self) -> bool:
        return self._source.startswith((SECRETS_MANAGER, PARAMETER_STORE))

    def reveal(self) -> str:
        """The value. Raises SecretUnavailableError when AWS does not give it, gives nothing, or something unfit."""
        if not self.is_reference:
            return self._source
        if time.monotonic() >= self._kept_until:
            value = _resolve(self.name, self._source)
            if self._fault is not None and (fault := self._fault(value)):
                raise SecretUnavailableError(f"{self.name}: {self._source} {fault}")
            self._revealed = value
            self._kept_until = time.monotonic() + KEPT_FOR_S
        return self._revealed


def _resolve(name: str, reference: str) -> str:
    # The Lambda runtime ships boto3; importing it costs 400 ms, so only where a reference is used.
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        if reference.startswith(PARAMETER_STORE):
            parameter = reference.removeprefix(PARAMETER_STORE)
            answer = boto3.client("ssm").get_parameter(Name=parameter, WithDecryption=True)
            value: Any = answer["Parameter"]["Value"]
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
