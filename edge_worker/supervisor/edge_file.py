"""Read ``edge.toml``, the settings of one machine and its cameras."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.policy import CountingPolicy
from edge_worker.detection.device import Device, parse_device
from edge_worker.errors import UsageError
from edge_worker.logs import LogFormat
from edge_worker.overhead.view import View
from edge_worker.running.options import (
    RunOptions,
    allowed_http_hosts,
    in_range,
    parse_api_url,
    parse_uuid,
    parse_worker_key,
)

T = TypeVar("T")

_DEFAULT_KEYS = {"model", "backend", "device", "motion_gate"}
"""Settings of the machine that are the defaults of its cameras."""
_MACHINE_KEYS = _DEFAULT_KEYS | {
    *("api", "allow_http", "key", "key_file", "state", "log_format", "health_port", "threads", "camera"),
}
_POLICY_KEYS = {"min_stay_s", "ignore_children"}
_CAMERA_KEYS = (
    {"id", "name", "source", "line", "anchor", "pace", "loop", "status_file", "view"} | _POLICY_KEYS | _DEFAULT_KEYS
)
MAX_PORT = 65535


@dataclass(frozen=True, slots=True)
class CameraSection:
    """One ``[[camera]]`` section.

    Attributes:
        name: For logs and messages; the camera's id when the section has no name.
        options: The options of the camera's worker.
    """

    name: str
    options: RunOptions


@dataclass(frozen=True, slots=True)
class EdgeFile:
    """The whole file.

    Attributes:
        path: Where it was read from.
        health_port: The port of the supervisor's ``/healthz``; 0 for none.
        threads: Cores that the detector process may use; None for all.
    """

    path: Path
    cameras: tuple[CameraSection, ...]
    log_format: LogFormat = "text"
    health_port: int = 0
    threads: int | None = None

    def camera(self, camera_id: str) -> CameraSection:
        """Return the section of a camera.

        Raises:
            UsageError: The file has no such camera.
        """
        for camera in self.cameras:
            if camera.options.camera_id == camera_id:
                return camera
        raise UsageError(f"{self.path} has no camera {camera_id}")


def read_edge_file(path: Path, environment: Mapping[str, str] = os.environ) -> EdgeFile:
    """Read and check the file.

    Args:
        path: The file.
        environment: METRICA_API_URL and METRICA_WORKER_KEY apply where the file has no address and no key;
            STATE_DIRECTORY where it names no state folder.

    Raises:
        UsageError: The file cannot be read, or a setting is missing, unknown or wrong.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}") from None
    _reject_unknown(content, _MACHINE_KEYS, str(path))
    sections = content.get("camera")
    if not isinstance(sections, list) or not sections or not all(isinstance(one, dict) for one in sections):
        raise UsageError(f"{path} has no camera: add at least one [[camera]] with id and source")
    machine = _Machine(
        api_url=parse_api_url(
            _text(content.get("api") or environment.get("METRICA_API_URL"), f"{path}: api"),
            allowed_http_hosts(_texts(content.get("allow_http", []), f"{path}: allow_http"), environment),
        ),
        key=parse_worker_key(_key(content, path, environment)),
        state=Path(_text(content.get("state") or _default_state(environment), f"{path}: state")).expanduser(),
        log_format="json" if _one_of(content, "log_format", ("text", "json"), "text", f"{path}") == "json" else "text",
    )
    defaults: dict[str, Any] = {name: content[name] for name in _DEFAULT_KEYS if name in content}
    cameras = tuple(
        _camera({**defaults, **section}, machine, f"{path}, camera {number}")
        for number, section in enumerate(sections, 1)
    )
    ids = [camera.options.camera_id for camera in cameras]
    for camera_id in ids:
        if ids.count(camera_id) > 1:
            raise UsageError(f"{path} contains the camera {camera_id} twice")
    threads = in_range(_whole(content.get("threads", 0), f"{path}: threads"), 0, 1024, f"{path}: threads")
    return EdgeFile(
        path,
        cameras,
        log_format=machine.log_format,
        health_port=_port(content.get("health_port", 0), f"{path}: health_port"),
        threads=threads or None,
    )


