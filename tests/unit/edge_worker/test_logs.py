from __future__ import annotations

import io
import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_worker import logs
from edge_worker.logs import redact


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rtsp://admin:s3cret@10.0.0.7:554/s1", "rtsp://admin:***@10.0.0.7:554/s1"),
        ("cannot open 'rtsps://u:p@cam/1?x=1' now", "cannot open 'rtsps://u:***@cam/1?x=1' now"),
        ("rtsp://cam/live?user=admin&password=s3cret&ch=1", "rtsp://cam/live?user=admin&password=***&ch=1"),
        ("rtsp://admin:p@ss:w@rd@cam/1", "rtsp://admin:***@cam/1"),
        ("rtsp://:s3cret@cam/1", "rtsp://:***@cam/1"),
        ("key mk_0123456789abcdef is refused", "key mk_*** is refused"),
        ("rtsp://10.0.0.7:554/stream1 and clip.avi", "rtsp://10.0.0.7:554/stream1 and clip.avi"),
    ],
)
def test_passwords_and_keys_are_redacted_and_nothing_else(text: str, shown: str) -> None:
    assert redact(text) == shown


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=20))
def test_no_password_survives(password: str) -> None:
    assert password not in redact(f"opening rtsp://admin:{password}@host/path failed").replace("admin", "").replace(
        "opening", ""
    ).replace("failed", "")


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_log_line_shows_a_password_wherever_it_comes_from(log_format: logs.LogFormat) -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logs.set_up(log_format, stream=stream)
        log = logging.getLogger("edge_worker.test")
        log.warning("lost %s", "rtsp://admin:s3cret@cam/1", extra={"source": "rtsp://admin:s3cret@cam/1"})
        try:
            raise OSError("rtsp://admin:s3cret@cam/1 refused")  # noqa: TRY301 - what is caught is what is tested
        except OSError:
            log.exception("no picture")
    finally:
        root.handlers[:], root.level = before, level
    assert "s3cret" not in stream.getvalue()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2, "one line each, no traceback"
    if log_format == "json":
        assert json.loads(lines[0])["source"] == "rtsp://admin:***@cam/1"
