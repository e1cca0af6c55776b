"""The ports of a stack, all on 127.0.0.1: parsed from the environment, and checked before anything starts."""

from __future__ import annotations

import contextlib
import secrets
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, fields
from typing import Final, Self

from local.errors import PortTakenError, SettingsError
from local.stack.processes import describe, listener_on

HOST: Final = "127.0.0.1"
_BELOW_OUTGOING: Final = range(12_000, 32_000)
"""Below the ports that the system gives to outgoing connections."""


@dataclass(frozen=True, slots=True)
class Port:
    """One port of the stack.

    Attributes:
        number: 1 to 65535.
        label: What listens there, for messages.
        variable: The environment variable that changes the number.
    """

    number: int
    label: str
    variable: str


@dataclass(frozen=True, slots=True)
class Ports:
    """The port numbers of one stack."""

    api: int = 8400
    auth: int = 8401
    s3: int = 8402
    dashboard: int = 8403
    admin: int = 8404
    lambdas: int = 8405
    database: int = 8406
    mail: int = 8407

    def __iter__(self) -> Iterator[Port]:
        for field in fields(self):
            label, variable = _LABELS_AND_VARIABLES[field.name]
            yield Port(getattr(self, field.name), label, variable)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Read `PORT_API`, `PORT_DB` and the others.

        Raises:
            SettingsError: A value is not a port number, or two ports are equal.
        """
        numbers: dict[str, int] = {}
        for field in fields(cls):
            variable = _LABELS_AND_VARIABLES[field.name][1]
            text = environ.get(variable, "").strip()
            if text and not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
                raise SettingsError(f"{variable}={text} is not a port: give a number from 1 to 65535")
            if text:
                numbers[field.name] = int(text)
        ports = cls(**numbers)
        by_number: dict[int, Port] = {}
        for port in ports:
            other = by_number.setdefault(port.number, port)
            if other is not port:
                raise SettingsError(
                    f"{other.variable} and {port.variable} are both {port.number}: give each a different port"
                )
        return ports

    @classmethod
    def free(cls) -> Self:
        """Return ports that no process listens on, for a temporary stack."""
        with ExitStack() as listeners:
            numbers: list[int] = []
            while len(numbers) < len(fields(cls)):
                number = secrets.choice(_BELOW_OUTGOING)
                with contextlib.suppress(OSError):
                    listener = listeners.enter_context(socket.socket())
                    listener.bind((HOST, number))
                    numbers.append(number)
        return cls(*numbers)


_LABELS_AND_VARIABLES: Final = {
    "api": ("API", "PORT_API"),
    "auth": ("auth", "PORT_AUTH"),
    "s3": ("S3", "PORT_S3"),
    "dashboard": ("dashboard", "PORT_DASHBOARD"),
    "admin": ("admin", "PORT_ADMIN"),
    "lambdas": ("Lambda runtime", "PORT_LAMBDA"),
    "mail": ("mail catcher", "PORT_MAIL"),
    "database": ("database", "PORT_DB"),
}


def require_free(ports: Iterable[Port], running_stack: int | None = None) -> None:
    """Raise an error for the first port that is taken, with the process that holds it and what to do.

    Args:
        ports: The ports that the stack needs.
        running_stack: The pid of a stack that runs on the same state folder. It restarts its services, so the
            message says to stop that stack, not the service.

    Raises:
        PortTakenError: A port is taken.
    """
    for port in ports:
        if is_free(port.number):
            continue
        holder = listener_on(port.number)
        taken = f"port {port.number} ({port.label}) is taken by {holder or 'a process of another user'}"
        if running_stack is not None:
            raise PortTakenError(
                f"{taken}, and {describe(running_stack)} runs a stack on the same folder: stop it "
                f"(Ctrl-C there, or `kill {running_stack}`), or change METRICA_HOME and the PORT_… variables"
            )
        free = next(number for number in range(port.number + 1000, 65536) if is_free(number))
        raise PortTakenError(f"{taken}: stop it or set {port.variable}={free}")


def is_free(port: int) -> bool:
    """Return whether this process could listen on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
