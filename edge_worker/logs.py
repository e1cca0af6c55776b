"""Logs of the worker: one line each on stderr, as text or as JSON, without any password."""

from __future__ import annotations

import json
import logging
import sys
from typing import Literal, TextIO

from edge_worker.clock import system_utc
from edge_worker.redaction import redacted
from edge_worker.timestamps import format_utc

LogFormat = Literal["text", "json"]

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class _Handler(logging.Handler):
    """Writes to a stream; to whatever stderr is at that moment when none is given."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        stream = self._stream or sys.stderr
        try:
            stream.write(self.format(record) + "\n")
            stream.flush()
        except (OSError, ValueError):
            return  # nobody listens any more (a closed terminal, a full disk under the log); counting goes on


class _Redacting(logging.Formatter):
    """Blots out passwords in whatever is logged, exceptions included."""

    def fields(self, record: logging.LogRecord) -> dict[str, object]:
        return {name: value for name, value in vars(record).items() if name not in _STANDARD}


class TextFormatter(_Redacting):
    """``09:15:02 warning the backend answered 503 camera=…``."""

    def format(self, record: logging.LogRecord) -> str:
        extra = "".join(f" {name}={value}" for name, value in self.fields(record).items())
        moment = self.formatTime(record, "%H:%M:%S")
        return redacted(f"{moment} {record.levelname.lower():7} {record.getMessage()}{extra}{_cause(record)}")


class JsonFormatter(_Redacting):
    """One JSON object a line: ``ts``, ``level``, ``logger``, ``message`` and what else the record carries."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "ts": format_utc(system_utc()),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() + _cause(record),
            **self.fields(record),
        }
        return redacted(json.dumps(line, default=str, ensure_ascii=False))


def set_up(log_format: LogFormat, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Sends every log of the process to ``stream`` (stderr); httpx's own lines only when they are warnings.

    A second call replaces what the first set up and leaves handlers of others alone.
    """
    handler = _Handler(stream)
    handler.setFormatter(JsonFormatter() if log_format == "json" else TextFormatter())
    root = logging.getLogger()
    for before in [one for one in root.handlers if isinstance(one, _Handler)]:
        root.removeHandler(before)
    root.addHandler(handler)
    root.setLevel(level)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _cause(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[1] is None:
        return ""
    error = record.exc_info[1]
    return f" ({type(error).__name__}: {error})"
