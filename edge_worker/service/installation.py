"""Write the files of the service of a user, and start it with systemd."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from edge_worker.errors import EdgeError
from edge_worker.service.edge_toml import KEY_FILE, add_camera
from edge_worker.service.unit import TEMPLATE, fill_in

NAME = "metrica-edge.service"
BOOTED = Path("/run/systemd/system")
"""It exists where systemd runs the machine (sd_booted(3))."""


class ServiceError(EdgeError):
    """The service cannot be installed or started."""


@dataclass(frozen=True, slots=True)
class Files:
    """Where the files of the service are.

    Attributes:
        config: ``edge.toml``; the key is beside it.
        unit: The systemd unit.
    """

    config: Path
    unit: Path

    @classmethod
    def of_user(cls, environment: Mapping[str, str] = os.environ) -> Files:
        """Return the places in the home of the user."""
        home = Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        return cls(home / "metrica" / "edge.toml", home / "systemd" / "user" / NAME)


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera to count, with what the worker needs for it."""

    api_url: str
    http_hosts: tuple[str, ...]
    key: str
    camera_id: str
    source: str


def write_files(files: Files, camera: Camera, *, program: Path, models: Path) -> None:
    """Write ``edge.toml``, the key and the unit. Only the user can read the first two.

    Raises:
        UsageError: The present ``edge.toml`` cannot be changed.
        ServiceError: A file cannot be written.
    """
    try:
        present = files.config.read_text(encoding="utf-8") if files.config.exists() else None
        text = add_camera(
            present,
            api_url=camera.api_url,
            http_hosts=camera.http_hosts,
            camera_id=camera.camera_id,
            source=camera.source,
        )
        for folder in (files.config.parent, files.unit.parent):
            folder.mkdir(parents=True, exist_ok=True)
        _write_private(files.config, text)
        _write_private(files.config.parent / KEY_FILE, camera.key + "\n")
        template = TEMPLATE.read_text(encoding="utf-8")
        files.unit.write_text(fill_in(template, program=program, config=files.config, models=models), encoding="utf-8")
    except OSError as error:
        raise ServiceError(f"{error.filename} cannot be written: {error.strerror}") from None


def start() -> None:
    """Start the service now and at each start of the machine.

    Raises:
        ServiceError: systemd does not run here, or refuses.
    """
    if not BOOTED.exists():
        raise ServiceError(
            "systemd does not run on this machine: start the worker with metrica-edge run, or write the files alone "
            "with metrica-edge service --no-start"
        )
    # Without it the services of a user end with their last login, and start with the first one.
    _run(["loginctl", "enable-linger"], "run sudo loginctl enable-linger $USER, then this command again")
    hint = "log in as this user, not with su or sudo, and run this command again"
    _run(["systemctl", "--user", "daemon-reload"], hint)
    _run(["systemctl", "--user", "enable", NAME], hint)
    _run(["systemctl", "--user", "restart", NAME], "journalctl --user -u metrica-edge shows why it does not start")


def _run(command: Sequence[str], hint: str) -> None:
    runtime = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    try:
        done = subprocess.run(
            command, env={**os.environ, "XDG_RUNTIME_DIR": runtime}, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise ServiceError(f"{command[0]} cannot be started: {error.strerror}") from None
    if done.returncode != 0:
        reason = (done.stderr.strip() or done.stdout.strip() or f"it ended with {done.returncode}").splitlines()[-1]
        raise ServiceError(f"{' '.join(command)}: {reason} → {hint}")


def _write_private(path: Path, text: str) -> None:
    """Replace a file that only the user may read, in one step."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)
