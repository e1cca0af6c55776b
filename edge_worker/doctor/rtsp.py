"""Check a camera by RTSP (RFC 2326), which tells why there is no video; video libraries do not."""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from edge_worker.doctor.result import CheckResult, fail, ok, warn

TIMEOUT_S = 5.0
RTSP_PORT, RTSPS_PORT = 554, 322
_CODEC = re.compile(r"^a=rtpmap:\d+ ([A-Za-z0-9.-]+)/", re.MULTILINE)
_VIDEO = re.compile(r"^m=video .*?(?=^m=|\Z)", re.MULTILINE | re.DOTALL)
SUPPORTED_CODECS = {"H264", "H265", "HEVC", "JPEG", "MP4V-ES", "MPV", "VP8", "VP9", "AV1"}


@dataclass(frozen=True, slots=True)
class RtspAnswer:
    """The answer to ``DESCRIBE``.

    Attributes:
        status: The RTSP status.
        body: The SDP description of the stream.
    """

    status: int
    body: str


def describe(url: str) -> RtspAnswer:
    """Send ``DESCRIBE`` to the camera, without a password; by TLS to an ``rtsps://`` address.

    The certificate of the camera is not checked: cameras sign their own, and FFmpeg does not check it either.

    Raises:
        OSError: There is no connection.
        ValueError: The answer is not RTSP.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", _port(parts)
    address = parts._replace(netloc=f"{host}:{port}").geturl()
    with _connect(host, port, tls=parts.scheme.lower() == "rtsps") as connection:
        connection.sendall(f"DESCRIBE {address} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n".encode())
        connection.settimeout(TIMEOUT_S)
        answer = b""
        while len(answer) < 65536:
            chunk = connection.recv(4096)
            if not chunk:
                break
            answer += chunk
            if _is_complete(answer):
                break
    head, _, body = answer.decode("utf-8", "replace").partition("\r\n\r\n")
    status = re.match(r"RTSP/1\.\d (\d{3})", head)
    if status is None:
        raise ValueError("the answer is not RTSP")
    return RtspAnswer(int(status[1]), body)


def _port(parts: SplitResult) -> int:
    return parts.port or (RTSPS_PORT if parts.scheme.lower() == "rtsps" else RTSP_PORT)


def _connect(host: str, port: int, *, tls: bool) -> socket.socket:
    connection = socket.create_connection((host, port), TIMEOUT_S)
    if not tls:
        return connection
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        return context.wrap_socket(connection, server_hostname=host)
    except OSError:
        connection.close()
        raise


def check_rtsp(url: str) -> list[CheckResult]:
    """Check that the address is a camera with this stream, and which codec it sends."""
    try:
        parts = urlsplit(url)
        where = f"{parts.hostname}:{_port(parts)}"
    except ValueError as error:
        return [
            fail("source", f"the address cannot be read ({error})", "write it as rtsp://user:password@host:554/path")
        ]
    try:
        answer = describe(url)
    except (OSError, ValueError) as error:
        found, hint = _no_answer(error)
        return [fail("source", f"{where} {found}", hint)]
    if answer.status == 200:
        return [ok("source", f"{where} answers"), _codec(answer.body)]
    if answer.status == 401 and urlsplit(url).password is not None:
        return [ok("source", f"{where} answers and requires a password")]
    if answer.status in REFUSALS:
        found, hint = REFUSALS[answer.status]
        return [fail("source", f"{where} {found} ({answer.status})", hint)]
    return [warn("source", f"{where} answers {answer.status}", "if there is no first frame, restart the camera")]


REFUSALS = {
    401: ("requires a password", "write rtsp://user:password@…"),
    403: ("forbids access", "give this user the right to view live video"),
    404: ("has no such stream", "look up the path in the camera's manual"),
    454: ("has no such stream", "look up the path in the camera's manual"),
    453: ("has no free stream", "there are too many viewers: close some"),
    503: ("has no free stream", "there are too many viewers: close some"),
}


def _no_answer(error: OSError | ValueError) -> tuple[str, str]:
    """Return what was found, and a hint."""
    if isinstance(error, socket.gaierror):
        return "has an unknown host name", "write the camera's IP address into the URL"
    if isinstance(error, ConnectionRefusedError):
        return "refuses the connection", "switch on RTSP in the camera; its usual port is 554"
    if isinstance(error, ssl.SSLError):
        return "answers without TLS", "write rtsp:// for this port, or look up the port of rtsps:// in the manual"
    if isinstance(error, TimeoutError):
        return "does not answer", "check that the camera is on and in the same network (VLAN) as this machine"
    if isinstance(error, OSError):
        return f"cannot be reached: {error.strerror}", "check the cable, the address and the route"
    return f"answers, but {error}", "another service uses this port; look up the RTSP port of the camera"


def _codec(description: str) -> CheckResult:
    video = _VIDEO.search(description)
    if video is None:
        return fail("codec", "the stream has no video", "look up the path of the video stream in the camera's manual")
    named = _CODEC.search(video[0])
    name = named[1].upper() if named else "unknown"
    if name not in SUPPORTED_CODECS:
        return warn("codec", name, "set the camera to H.264 if there is no first frame")
    if name in {"H265", "HEVC"}:
        return warn("codec", name, "H.264 needs less computing time; a sub-stream of 640 to 1280 pixels is enough")
    return ok("codec", name)


def _is_complete(answer: bytes) -> bool:
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    length = re.search(rb"(?im)^content-length:\s*(\d+)", head)
    return len(body) >= (int(length[1]) if length else 0)
