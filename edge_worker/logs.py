"""Logs of the worker: one line per record on stderr, as text or as JSON, with passwords and keys redacted."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, TextIO

from edge_worker.clock import format_utc, system_utc
from edge_worker.redaction import redact, redacted_json

LogFormat = Literal["text", "json"]

_camera: ContextVar[str | None] = ContextVar("camera", default=None)


@contextmanager
def of_camera(name: str) -> Iterator[None]:
    """Write the name of a camera into every line that the block logs, as the field ``camera``.

    A thread that is started in the block takes the name along if it runs in a copy of its context
    (`contextvars.copy_context`).
    """
    token = _camera.set(name)
    try:
        yield
    finally:
        _camera.reset(token)


_STANDARD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class TextFormatter(logging.Formatter):
    """Formats a record as ``09:15:02 warning the backend answered 503 camera=…``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        extra = "".join(f" {name}={value}" for name, value in _extra_fields(record).items())
        time = self.formatTime(record, "%H:%M:%S")
        return redact(f"{time} {record.levelname.lower():7} {record.getMessage()}{extra}{_exception(record)}")


class JsonFormatter(logging.Formatter):
    """Formats a record as a JSON object: ``ts``, ``level``, ``logger``, ``message`` and the extra fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        fields = {
            "ts": format_utc(system_utc()),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() + _exception(record),
            **_extra_fields(record),
        }
        return json.dumps(redacted_json(fields), ensure_ascii=False)


class _Handler(logging.Handler):
    """Writes to a stream, or to the current ``sys.stderr`` when none is given."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        stream = self._stream or sys.stderr
        try:
            stream.write(self.format(record) + "\n")
            stream.flush()
        except (OSError, ValueError):
            return  # a closed terminal, or a full disk under the log: counting continues


def set_up(log_format: LogFormat, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Send all log records of the process to a stream; those of httpx only from warnings on.

    A second call replaces the handler of the first and keeps the handlers of others.

    Args:
        log_format: ``text`` or ``json``.
        level: The lowest level that is written.
        stream: Where to; None for stderr.
    """
    handler = _Handler(stream)
    handler.setFormatter(JsonFormatter() if log_format == "json" else TextFormatter())
    root = logging.getLogger()
    for previous in [one for one in root.handlers if isinstance(one, _Handler)]:
        root.removeHandler(previous)
    root.addHandler(handler)
    root.setLevel(level)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _extra_fields(record: logging.LogRecord) -> dict[str, object]:
    camera = _camera.get()
    fields = {} if camera is None else {"camera": camera}
    return fields | {name: value for name, value in vars(record).items() if name not in _STANDARD_FIELDS}


def _exception(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[1] is None:
        return ""
    error = record.exc_info[1]
    return f" ({type(error).__name__}: {error})"
