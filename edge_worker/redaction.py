"""Remove passwords, tokens and worker keys from text that leaves the process: logs, messages, the status. Pure.

Where a text is ambiguous, more is removed than necessary: a part of an address may be missing in a message, a secret
never appears in one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SCHEME = r"\b[a-z][a-z0-9+.-]*:/{1,3}"
_URL_PASSWORD = re.compile(rf"(?P<before>{_SCHEME}(?!user:password@)[^\s:/]*):(?:(?!://)[^\n])*@", re.IGNORECASE)
"""A password can contain ``/``, ``@`` and spaces that should have been encoded, so it reaches to the last ``@``.
The address in hints, ``rtsp://user:password@…``, stays as it is."""
_LOGIN = re.compile(r"(?P<before>(?<![\w/:.-])[\w.-]+):(?!/)[^\s@]+@(?=[\w\[])")
"""``user:password@host`` without a scheme: an address that was not typed in full."""
_SECRET_NAME = r"[a-z_]*?(?:passwords?|passwd|passwort|pwd|psw|pass|loginpas|token|secret|signature|api_?key|key|auth)"  # noqa: S105
_SECRET_PARAMETER = re.compile(
    rf"(?P<before>(?:^|[/?&;_,\s])(?P<name>{_SECRET_NAME})=)[^\s\"'<>]*?(?=[&;,_][a-z][a-z0-9_]*=|[\s\"'<>]|$)",
    re.IGNORECASE,
)
"""A parameter of a query, or of a path as in ``/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp``."""
_SECURE_PATH = re.compile(r"(?P<before>\b(?:rtsps|rtmps)://[^\s/?#]+/)[^\s?#\"'<>]{8,}", re.IGNORECASE)
"""The path of an ``rtsps://`` link is its credential (UniFi Protect), unless it is too short to be one."""
_PATH_TOKEN = re.compile(
    r"(?P<before>\brtsp://[^\s/?#]+/)(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{12,}(?=[\s?#\"'<>]|$)", re.IGNORECASE
)
"""The same credential in the ``rtsp://`` form of such a link: one segment of letters and digits."""
_WORKER_KEY = re.compile(r"\bmk_[A-Za-z0-9_-]{8,}")


def redact(text: str) -> str:
    """Return the text with ``***`` for every password, token and worker key.

    >>> redact("cannot open rtsp://admin:s3cret@10.0.0.7/stream1")
    'cannot open rtsp://admin:***@10.0.0.7/stream1'
    >>> redact("rtsp://10.0.0.7/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp")
    'rtsp://10.0.0.7/user=admin_password=***_channel=1_stream=0.sdp'
    """
    text = _URL_PASSWORD.sub(r"\g<before>:***@", text)
    text = _LOGIN.sub(r"\g<before>:***@", text)
    text = _SECURE_PATH.sub(r"\g<before>***", text)
    text = _PATH_TOKEN.sub(r"\g<before>***", text)
    text = _SECRET_PARAMETER.sub(r"\g<before>***", text)
    return _WORKER_KEY.sub("mk_***", text)


def redacted_json(value: object) -> object:
    """Return a JSON value with every text in it redacted; a value that JSON does not know becomes a text."""
    match value:
        case None | bool() | int() | float():
            return value
        case Mapping():
            return {str(name): redacted_json(inner) for name, inner in value.items()}
        case list() | tuple():
            return [redacted_json(inner) for inner in value]
        case _:
            return redact(str(value))
