from __future__ import annotations

import io
import json
import logging
import threading
from contextvars import copy_context

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


@pytest.mark.parametrize(("log_format", "part"), [("text", " camera=front door"), ("json", '"camera": "front door"')])
def test_a_line_names_the_camera_in_whose_context_it_was_logged(log_format: logs.LogFormat, part: str) -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logs.set_up(log_format, stream=stream)
        with logs.of_camera("front door"):
            thread = threading.Thread(target=copy_context().run, args=(logging.warning, "in a thread"))
            thread.start()
            thread.join()
            logging.warning("here")
        logging.warning("elsewhere")
    finally:
        root.handlers[:], root.level = before, level
    in_a_thread, here, elsewhere = stream.getvalue().splitlines()
    assert part in in_a_thread
    assert part in here
    assert "camera" not in elsewhere
