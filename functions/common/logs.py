"""Logs of the functions: one line per record on stderr, as text or as JSON, with the id of the request.

`METRICA_LOG_FORMAT` is `json` or `text`; without it, lines are JSON on Lambda and text elsewhere (one server sets it).
`METRICA_LOG_LEVEL` is the lowest level that is written (INFO).
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from .redaction import redact
from .request_id import current_request_id

FORMAT_VARIABLE = "METRICA_LOG_FORMAT"
LEVEL_VARIABLE = "METRICA_LOG_LEVEL"

_STANDARD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
_LIBRARIES = ("httpx", "httpcore", "botocore", "urllib3", "mangum", "alembic")  # they log URLs, or each step, at INFO


class JsonFormatter(logging.Formatter):
    """Formats a record as a JSON object: `ts`, `level`, `logger`, `message`, `request_id` and the extra fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        fields: dict[str, object] = {
            "ts": _format_time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact(record.getMessage()),
            **{name: _json_value(value) for name, value in _fields(record).items()},
        }
        if record.exc_info:
            fields["exception"] = redact(self.formatException(record.exc_info))
        return json.dumps(fields, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """Formats a record as `09:15:02.123 warning database connection lost request_id=…`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, and below it the lines of its exception."""
        extra = "".join(f" {name}={value}" for name, value in _fields(record).items())
        line = f"{_format_time(record)[11:23]} {record.levelname.lower():7} {record.getMessage()}{extra}"
        if record.exc_info:
            line += f"\n{self.formatException(record.exc_info)}"
        return redact(line)


class _Handler(logging.Handler):
    """Writes to the current `sys.stderr`."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):  # a closed stream: the request continues
            return


def set_up(environ: Mapping[str, str] | None = None) -> None:
    """Send the records of all loggers of the process to stderr.

    A second call replaces the handler of the first. On Lambda it also replaces the handler of the runtime, which would
    write every record a second time.

    Args:
        environ: the environment; `os.environ` by default.

    Raises:
        ValueError: the format is neither `json` nor `text`, or the level is unknown.
    """
    given = os.environ if environ is None else environ
    on_lambda = "AWS_LAMBDA_RUNTIME_API" in given
    name = given.get(FORMAT_VARIABLE, "").strip() or ("json" if on_lambda else "text")
    if name not in {"json", "text"}:
        raise ValueError(f"{FORMAT_VARIABLE} is {name!r}; it must be json or text.")
    handler = _Handler()
    handler.setFormatter(JsonFormatter() if name == "json" else TextFormatter())
    root = logging.getLogger()
    for previous in root.handlers[:]:
        if on_lambda or isinstance(previous, _Handler):
            root.removeHandler(previous)
    root.addHandler(handler)
    root.setLevel(given.get(LEVEL_VARIABLE, "").strip().upper() or "INFO")
    for library in _LIBRARIES:
        logging.getLogger(library).setLevel(logging.WARNING)


def _fields(record: logging.LogRecord) -> dict[str, object]:
    request_id = current_request_id()
    fields: dict[str, object] = {} if request_id is None else {"request_id": request_id}
    return fields | {name: value for name, value in vars(record).items() if name not in _STANDARD_FIELDS}


def _json_value(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | float) else redact(str(value))


def _format_time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
