"""The options of one worker: command line, environment or a section of ``edge.toml``, parsed into `RunOptions`."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal, Self, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from edge_worker.clock import parse_utc
from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.policy import CountingPolicy
from edge_worker.detection.device import Device
from edge_worker.errors import UsageError
from edge_worker.limits import HEARTBEAT_INTERVAL_S
from edge_worker.logs import LogFormat
from edge_worker.overhead.view import View
from edge_worker.remote_config.effective_config import LocalConfig
from edge_worker.video.address import is_live

Pace = Literal["none", "real-time"]

_CONNECTION_VARIABLES: Final[Mapping[str, str]] = {
    "source": "METRICA_SOURCE",
    "api": "METRICA_API_URL",
    "key": "METRICA_WORKER_KEY",
    "camera": "METRICA_CAMERA_ID",
}
"""The environment variable behind each option of a connection."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of one worker. ``metrica-edge run --help`` describes each.

    Attributes:
        outbox: The path of the outbox file.
        limit_bytes: The largest size of the outbox file.
        line: The line to count at while the backend has none for the camera; None for mid-height.
        starts_at: The time of the first frame of a file; None for now.
        threads: Cores that inference may use; None for all.
        motion_gate: Skip frames of an empty, still scene; None for yes with a camera and no with a file.
        policy: Crossings that are not counted, where the backend does not say so.
        view: From where the camera sees the people.
    """

    source: str
    api_url: str
    key: str
    camera_id: str
    outbox: Path
    line: Line | None = None
    anchor: Anchor | None = None
    model: str | None = None
    backend: str = "auto"
    device: Device = Device.AUTO
    pace: Pace = "none"
    loop: bool = False
    starts_at: datetime | None = None
    status_file: Path | None = None
    quiet: bool = False
    log_format: LogFormat = "text"
    health_port: int = 0
    heartbeat_s: float = HEARTBEAT_INTERVAL_S
    limit_bytes: int = 1 << 30
    threads: int | None = None
    motion_gate: bool | None = None
    policy: CountingPolicy = field(default_factory=CountingPolicy)
    view: View = View.AUTO

    @property
    def gates_motion(self) -> bool:
        """Whether frames of an empty, still scene are skipped: by default those of a camera, not those of a file."""
        return is_live(self.source) if self.motion_gate is None else self.motion_gate

    @property
    def local_config(self) -> LocalConfig:
        """The settings that apply where the backend has none."""
        return LocalConfig(self.line, self.anchor, self.policy)


@dataclass(frozen=True, slots=True)
class Connection:
    """What a worker cannot run without, as it was given.

    Attributes:
        source: Where the pictures come from.
        api: The address of the backend.
        key: The worker key.
        camera: The id of the camera.
    """

    source: str
    api: str
    key: str
    camera: str

    @classmethod
    def of(cls, *, source: str | None, api: str | None, key: str | None, camera: str | None) -> Self:
        """Take the options, or the environment variables behind those that are not given.

        Raises:
            UsageError: Some are missing. The message names all of them.
        """
        given = {"source": source, "api": api, "key": key, "camera": camera}
        found = {
            name: (value or os.environ.get(_CONNECTION_VARIABLES[name], "")).strip() for name, value in given.items()
        }
        missing = [name for name, value in found.items() if not value]
        if missing:
            options = _listed([f"--{name}" for name in missing])
            variables = _listed([_CONNECTION_VARIABLES[name] for name in missing])
            raise UsageError(f"{options} {'is' if len(missing) == 1 else 'are'} missing (or set {variables})")
        return cls(**found)


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def parse_uuid(text: str, name: str) -> str:
    """Return the UUID in its canonical form.

    Raises:
        UsageError: The text is not a UUID.
    """
    try:
        return str(UUID(text))
    except ValueError:
        raise UsageError(
            f"{name} {text!r} is not an id: copy it from the admin, it looks like 1b4e28ba-2fa1-…"
        ) from None


def parse_api_url(text: str, http_hosts: Collection[str] = ()) -> str:
    """Return the address of the backend without a slash at its end.

    Args:
        text: The address.
        http_hosts: Hosts that may be used by ``http://``, besides the loopback.

    Raises:
        UsageError: The text is not an http or https address, or it would send the worker key without encryption.
    """
    try:
        parts = urlsplit(text.strip())
        is_valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port above 65535, an incomplete IPv6 address
        is_valid = False
    if not is_valid:
        raise UsageError(f"the backend address {text!r} is not valid: write it as https://api.example.com")
    host = parts.hostname or ""
    if parts.scheme == "http" and not is_loopback(host) and host not in {name.lower() for name in http_hosts}:
        raise UsageError(
            f"the backend address {text!r} is not encrypted, and everyone on the network path could read the worker "
            f"key: use https, or allow this host with --allow-http {host} (allow_http in edge.toml)"
        )
    return text.strip().rstrip("/")


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine: ``localhost`` or an address of the loopback."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def allowed_http_hosts(given: Sequence[str] | None, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the hosts of ``--allow-http``, or else those of METRICA_ALLOW_HTTP, which are separated by commas."""
    if given:
        return tuple(given)
    hosts = (host.strip() for host in environment.get("METRICA_ALLOW_HTTP", "").split(","))
    return tuple(host for host in hosts if host)


def parse_worker_key(text: str) -> str:
    """Return the worker key without surrounding whitespace.

    Raises:
        UsageError: The text cannot be a worker key.
    """
    key = text.strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError("the worker key is empty or contains invalid characters: copy it again from the admin")
    return key


Number = TypeVar("Number", int, float)


def in_range(value: Number, least: float, most: float, option: str) -> Number:
    """Return the number.

    Raises:
        UsageError: It is below ``least`` or above ``most``, or it is NaN.
    """
    if not least <= value <= most:
        raise UsageError(f"{option} is {value:.10g}; it can be {least:.10g} to {most:.10g}")
    return value


def parse_start_time(text: str) -> datetime:
    """Return the time of an RFC 3339 text.

    Raises:
        UsageError: It is not a date and time with a time zone.
    """
    try:
        return parse_utc(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is not a date and time with a time zone: write it as 2026-11-22T09:15:00Z"
        ) from None


def default_outbox(camera_id: str, environment: Mapping[str, str]) -> Path:
    """Return the default path of a camera's outbox.

    It is in the state folder of the systemd unit, in METRICA_HOME, or in the state folder of the user.
    """
    name = f"{camera_id}.db"
    if environment.get("STATE_DIRECTORY"):
        return Path(environment["STATE_DIRECTORY"].split(":")[0]) / name
    if environment.get("METRICA_HOME"):
        return Path(environment["METRICA_HOME"]) / "edge" / name
    state = environment.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "metrica" / name
