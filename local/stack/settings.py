"""Settings of the local stack, read from the environment and validated once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from local.errors import SettingsError
from local.stack.ports import Ports

ROOT: Final = Path(__file__).resolve().parents[2]
_SCHEMES: Final = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class StackSettings:
    """What one stack is started with.

    Attributes:
        home: The state folder.
        ports: Where the services listen.
        database_url: An existing database; None starts the embedded TimescaleDB.
        root: The clone of the repository that runs.
        reload: Load changed code of the Lambdas and pages without a restart: `make dev`.
    """

    home: Path
    ports: Ports
    database_url: str | None = None
    root: Path = ROOT
    reload: bool = False

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read `METRICA_HOME` (default `.metrica` in the clone), `PORT_…`, `DATABASE_URL` and `METRICA_RELOAD`.

        Raises:
            SettingsError: A variable has an unusable value.
        """
        environ = os.environ if environ is None else environ
        url = environ.get("DATABASE_URL", "").strip() or None
        if url is not None and not url.startswith(_SCHEMES):
            raise SettingsError("DATABASE_URL must look like postgresql://user:password@host:port/database")
        home = environ.get("METRICA_HOME", "").strip()
        return cls(
            home=Path(home).expanduser().resolve() if home else ROOT / ".metrica",
            ports=Ports.from_env(environ),
            database_url=url,
            reload=bool(environ.get("METRICA_RELOAD")),
        )

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
        """The outbox and the status file of an edge worker on this machine."""
        return self.home / "edge"

    @property
    def log_folder(self) -> Path:
        """One log file per service."""
        return self.home / "logs"

    @property
    def mail_folder(self) -> Path:
        """What the mail catcher has received."""
        return self.home / "mail"

    @property
    def s3_folder(self) -> Path:
        """The objects of the local S3."""
        return self.home / "s3"