@dataclass(frozen=True, slots=True)
class _Machine:
    """The settings that all cameras share."""

    api_url: str
    key: str
    state: Path
    log_format: LogFormat


def _camera(section: Mapping[str, Any], machine: _Machine, where: str) -> CameraSection:
    _reject_unknown(section, _CAMERA_KEYS, where)
    camera_id = parse_uuid(_text(section.get("id"), f"{where}: id"), f"{where}: id")
    model, motion_gate = section.get("model"), section.get("motion_gate")
    status_file = section.get("status_file")
    options = RunOptions(
        source=_text(section.get("source"), f"{where}: source"),
        api_url=machine.api_url,
        key=machine.key,
        camera_id=camera_id,
        outbox=machine.state / f"{camera_id}.db",
        line=_parsed(section, "line", Line.from_points, where),
        anchor=_parsed(section, "anchor", Anchor.parse, where),
        model=None if model is None else _text(model, f"{where}: model"),
        backend=_text(section.get("backend", "auto"), f"{where}: backend"),
        device=_parsed(section, "device", lambda device: parse_device(str(device)), where) or Device.AUTO,
        pace="real-time" if _one_of(section, "pace", ("none", "real-time"), "none", where) == "real-time" else "none",
        loop=_boolean(section.get("loop", False), f"{where}: loop"),
        motion_gate=None if motion_gate is None else _boolean(motion_gate, f"{where}: motion_gate"),
        status_file=None if status_file is None else Path(_text(status_file, f"{where}: status_file")).expanduser(),
        policy=_policy(section, where),
        view=_parsed(section, "view", View.parse, where) or View.AUTO,
        log_format=machine.log_format,
    )
    return CameraSection(_text(section.get("name", camera_id), f"{where}: name"), options)


def _policy(section: Mapping[str, Any], where: str) -> CountingPolicy:
    try:
        return CountingPolicy.from_settings(section)
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from None


def _reject_unknown(section: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(section) - known)
    if unknown:
        raise UsageError(f"{where}: {', '.join(unknown)} is not a setting; the settings are {', '.join(sorted(known))}")


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{where} is missing or not a text")
    return value.strip()


def _texts(value: object, where: str) -> list[str]:
    if not isinstance(value, list):
        raise UsageError(f'{where} is {value!r}; it must be a list of texts, such as ["192.168.1.10"]')
    return [_text(one, where) for one in value]


def _whole(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UsageError(f"{where} is {value!r}; it must be a whole number of at least 0")
    return value


def _port(value: object, where: str) -> int:
    port = _whole(value, where)
    if port > MAX_PORT:
        raise UsageError(f"{where} is {port}; it can be 0 to {MAX_PORT}")
    return port


def _boolean(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{where} is {value!r}; it can be true or false")
    return value


def _one_of(section: Mapping[str, Any], name: str, allowed: tuple[str, ...], default: str, where: str) -> str:
    value = section.get(name, default)
    if value not in allowed:
        raise UsageError(f"{where}: {name} is {value!r}; it can be {' or '.join(allowed)}")
    return str(value)


def _parsed(section: Mapping[str, Any], name: str, parse: Callable[[object], T], where: str) -> T | None:
    if name not in section:
        return None
    try:
        return parse(section[name])
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from None


def _key(content: Mapping[str, Any], path: Path, environment: Mapping[str, str]) -> str:
    if content.get("key_file"):
        key_file = path.parent / _text(content["key_file"], f"{path}: key_file")
        try:
            return _text(key_file.read_text(encoding="utf-8"), f"the key in {key_file}")
        except OSError as error:
            raise UsageError(f"the key file {key_file} cannot be read: {error.strerror}") from None
    return _text(content.get("key") or environment.get("METRICA_WORKER_KEY"), f"{path}: key (or key_file)")


def _default_state(environment: Mapping[str, str]) -> str:
    return (environment.get("STATE_DIRECTORY") or "").split(":")[0] or str(Path.home() / ".local" / "state" / "metrica")
