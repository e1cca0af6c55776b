from __future__ import annotations

import io
import json
import logging

import pytest

from edge_worker import logs


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_log_line_shows_a_password_wherever_it_comes_from(log_format: logs.LogFormat) -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logs.set_up(log_format, stream=stream)
        log = logging.getLogger("edge_worker.test")
        log.warning("lost %s", "rtsp://admin:s3cret@cam/1", extra={"source": "rtsp://admin:s3cret@cam/1"})
        log.warning('lost "%s"', "rtsp://admin:pa/ss@cam/1?password=pa/ss")
        try:
            raise OSError("rtsp://admin:s3cret@cam/1 refused")  # noqa: TRY301 - what is caught is what is tested
        except OSError:
            log.exception("no picture")
    finally:
        root.handlers[:], root.level = before, level
    assert "s3cret" not in stream.getvalue()
    assert "pa/ss" not in stream.getvalue()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 3, "one line each, no traceback"
    if log_format == "json":
        assert json.loads(lines[0])["source"] == "rtsp://admin:***@cam/1"
        assert json.loads(lines[1])["message"] == 'lost "rtsp://admin:***@cam/1?password=***"'
