"""httpApi events (payload format 2.0) in, answers out."""

from __future__ import annotations

import binascii
import json
import zlib
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from functions.common.problems import MEDIA_TYPE, BadRequest, Problem, TooLarge, UnsupportedMedia

SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `headers` have lower-case names; `body` is as it was sent (a gzip body is still gzip)."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    parameters: Mapping[str, str] = field(default_factory=dict)

    def content(self, limit: int) -> bytes:
        """The body, decompressed, of at most `limit` bytes.

        Raises TooLarge as soon as the limit is passed (a bomb is not unpacked), BadRequest when it is not the gzip it
        says it is, UnsupportedMedia for other encodings.
        """
        encoding = self.headers.get("content-encoding", "identity").strip().lower()
        too_large = f"A body may have at most {limit} bytes here, decompressed."
        if len(self.body) > limit:
            raise TooLarge(too_large)
        if encoding == "identity":
            return self.body
        if encoding != "gzip":
            raise UnsupportedMedia("Content-Encoding can be gzip, or absent.")
        inflate = zlib.decompressobj(wbits=31)
        try:
            content = inflate.decompress(self.body, limit + 1)
        except zlib.error:
            raise BadRequest("The body says that it is gzip, and is not.") from None
        if len(content) > limit:
            raise TooLarge(too_large)
        if not inflate.eof or inflate.unused_data:
            raise BadRequest("The gzip body is cut short, or has more behind its end.")
        return content


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `body` is a JSON-able value, or None for none."""

    status: int
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json"


def request_of(event: Mapping[str, Any]) -> Request:
    """The request in an event. Raises BadRequest when its body is not the base64 it is said to be."""
    http = event["requestContext"]["http"]
    body = event.get("body") or ""
    try:
        content = b64decode(body, validate=True) if event.get("isBase64Encoded") else body.encode()
    except (binascii.Error, ValueError):
        raise BadRequest("The body cannot be decoded.") from None
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    return Request(http["method"].upper(), event.get("rawPath") or http["path"], headers, content)


def answer_of(problem: Problem) -> Answer:
    return Answer(problem.status, problem.body(), problem.headers, MEDIA_TYPE)


def event_answer(answer: Answer) -> dict[str, Any]:
    """The answer as API Gateway takes it."""
    headers = {**SECURITY_HEADERS, **answer.headers}
    if answer.body is None:
        return {"statusCode": answer.status, "headers": headers, "body": ""}
    headers["Content-Type"] = answer.media_type
    return {
        "statusCode": answer.status,
        "headers": headers,
        "body": json.dumps(answer.body, separators=(",", ":"), allow_nan=False),
    }
