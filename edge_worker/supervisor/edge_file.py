"""``edge.toml``: the cameras of one box."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edge_worker.errors import UsageError
from edge_worker.remote_config.camera_config import AnchorName, LinePoints
from edge_worker.running.options import checked_uuid

_SHARED_KEYS = {"model", "backend", "motion_gate"}
"""What may be said for the whole box, and otherwise for one camera."""
_BOX_KEYS = {"api", "key", "key_file", "state", "log_format", "health_port", "camera"} | _SHARED_KEYS
_CAMERA_KEYS = {"id", "name", "source", "line", "anchor", "threads", "pace", "loop"} | _SHARED_KEYS
LARGEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class CameraEntry:
    """One ``[[camera]]``.

    Attributes:
        name: for logs and messages; the id when none is given.
        threads: cores its inference may use; None for a fair share.
        motion_gate: None for a camera, not for a file.
    """

    camera_id: str
    name: str
    source: str
    line: LinePoints | None = None
    anchor: AnchorName | None = None
    model: str | None = None
    backend: str = "auto"
    threads: int | None = None
    pace: str = "none"
    loop: bool = False
    motion_gate: bool | None = None


@dataclass(frozen=True, slots=True)
class EdgeFile:
    """The whole file.

    Attributes:
        state: the folder of the outboxes.
        health_port: where the supervisor serves ``/healthz``; 0 for not at all.
    """

    api_url: str
    key: str
    state: Path
    cameras: tuple[CameraEntry, ...]
    log_format: str = "text"
    health_port: int = 0


def read_edge_file(path: Path, environment: Mapping[str, str] = os.environ) -> EdgeFile:
    """Reads and checks the file; the key may also come from ``key_file`` or METRICA_WORKER_KEY.

    Raises:
        UsageError: what is wrong, and where.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no TOML: {error}") from None
    _refuse_unknown(found, _BOX_KEYS, str(path))
    sections = found.get("camera")
    if not isinstance(sections, list) or not sections or not all(isinstance(one, dict) for one in sections):
        raise UsageError(f"{path} names no camera: it needs at least one [[camera]] with id and source")
    defaults: dict[str, Any] = {name: found[name] for name in _SHARED_KEYS if name in found}
    cameras = tuple(_camera({**defaults, **section}, f"{path}, camera {n}") for n, section in enumerate(sections, 1))
    ids = [camera.camera_id for camera in cameras]
    for camera_id in ids:
        if ids.count(camera_id) > 1:
            raise UsageError(f"{path} names the camera {camera_id} twice")
    return EdgeFile(
        api_url=_text(found.get("api") or environment.get("METRICA_API_URL"), f"{path}: api"),
        key=_key(found, path, environment),
        state=Path(_text(found.get("state") or _default_state(environment), f"{path}: state")).expanduser(),
        cameras=cameras,
        log_format=_one_of(found.get("log_format", "text"), ("text", "json"), f"{path}: log_format"),
        health_port=_port(found.get("health_port", 0), f"{path}: health_port"),
    )


def _camera(section: Mapping[str, Any], where: str) -> CameraEntry:
    _refuse_unknown(section, _CAMERA_KEYS, where)
    camera_id = checked_uuid(_text(section.get("id"), f"{where}: id"), f"{where}: id")
    anchor = section.get("anchor")
    threads, model, motion_gate = section.get("threads"), section.get("model"), section.get("motion_gate")
    return CameraEntry(
        camera_id=camera_id,
        name=_text(section.get("name", camera_id), f"{where}: name"),
        source=_text(section.get("source"), f"{where}: source"),
        line=_line(section.get("line"), f"{where}: line"),
        anchor=None if anchor is None else _anchor(anchor, f"{where}: anchor"),
        model=None if model is None else _text(model, f"{where}: model"),
        backend=_text(section.get("backend", "auto"), f"{where}: backend"),
        threads=None if threads is None else _whole(threads, f"{where}: threads"),
        pace=_one_of(section.get("pace", "none"), ("none", "real-time"), f"{where}: pace"),
        loop=_yes_or_no(section.get("loop", False), f"{where}: loop"),
        motion_gate=None if motion_gate is None else _yes_or_no(motion_gate, f"{where}: motion_gate"),
    )


def _refuse_unknown(section: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(section) - known)
    if unknown:
        raise UsageError(f"{where}: {', '.join(unknown)} is not a setting; there are {', '.join(sorted(known))}")


def _text(value: object, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{what} is missing or not a text")
    return value.strip()


def _whole(value: object, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UsageError(f"{what} is not a whole number ≥ 0")
    return value


def _port(value: object, what: str) -> int:
    port = _whole(value, what)
    if port > LARGEST_PORT:
        raise UsageError(f"{what} is {port}; ports end at {LARGEST_PORT}")
    return port


def _yes_or_no(value: object, what: str) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{what} is {value!r}; it can be true or false")
    return value


def _one_of(value: object, allowed: tuple[str, ...], what: str) -> str:
    if value not in allowed:
        raise UsageError(f"{what} is {value!r}; it can be {' or '.join(allowed)}")
    return str(value)


def _anchor(value: object, what: str) -> AnchorName:
    return "center" if _one_of(value, ("center", "foot"), what) == "center" else "foot"


def _line(value: object, what: str) -> LinePoints | None:
    if value is None:
        return None
    numbers = value if isinstance(value, list) else []
    if len(numbers) != 4 or not all(isinstance(one, int | float) and 0 <= one <= 1 for one in numbers):
        raise UsageError(f"{what} is not four numbers within 0..1, such as [0, 0.5, 1, 0.5]")
    ax, ay, bx, by = (float(one) for one in numbers)
    if (ax, ay) == (bx, by):
        raise UsageError(f"{what} has no length")
    return ax, ay, bx, by


def _key(found: Mapping[str, Any], path: Path, environment: Mapping[str, str]) -> str:
    if found.get("key_file"):
        key_file = path.parent / _text(found["key_file"], f"{path}: key_file")
        try:
            return _text(key_file.read_text(encoding="utf-8"), f"the key in {key_file}")
        except OSError as error:
            raise UsageError(f"the key file {key_file} cannot be read: {error.strerror}") from None
    return _text(found.get("key") or environment.get("METRICA_WORKER_KEY"), f"{path}: key (or key_file)")


def _default_state(environment: Mapping[str, str]) -> str:
    return (environment.get("STATE_DIRECTORY") or "").split(":")[0] or str(Path.home() / ".local" / "state" / "metrica")
