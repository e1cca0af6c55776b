"""Passwords of camera URLs and worker keys do not belong into logs, messages, files or the heartbeat."""

from __future__ import annotations

import re

_URL_PASSWORD = re.compile(r"(?P<before>\b[a-z][a-z0-9+.-]*://[^\s/@:]*):(?P<password>[^\s/]*)@", re.IGNORECASE)
_SECRET_PARAMETER = re.compile(r"(?P<before>[?&](?:password|passwd|pwd|pass|token|key)=)[^&\s]+", re.IGNORECASE)
_WORKER_KEY = re.compile(r"\bmk_[A-Za-z0-9_-]{8,}")


def redacted(text: str) -> str:
    """The text with every ``user:password@`` of a URL, password parameter and worker key blotted out.

    >>> redacted("cannot open rtsp://admin:s3cret@10.0.0.7/stream1")
    'cannot open rtsp://admin:***@10.0.0.7/stream1'
    """
    text = _URL_PASSWORD.sub(r"\g<before>:***@", text)
    text = _SECRET_PARAMETER.sub(r"\g<before>***", text)
    return _WORKER_KEY.sub("mk_***", text)
