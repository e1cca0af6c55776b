from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_worker.redaction import redact, redacted_json


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rtsp://admin:s3cret@10.0.0.7:554/s1", "rtsp://admin:***@10.0.0.7:554/s1"),
        ("cannot open 'rtsps://u:p@cam/1?x=1' now", "cannot open 'rtsps://u:***@cam/1?x=1' now"),
        ("rtsp://cam/live?user=admin&password=s3cret&ch=1", "rtsp://cam/live?user=admin&password=***&ch=1"),
        ("rtsp://admin:p@ss:w@rd@cam/1", "rtsp://admin:***@cam/1"),
        ("rtsp://:s3cret@cam/1", "rtsp://:***@cam/1"),
        ("key mk_0123456789abcdef is refused", "key mk_*** is refused"),
        ("rtsp://admin:pa/ss@cam/s", "rtsp://admin:***@cam/s"),
        ("rtsp://admin:p?a#s/s@cam/s", "rtsp://admin:***@cam/s"),
        ("rtsp://admin:se cret@cam/s", "rtsp://admin:***@cam/s"),
        ("rtsp://admin:p@ss w@rd@cam/s", "rtsp://admin:***@cam/s"),
        ("rtsp://a@b:s3cret@cam/s", "rtsp://a@b:***@cam/s"),
        ("from rtsp://a:b@one/1 to rtsp://c:d@two/2", "from rtsp://a:***@one/1 to rtsp://c:***@two/2"),
        ("rtsp:/admin:s3cret@cam/s", "rtsp:/admin:***@cam/s"),
        ("no file at admin:s3cret@10.0.0.7/s", "no file at admin:***@10.0.0.7/s"),
        (
            "rtsp://cam/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp",
            "rtsp://cam/user=admin_password=***_channel=1_stream=0.sdp",
        ),
        (
            "rtsp://cam/user=admin&password=a_b&channel=1&stream=0.sdp?real_stream",
            "rtsp://cam/user=admin&password=***&channel=1&stream=0.sdp?real_stream",
        ),
        ("http://cam/video?usr=x&pwd=s3cret, next attempt", "http://cam/video?usr=x&pwd=*** next attempt"),
        ("rtsps://10.0.0.1:7441/R3LsN1gJxpTmBBaV?enableSrtp", "rtsps://10.0.0.1:7441/***?enableSrtp"),
        ("rtsp://10.0.0.1:7447/R3LsN1gJxpTmBBaV", "rtsp://10.0.0.1:7447/***"),
        ("rtsp://cam:554/Streaming/Channels/102", "rtsp://cam:554/Streaming/Channels/102"),
        ("write rtsp://user:password@…", "write rtsp://user:password@…"),
        ("rtsp://cam/h264Preview_01_main", "rtsp://cam/h264Preview_01_main"),
        ("rtsp://10.0.0.7:554/stream1 and clip.avi", "rtsp://10.0.0.7:554/stream1 and clip.avi"),
        ("09:15:02 warning no frame for 45 s", "09:15:02 warning no frame for 45 s"),
    ],
)
def test_passwords_and_keys_are_redacted_and_nothing_else(text: str, shown: str) -> None:
    assert redact(text) == shown


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=20))
def test_no_password_survives(password: str) -> None:
    assert password not in redact(f"opening rtsp://admin:{password}@host/path failed").replace("admin", "").replace(
        "opening", ""
    ).replace("failed", "")


def test_json_stays_json_and_keeps_its_numbers() -> None:
    value = {"source": "rtsp://u:p@cam/1", "frames": 7, "lost": None, "cameras": [{"ok": True, "at": Path("x")}]}
    assert redacted_json(value) == {
        "source": "rtsp://u:***@cam/1",
        "frames": 7,
        "lost": None,
        "cameras": [{"ok": True, "at": "x"}],
    }
