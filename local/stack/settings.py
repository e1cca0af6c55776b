"""What the local stack is told: ports, folders, database. Validated once."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final, Self

from local.errors import SettingsError

ROOT: Final = Path(__file__).resolve().parents[2]
HOST: Final = "127.0.0.1"
_QUIET_PORTS: Final = range(12_000, 32_000)
_SCHEMES: Final = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Port:
    """One port of ours: its number, what listens there, and the variable that moves it."""

    number: int
    label: str
    variable: str


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of one stack, all on 127.0.0.1."""

    api: int = 8400
    auth: int = 8401
    s3: int = 8402
    dashboard: int = 8403
    admin: int = 8404
    lambdas: int = 8405
    database: int = 8406

    def __iter__(self) -> Iterator[Port]:
        for field in fields(self):
            label, variable = _PORT_NAMES[field.name]
            yield Port(getattr(self, field.name), label, variable)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """`PORT_API`, `PORT_DB`, …; raises SettingsError for what is no port, or is given twice."""
        numbers: dict[str, int] = {}
        for field in fields(cls):
            variable = _PORT_NAMES[field.name][1]
            text = environ.get(variable, "").strip()
            if text and not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
                raise SettingsError(f"{variable}={text} is not a port: give a number from 1 to 65535")
            if text:
                numbers[field.name] = int(text)
        ports = cls(**numbers)
        seen: dict[int, Port] = {}
        for port in ports:
            twin = seen.setdefault(port.number, port)
            if twin is not port:
                raise SettingsError(
                    f"{twin.variable} and {port.variable} are both {port.number}: give each a port of its own"
                )
        return ports

    @classmethod
    def free(cls) -> Self:
        """Ports that nobody listens on, below those that the system hands out to clients at any moment."""
        with ExitStack() as held:
            numbers: list[int] = []
            while len(numbers) < len(fields(cls)):
                number = secrets.choice(_QUIET_PORTS)
                with contextlib.suppress(OSError):
                    listener = held.enter_context(socket.socket())
                    listener.bind((HOST, number))
                    numbers.append(number)
        return cls(*numbers)


_PORT_NAMES: Final = {
    "api": ("API", "PORT_API"),
    "auth": ("auth", "PORT_AUTH"),
    "s3": ("S3", "PORT_S3"),
    "dashboard": ("dashboard", "PORT_DASHBOARD"),
    "admin": ("admin", "PORT_ADMIN"),
    "lambdas": ("Lambda runtime", "PORT_LAMBDA"),
    "database": ("database", "PORT_DB"),
}


@dataclass(frozen=True, slots=True)
class StackSettings:
    """One stack. `database_url` None means the embedded TimescaleDB; `root` is the clone that is run."""

    home: Path
    ports: Ports
    database_url: str | None = None
    root: Path = ROOT

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """`METRICA_HOME` (default `.metrica` in the clone), `PORT_*`, `DATABASE_URL`; raises SettingsError."""
        environ = os.environ if environ is None else environ
        url = environ.get("DATABASE_URL", "").strip() or None
        if url is not None and not url.startswith(_SCHEMES):
            raise SettingsError("DATABASE_URL must look like postgresql://user:password@host:port/database")
        home = environ.get("METRICA_HOME", "").strip()
        return cls(
            home=Path(home).expanduser().resolve() if home else ROOT / ".metrica",
            ports=Ports.from_env(environ),
            database_url=url,
        )

    @classmethod
    def for_test(cls, home: Path, database_url: str | None = None) -> Self:
        """Free ports and a state folder of its own."""
        return cls(home=home.resolve(), ports=Ports.free(), database_url=database_url)

    @property
    def auth_folder(self) -> Path:
        """Users and keys of the local auth."""
        return self.home / "auth"

    @property
    def database_folder(self) -> Path:
        """The data of the embedded TimescaleDB."""
        return self.home / "db"

    @property
    def edge_folder(self) -> Path:
        """What an edge worker on this machine keeps: its outbox."""
        return self.home / "edge"

    @property
    def log_folder(self) -> Path:
        """One log file per part."""
        return self.home / "logs"

    @property
    def s3_folder(self) -> Path:
        """The objects of the local S3."""
        return self.home / "s3"
